"""A day's work from the command line: the run, collecting alone, and why an article is in or out."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest import profile as profiles
from digest.cli.console import close, progress
from digest.cli.issues import show_paths
from digest.cli.lines import day_from, folder_from, write_values
from digest.cli.options import AsJson, Day, ModelFile, Output, ProfileName
from digest.cli.outlets import collected_sources, contact_of, known_sources
from digest.cli.surroundings import Surroundings, look_around, now
from digest.errors import SettingsError, StorageError, UsageError

if TYPE_CHECKING:
    from digest.pipeline.day import Orders
    from digest.pipeline.report import Report
    from scrapers.source import Source

FORMATS = ("html", "pdf", "docx", "mail", "text", "chat", "json", "atom")

Folder = Annotated[str | None, typer.Option("-o", "--output", metavar="DIR", help="Where the files go.")]
SourceIds = Annotated[list[str] | None, typer.Option("--source", metavar="ID", help="Only this outlet; repeatable.")]


def run(
    date: Day = None,
    profile: ProfileName = None,
    render: Annotated[bool, typer.Option("--render", help="Make the draft's files too.")] = False,
    output: Folder = None,
    model: ModelFile = None,
    as_json: AsJson = False,
) -> int:
    """The day's work up to the draft: collect, judge, group, choose, compose. Never publishes."""
    surroundings = look_around()
    settings = surroundings.settings
    from classifiers.story_meaning import installed_meaning
    from digest.pipeline.day import Orders
    from digest.pipeline.drafting import kinds_of, names_of, rights_of

    series = profiles.load(profile or settings.profile)
    day = day_from(date, surroundings.today)
    known = known_sources(surroundings)
    orders = Orders(
        day=day,
        profile=series,
        model=model or settings.model,
        processes=settings.processes,
        rights=rights_of(known),
        kind_of=kinds_of(known),
        name_of=names_of(known),
        meaning=installed_meaning(),
        formats=FORMATS if render else (),
        folder=folder_from(output) if output else settings.home / "issues" / day.isoformat(),
    )
    sources, contact = _some(collected_sources(surroundings, None, option="--source")), contact_of(surroundings)
    report = work(surroundings, orders, sources, contact, as_json=as_json)
    return 1 if report.troubles else 0


def collect(
    source: SourceIds = None,
    date: Day = None,
    profile: ProfileName = None,
    output: Output = "-",
    as_json: AsJson = False,
) -> int:
    """Fetch what the outlets published for the day's issue, and read it; the day's articles, a line each."""
    surroundings = look_around()
    settings = surroundings.settings
    from digest.pipeline.collecting import Collecting, collect_day

    series = profiles.load(profile or settings.profile)
    day = day_from(date, surroundings.today)
    sources = _some(collected_sources(surroundings, source, option="--source"))
    collecting = Collecting(sources=sources, contact=contact_of(surroundings), clock=now, processes=settings.processes)
    with progress("collecting", len(sources)) as advance:
        articles, report = collect_day(
            settings.database,
            collecting,
            profile=series,
            day=day,
            advance=advance,
        )
    write_values(output, articles)
    return close(report, (), as_json=as_json)


def why(
    url: Annotated[str, typer.Argument(metavar="URL", help="The article's address.")],
    date: Annotated[
        str | None,
        typer.Option(
            "--date",
            metavar="YYYY-MM-DD",
            help="The issue's day; if not given, that of the issue that has it or was to have it.",
        ),
    ] = None,
    profile: ProfileName = None,
    model: ModelFile = None,
) -> int:
    """Why an article is in the day's issue, or why it is not: one line."""
    from digest.pipeline import why as reasons
    from digest.pipeline.store import is_there
    from scrapers.catalogue_checks import is_whole_address
    from storage.database import open_database

    if not is_whole_address(url):
        raise UsageError(f"{url!r} is no whole address; write it as https://baolua.example/chinh-tri/mot-cua.html")
    surroundings = look_around()
    settings = surroundings.settings
    series = profiles.load(profile or settings.profile)
    if not is_there(settings.database):
        raise StorageError(f"{settings.database}: there is no database yet; diembao run makes it")
    engine = open_database(settings.database)
    try:
        said = reasons.why(
            engine,
            url,
            sources=known_sources(surroundings),
            profile=series,
            day=day_from(date, surroundings.today) if date else None,
            model=model or settings.model,
        )
    finally:
        engine.dispose()
    typer.echo(said)
    return 0


def work(
    surroundings: Surroundings, orders: "Orders", sources: "Sequence[Source]", contact: str, *, as_json: bool
) -> "Report":
    """Run the orders on the settings' database, show the report, and the paths of what was made on stdout."""
    from digest.pipeline.collecting import Collecting
    from digest.pipeline.day import run_day
    from storage.database import open_database

    engine = open_database(surroundings.settings.database)
    try:
        processes = surroundings.settings.processes
        collecting = Collecting(sources=tuple(sources), contact=contact, clock=now, processes=processes)
        _, report = run_day(engine, orders, collecting, clock=now, progress=progress)
    finally:
        engine.dispose()
    close(report, (), as_json=as_json)
    show_paths(tuple(Path(path) for path in report.written))
    return report


def _some(sources: "tuple[Source, ...]") -> "tuple[Source, ...]":
    if not sources:
        raise SettingsError("settings, key sources: no outlet is collected; name a catalogue file that has some")
    return sources

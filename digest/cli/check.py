"""`diembao sources check` and `sources health`: what of the catalogue still holds, and how the sources are."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.console import alert_lines, progress, say
from digest.cli.outlets import collected_sources, contact_of
from digest.cli.surroundings import Surroundings, look_around, now
from digest.errors import StorageError
from digest.model import VIETNAM
from digest.wire import dump, dumps

if TYPE_CHECKING:
    from datetime import date, datetime

    from digest.pipeline.checking import ArticleCheck, SourceCheck
    from digest.pipeline.health import SourceHealth
    from scrapers.source import Source

Ids = Annotated[list[str] | None, typer.Argument(metavar="[ID]…", help="As `sources list` prints them; all if none.")]
Lines = Annotated[bool, typer.Option("--json", help="One JSON object a source, a line each.")]


def check(ids: Ids = None, as_json: Lines = False) -> int:
    """Ask every declared feed, section page and sitemap and read one article a source: what holds, what broke."""
    surroundings = look_around()
    contact = contact_of(surroundings)
    sources = collected_sources(surroundings, ids, option="source")
    checks = _check(sources, contact, processes=surroundings.settings.processes)
    resting = _resting(surroundings, sources)
    checks = tuple(replace(one, resting_until=resting.get(one.source)) for one in checks)
    for checked in checks:
        typer.echo(dumps(dump(checked)) if as_json else "\n".join(_lines(checked, surroundings.today)))
    broken = sum(bool(checked.broken) for checked in checks)
    say(f"{len(checks) - broken} of {len(checks)} outlets as declared, {broken} with something broken")
    return 1 if broken else 0


def _check(sources: "Sequence[Source]", contact: str, *, processes: int) -> "tuple[SourceCheck, ...]":
    from digest.pipeline.checking import World, check_sources
    from digest.pipeline.reading import read_page
    from scrapers.collecting.workers import Processes
    from scrapers.fetching.fetch import Fetcher

    async def ask() -> "tuple[SourceCheck, ...]":
        async with Fetcher(contact=contact, clock=now) as fetcher:
            world = World(fetcher=fetcher, workers=workers, read_page=read_page, now=now())
            return await check_sources(sources, world, advance=advance)

    with progress("checking", len(sources)) as advance, Processes(processes) as workers:
        return asyncio.run(ask())


def _resting(surroundings: Surroundings, sources: "Sequence[Source]") -> "dict[str, datetime]":
    """Which sources runs leave alone, as far as a database tells it; none is made or upgraded for that."""
    from digest.pipeline.health_now import resting_now
    from digest.pipeline.store import is_there
    from storage.database import engine_of
    from storage.health import revision_of
    from storage.schema import HEAD

    database = surroundings.settings.database
    if not is_there(database):
        return {}
    try:
        engine = engine_of(database)
        try:
            return resting_now(engine, sources, now()) if revision_of(engine) == HEAD else {}
        finally:
            engine.dispose()
    except StorageError as error:
        say(f"whether runs leave a source alone is not known: {error}")
        return {}


def _lines(checked: "SourceCheck", today: "date") -> list[str]:
    lines = [f"{checked.source}: {_state(checked)}"]
    if checked.resting_until:
        until = checked.resting_until.astimezone(VIETNAM)
        lines.append(f"  left alone by runs until {until:{'%H:%M' if until.date() == today else '%d/%m %H:%M'}}")
    for one in checked.listings:
        said = f"{one.problem} {one.detail}".rstrip() if one.problem else f"{one.links} links, {one.dated} with a time"
        lines.append(f"  {one.kind:<8} {one.url}  {said}")
    if checked.article:
        lines += _article_lines(checked.article)
    return [*lines, *(f"  broken   {one}" for one in checked.broken)]


def _state(checked: "SourceCheck") -> str:
    if checked.broken:
        return "broken"
    return f"as declared, but: {'; '.join(checked.but)}" if checked.but else "as declared"


def _article_lines(article: "ArticleCheck") -> list[str]:
    if article.problem:
        return [f"  article  {article.url}  {article.problem} {article.detail}".rstrip()]
    head = f"  article  {article.url}"
    if "document" in article.flags:
        told = f", {_moment(article.published)}" if article.published else ""
        return [head, f"           a document: {article.title}, {article.paragraphs} paragraphs{told}"]
    found = ", ".join(f"{one.field} {one.by or 'none'}" for one in article.fields)
    said = f"{article.paragraphs} paragraphs, {_moment(article.published)}"
    return [head, f"           {article.title} ({said})", f"           found by: {found}"]


def health(ids: Ids = None, as_json: Lines = False) -> int:
    """How the sources are: the last success, what they bring against their own rhythm, how they are read, what fails."""
    surroundings = look_around()
    sources = collected_sources(surroundings, ids, option="source")
    healths = _healths(surroundings, sources)
    if as_json:
        for one in healths:
            typer.echo(dumps(dump(one)))
    else:
        for line in _table(healths):
            typer.echo(line)
    return 1 if any(one.alerts for one in healths) else 0


def _healths(surroundings: Surroundings, sources: "Sequence[Source]") -> "tuple[SourceHealth, ...]":
    from digest.pipeline.health_now import healths_now
    from digest.pipeline.store import is_there
    from storage.database import open_database

    database = surroundings.settings.database
    if not is_there(database):
        raise StorageError(f"{database}: there is no database yet; diembao run makes it")
    engine = open_database(database)
    try:
        return healths_now(engine, sources, surroundings.moment)
    finally:
        engine.dispose()


_HEADINGS = (
    "source",
    "state",
    "last new",
    "28 days",
    "a day",
    "today",
    "week",
    "pause",
    "fallback",
    "failed in 3 days",
)


def _table(healths: "Sequence[SourceHealth]") -> list[str]:
    """Figures beside what is usual: `3/5.2` is three where five are usual."""
    rows = [_HEADINGS, *(_row(one) for one in healths)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return [*lines, *(line for one in healths for line in alert_lines(one.alerts))]


def _row(one: "SourceHealth") -> tuple[str, ...]:
    brought = one.brought
    failed = ", ".join(f"{kind} {count}" for kind, count in one.failed.items())
    return (
        one.source,
        one.state,
        _moment(one.last_success),
        str(brought.articles),
        _figure(brought.per_working_day),
        f"{brought.today}/{_figure(brought.usual_today)}",
        f"{brought.week}/{_figure(brought.usual_week)}",
        "-" if one.gap is None else f"{one.gap:.0f} h",
        "-" if one.fallback is None else f"{one.fallback:.0%}",
        failed or "-",
    )


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"


def _moment(moment: "datetime | None") -> str:
    return f"{moment.astimezone(VIETNAM):%d/%m %H:%M}" if moment else "-"

"""The issues that the database keeps: what there is, and what people do with one as a whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest import profile as profiles
from digest.cli.console import close, progress, say
from digest.cli.issues import show_paths
from digest.cli.lines import day_from, folder_from
from digest.cli.options import AsJson, Day, Output, ProfileName
from digest.cli.surroundings import Surroundings, look_around
from digest.errors import StorageError
from digest.files import name_of, read_bytes, read_text, write_whole
from digest.pipeline.report import Report
from digest.wire import dump, dumps, issue_from, parse

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from digest.model import Issue, IssueEvent
    from digest.pipeline.publishing import WrittenAll
    from digest.pipeline.versions import Deed
    from digest.profile import Profile

APPROVED_FORMATS = ("html", "pdf", "docx", "mail", "text", "chat", "json", "atom", "png", "note")

app = typer.Typer(help="The issues in the database and their versions.", no_args_is_help=True, rich_markup_mode=None)
Version = Annotated[int | None, typer.Option("--version", min=1, help="Which version; the newest if not given.")]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who does it, as the office names people.")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; readers are told.")]
Files = Annotated[
    str | None,
    typer.Option("-o", "--output", metavar="DIR", help="Where files go; issues/<day> in the home if not given."),
]


@app.command("list")
def list_issues(profile: ProfileName = None, as_json: AsJson = False) -> int:
    """Every version of every issue, a line each: day, profile, version, status, items, the beginning of its hash."""
    from digest.pipeline.versions import all_issues

    name = profiles.load(profile).id if profile else None
    with _database(look_around()) as engine:
        for issue in all_issues(engine, name):
            items = sum(len(section.items) for section in issue.sections)
            if as_json:
                known = {name: value for name, value in dump(issue).items() if name != "sections"}
                typer.echo(dumps(known | {"items": items}))
            else:
                typer.echo(
                    f"{issue.date}  {issue.profile}  version {issue.version}  {issue.status:<9}  {items:>3} items  "
                    f"{str(issue.hash)[:12]}"
                )
    return 0


@app.command("show")
def show_issue(date: Day = None, profile: ProfileName = None, version: Version = None, output: Output = "-") -> int:
    """A version as issue.json; its record and the files that show it on stderr."""
    from digest.pipeline.versions import known_issue

    surroundings = look_around()
    with _database(surroundings) as engine:
        series = _series(surroundings, profile)
        known = known_issue(engine, series.id, day_from(date, surroundings.today), version)
    write_whole(output, (dumps(dump(known.issue), indent=2) + "\n").encode())
    say(f"version {known.issue.version}: {known.issue.status}, content {known.issue.hash}")
    for event in known.events:
        say(_event_line(event))
    for file in known.files:
        say(f"file {file.format}: {file.path}, {file.size} bytes, sha256 {file.sha256}")
    return 0


@app.command("approve")
def approve_issue(
    date: Day = None,
    profile: ProfileName = None,
    version: Version = None,
    seen: Annotated[
        str | None,
        typer.Option("--hash", metavar="HEX", help="The beginning of the hash of the content that was seen."),
    ] = None,
    by: By = None,
    output: Files = None,
    as_json: AsJson = False,
) -> int:
    """Approve a version: this content and no other. Its files are made, and after a correction what readers are told."""
    from digest.pipeline.filing import announcement_of, write_announcement
    from digest.pipeline.versions import approve, stored_issue

    surroundings = look_around()
    with _database(surroundings) as engine:
        series = _series(surroundings, profile)
        issue = stored_issue(engine, series.id, day_from(date, surroundings.today), version)
        folder = _folder(surroundings, issue, output)
        approved = approve(engine, issue, _deed(surroundings, by), seen=seen)
        say(f"approved: {approved.profile} of {approved.date}, version {approved.version}, content {approved.hash}")
        made = _filed(engine, approved, series, folder)
        told: tuple[Path, ...] = ()
        if approved.corrects is not None:
            told = write_announcement(announcement_of(engine, approved, series), folder)
    report = Report(day=approved.date, profile=series.id, written=tuple(map(str, made.paths)), notes=made.notes)
    status = close(report, made.troubles, as_json=as_json)
    show_paths((*made.paths, *told))
    return status


@app.command("signed")
def keep_signed_pdf(
    file: Annotated[str, typer.Argument(metavar="FILE.pdf", help="The PDF as it came back, signed; - is stdin.")],
    date: Day = None,
    profile: ProfileName = None,
    version: Version = None,
    by: By = None,
    output: Files = None,
) -> int:
    """Keep a PDF that was signed elsewhere beside the approved content, with a hash of its own."""
    from digest.pipeline.versions import keep_signed, stored_issue

    surroundings = look_around()
    pdf = read_bytes(file)
    with _database(surroundings) as engine:
        series = _series(surroundings, profile)
        issue = stored_issue(engine, series.id, day_from(date, surroundings.today), version)
        path = _folder(surroundings, issue, output) / f"{issue.profile}-{issue.date}.signed.pdf"
        notes = keep_signed(engine, issue, pdf, path, _deed(surroundings, by), name=name_of(file))
    for note in notes:
        say(f"note: {note}")
    show_paths((path,))
    return 0


@app.command("correct")
def correct_issue(
    file: Annotated[str, typer.Argument(metavar="ISSUE.json", help="The issue as it is to be; - is stdin.")],
    reason: Reason,
    by: By = None,
) -> int:
    """Keep a changed issue as the next version, a draft until it is approved. From Word: import --as edits --save."""
    from digest.pipeline.versions import keep_version, stored_issue

    surroundings = look_around()
    content = issue_from(parse(read_text(file), source=name_of(file)), source=name_of(file))
    with _database(surroundings) as engine:
        before = stored_issue(engine, content.profile, content.date)
        say(kept_line(keep_version(engine, before, content, _deed(surroundings, by, reason))))
    return 0


@app.command("take-down")
def take_down_item(
    item: Annotated[int, typer.Option("--item", min=1, help="The item's number.")],
    reason: Reason,
    date: Day = None,
    profile: ProfileName = None,
    by: By = None,
) -> int:
    """Make the next version without an item; the one that had it stays in the record, and its readers are not told the headline."""
    from digest.pipeline.versions import stored_issue, take_down

    surroundings = look_around()
    with _database(surroundings) as engine:
        series = _series(surroundings, profile)
        issue = stored_issue(engine, series.id, day_from(date, surroundings.today))
        say(kept_line(take_down(engine, issue, item, _deed(surroundings, by, reason))))
    return 0


@app.command("recall")
def recall_issue(
    reason: Reason,
    date: Day = None,
    profile: ProfileName = None,
    by: By = None,
    output: Files = None,
) -> int:
    """Call an issue back: its record stays, and a page and a mail for its readers are made."""
    from digest.pipeline.filing import announcement_of, write_announcement
    from digest.pipeline.versions import recall, stored_issue

    surroundings = look_around()
    with _database(surroundings) as engine:
        series = _series(surroundings, profile)
        issue = stored_issue(engine, series.id, day_from(date, surroundings.today))
        folder = _folder(surroundings, issue, output)
        recalled = recall(engine, issue, _deed(surroundings, by, reason))
        paths = write_announcement(announcement_of(engine, recalled, series), folder)
    say(f"recalled: {recalled.profile} of {recalled.date}, version {recalled.version}")
    show_paths(paths)
    return 0


def kept_line(issue: "Issue") -> str:
    """What a person is told of a version that was kept."""
    corrects = f"; it corrects version {issue.corrects}" if issue.corrects is not None else ""
    return f"kept as version {issue.version}, {issue.status}{corrects}: diembao issues approve --date {issue.date}"


@contextmanager
def _database(surroundings: Surroundings) -> "Iterator[Engine]":
    """The office's database; StorageError where there is none yet: nothing here begins one."""
    from digest.pipeline.store import is_there
    from storage.database import open_database

    address = surroundings.settings.database
    if not is_there(address):
        raise StorageError(f"{address}: there is no database yet; diembao run makes it")
    engine = open_database(address)
    try:
        yield engine
    finally:
        engine.dispose()


def _series(surroundings: Surroundings, profile: str | None) -> "Profile":
    return profiles.load(profile or surroundings.settings.profile)


def _folder(surroundings: Surroundings, issue: "Issue", output: str | None) -> Path:
    """Where a version's files go: those of a later one do not stand in place of the first one's."""
    if output:
        return folder_from(output)
    folder = surroundings.settings.home / "issues" / issue.date.isoformat()
    return folder if issue.version == 1 else folder / f"v{issue.version}"


def _deed(surroundings: Surroundings, by: str | None, reason: str | None = None) -> "Deed":
    from digest.pipeline.versions import Deed

    return Deed(moment=surroundings.moment, by=by, reason=reason)


def _filed(engine: "Engine", issue: "Issue", series: "Profile", folder: Path) -> "WrittenAll":
    from digest.pipeline.filing import file_issue

    with progress("rendering", len(APPROVED_FORMATS)) as advance:
        return file_issue(engine, issue, series, APPROVED_FORMATS, folder, advance=advance)


def _event_line(event: "IssueEvent") -> str:
    parts = [
        f"{event.moment:%Y-%m-%d %H:%M}  version {event.version}  {event.deed}",
        f"item {event.item}" if event.item is not None else "",
        f"by {event.by}" if event.by else "",
        event.reason or "",
    ]
    return "  ".join(part for part in parts if part)

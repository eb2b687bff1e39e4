"""What people do with an issue that the database keeps, as a whole: approve, sign, correct, take down, recall."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date as date_type
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest import profile as profiles
from digest.cli.console import close, progress, say
from digest.cli.issues import show_paths
from digest.cli.lines import day_from, folder_from
from digest.cli.options import AsJson, Day, ProfileName
from digest.cli.surroundings import Surroundings, look_around
from digest.errors import StorageError, UsageError
from digest.files import name_of, read_bytes, read_text
from digest.pipeline.report import Report
from digest.text import one_line
from digest.wire import issue_from, parse

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from digest.model import Issue
    from digest.pipeline.versions import Deed
    from digest.profile import Profile

APPROVED_FORMATS = ("html", "pdf", "docx", "mail", "text", "chat", "json", "atom", "png", "note")
_LONGEST = 500  # characters

app = typer.Typer(help="The issues in the database and their versions.", no_args_is_help=True, rich_markup_mode=None)
Version = Annotated[int | None, typer.Option("--version", min=1, help="Which version; the newest if not given.")]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who does it, as the office names people.")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; readers are told.")]
Files = Annotated[
    str | None,
    typer.Option("-o", "--output", metavar="DIR", help="Where files go; issues/<day> in the home if not given."),
]


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
    from digest.pipeline.versions import approve, stored_issue

    with _office(date, profile) as office:
        issue = stored_issue(office.engine, office.series.id, office.day, version)
        folder = office.folder(issue, output)
        approved = approve(office.engine, issue, deed_of(office.surroundings, by), seen=seen)
        say(f"approved: {approved.profile} of {approved.date}, version {approved.version}, content {approved.hash}")
        return _files(office, approved, folder, as_json=as_json)


@app.command("files")
def make_files(
    date: Day = None,
    profile: ProfileName = None,
    version: Version = None,
    output: Files = None,
    as_json: AsJson = False,
) -> int:
    """Make a version's files anew, as after a run that was cut off; the version that went out if none is named."""
    from digest.pipeline.versions import issue_that_went_out

    with _office(date, profile) as office:
        issue = issue_that_went_out(office.engine, office.series.id, office.day, version)
        return _files(office, issue, office.folder(issue, output), as_json=as_json)


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
    from digest.pipeline.versions import issue_that_went_out, keep_signed

    pdf = read_bytes(file)
    with _office(date, profile) as office:
        issue = issue_that_went_out(office.engine, office.series.id, office.day, version)
        folder, deed = office.folder(issue, output), deed_of(office.surroundings, by)
        path, notes = keep_signed(office.engine, issue, pdf, folder, deed, name=name_of(file))
    for note in notes:
        say(f"note: {note}")
    show_paths((path,))
    return 0


@app.command("correct")
def correct_issue(
    file: Annotated[str, typer.Argument(metavar="ISSUE.json", help="The issue as it is to be; - is stdin.")],
    reason: Reason,
    by: By = None,
    over: Annotated[bool, typer.Option("--over", help="Though the file was made from an earlier version.")] = False,
) -> int:
    """Keep a changed issue as the next version, a draft until it is approved. From Word: import --as edits --save."""
    from digest.pipeline.versions import keep_version, stored_issue
    from digest.versions import check_base

    surroundings = look_around()
    content = issue_from(parse(read_text(file), source=name_of(file)), source=name_of(file))
    with stored(surroundings) as engine:
        before = stored_issue(engine, content.profile, content.date)
        if not over:
            check_base(before, content.hash, name=name_of(file))
        say(kept_line(keep_version(engine, before, content, deed_of(surroundings, by, reason))))
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

    with _office(date, profile) as office:
        issue = stored_issue(office.engine, office.series.id, office.day)
        say(kept_line(take_down(office.engine, issue, item, deed_of(office.surroundings, by, reason))))
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
    from digest.pipeline.filing import announcement_of, file_announcement
    from digest.pipeline.versions import issue_that_went_out, recall

    with _office(date, profile) as office:
        issue = issue_that_went_out(office.engine, office.series.id, office.day)
        folder = office.folder(issue, output)
        recalled = recall(office.engine, issue, deed_of(office.surroundings, by, reason))
        announcement = announcement_of(office.engine, recalled, office.series)
        paths = file_announcement(office.engine, announcement, folder)
    say(f"recalled: {recalled.profile} of {recalled.date}, version {recalled.version}")
    show_paths(paths)
    return 0


def kept_line(issue: "Issue") -> str:
    """What a person is told of a version that was kept."""
    corrects = f"; it corrects version {issue.corrects}" if issue.corrects is not None else ""
    return f"kept as version {issue.version}, {issue.status}{corrects}: diembao issues approve --date {issue.date}"


@contextmanager
def stored(surroundings: Surroundings) -> "Iterator[Engine]":
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


def series_of(surroundings: Surroundings, profile: str | None) -> "Profile":
    """The profile that is named, else the office's."""
    return profiles.load(profile or surroundings.settings.profile)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Office:
    """What every command on a day's issue works with."""

    surroundings: Surroundings
    engine: "Engine"
    series: "Profile"
    day: date_type

    def folder(self, issue: "Issue", output: str | None) -> Path:
        """Where a version's files go: those of a later one do not stand in place of the first one's."""
        folder = folder_from(output) if output else self.surroundings.settings.home / "issues" / issue.date.isoformat()
        return folder if issue.version == 1 else folder / f"v{issue.version}"


@contextmanager
def _office(date: str | None, profile: str | None) -> "Iterator[_Office]":
    surroundings = look_around()
    with stored(surroundings) as engine:
        day = day_from(date, surroundings.today)
        yield _Office(surroundings=surroundings, engine=engine, series=series_of(surroundings, profile), day=day)


def deed_of(surroundings: Surroundings, by: str | None, reason: str | None = None) -> "Deed":
    """Who does it now, and why; UsageError for what is no line of words: the record shows them."""
    from digest.pipeline.versions import Deed

    return Deed(moment=surroundings.moment, by=_words("--by", by), reason=_words("--reason", reason))


def _words(option: str, given: str | None) -> str | None:
    if given is None:
        return None
    if not given.strip() or len(given) > _LONGEST or not given.isprintable():
        raise UsageError(f"{option}: give one line of 1 to {_LONGEST} printed characters")
    return one_line(given)


def _files(office: _Office, issue: "Issue", folder: Path, *, as_json: bool) -> int:
    """Make the files of a version, and of one that corrects another or was called back what readers are told."""
    from digest.pipeline.filing import announcement_of, file_announcement, file_issue

    with progress("rendering", len(APPROVED_FORMATS)) as advance:
        made = file_issue(office.engine, issue, office.series, APPROVED_FORMATS, folder, advance=advance)
    paths = made.paths
    if issue.corrects is not None or issue.status == "recalled":
        announcement = announcement_of(office.engine, issue, office.series)
        paths = (*paths, *file_announcement(office.engine, announcement, folder))
    report = Report(day=issue.date, profile=office.series.id, written=tuple(map(str, paths)), notes=made.notes)
    status = close(report, made.troubles, as_json=as_json)
    show_paths(paths)
    return status

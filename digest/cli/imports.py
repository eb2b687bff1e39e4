"""Bringing in past bulletins, documents, and issues that were edited in Word."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date as date_type
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from digest import profile as profiles
from digest.bulletin.reading import many
from digest.cli.console import close
from digest.cli.edited import Wish, show_edits
from digest.cli.lines import day_from, folder_from
from digest.cli.options import AsJson, Output, ProfileName
from digest.cli.surroundings import Surroundings, look_around
from digest.errors import ExtractError, InputError, UsageError
from digest.files import STDIN, json_lines, name_of, read_bytes, write_whole
from digest.model import Issue
from digest.pipeline.report import Report, Trouble, counted
from digest.profile import Profile
from digest.wire import Raw, dump, dumps

if TYPE_CHECKING:
    from digest.bulletin.lines import Line
    from digest.pipeline.importing import Brought

T = TypeVar("T")
_FORMS = ("issue", "articles", "edits")


def import_(
    files: Annotated[list[str], typer.Argument(help="Past bulletins or documents: PDF, Word or text; - is stdin.")],
    form: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="FORM",
            help="issue: an issue.json, with several files one each in the folder -o names. articles: labelled articles, "
            "a line each. edits: what was changed in an issue, a line each. If not given: issue where the file is a "
            "bulletin, else articles.",
        ),
    ] = None,
    profile: ProfileName = None,
    date: Annotated[
        str | None,
        typer.Option("--date", metavar="YYYY-MM-DD", help="The issue's day, where the file does not say it."),
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(
            "--against", metavar="ISSUE.json", help="For edits: the issue before; else the office's database."
        ),
    ] = None,
    keep: Annotated[
        bool, typer.Option("--keep", help="For edits: record the decisions, for train to learn from them.")
    ] = False,
    save: Annotated[
        bool, typer.Option("--save", help="For edits: keep the edited issue in the database as its next version.")
    ] = False,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", help="With --save: why; readers of a correction are told.")
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="With --save: who edited it.")] = None,
    over: Annotated[
        bool, typer.Option("--over", help="With --save: though the file was made from an earlier version.")
    ] = False,
    edited: Annotated[
        str | None, typer.Option("--edited", metavar="FILE", help="For edits: the edited issue as issue.json.")
    ] = None,
    output: Output = "-",
    as_json: AsJson = False,
) -> int:
    """Past bulletins as issues or labelled articles; what an editor changed in an issue with Word."""
    wish = Wish(
        against=against, profile=profile, day=None, keep=keep, save=save, reason=reason, by=by, over=over, edited=edited
    )
    _refuse(files, form, wish, output)
    surroundings = look_around()
    day = day_from(date, surroundings.today) if date else None
    if form == "edits":
        return show_edits(files[0], replace(wish, day=day), surroundings, output, as_json=as_json)
    source = _Source(_profiles(profile, surroundings), day)
    if form is None:
        form = "issue" if source.is_bulletin(files[0]) else "articles"
    bring = _issues if form == "issue" else _articles
    return bring(files, source, output, as_json=as_json)


def _refuse(files: Sequence[str], form: str | None, wish: Wish, output: str) -> None:
    if form is not None and form not in _FORMS:
        raise UsageError(f"--as {form}: is none of {', '.join(_FORMS)}")
    if form != "edits" and (wish.against is not None or wish.keep or wish.save or wish.edited):
        raise UsageError("--against, --keep, --save and --edited go with --as edits")
    if wish.save and wish.against is not None:
        raise UsageError("--save keeps a version of the database's issue; leave --against out, or use --edited FILE")
    if (wish.reason is not None or wish.by is not None) and not wish.save:
        raise UsageError("--reason and --by go with --save")
    if wish.edited is not None and wish.edited == output:
        raise UsageError(f"--edited {wish.edited}: the changes go there; name another file")
    if form == "edits" and len(files) > 1:
        raise UsageError("--as edits takes one file: the issue as it was edited")
    if form is None and len(files) > 1:
        raise UsageError("several files are given; say with --as whether they are issues or articles")


def _profiles(name: str | None, surroundings: Surroundings) -> list[Profile]:
    """The profile that is named; else the office's, and those that come with the program."""
    if name:
        return [profiles.load(name)]
    names = dict.fromkeys([surroundings.settings.profile, *profiles.shipped_names()])
    return [profiles.load(one) for one in names]


@dataclass(slots=True)
class _Source:
    """Reads the files named, each once: standard input cannot be read again."""

    series: Sequence[Profile]
    day: date_type | None
    known: dict[str, tuple[bytes, "list[Line]"]] = field(default_factory=dict)

    def read(self, file: str) -> tuple[bytes, "list[Line]"]:
        """The file's bytes and lines."""
        from digest.pipeline.bulletin_lines import lines_of

        if file not in self.known:
            body = read_bytes(file)
            self.known[file] = body, lines_of(body, name=name_of(file))
        return self.known[file]

    def is_bulletin(self, file: str) -> bool:
        """Whether the file is a bulletin."""
        from digest.pipeline.importing import is_bulletin

        return is_bulletin(self.read(file)[1])

    def issue(self, file: str) -> "Brought":
        """The issue in the file."""
        from digest.pipeline.importing import bring_issue

        return bring_issue(self.read(file)[1], self.series, name=name_of(file), day=self.day)

    def rows(self, file: str) -> list[Raw]:
        """The articles of the file, those of a bulletin with their labels."""
        from digest.pipeline.importing import document_line, printed_lines

        if self.is_bulletin(file):
            return list(printed_lines(self.issue(file).issue))
        return [document_line(self.read(file)[0], name=name_of(file))]


def _issues(files: Sequence[str], source: _Source, output: str, *, as_json: bool) -> int:
    if len(files) == 1:
        brought = source.issue(files[0])
        write_whole(output, _bytes_of(brought.issue))
        return close(_report([(files[0], brought)]), (), as_json=as_json)
    folder = folder_from(output)
    if output == STDIN:
        raise UsageError("several issues are several files: name a folder with -o")
    read, troubles = _each(files, source.issue)
    made: dict[Path, str] = {}
    kept: list[tuple[str, Brought]] = []
    for file, brought in read:
        path = folder / f"{brought.issue.profile}-{brought.issue.date}.json"
        if path in made:
            said = f"{file}: is the issue of {made[path]} once more; it was not written"
            troubles.append(Trouble(stage="import", kind="bad-input", subject=file, detail=said))
            continue
        made[path] = file
        kept.append((file, brought))
        write_whole(path, _bytes_of(brought.issue))
        typer.echo(str(path))
    return close(replace(_report(kept), written=tuple(map(str, made))), troubles, as_json=as_json)


def _articles(files: Sequence[str], source: _Source, output: str, *, as_json: bool) -> int:
    read, troubles = _each(files, source.rows)
    rows = [row for _, found in read for row in found]
    write_whole(output, json_lines(map(dumps, rows)))
    labelled = [row for row in rows if "rel" in row]
    sections = counted(row.get("section", "(no section)") for row in labelled)
    bare = len(rows) - len(labelled)
    notes = (f"without a label: {many(bare, 'article')}",) if bare else ()
    report = Report(collected=len(rows), relevant=len(labelled), sections=sections, notes=notes)
    return close(report, troubles, as_json=as_json)


def _each(files: Sequence[str], read: Callable[[str], T]) -> tuple[list[tuple[str, T]], list[Trouble]]:
    """What `read` makes of each file; a bad one costs itself alone, unless nothing else is there."""
    values: list[tuple[str, T]] = []
    troubles: list[Trouble] = []
    for file in files:
        try:
            values.append((file, read(file)))
        except (InputError, ExtractError) as error:
            if len(files) == 1:
                raise
            kind = error.kind if isinstance(error, ExtractError) else "bad-input"
            troubles.append(Trouble(stage="import", kind=kind, subject=name_of(file), detail=str(error)))
    return values, troubles


def _report(read: "Sequence[tuple[str, Brought]]") -> Report:
    issues = [brought.issue for _, brought in read]
    sections = [(section.title, len(section.items)) for issue in issues for section in issue.sections]
    one = issues[0] if len(issues) == 1 else None
    return Report(
        day=one.date if one else None,
        profile=one.profile if one else None,
        printed=sum(count for _, count in sections),
        sections=counted(title for title, count in sections for _ in range(count)),
        notes=tuple(note if one else f"{file}: {note}" for file, brought in read for note in brought.notes),
    )


def _bytes_of(issue: Issue) -> bytes:
    return (dumps(dump(issue), indent=2) + "\n").encode()

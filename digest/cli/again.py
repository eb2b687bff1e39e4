"""`diembao extract --again`: the stored pages read by today's rules, and what differs, a line each."""

import mmap
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, Annotated, cast

import typer

from digest.cli.console import progress, say, trouble_lines
from digest.cli.lines import day_from
from digest.cli.outlets import known_sources
from digest.cli.surroundings import look_around
from digest.errors import StorageError, UsageError
from digest.files import STDIN, write_whole
from digest.model import VIETNAM
from digest.wire import dump, dumps

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from digest.pipeline.again import AgainReport
    from scrapers.source import Source

Again = Annotated[bool, typer.Option("--again", help="Read the stored pages again and show what differs.")]
OnlySource = Annotated[
    list[str] | None, typer.Option("--source", metavar="ID", help="With --again: only this outlet; repeatable.")
]
Since = Annotated[
    str | None, typer.Option("--since", metavar="YYYY-MM-DD", help="With --again: only pages fetched from that day on.")
]
Keep = Annotated[bool, typer.Option("--keep", help="With --again: store the new readings.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What `extract` was told of the stored pages."""

    again: bool
    sources: Sequence[str] | None
    since: str | None
    keep: bool

    def refuse(self, *, files: Sequence[str], url: str | None) -> None:
        """UsageError where saved files and stored pages are mixed, or neither is named."""
        if self.again and (files or url):
            raise UsageError("--again reads the stored pages: leave out the files and --url, or leave out --again")
        given = {"--source": self.sources, "--since": self.since, "--keep": self.keep}
        alone = next((name for name, value in given.items() if value), None)
        if alone and not self.again:
            raise UsageError(f"{alone} belongs to --again; saved pages are read as they are")
        if not self.again and not files:
            raise UsageError("names no file: give saved pages, or --again for the stored ones")


def extract_again(wish: Wish, output: str, *, as_json: bool) -> int:
    """Compare, print, and keep where that is wished; the command's exit status."""
    from digest.pipeline.store import is_there
    from storage.database import open_database

    surroundings = look_around()
    settings = surroundings.settings
    sources = known_sources(surroundings)
    _refuse_unknown(wish.sources or (), sources)
    since = _begin(wish.since, surroundings.moment)
    if not is_there(settings.database):
        raise StorageError(f"{settings.database}: there is no database yet; diembao run makes it")
    engine = open_database(settings.database)
    try:
        with _lines_to(output) as write:
            report = _compare(engine, sources, wish, since, processes=settings.processes, write=write)
    finally:
        engine.dispose()
    if as_json:
        say(dumps(dump(report)))
    else:
        for line in _lines(report):
            say(line)
    return 1 if report.troubles else 0


def _compare(
    engine: "Engine",
    sources: "Sequence[Source]",
    wish: Wish,
    since: datetime | None,
    *,
    processes: int,
    write: Callable[[str], None],
) -> "AgainReport":
    from digest.pipeline import again
    from digest.pipeline.again_lines import line_of
    from digest.pipeline.reading import read_page
    from scrapers.collecting.workers import Processes

    count = again.Count()
    with progress("reading again") as advance, Processes(processes) as workers:
        pages = again.read_again(engine, sources, workers=workers, read=read_page, only=wish.sources, since=since)
        for outcome in pages:
            count.add(outcome)
            advance(1)
            if isinstance(outcome, again.Compared) and outcome.fields:
                write(dumps(line_of(outcome)))
                if wish.keep and again.keep(engine, outcome):
                    count.add_kept()
    return count.report()


def _refuse_unknown(names: Sequence[str], sources: "Sequence[Source]") -> None:
    known = {source.id for source in sources}
    for name in names:
        if name not in known:
            raise UsageError(f"--source {name}: not in the catalogue; diembao sources list shows all {len(known)}")


def _begin(since: str | None, moment: datetime) -> datetime | None:
    """The midnight that begins the day."""
    if since is None:
        return None
    try:
        day = day_from(since, moment.date())
    except UsageError as error:
        raise UsageError(str(error).replace("--date", "--since", 1)) from error
    return datetime.combine(day, time.min, VIETNAM)


def _lines(report: "AgainReport") -> list[str]:
    """The report for a person, as `console.report_lines` has it."""
    figures = (
        ("as before", report.same),
        ("read differently", report.differing),
        ("read at last", report.newly),
        ("kept", report.kept),
    )
    lines = [f"{'pages read again':<20}{report.pages:>7}"]
    lines += [f"{name:<20}{count:>7}" for name, count in figures if count]
    tables = (
        ("field differs", report.fields),
        ("source differs", report.sources),
        ("unread as before", report.still_unread),
        ("unread now", report.failed),
    )
    lines += [f"{name:<20}{count:>7}  {word}" for name, counts in tables for word, count in counts.items()]
    return [*lines, *trouble_lines(report.troubles)]


@contextmanager
def _lines_to(output: str) -> Iterator[Callable[[str], None]]:
    """Lines as they come on stdout; into a file when all are there, whole or not at all, without holding them all."""
    if output == STDIN:
        yield typer.echo
        return
    with tempfile.TemporaryFile() as spool:
        yield lambda line: cast("None", spool.write(f"{line}\n".encode(errors="replace")))
        if not spool.tell():
            write_whole(output, b"")
            return
        spool.flush()
        with mmap.mmap(spool.fileno(), 0, access=mmap.ACCESS_READ) as data:
            write_whole(output, cast("bytes", data))

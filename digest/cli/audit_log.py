"""The log of what was done at the desk, as a person at the server reads and checks it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.console import say
from digest.cli.options import AsJson
from digest.cli.surroundings import Surroundings, look_around
from digest.errors import StorageError
from digest.model import VIETNAM
from digest.wire import dump, dumps

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from storage.audit import Chain, Entry


@contextmanager
def office_database(surroundings: Surroundings, *, begun_here: bool = False) -> "Iterator[Engine]":
    """The office's database; StorageError where there is none, unless the first person begins it."""
    from digest.pipeline.store import is_there
    from storage.database import open_database

    address = surroundings.settings.database
    if not begun_here and not is_there(address):
        raise StorageError(f"{address}: there is no database yet; diembao users add makes it")
    engine = open_database(address)
    try:
        yield engine
    finally:
        engine.dispose()


def log(
    last: Annotated[int, typer.Option("--last", min=1, help="How many of the newest deeds.")] = 50,
    verify: Annotated[bool, typer.Option("--verify", help="Check every row of the log instead of showing it.")] = False,
    head: Annotated[
        str | None,
        typer.Option(
            "--head", metavar="HEX", help="With --verify: an earlier check's head, which must still be there."
        ),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """What was done at the desk, the newest last; --verify says whether nobody has changed it since."""
    from storage import audit
    from storage.database import reading
    from storage.people import names_of

    with office_database(look_around()) as engine, reading(engine) as session:
        if verify or head is not None:
            return _verified(audit.verify_chain(session), cut=head is not None and not audit.stands(session, head))
        names = names_of(session)
        for entry in reversed(audit.entries(session, limit=last)):
            typer.echo(dumps(dump(entry)) if as_json else _entry_line(entry, names))
    return 0


def _verified(chain: "Chain", *, cut: bool) -> int:
    if chain.broken is not None:
        say(
            f"the log is broken at row {chain.broken.sequence}: it {chain.broken.why}; {chain.length} rows before it are good"
        )
        return 1
    if cut:
        say(
            "the log is whole as far as it goes, but it does not hold the head that was noted: rows at its end are gone"
        )
        return 1
    say(f"the log is whole: {chain.length} rows")
    typer.echo(chain.head)
    return 0


def _entry_line(entry: "Entry", names: dict[str, str]) -> str:
    def called(pseudonym: str | None) -> str:
        return f"{names[pseudonym]} ({pseudonym})" if pseudonym in names else str(pseudonym)

    parts = [
        f"{entry.moment.astimezone(VIETNAM):%Y-%m-%d %H:%M:%S}  {entry.sequence:>6}",
        "command line" if entry.pseudonym is None else called(entry.pseudonym),
        entry.deed,
        called(entry.subject) if entry.subject else "",
        " ".join(f"{key}={value}" for key, value in entry.detail.items()),
    ]
    return "  ".join(part for part in parts if part)

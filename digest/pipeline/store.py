"""What the database says to a day's work, in the words of `digest.choose`."""

from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from digest.choose import Printed
from storage.database import open_database, reading
from storage.issues import printed_lately

ISSUES_REMEMBERED = 7


def printed_before(engine: Engine, profile: str, day: date) -> Printed:
    """What the profile's last seven issues before that day printed."""
    with reading(engine) as session:
        items = printed_lately(session, profile, day, ISSUES_REMEMBERED)
    return Printed(
        articles=frozenset(item.article for item in items if item.article),
        urls=frozenset(item.url for item in items if item.url),
    )


def is_there(database: str) -> bool:
    """Whether the office has its database already; of a server that is taken for granted."""
    return not database.startswith("sqlite:///") or Path(database.removeprefix("sqlite:///")).exists()


def printed_if_known(database: str, profile: str, day: date) -> Printed:
    """The same where the office has a database; nothing where it has none yet, and none is made here."""
    if not is_there(database):
        return Printed()
    engine = open_database(database)
    try:
        return printed_before(engine, profile, day)
    finally:
        engine.dispose()

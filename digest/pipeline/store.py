"""What the database says to a day's work, in the words of `digest.choose`."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from digest.choose import Printed
from digest.model import Article, Issue
from digest.pictures import Picture
from storage.database import open_database, reading
from storage.issues import issue_of, printed_lately
from storage.pictures import pictures_of

ISSUES_REMEMBERED = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedItem:
    """An item of an earlier issue: of which day, its number there, the article it was made of."""

    day: date
    number: int
    article: str | None
    url: str | None


def printed_before(engine: Engine, profile: str, day: date) -> Printed:
    """What the profile's last seven issues before that day printed."""
    with reading(engine) as session:
        items = printed_lately(session, profile, day, ISSUES_REMEMBERED)
    return Printed(
        articles=frozenset(item.article for item in items if item.article),
        urls=frozenset(item.url for item in items if item.url),
    )


def printed_as(
    engine: Engine, profile: str, day: date, article: Article, others: Collection[str]
) -> PrintedItem | None:
    """The newest item of the last seven issues before that day that was made of the article, else of one of `others`.

    `others` are the ids of the articles that tell its story.
    """
    with reading(engine) as session:
        items = printed_lately(session, profile, day, ISSUES_REMEMBERED)
        own = [item for item in items if item.article == article.id or (item.url and item.url == article.url)]
        known = [*own, *(item for item in items if item.article in others)]
        issues = [issue_of(session, profile, item.day) for item in known[:1]]
    entries = (entry for issue in issues if issue for section in issue.sections for entry in section.items)
    for entry in entries:
        if (entry.article, entry.url) == (known[0].article, known[0].url):
            return PrintedItem(day=known[0].day, number=entry.number, article=entry.article, url=entry.url)
    return None


def is_there(database: str) -> bool:
    """Whether the office has its database already; of a server that is taken for granted."""
    return not database.startswith("sqlite:///") or Path(database.removeprefix("sqlite:///")).exists()


def printed_if_known(database: str, profile: str, day: date) -> Printed:
    """What was printed before, where the office has a database; nothing where it has none, and none is made here."""
    if not is_there(database):
        return Printed()
    engine = open_database(database)
    try:
        return printed_before(engine, profile, day)
    finally:
        engine.dispose()


def pictures_if_known(database: str, issue: Issue) -> dict[str, Picture]:
    """The copies that the issue prints, where the office has a database; none where it has none."""
    if not is_there(database):
        return {}
    engine = open_database(database)
    try:
        with reading(engine) as session:
            return pictures_of(session, issue)
    finally:
        engine.dispose()

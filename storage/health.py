"""What the sources' health rests on: when each printed, what of it could not be read, which hosts are left alone."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import ColumnElement, Engine, Row, Text, case, cast, distinct, func, inspect, or_, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from storage.explain import explained
from storage.rounds import SourceRound
from storage.schema import AddressRow, ArticleRow, BreakerRow, FailureRow, RunRow, SourceRoundRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """One article as health sees it: its `moment` is its publication's, else that of its fetching."""

    moment: datetime
    fetched: datetime
    flags: tuple[str, ...] = ()


_MOMENT: ColumnElement[datetime] = func.coalesce(ArticleRow.published, ArticleRow.fetched)
_Columns = Row[str | None, datetime | None, datetime | None, str]
_COLUMNS = (ArticleRow.source, ArticleRow.published, ArticleRow.fetched, cast(ArticleRow.flags, Text))


def printed_since(session: Session, moment: datetime) -> dict[str, list[Printed]]:
    """What each source printed from the moment on, by id, oldest first."""
    since = or_(ArticleRow.published >= moment, ArticleRow.published.is_(None) & (ArticleRow.fetched >= moment))
    chosen = select(*_COLUMNS).where(since).order_by(_MOMENT, ArticleRow.id)
    found: dict[str, list[Printed]] = defaultdict(list)
    for source, one in _read(session.execute(chosen)):
        found[source].append(one)
    return dict(found)


def printed_last(session: Session, source: str, most: int) -> list[Printed]:
    """The last articles of a source, `most` at most, oldest first."""
    chosen = select(*_COLUMNS).where(ArticleRow.source == source).order_by(_MOMENT.desc(), ArticleRow.id.desc())
    return [one for _, one in _read(session.execute(chosen.limit(most)))][::-1]


def rounds_by_source(session: Session, start: datetime, lately: datetime) -> dict[str, list[SourceRound]]:
    """The rounds that ended from `start` on, by source, oldest first: those before `lately` summed up day by day.

    A day ends with its last round that was answered, if any was, and has no `way` and no `failed`. A source that is
    asked every twenty minutes has two thousand rounds in four weeks; what is old need not be told one by one.
    """
    found: dict[str, list[SourceRound]] = defaultdict(list)
    row = SourceRoundRow
    answered = func.max(case((row.answered > 0, row.ended)))
    sums = [func.sum(column) for column in (row.listings, row.answered, row.unchanged, row.kept, row.fallback)]
    days = (
        select(row.source, answered, func.max(row.ended), *sums)
        .where(row.ended >= start, row.ended < lately)
        .group_by(row.source, row.day)
        .order_by(func.max(row.ended))
    )
    for source, last, ended, listings, read, unchanged, kept, fallback in session.execute(days):
        counts = {"listings": listings, "answered": read, "unchanged": unchanged, "kept": kept, "fallback": fallback}
        found[source].append(SourceRound(source=source, ended=last or ended, **counts))
    columns = [getattr(row, one.name) for one in fields(SourceRound)]
    for values in session.execute(select(*columns).where(row.ended >= lately).order_by(row.ended)):
        found[values[0]].append(SourceRound(**values._mapping))  # noqa: SLF001 - its documented name
    return dict(found)


def unread_since(session: Session, moment: datetime) -> dict[str, dict[str, int]]:
    """By source and kind: how many articles could not be had in the runs begun since, and have not been had after."""
    runs = select(RunRow.id).where(RunRow.started >= moment)
    had = select(AddressRow.address).where(AddressRow.address == FailureRow.identity).exists()
    chosen = (
        select(FailureRow.source, FailureRow.kind, func.count(distinct(FailureRow.identity)))
        .where(FailureRow.run_id.in_(runs), FailureRow.identity.is_not(None), FailureRow.source.is_not(None), ~had)
        .group_by(FailureRow.source, FailureRow.kind)
        .order_by(FailureRow.source, FailureRow.kind)
    )
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for source, kind, count in session.execute(chosen):
        found[str(source)][kind] = count
    return dict(found)


def resting_hosts(session: Session, now: datetime) -> dict[str, datetime]:
    """The hosts that failed in a row and are left alone at this moment, and until when."""
    open_ones = select(BreakerRow.host, BreakerRow.open_until).where(BreakerRow.open_until > now)
    return {host: until for host, until in session.execute(open_ones) if until is not None}


def last_round(session: Session) -> datetime | None:
    """When a source was dealt with last; None where none ever was."""
    return session.scalars(select(func.max(SourceRoundRow.ended))).one()


def revision_of(engine: Engine) -> str | None:
    """The stored schema's revision, None in an empty database. Nothing is made or upgraded; StorageError as ever."""
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except SQLAlchemyError as error:
        raise explained(engine.url, error) from error


def _read(rows: Iterable[_Columns]) -> Iterator[tuple[str, Printed]]:
    # A month holds a hundred thousand articles and a dozen different sets of flags: each is read and kept once.
    sets: dict[str, tuple[str, ...]] = {}
    for source, published, fetched, flags in rows:
        moment = published or fetched
        if source is not None and moment is not None:
            if flags not in sets:
                sets[flags] = tuple(json.loads(flags))
            yield source, Printed(moment=moment, fetched=fetched or moment, flags=sets[flags])

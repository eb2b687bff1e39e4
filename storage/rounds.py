"""What each round brought from each source: the material of the sources' health."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from storage.rows import value_of
from storage.schema import SourceRoundRow


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRound:
    """One source in one round.

    Of its `listings`, `answered` could be read and `unchanged` had nothing new by their own word. `way` is how its
    links were found: "listings", "sitemap" or "home". Of the articles `kept`, `fallback` were read by no selector of
    the source or its family. `failed` counts by kind.
    """

    source: str
    ended: datetime
    listings: int = 0
    answered: int = 0
    unchanged: int = 0
    way: str | None = None
    found: int = 0
    known: int = 0
    outside: int = 0
    kept: int = 0
    fallback: int = 0
    failed: Mapping[str, int] = field(default_factory=dict)


_FIELDS = tuple(one.name for one in fields(SourceRound))


def keep_round(session: Session, run_id: int, round_: SourceRound) -> None:
    """Note what a round brought."""
    values: dict[str, Any] = {name: getattr(round_, name) for name in _FIELDS}
    session.add(SourceRoundRow(run_id=run_id, **values | {"failed": dict(round_.failed)}))
    session.flush()


def rounds_since(session: Session, moment: datetime) -> list[SourceRound]:
    """The rounds that ended at or after the moment, oldest first."""
    chosen = select(SourceRoundRow).where(SourceRoundRow.ended >= moment).order_by(SourceRoundRow.ended)
    return [_round(row) for row in session.scalars(chosen)]


def last_answers(session: Session) -> dict[str, datetime]:
    """When each source was last reached, by id: the end of the last round in which a listing of it could be read."""
    latest = (
        select(SourceRoundRow.source, func.max(SourceRoundRow.ended))
        .where(SourceRoundRow.answered > 0)
        .group_by(SourceRoundRow.source)
    )
    rows = session.execute(latest).all()
    return {row[0]: row[1] for row in rows}


def forget_rounds(session: Session, before: datetime) -> None:
    """Drop the rounds that ended before the moment; health needs no older ones."""
    session.execute(delete(SourceRoundRow).where(SourceRoundRow.ended < before))


def _round(row: SourceRoundRow) -> SourceRound:
    return value_of(SourceRound, {name: getattr(row, name) for name in _FIELDS}, f"round {row.id}")

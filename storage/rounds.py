"""What each round brought from each source: the material of the sources' health."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from sqlalchemy import case, delete, func, select
from sqlalchemy.orm import Session

from digest.model import VIETNAM
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
    values |= {"failed": dict(round_.failed), "day": round_.ended.astimezone(VIETNAM).date()}
    session.add(SourceRoundRow(run_id=run_id, **values))
    session.flush()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """When a source was asked last, and when a listing of it could last be read; None where that never was."""

    asked: datetime | None
    answered: datetime | None


def reach_of(session: Session, source: str) -> Reach:
    """How far a source can be reached."""
    row = SourceRoundRow
    newest = select(func.max(row.ended), func.max(case((row.answered > 0, row.ended)))).where(row.source == source)
    asked, answered = session.execute(newest).one()
    return Reach(asked=asked, answered=answered)


def forget_rounds(session: Session, before: datetime) -> None:
    """Drop the rounds that ended before the moment; health needs no older ones."""
    session.execute(delete(SourceRoundRow).where(SourceRoundRow.ended < before))

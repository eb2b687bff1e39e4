"""What editors decided of articles: added, never changed; training learns from the last of each article and profile."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import fields
from datetime import UTC

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from digest.model import VIETNAM, Article, Decision
from storage.articles import article_of
from storage.rows import upsert, value_of
from storage.schema import ArticleRow, DecisionRow

_FIELDS = tuple(field.name for field in fields(Decision))


def keep_decisions(session: Session, decisions: Iterable[Decision]) -> None:
    """Add the decisions to what is kept; the same one, told twice, is kept once."""
    rows = [
        {"sha256": _fingerprint(decision)} | {name: getattr(decision, name) for name in _FIELDS}
        for decision in decisions
    ]
    upsert(session, DecisionRow, *rows, key=("sha256",))  # the same fingerprint has the same other columns


def decided(session: Session) -> list[tuple[Article, Decision]]:
    """The last decision of each article and profile, by day, article and profile; stored articles alone.

    Of two decisions of one moment the one that arrived later is the last.
    """
    newest_first = (DecisionRow.moment.desc(), DecisionRow.id.desc())
    rank = func.row_number().over(partition_by=(DecisionRow.article, DecisionRow.profile), order_by=newest_first)
    ranked = select(DecisionRow.id, rank.label("rank")).subquery()
    last = select(ranked.c.id).where(ranked.c.rank == 1)
    chosen = (
        select(ArticleRow, DecisionRow)
        .join(DecisionRow, DecisionRow.article == ArticleRow.id)
        .where(DecisionRow.id.in_(last))
        .order_by(DecisionRow.day, DecisionRow.article, DecisionRow.profile)
    )
    return [(article_of(article), _decision(row)) for article, row in session.execute(chosen)]


def _fingerprint(decision: Decision) -> str:
    told = {name: str(getattr(decision, name)) for name in _FIELDS if getattr(decision, name) is not None}
    told["moment"] = decision.moment.astimezone(UTC).isoformat()
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _decision(row: DecisionRow) -> Decision:
    stored = {name: getattr(row, name) for name in _FIELDS} | {"moment": row.moment.astimezone(VIETNAM)}
    return value_of(Decision, stored, f"decision {row.id}")

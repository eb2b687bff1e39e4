"""What editors decided of articles: added, never changed; training learns from the last of each article and profile."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from digest.model import VIETNAM, Article, Decision
from storage.articles import article_of
from storage.rows import pieces, upsert, value_of
from storage.schema import ArticleRow, DecisionRow

_FIELDS = tuple(field.name for field in fields(Decision))


_Key = tuple[str, str, date]  # article, profile, day
_Said = tuple[str, str | None, str | None]  # deed, section, by whom


def keep_decisions(session: Session, decisions: Iterable[Decision]) -> int:
    """Add the decisions to what is kept, and say how many are new.

    One that says what the last of its article, profile and day says, whenever it was told, is not kept again; nor is one
    that leaves an article where the last one has put it.
    """
    told = list(decisions)
    kept, last = _kept_of(session, {decision.article for decision in told})
    rows: list[dict[str, Any]] = []
    for decision in told:
        key, sha256 = (decision.article, decision.profile, decision.day), _fingerprint(decision)
        before = last.get(key)
        if sha256 in kept or (before and _says_again(before[1], decision)):
            continue
        if before is None or before[0] <= decision.moment:
            last[key] = decision.moment, _said(decision)
        kept.add(sha256)
        rows.append({"sha256": sha256} | {name: getattr(decision, name) for name in _FIELDS})
    upsert(session, DecisionRow, *rows, key=("sha256",))  # another process may have added the same since
    return len(rows)


def _kept_of(session: Session, articles: set[str]) -> tuple[set[str], "dict[_Key, tuple[datetime, _Said]]"]:
    """The fingerprints of all decisions on these articles, and moment and words of the last of each key."""
    kept: set[str] = set()
    last: dict[_Key, tuple[datetime, _Said]] = {}
    for some in pieces(articles):
        chosen = select(DecisionRow).where(DecisionRow.article.in_(some)).order_by(DecisionRow.moment, DecisionRow.id)
        for row in session.scalars(chosen):
            kept.add(row.sha256)
            last[row.article, row.profile, row.day] = row.moment, _said(row)
    return kept, last


def _says_again(before: _Said, decision: Decision) -> bool:
    deed, section, _ = before
    left = decision.deed == "keep" and deed in ("move", "insert") and section == decision.section
    return left or before == _said(decision)


def _said(decision: Decision | DecisionRow) -> _Said:
    return decision.deed, decision.section, decision.by


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

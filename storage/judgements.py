"""What the models made of the articles: one judgement an article and model."""

from collections.abc import Collection
from dataclasses import fields
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from digest.model import Article, Judgement
from digest.wire import dump
from storage.articles import OLDEST_FIRST, article_of, in_window
from storage.rows import pieces, upsert, value_of
from storage.schema import ArticleRow, JudgementRow

_FIELDS = tuple(field.name for field in fields(Judgement))


def keep_judgement(session: Session, article_id: str, judgement: Judgement) -> None:
    """Keep the judgement in place of what the same model said of the article before.

    StorageError (at `begin`) where the article is not stored.
    """
    row = {"article_id": article_id} | dump(judgement)
    upsert(session, JudgementRow, row, key=("article_id", "model"))


def judgements_of(session: Session, article_ids: Collection[str], model: str) -> dict[str, Judgement]:
    """The model's judgements by article id; an article it has not judged is missing."""
    found: dict[str, Judgement] = {}
    for piece in pieces(article_ids):
        chosen = select(JudgementRow).where(JudgementRow.article_id.in_(piece), JudgementRow.model == model)
        found.update((row.article_id, _judgement(row)) for row in session.scalars(chosen))
    return found


def unjudged(session: Session, start: datetime, end: datetime, model: str) -> list[Article]:
    """The articles of the window (as `articles_of_window`) that the model has not judged, oldest first."""
    judged = exists().where(JudgementRow.article_id == ArticleRow.id, JudgementRow.model == model)
    chosen = select(ArticleRow).where(in_window(start, end), ~judged).order_by(*OLDEST_FIRST)
    return [article_of(row) for row in session.scalars(chosen)]


def _judgement(row: JudgementRow) -> Judgement:
    stored = {name: getattr(row, name) for name in _FIELDS}
    return value_of(Judgement, stored, f"judgement of article {row.article_id}")

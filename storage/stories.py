"""Which articles tell the same story, a day at a time."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from digest.model import StoryMark
from storage.schema import StoryRow


def replace_stories(session: Session, day: date, marks: Mapping[str, StoryMark]) -> None:
    """Keep the day's stories, marks by article id, in place of what was kept for that day.

    StorageError (at `begin`) where an article is not stored or a story has two leads.
    """
    session.execute(delete(StoryRow).where(StoryRow.day == day))
    rows = [
        {"day": day, "article_id": article_id, "story": mark.story, "lead": mark.lead}
        for article_id, mark in marks.items()
    ]
    if rows:
        session.execute(insert(StoryRow), rows)


def last_day_with(session: Session, article_id: str) -> date | None:
    """The last day in whose stories the article stands."""
    return session.scalars(select(func.max(StoryRow.day)).where(StoryRow.article_id == article_id)).one()


def stories_of(session: Session, day: date) -> dict[str, StoryMark]:
    """The day's marks by article id."""
    rows = session.scalars(select(StoryRow).where(StoryRow.day == day).order_by(StoryRow.article_id))
    return {row.article_id: StoryMark(story=row.story, lead=row.lead) for row in rows}

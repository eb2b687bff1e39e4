"""An office's database with a day in it, put there as the stages would have."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Engine, update

from classifiers import modelfile
from digest.model import Article, Candidate, Issue, Item, Judgement, Section, Status, StoryMark
from digest.profile import load
from storage.articles import keep_article
from storage.database import begin
from storage.issues import save_draft
from storage.judgements import keep_judgement
from storage.schema import IssueRow
from storage.stories import replace_stories

DAY = date(2026, 3, 2)
PROFILE = load("cchc")
CARD = modelfile.read().card


class Office:
    """A day's articles, judged by the shipped model's name, and issues."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def keep(self, *articles: Article) -> None:
        """Collect articles."""
        with begin(self.engine) as session:
            for article in articles:
                keep_article(session, article, source=None, page_id=None)

    def day(self, *candidates: Candidate, told: Iterable[tuple[Article, StoryMark]] = ()) -> None:
        """Collect, judge and group; `told` are printed articles of earlier days that are grouped with the day's."""
        before = list(told)
        self.keep(*(one.article for one in candidates), *(article for article, _ in before))
        with begin(self.engine) as session:
            for one in candidates:
                keep_judgement(session, one.article.id, judged(one))
            marks = {one.article.id: one.story for one in candidates}
            replace_stories(session, DAY, marks | {article.id: mark for article, mark in before})

    def issue(self, *articles: Article, day: date = DAY, status: Status = "draft", **fields: Any) -> Issue:
        """Save an issue whose items are these articles, in one section."""
        items = tuple(
            Item(
                number=number,
                headline=article.title,
                contents_line=article.title,
                article=article.id,
                url=article.url,
                **fields,
            )
            for number, article in enumerate(articles, 1)
        )
        section = Section(key="dia_phuong", title="CẢI CÁCH ĐỊA PHƯƠNG", items=items)
        with begin(self.engine) as session:
            saved = save_draft(session, Issue(profile=PROFILE.id, date=day, sections=(section,)))
            session.execute(update(IssueRow).where(IssueRow.date == day).values(status=status))
        return saved


def judged(candidate: Candidate) -> Judgement:
    """The candidate's judgement under the shipped model's name and line."""
    judgement = candidate.judgement
    return replace(judgement, model=CARD.name, selected=judgement.relevance >= CARD.line)

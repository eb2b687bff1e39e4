"""From what editors decided to rows that a model learns from."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby

from sqlalchemy import Engine

from classifiers.labels import Label, Labelled
from digest.model import SECTION_KEYS, VIETNAM, Article, Decision
from storage.articles import articles_of_window
from storage.database import reading
from storage.decisions import decided

# As many as are read in some five seconds.
MOST_UNDECIDED = 1_000


def decided_rows(engine: Engine) -> list[Labelled]:
    """The rows of all decisions the office has kept."""
    with reading(engine) as session:
        return labelled_of(decided(session))


def undecided(engine: Engine, rows: Sequence[Labelled], *, most: int = MOST_UNDECIDED) -> list[Article]:
    """Articles of the days of these rows that none of them is about, a fair draw where there are more than `most`.

    They are what no editor was shown, or looked at without a word.
    """
    days = [row.day for row in rows if row.day]
    if not days:
        return []
    known = {row.article.id for row in rows}
    with reading(engine) as session:
        found = articles_of_window(session, _begin(min(days)), _begin(max(days) + timedelta(days=1)))
    others = [article for article in found if article.id not in known]
    # By hash: the same articles give the same draw, whatever came between them.
    return sorted(others, key=lambda article: hashlib.sha256(article.id.encode()).digest())[:most]


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)


def labelled_of(decided: Iterable[tuple[Article, Decision]]) -> list[Labelled]:
    """One row an article, by its latest day: not relevant where every profile dropped it, else relevant in its section.

    Of two profiles that print it the later decision names the section. A section that is none of the five teaches
    relevance alone. Areas and provinces are not known: editors decide nothing of them.
    """
    told = sorted(decided, key=lambda one: (one[1].article, one[1].moment, one[1].profile))
    rows = [_row(list(group)) for _, group in groupby(told, key=lambda one: one[1].article)]
    return sorted(rows, key=lambda row: (str(row.day), row.article.id))


def _row(told: list[tuple[Article, Decision]]) -> Labelled:
    article, last = told[-1]
    printing = [decision for _, decision in told if decision.deed != "drop"]
    section = printing[-1].section if printing else None
    label = Label(
        id=article.id,
        # Whether a printed item is at the heart of the reform is not said.
        rel=1 if printing else 0,
        section=section if section in SECTION_KEYS else None,
        detailed=False,
    )
    return Labelled(article=article, label=label, day=last.day, sample="decided")

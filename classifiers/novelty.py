"""Whether a report of a story that was printed before tells something new, or only tells it again.

What was printed is taken whole; of the article, title and standfirst speak, because a body repeats the background and
names many a document and figure that are no news.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from classifiers.facts import DECIDED, documents, figures, stage
from classifiers.story_terms import shipped_terms, terms_in, within, wording
from digest.model import Article

_NEW_FIGURES = 2  # that no printed report has, and
_MOSTLY_NEW = 0.6  # of those in title and standfirst
_LONGEST, _MOST_READ = 4_000, 160_000  # characters of a title or standfirst, of an article
_OTHER_TITLE = 0.45  # of the weight of the title's words that no printed report has


def has_news(article: Article, printed: Sequence[Article]) -> bool:
    """Whether an article of a printed story tells something that the `printed` reports of it did not.

    News is a new document number; figures of which the printed reports have none, or a title's figure for what they
    count otherwise; a decision or a start where they told of a plan; a title of other words. A copy or a rewrite,
    whatever its outlet, has none. Where nothing was printed everything is news.
    """
    if not printed:
        return True
    head, told = _head(article), "\n".join(_whole(one) for one in printed)
    return (
        bool(documents(head) - documents(told))
        or _new_figures(head, told)
        or _other_figure(article.title[:_LONGEST], told)
        or _now_decided(head, printed)
        or _other_title(article, printed)
    )


def _new_figures(head: str, told: str) -> bool:
    mine, before = figures(head), figures(told)
    new = [figure for figure in mine if not any(figure.about(other) for other in before)]
    return len(new) >= _NEW_FIGURES and len(new) >= _MOSTLY_NEW * len(mine)


def _other_figure(title: str, told: str) -> bool:
    """The title counts otherwise what was counted: "14.000 người" where "5.000 người" was told."""
    before = figures(told)
    return any(
        any(other.unit == figure.unit for other in before) and not any(figure.about(other) for other in before)
        for figure in figures(title)
    )


def _now_decided(head: str, printed: Sequence[Article]) -> bool:
    """Decided, or at work, where all that was printed told of a plan."""
    before = [reached for one in printed if (reached := stage(_head(one))) is not None]
    return (stage(head) or 0) >= DECIDED > max(before, default=DECIDED)


def _other_title(article: Article, printed: Sequence[Article]) -> bool:
    mine = wording(article)
    bodies = terms_in("\n".join(text for one in printed for text in one.paragraphs))
    told = np.unique(np.concatenate([bodies, *(wording(replace(one, paragraphs=())).terms for one in printed)]))
    asked = mine.titled & ~mine.pairs
    weights = shipped_terms().weights(mine.terms, np.zeros(mine.terms.size, dtype=np.int64), 0)
    new = asked & ~within(mine.terms, told)
    return bool(weights[new].sum() > _OTHER_TITLE * weights[asked].sum())


def _head(article: Article) -> str:
    return f"{article.title[:_LONGEST]}\n{(article.sapo or '')[:_LONGEST]}"


def _whole(article: Article) -> str:
    return "\n".join((_head(article), *article.paragraphs))[:_MOST_READ]

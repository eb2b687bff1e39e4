"""Judging many articles, side by side where there are enough of them."""

from collections.abc import Callable, Sequence
from datetime import date

from classifiers.judge import Judge
from digest.model import Article, Judgement

# Starting another process costs about two seconds, as much as a hundred short articles.
WORTH_ANOTHER_PROCESS = 200


def judge_articles(  # noqa: PLR0913 - named where it is called
    articles: Sequence[Article],
    *,
    judge: Judge,
    day: date | None,
    today: date,
    processes: int,
    advance: Callable[[int], None],
) -> tuple[Judgement, ...]:
    """One judgement an article, in order. Places are named as of the article's own day, else `day`, else `today`."""
    side_by_side = processes if len(articles) >= WORTH_ANOTHER_PROCESS else 1
    made = []
    for judgement in judge.judge_many(articles, day=day or today, processes=side_by_side):
        made.append(judgement)
        advance(1)
    return tuple(made)

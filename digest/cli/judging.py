"""Judgements for a command: those on the lines, and those that must be made."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from digest.cli.console import progress
from digest.cli.lines import Read
from digest.cli.surroundings import Surroundings
from digest.model import Article, Judgement


def judge_now(
    articles: Sequence[Article], surroundings: Surroundings, *, day: date | None, model: Path | None
) -> tuple[Judgement, ...]:
    """One judgement an article, in order; `model` wins over the settings' model."""
    from classifiers.judge import Judge
    from digest.pipeline.judging import judge_articles

    settings = surroundings.settings
    judge = Judge.load(model or settings.model)
    with progress("judging", len(articles)) as advance:
        return judge_articles(
            articles,
            judge=judge,
            day=day,
            today=surroundings.today,
            processes=settings.processes,
            advance=advance,
        )


def judgements_of(
    read: Read, surroundings: Surroundings, *, day: date | None, model: Path | None
) -> dict[str, Judgement]:
    """By article id: as the line has it, else made now."""
    known = {line.article.id: line.judgement for line in read.lines if line.judgement}
    missing = [article for article in read.articles if article.id not in known]
    if not missing:
        return known
    made = judge_now(missing, surroundings, day=day, model=model)
    return known | {article.id: judgement for article, judgement in zip(missing, made, strict=True)}

"""How good the judgements are, on items no model saw: figures with what they count, and days left out in turn."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date

import numpy as np

from classifiers.counting import Pair, count, figures_of
from classifiers.features import Floats
from classifiers.judge import Judge
from classifiers.labels import Label
from classifiers.splits import folds
from classifiers.training import Material, fit, whole_days


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Shares of one, except `n` (items) and `brier_skill` (1 is perfect, 0 no better than the base rate).

    Relevance is scored on `selected`; sections, areas and provinces on items whose label is relevant, selected or not,
    and tells them.
    A figure of which there is nothing to count is None.
    """

    rel_f1: float | None
    precision: float | None
    recall: float | None
    core_recall: float | None
    section_macro_f1: float | None
    areas_f1: float | None
    provinces_f1: float | None
    ece: float | None
    brier_skill: float | None
    n: int

    def as_dict(self) -> dict[str, float | int | None]:
        """Plain names and numbers, in this order."""
        return asdict(self)


def evaluate(pairs: Iterable[Pair]) -> Figures:
    """The figures of judgements beside labels."""
    known = list(pairs)
    found = figures_of(count(known).sum(axis=0))
    return Figures(n=len(known), **{name: _or_none(value) for name, value in found.items()})


def leave_days_out(
    material: Material, given: Sequence[Label], *, report: Callable[[date, Figures], None] | None = None
) -> list[Pair]:
    """Judgements of every wholly labelled day by a model that saw neither that day nor a near-copy of its items.

    `given` are the labels to score by, beside the material's rows (which may carry corrections).
    """
    pairs: list[Pair] = []
    for day in whole_days(material.rows):
        seen, unseen = without_day(material, day)
        today = _judge_unseen(material, given, seen, unseen, trained=day)
        if report:
            report(day, evaluate(today))
        pairs += today
    return pairs


def leave_stories_out(material: Material, given: Sequence[Label], *, count: int, trained: date) -> list[Pair]:
    """A judgement of every row, in order, by a model that saw neither it nor a near-copy: `count` folds of stories."""
    fold_of = folds(material.groups, count)
    pairs: dict[int, Pair] = {}
    for fold in range(count):
        seen = [at for at, its in enumerate(fold_of) if its != fold]
        unseen = [at for at, its in enumerate(fold_of) if its == fold]
        judged = _judge_unseen(material, given, seen, unseen, trained=trained)
        pairs |= dict(zip(unseen, judged, strict=True))
    return [pairs[at] for at in range(len(material.rows))]


def without_day(material: Material, day: date) -> tuple[list[int], list[int]]:
    """Places to train on (nothing of that day, no near-copy of its items) and places of the day itself."""
    unseen = [at for at, row in enumerate(material.rows) if row.sample == "day" and row.day == day]
    barred = {material.groups[at] for at in unseen}
    seen = [at for at, row in enumerate(material.rows) if row.day != day and material.groups[at] not in barred]
    return seen, unseen


def interval(pairs: Sequence[Pair], *, seed: int, rounds: int = 500) -> dict[str, tuple[float, float]]:
    """95 % bootstrap intervals of the figures, items drawn with replacement; the seed gives the same draw again."""
    if not pairs:
        return {}
    rows = count(pairs)
    drawn = figures_of(np.array([weights @ rows for weights in _draws(len(pairs), seed, rounds)]))
    return {name: middle for name, values in drawn.items() if (middle := _middle(values))}


def difference(
    old: Sequence[Pair], new: Sequence[Pair], *, seed: int, rounds: int = 500
) -> dict[str, tuple[float, tuple[float, float]]]:
    """By figure how much the new judgements of the same items gain, with the 95 % interval of the paired difference.

    Each draw takes the same items of both, so that what is hard for both does not widen the interval.
    """
    if not new:
        return {}
    before, after = count(old), count(new)
    draws = list(_draws(len(old), seed, rounds))
    was = figures_of(np.array([weights @ before for weights in draws]))
    is_now = figures_of(np.array([weights @ after for weights in draws]))
    gained, lost = figures_of(after.sum(axis=0)), figures_of(before.sum(axis=0))
    return {
        name: (float(gained[name] - lost[name]), middle)
        for name in gained
        if np.isfinite(gained[name] - lost[name]) and (middle := _middle(is_now[name] - was[name]))
    }


def _draws(size: int, seed: int, rounds: int) -> Iterator[Floats]:
    """How often each item is drawn, draw by draw."""
    random = np.random.default_rng(seed)
    for _ in range(rounds):
        yield np.bincount(random.integers(0, size, size), minlength=size).astype(np.float64)


def _middle(values: Floats) -> tuple[float, float] | None:
    told = values[np.isfinite(values)]
    return (float(np.quantile(told, 0.025)), float(np.quantile(told, 0.975))) if len(told) else None


def _or_none(value: Floats) -> float | None:
    return float(value) if np.isfinite(value) else None


def _judge_unseen(
    material: Material, given: Sequence[Label], seen: Sequence[int], unseen: Sequence[int], *, trained: date
) -> list[Pair]:
    judge = Judge(fit(material.only(seen), trained=trained))
    rows = [material.rows[at] for at in unseen]
    return [(judge.judge(row.article, day=row.day), given[at]) for row, at in zip(rows, unseen, strict=True)]

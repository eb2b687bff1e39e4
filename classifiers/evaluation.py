"""How good judgements are: figures with what they count, their intervals, and the gain of one judge over another."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date

import numpy as np

from classifiers.counting import Pair, count, figures_of
from classifiers.features import Floats
from classifiers.training import Material


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

"""How good the judgements are, on items no model saw: figures with what they count, and days left out in turn."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date

import numpy as np

from classifiers.judge import Judge
from classifiers.labels import Label, Labelled
from classifiers.splits import folds
from classifiers.training import Material, fit
from digest.model import SECTION_KEYS, Judgement

_BINS = 10
Pair = tuple[Judgement, Label]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Shares of one, except `n` (items) and `brier_skill` (1 is perfect, 0 no better than the base rate).

    Relevance is scored on `selected`; sections, areas and provinces on items whose label is relevant, selected or not.
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
    relevant = [(said, label) for said, label in known if label.relevant]
    core = [said.selected for said, label in known if label.rel == 2]
    right = sum(said.selected for said, _ in relevant)
    selected = sum(said.selected for said, _ in known)
    return Figures(
        rel_f1=_share(2 * right, selected + len(relevant)),
        precision=_share(right, selected),
        recall=_share(right, len(relevant)),
        core_recall=_share(sum(core), len(core)),
        section_macro_f1=_macro_f1(relevant),
        areas_f1=_set_f1((said.areas, label.areas) for said, label in relevant),
        provinces_f1=_set_f1((said.provinces_as_written, label.provinces) for said, label in relevant),
        ece=_ece(known),
        brier_skill=_brier_skill(known),
        n=len(known),
    )


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


def whole_days(rows: Iterable[Labelled]) -> list[date]:
    """The days of which every item is labelled, in order."""
    return sorted({row.day for row in rows if row.sample == "day" and row.day})


def without_day(material: Material, day: date) -> tuple[list[int], list[int]]:
    """Places to train on (nothing of that day, no near-copy of its items) and places of the day itself."""
    unseen = [at for at, row in enumerate(material.rows) if row.sample == "day" and row.day == day]
    barred = {material.groups[at] for at in unseen}
    seen = [at for at, row in enumerate(material.rows) if row.day != day and material.groups[at] not in barred]
    return seen, unseen


def interval(pairs: Sequence[Pair], *, seed: int, rounds: int = 500) -> dict[str, tuple[float, float]]:
    """95 % bootstrap intervals of the figures, items drawn with replacement; the seed gives the same draw again."""
    random = np.random.default_rng(seed)
    drawn: dict[str, list[float]] = {}
    for _ in range(rounds):
        sample = [pairs[at] for at in random.integers(0, len(pairs), len(pairs))]
        for name, value in evaluate(sample).as_dict().items():
            if value is not None:
                drawn.setdefault(name, []).append(value)
    return {
        name: (float(np.quantile(values, 0.025)), float(np.quantile(values, 0.975)))
        for name, values in drawn.items()
        if name != "n"
    }


def _judge_unseen(
    material: Material, given: Sequence[Label], seen: Sequence[int], unseen: Sequence[int], *, trained: date
) -> list[Pair]:
    judge = Judge(fit(material.only(seen), trained=trained))
    rows = [material.rows[at] for at in unseen]
    return [(judge.judge(row.article, day=row.day), given[at]) for row, at in zip(rows, unseen, strict=True)]


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _macro_f1(relevant: Sequence[Pair]) -> float | None:
    """The mean over the sections that stand in labels or answers."""
    each = list(_section_f1(relevant))
    return _share(sum(each), len(each))


def _section_f1(relevant: Sequence[Pair]) -> Iterator[float]:
    for key in SECTION_KEYS:
        said = sum(judgement.section == key for judgement, _ in relevant)
        true = sum(label.section == key for _, label in relevant)
        both = sum(judgement.section == label.section == key for judgement, label in relevant)
        if said + true:
            yield 2 * both / (said + true)


def _set_f1(answers: Iterable[tuple[Sequence[str], Sequence[str]]]) -> float | None:
    """Micro-F1 of sets of names."""
    both = total = 0
    for said, true in answers:
        both += len(set(said) & set(true))
        total += len(set(said)) + len(set(true))
    return _share(2 * both, total)


def _ece(known: Sequence[Pair]) -> float | None:
    """Expected calibration error of relevance over ten bins of equal width."""
    bins: list[list[float]] = [[] for _ in range(_BINS)]
    for said, label in known:
        bins[min(_BINS - 1, int(said.relevance * _BINS))].append(said.relevance - label.relevant)
    return _share(sum(abs(sum(gaps)) for gaps in bins), len(known))


def _brier_skill(known: Sequence[Pair]) -> float | None:
    """1 − mean squared error over that of saying the base rate every time."""
    rate = _share(sum(label.relevant for _, label in known), len(known))
    if not rate or rate == 1:
        return None
    error = sum((said.relevance - label.relevant) ** 2 for said, label in known) / len(known)
    return 1 - error / (rate * (1 - rate))

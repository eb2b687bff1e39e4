"""Whether a new model is as good as the one in use, on items neither has learnt from.

The rule is told in docs/models.md and by `verdict_of`.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from classifiers.counting import Pair
from classifiers.evaluation import Figures, difference, evaluate, without_day
from classifiers.judge import Judge
from classifiers.labels import Label, Labelled
from classifiers.learnt import Learnt
from classifiers.modelfile import Model
from classifiers.splits import folds
from classifiers.training import Material, whole_days
from digest.errors import InputError

# With fewer the rows of a model count as known: an article or two may have left the files since.
_NEARLY_ALL = 0.98
LEAST_ITEMS = 20
# The latest days together hold at least this share of an office's rows.
_HELD_OUT = 0.2
# What the sum is taken of, and what may not be clearly worse.
SUMMED = ("rel_f1", "section_macro_f1")
GUARDED = ("rel_f1", "core_recall", "section_macro_f1", "areas_f1", "brier_skill")
_SEED = 1

Make = Callable[[Material], Model]
Gains = dict[str, tuple[float, tuple[float, float]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Places to learn from and places to test on, with no near-copy across; `name` is for the report."""

    seen: Sequence[int]
    unseen: Sequence[int]
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Old:
    """The model in use, and how to make it anew from a part of the rows it knows (None where that cannot be)."""

    model: Model
    remake: Make | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Old and new on the same items. `ways` says for each split how the old one was kept from knowing them."""

    old: Figures
    new: Figures
    gains: Gains
    ways: tuple[tuple[str, str], ...]
    pairs: tuple[Pair, ...]


def splits_of(material: Material, *, stories: int = 5) -> list[Split]:
    """Each wholly labelled day in turn, or folds of stories where no day is wholly labelled."""
    days = whole_days(material.rows)
    if days:
        return [Split(seen=seen, unseen=unseen, name=day.isoformat()) for day, seen, unseen in _days(material, days)]
    return story_splits(material, stories)


def story_splits(material: Material, count: int) -> list[Split]:
    """Each row once in a test, its near-copies with it."""
    fold_of = folds(material.groups, count)
    return [
        Split(
            seen=[at for at, its in enumerate(fold_of) if its != fold],
            unseen=[at for at, its in enumerate(fold_of) if its == fold],
            name=f"fold {fold + 1} of {count} by story",
        )
        for fold in range(count)
    ]


def latest_days(material: Material) -> Split:
    """The latest days to test on, the days before to learn from; a near-copy of a test item is not learnt from.

    InputError where the rows are of too few days, or too few.
    """
    days = sorted({row.day for row in material.rows if row.day})
    wanted = max(LEAST_ITEMS, _HELD_OUT * len(material.rows))
    for first in reversed(days[1:]):
        unseen = [at for at, row in enumerate(material.rows) if row.day and row.day >= first]
        if len(unseen) >= wanted:
            barred = {material.groups[at] for at in unseen}
            held = set(unseen)
            seen = [at for at in range(len(material.rows)) if at not in held and material.groups[at] not in barred]
            return Split(seen=seen, unseen=unseen, name=f"{first} to {days[-1]}")
    raise InputError(
        f"the rows are of {len(days)} days: there is no later part of {LEAST_ITEMS} items to measure on; "
        "wait for more days, or write the model to a file of its own with -o"
    )


def compare(  # noqa: PLR0913 - named where it is called
    material: Material,
    given: Sequence[Label],
    splits: Sequence[Split],
    *,
    make: Make,
    old: Old,
    common: Learnt | None = None,
) -> Comparison:
    """The figures of both on the same held-out items; `given` are the labels to score by.

    `common` is what both have learnt from in any case (the model the office's rows are learnt onto): never tested on.
    InputError where too few items are left that can be judged fairly.
    """
    before: list[Pair] = []
    after: list[Pair] = []
    ways = []
    for split in splits:
        test = _unlike(split.unseen, material, common) if common is not None else list(split.unseen)
        way, judge, test = _old_judge(old, material, split, test)
        new = Judge(make(material.only(split.seen)))
        before += _judged(judge, material, given, test)
        after += _judged(new, material, given, test)
        ways.append((split.name, way))
    if len(after) < LEAST_ITEMS:
        raise InputError(
            f"only {len(after)} of the items held out are such that the model in use has not learnt from them: "
            "old and new cannot be compared; give the files it was trained on with --corpus, or wait for newer days"
        )
    return Comparison(
        old=evaluate(before),
        new=evaluate(after),
        gains=difference(before, after, seed=_SEED),
        ways=tuple(ways),
        pairs=tuple(after),
    )


def held_out(material: Material, given: Sequence[Label], splits: Sequence[Split], *, make: Make) -> list[Pair]:
    """Judgements of what each split holds out, by a model of the rest, in the order of the splits."""
    pairs: list[Pair] = []
    for split in splits:
        pairs += _judged(Judge(make(material.only(split.seen))), material, given, split.unseen)
    return pairs


def how_measured(splits: Sequence[Split]) -> str:
    """What a card says of its figures."""
    return f"on what was left out of training, near-copies too: {', '.join(split.name for split in splits)}"


def verdict_of(gains: Gains) -> tuple[bool, str]:
    """Whether the new one takes the old one's place, and why, with figures."""
    worse = [name for name in GUARDED if name in gains and gains[name][1][1] < 0]
    if worse:
        told = ", ".join(f"{name} {_told(gains[name])}" for name in worse)
        return False, f"clearly worse in {told}"
    total = sum(gains[name][0] for name in SUMMED if name in gains)
    told = " and ".join(f"{name} {_told(gains[name])}" for name in SUMMED if name in gains) or "no figure"
    # What a printed figure does not show decides nothing.
    if round(total, 3) < 0:
        return False, f"worse in sum: {told}"
    return True, f"not worse: {told}; nothing clearly worse"


def knows(model: Model, row: Labelled) -> bool:
    """Whether the model learnt from that very row; one without a record may have learnt from all up to its date."""
    if model.learnt is None:
        return row.day is None or row.day <= model.card.trained
    return model.learnt.has([row.article.id])[0]


def _told(gain: tuple[float, tuple[float, float]]) -> str:
    value, (low, high) = gain
    return f"{value:+.3f} [{low:+.3f}, {high:+.3f}]"


def _days(material: Material, days: Collection[date]) -> list[tuple[date, list[int], list[int]]]:
    return [(day, *without_day(material, day)) for day in days]


def _old_judge(old: Old, material: Material, split: Split, test: list[int]) -> tuple[str, Judge, list[int]]:
    """How the old model is judged on the split, by which judge, on which of the test's items."""
    fair = [at for at in test if not _has_learnt(old.model, material, at)]
    if len(fair) == len(test):
        return "judged as it is: it has not learnt from them", Judge(old.model), test
    if old.remake is not None:
        known = [at for at in split.seen if knows(old.model, material.rows[at])]
        try:
            return "made anew without them from the rows it knows", Judge(old.remake(material.only(known))), test
        except InputError:
            pass  # too little of it is left; what it has not learnt from remains
    return f"judged as it is on the {len(fair)} of {len(test)} it has not learnt from", Judge(old.model), fair


def _has_learnt(model: Model, material: Material, at: int) -> bool:
    return knows(model, material.rows[at]) or (
        model.learnt is not None and model.learnt.has_copy_of(material.readings[at])
    )


def _unlike(places: Sequence[int], material: Material, learnt: Learnt) -> list[int]:
    ids = learnt.has([material.rows[at].article.id for at in places])
    return [
        at
        for at, is_known in zip(places, ids, strict=True)
        if not is_known and not learnt.has_copy_of(material.readings[at])
    ]


def holds_nearly_all(material: Material, learnt: Learnt) -> bool:
    """Whether the rows hold what was learnt, so that a model of it can be made anew from them."""
    return learnt.share_in(row.article.id for row in material.rows) >= _NEARLY_ALL


def _judged(judge: Judge, material: Material, given: Sequence[Label], places: Sequence[int]) -> list[Pair]:
    rows = [material.rows[at] for at in places]
    return [(judge.judge(row.article, day=row.day), given[at]) for row, at in zip(rows, places, strict=True)]

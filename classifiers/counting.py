"""What the figures count, as one row of numbers an item, so that ten thousand drawn samples cost one product.

A figure of any sample of items follows from the sum of their rows. That is what makes intervals cheap.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from classifiers.features import Floats
from classifiers.labels import Label
from digest.model import SECTION_KEYS, Judgement

BINS = 10
Pair = tuple[Judgement, Label]

_ONE, _RELEVANT, _SELECTED, _RIGHT, _CORE, _CORE_FOUND, _ERROR = range(7)
_AREAS, _PLACES = slice(7, 9), slice(9, 11)
_SAID, _TRUE, _BOTH = (slice(11 + at * len(SECTION_KEYS), 11 + (at + 1) * len(SECTION_KEYS)) for at in range(3))
_GAPS = slice(_BOTH.stop, _BOTH.stop + BINS)
_WIDTH = _GAPS.stop


def count(pairs: Sequence[Pair]) -> Floats:
    """One row a pair."""
    rows = np.zeros((len(pairs), _WIDTH))
    for row, (said, label) in zip(rows, pairs, strict=True):
        _count_relevance(row, said, label)
        if label.relevant:
            _count_kind(row, said, label)
    return rows


def bin_of(relevance: float) -> int:
    """Which of the ten bins of equal width a relevance falls into."""
    return min(BINS - 1, int(relevance * BINS))


def figures_of(sums: Floats) -> dict[str, Floats]:
    """The figures by name, from sums of rows (… × columns); NaN where there is nothing to count."""
    right, selected, relevant, size = sums[..., _RIGHT], sums[..., _SELECTED], sums[..., _RELEVANT], sums[..., _ONE]
    rate = _share(relevant, size)
    spread = np.where((rate > 0) & (rate < 1), rate * (1 - rate), 0.0)
    return {
        "rel_f1": _share(2 * right, selected + relevant),
        "precision": _share(right, selected),
        "recall": _share(right, relevant),
        "core_recall": _share(sums[..., _CORE_FOUND], sums[..., _CORE]),
        "section_macro_f1": _macro_f1(sums),
        "areas_f1": _share(2 * sums[..., _AREAS][..., 0], sums[..., _AREAS][..., 1]),
        "provinces_f1": _share(2 * sums[..., _PLACES][..., 0], sums[..., _PLACES][..., 1]),
        "ece": _share(np.abs(sums[..., _GAPS]).sum(-1), size),
        "brier_skill": 1 - _share(_share(sums[..., _ERROR], size), spread),
    }


def _count_relevance(row: Floats, said: Judgement, label: Label) -> None:
    row[_ONE] = 1
    row[_RELEVANT], row[_SELECTED] = label.relevant, said.selected
    row[_RIGHT] = label.relevant and said.selected
    row[_CORE], row[_CORE_FOUND] = label.rel == 2, label.rel == 2 and said.selected
    row[_ERROR] = (said.relevance - label.relevant) ** 2
    row[_GAPS.start + bin_of(said.relevance)] = said.relevance - label.relevant


def _count_kind(row: Floats, said: Judgement, label: Label) -> None:
    if label.section is not None:
        row[_SAID] = [said.section == key for key in SECTION_KEYS]
        row[_TRUE] = [label.section == key for key in SECTION_KEYS]
        row[_BOTH] = [said.section == label.section == key for key in SECTION_KEYS]
    if label.detailed:
        row[_AREAS] = _both_and_total(said.areas, label.areas)
        row[_PLACES] = _both_and_total(said.provinces_as_written, label.provinces)


def _both_and_total(said: Iterable[str], true: Iterable[str]) -> tuple[int, int]:
    ours, theirs = set(said), set(true)
    return len(ours & theirs), len(ours) + len(theirs)


def _share(part: Floats, whole: Floats) -> Floats:
    part, whole = np.broadcast_arrays(part, whole)
    found: Floats = np.divide(part, whole, out=np.full(whole.shape, np.nan), where=whole > 0)
    return found


def _macro_f1(sums: Floats) -> Floats:
    """The mean over the sections that stand in labels or answers."""
    total = sums[..., _SAID] + sums[..., _TRUE]
    each = np.nan_to_num(_share(2 * sums[..., _BOTH], total))
    return _share(each.sum(-1), (total > 0).sum(-1).astype(np.float64))

"""Which labelled items may stand on opposite sides of a split: near-copies may not."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from classifiers.features import HEAD, Reading

# Of the three-syllable stretches of the shorter text, the share that makes it a copy.
_CONTAINED = 0.4
_LEAST_SHARED = 3


def copy_groups(readings: Sequence[Reading]) -> list[int]:
    """A group number per reading; readings of the same text, copies of copies included, share one.

    The number is the place of the group's first reading.
    """
    stretches = [{gram for gram in reading.grams[HEAD] if gram.count(" ") == 2} for reading in readings]
    postings: defaultdict[str, list[int]] = defaultdict(list)
    parent = list(range(len(readings)))
    for at, mine in enumerate(stretches):
        shared = Counter(other for stretch in sorted(mine) for other in postings[stretch])
        for other, count in shared.items():
            if count >= _LEAST_SHARED and count >= _CONTAINED * min(len(mine), len(stretches[other])):
                _join(parent, at, other)
        for stretch in mine:
            postings[stretch].append(at)
    return [_root(parent, at) for at in range(len(readings))]


def folds(groups: Sequence[int], count: int) -> list[int]:
    """A fold number per item; a group stays whole. Groups are dealt in turn, so the folds are of like size."""
    turn = {group: place % count for place, group in enumerate(dict.fromkeys(groups))}
    return [turn[group] for group in groups]


def _join(parent: list[int], one: int, other: int) -> None:
    low, high = sorted((_root(parent, one), _root(parent, other)))
    parent[high] = low


def _root(parent: list[int], at: int) -> int:
    while parent[at] != at:
        parent[at] = parent[parent[at]]
        at = parent[at]
    return at

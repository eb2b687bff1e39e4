"""What a model has learnt from, as hashes: enough to keep its articles and their near-copies out of its own test.

Of each row stand the hash of its id and the eight smallest hashes of its three-syllable stretches, which are a fair
sample of them. No text can be read out of it.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from classifiers.features import HEAD, Reading

SAMPLED = 8
# Of the sampled stretches, those that make a text a copy: three of eight, as `splits` wants four in ten of all.
_SHARED = 3
_NO_STRETCH = 0

Ids = npt.NDArray[np.uint64]
Stretches = npt.NDArray[np.uint32]


@dataclass(frozen=True, kw_only=True)
class Learnt:
    """The rows a model learnt from: `ids` (rows) and `stretches` (rows × 8, zero where there are fewer)."""

    ids: Ids
    stretches: Stretches

    def __add__(self, other: "Learnt") -> "Learnt":
        """What both have learnt from."""
        return Learnt(
            ids=np.concatenate([self.ids, other.ids]), stretches=np.concatenate([self.stretches, other.stretches])
        )

    def has(self, ids: Iterable[str]) -> list[bool]:
        """Of each id whether the model learnt from that very article."""
        return [_number(name, 8) in self._known for name in ids]

    def share_in(self, ids: Iterable[str]) -> float:
        """How much of what was learnt these ids hold, 0 to 1."""
        given = {_number(name, 8) for name in ids}
        return len(self._known & given) / len(self._known) if self._known else 0.0

    def has_copy_of(self, reading: Reading) -> bool:
        """Whether a near-copy of the text was learnt."""
        shared: Counter[int] = Counter()
        for stretch in _hashes(reading):
            shared.update(self._rows_by_stretch.get(stretch, ()))
        return any(times >= _SHARED for times in shared.values())

    @cached_property
    def _known(self) -> frozenset[int]:
        return frozenset(self.ids.tolist())

    @cached_property
    def _rows_by_stretch(self) -> dict[int, list[int]]:
        rows: defaultdict[int, list[int]] = defaultdict(list)
        for row, stretches in enumerate(self.stretches.tolist()):
            for stretch in stretches:
                if stretch != _NO_STRETCH:
                    rows[stretch].append(row)
        return dict(rows)


def learnt_of(ids: Sequence[str], readings: Sequence[Reading]) -> Learnt:
    """The record of rows, in their order."""
    stretches = np.zeros((len(readings), SAMPLED), dtype=np.uint32)
    for row, reading in zip(stretches, readings, strict=True):
        least = sorted(_hashes(reading))[:SAMPLED]
        row[: len(least)] = least
    return Learnt(ids=np.array([_number(name, 8) for name in ids], dtype=np.uint64), stretches=stretches)


def _hashes(reading: Reading) -> set[int]:
    stretches = {gram for gram in reading.grams[HEAD] if gram.count(" ") == 2}
    return {_number(stretch, 4) for stretch in stretches} - {_NO_STRETCH}


def _number(text: str, size: int) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).digest())

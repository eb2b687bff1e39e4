"""An inverted index from 32-bit keys to document numbers, in sorted arrays that are merged as they grow.

A posting is one 64-bit number, the key above the document, so that a segment is one sorted array and merging two is one
sort of two runs. Eight bytes a posting and no Python object each: a million articles fit. Adding costs O(log n)
amortised, a look-up a few binary searches a key. Segments double in size, so there are at most log2(n / 512) of them.
"""

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint32]
_Segment = npt.NDArray[np.uint64]
_FLUSH_AT = 1 << 16  # postings gathered before they are sorted into a segment
_BITS = np.uint64(32)
_DOCUMENT = np.uint64(0xFFFFFFFF)


class Postings:
    """Documents by key. Documents are numbered by the caller, from 0, each added once."""

    def __init__(self) -> None:
        self._segments: list[_Segment] = []
        self._fresh: list[_Segment] = []
        self._fresh_size = 0

    def add(self, document: int, keys: Keys) -> None:
        """Enter one document under each of its distinct `keys`."""
        self._fresh.append(keys.astype(np.uint64) << _BITS | np.uint64(document))
        self._fresh_size += keys.size
        if self._fresh_size >= _FLUSH_AT:
            self._flush()

    def find(self, keys: Keys, *, at_most: int | None = None) -> tuple[Keys, Keys, npt.NDArray[np.int64]]:
        """Postings under `keys` as (position in `keys`, document) pairs, and how many documents each key has.

        Keys with more than `at_most` documents give no pairs, only their number.
        """
        self._flush()
        first = keys.astype(np.uint64) << _BITS
        ranges = [
            (segment, segment.searchsorted(first), segment.searchsorted(first | _DOCUMENT, "right"))
            for segment in self._segments
        ]
        counts = np.zeros(keys.size, dtype=np.int64)
        for _, left, right in ranges:
            counts += right - left
        wanted = counts if at_most is None else np.where(counts <= at_most, counts, 0)
        if not wanted.any():
            nothing = np.zeros(0, dtype=np.uint32)
            return nothing, nothing, counts
        positions: list[Keys] = []
        documents: list[Keys] = []
        for segment, left, right in ranges:
            lengths = np.where(wanted > 0, right - left, 0)
            positions.append(np.repeat(np.arange(keys.size, dtype=np.uint32), lengths))
            documents.append(segment[_spread(left, lengths)].astype(np.uint32))
        return np.concatenate(positions), np.concatenate(documents), counts

    def _flush(self) -> None:
        if not self._fresh:
            return
        self._segments.append(_sorted(self._fresh))
        self._fresh, self._fresh_size = [], 0
        while len(self._segments) > 1 and self._segments[-2].size < 2 * self._segments[-1].size:
            last = self._segments.pop()
            self._segments.append(_sorted([self._segments.pop(), last]))


def _sorted(segments: list[_Segment]) -> _Segment:
    joined = np.concatenate(segments)
    joined.sort(kind="stable")  # which takes linear time on runs that are sorted already
    return joined


def _spread(starts: npt.NDArray[np.int64], lengths: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """All indices of the ranges that begin at `starts` and are `lengths` long, one after the other."""
    total = int(lengths.sum())
    offsets = np.repeat(starts - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
    return np.arange(total, dtype=np.int64) + offsets

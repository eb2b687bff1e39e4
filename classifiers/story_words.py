"""Words of titles and standfirsts under one spelling.

"Bộ GD-ĐT" and "Bộ Giáo dục và Đào tạo", "TP.HCM" and "Thành phố Hồ Chí Minh", "Man Utd" and "Manchester United" become
the same words before they are compared; the table is story_words.json.
"""

import functools
import json
import re
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from digest.text import fold

Keys = npt.NDArray[np.uint32]
WORD = re.compile(r"[^\W_]+")
_MOST_KNOWN = 1 << 18  # words; what comes after is learnt anew
_SHIPPED = Path(__file__).with_name("story_words.json")


class _Known(dict[str, int]):
    """Keys of words seen before. A dict answers many times faster than a cached function, half a million words a second."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        key = self[word] = zlib.crc32(_folded(word).encode())
        return key


_known = _Known()


def keys_of(words: Sequence[str]) -> Keys:
    """The 32-bit keys of words, the same for all spellings of a word that `fold` brings together."""
    return np.fromiter(map(_known.__getitem__, words), dtype=np.uint32, count=len(words))


def distinct(keys: Keys) -> Keys:
    """The keys sorted, each once; faster than numpy's own on short arrays."""
    keys = np.sort(keys)
    fresh = np.ones(keys.size, dtype=np.bool_)
    fresh[1:] = keys[1:] != keys[:-1]
    return keys[fresh]


@functools.lru_cache(maxsize=1 << 16)
def _folded(word: str) -> str:
    return fold(word)


def spelt_alike(words: Sequence[str]) -> list[str]:
    """The words, folded, each stretch of them that is another spelling or a short form put in the common form."""
    folded = [_folded(word) for word in words]
    aliases = _aliases()
    if not any(word in aliases for word in folded):
        return folded
    found: list[str] = []
    at = 0
    while at < len(folded):
        length, common = _longest(folded, at, aliases.get(folded[at], ()))
        found += common
        at += length
    return found


_Alias = tuple[tuple[str, ...], tuple[str, ...]]


def _longest(words: list[str], at: int, aliases: Sequence[_Alias]) -> tuple[int, Sequence[str]]:
    for written, common in aliases:  # the longest stand first
        if tuple(words[at : at + len(written)]) == written:
            return len(written), common
    return 1, words[at : at + 1]


@functools.cache
def _aliases() -> Mapping[str, Sequence[_Alias]]:
    """By their first word, the longest first."""
    by_first: dict[str, list[_Alias]] = {}
    for written, common in json.loads(_SHIPPED.read_text(encoding="utf-8"))["aliases"].items():
        words = tuple(_folded(word) for word in written.split())
        by_first.setdefault(words[0], []).append((words, tuple(_folded(word) for word in common.split())))
    return {first: sorted(ones, key=lambda one: -len(one[0])) for first, ones in by_first.items()}

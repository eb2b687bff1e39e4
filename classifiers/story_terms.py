"""What of an article's wording can show that another tells the same story: shingles of three syllables, rare terms."""

import functools
import json
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from classifiers.story_words import WORD, Keys, distinct, keys_of, spelt_alike
from digest.model import Article

Weights = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
_ROUNDUP = re.compile(  # many stories in one item
    r"(?:điểm tin|bản tin|xem nhanh|toàn cảnh \d+h|tin tức (?:sáng|trưa|chiều|tối|thế giới|đặc biệt))\b", re.IGNORECASE
)
_SHIPPED = Path(__file__).with_name("story_terms.json")
_MOST_SHINGLES = 256  # a longer text keeps every 4th, 16th … by the value of its hash, so that samples nest
_MOST_WORDS = 20_000  # what stands behind this in a text says nothing new about the story
_MOST_IN_HEAD = 4_000  # characters; a title or standfirst as long as that is none
LEVELS = (0, 2, 4, 6, 8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Sorted distinct keys of a text. `sizes[i]` is how many shingles a sample of 1 in 2**LEVELS[i] holds.

    Of the `terms`, `names` marks those that the title writes with a capital inside a sentence, `titled` those of the
    title, `pairs` those of two syllables.
    """

    shingles: Keys
    level: int
    sizes: tuple[int, ...]
    terms: Keys
    names: Mask
    titled: Mask
    pairs: Mask
    roundup: bool


def wording(article: Article) -> Wording:
    """The keys of an article: shingles of standfirst and body, terms (syllables, pairs) of title and standfirst."""
    texts = [article.sapo or "", *article.paragraphs]
    body = _syllables(" ".join(texts))
    title, sapo = _meant(article.title), _meant(article.sapo or "")
    pairs = distinct(np.concatenate((_pairs(title), _pairs(sapo))))
    shingles = _shingles(body)
    sizes = tuple(int((shingles & np.uint32((1 << level) - 1) == 0).sum()) for level in LEVELS)
    index = next((i for i, size in enumerate(sizes) if size <= _MOST_SHINGLES), len(LEVELS) - 1)
    kept = shingles[shingles & np.uint32((1 << LEVELS[index]) - 1) == 0]
    terms = distinct(np.concatenate((title, sapo, pairs)))
    return Wording(
        shingles=kept,
        level=index,
        sizes=sizes,
        terms=terms,
        names=within(terms, _names(article.title[:_MOST_IN_HEAD])),
        titled=within(terms, distinct(np.concatenate((title, _pairs(title))))),
        pairs=within(terms, pairs),
        roundup=bool(_ROUNDUP.match(article.title)),
    )


def terms_in(text: str) -> Keys:
    """The keys of a text's words, short forms as what they stand for; sorted, each once."""
    return distinct(keys_of(spelt_alike(WORD.findall(text[: _MOST_WORDS * 8])[:_MOST_WORDS])))


def within(keys: Keys, others: Keys) -> Mask:
    """Which of `keys` are among `others`, both sorted; many times faster than numpy's own on short arrays."""
    if not others.size:
        return np.zeros(keys.size, dtype=np.bool_)
    mask: Mask = others[others.searchsorted(keys).clip(max=others.size - 1)] == keys
    return mask


def _names(title: str) -> Keys:
    """Abbreviations, and words with a capital that does not only begin the title, a clause or a quotation."""
    if title.isupper():
        return keys_of(())
    return distinct(keys_of([match.group() for match in WORD.finditer(title) if _is_name(title, match)]))


def _is_name(title: str, match: re.Match[str]) -> bool:
    word, before = match.group(), title[max(0, match.start() - 2) : match.start()]
    if len(word) > 1 and word.isupper() and not word.isdigit():
        return True
    return word[0].isupper() and len(before) == 2 and before[1] == " " and (before[0].isalnum() or before[0] == ",")


def _syllables(text: str) -> Keys:
    return keys_of(WORD.findall(text[: _MOST_WORDS * 8])[:_MOST_WORDS])


def _meant(text: str) -> Keys:
    """The words of a title or standfirst, short forms as what they stand for."""
    return keys_of(spelt_alike(WORD.findall(text[:_MOST_IN_HEAD])))


def _shingles(syllables: Keys) -> Keys:
    if syllables.size < 3:
        return np.zeros(0, dtype=np.uint32)
    first, second, third = (syllables[i : syllables.size - 2 + i] for i in range(3))
    return distinct(
        _mixed(first * np.uint32(2654435761) ^ second * np.uint32(2246822519) ^ third * np.uint32(3266489917))
    )


def _pairs(syllables: Keys) -> Keys:
    return _mixed(syllables[:-1] * np.uint32(2654435761) ^ syllables[1:] * np.uint32(668265263))


def _mixed(values: Keys) -> Keys:
    """Spread the bits (the last step of MurmurHash3), so that the lowest of them sample evenly."""
    values = (values ^ (values >> np.uint32(16))) * np.uint32(2246822507)
    values = (values ^ (values >> np.uint32(13))) * np.uint32(3266489909)
    return values ^ (values >> np.uint32(16))


@dataclass(frozen=True, slots=True)
class TermTable:
    """How common terms are in the press at large, by key."""

    keys: Keys
    counts: npt.NDArray[np.int64]
    documents: int

    def weights(self, terms: Keys, here: npt.NDArray[np.int64], documents: int) -> Weights:
        """How much each term says: rare in the press and among the `documents` here, of which `here` hold it."""
        if not terms.size:
            return np.zeros(0)
        found = np.searchsorted(self.keys, terms).clip(max=self.keys.size - 1)
        known = np.where(self.keys[found] == terms, self.counts[found], self.counts.min() / 4)
        at_large = np.log((self.documents + 1) / (known + 1))
        in_place = np.log((documents + 500) / (here + 0.5))
        weights: Weights = np.minimum(at_large, in_place)
        return weights


@functools.cache
def shipped_terms() -> TermTable:
    """The table of the package."""
    raw = json.loads(_SHIPPED.read_text(encoding="utf-8"))
    entries: dict[int, int] = {}
    for term, count in raw["terms"].items():
        syllables = _syllables(term)
        key = int(syllables[0]) if syllables.size == 1 else int(_pairs(syllables)[0])
        entries[key] = entries.get(key, 0) + count
    keys = np.array(sorted(entries), dtype=np.uint32)
    return TermTable(keys, np.array([entries[int(key)] for key in keys], dtype=np.int64), raw["documents"])

"""An article as a judge reads it: grams of syllables and words, and the rules that fired.

`read` is the whole of what a model sees; `Vocabulary` turns it into numbers. The same code serves training and
judging, so that a model can never be fed something other than what it learned from.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from classifiers import rules, tokens, traits
from digest.model import Article
from digest.places import Found, provinces_of_article

HEAD, TITLE, WORDS, BODY, RULES, PAIRS = "head", "title", "words", "body", "rules", "pairs"
BLOCKS = (HEAD, TITLE, WORDS, BODY, RULES, PAIRS)
# Longest gram of a block, in syllables or words.
_LONGEST = {HEAD: 3, TITLE: 3, WORDS: 2, BODY: 2}
# The standfirst tells what a piece is about in its first words; beyond them come names and numbers.
_SAPO_WORDS = 55
# A headline is short; a hostile one of a megabyte is read no further than this.
_TITLE_WORDS = 60
_TITLE_CHARACTERS = 1_000
_SAPO_CHARACTERS = 3_000
# What a long article adds is said in its first two hundred words; segmenting all of it would take ten times as long.
_BODY_WORDS = 200
_BODY_CHARACTERS = 6_000
# The weight of one rule, and of two that meet, beside the other blocks, whose rows have length one. The more rules there
# are, the less each: forty that fire make eight hundred pairs.
_FIXED = {RULES: 0.3, PAIRS: 0.1}
# The length of a block's row where it is not one. The body counts for less: most of what is judged comes without one.
_LENGTH = {BODY: 0.7}
# Readings that must have a feature before a model learns it.
_LEAST = {HEAD: 2, TITLE: 2, WORDS: 2, BODY: 3, RULES: 2, PAIRS: 5}

Floats = npt.NDArray[np.float64]
Columns = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What is known of one article: the parts of its text that were read, and the grams by block."""

    title: str
    sapo: str
    body: str
    grams: Mapping[str, Sequence[str]]
    places: tuple[Found, ...]
    # Share of syllables that are written as Vietnamese is; near 0 for English, codes or text without marks.
    vietnamese: float
    size: int


def read(article: Article, *, day: date) -> Reading:
    """The reading of an RSS item or of a full article, whose first paragraph stands in for a missing standfirst.

    `day` decides which names of provinces hold.
    """
    title = _first_words(article.title[:_TITLE_CHARACTERS], _TITLE_WORDS)
    standfirst, rest = _standfirst_and_rest(article)
    sapo = _first_words(standfirst[:_SAPO_CHARACTERS], _SAPO_WORDS)
    body = _first_words(rest, _BODY_WORDS)
    headline, lead = tokens.syllables(title), tokens.syllables(sapo)
    # The mark between title and standfirst keeps grams from running over.
    words = [*tokens.words(title), "|", *tokens.words(sapo)]
    places = provinces_of_article(article, day=day)
    fired = list(rules.fire(title, sapo))
    keys = traits.keys_of(title, sapo, fired, places)
    grams = {
        HEAD: _grams([*headline, *lead], _LONGEST[HEAD]),
        TITLE: _grams(headline, _LONGEST[TITLE]),
        WORDS: _grams(words, _LONGEST[WORDS]),
        BODY: _grams(tokens.words(body), _LONGEST[BODY]),
        RULES: traits.features(fired, keys),
        PAIRS: traits.pairs(keys),
    }
    size = len(headline) + len(lead)
    marked = sum(map(tokens.has_mark, headline)) + sum(map(tokens.has_mark, lead))
    return Reading(
        title=title,
        sapo=sapo,
        body=body,
        grams=grams,
        places=places,
        vietnamese=marked / size if size else 0.0,
        size=size,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One article as a sparse row: column numbers in rising order and their values."""

    columns: Columns
    values: Floats


class Vocabulary:
    """The grams a model knows, block by block, with the weight of each (rare ones weigh more)."""

    def __init__(self, grams: Mapping[str, Sequence[str]], weights: Floats) -> None:
        self.grams = {block: tuple(grams[block]) for block in BLOCKS}
        self.weights = weights
        self._columns: dict[str, dict[str, int]] = {}
        start = 0
        for block in BLOCKS:
            self._columns[block] = {gram: start + at for at, gram in enumerate(self.grams[block])}
            start += len(self.grams[block])
        self.size = start

    def column(self, block: str, gram: str) -> int | None:
        """The column of a gram, None where it is not known."""
        return self._columns[block].get(gram)

    def row(self, reading: Reading) -> Row:
        """The reading in numbers: per block damped counts times weights at its length; rules as they are."""
        found: list[tuple[int, float]] = []
        for block in BLOCKS:
            entries = self._entries(block, reading.grams[block])
            scale = _FIXED.get(block) or _LENGTH.get(block, 1.0) * _one_over_length(entries)
            found += [(column, value * scale) for column, value in entries]
        found.sort()
        return Row(
            columns=np.array([column for column, _ in found], dtype=np.int64),
            values=np.array([value for _, value in found], dtype=np.float64),
        )

    def _entries(self, block: str, grams: Sequence[str]) -> list[tuple[int, float]]:
        known = self._columns[block]
        counts = Counter(column for gram in grams if (column := known.get(gram)) is not None)
        return [(column, (1 + math.log(count)) * float(self.weights[column])) for column, count in counts.items()]


def learn_vocabulary(readings: Iterable[Reading]) -> Vocabulary:
    """The grams that stand in more readings than one, in code-point order, weighted by inverse frequency."""
    counts: dict[str, Counter[str]] = {block: Counter() for block in BLOCKS}
    total = 0
    for reading in readings:
        total += 1
        for block in BLOCKS:
            counts[block].update(set(reading.grams[block]))
    kept = {block: sorted(gram for gram, n in counts[block].items() if n >= _LEAST[block]) for block in BLOCKS}
    weights = [
        1.0 if block in _FIXED else math.log((1 + total) / (1 + counts[block][gram])) + 1
        for block in BLOCKS
        for gram in kept[block]
    ]
    return Vocabulary(kept, np.array(weights, dtype=np.float64))


def _standfirst_and_rest(article: Article) -> tuple[str, str]:
    texts = [text for text in article.paragraphs[:_BODY_WORDS] if text.strip()]
    standfirst = article.sapo or (texts.pop(0) if texts else "")
    return standfirst, "\n".join(texts)[:_BODY_CHARACTERS]


def _first_words(text: str, limit: int) -> str:
    """The text up to the end of its `limit`-th word, as it is written."""
    at = 0
    for _ in range(limit):
        while at < len(text) and text[at].isspace():
            at += 1
        while at < len(text) and not text[at].isspace():
            at += 1
    return text[:at]


def _grams(units: Sequence[str], longest: int) -> list[str]:
    return [" ".join(units[at : at + size]) for size in range(1, longest + 1) for at in range(len(units) - size + 1)]


def _one_over_length(entries: Sequence[tuple[int, float]]) -> float:
    length = math.sqrt(sum(value * value for _, value in entries))
    return 1 / length if length else 0.0

"""Which articles report the same thing: an index to enter articles in and to look others up.

Copies are found by wording: most of the shorter text's three-syllable shingles stand in the other. The same event told
in other words is found by the rare terms of title and standfirst; an outlet seldom reports one event twice, and titles
that name different people or places tell different stories.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from classifiers.postings import Postings
from classifiers.story_likeness import FEW_SHINGLES, Likeness, likeness
from classifiers.story_meaning import Meaning, told_text
from classifiers.story_shelf import Shelf, Told
from classifiers.story_terms import TermTable, Weights, Wording, shipped_terms, wording
from digest.model import Article
from digest.places import MERGED_ON, provinces_of_article

_CONTAINED = 0.5  # of the shorter text's shingles
_CONTAINED_SHORT = 0.7  # where the shorter text has few
_LEAST_SHARED = 12
SAME = 0.5  # probability from which two articles are one story
_MOST_ASKED = 400  # articles whose meaning is asked for: half a minute of processor
_WORTH_KEEPING = 0.02
_SAME_TIME = 48 * 3600  # seconds between two reports of one event
_FLOODED = 2000  # a shingle in more articles than this is boilerplate
_COMMON = 200  # a term in more articles than this finds nobody
_CANDIDATES = 12
_WORTH_COMPARING = 0.03  # of the squared weights of an article's terms: who shares less tells something else
_Numbers = npt.NDArray[np.int64]
_Shares = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Another article of the same story; `score` is 0–1, `copied` whether it shares wording, not only the event."""

    article: str
    score: float
    copied: bool


@dataclass(frozen=True, slots=True)
class _Shared:
    """Entered articles that share shingles with one: the share of the shorter text's, and whether that is a copy."""

    numbers: _Numbers  # sorted
    shares: _Shares
    copied: npt.NDArray[np.bool_]

    def copies(self) -> dict[int, float]:
        return dict(zip(self.numbers[self.copied].tolist(), self.shares[self.copied].tolist(), strict=True))

    def share(self, number: int) -> float:
        at = int(self.numbers.searchsorted(number))
        return float(self.shares[at]) if at < self.numbers.size and self.numbers[at] == number else 0.0


class StoryIndex:
    """Articles entered one by one and looked up among all entered before."""

    def __init__(self) -> None:
        self._shelf = Shelf()
        self._shingles = Postings()
        self._terms = Postings()
        self._table: TermTable = shipped_terms()

    def __len__(self) -> int:
        return len(self._shelf)

    def add(self, article: Article) -> Wording:
        """Enter an article; what was read of its wording, which the index does not keep."""
        words = wording(article)
        self._shingles.add(len(self._shelf), words.shingles)
        self._terms.add(len(self._shelf), words.terms)
        self._shelf.put(_told(article, words))
        return words

    def matches(self, article: Article) -> tuple[Match, ...]:
        """Entered articles that tell the same story, the most alike first; the article itself is left out by id."""
        words = wording(article)
        shared = self._shared(words)
        copies = shared.copies()
        likely = self._alike(_told(article, words), shared)
        alike = {number: how.probability for number, how in likely.items() if how.probability >= SAME}
        found = [
            Match(article=self._shelf.article(number), score=score, copied=number in copies)
            for number, score in (alike | copies).items()
        ]
        others = (match for match in found if match.article != article.id)
        return tuple(sorted(others, key=lambda match: (-match.score, match.article)))

    def likeness(self, one: Article, other: Article) -> Likeness:
        """How alike two articles tell it, by how rare their terms are in this index; neither need be entered."""
        words = wording(one), wording(other)
        left, right = _told(one, words[0]), _told(other, words[1])
        weights = self._weights([left, right])
        shared = np.intersect1d(words[0].shingles, words[1].shingles).size
        size = min(left.sizes[level := max(left.level, right.level)], right.sizes[level])
        return likeness(left, weights[0], right, weights[1], shared / size if size else 0.0)

    def _shared(self, words: Wording) -> _Shared:
        _, documents, _ = self._shingles.find(words.shingles, at_most=_FLOODED)
        numbers, counts = np.unique(documents, return_counts=True)
        several = counts > 1  # one phrase in common is chance
        known: _Numbers = numbers[several].astype(np.int64)
        facts = self._shelf.facts(known)
        # Estimated on the coarser of the two samples.
        levels = np.maximum(facts["level"], words.level)
        sizes = np.minimum(np.array(words.sizes)[levels], facts["sizes"][np.arange(known.size), levels])
        shares = counts[several] / np.maximum(sizes, 1)
        return _Shared(known, shares, _copied(words, facts, shares))

    def _alike(self, told: Told, shared: _Shared) -> dict[int, Likeness]:
        if told.roundup:
            return {}
        positions, documents, counts = self._terms.find(told.terms, at_most=_COMMON)
        weights = self._table.weights(told.terms, counts, len(self))
        numbers, inverse = np.unique(documents, return_inverse=True)
        sums = np.bincount(inverse, weights=weights[positions] ** 2, minlength=numbers.size)
        best = np.lexsort((numbers, -sums))[:_CANDIDATES]
        best = best[sums[best] >= _WORTH_COMPARING * float(weights @ weights)]
        near = [(number, other) for number in numbers[best].tolist() if _comparable(told, other := self._shelf[number])]
        theirs = self._weights([other for _, other in near])
        found = {
            number: likeness(told, weights, other, its, shared.share(number))
            for (number, other), its in zip(near, theirs, strict=True)
        }
        return {number: how for number, how in found.items() if how.probability >= _WORTH_KEEPING}

    def _weights(self, several: Sequence[Told]) -> list[Weights]:
        """The weights of the terms of several articles, looked up together."""
        if not several:
            return []
        terms = np.unique(np.concatenate([told.terms for told in several]))
        _, _, counts = self._terms.find(terms, at_most=0)
        weights = self._table.weights(terms, counts, len(self))
        return [weights[np.searchsorted(terms, told.terms)] for told in several]

    def pairs(self, wordings: Sequence[Wording]) -> Iterator[tuple[int, int, Likeness | None]]:
        """Pairs of the first articles entered that may be one story, with how alike they are; None for a copy.

        A pair may come twice, once from each side.
        """
        for number, words in enumerate(wordings):
            shared = self._shared(words)
            copies: dict[int, Likeness | None] = dict.fromkeys(shared.copies())
            for other, how in (self._alike(self._shelf[number], shared) | copies).items():
                if other != number:
                    yield min(number, other), max(number, other), how


def scores_among(articles: Sequence[Article], meaning: Meaning | None = None) -> dict[tuple[int, int], float]:
    """How alike pairs of articles are, 0-1, by their positions (the smaller first); a copy counts 1.

    Where words leave it in doubt, `meaning` is asked.
    """
    index = StoryIndex()
    wordings = [index.add(article) for article in articles]
    found: dict[tuple[int, int], Likeness | None] = {}
    for one, other, how in index.pairs(wordings):
        # Two sides may choose different candidates, but see the same likeness; a copy stays one.
        found[one, other] = None if (one, other) in found and found[one, other] is None else how
    if meaning is not None:
        found |= _asked(articles, found, meaning)
    scores = {pair: 1.0 if how is None else how.probability for pair, how in found.items()}
    return {pair: score for pair, score in scores.items() if score >= _WORTH_KEEPING}


def _asked(
    articles: Sequence[Article], found: Mapping[tuple[int, int], Likeness | None], meaning: Meaning
) -> dict[tuple[int, int], Likeness]:
    """The doubtful ones of the pairs, with what their texts mean."""
    doubtful = {pair: how for pair, how in found.items() if how is not None and how.in_doubt}
    numbers = _most_doubtful(doubtful)
    if not numbers:
        return {}
    vectors = dict(zip(numbers, meaning([told_text(articles[number]) for number in numbers]), strict=True))
    return {
        (one, other): replace(how, meaning=float(vectors[one] @ vectors[other]))
        for (one, other), how in doubtful.items()
        if one in vectors and other in vectors
    }


def _most_doubtful(doubtful: Mapping[tuple[int, int], Likeness]) -> list[int]:
    """The articles of the pairs nearest to even chances, as many as may be asked about."""
    numbers: dict[int, None] = {}
    for pair in sorted(doubtful, key=lambda pair: (abs(doubtful[pair].probability - SAME), pair)):
        numbers |= dict.fromkeys(pair)
        if len(numbers) >= _MOST_ASKED:
            break
    return sorted(numbers)


def _copied(words: Wording, facts: npt.NDArray[Any], shares: _Shares) -> npt.NDArray[np.bool_]:
    """Which shares are enough for texts of their length."""
    shorter = np.minimum(facts["sizes"][:, 0], words.sizes[0])
    enough = shares >= np.where(shorter < FEW_SHINGLES, _CONTAINED_SHORT, _CONTAINED)
    copied: npt.NDArray[np.bool_] = enough & (shares * shorter >= _LEAST_SHARED) & (facts["roundup"] == words.roundup)
    return copied


def _comparable(one: Told, other: Told) -> bool:
    return not other.roundup and _same_time(one.when, other.when)


def when_of(article: Article) -> float | None:
    """When it was published, else fetched, in seconds since 1970; None where neither is known."""
    moment = article.published or article.fetched
    return None if moment is None else moment.timestamp()


def _told(article: Article, words: Wording) -> Told:
    # As of now: what became one province is no other place. The body is not asked: it names too much.
    places = provinces_of_article(replace(article, paragraphs=()), day=MERGED_ON)
    return Told(
        article=article.id,
        outlet=_outlet(article),
        when=when_of(article),
        places=frozenset(one.name for one in places),
        places_in_title=any(one.field == "title" for one in places),
        roundup=words.roundup,
        sizes=words.sizes,
        level=words.level,
        terms=words.terms,
        names=words.names,
        titled=words.titled,
        pairs=words.pairs,
    )


def _outlet(article: Article) -> str:
    """The outlet's domain, else its name without the section some feeds add ("VnExpress - Thế giới")."""
    host = urlsplit(article.url or "").hostname
    return (host or (article.outlet or "").split(" - ")[0]).removeprefix("www.").casefold()


def _same_time(one: float | None, other: float | None) -> bool:
    return one is None or other is None or abs(one - other) <= _SAME_TIME

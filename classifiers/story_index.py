"""Which articles report the same thing: an index to enter articles in and to look others up.

Copies are found by wording: most of the shorter text's three-syllable shingles stand in the other. The same event told
in other words is found by the rare terms of title and standfirst; an outlet seldom reports one event twice, and titles
that name different people or places tell different stories.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import numpy as np

from classifiers.postings import Postings
from classifiers.story_terms import TermTable, Weights, Wording, shipped_terms, within, wording
from digest.model import Article
from digest.places import MERGED_ON, provinces_of_article

_CONTAINED = 0.5  # of the shorter text's shingles
_CONTAINED_SHORT = 0.7  # where the shorter text has few
_FEW_SHINGLES = 60
_LEAST_SHARED = 12
# Logistic model of "same event", fitted on the pairs of benchmarks/story_pairs.tsv (see benchmarks/stories.py).
_BIAS, _PER_COSINE, _PER_NAME, _SAME_OUTLET, _OTHER_PLACE = -4.6, 23.5, -0.52, -3.95, -2.3
# Set by reading: the pairs are feed items of one day, which cannot show these.
_OTHER_WORDS, _UNDATED = -2.0, -2.5
_STRANGERS = 8.0  # so much name in each title that the other lacks: two stories, however alike the rest
_HARDLY = 0.02  # of the shorter body's shingles
SAME = 0.5  # probability from which two articles are one story
_WORTH_KEEPING = 0.1
_SAME_TIME = 48 * 3600  # seconds between two reports of one event
_FLOODED = 2000  # a shingle in more articles than this is boilerplate
_COMMON = 200  # a term in more articles than this finds nobody
_CANDIDATES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Another article of the same story; `score` is 0–1, `copied` whether it shares wording, not only the event."""

    article: str
    score: float
    copied: bool


@dataclass(frozen=True, slots=True)
class _Entry:
    article: str
    wording: Wording
    when: float | None
    outlet: str
    places: frozenset[str]
    places_in_title: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What speaks for two articles being one event, and against it.

    `cosine` of their rare terms (0–1) speaks for it; against it speak `strange_names` (weights of names that one title
    alone has), `same_outlet` (which seldom reports an event twice), `other_place` (provinces known, none in common),
    `other_words` (two bodies with hardly a phrase in common) and `undated` (a time is not known). A `roundup` of many
    stories is none of them.
    """

    cosine: float
    strange_names: float
    same_outlet: bool
    other_place: bool
    other_place_in_titles: bool = False
    other_words: bool = False
    undated: bool = False
    roundup: bool = False

    @property
    def probability(self) -> float:
        """That both report the same event."""
        if self.roundup or self.other_place_in_titles or self.strange_names >= _STRANGERS:
            return 0.0
        logit = _BIAS + _PER_COSINE * self.cosine + _PER_NAME * self.strange_names
        logit += _SAME_OUTLET * self.same_outlet + _OTHER_PLACE * self.other_place
        logit += _OTHER_WORDS * self.other_words + _UNDATED * self.undated
        return 1 / (1 + math.exp(-logit))


class StoryIndex:
    """Articles entered one by one and looked up among all entered before."""

    def __init__(self) -> None:
        self._entries: list[_Entry] = []
        self._shingles = Postings()
        self._terms = Postings()
        self._table: TermTable = shipped_terms()

    def __len__(self) -> int:
        return len(self._entries)

    def add(self, article: Article) -> None:
        """Enter an article."""
        entry = _entry(article)
        self._shingles.add(len(self._entries), entry.wording.shingles)
        self._terms.add(len(self._entries), entry.wording.terms)
        self._entries.append(entry)

    def matches(self, article: Article) -> tuple[Match, ...]:
        """Entered articles that tell the same story, the most alike first; the article itself is left out by id."""
        entry = _entry(article)
        shares = self._shares(entry)
        copies = self._copies(entry, shares)
        alike = {number: score for number, score in self._alike(entry, shares).items() if score >= SAME}
        found = [
            Match(article=self._entries[number].article, score=score, copied=number in copies)
            for number, score in (alike | copies).items()
        ]
        others = (match for match in found if match.article != entry.article)
        return tuple(sorted(others, key=lambda match: (-match.score, match.article)))

    def scores(self) -> dict[tuple[int, int], float]:
        """How alike pairs of entered articles are, 0–1, by number (the smaller first); a copy counts 1."""
        pairs: dict[tuple[int, int], float] = {}
        for number, entry in enumerate(self._entries):
            shares = self._shares(entry)
            copies = dict.fromkeys(self._copies(entry, shares), 1.0)
            for other, score in (self._alike(entry, shares) | copies).items():
                pair = (min(number, other), max(number, other))
                pairs[pair] = max(score, pairs.get(pair, 0.0))
        return {pair: score for pair, score in pairs.items() if pair[0] != pair[1]}

    def _shares(self, entry: _Entry) -> dict[int, float]:
        """Of each entered article that shares shingles: the share of the shorter text's that stand in the other."""
        _, documents, _ = self._shingles.find(entry.wording.shingles, at_most=_FLOODED)
        numbers, shared = np.unique(documents, return_counts=True)
        numbers, shared = numbers[shared > 1], shared[shared > 1]  # one phrase in common is chance
        return {
            number: _containment(entry.wording, self._entries[number].wording, count)
            for number, count in zip(numbers.tolist(), shared.tolist(), strict=True)
        }

    def _copies(self, entry: _Entry, shares: Mapping[int, float]) -> dict[int, float]:
        return {
            number: share
            for number, share in shares.items()
            if share >= _CONTAINED and _is_copy(entry.wording, self._entries[number].wording, share)
        }

    def likeness(self, one: Article, other: Article) -> Likeness:
        """How alike two articles tell it, by how rare their terms are in this index; neither need be entered."""
        left, right = _entry(one), _entry(other)
        weights = self._weights([left, right])
        shared = np.intersect1d(left.wording.shingles, right.wording.shingles).size
        return _likeness(left, weights[0], right, weights[1], _containment(left.wording, right.wording, shared))

    def _alike(self, entry: _Entry, shares: Mapping[int, float]) -> dict[int, float]:
        if entry.wording.roundup:
            return {}
        positions, documents, counts = self._terms.find(entry.wording.terms, at_most=_COMMON)
        weights = self._table.weights(entry.wording.terms, counts, len(self._entries))
        numbers, inverse = np.unique(documents, return_inverse=True)
        sums = np.bincount(inverse, weights=weights[positions] ** 2, minlength=numbers.size)
        best = numbers[np.lexsort((numbers, -sums))[:_CANDIDATES]].tolist()
        near = [number for number in best if _comparable(entry, self._entries[number])]
        others = [self._entries[number] for number in near]
        scores = {
            number: _likeness(entry, weights, other, theirs, shares.get(number, 0.0)).probability
            for number, other, theirs in zip(near, others, self._weights(others), strict=True)
        }
        return {number: score for number, score in scores.items() if score >= _WORTH_KEEPING}

    def _weights(self, entries: Sequence[_Entry]) -> list[Weights]:
        """The weights of the entries' terms, looked up together."""
        if not entries:
            return []
        terms = np.unique(np.concatenate([entry.wording.terms for entry in entries]))
        _, _, counts = self._terms.find(terms, at_most=0)
        weights = self._table.weights(terms, counts, len(self._entries))
        return [weights[np.searchsorted(terms, entry.wording.terms)] for entry in entries]


def _comparable(one: _Entry, other: _Entry) -> bool:
    return not other.wording.roundup and _same_time(one.when, other.when)


def _likeness(one: _Entry, weights: Weights, other: _Entry, other_weights: Weights, share: float) -> Likeness:
    mine, theirs = one.wording, other.wording
    shared = within(mine.terms, theirs.terms)
    norms = float(weights @ weights) * float(other_weights @ other_weights)
    strange = float(weights[mine.names & ~shared].sum())
    other_strange = float(other_weights[theirs.names & ~within(theirs.terms, mine.terms)].sum())
    other_place = bool(one.places and other.places) and not one.places & other.places
    return Likeness(
        cosine=float(weights[shared] @ weights[shared]) / math.sqrt(norms) if norms else 0.0,
        strange_names=min(strange, other_strange),
        same_outlet=bool(one.outlet) and one.outlet == other.outlet,
        other_place=other_place,
        other_place_in_titles=other_place and one.places_in_title and other.places_in_title,
        other_words=min(mine.sizes[0], theirs.sizes[0]) >= _FEW_SHINGLES and share < _HARDLY,
        undated=one.when is None or other.when is None,
        roundup=mine.roundup or theirs.roundup,
    )


def when_of(article: Article) -> float | None:
    """When it was published, else fetched, in seconds since 1970; None where neither is known."""
    moment = article.published or article.fetched
    return None if moment is None else moment.timestamp()


def _entry(article: Article) -> _Entry:
    # As of now: what became one province is no other place. The body is not asked: it names too much.
    places = provinces_of_article(replace(article, paragraphs=()), day=MERGED_ON)
    return _Entry(
        article=article.id,
        wording=wording(article),
        when=when_of(article),
        outlet=_outlet(article),
        places=frozenset(one.name for one in places),
        places_in_title=any(one.field == "title" for one in places),
    )


def _outlet(article: Article) -> str:
    """The outlet's domain, else its name without the section some feeds add ("VnExpress - Thế giới")."""
    host = urlsplit(article.url or "").hostname
    return (host or (article.outlet or "").split(" - ")[0]).removeprefix("www.").casefold()


def _same_time(one: float | None, other: float | None) -> bool:
    return one is None or other is None or abs(one - other) <= _SAME_TIME


def _containment(one: Wording, other: Wording, shared: int) -> float:
    """The share of the shorter text's shingles that stand in the other, estimated on the coarser of their samples."""
    level = max(one.level, other.level)
    size = min(one.sizes[level], other.sizes[level])
    return shared / size if size else 0.0


def _is_copy(one: Wording, other: Wording, share: float) -> bool:
    """Whether that share is enough for texts of their length."""
    shorter = min(one.sizes[0], other.sizes[0])
    if one.roundup != other.roundup or share * shorter < _LEAST_SHARED:
        return False
    return share >= (_CONTAINED_SHORT if shorter < _FEW_SHINGLES else _CONTAINED)

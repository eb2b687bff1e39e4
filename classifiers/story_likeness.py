"""How likely two articles report the same event: what speaks for it and against it, and what each counts.

The logistic model is fitted on the pairs of benchmarks/story_pairs.tsv that are marked for it
(`python -m benchmarks.stories --fit`).
"""

import math
from dataclasses import dataclass

import numpy as np

from classifiers.story_shelf import Told
from classifiers.story_terms import Mask, Weights

FEW_SHINGLES = 60
# What one unit of each counts, in the logistic model.
WORDS_ALONE = {
    "bias": -20.7,
    "cosine": 11.444,
    "evidence": 4.182,
    "phrases": -0.035,
    "title_told": 3.184,
    "strange_names": -0.412,
    "same_outlet": -3.353,
    "other_place": -1.739,
}
WITH_MEANING = {
    "bias": -75.827,
    "cosine": 5.852,
    "evidence": 1.983,
    "phrases": -0.018,
    "title_told": 2.494,
    "strange_names": -0.237,
    "same_outlet": -3.692,
    "other_place": -0.965,
    "meaning": 71.025,
}
# Set by reading: the pairs are feed items of one day, which cannot show these.
_OTHER_WORDS, _UNDATED = -2.0, -2.5
_STRANGERS = 8.0  # so much name in each title that the other lacks: two stories, however alike the rest
_DOUBT = 0.03  # as much probability left for the other answer
_HARDLY = 0.02  # of the shorter body's shingles


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What speaks for two articles being one event, and against it.

    For it speak the `cosine` of their rare terms (0-1), the `evidence` of all they share (logarithm of the sum of
    weights), `title_told`, the share of the one title that stands in the other article, and `meaning`, the cosine of
    their sentence vectors, where it was asked for. `phrases` is the sum of the weights of shared pairs of words, which
    say again what their words said. Against it speak `strange_names` (weights of names that one title alone has), `same_outlet` (which seldom reports an event
    twice), `other_place` (provinces known, none in common; `other_place_in_titles` where both titles name theirs),
    `other_words` (two bodies with hardly a phrase in common) and `undated` (a time is not known). A `roundup` of many
    stories is none of them.
    """

    cosine: float
    evidence: float = 0.0
    phrases: float = 0.0
    title_told: float = 0.0
    strange_names: float
    same_outlet: bool
    other_place: bool
    other_place_in_titles: bool = False
    other_words: bool = False
    undated: bool = False
    roundup: bool = False
    meaning: float | None = None

    @property
    def probability(self) -> float:
        """That both report the same event."""
        if self.roundup or self.other_place_in_titles or self.strange_names >= _STRANGERS:
            return 0.0
        weights = WORDS_ALONE if self.meaning is None else WITH_MEANING
        logit = weights["bias"] + sum(
            weight * getattr(self, name) for name, weight in weights.items() if name != "bias"
        )
        logit += _OTHER_WORDS * self.other_words + _UNDATED * self.undated
        return 1 / (1 + math.exp(-logit))

    @property
    def in_doubt(self) -> bool:
        """Whether the words alone leave it open."""
        return _DOUBT <= self.probability <= 1 - _DOUBT


def likeness(one: Told, weights: Weights, other: Told, other_weights: Weights, share: float) -> Likeness:
    """Of two articles, by the weights of their terms and the share of the shorter text's shingles in the other."""
    at = other.terms.searchsorted(one.terms).clip(max=max(other.terms.size - 1, 0))
    mine = other.terms[at] == one.terms if other.terms.size else np.zeros(one.terms.size, dtype=np.bool_)
    theirs = np.zeros(other.terms.size, dtype=np.bool_)
    theirs[at[mine]] = True
    squares, other_squares = weights * weights, other_weights * other_weights
    norms = float(squares.sum()) * float(other_squares.sum())
    other_place = bool(one.places and other.places) and not one.places & other.places
    return Likeness(
        cosine=float(squares[mine].sum()) / math.sqrt(norms) if norms else 0.0,
        evidence=math.log1p(float(weights[mine].sum())),
        phrases=float(weights[mine & one.pairs].sum()),
        title_told=max(
            _part(squares, mine & one.titled, one.titled), _part(other_squares, theirs & other.titled, other.titled)
        ),
        strange_names=min(float(weights[one.names & ~mine].sum()), float(other_weights[other.names & ~theirs].sum())),
        same_outlet=bool(one.outlet) and one.outlet == other.outlet,
        other_place=other_place,
        other_place_in_titles=other_place and one.places_in_title and other.places_in_title,
        other_words=min(one.sizes[0], other.sizes[0]) >= FEW_SHINGLES and share < _HARDLY,
        undated=one.when is None or other.when is None,
        roundup=one.roundup or other.roundup,
    )


def _part(weights: Weights, some: Mask, of: Mask) -> float:
    whole = float(weights[of].sum())
    return float(weights[some].sum()) / whole if whole else 0.0

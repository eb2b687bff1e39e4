"""Which passages of an article say most: its lead, then what weighs (`classifiers.weight`), each by centrality.

Centrality is continuous LexRank (Erkan and Radev 2004) over TF-IDF of syllables and their pairs, drawn to the lead, so
that a passage counts as its article's heart when many others, and the lead above all, tell of the same. No matrix of
all pairs is made: memory and time grow with the text.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from classifiers.openings import announces, ends_a_sentence, looks_back
from classifiers.passages import Passage, Sentence
from classifiers.weight import figures, weight

_WHOLE_LEAD = 100  # syllables: up to this many a first paragraph is a lead as it stands
_LEAD_SHARE = 0.4  # of the words: as much of a longer one
_ROUNDS, _DAMPING = 12, 0.85
_TO_LEAD, _EARLY = 0.5, 0.3  # against centrality's 1
_REPEATED = 0.5  # cosine
_LONGEST_SCRAP = 12  # syllables
_Scores = npt.NDArray[np.float64]


def by_rank(sentences: Sequence[Sentence], passages: Sequence[Passage], words: int, headline: str = "") -> list[int]:
    """The numbers, ascending, of the passages to print: at most `words` syllables, except that the first always is.

    What holds a figure of the headline goes before all else but the lead; what looks back goes behind what weighs. Left
    out whatever the room: what repeats a passage that is printed, and scraps such as a signature.
    """
    if not passages:
        return []
    texts = [" ".join(one.text for one in sentences[passage.first : passage.last + 1]) for passage in passages]
    room = _Room(passages, words)
    lead = _lead(sentences, passages, words)
    rows = _rows(texts)
    told = np.zeros(len(texts))  # how like each is to the likest that is printed
    for number in range(lead):
        told = np.maximum(told, _likeness(rows, room.take(number)))
    scores = centrality(rows, lead)
    tiers = _tiers(passages, texts, figures(headline))
    for number in sorted(range(lead, len(passages)), key=lambda one: (tiers[one], -scores[one], one)):
        if told[number] < _REPEATED and not _is_scrap(passages[number], texts[number]):
            told = np.maximum(told, _likeness(rows, room.take(number)))
    return [number for number, taken in enumerate(room.taken) if taken]


def centrality(rows: csr_matrix, lead: int) -> _Scores:
    """How far each text is at the centre of all, about 0 to 2; the first `lead` texts are their lead."""
    count = rows.shape[0]
    degrees = np.maximum(rows @ (rows.T @ np.ones(count)), 1e-9)
    ranks: _Scores = np.full(count, 1 / count)
    for _ in range(_ROUNDS):
        ranks = (1 - _DAMPING) / count + _DAMPING * (rows @ (rows.T @ (ranks / degrees)))
    near: _Scores = rows @ np.asarray(rows[:lead].sum(axis=0)).ravel()
    early: _Scores = 1 - np.arange(count) / count
    return _to_one(ranks) + _TO_LEAD * _to_one(near) + _EARLY * early


def _tiers(passages: Sequence[Passage], texts: Sequence[str], wanted: frozenset[str]) -> list[int]:
    """0: a figure of the headline; 1: weighty; 2: the rest, and how things were before what the article tells."""
    found: list[int] = []
    backwards = False
    for number, (passage, text) in enumerate(zip(passages, texts, strict=True)):
        listed = passage.list_end is not None and number > 0 and passages[number - 1].list_end == passage.list_end
        backwards = (backwards and listed) or looks_back(text)
        if backwards:
            found.append(2)
        else:
            found.append(0 if wanted & figures(text) else 1 if weight(text) else 2)
    return found


def _rows(texts: Sequence[str]) -> csr_matrix:
    try:
        # S106: the pattern of a word is taken for a password.
        counting = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"[^\W_]+")  # noqa: S106
        return counting.fit_transform(texts)
    except ValueError:  # not one syllable anywhere
        return csr_matrix((len(texts), 1))


def _likeness(rows: csr_matrix, taken: list[int]) -> _Scores:
    """How like each text is to the likest of those taken just now."""
    if not taken:
        return np.zeros(rows.shape[0])
    return np.asarray((rows @ rows[taken].T).max(axis=1).todense()).ravel()


def _is_scrap(passage: Passage, text: str) -> bool:
    return announces(text) or (passage.words <= _LONGEST_SCRAP and not ends_a_sentence(text))


def _to_one(values: _Scores) -> _Scores:
    greatest = float(values.max())
    return values / greatest if greatest > 0 else values


def _lead(sentences: Sequence[Sentence], passages: Sequence[Passage], words: int) -> int:
    """How many passages make the lead: the first paragraph, or of a long one the beginning."""
    first = [passage for passage in passages if sentences[passage.first].paragraph == 0]
    whole = sum(passage.words for passage in first)
    most = min(words, _WHOLE_LEAD if whole <= _WHOLE_LEAD else int(words * _LEAD_SHARE))
    total = first[0].words
    count = 1
    while count < len(first) and total + first[count].words <= most:
        total += first[count].words
        count += 1
    return count


class _Room:
    """The words still free, and what was taken. A passage comes with all it needs."""

    def __init__(self, passages: Sequence[Passage], words: int) -> None:
        self.taken = [False] * len(passages)
        self._free = words
        self._passages = passages
        self._stands: list[int] = []  # where the chain of leaning passages begins that ends in each
        self._before = [0]  # words of all passages before each
        # A list is taken whole or not at all.
        self._until = [number if one.list_end is None else one.list_end for number, one in enumerate(passages)]
        for number, passage in enumerate(passages):
            self._stands.append(self._stands[-1] if passage.leaning else number)
            self._before.append(self._before[-1] + passage.words)
        # By beginning of a chain: its first passage not taken.
        self._reached = {number: number for number in self._stands}

    def take(self, number: int) -> list[int]:
        """Take a passage and what it needs, where there is room; the first of all in any case. What was taken."""
        ends = self._needed(number)
        new = [one for chain, end in ends.items() for one in range(self._reached[chain], end)]
        for one in new:
            self.taken[one] = True
            self._free -= self._passages[one].words
        self._reached.update(ends)
        return new

    def _needed(self, number: int) -> dict[int, int]:
        """Up to where each chain must be taken so that a passage can be; empty where there is no room."""
        ends: dict[int, int] = {}
        wanted, cost = [number], 0
        while wanted:
            one = self._until[wanted.pop()]
            chain = self._stands[one]
            start = ends.get(chain, self._reached[chain])
            if start > one:
                continue
            cost += self._before[one + 1] - self._before[start]
            if cost > self._free:
                return {} if number else {0: 1}
            ends[chain] = one + 1
            wanted += [need for passage in self._passages[start : one + 1] if (need := passage.introduced) is not None]
        return ends

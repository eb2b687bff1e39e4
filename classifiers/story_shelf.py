"""What the story index keeps of each article: columns of numbers rather than an object each.

A million articles take their terms' keys, a flag byte a term and some fifty bytes of facts, beside their ids.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

from classifiers.story_terms import LEVELS, Mask
from classifiers.story_words import Keys

_Value = TypeVar("_Value", bound=Hashable)
_NAME, _TITLED, _PAIR = 1, 2, 4
_FACTS = np.dtype(
    [
        ("end", "u8"),  # of its terms in the columns of terms
        ("sizes", "u4", len(LEVELS)),
        ("level", "u1"),
        ("when", "f8"),  # NaN where it is not known
        ("outlet", "u4"),
        ("places", "u4"),
        ("places_in_title", "?"),
        ("roundup", "?"),
    ]
)


@dataclass(frozen=True, slots=True)
class Told:
    """What is compared of one article. Times are seconds since 1970, None where unknown; see `Wording` for the keys."""

    article: str
    outlet: str
    when: float | None
    places: frozenset[str]
    places_in_title: bool
    roundup: bool
    sizes: tuple[int, ...]
    level: int
    terms: Keys
    names: Mask
    titled: Mask
    pairs: Mask


class Shelf:
    """Articles in the order in which they were put there, numbered from 0."""

    def __init__(self) -> None:
        self._articles: list[str] = []
        self._outlets = _Names[str]()
        self._places = _Names[frozenset[str]]()
        self._facts = _Column(_FACTS)
        self._terms = _Column(np.dtype(np.uint32))
        self._kinds = _Column(np.dtype(np.uint8))

    def __len__(self) -> int:
        return len(self._articles)

    def __getitem__(self, number: int) -> Told:
        facts = self._facts.all()[number]
        start = int(self._facts.all()[number - 1]["end"]) if number else 0
        kinds = self._kinds.all()[start : int(facts["end"])]
        when = float(facts["when"])
        return Told(
            article=self._articles[number],
            outlet=self._outlets[int(facts["outlet"])],
            when=None if np.isnan(when) else when,
            places=self._places[int(facts["places"])],
            places_in_title=bool(facts["places_in_title"]),
            roundup=bool(facts["roundup"]),
            sizes=tuple(facts["sizes"].tolist()),
            level=int(facts["level"]),
            terms=self._terms.all()[start : int(facts["end"])],
            names=(kinds & _NAME) != 0,
            titled=(kinds & _TITLED) != 0,
            pairs=(kinds & _PAIR) != 0,
        )

    def put(self, told: Told) -> None:
        """Keep an article."""
        self._terms.extend(told.terms)
        self._kinds.extend((told.names * _NAME + told.titled * _TITLED + told.pairs * _PAIR).astype(np.uint8))
        facts = (
            self._terms.size,
            told.sizes,
            told.level,
            np.nan if told.when is None else told.when,
            self._outlets.number(told.outlet),
            self._places.number(told.places),
            told.places_in_title,
            told.roundup,
        )
        self._facts.extend(np.array([facts], dtype=_FACTS))
        self._articles.append(told.article)

    def article(self, number: int) -> str:
        """The id of an article."""
        return self._articles[number]

    def facts(self, numbers: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """`sizes`, `level` and `roundup` of some articles, as columns of one array."""
        rows: npt.NDArray[Any] = self._facts.all()[numbers]
        return rows


class _Column:
    """An array that grows by half when it is full; what is not used yet takes no memory."""

    def __init__(self, kind: np.dtype[Any]) -> None:
        self._room = np.empty(1024, dtype=kind)
        self.size = 0

    def all(self) -> npt.NDArray[Any]:
        return self._room[: self.size]

    def extend(self, values: npt.NDArray[Any]) -> None:
        needed = self.size + values.size
        if needed > self._room.size:
            room = np.empty(max(needed, self._room.size * 3 // 2), dtype=self._room.dtype)
            room[: self.size] = self.all()
            self._room = room
        self._room[self.size : needed] = values
        self.size = needed


class _Names(Generic[_Value]):
    """Values by number, each kept once."""

    def __init__(self) -> None:
        self._numbers: dict[_Value, int] = {}
        self._values: list[_Value] = []

    def __getitem__(self, number: int) -> _Value:
        return self._values[number]

    def number(self, value: _Value) -> int:
        if value not in self._numbers:
            self._numbers[value] = len(self._values)
            self._values.append(value)
        return self._numbers[value]

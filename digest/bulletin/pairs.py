"""Which item of an edited issue is which of the one before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from digest.issue import source_line
from digest.model import Issue, Item, Section
from digest.profile import Profile
from digest.text import fold

_SAME_ADDRESS, _SAME_HEADLINE, _SAME_TEXT, _SAME_SOURCE = 2.0, 1.3, 1.5, 0.7
_ENOUGH = 1.2  # less than a headline, more than a source line and half a text


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An item with its section."""

    section: Section
    item: Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Items of both, what was taken out, what was put in; each in the order of its issue."""

    both: tuple[tuple[Placed, Placed], ...]
    dropped: tuple[Placed, ...]
    inserted: tuple[Placed, ...]


def placed(issue: Issue) -> list[Placed]:
    """The items in their order."""
    return [Placed(section=section, item=item) for section in issue.sections for item in section.items]


def pairs_of(before: Issue, after: Issue, profile: Profile) -> Pairs:
    """The items of both issues by what they say: address, headline, text, source line. `both` is in `after`'s order."""
    old, new = placed(before), placed(after)
    signs = {id(one): _Signs.of(one.item, profile) for one in (*old, *new)}
    scores = [
        (_score(signs[id(left)], signs[id(right)]), at, place)
        for (at, left), (place, right) in product(enumerate(old), enumerate(new))
    ]
    found = _matched(sorted((one for one in scores if one[0] >= _ENOUGH), key=lambda one: (-one[0], *one[1:])))
    taken = set(found.values())
    return Pairs(
        both=tuple((old[found[at]], one) for at, one in enumerate(new) if at in found),
        dropped=tuple(one for at, one in enumerate(old) if at not in taken),
        inserted=tuple(one for at, one in enumerate(new) if at not in found),
    )


def _matched(scores: Sequence[tuple[float, int, int]]) -> dict[int, int]:
    """The old item's place by the new one's: the best pairs first, each item once."""
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, old, new in scores:
        if old not in taken and new not in found:
            found[new] = old
            taken.add(old)
    return found


@dataclass(frozen=True, slots=True)
class _Signs:
    """What an item is known by."""

    url: str | None
    headline: frozenset[str]
    texts: frozenset[str]
    source: str

    @classmethod
    def of(cls, item: Item, profile: Profile) -> "_Signs":
        own = item.author or ""
        source = source_line(item, profile) if item.origin == "press" else own
        return cls(item.url, frozenset(fold(item.headline).split()), frozenset(_keys(item.paragraphs)), fold(source))


def _keys(paragraphs: Iterable[str]) -> Iterable[str]:
    return (fold(text) for text in paragraphs if text.strip())


def _score(old: _Signs, new: _Signs) -> float:
    score = _SAME_ADDRESS * (old.url is not None and old.url == new.url)
    score += _SAME_HEADLINE * _share(old.headline, new.headline)
    if old.texts and new.texts:
        score += _SAME_TEXT * len(old.texts & new.texts) / min(len(old.texts), len(new.texts))
    return score + _SAME_SOURCE * (old.source == new.source and bool(new.source))


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / (max(len(one), len(other)) or 1)

"""How much a story weighs beside the day's others: one score whose parts can be shown.

Each part is a value from 0 to 1, the score their mean by the profile's weights, so that what every part adds to it can
be told. Nothing here knows the clock, the input's order or another story.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType

from digest.model import Article, Candidate
from digest.profile import Choice, Weights

# The kind of outlet an article stands in, in the catalogue's words; None where it is not known.
KindOf = Callable[[Article], str | None]

# Who speaks with the most authority on the reform: the organs that decide it, then the press that reaches everyone.
OUTLET_WORTH = MappingProxyType(
    {
        "central_gov": 1.0,
        "ministry": 0.8,
        "national_paper": 0.7,
        "provincial_gov": 0.5,
        "provincial_paper": 0.5,
        "journal": 0.4,
    }
)
UNKNOWN = 0.5  # what a part is worth of which nothing is known: neither for the story nor against it


class Reach(IntEnum):
    """Whom what is told concerns, from one commune to the whole country."""

    COMMUNE = 0
    DISTRICT = 1
    PROVINCE = 2
    PROVINCES = 3
    COUNTRY = 4


_UNITS = MappingProxyType(
    {
        "xã": Reach.COMMUNE,
        "phường": Reach.COMMUNE,
        "thị trấn": Reach.COMMUNE,
        "đặc khu": Reach.COMMUNE,
        "huyện": Reach.DISTRICT,
        "quận": Reach.DISTRICT,
        "thị xã": Reach.DISTRICT,
        "thành phố": Reach.DISTRICT,
        "tp": Reach.DISTRICT,
    }
)
# "xã hội" is society, "hợp tác xã" a cooperative; a city that is a province of its own is no unit below one.
_UNIT = re.compile(
    r"(?<!\w)(?<!hợp tác )(thị xã|thị trấn|đặc khu|phường|xã|huyện|quận|thành phố|tp)(?!\s+(?:hội|luận)\b)"
    r"(?!\.?\s*(?:hà nội|hồ chí minh|hcm|đà nẵng|hải phòng|cần thơ|huế)\b)(?:(?<=tp)\.\s*|\s+)(\w)",
    re.IGNORECASE,
)
_CITIES = ("thành phố", "tp")  # without its name a city may be a province's or a province of its own
_ONE_OF_THEM = re.compile(r"(?:^|\bmột|[:|])\s*$", re.IGNORECASE)
_SEVERAL = re.compile(r"\b(?:các|nhiều|những|hai|ba|bốn|\d+)\s+(?:tỉnh|địa phương)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a score: its value from 0 to 1, and the points of the score it brings."""

    name: str
    value: float
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rank:
    """A story's score from 0 to 1 with the parts it is the sum of, in the order of the profile's weights."""

    score: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A story's articles, each as it would lead it, in the order in which they would, and the rank they share."""

    members: tuple[Candidate, ...]
    rank: Rank

    @property
    def lead(self) -> Candidate:
        """The article that leads unless a quota stands in its way."""
        return self.members[0]

    @property
    def name(self) -> str:
        """The story's id."""
        return self.lead.story.story


def no_kind(_article: Article) -> str | None:
    """Where no catalogue is at hand: the kind of no outlet is known."""
    return None


def rank_of(story: Sequence[Candidate], *, choice: Choice, freshness: float, kind_of: KindOf) -> Rank:
    """The rank of a story by its articles, its lead first; `freshness` is 0 at the window's beginning, 1 at its end."""
    lead = story[0]
    outlets = {member.article.outlet or member.article.id for member in story}
    values = {
        "relevance": max(member.judgement.relevance for member in story),
        "story": 1 - 1 / len(outlets),  # one outlet nothing, two a half, five 0.8
        "outlet": max(OUTLET_WORTH.get(kind_of(member.article) or "", UNKNOWN) for member in story),
        "freshness": freshness,
        "reach": _reach_value(lead, choice.own_province),
    }
    return _weighed(values, choice.weights)


def reach_of(candidate: Candidate) -> Reach:
    """Whom it concerns: a central decision the country, else the lowest unit its title tells of, else its provinces.

    What names no place at all concerns the country, unless it is local news: then one province that is not known.
    """
    judgement, title = candidate.judgement, candidate.article.title
    if judgement.section == "chu_truong":
        return Reach.COUNTRY
    below = level_of(title)
    if below < Reach.PROVINCE:
        return below
    if len(judgement.provinces) > 1 or _SEVERAL.search(title):
        return Reach.PROVINCES
    return Reach.PROVINCE if judgement.provinces or judgement.section == "dia_phuong" else Reach.COUNTRY


def level_of(title: str) -> Reach:
    """The lowest unit below the province that a title tells of, PROVINCE where it tells of none.

    One unit is told of: by its name ("xã A Lưới 2"), as "một huyện", or where the title begins ("Phường đông dân …").
    "Cấp xã", "các phường" speak of all of them, so of the province.
    """
    return min((_UNITS[unit.group(1).lower()] for unit in _units_of(title)), default=Reach.PROVINCE)


def least_certain(candidates: Iterable[Candidate], *, line: float) -> tuple[Candidate, ...]:
    """The candidates whose relevance lies closest to the line first: where an editor's look is worth most.

    Of two as close, the one whose section is less certain comes first.
    """

    def certainty(candidate: Candidate) -> tuple[float, float, str]:
        judgement = candidate.judgement
        return (abs(judgement.relevance - line), judgement.section_confidence, candidate.article.id)

    return tuple(sorted(candidates, key=certainty))


def _units_of(title: str) -> Iterable[re.Match[str]]:
    for unit in _UNIT.finditer(title):
        following = unit.group(2)
        named = following.isupper() or following.isdigit()
        if named or (unit.group(1).lower() not in _CITIES and _ONE_OF_THEM.search(title[: unit.start()])):
            yield unit


def _reach_value(lead: Candidate, own_province: str | None) -> float:
    # An office's readers care for their own province as for the country.
    reach = Reach.COUNTRY if own_province in lead.judgement.provinces else reach_of(lead)
    return reach / Reach.COUNTRY


def _weighed(values: dict[str, float], weights: Weights) -> Rank:
    by_name = {name: getattr(weights, name) for name in values}
    whole = sum(by_name.values())
    parts = tuple(
        Part(name=name, value=round(value, 4), points=round(value * by_name[name] / whole, 4))
        for name, value in values.items()
    )
    return Rank(score=round(sum(part.points for part in parts), 4), parts=parts)

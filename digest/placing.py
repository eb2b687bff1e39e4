"""Where an item stands: under which section the profile prints it, and in which order inside that section."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from digest.model import SECTION_KEYS, VIETNAM, Article, Candidate, Chosen, Judgement
from digest.profile import Choice, Profile
from digest.ranking import Rank, level_of
from digest.text import SortKey, sort_key

_SOFT = re.compile(r"\b(cuộc thi|hội thi|thi tìm hiểu|thi viết|giải thưởng|gương sáng|chân dung)\b")
_NO_DAY = "9"  # after every day
OPINION = "phan_tich"


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An item with the rank by which it was taken."""

    pick: Chosen
    rank: Rank


def printed_section(judgement: Judgement, profile: Profile) -> str:
    """The key under which this profile prints: its own, or the one it folds into."""
    acts = bool(judgement.provinces)
    key = _own_section(judgement)
    for rule in profile.folds:
        if rule.key == key:
            by_area = (rule.by_area[area] for area in judgement.areas if area in rule.by_area)
            return next(by_area, rule.with_province if acts else rule.otherwise)
    return key


def _own_section(judgement: Judgement) -> str:
    """The one of the model's sections that the article is of."""
    return judgement.section or ("dia_phuong" if judgement.provinces else "chu_truong")


def counted_province(candidate: Candidate, section: str) -> str | None:
    """The place an item is counted under; a central decision that names provinces counts under none."""
    places = candidate.judgement.provinces
    if section not in SECTION_KEYS:  # the bulletin's own: what the article is of decides
        section = _own_section(candidate.judgement)
    return places[0] if places and section != "chu_truong" else None


def in_order(taken: Sequence[Placed], profile: Profile) -> list[Placed]:
    """The items in printing order: sections in the profile's, each in its own."""
    ordered: list[Placed] = []
    for rule in profile.sections:
        ordered.extend(_section_order([item for item in taken if item.pick.section == rule.key], profile.choice))
    return ordered


def _section_order(items: Sequence[Placed], choice: Choice) -> list[Placed]:
    if choice.order == "place":
        return _by_place(items, choice)
    heaviest = sorted(items, key=lambda item: (-item.rank.score, item.pick.candidate.article.url or ""))
    if choice.order == "score":
        return heaviest
    return sorted(heaviest, key=lambda item: _age(item, newest=choice.order == "newest"))


def _age(item: Placed, *, newest: bool) -> tuple[bool, float]:
    """What has no time stands last."""
    moment = item.pick.candidate.article.published
    seconds = moment.timestamp() if moment else 0.0
    return moment is None, -seconds if newest else seconds


def _by_place(items: Sequence[Placed], choice: Choice) -> list[Placed]:
    """Places named first by the profile, then the older day; a place stays together; the softest item last.

    Places of one day stand in the order of their names, items that name none before them. Inside a place the province
    comes before its districts and communes, then the older day, then the heavier story.
    """
    first = ((choice.own_province,) if choice.own_province else ()) + choice.first_provinces
    ranks = {name: rank for rank, name in enumerate(dict.fromkeys(first))}
    earliest: dict[str, str] = {}
    for item in items:
        place = _place(item)
        earliest[place] = min(earliest.get(place, _NO_DAY), _day(item.pick.candidate.article))

    def position(item: Placed) -> tuple[bool, int, str, SortKey, int, str, float, str]:
        article = item.pick.candidate.article
        place = _place(item)
        return (
            _is_soft(item),
            ranks.get(place, len(ranks)),
            earliest[place] if place else _day(article),
            sort_key(place),
            -level_of(article.title),
            _day(article),
            -item.rank.score,
            article.url or article.id,
        )

    return sorted(items, key=position)


def _is_soft(item: Placed) -> bool:
    """A contest or a portrait; an opinion piece among the news of a section that opinion folds into."""
    judgement = item.pick.candidate.judgement
    folded_opinion = judgement.section == OPINION != item.pick.section
    return folded_opinion or bool(_SOFT.search(_folded_words(item.pick.candidate.article.title)))


def _place(item: Placed) -> str:
    return counted_province(item.pick.candidate, item.pick.section) or ""


def _day(article: Article) -> str:
    return article.published.astimezone(VIETNAM).date().isoformat() if article.published else _NO_DAY


def _folded_words(text: str) -> str:
    return " ".join(text.lower().split())

"""Which stories an issue prints, and in which order: pure rules, each drop with the rule's name.

The rules' names are stable words; reports count by them and `diembao why` answers with them.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from digest.model import VIETNAM, Also, Article, Candidate, Chosen, Judgement
from digest.profile import Choice, Profile
from digest.text import fold

NOT_RELEVANT = "not-relevant"
OUTSIDE_WINDOW = "outside-window"
PRINTED_BEFORE = "printed-before"
REPRINT = "reprint"
SECTION_FULL = "section-full"
PROVINCE_FULL = "province-full"
OUTLET_FULL = "outlet-full"
ISSUE_FULL = "issue-full"

# A story's articles, each as it would lead it, in the order in which they would.
_Story = tuple[Candidate, ...]
_SOFT = re.compile(r"\b(cuộc thi|hội thi|thi tìm hiểu|thi viết|giải thưởng|gương sáng|chân dung)\b")
_BELOW_PROVINCE = re.compile(r"\b(huyện|quận|thị xã|thị trấn|xã|phường|đặc khu)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A candidate that is not printed: which rule decided, and the detail a person would ask for."""

    candidate: Candidate
    rule: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The half-open stretch of time whose articles an issue may print."""

    start: datetime
    end: datetime

    def holds(self, moment: datetime | None) -> bool:
        """True for a moment inside; an unknown time counts as of the day."""
        return moment is None or self.start <= moment < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What the last issues printed: articles by id and address, and the stories these belong to."""

    articles: frozenset[str] = frozenset()
    urls: frozenset[str] = frozenset()
    stories: frozenset[str] = frozenset()

    def has(self, article: Article) -> bool:
        """True when this very article stood in one of those issues."""
        return article.id in self.articles or (article.url is not None and article.url in self.urls)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The outcome: items in printing order, and everything else with its reason."""

    chosen: tuple[Chosen, ...]
    dropped: tuple[Dropped, ...]


def choose(
    candidates: Sequence[Candidate], *, profile: Profile, window: Window, printed: Printed | None = None
) -> Selection:
    """The day's items. The same candidates in any order give the same selection."""
    stories, dropped = _one_a_story(candidates, window=window, printed=printed or Printed())
    picks = _spread(sorted(stories, key=lambda story: _rank(story[0])), profile)
    chosen = _in_order(picks.taken, profile)
    return Selection(chosen=tuple(chosen), dropped=(*dropped, *picks.left))


def printed_section(judgement: Judgement, profile: Profile) -> str:
    """The key under which this profile prints: its own, or the one it folds into."""
    acts = bool(judgement.provinces)
    key = judgement.section or ("dia_phuong" if acts else "chu_truong")
    for rule in profile.folds:
        if rule.key == key:
            return rule.with_province if acts else rule.otherwise
    return key


def _rank(candidate: Candidate) -> tuple[float, int, str, str]:
    """Most relevant first, then the story most outlets ran, then the latest; the address breaks ties."""
    article = candidate.article
    moment = article.published.astimezone(VIETNAM).isoformat() if article.published else ""
    inverted = "".join(chr(0x10FFFF - ord(char)) for char in moment)
    return (-candidate.judgement.relevance, -len(candidate.also), inverted, article.url or article.id)


def _one_a_story(
    candidates: Iterable[Candidate], *, window: Window, printed: Printed
) -> tuple[list[_Story], list[Dropped]]:
    members_of: dict[str, list[Candidate]] = {}
    dropped: list[Dropped] = []
    for candidate in candidates:
        if window.holds(candidate.article.published):
            members_of.setdefault(candidate.story.story, []).append(candidate)
        else:
            dropped.append(Dropped(candidate=candidate, rule=OUTSIDE_WINDOW, detail=str(candidate.article.published)))
    stories: list[_Story] = []
    for members in members_of.values():
        rule = _story_rule(members, printed)
        if rule is None:
            ordered = sorted(members, key=_leading)
            stories.append(tuple(_leading_the(ordered, one) for one in ordered))
        else:
            dropped.extend(Dropped(candidate=member, rule=rule[0], detail=rule[1]) for member in members)
    return stories, dropped


def _leading(candidate: Candidate) -> tuple[bool, str, str]:
    article = candidate.article
    moment = article.published.astimezone(VIETNAM).isoformat() if article.published else "9"
    return (not candidate.story.lead, moment, article.url or article.id)


def _story_rule(members: Sequence[Candidate], printed: Printed) -> tuple[str, str] | None:
    for member in members:
        if printed.has(member.article) or member.story.story in printed.stories:
            return PRINTED_BEFORE, member.article.id
    if not any(member.judgement.selected for member in members):
        best = max(member.judgement.relevance for member in members)
        return NOT_RELEVANT, f"{best:.2f}"
    return None


def _leading_the(story: Sequence[Candidate], lead: Candidate) -> Candidate:
    """One of the story's articles as its lead: the best relevance found in the story, and who else ran it."""
    best = max(story, key=lambda member: member.judgement.relevance).judgement.relevance
    also = {
        other.article.outlet: Also(outlet=other.article.outlet, url=other.article.url)
        for other in reversed(story)
        if other.article.outlet and other.article.outlet != lead.article.outlet
    }
    judgement = replace(lead.judgement, relevance=best, selected=True)
    return replace(lead, judgement=judgement, also=tuple(also[name] for name in sorted(also)))


@dataclass(slots=True)
class _Picks:
    """What was taken so far, counted the ways the quotas count."""

    choice: Choice
    limits: dict[str, int]
    taken: list[Chosen] = field(default_factory=list)
    left: list[Dropped] = field(default_factory=list)
    outlets: Counter[str] = field(default_factory=Counter)
    provinces: Counter[str] = field(default_factory=Counter)
    sections: Counter[str] = field(default_factory=Counter)

    def refusal(self, candidate: Candidate, section: str, per_outlet: int) -> tuple[str, str] | None:
        """The first quota that stands in the way, with its count."""
        outlet = candidate.article.outlet
        province = _counted_province(candidate, section)
        if len(self.taken) >= self.choice.at_most:
            return ISSUE_FULL, str(self.choice.at_most)
        if self.sections[section] >= self.limits[section]:
            return SECTION_FULL, section
        if province and self.provinces[province] >= self.choice.per_province:
            return PROVINCE_FULL, province
        if outlet and self.outlets[outlet] >= per_outlet:
            return OUTLET_FULL, outlet
        return None

    def leave(self, story: Iterable[Candidate], rule: str, detail: str) -> None:
        self.left.extend(Dropped(candidate=candidate, rule=rule, detail=detail) for candidate in story)

    def take(self, candidate: Candidate, section: str) -> None:
        self.taken.append(Chosen(candidate=candidate, section=section))
        self.sections[section] += 1
        if candidate.article.outlet:
            self.outlets[candidate.article.outlet] += 1
        province = _counted_province(candidate, section)
        if province:
            self.provinces[province] += 1


def _counted_province(candidate: Candidate, section: str) -> str | None:
    """The place an item is counted under; a central decision that names provinces counts under none."""
    places = candidate.judgement.provinces
    return places[0] if places and section != "chu_truong" else None


def _spread(ranked: Sequence[_Story], profile: Profile) -> _Picks:
    """Take by rank within the quotas; while too few are taken, let an outlet stand once more."""
    picks = _Picks(choice=profile.choice, limits={rule.key: rule.at_most for rule in profile.sections})
    waiting = list(ranked)
    per_outlet = profile.choice.per_outlet
    while waiting:
        refused: list[tuple[_Story, str, str]] = []
        for story in waiting:
            full_enough = per_outlet > profile.choice.per_outlet and len(picks.taken) >= profile.choice.at_least
            refusal = _take_one_of(story, picks, profile, profile.choice.per_outlet if full_enough else per_outlet)
            if refusal:
                refused.append((story, *refusal))
        again = len(picks.taken) < profile.choice.at_least
        waiting = [story for story, rule, _ in refused if again and rule == OUTLET_FULL]
        for story, rule, detail in refused:
            if story not in waiting:
                picks.leave(story, rule, detail)
        per_outlet += 1
    return picks


def _take_one_of(story: _Story, picks: _Picks, profile: Profile, per_outlet: int) -> tuple[str, str] | None:
    """Take the story through its lead, else through another outlet that ran it; what stood in the lead's way."""
    first: tuple[str, str] | None = None
    for candidate in story:
        section = printed_section(candidate.judgement, profile)
        refusal = picks.refusal(candidate, section, per_outlet)
        if refusal is None:
            picks.take(candidate, section)
            picks.leave([other for other in story if other is not candidate], REPRINT, candidate.article.id)
            return None
        first = first or refusal
    return first


def _in_order(taken: Sequence[Chosen], profile: Profile) -> list[Chosen]:
    ordered: list[Chosen] = []
    for rule in profile.sections:
        ordered.extend(_section_order([pick for pick in taken if pick.section == rule.key], profile.choice))
    return ordered


def _section_order(picks: Sequence[Chosen], choice: Choice) -> list[Chosen]:
    """Places named first by the profile, then the older day; a place stays together; the softest item last."""
    first = ((choice.own_province,) if choice.own_province else ()) + choice.first_provinces
    ranks = {name: rank for rank, name in enumerate(dict.fromkeys(first))}
    earliest: dict[str, str] = {}
    for pick in picks:
        place = _place(pick)
        earliest[place] = min(earliest.get(place, "9"), _day(pick.candidate.article))

    def position(pick: Chosen) -> tuple[bool, int, str, str, bool, str, str]:
        article = pick.candidate.article
        title = fold(article.title)
        place = _place(pick)
        return (
            bool(_SOFT.search(_folded_words(article.title))),
            ranks.get(place, len(ranks)),
            earliest[place] if place else _day(article),
            place,
            bool(_BELOW_PROVINCE.search(_folded_words(article.title))),
            article.published.astimezone(VIETNAM).isoformat() if article.published else "9",
            article.url or title,
        )

    return sorted(picks, key=position)


def _place(pick: Chosen) -> str:
    return _counted_province(pick.candidate, pick.section) or ""


def _day(article: Article) -> str:
    return article.published.astimezone(VIETNAM).date().isoformat() if article.published else "9"


def _folded_words(text: str) -> str:
    return " ".join(text.lower().split())

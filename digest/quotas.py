"""Which stories are taken within the quotas: of the issue, of a section, of a province, of an outlet."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digest.model import Candidate, Chosen
from digest.placing import Placed, counted_province, printed_section
from digest.profile import Profile
from digest.ranking import Story

SECTION_FULL = "section-full"
PROVINCE_FULL = "province-full"
OUTLET_FULL = "outlet-full"
ISSUE_FULL = "issue-full"
# A quota: its rule, and whose it is (a section's key, a province, an outlet; for the issue how many items it takes).
_Quota = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A story that is printed, through which of its articles, and the others of it."""

    item: Placed
    others: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A story that a quota kept out: which, whose, and by how much its score is behind the last item that fills it."""

    story: Story
    rule: str
    whose: str
    short: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """What was taken, and what was not, the heaviest first."""

    taken: tuple[Taken, ...]
    refused: tuple[Refused, ...]


def spread(ranked: Sequence[Story], profile: Profile) -> Spread:
    """Take by rank within the quotas, first the seats the sections have reserved.

    `ranked` are the stories that may be printed, the heaviest first. While the issue (or a section with reserved seats)
    has too few, an outlet may stand once more.
    """
    picks = _Picks(profile)
    for section in profile.sections:
        own = [story for story in ranked if printed_section(story.lead.judgement, profile) == section.key]
        _fill(own, picks, least=section.at_least, section=section.key)
    rest = [story for story in ranked if story.name not in picks.stories]
    for story in rest:
        picks.offer(story, profile.choice.per_outlet)
    _fill([story for story in rest if picks.waits(story)], picks, least=profile.choice.at_least)
    return Spread(taken=tuple(picks.taken), refused=tuple(picks.refused(rest)))


def _fill(stories: Sequence[Story], picks: "_Picks", *, least: int, section: str | None = None) -> None:
    """Offer the stories until so many are taken, each time with one more item an outlet."""
    per_outlet = picks.profile.choice.per_outlet
    waiting = list(stories)
    while waiting and picks.count(section) < least:
        for story in waiting:
            if picks.count(section) < least:
                picks.offer(story, per_outlet)
        waiting = [story for story in waiting if picks.waits(story)]
        per_outlet += 1


class _Picks:
    """What was taken so far, counted the ways the quotas count."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.taken: list[Taken] = []
        self.stories: set[str] = set()
        self._sections = {rule.key: rule.at_most for rule in profile.sections}
        self._counts: Counter[_Quota] = Counter()
        self._in_the_way: dict[str, _Quota] = {}

    def count(self, section: str | None) -> int:
        """The items of the section, of the issue if None."""
        return len(self.taken) if section is None else self._counts[SECTION_FULL, section]

    def waits(self, story: Story) -> bool:
        """Whether nothing but its outlet's quota stood in the story's way."""
        return story.name not in self.stories and self._in_the_way.get(story.name, ("", ""))[0] == OUTLET_FULL

    def offer(self, story: Story, per_outlet: int) -> None:
        """Take the story through its lead, else through another outlet that ran it; else note what stops the lead."""
        stopping: list[_Quota] = []
        for candidate in story.members:
            quota = self._full(candidate, per_outlet)
            if quota is None:
                self._take(story, candidate)
                return
            stopping.append(quota)
        self._in_the_way[story.name] = stopping[0]

    def refused(self, stories: Sequence[Story]) -> Iterator[Refused]:
        """Those of the stories that were not taken."""
        for story in stories:
            if story.name not in self.stories:
                rule, whose = self._in_the_way[story.name]
                last = min(self._scores(rule, whose))
                short = round(max(0.0, last - story.rank.score), 4)  # an item with a reserved seat may be behind it
                yield Refused(story=story, rule=rule, whose=whose, short=short)

    def _full(self, candidate: Candidate, per_outlet: int) -> _Quota | None:
        """The first quota that stands in the way."""
        at_most = self.profile.choice.at_most
        if len(self.taken) >= at_most:
            return ISSUE_FULL, str(at_most)
        for rule, whose in _quotas_of(candidate, self.profile):
            if self._counts[rule, whose] >= self._limit(rule, whose, per_outlet):
                return rule, whose
        return None

    def _limit(self, rule: str, whose: str, per_outlet: int) -> int:
        if rule == SECTION_FULL:
            return self._sections[whose]
        return self.profile.choice.per_province if rule == PROVINCE_FULL else per_outlet

    def _take(self, story: Story, candidate: Candidate) -> None:
        section = printed_section(candidate.judgement, self.profile)
        item = Placed(pick=Chosen(candidate=candidate, section=section), rank=story.rank)
        self.taken.append(Taken(item=item, others=tuple(one for one in story.members if one is not candidate)))
        self.stories.add(story.name)
        self._counts.update(_quotas_of(candidate, self.profile))

    def _scores(self, rule: str, whose: str) -> Iterator[float]:
        for taken in self.taken:
            if rule == ISSUE_FULL or (rule, whose) in _quotas_of(taken.item.pick.candidate, self.profile):
                yield taken.item.rank.score


def _quotas_of(candidate: Candidate, profile: Profile) -> tuple[_Quota, ...]:
    """The quotas an article counts for, beside the issue's."""
    section = printed_section(candidate.judgement, profile)
    province, outlet = counted_province(candidate, section), candidate.article.outlet
    named = ((SECTION_FULL, section), (PROVINCE_FULL, province), (OUTLET_FULL, outlet))
    return tuple((rule, whose) for rule, whose in named if whose)

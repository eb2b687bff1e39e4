"""Which stories an issue prints, and in which order: pure rules, each drop with the rule's name.

The rules' names are stable words; reports count by them and `diembao why` answers with them. The quotas' rules stand
in `digest.quotas`, the score that ranks the stories in `digest.ranking`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from digest.about import Filter, filter_of
from digest.model import VIETNAM, Also, Article, Candidate, Chosen
from digest.placing import in_order
from digest.profile import Profile
from digest.quotas import Refused, spread
from digest.ranking import UNKNOWN, KindOf, Rank, Story, no_kind, rank_of

NOT_RELEVANT = "not-relevant"
OUTSIDE_WINDOW = "outside-window"
PRINTED_BEFORE = "printed-before"
REPRINT = "reprint"
NOT_OF_AGENCY = "not-of-agency"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A candidate that is not printed: which rule decided, and the detail a person would ask for.

    The detail is the story's relevance, the time of publication, the id of the article that was printed or that leads,
    or whose quota is full. `short` says by how much it missed: below the model's line, or of a score behind the last
    item of the quota; None where that makes no sense. `rank` is the story's, where it was ranked.
    """

    candidate: Candidate
    rule: str
    detail: str = ""
    short: float | None = None
    rank: Rank | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The half-open stretch of time whose articles an issue may print."""

    start: datetime
    end: datetime

    def holds(self, moment: datetime | None) -> bool:
        """True for a moment inside; an unknown time counts as of the day."""
        return moment is None or self.start <= moment < self.end

    @property
    def day(self) -> date:
        """The day of the issue: the last one inside."""
        return (self.end - timedelta(microseconds=1)).astimezone(VIETNAM).date()

    def freshness(self, moment: datetime | None) -> float:
        """How late in the window a moment lies, 0 to 1."""
        if moment is None:
            return UNKNOWN
        whole = max(self.end - self.start, timedelta(microseconds=1))
        return min(1.0, max(0.0, (moment - self.start) / whole))


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What the last issues printed: articles by id and address, and the stories these belong to.

    `with_news` are the ids of articles of such stories that tell what the issues did not: these may be printed.
    """

    articles: frozenset[str] = frozenset()
    urls: frozenset[str] = frozenset()
    stories: frozenset[str] = frozenset()
    with_news: frozenset[str] = frozenset()

    def has(self, article: Article) -> bool:
        """True when this very article stood in one of those issues."""
        return article.id in self.articles or (article.url is not None and article.url in self.urls)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The outcome: items in printing order with their ranks beside them, and everything else with its reason.

    The tray holds the stories that just missed, each as the article that would have led it: those a quota kept out, the
    heaviest first, then those a little below the model's line, the closest first. They stand in `dropped` too.
    """

    chosen: tuple[Chosen, ...]
    dropped: tuple[Dropped, ...]
    tray: tuple[Dropped, ...] = ()
    ranks: tuple[Rank, ...] = ()


def choose(  # noqa: PLR0913 - named where it is called
    candidates: Sequence[Candidate],
    *,
    profile: Profile,
    window: Window,
    printed: Printed | None = None,
    line: float | None = None,
    kind_of: KindOf = no_kind,
) -> Selection:
    """The day's items. The same candidates in any order give the same selection.

    `line` is the relevance from which on the model selects: where it is not known nobody can say what just missed it.
    """
    groups, dropped = _grouped(candidates, window=window, printed=printed or Printed())
    groups, others = _about(groups, filter_of(profile.about, window.day))
    dropped += others
    stories = [_story(members, profile, window, kind_of) for members in groups]
    ranked = sorted(stories, key=lambda story: (-story.rank.score, story.lead.article.url or story.lead.article.id))
    made = spread([story for story in ranked if story.lead.judgement.selected], profile)
    ordered = in_order([taken.item for taken in made.taken], profile)
    reprints = (
        Dropped(candidate=other, rule=REPRINT, detail=taken.item.pick.candidate.article.id)
        for taken in made.taken
        for other in taken.others
    )
    kept_out = [_kept_out(refused) for refused in made.refused]
    below = [_below(story, line) for story in ranked if not story.lead.judgement.selected]
    return Selection(
        chosen=tuple(item.pick for item in ordered),
        ranks=tuple(item.rank for item in ordered),
        dropped=(*dropped, *reprints, *(drop for story in (*kept_out, *below) for drop in story)),
        tray=(*(story[0] for story in kept_out), *_near([story[0] for story in below], profile.choice.near_miss)),
    )


def _grouped(
    candidates: Sequence[Candidate], *, window: Window, printed: Printed
) -> tuple[list[list[Candidate]], list[Dropped]]:
    """The candidates by story, without those of another time and those that the last issues had."""
    members_of: dict[str, list[Candidate]] = {}
    dropped: list[Dropped] = []
    again = _printed_in(candidates, printed)
    for candidate in candidates:
        article, story = candidate.article, candidate.story.story
        if printed.has(article) or (story in again and article.id not in printed.with_news):
            dropped.append(Dropped(candidate=candidate, rule=PRINTED_BEFORE, detail=again[story]))
        elif not window.holds(article.published):
            dropped.append(Dropped(candidate=candidate, rule=OUTSIDE_WINDOW, detail=str(article.published)))
        else:
            members_of.setdefault(story, []).append(candidate)
    return list(members_of.values()), dropped


def _about(groups: list[list[Candidate]], belongs: Filter) -> tuple[list[list[Candidate]], list[Dropped]]:
    """The stories one of whose articles is about what the digest is about; the others with the rule's name."""
    kept, others = [], []
    for members in groups:
        if any(map(belongs, members)):
            kept.append(members)
        else:
            others += [Dropped(candidate=member, rule=NOT_OF_AGENCY) for member in members]
    return kept, others


def _printed_in(candidates: Sequence[Candidate], printed: Printed) -> dict[str, str]:
    """The stories that were printed, and the id of the article they were printed through, if it is a candidate."""
    again = dict.fromkeys(printed.stories, "")
    for candidate in candidates:
        if printed.has(candidate.article):
            known = again.get(candidate.story.story)
            again[candidate.story.story] = min(filter(None, (known, candidate.article.id)))
    return again


def _story(members: Sequence[Candidate], profile: Profile, window: Window, kind_of: KindOf) -> Story:
    ordered = sorted(members, key=_leading)
    moments = [member.article.published for member in ordered if member.article.published]
    rank = rank_of(
        ordered,
        choice=profile.choice,
        freshness=window.freshness(max(moments, default=None)),
        kind_of=kind_of,
    )
    return Story(members=tuple(_leading_the(ordered, one) for one in ordered), rank=rank)


def _leading(candidate: Candidate) -> tuple[bool, bool, float, str]:
    article = candidate.article
    moment = article.published.timestamp() if article.published else 0.0
    return (not candidate.story.lead, article.published is None, moment, article.url or article.id)


def _leading_the(story: Sequence[Candidate], lead: Candidate) -> Candidate:
    """One of the story's articles as its lead: the best relevance found in the story, and who else ran it."""
    best = max(member.judgement.relevance for member in story)
    also = {
        other.article.outlet: Also(outlet=other.article.outlet, url=other.article.url)
        for other in reversed(story)
        if other.article.outlet and other.article.outlet != lead.article.outlet
    }
    selected = any(member.judgement.selected for member in story)
    judgement = replace(lead.judgement, relevance=best, selected=selected)
    return replace(lead, judgement=judgement, also=tuple(also[name] for name in sorted(also)))


def _kept_out(refused: Refused) -> list[Dropped]:
    """A story that a quota kept out, its lead first."""
    return [
        Dropped(candidate=member, rule=refused.rule, detail=refused.whose, short=refused.short, rank=refused.story.rank)
        for member in refused.story.members
    ]


def _below(story: Story, line: float | None) -> list[Dropped]:
    """A story below the model's line, its lead first."""
    best = story.lead.judgement.relevance
    short = None if line is None else round(max(0.0, line - best), 4)
    return [
        Dropped(candidate=member, rule=NOT_RELEVANT, detail=f"{best:.2f}", short=short, rank=story.rank)
        for member in story.members
    ]


def _near(below: Iterable[Dropped], margin: float) -> list[Dropped]:
    """Those below the line by at most so much, the closest first; of two as close the heavier."""
    near = [drop for drop in below if drop.short is not None and drop.short <= margin]
    return sorted(near, key=lambda drop: drop.short or 0.0)

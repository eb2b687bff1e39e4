"""Why an article is in the day's issue, or why it is not: one line for a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from classifiers import modelfile
from digest import choose as rules
from digest.choose import Dropped, Selection
from digest.model import VIETNAM, Article, Issue, Item, Section
from digest.pipeline.drafting import issue_window, kinds_of
from digest.pipeline.reasons import reason
from digest.pipeline.selecting import Selected, late_stories, select_day
from digest.pipeline.store import printed_as
from digest.profile import Profile
from digest.ranking import Rank
from digest.workdays import is_working_day
from scrapers.catalogue import find
from scrapers.identity import same_article
from scrapers.source import Source
from storage import runs
from storage.articles import article_by_id, article_by_url
from storage.database import reading
from storage.issues import days_with, issue_of
from storage.rounds import Reach, reach_of
from storage.stories import last_day_with


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """What is asked: of which article, in which issue, with what the model of which line made of the day."""

    article: Article
    profile: Profile
    day: date
    standing: Issue | None
    selected: Selected
    line: float

    @property
    def selection(self) -> Selection:
        return self.selected.draft.selection


def why(  # noqa: PLR0913 - named where it is called
    engine: Engine, url: str, *, sources: Sequence[Source], profile: Profile, day: date | None, model: Path | None
) -> str:
    """What became of the article at this address in the issue of `day`.

    None asks for the issue that has it, else the last that it was judged for, else that of the next working day.
    """
    source = find(sources, url)
    with reading(engine) as session:
        identity = same_article(url, source)
        article = article_by_url(session, url) or article_by_url(session, identity)
        failure = runs.latest_failure(session, url) or runs.latest_failure(session, identity)
        reach = reach_of(session, source.id) if source else None
    if article is None:
        return _unread(source, failure, reach)
    on = day or _issue_day(engine, profile.id, article)
    if on is None:
        return "collected, but its day is not known: name one with --date"
    card = modelfile.read(model).card
    with reading(engine) as session:
        standing = issue_of(session, profile.id, on)
    selected = select_day(engine, profile, on, model=card.name, line=card.line, kind_of=kinds_of(sources))
    case = _Case(article=article, profile=profile, day=on, standing=standing, selected=selected, line=card.line)
    return f"issue of {on}: {_printed(case) or _dropped(engine, case) or _chosen(case) or _not_there(case)}"


def _unread(source: Source | None, failure: runs.Failure | None, reach: Reach | None) -> str:
    if failure:
        given_up = "; it is not asked again" if failure.permanent else ""
        return f"unread: {failure.stage} failed: {failure.kind} {failure.detail}".rstrip() + given_up
    if source is None:
        return "not fetched: its outlet is not in the catalogue"
    if source.not_collected:
        return f"not fetched: {source.outlet} is not collected: {source.not_collected}"
    return f"not fetched: {_out_of_reach(source, reach)}"


def _out_of_reach(source: Source, reach: Reach | None) -> str:
    if reach is None or reach.asked is None:
        return f"{source.outlet} was never asked; diembao collect asks it"
    if reach.answered is None:
        return f"{source.outlet} was asked, last {_said(reach.asked)}, and could never be read"
    if reach.answered < reach.asked:
        return f"{source.outlet} could not be read since {_said(reach.answered)}"
    return f"no feed or section page of {source.outlet} led to it, or only with a time outside the window"


def _said(moment: datetime) -> str:
    return f"{moment.astimezone(VIETNAM):%d/%m/%Y %H:%M}"


def _issue_day(engine: Engine, profile: str, article: Article) -> date | None:
    with reading(engine) as session:
        printed = days_with(session, profile, article.id)
        judged = last_day_with(session, article.id)
    return next(iter(printed), judged) or _next_working_day(article)


def _next_working_day(article: Article) -> date | None:
    moment = article.published or article.fetched
    if moment is None:
        return None
    day = moment.astimezone(VIETNAM).date()
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def _printed(case: _Case) -> str | None:
    """It stands in the day's issue, as an item or named with one."""
    for section in case.standing.sections if case.standing else ():
        for item in section.items:
            if item.article == case.article.id:
                return f"printed as {_place(item, section)}{_ranked(case)}"
            if case.article.url and any(other.url == case.article.url for other in item.also):
                return (
                    f"dropped by rule {rules.REPRINT}: {item.url} leads the story, printed as {_place(item, section)}"
                )
    return None


def _place(item: Item, section: Section) -> str:
    return f"item {item.number} in {section.title}"


def _ranked(case: _Case) -> str:
    """What its score is made of, where today's choice would be the same."""
    for pick, rank in zip(case.selection.chosen, case.selection.ranks, strict=True):
        if pick.candidate.article.id == case.article.id:
            return f" ({_score(rank)})"
    return ""


def _score(rank: Rank) -> str:
    parts = " + ".join(f"{part.name} {part.points:.2f}" for part in rank.parts)
    return f"score {rank.score:.2f} = {parts}"


def _dropped(engine: Engine, case: _Case) -> str | None:
    drop = next((one for one in case.selection.dropped if one.candidate.article.id == case.article.id), None)
    if drop is None:
        return None
    near = any(one.candidate.story.story == drop.candidate.story.story for one in case.selection.tray)
    return f"{'near miss, ' if near else ''}dropped by rule {drop.rule}: {_reason(engine, case, drop)}"


def _reason(engine: Engine, case: _Case, drop: Dropped) -> str:
    """The rule's own words, with the addresses and issues that the database knows."""
    if drop.rule == rules.REPRINT:
        with reading(engine) as session:
            lead = article_by_id(session, drop.detail)
        return f"{(lead and lead.url) or drop.detail} leads the story"
    if drop.rule == rules.PRINTED_BEFORE:
        return _printed_before(engine, case) or reason(drop, line=case.line)
    return reason(drop, line=case.line)


def _printed_before(engine: Engine, case: _Case) -> str | None:
    marks = case.selected.marks
    story = marks[case.article.id].story
    others = {name for name, mark in marks.items() if mark.story == story}
    item = printed_as(engine, case.profile.id, case.day, case.article, others)
    if item is None:
        return None
    told = f"item {item.number} of the issue of {item.day}"
    return f"it was {told}" if item.article == case.article.id else f"its story was {told}, {item.url}"


def _chosen(case: _Case) -> str | None:
    """Chosen now, and not in the issue as it stands."""
    late = late_stories(case.selection, case.standing)
    if case.standing and any(pick.candidate.article.id == case.article.id for pick in late):
        if case.standing.status == "draft":
            return f"chosen, but not in the issue as it was edited (version {case.standing.version}){_ranked(case)}"
        return f"late: the issue was {case.standing.status} before it came; it would be printed{_ranked(case)}"
    if _ranked(case):
        return f"chosen, but not in the draft yet: run diembao run for it{_ranked(case)}"
    return None


def _not_there(case: _Case) -> str:
    window = issue_window(case.profile, case.day)
    moment = case.article.published or case.article.fetched
    if moment and not window.holds(moment):
        stretch = f"its articles are of {_said(window.start)} to {_said(window.end)}"
        return f"dropped by rule {rules.OUTSIDE_WINDOW}: published {_said(moment)}, {stretch}"
    return "collected, but not judged for that day: run diembao run for it"

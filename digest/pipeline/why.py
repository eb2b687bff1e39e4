"""Why an article is in the day's issue, or why it is not: one line for a person."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Engine

from classifiers import modelfile
from digest import choose as rules
from digest.model import VIETNAM, Article
from digest.pipeline.selecting import select_day
from digest.profile import Profile
from scrapers.catalogue import find
from scrapers.identity import same_article
from scrapers.source import Source
from storage import runs
from storage.articles import article_by_id, article_by_url
from storage.database import reading
from storage.issues import issue_of
from storage.rounds import Reach, reach_of

_SAID = {
    rules.NOT_RELEVANT: "below the line: the model gives its story {detail}",
    rules.OUTSIDE_WINDOW: "outside the window: published {detail}",
    rules.PRINTED_BEFORE: "printed before: one of the last seven issues had it",
    rules.REPRINT: "reprint: {detail} leads the story",
    rules.SECTION_FULL: "dropped by rule section-full: {detail} has its items",
    rules.PROVINCE_FULL: "dropped by rule province-full: {detail} has its items",
    rules.OUTLET_FULL: "dropped by rule outlet-full: {detail} has its item",
    rules.ISSUE_FULL: "dropped by rule issue-full: the issue has its {detail} items",
}


def why(  # noqa: PLR0913 - named where it is called
    engine: Engine, url: str, *, sources: Sequence[Source], profile: Profile, day: date | None, model: Path | None
) -> str:
    """What became of the article at this address in the issue of `day` (the article's own day if None)."""
    source = find(sources, url)
    with reading(engine) as session:
        identity = same_article(url, source)
        article = article_by_url(session, url) or article_by_url(session, identity)
        failure = runs.latest_failure(session, url) or runs.latest_failure(session, identity)
        reach = reach_of(session, source.id) if source else None
    if article is None:
        return _unread(source, failure, reach)
    on = day or _own_day(article)
    if on is None:
        return "collected, but its day is not known: name one with --date"
    return f"issue of {on}: {_judged(engine, article, profile, on, model)}"


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


def _own_day(article: Article) -> date | None:
    moment = article.published or article.fetched
    return moment.astimezone(VIETNAM).date() if moment else None


def _judged(engine: Engine, article: Article, profile: Profile, day: date, model: Path | None) -> str:
    with reading(engine) as session:
        standing = issue_of(session, profile.id, day)
    for section in standing.sections if standing else ():
        for item in section.items:
            if item.article == article.id:
                return f"printed as item {item.number} in {section.title}"
    made = select_day(engine, profile, day, model=modelfile.read(model).card.name).draft
    for drop in made.selection.dropped:
        if drop.candidate.article.id == article.id:
            return _SAID[drop.rule].format(detail=_named(engine, drop))
    return "collected, but not judged for that day: run diembao run for it"


def _named(engine: Engine, drop: rules.Dropped) -> str:
    """The rule's detail; for a reprint the address of the article that leads."""
    if drop.rule != rules.REPRINT:
        return drop.detail
    with reading(engine) as session:
        lead = article_by_id(session, drop.detail)
    return (lead and lead.url) or drop.detail

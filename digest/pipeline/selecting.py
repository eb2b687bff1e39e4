"""What the database holds of a day, chosen and composed anew: the draft, and the reason of everything not in it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine

from digest.choose import Dropped, Selection
from digest.issue import RightsOf, all_rights
from digest.model import Chosen, Issue, StoryMark
from digest.pipeline.drafting import Draft, NameOf, draft, issue_window, no_name
from digest.pipeline.news import with_news
from digest.pipeline.store import printed_before
from digest.profile import Profile
from digest.ranking import KindOf, no_kind
from digest.versions import is_settled
from storage import articles, judgements, stories
from storage.database import reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """The day's draft with its figures: how many articles are relevant, and each article's story by id."""

    draft: Draft
    relevant: int
    marks: dict[str, StoryMark]

    @property
    def stories(self) -> int:
        """How many stories the day has."""
        return len({mark.story for mark in self.marks.values()})


def select_day(  # noqa: PLR0913 - named where it is called
    engine: Engine,
    profile: Profile,
    day: date,
    *,
    model: str,
    line: float,
    rights: RightsOf = all_rights,
    kind_of: KindOf = no_kind,
    name_of: NameOf = no_name,
) -> Selected:
    """The draft of the articles that the model of this name and line has judged and that stand in the day's stories."""
    window = issue_window(profile, day)
    printed = printed_before(engine, profile.id, day)
    with reading(engine) as session:
        known = articles.articles_of_window(session, window.start, window.end)
        judged = judgements.judgements_of(session, [article.id for article in known], model)
        marks = stories.stories_of(session, day)
        names = sorted(printed.articles.intersection(marks))
        told = [article for name in names if (article := articles.article_by_id(session, name))]
    # What came in since then waits for the next run: every stage works on what the one before it has kept.
    ready = [article for article in known if article.id in judged and article.id in marks]
    made = draft(
        ready,
        judged,
        marks,
        profile=profile,
        day=day,
        printed=with_news(printed, ready, marks, told=told),
        line=line,
        rights=rights,
        kind_of=kind_of,
        name_of=name_of,
    )
    return Selected(draft=made, relevant=sum(judgement.selected for judgement in judged.values()), marks=marks)


def tray_of_day(  # noqa: PLR0913 - as select_day
    engine: Engine, profile: Profile, day: date, *, model: str, line: float, kind_of: KindOf = no_kind
) -> tuple[Dropped, ...]:
    """The stories that just missed the day's issue, as `Selection.tray` has them, from what the database holds now."""
    return select_day(engine, profile, day, model=model, line=line, kind_of=kind_of).draft.selection.tray


def late_stories(selection: Selection, standing: Issue | None) -> tuple[Chosen, ...]:
    """What would be printed now and does not stand in an issue that a person has had in hand."""
    if standing is None or not is_settled(standing):
        return ()
    there = {
        name for section in standing.sections for item in section.items for name in (item.article, item.url) if name
    }
    return tuple(pick for pick in selection.chosen if not there.intersection(_names_of(pick)))


def _names_of(pick: Chosen) -> set[str]:
    """By what an issue may know the story: its lead's id and address, the addresses of those that ran it too."""
    article = pick.candidate.article
    return {article.id, *filter(None, (article.url, *(other.url for other in pick.candidate.also)))}

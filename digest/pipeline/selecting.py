"""What the database holds of a day, chosen and composed anew: the draft, and the reason of everything not in it."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Engine

from digest.issue import RightsOf, all_rights
from digest.pipeline.drafting import Draft, draft, issue_window
from digest.pipeline.store import printed_before
from digest.profile import Profile
from storage import articles, judgements, stories
from storage.database import reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """The day's draft with its figures: how many articles are relevant, how many stories there are."""

    draft: Draft
    relevant: int
    stories: int


def select_day(engine: Engine, profile: Profile, day: date, *, model: str, rights: RightsOf = all_rights) -> Selected:
    """The draft of the articles that the model of this name has judged and that stand in the day's stories."""
    window = issue_window(profile, day)
    with reading(engine) as session:
        known = articles.articles_of_window(session, window.start, window.end)
        judged = judgements.judgements_of(session, [article.id for article in known], model)
        marks = stories.stories_of(session, day)
    # What came in since then waits for the next run: every stage works on what the one before it has kept.
    ready = [article for article in known if article.id in judged and article.id in marks]
    printed = printed_before(engine, profile.id, day)
    again = frozenset(marks[name].story for name in printed.articles if name in marks)
    printed = replace(printed, stories=again)
    made = draft(ready, judged, marks, profile=profile, day=day, printed=printed, rights=rights)
    return Selected(
        draft=made,
        relevant=sum(judgement.selected for judgement in judged.values()),
        stories=len({mark.story for mark in marks.values()}),
    )

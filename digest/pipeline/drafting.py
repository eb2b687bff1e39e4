"""From judged articles to the draft of an issue. Values in, values out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from classifiers.condense import condense
from digest.choose import Printed, Selection, Window, choose
from digest.issue import compose
from digest.model import Article, Candidate, Issue, Judgement, Kind, StoryMark
from digest.profile import Length, Profile
from digest.workdays import window


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The issue, and why every other candidate is not in it."""

    issue: Issue
    selection: Selection


def draft(  # noqa: PLR0913 - one value a stage before this one
    articles: Iterable[Article],
    judgements: Mapping[str, Judgement],
    marks: Mapping[str, StoryMark],
    *,
    profile: Profile,
    day: date,
    printed: Printed,
) -> Draft:
    """The day's issue from articles with their judgement and story, both by article id."""
    candidates = [
        Candidate(article=article, judgement=judgements[article.id], story=marks[article.id]) for article in articles
    ]
    selection = choose(candidates, profile=profile, window=issue_window(profile, day), printed=printed)
    issue = compose(selection.chosen, profile=profile, day=day, condense=_Condenser(profile.length))
    return Draft(issue=issue, selection=selection)


def issue_window(profile: Profile, day: date) -> Window:
    """The time whose articles the profile's issue of that day may print."""
    start, end = window(day, profile.choice.window_days)
    return Window(start=start, end=end)


@dataclass(frozen=True, slots=True)
class _Condenser:
    """The profile's way of shortening an article, as `compose` calls it."""

    length: Length

    def __call__(self, paragraphs: Sequence[str], kinds: Sequence[Kind]) -> tuple[tuple[str, ...], tuple[Kind, ...]]:
        keep = self.length.keep_closing_mark
        condensed = condense(paragraphs, kinds, words=self.length.words, keep_closing_mark=keep)
        return condensed.paragraphs, condensed.kinds

"""From judged articles to the draft of an issue. Values in, values out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from classifiers.condense import condense, count_words
from digest.choose import Printed, Selection, Window, choose
from digest.issue import RightsOf, all_rights, compose, rights_at
from digest.model import VIETNAM, Article, Candidate, Issue, Judgement, Kind, Rights, StoryMark
from digest.profile import Length, Profile
from digest.workdays import window
from scrapers.catalogue import find, find_named
from scrapers.source import Source


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
    rights: RightsOf = all_rights,
) -> Draft:
    """The day's issue from articles with their judgement and story, both by article id.

    `rights` says what an outlet lets be printed; while its delay runs at the hour of publishing, that is a link.
    """
    candidates = [
        Candidate(article=article, judgement=judgements[article.id], story=marks[article.id]) for article in articles
    ]
    selection = choose(candidates, profile=profile, window=issue_window(profile, day), printed=printed)
    out = datetime.combine(day, time.fromisoformat(profile.hours.publish), VIETNAM)
    issue = compose(
        selection.chosen,
        profile=profile,
        day=day,
        condense=_Condenser(profile.length),
        rights=lambda article: rights_at(rights(article), article.published, out),
    )
    return Draft(issue=issue, selection=selection)


def rights_of(sources: Sequence[Source]) -> RightsOf:
    """What the catalogue lets be printed of an article: by its address, else by its outlet's name; unknown is all."""

    def rights(article: Article) -> Rights:
        source = (article.url and find(sources, article.url)) or find_named(sources, article.outlet or "")
        return source.rights if source else Rights()

    return rights


def issue_window(profile: Profile, day: date) -> Window:
    """The time whose articles the profile's issue of that day may print."""
    start, end = window(day, profile.choice.window_days)
    return Window(start=start, end=end)


@dataclass(frozen=True, slots=True)
class _Condenser:
    """The profile's way of shortening an article, as `compose` calls it."""

    length: Length

    def __call__(
        self, paragraphs: Sequence[str], kinds: Sequence[Kind], most: int | None = None
    ) -> tuple[tuple[str, ...], tuple[Kind, ...]]:
        for words in self._tries(most):
            keep = self.length.keep_closing_mark
            made = condense(paragraphs, kinds, words=words, keep_closing_mark=keep)
            if most is None or sum(map(count_words, made.paragraphs)) <= most:
                return made.paragraphs, made.kinds
        return (), ()

    def _tries(self, most: int | None) -> Iterator[int]:
        """The lengths to ask for. `condense` may print a tenth more, which an outlet's limit does not allow."""
        words = self.length.words if most is None else min(self.length.words, most)
        yield words
        if most is not None:
            yield int(words / 1.1)

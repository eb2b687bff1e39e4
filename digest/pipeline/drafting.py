"""From judged articles to the draft of an issue. Values in, values out."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Literal

from classifiers.condense import Condensed, condense, condense_by_rank
from classifiers.passages import count_words
from digest.choose import Printed, Selection, Window, choose
from digest.house_style import in_house_style, without_pictures
from digest.issue import RightsOf, all_rights, compose, rights_at
from digest.model import VIETNAM, Article, Candidate, Issue, Judgement, Kind, Rights, StoryMark
from digest.own import OwnArticle, with_own
from digest.profile import Length, Profile
from digest.ranking import KindOf, no_kind
from digest.workdays import window
from scrapers.catalogue import find, find_named
from scrapers.source import Source

NameOf = Callable[[Article], str | None]


def no_name(_article: Article) -> str | None:
    """Where no catalogue is at hand."""
    return None


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
    line: float | None = None,
    rights: RightsOf = all_rights,
    kind_of: KindOf = no_kind,
    name_of: NameOf = no_name,
    own: Sequence[OwnArticle] = (),
    number: int | None = None,
) -> Draft:
    """The day's issue from articles with their judgement and story, both by article id.

    `line` is the model's, where one model made all judgements. `rights` says what an outlet lets be printed; while its
    delay runs at the hour of publishing, that is a link. `kind_of` says what kind of outlet an article stands in,
    `name_of` what that is called in full. `own` are the office's own articles; `number` is the issue's, as the profile
    counts if None.
    """
    candidates = [
        Candidate(article=article, judgement=judgements[article.id], story=marks[article.id]) for article in articles
    ]
    selection = choose(
        candidates,
        profile=profile,
        window=issue_window(profile, day),
        printed=printed,
        line=line,
        kind_of=kind_of,
    )
    out = datetime.combine(day, time.fromisoformat(profile.hours.publish), VIETNAM)
    issue = compose(
        selection.chosen,
        profile=profile,
        day=day,
        condense=_Condenser(profile.length),
        rights=lambda article: rights_at(_printed(rights(article), profile), article.published, out),
        number=day.month if number is None and profile.numbering.issues == "month" else number,
    )
    if profile.copyright.pictures == "link":
        issue = without_pictures(issue)
    if own:
        issue = with_own(issue, own, profile)
    return Draft(issue=in_house_style(issue, profile, _long_names(selection, name_of)), selection=selection)


def _printed(allowed: Rights, profile: Profile) -> Rights:
    """What an outlet allows, or less where the office prints no text of the press at all."""
    return Rights(text="link") if profile.copyright.text == "link" else allowed


def _long_names(selection: Selection, name_of: NameOf) -> dict[str, str]:
    """The outlets' full names by article id, where they are known."""
    articles = [pick.candidate.article for pick in selection.chosen]
    return {article.id: name for article in articles if (name := name_of(article))}


def rights_of(sources: Sequence[Source]) -> RightsOf:
    """What the catalogue lets be printed of an article: by its address, else by its outlet's name; unknown is all."""
    source_of = _source_of(sources)

    def rights(article: Article) -> Rights:
        source = source_of(article)
        return source.rights if source else Rights()

    return rights


def kinds_of(sources: Sequence[Source]) -> KindOf:
    """What kind of outlet the catalogue says an article stands in, found the same way; None where it knows none."""
    source_of = _source_of(sources)

    def kind(article: Article) -> str | None:
        source = source_of(article)
        return source.kind if source else None

    return kind


def names_of(sources: Sequence[Source]) -> NameOf:
    """The longest of an article's outlet's names in the catalogue, found the same way; None where it knows none."""
    source_of = _source_of(sources)

    def name(article: Article) -> str | None:
        source = source_of(article)
        return max(source.names, key=len) if source and source.names else None

    return name


def _source_of(sources: Sequence[Source]) -> Callable[[Article], Source | None]:
    # A day has thousands of articles and a hundred outlets; looking a name up reads every source's names.
    named = cache(lambda outlet: find_named(sources, outlet))

    def source(article: Article) -> Source | None:
        return (article.url and find(sources, article.url)) or named(article.outlet or "")

    return source


def issue_window(profile: Profile, day: date) -> Window:
    """The time whose articles the profile's issue of that day may print."""
    start, end = window(day, profile.choice.window_days)
    if profile.choice.window == "month":
        start = datetime.combine(_month_before(day) + timedelta(days=1), time.min, VIETNAM)
    return Window(start=start, end=end)


def _month_before(day: date) -> date:
    """The same day of the month before, or that month's last: what an issue of that day still printed."""
    last = day.replace(day=1) - timedelta(days=1)
    return last.replace(day=min(day.day, last.day))


_LONGER = 1.1  # than asked for, at most


@dataclass(frozen=True, slots=True)
class _Condenser:
    """The profile's way of shortening an article, as `compose` calls it."""

    length: Length

    def __call__(
        self, paragraphs: Sequence[str], kinds: Sequence[Kind], most: int | None = None, headline: str = ""
    ) -> tuple[tuple[str, ...], tuple[Kind, ...]]:
        if self.length.cut == "rank":
            paragraphs, kinds = self._allowed(paragraphs, kinds, most)
        for words in self._tries(most):
            made = self._cut(self.length.cut, paragraphs, kinds, words, headline)
            if most is None or sum(map(count_words, made.paragraphs)) <= most:
                return made.paragraphs, made.kinds
        return (), ()

    def _allowed(
        self, paragraphs: Sequence[str], kinds: Sequence[Kind], most: int | None
    ) -> tuple[Sequence[str], Sequence[Kind]]:
        """An outlet that allows words allows the first of its article: what is ranked has to stand among them."""
        if most is None:
            return paragraphs, kinds
        first = self._cut("tail", paragraphs, kinds, int(most / _LONGER))
        return first.paragraphs, first.kinds

    def _cut(
        self,
        way: Literal["tail", "rank"],
        paragraphs: Sequence[str],
        kinds: Sequence[Kind],
        words: int,
        headline: str = "",
    ) -> Condensed:
        keep = self.length.keep_closing_mark
        if way == "tail":
            return condense(paragraphs, kinds, words=words, keep_closing_mark=keep)
        return condense_by_rank(paragraphs, kinds, words=words, keep_closing_mark=keep, headline=headline)

    def _tries(self, most: int | None) -> Iterator[int]:
        """The lengths to ask for. What is printed may be a tenth longer, which an outlet's limit does not allow."""
        words = self.length.words if most is None else min(self.length.words, most)
        yield words
        if most is not None:
            yield int(words / _LONGER)

"""Past bulletins, documents and edited issues brought in."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from sqlalchemy import Engine

from digest.bulletin.around import number_in
from digest.bulletin.daily import day_printed, looks_daily, read_daily
from digest.bulletin.deeds import decisions_of
from digest.bulletin.edits import Edits, edits_between
from digest.bulletin.lines import Line
from digest.bulletin.masthead import Given
from digest.bulletin.monthly import looks_monthly, read_monthly
from digest.bulletin.pages import ADDRESS
from digest.bulletin.reading import Reading
from digest.bulletin.source_lines import TO_TOP
from digest.bulletin.titles import Titles, own_sections, titles_of
from digest.errors import InputError
from digest.model import SECTION_KEYS, VIETNAM, Article, Issue, Item
from digest.pipeline.drafting import issue_window
from digest.profile import Profile
from digest.text import fold
from digest.wire import Raw, dump
from scrapers.documents.reading import read_document
from storage.articles import article_by_url, articles_of_window
from storage.database import begin, reading
from storage.decisions import keep_decisions

_MASTHEAD = 15  # lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A past issue, and what a person should look at."""

    issue: Issue
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How many decisions were recorded, how many were known before, and of how many items no article is stored."""

    recorded: int
    known: int
    without: int


def is_bulletin(lines: Sequence[Line]) -> bool:
    """Whether the lines are a bulletin's, daily or monthly."""
    text = _text(lines)
    return looks_daily(text) or looks_monthly(text)


def bring_issue(lines: Sequence[Line], profiles: Sequence[Profile], *, name: str, day: date | None = None) -> Brought:
    """The issue in these lines, of the profile that knows its sections, bears its topic and prints addresses as it does.

    InputError names the file and the field.
    """
    text = _text(lines)
    with _naming(name):
        if looks_daily(text, _labels(profiles)):
            profile, read = _daily(text, profiles, day)
        elif looks_monthly(text):
            profile = next(filter(_is_monthly, profiles), profiles[0])
            read = read_monthly(text, titles=titles_of(profile), day=day)
        else:
            raise InputError("is no bulletin: no item with a source line; --as articles reads it as an article")
    read = _numbered(read, lines)
    return Brought(issue=read.issue(profile.id), notes=read.notes)


def _text(lines: Sequence[Line]) -> list[Line]:
    """The lines without the heads of their pages."""
    return [line for line in lines if line.role != "head"]


def _numbered(read: Reading, lines: Sequence[Line]) -> Reading:
    """What was read with its number, which may stand in the head of its pages alone."""
    if read.number is not None:
        return read
    return replace(read, number=number_in((line.text for line in lines if line.role == "head"), read.day.year))


@contextmanager
def _naming(name: str) -> Iterator[None]:
    """An InputError from within names the file."""
    try:
        yield
    except InputError as error:
        raise InputError(error.message, source=name, line=error.line, field=error.field) from error


def _daily(lines: Sequence[Line], profiles: Sequence[Profile], day: date | None) -> tuple[Profile, Reading]:
    addresses = any(ADDRESS.match(line.text) for line in lines)
    reads: list[tuple[Profile, Reading]] = []
    first: InputError | None = None
    for profile in profiles:
        try:
            titles, labels = _titles(profile, lines), _labels([profile])
            read = read_daily(lines, titles=titles, labels=labels, day=day, profile=profile)
        except InputError as error:
            first = first or error
            continue
        reads.append((profile, read))
    if not reads:
        raise first or InputError("no profile is given")
    # The first of them, where several are as near.
    return min(reads, key=lambda one: (not _bears_topic(one[0], lines), one[0].layout.print_address != addresses))


def _bears_topic(profile: Profile, lines: Sequence[Line]) -> bool:
    """Whether the profile's topic stands above the contents: series may have the same sections."""
    topic = fold(profile.masthead.topic)
    return bool(topic) and any(topic in fold(line.text) for line in lines[:_MASTHEAD])


def _is_monthly(profile: Profile) -> bool:
    return profile.numbering.issues == "month"


def _titles(profile: Profile, lines: Sequence[Line]) -> Titles:
    """The profile's; a monthly that bears its name may have sections of its own."""
    titles = titles_of(profile)
    name = fold(profile.masthead.name)
    if _is_monthly(profile) and any(fold(line.text) == name for line in lines[:_MASTHEAD]):
        return titles_of(profile, own_sections(lines, titles))
    return titles


def _labels(profiles: Sequence[Profile]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*(profile.layout.back_to_top for profile in profiles), TO_TOP]))


def day_of_edited(lines: Sequence[Line], profile: Profile, *, name: str) -> date:
    """The day of the issue that was edited, as its masthead says. InputError as above."""
    with _naming(name):
        return day_printed(_text(lines), titles_of(profile))


def bring_edits(
    lines: Sequence[Line], before: Issue, profile: Profile, *, name: str, given: Given = "--against"
) -> tuple[Edits, tuple[str, ...]]:
    """What an editor changed in the issue that was `before`, and what a person should look at. InputError as above.

    `given` is the option that named the issue before.
    """
    titles, labels = titles_of(profile, before.sections), _labels([profile])
    with _naming(name):
        read = read_daily(_text(lines), titles=titles, labels=labels, day=before.date, given=given, profile=profile)
    return edits_between(before, read.issue(before.profile), profile), read.notes


def document_line(body: bytes, *, name: str) -> Raw:
    """The one article of a document that is no bulletin."""
    return dump(read_document(body, url="", name=name))


def printed_lines(issue: Issue) -> Iterator[Raw]:
    """Each item as an article's line that carries its label: an office that printed it held it relevant.

    It says nothing of areas, and nothing of the section where the issue's sections are none of ours.
    """
    for section in issue.sections:
        for item in section.items:
            label: Raw = {"rel": 1, "day": issue.date.isoformat(), "set": "decided"}
            if section.key in SECTION_KEYS:
                label["section"] = section.key
            yield dump(_article(item)) | label


def _article(item: Item) -> Article:
    published = datetime.combine(item.published, time.min, VIETNAM) if item.published else None
    seed = item.url or f"{item.headline}\n{item.paragraphs}"
    flags = ("document", *(["day-only"] if item.published else ["no-time"]), *([] if item.author else ["no-author"]))
    return Article(
        id=item.article or hashlib.sha256(seed.encode(errors="replace")).hexdigest()[:16],
        url=item.url,
        outlet=item.outlet,
        title=item.headline,
        sapo=item.paragraphs[0] if item.paragraphs else None,
        paragraphs=item.paragraphs[1:],
        kinds=item.kinds[1:],
        author=item.author,
        published=published,
        flags=flags,
    )


def keep_edits(engine: Engine, edits: Edits, before: Issue, profile: Profile, *, moment: datetime) -> Kept:
    """Record what the edits decided of each article: leaving one where it stands is a decision too."""
    with reading(engine) as session:
        window = issue_window(profile, before.date)
        by_title = {fold(one.title): one.id for one in articles_of_window(session, window.start, window.end)}

        def article_of(item: Item) -> str | None:
            stored = article_by_url(session, item.url) if item.url else None
            return stored.id if stored else by_title.get(_title_key(item.headline)) or by_title.get(fold(item.headline))

        decisions = list(decisions_of(edits, before, moment=moment, article_of=article_of))
    with begin(engine) as session:
        recorded = keep_decisions(session, decisions)
    pairs = edits.pairs
    items = len(pairs.both) + len(pairs.dropped) + len(pairs.inserted)
    return Kept(recorded=recorded, known=len(decisions) - recorded, without=items - len(decisions))


def _title_key(headline: str) -> str:
    """The title without the place that the office set before it."""
    return fold(re.sub(r"^[^:]{2,30}:\s+", "", headline))

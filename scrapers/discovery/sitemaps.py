"""Sitemaps: what one lists, and which of the sitemaps it names may hold articles of a window of time.

`lastmod` is no time of publication, but it bounds one: what was last changed before the window was not published in it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from lxml import etree

from digest.errors import FetchError
from digest.model import VIETNAM, Link
from scrapers import dates
from scrapers.discovery.forgiving_xml import begins_with, name_of, root_of, some, texts_of
from scrapers.identity import without_tracking
from scrapers.markup import absolute, clean

MOST_CANDIDATES = 200
MOST_PARTS = 10
_MOST_ENTRIES = 50_000  # what the protocol allows
_MOST_GUESSED = 4
_DAY = timedelta(days=1)
_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_/.]?(0?[1-9]|1[0-2])(?:[-_/.]?(?:0?[1-9]|[12]\d|3[01]))?(?!\d)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_NEWS = re.compile(r"news|tin-?moi|latest|lastest|recent|daily|today|google|top\d", re.IGNORECASE)
_BESIDE = re.compile(
    r"categor|cate\b|chuyen-?muc|danh-?muc|tags?\b|topic|chu-?de|author|tac-?gia|static|page\b|pages\b|image|photo|video"
    r"|event|su-?kien|product",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One address of a sitemap. The link has a time (and title) in a news sitemap alone."""

    link: Link
    changed: dates.Reading | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A sitemap that another one names, and when it was last changed."""

    url: str
    changed: dates.Reading | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """What a sitemap lists, in its order."""

    entries: tuple[Entry, ...]
    parts: tuple[Part, ...]


def read_sitemap(body: bytes, url: str) -> Sitemap:
    """The addresses of a sitemap, and the sitemaps it names. FetchError "not-a-feed" for anything else."""
    root = root_of(body)
    if root is None or name_of(root) not in ("urlset", "sitemapindex"):
        raise FetchError(url, "not-a-feed", begins_with(body))
    entries = (_entry(texts_of(_fields(one)), url) for one in some(root, ("url",), _MOST_ENTRIES))
    parts = (_part(texts_of(one), url) for one in some(root, ("sitemap",), _MOST_ENTRIES))
    return Sitemap(entries=tuple(filter(None, entries)), parts=tuple(filter(None, parts)))


def _fields(entry: etree._Element) -> Iterator[etree._Element]:
    """What an entry says of the page, and then of the news on it."""
    yield from entry
    for child in entry:
        if name_of(child) == "news":
            yield from child


def _entry(fields: dict[str, str], url: str) -> Entry | None:
    address = without_tracking(absolute(url, clean(fields.get("loc", ""))))
    if not address or address == url:
        return None
    published = dates.read_moment(fields.get("publication_date", ""))
    link = Link(url=address, title=clean(fields.get("title", "")), published=published)
    return Entry(link=link, changed=dates.read(fields.get("lastmod", "")))


def _part(fields: dict[str, str], url: str) -> Part | None:
    address = absolute(url, clean(fields.get("loc", "")))
    return Part(url=address, changed=dates.read(fields.get("lastmod", ""))) if address else None


def candidates(entries: Iterable[Entry], start: datetime, end: datetime) -> list[Link]:
    """The links that may have been published from `start` to before `end`, newest first where times are not known.

    First all with a time of their own; then those last changed within the window, at most `MOST_CANDIDATES`. Where
    all were changed at one moment, that is the moment the sitemap was made, and tells nothing.
    """
    known = list(entries)
    timed = [entry.link for entry in known if entry.link.published is not None]
    changed = [(entry.changed, entry.link) for entry in known if entry.changed and entry.link.published is None]
    if len(changed) > 1 and len({reading.moment for reading, _ in changed}) == 1:
        return timed
    within = [(reading.moment, link) for reading, link in changed if _touches(reading, start, end)]
    within.sort(key=lambda pair: pair[0], reverse=True)
    return timed + [link for _, link in within[:MOST_CANDIDATES]]


def tells_age(sitemap: Sitemap) -> bool:
    """Whether anything in it says how old it is."""
    return any(entry.link.published or entry.changed for entry in sitemap.entries) or bool(sitemap.parts)


def _touches(reading: dates.Reading, start: datetime, end: datetime) -> bool:
    until = reading.moment if reading.has_time else reading.moment + _DAY - timedelta(microseconds=1)
    return until >= start and reading.moment < end


def worthwhile(parts: Iterable[Part], start: datetime, end: datetime) -> list[str]:
    """Which sitemaps of an index may list articles of the window: news first, then the newest, at most `MOST_PARTS`.

    One that was changed before the window holds none of it, nor does one named for another month. Of those that say
    nothing the first and the last few are taken: a site numbers them from one end or the other.
    """
    news: list[str] = []
    dated: list[tuple[datetime, str]] = []
    others: list[str] = []
    for part in parts:
        months = _months_named(part.url)
        if (part.changed and not _may_hold(part.changed, start)) or (months and not months & _months(start, end)):
            continue
        if _NEWS.search(_name(part.url)):
            news.append(part.url)
        elif _BESIDE.search(_name(part.url)):
            continue
        elif months or part.changed:
            dated.append((part.changed.moment if part.changed else start, part.url))
        else:
            others.append(part.url)
    dated.sort(key=lambda pair: pair[0], reverse=True)
    guessed = others if len(others) <= _MOST_GUESSED else others[:2] + others[-2:]
    return list(dict.fromkeys([*news, *(url for _, url in dated), *guessed]))[:MOST_PARTS]


def _may_hold(changed: dates.Reading, start: datetime) -> bool:
    return (changed.moment if changed.has_time else changed.moment + _DAY) >= start


def _name(url: str) -> str:
    """The address without its host, which may be called news.example."""
    return url.partition("://")[2].partition("/")[2]


def _months_named(url: str) -> frozenset[tuple[int, int]]:
    """The months that an address names; all of a year where it names the year alone."""
    found = [(int(year), int(month)) for year, month in _MONTH.findall(_name(url))]
    years = [] if found else [int(year) for year in _YEAR.findall(_name(url))]
    return frozenset([*found, *((year, month) for year in years for month in range(1, 13))])


def _months(start: datetime, end: datetime) -> frozenset[tuple[int, int]]:
    return frozenset(months_between(start, end))


def months_between(start: datetime, end: datetime) -> Iterator[tuple[int, int]]:
    """The months (year, month) that the time from `start` to before `end` touches in Việt Nam, newest first."""
    first, last = start.astimezone(VIETNAM), (end - timedelta(microseconds=1)).astimezone(VIETNAM)
    for month in range(last.year * 12 + last.month - 1, first.year * 12 + first.month - 2, -1):
        yield month // 12, month % 12 + 1

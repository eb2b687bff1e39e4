"""Where a source's links come from: its feeds and section pages, else its sitemaps, else its home page."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Literal

from lxml.html import HtmlElement

from digest.errors import FetchError
from digest.model import VIETNAM, Link, Page
from scrapers.catalogue import find
from scrapers.discovery.discover import Listed, listed_on
from scrapers.discovery.feeds import read_feed
from scrapers.discovery.paging import next_page
from scrapers.discovery.shapes import is_no_article, looks_like_article
from scrapers.discovery.sitemaps import Entry, candidates, months_between, read_sitemap, tells_age, worthwhile
from scrapers.dom import Dom
from scrapers.extraction import verdict
from scrapers.fetching.hosts import host_key
from scrapers.identity import same_article
from scrapers.markup import decode, parse
from scrapers.source import Source

_SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL | re.IGNORECASE)
_NO_CONTENT = frozenset({"captcha", "shell", "soft-404"})
_INSTANT = timedelta(microseconds=1)
_DAY = timedelta(days=1)
_DEEPEST_SITEMAP = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One address that lists articles. `number` counts the pages of one section, or how deep a sitemap lies, from 1."""

    url: str
    kind: Literal["feed", "page", "sitemap"]
    number: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one listing brought: links to the source's own articles, and further listings worth asking.

    A link without a time may lie outside the window. `more` is the next page of a section, empty where all that this
    one dates is older than the window; or the parts of a sitemap that may hold the window.
    """

    links: tuple[Link, ...]
    more: tuple[Listing, ...] = ()


def ways(source: Source, start: datetime, end: datetime) -> tuple[tuple[Listing, ...], ...]:
    """The listings of a source in tiers; a tier is asked only where nothing of the tiers before it gave a link.

    Feeds first, since they know times and standfirsts, with the section pages; then sitemaps, those of the months
    that the window from `start` to before `end` touches, newest first; then the home page.
    """
    listed = (
        *(Listing(url=url, kind="feed") for url in source.feeds),
        *(Listing(url=url, kind="page") for url in source.pages),
    )
    mapped = tuple(Listing(url=url, kind="sitemap") for url in _sitemaps(source, start, end))
    home = _home(source)
    last = (Listing(url=home, kind="page"),) if home and not _is_section(home, source) else ()
    return tuple(tier for tier in (listed, mapped, last) if tier)


def _sitemaps(source: Source, start: datetime, end: datetime) -> Iterator[str]:
    filled = (
        url.replace("{year}", str(year)).replace("{month}", str(month)).replace("{month:02}", f"{month:02}")
        for year, month in months_between(start, end)
        for url in source.sitemaps
    )
    yield from dict.fromkeys(filled)


def _home(source: Source) -> str | None:
    return source.home or (None if source.allow_private else f"https://{source.domain}/")


def _is_section(url: str, source: Source) -> bool:
    return same_article(url) in {same_article(page) for page in source.pages}


def read(listing: Listing, page: Page, source: Source, *, start: datetime, end: datetime) -> Reading:
    """The links of a fetched listing that lead to the source's own articles, and what more to ask for the window.

    FetchError "not-a-feed" or "empty-feed"; for a section page "captcha", "shell", "soft-404", or "no-links"; for a
    sitemap that says of nothing how old it is "no-links".
    """
    readers = {"feed": _feed, "sitemap": _sitemap, "page": _section}
    return readers[listing.kind](listing, page, source, (start, end))


def _feed(listing: Listing, page: Page, source: Source, window: tuple[datetime, datetime]) -> Reading:
    entries = read_feed(page.body, page.url, source)
    links = [link for link in _own(entries, page, source) if not is_no_article(link.url, source)]
    if not links:
        raise FetchError(listing.url, "no-links", f"{len(entries)} links, none to an article of this source")
    return Reading(links=tuple(_undated(link, window) for link in links))


def _sitemap(listing: Listing, page: Page, source: Source, window: tuple[datetime, datetime]) -> Reading:
    sitemap = read_sitemap(page.body, page.url)
    if not tells_age(sitemap):
        raise FetchError(listing.url, "no-links", f"{len(sitemap.entries)} addresses, none with a time")
    entries = [entry for entry in sitemap.entries if _may_be_article(entry, source)]
    links = list(merged(_own(candidates(entries, *window), page, source), source).values())
    parts = worthwhile(sitemap.parts, *window) if listing.number < _DEEPEST_SITEMAP else []
    more = [Listing(url=url, kind="sitemap", number=listing.number + 1) for url in parts]
    known = {listing.url, page.url}
    return Reading(
        links=tuple(_undated(link, window) for link in links),
        more=tuple(part for part in more if part.url not in known and _is_at_home(part.url, page, source)),
    )


def _may_be_article(entry: Entry, source: Source) -> bool:
    """News with a time need not have the shape the source is known for: that may have changed since."""
    if entry.link.published is not None:
        return not is_no_article(entry.link.url, source)
    return looks_like_article(entry.link.url, source)


def _section(listing: Listing, page: Page, source: Source, window: tuple[datetime, datetime]) -> Reading:
    text = decode(page.body, next((value for name, value in page.headers if name.lower() == "content-type"), None))
    tree = parse(text)
    listed = [one for one in listed_on(tree, page.url, source) if one.link.zone != "menu"] if tree is not None else []
    links = _own((one.link for one in listed), page, source)
    if tree is None or not links:
        raise FetchError(listing.url, _without_links(tree, text), f"{len(listed)} links, none to this source")
    return Reading(links=links, more=_next(listing, page, source, tree, () if _is_past(listed, window[0]) else listed))


def _next(
    listing: Listing, page: Page, source: Source, tree: HtmlElement, worth: Iterable[Listed]
) -> tuple[Listing, ...]:
    """The section's next page; none of a home page, nor where nothing here made it worth asking."""
    if not worth or (listing.url == _home(source) and not _is_section(listing.url, source)):
        return ()
    url = next_page(tree, listing.url, page.url, listing.number, source)
    return (Listing(url=url, kind="page", number=listing.number + 1),) if url else ()


def _is_past(listed: Iterable[Listed], start: datetime) -> bool:
    """Whether all articles of the page's main part that have a time are older than the window."""
    times = [one.time for one in listed if one.time is not None and one.link.zone == "main"]
    return bool(times) and all(
        time.moment + (timedelta() if time.has_time else _DAY - _INSTANT) < start for time in times
    )


def _undated(link: Link, window: tuple[datetime, datetime]) -> Link:
    """Without a midnight, which stands for the whole day, where the window begins later on that day."""
    published = link.published
    if published is None or published.astimezone(VIETNAM).time() != time():
        return link
    return replace(link, published=None) if published < window[0] < published + _DAY else link


def _own(links: Iterable[Link], page: Page, source: Source) -> tuple[Link, ...]:
    return tuple(link for link in links if _is_at_home(link.url, page, source))


def _is_at_home(url: str, page: Page, source: Source) -> bool:
    return host_key(url) == host_key(page.asked) or find((source,), url) is not None


def _without_links(tree: HtmlElement | None, text: str) -> str:
    """Why a section page lists nothing."""
    kind = verdict.what_it_is(Dom(tree), " ".join(_SCRIPT.findall(text))) if tree is not None else "no-links"
    return kind if kind in _NO_CONTENT else "no-links"


def merged(links: Iterable[Link], source: Source) -> dict[str, Link]:
    """One link an identity: the first, with what later ones know and it does not."""
    found: dict[str, Link] = {}
    for link in links:
        key = same_article(link.url, source)
        first = found.get(key)
        if first is None:
            found[key] = link
            continue
        found[key] = replace(
            first,
            title=first.title or link.title,
            sapo=first.sapo or link.sapo,
            published=first.published or link.published,
        )
    return found

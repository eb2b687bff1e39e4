"""Where a source's links come from: its feeds, its section pages, and its sitemaps where it has neither."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from digest.errors import FetchError
from digest.model import VIETNAM, Link, Page
from scrapers import verdict
from scrapers.catalogue import find
from scrapers.discover import read_listing
from scrapers.dom import Dom
from scrapers.feeds import read_feed, read_sitemap
from scrapers.hosts import host_key
from scrapers.identity import same_article
from scrapers.markup import decode, parse
from scrapers.source import Source

_SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL | re.IGNORECASE)
_NO_CONTENT = frozenset({"captcha", "shell", "soft-404"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One address that lists articles."""

    url: str
    kind: Literal["feed", "page", "sitemap"]


def listings_of(source: Source, moment: datetime) -> Iterator[Listing]:
    """Feeds first, since they know times and standfirsts; then section pages. `moment` fills `{year}` and `{month}`."""
    for url in source.feeds:
        yield Listing(url=url, kind="feed")
    for url in source.pages:
        yield Listing(url=url, kind="page")
    if not source.feeds and not source.pages:
        day = moment.astimezone(VIETNAM)
        for url in source.sitemaps:
            yield Listing(url=url.replace("{year}", str(day.year)).replace("{month}", str(day.month)), kind="sitemap")


def read(listing: Listing, page: Page, source: Source) -> list[Link]:
    """The links of a fetched listing that lead to the source's own articles.

    FetchError "not-a-feed" or "empty-feed"; for a section page "captcha", "shell", "soft-404", or "no-links".
    """
    if listing.kind == "feed":
        links = read_feed(page.body, page.url, source)
    elif listing.kind == "sitemap":
        # A sitemap without times lists years; only what says that it is new can be taken from one.
        links = [link for link in read_sitemap(page.body, page.url, source)[0] if link.published is not None]
    else:
        links = [link for link in read_listing(page.body, page.url, source) if link.zone != "menu"]
    own = [link for link in links if _is_own(link, page, source)]
    if not own:
        raise FetchError(listing.url, _without_links(listing, page), f"{len(links)} links, none to this source")
    return own


def _is_own(link: Link, page: Page, source: Source) -> bool:
    return host_key(link.url) == host_key(page.url) or find((source,), link.url) is not None


def _without_links(listing: Listing, page: Page) -> str:
    """Why a section page lists nothing."""
    if listing.kind != "page":
        return "no-links"
    text = decode(page.body)
    tree = parse(text)
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

"""Which of a source's declarations still hold: its listings asked, and one article of it read. Nothing is stored."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from operator import itemgetter

from digest.errors import ExtractError, FetchError
from digest.model import Article, Link, Page
from digest.pipeline.found_by import FieldFound, found_by
from scrapers.collecting.workers import WorkerError, Workers
from scrapers.discovery.listings import Listing, read, ways
from scrapers.discovery.shapes import is_document_address
from scrapers.fetching.fetch import Fetcher
from scrapers.source import Source

_SPAN = timedelta(days=7)
_MOST_PARTS = 3  # of a sitemap that only names others
_ASIDE = {"sapo": "standfirst", "author": "author", "time": "time"}  # what an article may lack and still be printed


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingCheck:
    """One declared listing: how many links it gave and how many of them with a time; `problem` is the failure's kind."""

    url: str
    kind: str
    links: int = 0
    dated: int = 0
    problem: str | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleCheck:
    """One article: what of it was read and what found it; `problem` is the failure's kind."""

    url: str
    title: str | None = None
    published: datetime | None = None
    paragraphs: int = 0
    flags: tuple[str, ...] = ()
    fields: tuple[FieldFound, ...] = ()
    problem: str | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCheck:
    """What held and what broke of a source; nothing in `broken` means that all held.

    `but` says which of standfirst, author and time the source's family did not find; an article may well have none.
    `resting_until` is until when runs leave a host of the source alone, where the office has a database that tells it.
    """

    source: str
    listings: tuple[ListingCheck, ...]
    article: ArticleCheck | None
    broken: tuple[str, ...]
    but: tuple[str, ...] = ()
    resting_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What the check of every source shares."""

    fetcher: Fetcher
    workers: Workers
    read_page: Callable[[Page, Source], Article]
    now: datetime


async def check_sources(
    sources: Sequence[Source], world: World, *, advance: Callable[[int], None]
) -> tuple[SourceCheck, ...]:
    """Each source's check, in their order; all hosts at once, each as politely as the fetcher is."""

    async def one(source: Source) -> SourceCheck:
        checked = await check_source(source, world)
        advance(1)
        return checked

    return tuple(await asyncio.gather(*(one(source) for source in sources)))


async def check_source(source: Source, world: World) -> SourceCheck:
    """Ask every declared listing, then the newest article that they lead to."""
    asked = [await _listing(listing, source, world) for listing in declared(source, world.now)]
    listings = tuple(check for check, _ in asked)
    newest = _newest(link for _, links in asked for link in links)
    article = await _article(newest, source, world) if newest else None
    broken = (*_broken_listings(listings), *_broken_article(article, newest, source))
    return SourceCheck(source=source.id, listings=listings, article=article, broken=broken, but=_but(article))


def declared(source: Source, now: datetime) -> list[Listing]:
    """The feeds, section pages and sitemaps of a source; its home page where it has none of these."""
    tiers = ways(source, now - _SPAN, now + _SPAN / 7)
    listed = [listing for tier in tiers for listing in tier]
    home_only = not (source.feeds or source.pages or source.sitemaps)
    return listed if home_only else [one for one in listed if one.kind != "page" or one.url in source.pages]


async def _listing(first: Listing, source: Source, world: World) -> tuple[ListingCheck, tuple[Link, ...]]:
    """The listing's check and links; a sitemap that only names others is followed to the first that gives links."""
    waiting, asked, start = deque([first]), 0, world.now - _SPAN
    while waiting and asked <= _MOST_PARTS:
        listing, asked = waiting.popleft(), asked + 1
        try:
            page = await world.fetcher.fetch(listing.url, source=source, kind=listing.kind)
            reading = await world.workers.run(
                partial(read, start=start, end=world.now + _SPAN / 7), listing, page, source
            )
        except (FetchError, ExtractError, WorkerError) as error:
            return ListingCheck(url=listing.url, kind=first.kind, problem=error.kind, detail=error.detail), ()
        if reading.links:
            dated = sum(link.published is not None for link in reading.links)
            check = ListingCheck(url=first.url, kind=first.kind, links=len(reading.links), dated=dated)
            return check, reading.links
        waiting.extend(reading.more)
    # A sitemap that answers without anything of this week is in order: a small office does not publish every week.
    return ListingCheck(url=first.url, kind=first.kind), ()


def _newest(links: Iterable[Link]) -> Link | None:
    """The link with the latest time; where none has one, the first."""
    known = list(links)
    dated = [(link.published, link) for link in known if link.published is not None]
    if dated:
        return max(dated, key=itemgetter(0))[1]
    return known[0] if known else None


async def _article(link: Link, source: Source, world: World) -> ArticleCheck:
    is_document = is_document_address(link.url)
    try:
        page = await world.fetcher.fetch(link.url, source=source, kind="document" if is_document else "page")
        article, fields = await world.workers.run(_read_article, world.read_page, page, source)
    except (FetchError, ExtractError, WorkerError) as error:
        return ArticleCheck(url=link.url, problem=error.kind, detail=error.detail)
    return ArticleCheck(
        url=article.url or page.url,
        title=article.title,
        published=article.published,
        paragraphs=len(article.paragraphs),
        flags=article.flags,
        fields=fields,
    )


def _read_article(
    read_page: Callable[[Page, Source], Article], page: Page, source: Source
) -> tuple[Article, tuple[FieldFound, ...]]:
    article = read_page(page, source)
    return article, () if "document" in article.flags else found_by(page, article, source)


def _broken_listings(listings: Sequence[ListingCheck]) -> list[str]:
    broken = [f"{one.kind} {one.url}: {one.problem} {one.detail}".rstrip() for one in listings if one.problem]
    undated = [one for one in listings if one.kind == "feed" and one.links and not one.dated]
    broken += [
        f"feed {one.url}: none of its {one.links} entries has a readable time (feed_month_first?)" for one in undated
    ]
    if not any(one.links for one in listings):
        broken.append("no listing gave a link to an article")
    return broken


def _broken_article(article: ArticleCheck | None, link: Link | None, source: Source) -> list[str]:
    if article is None:
        return []
    if article.problem:
        return [f"article {article.url}: {article.problem} {article.detail}".rstrip()]
    broken = [f"selectors.{one.field}: none matches: {', '.join(one.silent)}" for one in article.fields if one.silent]
    by = {one.field: one.by for one in article.fields}
    if not article.paragraphs:
        broken.append(f"article {article.url}: no text was found")
    elif by.get("body") == "fallback" or (by.get("body") == "generic" and (source.selectors.body or source.family)):
        broken.append(
            f"article {article.url}: its text was found by the {by['body']} reader, not by a declared selector"
        )
    # A document need not bear a date: it then counts as of the day on which it was fetched.
    is_document = "document" in article.flags
    if article.published is None and not is_document and (link is None or link.published is None):
        broken.append(f"article {article.url}: neither page nor listing tells when it was published")
    return broken


def _but(article: ArticleCheck | None) -> tuple[str, ...]:
    missed = [one for one in article.fields if one.missed and one.field in _ASIDE] if article else []
    lacking = ", ".join(_ASIDE[one.field] for one in missed if one.by is None)
    otherwise = ", ".join(_ASIDE[one.field] for one in missed if one.by is not None)
    said = (lacking and f"{lacking} not found", otherwise and f"{otherwise} by other means than its family")
    return tuple(one for one in said if one)

"""One source's part of a round: its listings, tier by tier, then the pages of its new articles."""

from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from digest.errors import ExtractError, FetchError
from digest.model import Article, Link, Page
from scrapers.catalogue import find
from scrapers.collecting.from_listing import filled
from scrapers.collecting.guarded_fetch import HOST_DOWN, Guard
from scrapers.collecting.keeper import Keeper
from scrapers.collecting.records_thread import Aside
from scrapers.collecting.rounds import Brought, Collected, Failure, Records, Remembered, Stage, Way
from scrapers.collecting.workers import WorkerError, Workers
from scrapers.discovery.listings import Listing, Reading, merged, read, ways
from scrapers.discovery.shapes import is_document_address
from scrapers.extraction.extract_identity import is_other_article, leads_elsewhere
from scrapers.fetching.content import Wanted
from scrapers.fetching.fetch import Validators, validators_of
from scrapers.fetching.freshness import fresh_until
from scrapers.fetching.hosts import host_key
from scrapers.identity import same_article
from scrapers.source import Source

_LONGEST = timedelta(minutes=15)  # of one source's pages: the draft waits for the slowest
UNFINISHED = "unfinished"
_FALLBACK = frozenset({"fallback", "generic"})


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What the sources of one round share."""

    guard: Guard
    records: Records
    keeper: Keeper
    aside: Aside
    workers: Workers
    extract: Callable[[Page, Source], Article]
    day_range: tuple[datetime, datetime]
    clock: Callable[[], datetime]


@dataclass(slots=True)
class _Chain:
    """A listing with the pages that follow it: what they answered, and which articles they led to."""

    answers: dict[str, Remembered]
    keys: set[str]
    is_whole: bool = True  # every listing of it could be read
    was_dealt_with: bool = False  # all that its first listing led to the last time


class OneSource:
    """A source in a round. `round` is called once."""

    def __init__(self, source: Source, world: World) -> None:
        self._source = source
        self._world = world
        self._count: Counter[str] = Counter()
        self._failed: Counter[str] = Counter()
        self._links: list[Link] = []
        self._chains: list[_Chain] = []
        self._left: set[str] = set()  # articles that a later round must still be led to

    async def round(self) -> Brought:
        """Ask, fetch, read, keep; what it brought."""
        way = await self._listings()
        new = await self._new(merged(self._links, self._source))
        await self._remember()  # a round that is killed from here on leaves no listing that counts as dealt with
        await self._pages(new)
        await self._remember()
        return Brought(source=self._source.id, way=way, failed=dict(self._failed), **self._count)

    async def _listings(self) -> Way | None:
        """Ask tier after tier until one gives links, or says that it has nothing new."""
        for tier in ways(self._source, *self._world.day_range):
            for listing in tier:
                await self._chain(listing)
            if self._links or self._count["unchanged"]:
                return self._way(tier[0])
        return None

    def _way(self, listing: Listing) -> Way:
        if listing.url in (*self._source.feeds, *self._source.pages):
            return "listings"
        return "sitemap" if listing.kind == "sitemap" else "home"

    async def _chain(self, first: Listing) -> None:
        """A listing and what it leads on to, as long as that shows anything new."""
        chain = _Chain(answers={}, keys=set())
        self._chains.append(chain)
        waiting, asked = deque([first]), {first.url}
        while waiting:
            listing = waiting.popleft()
            reading = await self._ask(listing, chain)
            self._links += reading.links
            keys = {same_article(link.url, self._source) for link in reading.links}
            fresh = keys - chain.keys
            chain.keys |= keys
            if listing.kind == "page" and reading.more and chain.was_dealt_with and fresh <= await self._seen(fresh):
                continue  # what follows on further pages is older still
            waiting.extend(more for more in reading.more if more.url not in asked)
            asked |= {more.url for more in reading.more}

    async def _ask(self, listing: Listing, chain: _Chain) -> Reading:
        self._count["listings"] += 1
        start, end = self._world.day_range
        known = await self._world.aside(self._world.records.recall, listing.url)
        covered = known.covers_from is not None and known.covers_from <= start
        if not chain.answers and chain.is_whole:
            chain.was_dealt_with = covered
        validators = known.validators if covered else Validators()
        if covered and known.fresh_until is not None and self._world.clock() < known.fresh_until:
            return self._unchanged()
        try:
            page = await self._world.guard.fetch(
                listing.url, source=self._source, kind=listing.kind, validators=validators
            )
            reading = await self._world.workers.run(partial(read, start=start, end=end), listing, page, self._source)
        except (FetchError, ExtractError, WorkerError) as error:
            if error.kind == "not-modified" and validators != Validators():
                return self._unchanged()
            chain.is_whole = False
            await self._fail("discover", error, listing.url)
            return Reading(links=())
        self._count["answered"] += 1
        fresh = fresh_until(page.headers, now=page.fetched)
        if listing.kind == "sitemap" and (reading.more or not reading.links or self._world.clock() >= end):
            return reading  # its parts change without it, and what is dated after the window was left out
        chain.answers[listing.url] = Remembered(validators=validators_of(page), fresh_until=fresh)
        return reading

    def _unchanged(self) -> Reading:
        self._count.update(answered=1, unchanged=1)
        return Reading(links=())

    async def _seen(self, keys: Iterable[str]) -> set[str]:
        wanted = list(keys)
        return await self._world.aside(self._world.records.seen, wanted) if wanted else set()

    async def _new(self, links: dict[str, Link]) -> list[tuple[str, Link]]:
        """The links to fetch, with their identities."""
        start, end = self._world.day_range
        known = await self._seen(links)
        unknown = {key: link for key, link in links.items() if key not in known}
        within = [
            (key, link) for key, link in unknown.items() if link.published is None or start <= link.published < end
        ]
        # What is dated after the window belongs to a later one: its listing must be read again then.
        self._left |= {key for key, link in unknown.items() if link.published and link.published >= end}
        self._left |= {key for key, _ in within}
        self._count.update(found=len(links), known=len(links) - len(unknown), outside=len(unknown) - len(within))
        return within

    async def _pages(self, links: list[tuple[str, Link]]) -> None:
        """One after the other; those of a host that is left alone wait for a later round, and so does too long a queue."""
        waiting: dict[str, list[FetchError]] = {}
        begun = self._world.clock()
        for number, (key, link) in enumerate(links):
            if self._world.clock() - begun > _LONGEST:
                detail = f"{len(links) - number} addresses wait for a later round"
                await self._fail("fetch", FetchError(link.url, UNFINISHED, detail), link.url)
                break
            host = host_key(link.url)
            if host in waiting:
                waiting[host].append(waiting[host][0])
                continue
            try:
                page = await self._world.guard.fetch(link.url, source=self._source, kind=_wanted(link.url))
            except FetchError as error:
                if error.kind == HOST_DOWN:
                    waiting[host] = [error]
                else:
                    await self._fail("fetch", error, link.url, key)
            else:
                await self._article(page, key, link)
        for first, *others in waiting.values():
            detail = f"{first.detail}; {len(others) + 1} addresses wait for a later round"
            await self._fail("fetch", FetchError(first.url, HOST_DOWN, detail), first.url)

    async def _article(self, page: Page, key: str, link: Link) -> None:
        try:
            article = await self._world.workers.run(_article_of, self._world.extract, page, self._source, link)
        except (ExtractError, WorkerError) as error:
            await self._fail("extract", error, link.url, key, page)
            return
        identities = tuple(dict.fromkeys((key, same_article(page.url, self._source))))
        collected = Collected(page=page, article=article, source=self._source, identities=identities)
        await self._world.keeper.keep(collected)
        self._left.discard(key)
        self._count["kept"] += 1
        self._count["fallback"] += not _FALLBACK.isdisjoint(article.flags)

    async def _fail(
        self,
        stage: Stage,
        error: FetchError | ExtractError | WorkerError,
        url: str,
        key: str | None = None,
        page: Page | None = None,
    ) -> None:
        failure = Failure(
            source=self._source.id,
            stage=stage,
            kind=error.kind,
            url=url,
            detail=error.detail,
            identity=key,
            page=page,
        )
        self._failed[error.kind] += 1
        if await self._world.aside(self._world.records.fail, failure) and key is not None:
            self._left.discard(key)

    async def _remember(self) -> None:
        """An answer counts as dealt with only where nothing it led to is left for another round."""
        for chain in self._chains:
            covers = None if chain.keys & self._left or not chain.is_whole else self._world.day_range[0]
            for url, answer in chain.answers.items():
                remembered = replace(answer, covers_from=covers)
                if remembered != await self._world.aside(self._world.records.recall, url):
                    await self._world.aside(self._world.records.remember, url, remembered)


def _wanted(url: str) -> Wanted:
    return "document" if is_document_address(url) else "page"


def _article_of(extract: Callable[[Page, Source], Article], page: Page, source: Source, link: Link) -> Article:
    """The article that the link promised, with what its listing knows; runs where pages are read.

    Sites answer for a piece that is gone with their home page, and those that route by id answer any slug with some
    article: both are failures, not articles.
    """
    if leads_elsewhere(page.asked, page.url):
        raise ExtractError(page.asked, "soft-404", f"answered with {page.url}")
    if host_key(page.url) != host_key(page.asked) and find((source,), page.url) is None:
        raise ExtractError(page.asked, "wrong-article", f"answered by another outlet: {page.url}")
    article = extract(page, source)
    if is_other_article(link.url, link.title, article):
        raise ExtractError(link.url, "wrong-article", f"the page holds {article.title[:80]!r}")
    return filled(article, link)

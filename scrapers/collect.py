"""A round through the sources: listings → links not yet seen → pages → articles.

One queue a host, all hosts at once. What fails costs only itself and is reported; a bug or a full disk stops the
round. The callbacks are called on the loop's own thread, one at a time, so a database needs no lock of its own;
parsing and extraction run in one worker thread, so that a heavy page does not keep two hundred sockets waiting.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, TypeVar

from digest.errors import ExtractError, FetchError
from digest.model import VIETNAM, Article, Link, Page
from scrapers.fetch import Fetcher
from scrapers.hosts import host_key
from scrapers.identity import same_article
from scrapers.listings import Listing, listings_of, merged, read
from scrapers.source import Source

Stage = Literal["discover", "fetch", "extract"]
_T = TypeVar("_T")

# Kinds that tell about the host rather than the page; so many in a row, and the rest of its queue waits for next time.
_HOST_FAULTS = frozenset({"dns", "connect", "tls", "timeout", "broken", "rate-limited", "robots-unreachable"})
_MOST_HOST_FAULTS = 3
_INSTANT = timedelta(microseconds=1)  # a day's end belongs to the next day


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """One article as it came in. `identities` are the keys (`same_article`) of all addresses that led to it."""

    page: Page
    article: Article
    source: Source
    identities: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """What went wrong with one address: `kind` is one of `fetch.KINDS`, `verdict.KINDS`, "no-links" or "host-down".

    `page` is what was fetched but could not be read, so that it can be read again by better rules.
    """

    source: str
    stage: Stage
    kind: str
    url: str
    detail: str = ""
    page: Page | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The round in figures. Every link found is `known`, `outside` the window, `kept`, failed or still to come."""

    sources: int = 0
    listings: int = 0
    found: int = 0
    known: int = 0
    outside: int = 0
    kept: int = 0
    failed: tuple[tuple[str, int], ...] = ()


async def collect(  # noqa: PLR0913 - the stages before and after come in as callables
    sources: Sequence[Source],
    *,
    fetcher: Fetcher,
    seen: Callable[[Collection[str]], set[str]],
    keep: Callable[[Collected], None],
    fail: Callable[[Failure], None],
    day_range: tuple[datetime, datetime],
    extract: Callable[[Page, Source], Article],
    progress: Callable[[Tally], None] = lambda _tally: None,
) -> Tally:
    """Fetch what is new at the sources that are collected.

    `seen` gets identities and returns those known already. `day_range` is half-open; a link whose listing gives a
    time outside it is passed over, one without a time is fetched. Cancelling ends every queue at its next wait;
    what was kept stays kept. Exceptions of the callbacks end the round and come out as they are.
    """
    queues: dict[str, list[Source]] = {}
    for source in sources:
        first = next(listings_of(source, day_range[0]), None)
        if source.not_collected is None and first is not None:
            queues.setdefault(host_key(first.url), []).append(source)
    with ThreadPoolExecutor(1, thread_name_prefix="extract") as worker:
        outside = _Outside(fetcher=fetcher, seen=seen, keep=keep, fail=fail, extract=extract, progress=progress)
        round_ = _Round(outside, day_range, worker)
        try:
            async with asyncio.TaskGroup() as group:
                for queue in queues.values():
                    group.create_task(round_.queue(queue))
        except BaseExceptionGroup as errors:
            raise _first(errors) from errors
        finally:
            worker.shutdown(wait=False, cancel_futures=True)
    return round_.tally()


def _first(errors: BaseExceptionGroup[BaseException]) -> BaseException:
    """The first real error: callers catch a StorageError, not a group of them."""
    error = errors.exceptions[0]
    return _first(error) if isinstance(error, BaseExceptionGroup) else error


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outside:
    """The world of one round, as it was handed in."""

    fetcher: Fetcher
    seen: Callable[[Collection[str]], set[str]]
    keep: Callable[[Collected], None]
    fail: Callable[[Failure], None]
    extract: Callable[[Page, Source], Article]
    progress: Callable[[Tally], None]


class _Round:
    """One round: its queues and its counters."""

    def __init__(self, outside: _Outside, day_range: tuple[datetime, datetime], worker: ThreadPoolExecutor) -> None:
        self._outside = outside
        self._day_range = day_range
        self._worker = worker
        self._count: Counter[str] = Counter()
        self._failed: Counter[str] = Counter()

    def tally(self) -> Tally:
        """The figures so far."""
        return Tally(**self._count, failed=tuple(sorted(self._failed.items())))

    async def queue(self, sources: Iterable[Source]) -> None:
        """The sources of one host, one after the other."""
        for source in sources:
            found: list[Link] = []
            for listing in listings_of(source, self._day_range[1] - _INSTANT):
                found += await self._listed(listing, source)
            self._add("sources")
            await self._pages(self._new(merged(found, source)), source)

    async def _listed(self, listing: Listing, source: Source) -> list[Link]:
        self._add("listings")
        try:
            page = await self._outside.fetcher.fetch(listing.url, source=source, kind=listing.kind)
            return await self._in_worker(lambda: read(listing, page, source))
        except (FetchError, ExtractError) as error:
            self._fail(source, "discover", error.kind, listing.url, error.detail)
            return []

    def _new(self, links: dict[str, Link]) -> list[tuple[str, Link]]:
        """The links to fetch, with their identities."""
        start, end = self._day_range
        known = self._outside.seen(links.keys()) if links else set()
        within = [
            (key, link)
            for key, link in links.items()
            if key not in known and (link.published is None or start <= link.published < end)
        ]
        self._add("found", len(links))
        self._add("known", len(known & links.keys()))
        self._add("outside", len(links) - len(known & links.keys()) - len(within))
        return within

    async def _pages(self, links: list[tuple[str, Link]], source: Source) -> None:
        faults = 0
        for number, (key, link) in enumerate(links):
            if faults >= _MOST_HOST_FAULTS:
                left = len(links) - number
                self._fail(source, "fetch", "host-down", link.url, f"{left} addresses were left for the next round")
                return
            try:
                page = await self._outside.fetcher.fetch(link.url, source=source, kind="page")
            except FetchError as error:
                faults = faults + 1 if error.kind in _HOST_FAULTS else 0
                self._fail(source, "fetch", error.kind, link.url, error.detail)
            else:
                faults = 0
                await self._article(page, key, link, source)

    async def _article(self, page: Page, key: str, link: Link, source: Source) -> None:
        try:
            article = await self._in_worker(lambda: self._outside.extract(page, source))
        except ExtractError as error:
            self._fail(source, "extract", error.kind, link.url, error.detail, page)
            return
        identities = tuple(dict.fromkeys((key, same_article(page.url, source))))
        self._outside.keep(Collected(page=page, article=filled(article, link), source=source, identities=identities))
        self._add("kept")

    async def _in_worker(self, work: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._worker, work)

    def _fail(  # noqa: PLR0913, PLR0917 - the fields of a Failure, in their order
        self, source: Source, stage: Stage, kind: str, url: str, detail: str, page: Page | None = None
    ) -> None:
        failure = Failure(source=source.id, stage=stage, kind=kind, url=url, detail=detail, page=page)
        self._outside.fail(failure)
        self._failed[kind] += 1
        self._outside.progress(self.tally())

    def _add(self, name: str, amount: int = 1) -> None:
        self._count[name] += amount
        self._outside.progress(self.tally())


def filled(article: Article, link: Link) -> Article:
    """The article with what its listing knows and its page does not: title, standfirst, time; each is flagged."""
    flags = set(article.flags)
    if not article.title and link.title:
        article, flags = replace(article, title=link.title), flags | {"title-from-feed"}
    if article.sapo is None and link.sapo:
        article, flags = replace(article, sapo=link.sapo), (flags - {"no-sapo"}) | {"sapo-from-feed"}
    if link.published is not None and _is_better(link.published, article):
        article = replace(article, published=link.published)
        flags = (flags - {"no-time", "day-only"}) | {"time-from-feed"}
    return replace(article, flags=tuple(sorted(flags)))


def _is_better(published: datetime, article: Article) -> bool:
    """Where the page gives no time, or the day alone and the listing the hour of that day."""
    if article.published is None:
        return True
    same_day = published.astimezone(VIETNAM).date() == article.published.astimezone(VIETNAM).date()
    return "day-only" in article.flags and same_day

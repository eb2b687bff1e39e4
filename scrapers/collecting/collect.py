"""A round through the sources: listings → links not yet seen → pages → articles.

One queue a host, all hosts at once. What fails costs only itself and is reported; a bug or a full disk stops the
round. Pages are parsed by workers and records are kept in a thread of their own, so that neither a heavy page nor a
slow disk keeps two hundred sockets waiting.

Kinds of failure beside those of `scrapers.fetching.fetch`, `scrapers.extraction.verdict` and `scrapers.documents` (`KINDS`):

host-down     the host failed three times in a row: the rest of its queue waits for the next round
unfinished    the source's pages took longer than a quarter of an hour: the rest waits for the next round
no-links      a section page or sitemap without a link to an article of the source
reader-hung   reading the page took longer than 30 seconds
reader-died   the process that read the page came to its end
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from digest.model import Article, Page
from scrapers.collecting.guarded_fetch import HOST_DOWN, Guard
from scrapers.collecting.keeper import Keeper
from scrapers.collecting.records_thread import Aside
from scrapers.collecting.rounds import Brought, Records, Tally
from scrapers.collecting.source_round import UNFINISHED, OneSource, World
from scrapers.collecting.workers import Workers
from scrapers.discovery.listings import ways
from scrapers.fetching.fetch import Fetcher
from scrapers.fetching.hosts import host_key
from scrapers.source import Source

KINDS = (HOST_DOWN, UNFINISHED, "no-links", "reader-hung", "reader-died")


async def collect(  # noqa: PLR0913 - the stages before and after come in as callables
    sources: Sequence[Source],
    *,
    fetcher: Fetcher,
    records: Records,
    extract: Callable[[Page, Source], Article],
    day_range: tuple[datetime, datetime],
    clock: Callable[[], datetime],
    workers: Workers,
    progress: Callable[[Tally], None] = lambda _tally: None,
) -> Tally:
    """Fetch what is new at the sources that are collected.

    `day_range` is half-open; a link whose listing gives a time outside it is passed over, one without a time is
    fetched. Cancelling ends every queue at its next wait; what was kept stays kept. Exceptions of the records end the
    round and come out as they are.
    """
    with Aside() as aside:
        world = World(
            guard=Guard(fetcher, records, aside, clock),
            records=records,
            keeper=Keeper(records, aside),
            aside=aside,
            workers=workers,
            extract=extract,
            day_range=day_range,
            clock=clock,
        )
        round_ = _Round(world, progress)
        try:
            async with asyncio.TaskGroup() as group:
                for queue in _queues(sources, day_range):
                    group.create_task(round_.queue(queue))
        except BaseExceptionGroup as errors:
            raise _first(errors) from errors
    return round_.tally()


def _queues(sources: Iterable[Source], day_range: tuple[datetime, datetime]) -> list[list[Source]]:
    """The sources that are collected, those of one host in one queue."""
    queues: dict[str, list[Source]] = {}
    for source in sources:
        tiers = () if source.not_collected else ways(source, *day_range)
        if tiers:
            queues.setdefault(host_key(tiers[0][0].url), []).append(source)
    return list(queues.values())


def _first(errors: BaseExceptionGroup[BaseException]) -> BaseException:
    """The first real error: callers catch a StorageError, not a group of them."""
    error = errors.exceptions[0]
    return _first(error) if isinstance(error, BaseExceptionGroup) else error


class _Round:
    """The queues of one round, and the sums of what they brought."""

    def __init__(self, world: World, progress: Callable[[Tally], None]) -> None:
        self._world = world
        self._progress = progress
        self._sums: Counter[str] = Counter()
        self._failed: Counter[str] = Counter()

    async def queue(self, sources: Iterable[Source]) -> None:
        """The sources of one host, one after the other."""
        for source in sources:
            brought = await OneSource(source, self._world).round()
            await self._world.aside(self._world.records.done, brought)
            self._add(brought)

    def tally(self) -> Tally:
        """The figures so far."""
        return Tally(**self._sums, failed=tuple(sorted(self._failed.items())))

    def _add(self, brought: Brought) -> None:
        self._failed.update(brought.failed)
        self._sums.update(
            sources=1,
            listings=brought.listings,
            unchanged=brought.unchanged,
            found=brought.found,
            known=brought.known,
            outside=brought.outside,
            kept=brought.kept,
        )
        self._progress(self.tally())

"""The rules of every site met, fetched once a day, or sooner where a site says so."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from digest.errors import FetchError
from digest.model import Page
from scrapers.fetching.freshness import lifetime
from scrapers.fetching.robots import Robots, read

LONGEST_KEPT = 24 * 3600.0  # RFC 9309, 2.4
SHORTEST_KEPT = 600.0  # many a site forbids keeping anything it sends; it is not asked before every page
KEPT_AFTER_FAULT = 600.0

# There is no robots.txt, hence no rule: any 4xx, or redirects without end (RFC 9309, 2.3.1.2 and 2.3.1.3).
_ABSENT = frozenset({"not-found", "forbidden", "http-status", "redirects"})
# The server fails, so nobody knows what it allows: everything is forbidden for the time being (2.3.1.4).
_FAILING = frozenset({"server-error", "rate-limited", "bad-encoding", "too-large", "not-modified"})


@dataclass(slots=True)
class _Known:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    until: float = float("-inf")
    robots: Robots | None = None
    fault: FetchError | None = None


class RobotsCache:
    """What was read so far. `ticks` counts seconds. A failure is remembered for ten minutes."""

    def __init__(self, *, ticks: Callable[[], float]) -> None:
        self._ticks = ticks
        self._sites: defaultdict[Hashable, _Known] = defaultdict(_Known)

    async def rules(
        self, address: str, *, load: Callable[[str], Awaitable[Page]], url: str, way: Hashable = None
    ) -> Robots:
        """The rules for an address. `load` fetches a robots.txt; `url` is the address that errors name.

        `way` is what else the answer depends on: a site refused to one source may be open to another.

        FetchError "robots-unreachable" where the server fails; a fault of the network keeps its own kind, since it
        is the site that cannot be reached, not its rules alone.
        """
        parts = urlsplit(address)
        site = f"{parts.scheme}://{parts.netloc}"
        known = self._sites[site, way]
        async with known.lock:
            if known.until <= self._ticks():
                await self._ask(known, f"{site}/robots.txt", load)
        if known.fault is not None:
            kind = "robots-unreachable" if known.fault.kind in _FAILING else known.fault.kind
            raise FetchError(url, kind, f"robots.txt: {known.fault.detail or known.fault.kind}") from known.fault
        return known.robots or Robots()

    async def _ask(self, known: _Known, robots_url: str, load: Callable[[str], Awaitable[Page]]) -> None:
        kept = KEPT_AFTER_FAULT
        try:
            page = await load(robots_url)
        except FetchError as error:
            if error.kind in _ABSENT:
                known.robots, known.fault, kept = Robots(), None, LONGEST_KEPT
            elif known.robots is None:  # else yesterday's rules hold while the site is out of reach (2.4)
                known.fault = error
        else:
            known.robots, known.fault, kept = read(page.body), None, _kept(page)
        known.until = self._ticks() + kept


def _kept(page: Page) -> float:
    """Seconds for which the rules hold."""
    said = lifetime(page.headers, now=page.fetched)
    return LONGEST_KEPT if said is None else min(max(said.total_seconds(), SHORTEST_KEPT), LONGEST_KEPT)

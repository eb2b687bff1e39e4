"""robots.txt by RFC 9309: what a site allows, and how fast."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from protego import Protego

from digest.errors import FetchError

AGENT = "diembao"
LONGEST_CRAWL_DELAY = 60.0  # a site that asks for more is asked this seldom; a day has an end

_KEPT_SECONDS = 24 * 3600.0
_KEPT_SECONDS_AFTER_FAULT = 600.0
# There is no robots.txt, hence no rule: any 4xx, or redirects without end (RFC 9309, 2.3.1.2 and 2.3.1.3).
_ABSENT = frozenset({"not-found", "forbidden", "http-status", "redirects"})
# The server fails, so nobody knows what it allows: everything is forbidden for the time being (2.3.1.4).
_FAILING = frozenset({"server-error", "rate-limited", "bad-encoding"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """The rules of one site; without rules everything is allowed."""

    rules: Protego | None = None

    def allows(self, url: str) -> bool:
        """Whether `diembao` may ask for the address."""
        return self.rules is None or self.rules.can_fetch(url, AGENT)

    def delay(self) -> float:
        """Seconds the site wants between two requests, 0 where it does not say."""
        asked = self.rules.crawl_delay(AGENT) if self.rules else None
        return min(max(asked or 0.0, 0.0), LONGEST_CRAWL_DELAY)


def read(body: bytes) -> Robots:
    """The rules of a robots.txt; bytes that are not UTF-8 spoil only their own line."""
    return Robots(rules=Protego.parse(body.decode("utf-8-sig", errors="replace")))


@dataclass(slots=True)
class _Known:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    until: float = float("-inf")
    robots: Robots = Robots()
    fault: FetchError | None = None


class RobotsCache:
    """The rules of every site met so far, each fetched once a day; a failure is remembered for ten minutes."""

    def __init__(self, *, ticks: Callable[[], float]) -> None:
        self._ticks = ticks
        self._sites: defaultdict[str, _Known] = defaultdict(_Known)

    async def rules(self, address: str, *, load: Callable[[str], Awaitable[bytes]], url: str) -> Robots:
        """The rules for an address. `load` fetches a robots.txt; `url` is the address that errors name.

        FetchError "robots-unreachable" where the server fails; a fault of the network keeps its own kind, since it
        is the site that cannot be reached, not its rules alone.
        """
        parts = urlsplit(address)
        site = f"{parts.scheme}://{parts.netloc}"
        known = self._sites[site]
        async with known.lock:
            if known.until <= self._ticks():
                await self._ask(known, f"{site}/robots.txt", load)
        if known.fault is not None:
            kind = "robots-unreachable" if known.fault.kind in _FAILING else known.fault.kind
            raise FetchError(url, kind, f"robots.txt: {known.fault.detail or known.fault.kind}") from known.fault
        return known.robots

    async def _ask(self, known: _Known, robots_url: str, load: Callable[[str], Awaitable[bytes]]) -> None:
        known.robots, known.fault = Robots(), None
        try:
            known.robots = read(await load(robots_url))
        except FetchError as error:
            known.fault = None if error.kind in _ABSENT else error
        kept = _KEPT_SECONDS if known.fault is None else _KEPT_SECONDS_AFTER_FAULT
        known.until = self._ticks() + kept

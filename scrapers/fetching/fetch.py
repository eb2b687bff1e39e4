"""Fetching politely: robots.txt first, one request at a time a host, everything bounded.

Every way in which an address fails is a FetchError whose `kind` is one of `KINDS`:

bad-address         not a whole http or https address
refused-address     the name leads into a private or reserved network
dns, connect, tls   the name is unknown, nobody answers, the certificate or the handshake is not in order
timeout             not whole after 20 seconds, redirects included
broken              the connection ended or the protocol was violated in the middle
redirects           more than five redirects, one in a circle, or one without a goal
robots              robots.txt forbids the address
robots-unreachable  robots.txt could not be read because the server fails: wait
rate-limited        429, or the server asked before for a longer pause than one waits
forbidden           401, 402, 403, 407, 451
not-found           404, 410
server-error        5xx
http-status         any other status that brings no content
not-modified        304: what the validators name is still current (no failure)
too-large           beyond the cap of its kind
bad-encoding        the content coding is unknown, spoilt or cut off
empty-feed, not-a-feed   no entry, no feed at all (raised by `scrapers.discovery.feeds`)

A redirect from https to http is followed, as every reader's browser does; `Page.url` against `Page.asked` shows it.
A cookie is brought back along the redirects of one address, as some sites want it, and then forgotten.

A 200 that holds no article is not told here: `scrapers.extraction.verdict` judges pages.
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Self

import httpx

from digest.errors import FetchError, UsageError
from digest.model import Page
from scrapers.fetching import answers
from scrapers.fetching.asking import Asker, Way, Wish, checked, way_to
from scrapers.fetching.content import Wanted
from scrapers.fetching.hosts import Hosts, jittered
from scrapers.fetching.robots import AGENT
from scrapers.fetching.robots_cache import RobotsCache
from scrapers.source import Source

KINDS = (
    *("bad-address", "refused-address", "dns", "connect", "tls", "timeout", "broken", "redirects"),
    *("robots", "robots-unreachable", "rate-limited", "forbidden", "not-found", "server-error", "http-status"),
    *("not-modified", "too-large", "bad-encoding", "empty-feed", "not-a-feed"),
)

_USUAL_DELAY = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of one address. Times in seconds; waiting for one's turn does not count towards `seconds`."""

    seconds: float = 20.0
    redirects: int = 5
    tries: int = 3
    first_pause: float = 1.0  # after a passing fault; twice as long after the next
    longest_wait: float = 60.0
    at_once: int = 256  # requests under way, hence open files


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What an earlier answer said about itself, so that the server may answer "not modified"."""

    etag: str | None = None
    last_modified: str | None = None


def validators_of(page: Page) -> Validators:
    """The validators that a page's headers carry, each kept as it was written."""
    headers = {name.lower(): value for name, value in page.headers}
    return Validators(etag=headers.get("etag"), last_modified=headers.get("last-modified"))


class Fetcher:
    """Fetches addresses, many hosts at once and each host politely. Use it as an async context manager.

    `contact` (an address or a mailbox, ASCII) stands in the User-Agent. `clock` gives the aware moment a page was
    fetched. `random` gives numbers from 0 to 1, for the jitter of pauses. `transport` makes the connections of a way.
    """

    def __init__(  # noqa: PLR0913 - the world comes in as arguments, and this is the world's edge
        self,
        *,
        contact: str,
        clock: Callable[[], datetime],
        ticks: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        random: Callable[[], float] = random.random,
        limits: Limits = Limits(),
        transport: Callable[[Way], httpx.AsyncBaseTransport] = checked,
    ) -> None:
        if not contact.strip() or not (contact.isascii() and contact.isprintable()):
            raise UsageError(f"the contact in the User-Agent must be plain ASCII text, not {contact!r}")
        self._ticks = ticks
        self._random = random
        self._limits = limits
        self._hosts = Hosts(ticks=ticks, sleep=sleep, random=random, longest_wait=limits.longest_wait)
        self._robots = RobotsCache(ticks=ticks)
        self._asker = Asker(agent=f"{AGENT} (+{contact})", clock=clock, transport=transport)
        self._slots = asyncio.Semaphore(limits.at_once)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._asker.close()

    async def fetch(
        self, url: str, *, source: Source | None, kind: Wanted, validators: Validators | None = None
    ) -> Page:
        """The page at an address, after redirects; FetchError with one of `KINDS`, after retries where they may help."""
        wish = Wish(url=url, source=source, kind=kind, conditions=_conditions(validators or Validators()))
        attempt = 0
        while True:
            attempt += 1
            try:
                return await self._follow(wish)
            except answers.PassingFaultError as error:
                own = jittered(self._limits.first_pause * 2 ** (attempt - 1), random=self._random)
                pause = max(error.pause or 0.0, own)
                self._hosts.hold(error.address, pause)
                if attempt >= self._limits.tries or pause > self._limits.longest_wait:
                    raise

    @property
    def longest_wait(self) -> float:
        """Seconds: a longer pause that a host asks for is not waited for here."""
        return self._limits.longest_wait

    async def _follow(self, wish: Wish) -> Page:
        address, left, met = wish.url, self._limits.seconds, set[tuple[str, str]]()
        cookies = httpx.Cookies()  # some sites let a reader in who brings back the cookie of their first answer
        for _ in range(self._limits.redirects + 1):
            step = (address, repr(sorted(cookies.items())))
            if step in met:
                raise FetchError(wish.url, "redirects", f"leads back to {address}")
            met.add(step)
            try:
                url = answers.check_address(address, url=wish.url)
                delay = 0.0 if wish.kind == "robots" else await self._allowed_delay(str(url), wish)
                async with self._hosts.turn(str(url), delay=delay, url=wish.url), self._slots:
                    started = self._ticks()
                    answer = await self._asker.ask(url, address, wish, cookies=cookies, seconds=left)
                    left -= self._ticks() - started
            except FetchError as error:
                error.happened_at = address
                raise
            if isinstance(answer, Page):
                return answer
            address = answer
        raise FetchError(wish.url, "redirects", f"more than {self._limits.redirects}; the last leads to {address}")

    async def _allowed_delay(self, address: str, wish: Wish) -> float:
        """Seconds between two requests to the address's host; FetchError where robots.txt does not let one in."""

        async def load(robots_url: str) -> Page:
            return await self.fetch(robots_url, source=wish.source, kind="robots")

        way = way_to(address, wish.source)
        rules = await self._robots.rules(address, load=load, url=wish.url, way=way)
        denial = rules.denial(address)
        if denial is not None:
            raise FetchError(wish.url, "robots", f"robots.txt: {denial}")
        return max(wish.source.delay if wish.source else _USUAL_DELAY, rules.delay())


def _conditions(validators: Validators) -> tuple[tuple[str, str], ...]:
    asked = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
    return tuple((name, value) for name, value in asked.items() if value is not None)

"""Fetching politely: robots.txt first, one request at a time a host, everything bounded.

Every way in which an address fails is a FetchError whose `kind` is one of `KINDS`:

bad-address         not a whole http or https address
refused-address     the name leads into a private or reserved network
dns, connect, tls   the name is unknown, nobody answers, the certificate or the handshake is not in order
timeout             not whole after 20 seconds
broken              the connection ended or the protocol was violated in the middle
redirects           more than five redirects, or one without a goal
robots              robots.txt forbids the address
robots-unreachable  robots.txt could not be read because the server fails: wait
rate-limited        429, or the server asked for a longer pause than one waits
forbidden           401, 402, 403, 407, 451
not-found           404, 410
server-error        5xx
http-status         any other status that brings no content
not-modified        304: what the validators name is still current (no failure)
too-large           beyond the cap of its kind
bad-encoding        the content coding is unknown, spoilt or cut off
empty-feed, not-a-feed   no entry, no feed at all (raised by `scrapers.feeds`)

A 200 that holds no article is not told here: `scrapers.verdict` judges pages.
"""

import asyncio
import hashlib
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Self

import httpx

from digest.errors import FetchError, UsageError
from digest.model import Page
from scrapers import answers
from scrapers.content import Wanted, read_body
from scrapers.hosts import Hosts
from scrapers.robots import AGENT, RobotsCache
from scrapers.source import Source
from scrapers.transport import CheckedTransport, RefusedAddressError, UnknownHostError

KINDS = (
    *("bad-address", "refused-address", "dns", "connect", "tls", "timeout", "broken", "redirects"),
    *("robots", "robots-unreachable", "rate-limited", "forbidden", "not-found", "server-error", "http-status"),
    *("not-modified", "too-large", "bad-encoding", "empty-feed", "not-a-feed"),
)

_USUAL_DELAY = 2.0
_ACCEPT: dict[Wanted, str] = {
    "page": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5",
    "feed": "application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.5",
    "sitemap": "application/xml,text/xml;q=0.9,*/*;q=0.5",
    "robots": "text/plain,*/*;q=0.5",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of one address. Times in seconds; waiting for one's turn does not count towards `seconds`."""

    seconds: float = 20.0
    redirects: int = 5
    tries: int = 3
    first_pause: float = 1.0  # after a passing fault; twice as long after the next
    longest_wait: float = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What an earlier answer said about itself, so that the server may answer "not modified"."""

    etag: str | None = None
    last_modified: str | None = None


def validators_of(page: Page) -> Validators:
    """The validators that a page's headers carry, each kept as it was written."""
    headers = {name.lower(): value for name, value in page.headers}
    return Validators(etag=headers.get("etag"), last_modified=headers.get("last-modified"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    """One address as it was asked for."""

    url: str
    source: Source | None
    kind: Wanted
    validators: Validators


class Fetcher:
    """Fetches addresses, many hosts at once and each host politely. Use it as an async context manager.

    `contact` (an address or a mailbox, ASCII) stands in the User-Agent. `clock` gives the aware moment a page was
    fetched. `transport` makes the connections, given whether private addresses may be reached.
    """

    def __init__(  # noqa: PLR0913 - the world comes in as arguments, and this is the world's edge
        self,
        *,
        contact: str,
        clock: Callable[[], datetime],
        ticks: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        limits: Limits = Limits(),
        transport: Callable[[bool], httpx.AsyncBaseTransport] = lambda private: CheckedTransport(allow_private=private),
    ) -> None:
        if not contact.strip() or not (contact.isascii() and contact.isprintable()):
            raise UsageError(f"the contact in the User-Agent must be plain ASCII text, not {contact!r}")
        self._clock = clock
        self._ticks = ticks
        self._limits = limits
        self._transport = transport
        self._agent = f"{AGENT} (+{contact})"
        self._hosts = Hosts(ticks=ticks, sleep=sleep, longest_wait=limits.longest_wait)
        self._robots = RobotsCache(ticks=ticks)
        self._clients: dict[bool, httpx.AsyncClient] = {}
        self._open = AsyncExitStack()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._clients.clear()
        await self._open.aclose()

    async def fetch(
        self, url: str, *, source: Source | None, kind: Wanted, validators: Validators | None = None
    ) -> Page:
        """The page at an address, after redirects; FetchError with one of `KINDS`, after retries where they may help."""
        wish = _Wish(url=url, source=source, kind=kind, validators=validators or Validators())
        attempt = 0
        while True:
            attempt += 1
            try:
                return await self._follow(wish)
            except answers.PassingFaultError as error:
                pause = max(error.pause or 0.0, self._limits.first_pause * 2 ** (attempt - 1))
                self._hosts.hold(error.address, pause)
                if attempt >= self._limits.tries or pause > self._limits.longest_wait:
                    raise

    async def _follow(self, wish: _Wish) -> Page:
        address, left = wish.url, self._limits.seconds
        for _ in range(self._limits.redirects + 1):
            answers.check_address(address, url=wish.url)
            delay = 0.0 if wish.kind == "robots" else await self._allowed_delay(address, wish)
            async with self._hosts.turn(address, delay=delay):
                started = self._ticks()
                answer = await self._ask(address, wish, seconds=left)
                left -= self._ticks() - started
            if isinstance(answer, Page):
                return answer
            address = answer
        raise FetchError(wish.url, "redirects", f"more than {self._limits.redirects}; the last leads to {address}")

    async def _ask(self, address: str, wish: _Wish, *, seconds: float) -> Page | str:
        """One request: the page, or the address it was redirected to."""
        client = await self._client(private=wish.source is not None and wish.source.allow_private)
        try:
            async with asyncio.timeout(seconds), client.stream("GET", address, headers=_headers(wish)) as response:
                if answers.is_redirect(response.status_code):
                    return answers.goal_of(response, url=wish.url, address=address)
                answers.refuse_status(response, url=wish.url, address=address, now=self._clock())
                coding = response.headers.get("content-encoding", "")
                body = await read_body(response.aiter_raw(), coding=coding, wanted=wish.kind, url=wish.url)
        except (OSError, httpx.TransportError, httpx.InvalidURL, RefusedAddressError, UnknownHostError) as error:
            raise answers.fault(error, url=wish.url, address=address) from error
        return Page(
            url=address,
            asked=wish.url,
            status=response.status_code,
            headers=tuple(response.headers.multi_items()),
            body=body,
            fetched=self._clock(),
            sha256=hashlib.sha256(body).hexdigest(),
        )

    async def _allowed_delay(self, address: str, wish: _Wish) -> float:
        """Seconds between two requests to the address's host; FetchError where robots.txt does not let one in."""

        async def load(robots_url: str) -> bytes:
            return (await self.fetch(robots_url, source=wish.source, kind="robots")).body

        rules = await self._robots.rules(address, load=load, url=wish.url)
        if not rules.allows(address):
            raise FetchError(wish.url, "robots", "robots.txt does not let it be fetched")
        return max(wish.source.delay if wish.source else _USUAL_DELAY, rules.delay())

    async def _client(self, *, private: bool) -> httpx.AsyncClient:
        if private not in self._clients:
            client = httpx.AsyncClient(
                transport=self._transport(private),
                headers={
                    "User-Agent": self._agent,
                    "Accept-Language": "vi,en;q=0.5",
                    "Accept-Encoding": "gzip, deflate",
                },
                timeout=self._limits.seconds,
                trust_env=False,
            )
            self._clients[private] = await self._open.enter_async_context(client)
        return self._clients[private]


def _headers(wish: _Wish) -> dict[str, str]:
    asked = {
        "Accept": _ACCEPT[wish.kind],
        "If-None-Match": wish.validators.etag,
        "If-Modified-Since": wish.validators.last_modified,
    }
    return {name: value for name, value in asked.items() if value is not None}

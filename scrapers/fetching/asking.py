"""One request: what is sent, over which connection, and what became of it."""

import asyncio
import hashlib
from collections.abc import Callable
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass
from datetime import datetime

import httpcore
import httpx

from digest.errors import FetchError
from digest.model import Page
from scrapers.fetching import answers
from scrapers.fetching.content import Wanted, read_body
from scrapers.fetching.tls import exceptions
from scrapers.fetching.transport import CheckedTransport, RefusedAddressError, UnknownHostError
from scrapers.source import Source, Tls

_ACCEPT: dict[Wanted, str] = {
    "page": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5",
    "feed": "application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.5",
    "sitemap": "application/xml,text/xml;q=0.9,*/*;q=0.5",
    "document": "application/pdf,application/vnd.openxmlformats-officedocument.wordprocessingml.document,*/*;q=0.5",
    "picture": "image/jpeg,image/png,image/webp;q=0.9,image/avif;q=0.8,image/*;q=0.7,*/*;q=0.5",
    "robots": "text/plain,*/*;q=0.5",
}
_MOST_HEADERS = 256
_LARGEST_HEADERS = 64 * 1024  # they are kept with the page
_LONGEST_CONDITION = 1024
_FAULTS = (OSError, httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, httpx.TransportError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One address as it was asked for. `conditions` are headers that let the server answer "not modified"."""

    url: str
    source: Source | None
    kind: Wanted
    conditions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """How an address is reached: whether private ones may be, and with which exceptions from strict TLS."""

    private: bool
    tls: Tls


def way_to(address: str, source: Source | None) -> Way:
    """The way to an address in the name of a source."""
    return Way(source is not None and source.allow_private, exceptions(source, address))


def checked(way: Way) -> httpx.AsyncBaseTransport:
    """The transport for a way."""
    return CheckedTransport(allow_private=way.private, tls=way.tls)


class Asker:
    """Makes requests. No cookie outlives its address, and nothing is sent but what stands here.

    `transport` makes the connections of a way; each is made once.
    """

    def __init__(
        self,
        *,
        agent: str,
        clock: Callable[[], datetime],
        transport: Callable[[Way], httpx.AsyncBaseTransport],
    ) -> None:
        self._usual = (("User-Agent", agent), ("Accept-Language", "vi,en;q=0.5"), ("Accept-Encoding", "gzip, deflate"))
        self._clock = clock
        self._transport = transport
        self._transports: dict[Way, httpx.AsyncBaseTransport] = {}
        self._open = AsyncExitStack()

    async def close(self) -> None:
        """Close the connections."""
        self._transports.clear()
        await self._open.aclose()

    async def ask(
        self, url: httpx.URL, address: str, wish: Wish, *, cookies: httpx.Cookies, seconds: float
    ) -> Page | str:
        """One request: the page, or the address it was redirected to, with the cookies that came with it.

        `url` is `address` as `answers.check_address` let it pass. FetchError for anything else, after at most so many
        seconds.
        """
        transport = self._through(way_to(str(url), wish.source), wish)
        request = httpx.Request("GET", url, headers=self._headers(wish))
        cookies.set_cookie_header(request)
        try:
            async with asyncio.timeout(seconds):
                response = await transport.handle_async_request(request)
                async with aclosing(response):
                    if answers.is_redirect(response.status_code):
                        response.request = request
                        cookies.extract_cookies(response)
                        return answers.goal_of(response, url=wish.url, address=address)
                    return await self._read(response, address, wish)
        except (*_FAULTS, RefusedAddressError, UnknownHostError) as error:
            raise answers.fault(error, url=wish.url, address=address) from error

    async def _read(self, response: httpx.Response, address: str, wish: Wish) -> Page:
        answers.refuse_status(response, url=wish.url, address=address, now=self._clock())
        headers = tuple((name.decode("latin-1").lower(), _text(value)) for name, value in response.headers.raw)
        size = sum(len(name) + len(value) for name, value in headers)
        if len(headers) > _MOST_HEADERS or size > _LARGEST_HEADERS:
            raise FetchError(wish.url, "broken", f"{len(headers)} headers of {size} characters")
        body = await read_body(
            response.aiter_raw(),
            coding=response.headers.get("content-encoding", ""),
            wanted=wish.kind,
            url=wish.url,
            announced=_number(response.headers.get("content-length", "")),
        )
        return Page(
            url=address,
            asked=wish.url,
            status=response.status_code,
            headers=headers,
            body=body,
            fetched=self._clock(),
            sha256=hashlib.sha256(body).hexdigest(),
        )

    def _through(self, way: Way, wish: Wish) -> httpx.AsyncBaseTransport:
        if way not in self._transports:
            try:
                self._transports[way] = self._transport(way)
            except OSError as error:  # ssl.SSLError is one
                detail = f"the trusted certificates {way.tls.trust} cannot be read: {error}"
                raise FetchError(wish.url, "tls", detail) from error
            self._open.push_async_callback(self._transports[way].aclose)
        return self._transports[way]

    def _headers(self, wish: Wish) -> list[tuple[bytes, bytes]]:
        conditions = [(name, value) for name, value in wish.conditions if _may_be_sent(value)]
        given = (*self._usual, ("Accept", _ACCEPT[wish.kind]), *conditions)
        return [(name.encode(), value.encode()) for name, value in given]


def _may_be_sent(value: str) -> bool:
    return bool(value) and value.isprintable() and len(value) <= _LONGEST_CONDITION


def _text(value: bytes) -> str:
    """A header's value: UTF-8 where it is, else as HTTP once had it."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _number(value: str) -> int:
    return int(value) if value.isascii() and value.isdigit() else 0

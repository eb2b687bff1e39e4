"""Fetching behind the hosts' breakers: who fails three times in a row is left alone for a while, then asked once."""

from collections.abc import Callable
from datetime import datetime

from digest.errors import FetchError
from digest.model import Page
from scrapers.collecting.aside import Aside
from scrapers.collecting.breaker import Breaker
from scrapers.collecting.rounds import Records
from scrapers.fetching.content import Wanted
from scrapers.fetching.fetch import Fetcher, Validators
from scrapers.fetching.hosts import host_key
from scrapers.source import Source

HOST_DOWN = "host-down"
# Kinds that tell about the host rather than the address …
_FAULTS = frozenset(
    {"dns", "connect", "tls", "timeout", "broken", "rate-limited", "server-error", "robots-unreachable"}
)
# … and kinds that an answering host gives. What is in neither was never asked of the host, or says nothing of it.
_ANSWERS = frozenset({"not-modified", "not-found", "forbidden", "http-status", "empty-feed", "not-a-feed"})


class Guard:
    """A fetcher that remembers how each host stands, from one round to the next."""

    def __init__(self, fetcher: Fetcher, records: Records, aside: Aside, clock: Callable[[], datetime]) -> None:
        self._fetcher = fetcher
        self._records = records
        self._aside = aside
        self._clock = clock
        self._breakers: dict[str, Breaker] = {}

    async def fetch(self, url: str, *, source: Source, kind: Wanted, validators: Validators | None = None) -> Page:
        """As `Fetcher.fetch`; FetchError "host-down" without asking, while the host's breaker is open."""
        host = host_key(url)
        breaker = await self._breaker(host)
        if breaker.state(self._clock()) == "open":
            raise FetchError(url, HOST_DOWN, f"left alone until {breaker.open_until:%d/%m %H:%M}")
        try:
            page = await self._fetcher.fetch(url, source=source, kind=kind, validators=validators)
        except FetchError as error:
            if error.kind in _FAULTS:
                await self._note(host, self._breakers[host].failed(self._clock()))
            elif error.kind in _ANSWERS:
                await self._note(host, Breaker())
            raise
        await self._note(host, Breaker())
        return page

    async def _breaker(self, host: str) -> Breaker:
        if host not in self._breakers:
            known = await self._aside(self._records.breaker, host)
            self._breakers.setdefault(host, known)
        return self._breakers[host]

    async def _note(self, host: str, breaker: Breaker) -> None:
        if breaker != self._breakers[host]:
            self._breakers[host] = breaker
            await self._aside(self._records.keep_breaker, host, breaker)

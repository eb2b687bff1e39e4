"""Fetching behind the hosts' breakers: who fails three times in a row is left alone for a while, then asked once."""

from collections.abc import Callable
from datetime import datetime, timedelta

from digest.errors import FetchError
from digest.model import VIETNAM, Page
from scrapers.collecting.breaker import Breaker
from scrapers.collecting.records_thread import Aside
from scrapers.collecting.rounds import Records
from scrapers.fetching.answers import PassingFaultError
from scrapers.fetching.content import Wanted
from scrapers.fetching.fetch import Fetcher, Validators
from scrapers.fetching.hosts import host_key
from scrapers.kinds import HOST_ANSWERS, HOST_FAULTS
from scrapers.source import Source

HOST_DOWN = "host-down"


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
            raise FetchError(url, HOST_DOWN, f"left alone until {_said(breaker.open_until)}")
        try:
            page = await self._fetcher.fetch(url, source=source, kind=kind, validators=validators)
        except FetchError as error:
            await self._blame(error, host)
            raise
        await self._note(host, self._breakers[host].succeeded())
        return page

    async def _blame(self, error: FetchError, host: str) -> None:
        """Note what the error says of the host asked, and of the one it was redirected to."""
        there = host_key(error.happened_at or error.url)
        if there != host:  # it answered, with a redirect
            await self._note(host, self._breakers[host].succeeded())
        breaker = await self._breaker(there)
        pause = error.pause or 0.0 if isinstance(error, PassingFaultError) else 0.0
        if pause > self._fetcher.longest_wait:
            await self._note(there, breaker.shut(self._clock(), timedelta(seconds=pause)))
        elif error.kind == "server-error" and not isinstance(error, PassingFaultError):
            return  # one page's own fault says nothing of the others
        elif error.kind in HOST_FAULTS:
            await self._note(there, breaker.failed(self._clock()))
        elif error.kind in HOST_ANSWERS:
            await self._note(there, breaker.succeeded())

    async def _breaker(self, host: str) -> Breaker:
        if host not in self._breakers:
            known = await self._aside(self._records.breaker, host)
            self._breakers.setdefault(host, known)
        return self._breakers[host]

    async def _note(self, host: str, breaker: Breaker) -> None:
        if breaker != self._breakers[host]:
            self._breakers[host] = breaker
            await self._aside(self._records.keep_breaker, host, breaker)


def _said(moment: datetime | None) -> str:
    return f"{moment.astimezone(VIETNAM):%d/%m %H:%M}" if moment else ""

"""Turns: one request at a time a host, with a pause between two."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from digest.errors import FetchError


@dataclass(slots=True)
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = float("-inf")


def host_key(address: str) -> str:
    """Addresses with one key share a queue: the host without `www.`, and its port."""
    parts = urlsplit(address)
    return (parts.hostname or "").removeprefix("www.") + (f":{parts.port}" if parts.port else "")


class Hosts:
    """Who may ask when. `ticks` counts seconds, `sleep` waits for some; `longest_wait` bounds a single wait."""

    def __init__(
        self, *, ticks: Callable[[], float], sleep: Callable[[float], Awaitable[None]], longest_wait: float
    ) -> None:
        self._ticks = ticks
        self._sleep = sleep
        self._longest_wait = longest_wait
        self._hosts: defaultdict[str, _Host] = defaultdict(_Host)

    @asynccontextmanager
    async def turn(self, address: str, *, delay: float) -> AsyncIterator[None]:
        """Wait for the host, hold it for one request, keep it shut for `delay` seconds from the request's start.

        FetchError "rate-limited" where the host asked for a pause beyond the longest wait.
        """
        host = self._hosts[host_key(address)]
        async with host.lock:
            wait = host.free_at - self._ticks()
            if wait > self._longest_wait:
                raise FetchError(address, "rate-limited", f"the server asked for a pause; {wait:.0f} seconds are left")
            if wait > 0:
                await self._sleep(wait)
            host.free_at = self._ticks() + delay
            yield

    def hold(self, address: str, seconds: float) -> None:
        """Keep the host shut for so long from now on: it asked for a pause, or it stumbled."""
        host = self._hosts[host_key(address)]
        host.free_at = max(host.free_at, self._ticks() + seconds)

"""Turns: one request at a time a host, with a pause between two."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from digest.errors import FetchError

_USUAL_PORTS = {"http": 80, "https": 443}
_JITTER = 0.25  # of the pause, at most


@dataclass(slots=True)
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = float("-inf")


def host_of(address: str) -> str:
    """The host of an address without `www.`, as it goes over the wire; empty for what is no address of a host."""
    try:
        host = urlsplit(address).hostname or ""
        host = host if host.isascii() else host.encode("idna").decode()
    except ValueError:
        return ""
    return host.rstrip(".").removeprefix("www.")


def host_key(address: str) -> str:
    """Addresses with one key share a queue: the host, and a port that is not its scheme's usual one."""
    host = host_of(address)
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return ""
    is_usual = port is None or port == _USUAL_PORTS.get(parts.scheme)
    return host if is_usual else f"{host}:{port}"


def jittered(seconds: float, *, random: Callable[[], float]) -> float:
    """A pause never shorter than asked and up to a quarter longer, so that many do not ask in step."""
    return seconds * (1.0 + _JITTER * random())


class Hosts:
    """Who may ask when.

    `ticks` counts seconds, `sleep` waits for some, `random` gives a share of 0 to 1 for the jitter; `longest_wait`
    bounds a single wait.
    """

    def __init__(
        self,
        *,
        ticks: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
        random: Callable[[], float],
        longest_wait: float,
    ) -> None:
        self._ticks = ticks
        self._sleep = sleep
        self._random = random
        self._longest_wait = longest_wait
        self._hosts: defaultdict[str, _Host] = defaultdict(_Host)

    @asynccontextmanager
    async def turn(self, address: str, *, delay: float, url: str) -> AsyncIterator[None]:
        """Wait for the host, hold it for one request, keep it shut for `delay` seconds from the request's start.

        FetchError "rate-limited", naming `url`, where the host asked for a pause beyond the longest wait.
        """
        host = self._hosts[host_key(address)]
        async with host.lock:
            while (wait := host.free_at - self._ticks()) > 0:  # someone may have put it off in the meantime
                if wait > self._longest_wait:
                    raise FetchError(url, "rate-limited", f"the server asked for a pause; {wait:.0f} seconds are left")
                await self._sleep(wait)
            host.free_at = self._ticks() + jittered(delay, random=self._random)
            yield

    def hold(self, address: str, seconds: float) -> None:
        """Keep the host shut for so long from now on: it asked for a pause, or it stumbled."""
        host = self._hosts[host_key(address)]
        host.free_at = max(host.free_at, self._ticks() + seconds)

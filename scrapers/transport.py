"""Connections that go only to an address that was checked.

The name is resolved once, every address of the answer is checked, and the connection is made to that very address:
a second look-up, which could answer otherwise (DNS rebinding), never happens. Host header, SNI and certificate check
still use the name.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from ipaddress import ip_address
from types import TracebackType

import httpcore
import httpx

from scrapers import addresses

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
SocketOption = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]

_MOST_ADDRESSES = 4  # tried one after the other
_RESOLVING_AT_ONCE = 32


class RefusedAddressError(Exception):
    """The name leads to an address that may not be connected to."""


class UnknownHostError(Exception):
    """The name leads nowhere."""


class SystemResolver:
    """The system's name service, in threads of its own: names that hang must not hold up the other hosts' names."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_RESOLVING_AT_ONCE, thread_name_prefix="resolve")

    async def __call__(self, host: str, port: int) -> list[str]:
        """The addresses of a name in the order the system prefers; UnknownHostError where there is none."""
        ask = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
        try:
            answers = await asyncio.get_running_loop().run_in_executor(self._threads, ask)
        except (socket.gaierror, UnicodeError) as error:
            raise UnknownHostError(f"{host}: {error}") from error
        return list(dict.fromkeys(str(answer[4][0]) for answer in answers))

    def close(self) -> None:
        """Let the threads go; one that still waits ends by itself."""
        self._threads.shutdown(wait=False, cancel_futures=True)


class CheckedBackend(httpcore.AsyncNetworkBackend):
    """httpcore's own backend behind the address check."""

    def __init__(self, *, allow_private: bool, resolve: Resolve) -> None:
        self._allow_private = allow_private
        self._resolve = resolve
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first checked address of the name that answers."""
        failure: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for ip in await self._checked(host, port):
            try:
                return await self._inner.connect_tcp(ip, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or UnknownHostError(host)

    async def _checked(self, host: str, port: int) -> list[str]:
        found = [host] if _is_address(host) else await self._resolve(host, port)
        reasons = {ip: addresses.check(ip, allow_private=self._allow_private) for ip in found}
        passed = [ip for ip, reason in reasons.items() if reason is None]
        if found and not passed:
            raise RefusedAddressError(", ".join(f"{ip} is {reason}" for ip, reason in reasons.items()))
        return passed[:_MOST_ADDRESSES]


def _is_address(host: str) -> bool:
    try:
        ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


class CheckedTransport(httpx.AsyncHTTPTransport):
    """httpx's transport over a `CheckedBackend`. TLS is strict; no proxy and no environment is looked at."""

    def __init__(self, *, allow_private: bool, resolve: Resolve | None = None) -> None:
        # httpx has no argument for the backend, so its pool is replaced by one that has; a test holds this to it.
        tls = httpx.create_ssl_context(trust_env=False)
        super().__init__(verify=tls, trust_env=False)
        self._system = SystemResolver()
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=tls,
            max_connections=None,
            max_keepalive_connections=None,
            keepalive_expiry=15.0,
            network_backend=CheckedBackend(allow_private=allow_private, resolve=resolve or self._system),
        )

    async def aclose(self) -> None:
        """Close the connections and let the resolver's threads go."""
        self._system.close()
        await super().aclose()

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        self._system.close()
        await super().__aexit__(exc_type, exc_value, traceback)

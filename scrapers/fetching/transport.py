"""Connections that go only to an address that was checked.

The name is resolved once, every address of the answer is checked, and the connection is made to that very address:
a second look-up, which could answer otherwise (DNS rebinding), never happens. Host header, SNI and certificate check
still use the name.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from ipaddress import ip_address

import httpcore
import httpx

from scrapers.fetching import addresses
from scrapers.fetching.connections import Connection, Connections, Origin
from scrapers.fetching.tls import STRICT, context
from scrapers.source import Tls

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
SocketOption = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]

_MOST_ADDRESSES = 4  # tried one after the other
_CONNECT_SECONDS = 12.0  # for all of them together: the first may be a hole, and there is an answer to wait for yet
_RESOLVING_AT_ONCE = 64


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
    """A backend behind the address check, httpcore's own unless another is given."""

    def __init__(
        self, *, allow_private: bool, resolve: Resolve, inner: httpcore.AsyncNetworkBackend | None = None
    ) -> None:
        self._allow_private = allow_private
        self._resolve = resolve
        self._inner = inner or httpcore.AnyIOBackend()

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
        found = await self._checked(host, port)
        each = (timeout or _CONNECT_SECONDS) / max(len(found), 1)
        for ip in found:
            try:
                return await self._inner.connect_tcp(ip, port, each, local_address, socket_options)
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


class CheckedTransport(httpx.AsyncBaseTransport):
    """Requests over checked connections. TLS as `tls` says; no proxy and no environment is looked at.

    Raises httpcore's errors, RefusedAddressError and UnknownHostError. ssl.SSLError or OSError when it is made and the
    certificates that `tls` names cannot be read.
    """

    def __init__(self, *, allow_private: bool, tls: Tls = STRICT, resolve: Resolve | None = None) -> None:
        judge = context(tls)
        self._system = SystemResolver()
        backend = CheckedBackend(allow_private=allow_private, resolve=resolve or self._system)
        self._connections = Connections(lambda origin: Connection(origin, tls=judge, backend=backend))
        self._extensions = {} if tls.name is None else {"sni_hostname": tls.name}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The answer as soon as its headers are there; its stream must be closed."""
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        core = httpcore.Request(request.method, url, headers=request.headers.raw, extensions=self._extensions)
        connection = await self._connections.take(Origin(url.scheme, url.host, url.origin.port))
        try:
            answer = await connection.ask(core)
        except BaseException:
            await connection.close()
            raise
        body = _Body(answer, partial(self._connections.give_back, connection))
        return httpx.Response(answer.status, headers=answer.headers, stream=body)

    async def aclose(self) -> None:
        """Close the connections and let the resolver's threads go."""
        self._system.close()
        await self._connections.close()


class _Body(httpx.AsyncByteStream):
    """A body as it comes; the connection is given back at its end."""

    def __init__(self, answer: httpcore.Response, done: Callable[[], Awaitable[None]]) -> None:
        self._answer = answer
        self._done = done

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._answer.aiter_stream()

    async def aclose(self) -> None:
        try:
            await self._answer.aclose()
        finally:
            await self._done()

"""Connections kept open between two requests to one origin, few and not for long.

httpx's own pool asks every open connection for its state at every request, and once more for each of them: with two
hundred hosts that is 13 ms of processor a request, which leaves nothing for reading the pages.
"""

import ssl
import time
from collections.abc import Callable
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

import httpcore

KEPT_SECONDS = 15.0
MOST_KEPT = 256  # open and idle; the longest idle one goes first

# Headers end after 100 KB (httpcore), but a server may send one interim answer after the other.
_LONGEST_HEAD = 256 * 1024


class Origin(NamedTuple):
    """What a connection leads to."""

    scheme: bytes
    host: bytes
    port: int


class Connection:
    """One connection, for one request at a time. `backend` makes it, `tls` judges the handshake."""

    def __init__(self, origin: Origin, *, tls: ssl.SSLContext, backend: httpcore.AsyncNetworkBackend) -> None:
        self.origin = origin
        self._line = _Line(backend)
        self._http = httpcore.AsyncHTTPConnection(
            httpcore.Origin(*origin), ssl_context=tls, keepalive_expiry=KEPT_SECONDS, network_backend=self._line
        )

    async def ask(self, request: httpcore.Request) -> httpcore.Response:
        """The answer as soon as its headers are there."""
        self._line.left = _LONGEST_HEAD
        answer = await self._http.handle_async_request(request)
        self._line.left = None
        return answer

    def is_usable(self) -> bool:
        """Whether another request may be sent: it is idle, not for too long, and the server has not hung up."""
        return self._http.is_idle() and not self._http.has_expired()

    def is_idle(self) -> bool:
        """Whether its answer was read to the end."""
        return self._http.is_idle()

    async def close(self) -> None:
        """Hang up."""
        await self._http.aclose()
        await self._line.close()


class Reusable(Protocol):
    """What can be kept: a `Connection`, or one of a test."""

    origin: Origin

    def is_usable(self) -> bool:
        """Whether another request may be sent."""

    def is_idle(self) -> bool:
        """Whether its answer was read to the end."""

    async def close(self) -> None:
        """Hang up."""


_Kept = TypeVar("_Kept", bound=Reusable)


class Connections(Generic[_Kept]):
    """Idle connections by origin. `connect` makes one; it connects when it is first asked."""

    def __init__(self, connect: Callable[[Origin], _Kept], *, ticks: Callable[[], float] = time.monotonic) -> None:
        self._connect = connect
        self._ticks = ticks
        self._idle: dict[Origin, tuple[_Kept, float]] = {}  # the longest idle first

    async def take(self, origin: Origin) -> _Kept:
        """A connection that is nobody else's."""
        await self._sweep()
        kept = self._idle.pop(origin, None)
        if kept is not None:
            if kept[0].is_usable():
                return kept[0]
            await kept[0].close()
        return self._connect(origin)

    async def give_back(self, connection: _Kept) -> None:
        """Keep it for the next request, if it can take one."""
        if not connection.is_idle():
            await connection.close()
            return
        before = self._idle.pop(connection.origin, None)
        self._idle[connection.origin] = (connection, self._ticks())
        if before is not None:
            await before[0].close()
        if len(self._idle) > MOST_KEPT:
            await self._close(next(iter(self._idle)))

    async def close(self) -> None:
        """Close them all."""
        while self._idle:
            await self._close(next(iter(self._idle)))

    async def _sweep(self) -> None:
        """Close those of hosts that nobody has asked for a while."""
        old = self._ticks() - KEPT_SECONDS
        while self._idle and self._idle[first := next(iter(self._idle))][1] < old:
            await self._close(first)

    async def _close(self, origin: Origin) -> None:
        await self._idle.pop(origin)[0].close()


class _Line(httpcore.AsyncNetworkBackend):
    """Makes the one stream of a connection, counts what comes while `left` is a number, and can cut it."""

    def __init__(self, backend: httpcore.AsyncNetworkBackend) -> None:
        self._backend = backend
        self._stream: httpcore.AsyncNetworkStream | None = None
        self.left: int | None = None

    async def connect_tcp(self, *args: Any, **kwargs: Any) -> httpcore.AsyncNetworkStream:
        """A stream of the backend that is counted."""
        self._stream = await self._backend.connect_tcp(*args, **kwargs)
        return _Counted(self._stream, self)

    def came(self, count: int) -> None:
        """So many bytes were read."""
        if self.left is not None:
            self.left -= count
            if self.left < 0:
                raise httpcore.RemoteProtocolError(f"headers of more than {_LONGEST_HEAD // 1024} KB")

    async def close(self) -> None:
        """Close the socket, also where a handshake was interrupted."""
        if self._stream is not None:
            await self._stream.aclose()


class _Counted(httpcore.AsyncNetworkStream):
    def __init__(self, stream: httpcore.AsyncNetworkStream, line: _Line) -> None:
        self._stream = stream
        self._line = line

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - as httpcore's
        data = await self._stream.read(max_bytes, timeout)
        self._line.came(len(data))
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 - as httpcore's
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - as httpcore's
    ) -> httpcore.AsyncNetworkStream:
        return _Counted(await self._stream.start_tls(ssl_context, server_hostname, timeout), self._line)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

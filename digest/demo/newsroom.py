"""The newsroom on this machine: one small HTTP server an outlet, on a free port of 127.0.0.1.

    with Newsroom() as newsroom:
        Path("demo.toml").write_text(newsroom.catalogue_toml())

Each outlet has a port of its own, since politeness is kept host by host and would put one site's pages in a row.
"""

import json
import threading
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import socket
from socketserver import TCPServer
from types import TracebackType
from typing import Self

from digest.demo.press import Outlet, Piece, article_of, load, pieces_of
from digest.demo.site import Reply, broken_path, replies, templates
from digest.model import Article

DAY = date(2026, 3, 2)

_AT_ONCE = 8  # requests an outlet answers at the same time; the others wait in the accept queue
_PATIENCE = 5.0  # seconds for a request that was begun

_PATTERNS = {
    "F1": r"-post\d+\.html$",
    "F2": r"-\d{6}\.html$",
    "F3": r"-\d{15,21}\.htm$",
    "F4": r"/\d{6}/[a-z0-9-]+-[0-9a-f]{7}/?$",
    "F5": r"-a\d+\.html$",
    "F6": r"-\d{6}\.html$",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """One readable article page: the piece, the local address of its page, and what a faultless reader gets from it."""

    piece: Piece
    address: str
    article: Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One outlet's site while it runs; `base` is its address without a slash at the end."""

    outlet: Outlet
    base: str
    printed: tuple[Printed, ...]

    @property
    def broken(self) -> tuple[str, ...]:
        """Addresses that are announced like articles and cannot be read."""
        return tuple(self.base + broken_path(self.outlet, broken) for broken in self.outlet.broken)

    @property
    def planted_failures(self) -> tuple[str, ...]:
        """Every address of the site that must fail: its broken pages, and its empty feed where it has one."""
        empty = self.outlet.empty_feed_path
        return (*self.broken, *((self.base + empty,) if empty else ()))

    @property
    def feeds(self) -> tuple[str, ...]:
        """The feeds a catalogue names, among them one that is empty."""
        return tuple(self.base + path for path in (self.outlet.feed_path, self.outlet.empty_feed_path) if path)

    @property
    def pages(self) -> tuple[str, ...]:
        """The section pages a catalogue names: of outlets that no feed serves."""
        return tuple(self.base + page.path for page in self.outlet.sections) if self.outlet.collected_by_pages else ()


class Newsroom:
    """All outlets at work between `with` and its end (or `stop()`), with a log of what was asked of them."""

    def __init__(self, outlets: tuple[Outlet, ...] | None = None) -> None:
        self._outlets = load() if outlets is None else outlets
        self._stack = ExitStack()
        self._asked: dict[str, list[str]] = {outlet.id: [] for outlet in self._outlets}
        self.sites: tuple[Site, ...] = ()

    def __enter__(self) -> Self:
        pieces, pages = pieces_of(self._outlets), templates()
        with ExitStack() as stack:
            sites = []
            for outlet in self._outlets:
                own = tuple(piece for piece in pieces if piece.outlet is outlet)
                server = stack.enter_context(_Server(self._asked[outlet.id]))
                base = f"http://127.0.0.1:{server.server_port}"
                server.replies = replies(outlet, own, base, pages)
                _serve(server, stack, name=f"newsroom-{outlet.id}")
                sites.append(Site(outlet=outlet, base=base, printed=tuple(_printed(piece, base) for piece in own)))
            self.sites = tuple(sites)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End every server and thread; a second call does nothing."""
        self._stack.close()

    @property
    def printed(self) -> tuple[Printed, ...]:
        """Every readable article page, outlet by outlet."""
        return tuple(printed for site in self.sites for printed in site.printed)

    @property
    def articles(self) -> tuple[Article, ...]:
        """What a faultless reader gets from all readable pages; `id` is `outlet/slug`."""
        return tuple(printed.article for printed in self.printed)

    def requests(self) -> dict[str, tuple[str, ...]]:
        """The paths asked so far with their queries, by outlet id, in order."""
        return {name: tuple(paths) for name, paths in self._asked.items()}

    def catalogue_toml(self) -> str:
        """The outlets as a catalogue file of an office's own (`[[sources]]` entries)."""
        return "\n".join(_entry(site) for site in self.sites)


def _printed(piece: Piece, base: str) -> Printed:
    return Printed(piece=piece, address=base + piece.path, article=article_of(piece, base))


def _entry(site: Site) -> str:
    outlet = site.outlet
    fields: dict[str, object] = {
        "id": outlet.id,
        "name": outlet.name,
        "domain": outlet.domain,
        "outlet": outlet.printed_name,
        "kind": outlet.kind,
        "family": outlet.family,
        "province_new": outlet.province,
        "feeds": list(site.feeds),
        "pages": list(site.pages),
        "article_pattern": _PATTERNS[outlet.family],
        "feed_month_first": outlet.feed == "rss-american",
        "delay": 0.0,
        "allow_private": True,
        "note": "Báo hư cấu của toà soạn mẫu",
    }
    # A JSON text, list, number or boolean is TOML as well.
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items() if value is not None]
    return "[[sources]]\n" + "\n".join(lines) + "\n"


def _serve(server: "_Server", stack: ExitStack, *, name: str) -> None:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name=name, daemon=True)
    thread.start()
    stack.callback(thread.join)
    stack.callback(server.shutdown)


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # so that closing waits for the requests under way
    request_queue_size = 64

    def __init__(self, asked: list[str]) -> None:
        self.replies: dict[str, Reply] = {}
        self.asked = asked
        self._slots = threading.BoundedSemaphore(_AT_ONCE)
        super().__init__(("127.0.0.1", 0), _Handler)

    def server_bind(self) -> None:
        """Bind without the look-up of the host's name that HTTPServer does: it may wait for a name server."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = self.socket.getsockname()

    def process_request(self, request: "socket | tuple[bytes, socket]", client_address: object) -> None:
        self._slots.acquire()
        super().process_request(request, client_address)

    def process_request_thread(self, request: "socket | tuple[bytes, socket]", client_address: object) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._slots.release()


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = _PATIENCE
    server_version = "nginx"
    sys_version = ""

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self.server.asked.append(self.path)
        reply = self.server.replies.get(path)
        if reply is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name http.server gives it
        """Nothing on standard error: the log is `Newsroom.requests`."""

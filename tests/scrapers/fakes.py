"""A real HTTP server on 127.0.0.1 that misbehaves on demand, and factories of this package's values."""

import asyncio
import contextlib
import gzip
import os
import re
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self, TypeVar

from digest.model import Article, Link, Page
from scrapers.collecting.breaker import Breaker
from scrapers.collecting.rounds import Brought, Collected, Failure, Remembered
from scrapers.fetching.fetch import Fetcher, Limits
from scrapers.source import Source
from tests.fakes import at

T = TypeVar("T")
Behaviour = Callable[[BaseHTTPRequestHandler], None]


def a_source(**fields: Any) -> Source:
    """A source of one's own network; name what differs."""
    known: dict[str, Any] = {
        "id": "baolua",
        "name": "Báo Lúa",
        "domain": "127.0.0.1",
        "outlet": "Baolua.example",
        "kind": "provincial_paper",
        "delay": 0.0,
        "allow_private": True,
    }
    return Source(**(known | fields))


def a_page(**fields: Any) -> Page:
    """A page as fetched."""
    known: dict[str, Any] = {
        "url": "https://baolua.example/mot-cua-a1001.html",
        "asked": "https://baolua.example/mot-cua-a1001.html",
        "status": 200,
        "headers": (),
        "body": b"<html></html>",
        "fetched": at("2026-03-02 07:30"),
        "sha256": "0" * 64,
    }
    return Page(**(known | fields))


def a_link(**fields: Any) -> Link:
    """A link of a listing."""
    known: dict[str, Any] = {"url": "https://baolua.example/mot-cua-a1001.html", "title": "Một cửa trả kết quả sớm"}
    return Link(**(known | fields))


@dataclass
class Clockwork:
    """Seconds that pass only when someone sleeps; `slept` lists the waits."""

    now: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def ticks(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def a_fetcher(clockwork: Clockwork | None = None, **fields: Any) -> Fetcher:
    """A fetcher whose waits take no time; its limits bite early."""
    clockwork = clockwork or Clockwork()
    known: dict[str, Any] = {
        "contact": "mailto:toasoan@baolua.example",
        "clock": lambda: at("2026-03-02 07:30"),
        "ticks": clockwork.ticks,
        "sleep": clockwork.sleep,
        "random": lambda: 0.0,
        "limits": Limits(seconds=2.0),
    }
    return Fetcher(**(known | fields))


def a_feed(*items: tuple[str, str, str], kind: str = "rss") -> bytes:
    """An RSS feed of (address, title, date as written)."""
    entries = "".join(
        f"<item><title><![CDATA[{title}]]></title><link>{url}</link><pubDate>{date}</pubDate>"
        f"<description><![CDATA[<p>Tóm tắt: {title}.</p>]]></description></item>"
        for url, title, date in items
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><{kind} version="2.0"><channel>{entries}</channel></{kind}>'.encode()


def a_listing(*links: tuple[str, str]) -> bytes:
    """A section page of (address, headline)."""
    entries = "".join(f'<article><h3><a href="{url}">{title}</a></h3></article>' for url, title in links)
    return f"<html><head><title>Chính trị</title></head><body><main>{entries}</main></body></html>".encode()


class Web:
    """Addresses and what the server does there; `asked` lists the requests as (path, headers)."""

    def __init__(self) -> None:
        self.behaviours: dict[str, Behaviour] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.base = ""
        self.at_once = 0
        self.most_at_once = 0
        self._lock = threading.Lock()

    def paths(self) -> list[str]:
        """The paths asked for, in order."""
        return [path for path, _ in self.asked]

    def gives(self, path: str, body: bytes | str, *, status: int = 200, **headers: str) -> str:
        """Answer a path with a body; the address is returned."""
        data = body.encode() if isinstance(body, str) else body

        def behave(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            for name, value in headers.items():
                handler.send_header(name.replace("_", "-"), value)
            if "Content_Length" not in headers:
                handler.send_header("Content-Length", str(len(data)))
            handler.end_headers()
            handler.wfile.write(data)

        return self.does(path, behave)

    def does(self, path: str, behaviour: Behaviour) -> str:
        """Answer a path in any way; the address is returned."""
        self.behaviours[path] = behaviour
        return self.base + path

    def handle(self, handler: BaseHTTPRequestHandler) -> None:
        with self._lock:
            self.asked.append((handler.path, dict(handler.headers)))
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            behaviour = self.behaviours.get(handler.path)
            if behaviour is None:
                handler.send_error(404)
            else:
                behaviour(handler)
        finally:
            with self._lock:
                self.at_once -= 1


@contextlib.contextmanager
def a_web() -> Iterator[Web]:
    """A running server; robots.txt is absent until given."""
    web = Web()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            with contextlib.suppress(ConnectionError):
                web.handle(self)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    web.base = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def hangs(seconds: float) -> Behaviour:
    """Answers nothing for so long."""
    return lambda _handler: time.sleep(seconds)


def redirects(goal: str, status: int = 302) -> Behaviour:
    """Sends the client elsewhere."""

    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        if goal:
            handler.send_header("Location", goal)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return behave


def breaks_off(handler: BaseHTTPRequestHandler) -> None:
    """Promises more than it sends."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"<html>")
    handler.close_connection = True


def first_fails(status: int, then: Behaviour, **headers: str) -> Behaviour:
    """Fails once, then behaves."""
    calls: list[int] = []

    def behave(handler: BaseHTTPRequestHandler) -> None:
        calls.append(1)
        if len(calls) > 1:
            then(handler)
            return
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return behave


def packed(data: bytes) -> bytes:
    """As gzip."""
    return gzip.compress(data)


def read_title(page: Page, source: Source) -> Article:
    """A stand-in for extraction: the title alone."""
    text = page.body.decode()
    title = text.partition("<h1>")[2].partition("</h1>")[0]
    return Article(id=page.sha256[:16], url=page.url, outlet=source.outlet, title=title, flags=("no-time",))


def one_of_three(page: Page, source: Source) -> Article:
    """Of every three pages one is read, one ends its reader, one keeps it for ever."""
    number = int(re.findall(r"\d+", page.url)[-1])
    if number % 3 == 1:
        os._exit(9)
    while number % 3 == 2:
        pass
    return read_title(page, source)


class OneThread:
    """Workers in one thread, which can be handed any function."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="aside")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(wait=kind is None, cancel_futures=True)

    async def run(self, function: Callable[..., T], *arguments: object) -> T:
        """The function's value."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, function, *arguments)


class Notebook:
    """Records of a round in memory. A failure is given up after so many rounds as `patience` says."""

    def __init__(self, known: Iterable[str] = (), *, patience: int = 1_000) -> None:
        self.known = set(known)
        self.patience = patience
        self.kept: list[Collected] = []
        self.failed: list[Failure] = []
        self.rounds: list[Brought] = []
        self.answers: dict[str, Remembered] = {}
        self.breakers: dict[str, Breaker] = {}

    def seen(self, identities: Collection[str]) -> set[str]:
        return self.known & set(identities)

    def keep(self, group: Sequence[Collected]) -> None:
        for collected in group:
            self.kept.append(collected)
            self.known.update(collected.identities)

    def fail(self, failure: Failure) -> bool:
        self.failed.append(failure)
        times = sum(other.identity == failure.identity for other in self.failed)
        given_up = failure.identity is not None and times >= self.patience
        if given_up:
            self.known.add(failure.identity or "")
        return given_up

    def done(self, brought: Brought) -> None:
        self.rounds.append(brought)

    def recall(self, url: str) -> Remembered:
        return self.answers.get(url, Remembered())

    def remember(self, url: str, remembered: Remembered) -> None:
        self.answers[url] = remembered

    def breaker(self, host: str) -> Breaker:
        return self.breakers.get(host, Breaker())

    def keep_breaker(self, host: str, breaker: Breaker) -> None:
        self.breakers[host] = breaker

import asyncio
import socket
from http.server import BaseHTTPRequestHandler
from typing import Any

import httpcore
import httpx
import pytest

from scrapers.fetching.asking import Way, checked
from scrapers.fetching.fetch import Limits
from scrapers.fetching.transport import CheckedBackend, SystemResolver, UnknownHostError
from tests.scrapers.fakes import Clockwork, Web, a_web
from tests.scrapers.fetching.fakes import HTML, THEIRS, by, get, refusal, resolver, resolving


@pytest.fixture
def web():
    with a_web() as running:
        yield running


def test_a_private_address_is_refused_without_leave(web):
    url = web.gives("/a.html", HTML)
    assert refusal(url, source=THEIRS).kind == "refused-address"
    assert refusal(url, source=None).kind == "refused-address"
    assert web.asked == []


def test_a_name_that_leads_into_a_private_network_is_refused(web):
    url = web.gives("/a.html", HTML).replace("127.0.0.1", "baolua.example")
    error = refusal(url, source=THEIRS, transport=resolving(["127.0.0.1", "::ffff:127.0.0.1"]))
    assert error.kind == "refused-address"
    assert "loopback" in error.detail
    assert web.asked == []


@pytest.mark.parametrize(
    "goal",
    [
        *("http://127.0.0.1:{port}/noi-bo", "http://[::1]:{port}/noi-bo", "http://0x7f.1:{port}/noi-bo"),
        *("http://2130706433:{port}/noi-bo", "http://127.1:{port}/noi-bo"),
        *("http://[::ffff:7f00:1]:{port}/noi-bo", "http://[::ffff:127.0.0.1]:{port}/noi-bo", "http://0:{port}/noi-bo"),
        *("http://localhost:{port}/noi-bo", "http://169.254.169.254/latest/meta-data", "http://[64:ff9b::7f00:1]/"),
    ],
)
def test_a_redirect_into_a_private_network_is_refused(web, goal):
    """The first hop is let through by a stand-in transport; the second must meet the check."""
    web.gives("/noi-bo", HTML)
    inside = goal.format(port=web.base.rpartition(":")[2])
    error = refusal("http://baolua.example/a", source=THEIRS, transport=lambda way: Front(inside, way))
    assert error.kind == "refused-address"
    assert web.asked == []


class Front(httpx.AsyncBaseTransport):
    """A public host that leads elsewhere; all other hosts are met for real."""

    def __init__(self, goal: str, way: Way) -> None:
        self._goal = goal
        self._real = checked(way)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.host == "baolua.example":
            return httpx.Response(302 if request.url.path == "/a" else 404, headers={"location": self._goal})
        return await self._real.handle_async_request(request)

    async def aclose(self) -> None:
        await self._real.aclose()


@pytest.mark.parametrize("spelling", ["2130706433", "0x7f.1", "0x7f000001", "127.1", "localhost"])
def test_an_address_in_disguise_is_refused(web, spelling):
    url = web.gives("/a.html", HTML).replace("127.0.0.1", spelling)
    assert refusal(url, source=THEIRS).kind == "refused-address"
    assert web.asked == []


def test_of_a_public_and_a_private_address_only_the_public_one_is_tried(web):
    """203.0.113.9 stands for a public one in a backend that lets it pass; nobody listens at it in a test."""
    port = int(web.base.rpartition(":")[2])
    asked: list[str] = []

    class Recording(httpcore.AsyncNetworkBackend):
        async def connect_tcp(self, host: str, *_args: object, **_fields: object) -> httpcore.AsyncNetworkStream:
            asked.append(host)
            raise httpcore.ConnectError("nobody")

    backend = CheckedBackend(
        allow_private=False, resolve=resolver(["10.0.0.1", "8.8.8.8", "127.0.0.1", "::1"]), inner=Recording()
    )
    with pytest.raises(httpcore.ConnectError):
        asyncio.run(backend.connect_tcp("baolua.example", port))
    assert asked == ["8.8.8.8"]


def test_each_of_several_addresses_has_its_share_of_the_time():
    shares: list[float | None] = []

    class Holes(httpcore.AsyncNetworkBackend):
        async def connect_tcp(
            self,
            host: str,
            port: int,
            timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
            *_rest: object,
        ) -> httpcore.AsyncNetworkStream:
            shares.append(timeout)
            raise httpcore.ConnectTimeout(f"{host}:{port}")

    many = [f"8.8.8.{number}" for number in range(9)]
    backend = CheckedBackend(allow_private=False, resolve=resolver(many), inner=Holes())
    with pytest.raises(httpcore.ConnectTimeout):
        asyncio.run(backend.connect_tcp("baolua.example", 80))
    assert shares == [3.0] * 4


def test_the_checked_answer_is_the_one_connected_to(web):
    """A name that changes its answer (DNS rebinding) finds no second look-up between check and connection."""
    port = web.base.rpartition(":")[2]
    web.gives("/robots.txt", "")
    web.gives("/a.html", HTML)
    asked = []

    async def resolve(host, port):
        asked.append((host, port))
        return ["127.0.0.1"] if len(asked) == 1 else ["10.9.9.9"]

    get(f"http://baolua.example:{port}/a.html", transport=by(resolve))
    assert asked == [("baolua.example", int(port))]
    assert web.asked[-1][1]["Host"] == f"baolua.example:{port}"


def test_a_second_answer_is_checked_again(web):
    port = web.base.rpartition(":")[2]

    def behave(handler):
        web.behaviours["/ok"](handler)
        handler.close_connection = True

    web.gives("/ok", "User-agent: *\n", Connection="close")
    web.does("/robots.txt", behave)
    web.gives("/a.html", HTML)
    transport = resolving(["127.0.0.1"], ["169.254.169.254"])
    assert refusal(f"http://baolua.example:{port}/a.html", transport=transport).kind == "refused-address"
    assert web.paths() == ["/robots.txt"]


def test_addresses_that_do_not_answer_are_passed_over(web):
    port = web.base.rpartition(":")[2]
    web.gives("/a.html", HTML)
    assert get(f"http://baolua.example:{port}/a.html", transport=resolving(["::1", "127.0.0.1"])).status == 200


def test_a_name_that_leads_nowhere_is_told():
    async def resolve(host, port):
        raise UnknownHostError(f"{host}:{port}")

    url = "http://baolua.example/a.html"
    assert refusal(url, transport=by(resolve)).kind == "dns"
    assert refusal(url, transport=resolving([])).kind == "dns"


def test_the_system_resolves_names_and_says_what_it_cannot():
    async def work() -> Any:
        resolve = SystemResolver()
        try:
            found = await resolve("localhost", 80)
            with pytest.raises(UnknownHostError):
                await resolve("a" * 64 + ".example", 80)
        finally:
            resolve.close()
        return found

    assert set(asyncio.run(work())) <= {"127.0.0.1", "::1"}


def test_a_port_that_nobody_listens_on_is_told():
    clockwork = Clockwork()
    with socket.create_server(("127.0.0.1", 0)) as shut:
        url = f"http://127.0.0.1:{shut.getsockname()[1]}/a.html"
    assert refusal(url, clockwork=clockwork).kind == "connect"
    assert len(clockwork.slept) == 2


def test_a_handshake_that_fails_is_told_and_not_tried_again(web):
    url = web.gives("/a.html", HTML).replace("http:", "https:")
    assert refusal(url).kind == "tls"


def test_an_octal_address_is_no_address(web):
    assert refusal(web.gives("/a.html", HTML).replace("127.0.0.1", "0177.0.0.1"), source=THEIRS).kind == "bad-address"
    assert web.asked == []


# Answers that try to confuse


def raw(web: Web, path: str, answer: bytes) -> str:
    """The address of an answer given byte by byte as it stands."""

    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        handler.wfile.write(answer)

    web.gives("/robots.txt", "")
    return web.does(path, behave)


OK = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    "answer",
    [
        OK + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\nabc",
        OK + b"Content-Length: -1\r\n\r\n",
        OK + b"Content-Length: " + b"9" * 30 + b"\r\n\r\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabcdef\r\n0\r\n\r\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
        OK + b"Transfer-Encoding: gzip, chunked, x\r\n\r\n",
        OK + b"X: " + b"a" * 100_000 + b"\r\n\r\n",
        OK + b"A: b\r\n" * 10_000 + b"Content-Length: 0\r\n\r\n",
        OK + b"X\x00Y: 1\r\n\r\n",
        b"HTTP/1.1 999999 No\r\n\r\n",
        b"HTTP/1.1 103 Early Hints\r\n\r\n" * 30_000,
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
        b"<html>khong phai HTTP</html>",
        b"",
        b"\x00" * 200_000,
    ],
    ids=[
        *("two lengths", "negative length", "endless length", "bad chunk", "long chunk", "no last chunk", "codings"),
        *("long header", "many headers", "bad header", "bad status", "interim flood", "another protocol", "HTML"),
        *("nothing", "zeros"),
    ],
)
def test_an_answer_that_breaks_the_protocol_is_broken(web, answer):
    assert refusal(raw(web, "/a.html", answer), limits=Limits(seconds=5.0, tries=1)).kind in ("broken", "http-status")


def test_an_interim_answer_is_passed_over(web):
    answer = b"HTTP/1.1 103 Early Hints\r\n\r\n" * 5 + OK + b"Content-Length: 3\r\n\r\nabc"
    assert get(raw(web, "/a.html", answer)).body == b"abc"


def test_a_long_body_is_no_long_head(web):
    url = web.gives("/a.html", b"x" * 2_000_000)
    assert len(get(url).body) == 2_000_000


# The environment


def test_proxies_and_certificates_of_the_environment_are_ignored(web, monkeypatch, tmp_path):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login a password b\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    get(web.gives("/a.html", HTML))
    assert "Authorization" not in web.asked[-1][1]
    refusal(web.base.replace("http:", "https:") + "/a.html")
    assert not (tmp_path / "keys").exists()

import asyncio
import gzip
import ssl
import threading
import time
import zlib
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from typing import Any

import httpx
import pytest

from digest.errors import FetchError, UsageError
from digest.model import Page
from scrapers import content
from scrapers.answers import asked_pause, fault, goal_of
from scrapers.content import Wanted
from scrapers.fetch import KINDS, Limits, Validators, validators_of
from scrapers.hosts import host_key
from scrapers.source import Source
from scrapers.transport import CheckedTransport, Resolve, SystemResolver, UnknownHostError
from tests.fakes import at
from tests.scrapers.fakes import (
    Clockwork,
    a_fetcher,
    a_page,
    a_source,
    a_web,
    breaks_off,
    first_fails,
    hangs,
    packed,
    redirects,
)

HTML = "<html><head><title>Tin</title></head><body><p>Người dân nộp hồ sơ.</p></body></html>"
OURS = a_source()
THEIRS = a_source(allow_private=False)


@pytest.fixture
def web():
    with a_web() as running:
        yield running


def get(
    url: str,
    *,
    source: Source | None = OURS,
    kind: Wanted = "page",
    validators: Validators | None = None,
    **fields: Any,
) -> Page:
    async def work() -> Any:
        async with a_fetcher(**fields) as fetcher:
            return await fetcher.fetch(url, source=source, kind=kind, validators=validators)

    page = asyncio.run(work())
    assert isinstance(page, Page)
    return page


def refusal(url: str, **fields: Any) -> FetchError:
    with pytest.raises(FetchError) as caught:
        get(url, **fields)
    assert caught.value.kind in KINDS
    return caught.value


def test_a_page_comes_with_all_that_is_known_about_it(web):
    url = web.gives("/a.html", HTML, ETag='"v1"', Content_Type="text/html")
    page = get(url)
    assert (page.url, page.asked, page.status, page.body) == (url, url, 200, HTML.encode())
    assert page.fetched == at("2026-03-02 07:30")
    assert len(page.sha256) == 64
    assert ("etag", '"v1"') in page.headers


def test_the_user_agent_is_honest_and_names_a_contact(web):
    get(web.gives("/a.html", HTML))
    sent = web.asked[-1][1]
    assert sent["User-Agent"] == "diembao (+mailto:toasoan@baolua.example)"
    assert sent["Accept-Encoding"] == "gzip, deflate"


@pytest.mark.parametrize("contact", ["", "  ", "tòa soạn", "a@b.vn\r\nX: y"])
def test_a_contact_that_cannot_stand_in_a_header_is_refused(contact):
    with pytest.raises(UsageError, match="contact"):
        a_fetcher(contact=contact)


# Status


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        *((401, "forbidden"), (403, "forbidden"), (451, "forbidden"), (404, "not-found"), (410, "not-found")),
        *((418, "http-status"), (204, "http-status"), (500, "server-error"), (508, "server-error")),
    ],
)
def test_a_status_without_content_has_its_kind_and_is_not_asked_for_again(web, status, kind):
    error = refusal(web.gives("/a.html", "", status=status))
    assert (error.kind, error.detail) == (kind, str(status))
    assert web.paths() == ["/robots.txt", "/a.html"]


@pytest.mark.parametrize(("status", "kind"), [(429, "rate-limited"), (502, "server-error"), (503, "server-error")])
def test_a_passing_fault_is_tried_three_times(web, status, kind):
    clockwork = Clockwork()
    assert refusal(web.gives("/a.html", "", status=status), clockwork=clockwork).kind == kind
    assert web.paths().count("/a.html") == 3
    assert clockwork.slept == [1.0, 2.0]


def test_what_passes_is_no_failure(web):
    web.gives("/ok", HTML)
    url = web.does("/a.html", first_fails(503, web.behaviours["/ok"]))
    assert get(url).body == HTML.encode()


def test_a_pause_that_the_server_asks_for_is_kept(web):
    web.gives("/ok", HTML)
    clockwork = Clockwork()
    get(web.does("/a.html", first_fails(429, web.behaviours["/ok"], Retry_After="7")), clockwork=clockwork)
    assert clockwork.slept == [7.0]


def test_a_pause_too_long_to_wait_ends_the_asking_of_that_host(web):
    slow = web.gives("/a.html", "", status=429, Retry_After="3600")
    other = web.gives("/b.html", HTML)

    async def work() -> Any:
        clockwork = Clockwork()
        async with a_fetcher(clockwork) as fetcher:
            kinds = []
            for url in (slow, other):
                with pytest.raises(FetchError) as caught:
                    await fetcher.fetch(url, source=OURS, kind="page")
                kinds.append(caught.value.kind)
            return kinds, clockwork.slept

    assert asyncio.run(work()) == (["rate-limited", "rate-limited"], [])
    assert web.paths() == ["/robots.txt", "/a.html"]


def test_not_modified_is_said_where_validators_are_given(web):
    url = web.gives("/a.html", "", status=304)
    assert refusal(url, validators=Validators(etag='"v1"', last_modified="Mon, 02 Mar 2026")).kind == "not-modified"
    sent = web.asked[-1][1]
    assert (sent["If-None-Match"], sent["If-Modified-Since"]) == ('"v1"', "Mon, 02 Mar 2026")


def test_validators_are_taken_from_the_headers():
    page = a_page(headers=(("ETag", 'W/"v1"'), ("last-modified", "Mon")))
    assert validators_of(page) == Validators(etag='W/"v1"', last_modified="Mon")
    assert validators_of(a_page()) == Validators()


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        *(("120", 120.0), ("999999999999", 86400.0), ("Mon, 02 Mar 2026 00:31:00 GMT", 60.0)),
        *(("Mon, 02 Mar 2020 00:31:00 GMT", 0.0), ("Mon, 02 Mar 2026 00:31:00 -0000", None), ("mai", None), ("", None)),
    ],
)
def test_retry_after_is_read(value, seconds):
    assert asked_pause({"retry-after": value}, now=datetime(2026, 3, 2, 0, 30, tzinfo=UTC)) == seconds


# Redirects


def test_a_redirect_is_followed(web):
    goal = web.gives("/moi.html", HTML)
    page = get(web.does("/cu.html", redirects("/moi.html")))
    assert (page.url, page.asked) == (goal, web.base + "/cu.html")


def test_a_redirect_loop_ends_after_five(web):
    error = refusal(web.does("/a.html", redirects("/a.html")))
    assert error.kind == "redirects"
    assert web.paths().count("/a.html") == 6


@pytest.mark.parametrize(
    ("goal", "kind"),
    [
        ("", "redirects"),
        ("http://[::1", "broken"),
        ("ftp://a.example/x", "bad-address"),
        ("http://a.example:0/x", "bad-address"),
    ],
)
def test_a_redirect_to_nowhere_fails(web, goal, kind):
    assert refusal(web.does("/a.html", redirects(goal))).kind == kind


def test_a_goal_that_cannot_be_joined_is_a_bad_redirect():
    response = httpx.Response(302, headers={"location": "http://[::1"})
    with pytest.raises(FetchError, match="redirects"):
        goal_of(response, url="http://a.example/", address="http://a.example/")


def test_a_cookie_that_ends_a_redirect_loop_is_kept(web):
    def behave(handler):
        if "daqua=1" in handler.headers.get("Cookie", ""):
            web.behaviours["/ok"](handler)
            return
        handler.send_response(302)
        handler.send_header("Location", "/a.html")
        handler.send_header("Set-Cookie", "daqua=1")
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    web.gives("/ok", HTML)
    assert get(web.does("/a.html", behave)).body == HTML.encode()


# Addresses


def resolver(*answers: list[str]) -> Resolve:
    """Answers names from a list, the last one for ever."""
    left = list(answers)

    async def resolve(host: str, port: int) -> list[str]:  # noqa: ARG001 - the signature of a resolver
        return left.pop(0) if len(left) > 1 else left[0]

    return resolve


def checked(*answers: list[str]) -> Callable[[bool], CheckedTransport]:
    resolve = resolver(*answers)
    return lambda private: CheckedTransport(allow_private=private, resolve=resolve)


def test_a_private_address_is_refused_without_leave(web):
    url = web.gives("/a.html", HTML)
    assert refusal(url, source=THEIRS).kind == "refused-address"
    assert refusal(url, source=None).kind == "refused-address"
    assert web.asked == []


def test_a_name_that_leads_into_a_private_network_is_refused(web):
    url = web.gives("/a.html", HTML).replace("127.0.0.1", "baolua.example")
    error = refusal(url, source=THEIRS, transport=checked(["127.0.0.1", "::ffff:127.0.0.1"]))
    assert error.kind == "refused-address"
    assert "loopback" in error.detail
    assert web.asked == []


def test_a_redirect_into_a_private_network_is_refused(web):
    """The first hop is let through by a stand-in transport; the second must meet the check."""
    inside = web.gives("/noi-bo", HTML)
    real = CheckedTransport(allow_private=False)

    class Front(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request):
            if request.url.host == "baolua.example":
                return httpx.Response(302 if request.url.path == "/a" else 404, headers={"location": inside})
            return await real.handle_async_request(request)

        async def aclose(self):
            await real.aclose()

    assert (
        refusal("http://baolua.example/a", source=THEIRS, transport=lambda _private: Front()).kind == "refused-address"
    )
    assert web.asked == []


def test_the_checked_answer_is_the_one_connected_to(web):
    """A name that changes its answer (DNS rebinding) finds no second look-up between check and connection."""
    port = web.base.rpartition(":")[2]
    web.gives("/robots.txt", "")
    web.gives("/a.html", HTML)
    asked = []

    async def resolve(host, port):
        asked.append((host, port))
        return ["127.0.0.1"] if len(asked) == 1 else ["10.9.9.9"]

    transport = lambda private: CheckedTransport(allow_private=private, resolve=resolve)  # noqa: E731
    get(f"http://baolua.example:{port}/a.html", transport=transport)
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
    transport = checked(["127.0.0.1"], ["169.254.169.254"])
    assert refusal(f"http://baolua.example:{port}/a.html", transport=transport).kind == "refused-address"
    assert web.paths() == ["/robots.txt"]


def test_addresses_that_do_not_answer_are_passed_over(web):
    port = web.base.rpartition(":")[2]
    web.gives("/a.html", HTML)
    assert get(f"http://baolua.example:{port}/a.html", transport=checked(["::1", "127.0.0.1"])).status == 200


def test_a_name_that_leads_nowhere_is_told():
    async def resolve(host, port):
        raise UnknownHostError(f"{host}:{port}")

    url = "http://baolua.example/a.html"
    assert (
        refusal(url, transport=lambda private: CheckedTransport(allow_private=private, resolve=resolve)).kind == "dns"
    )
    assert refusal(url, transport=checked([])).kind == "dns"


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


@pytest.mark.parametrize(
    "url", ["", "baolua.example/a", "ftp://a.example/", "file:///etc/passwd", "http://", "http://[::1"]
)
def test_what_is_no_web_address_is_refused(url):
    error = refusal(url)
    assert (error.kind, error.url) == ("bad-address", url)


def test_a_port_that_nobody_listens_on_is_told():
    clockwork = Clockwork()
    assert refusal("http://127.0.0.1:9/a.html", clockwork=clockwork).kind == "connect"
    assert len(clockwork.slept) == 2


def test_a_handshake_that_fails_is_told_and_not_tried_again(web):
    url = web.gives("/a.html", HTML).replace("http:", "https:")
    assert refusal(url).kind == "tls"


def test_network_errors_have_their_kinds():
    def kind(error: Exception) -> str:
        return fault(error, url="u", address="u").kind

    assert kind(httpx.ReadTimeout("")) == kind(TimeoutError()) == "timeout"
    assert kind(httpx.InvalidURL("x")) == "bad-address"
    assert kind(httpx.RemoteProtocolError("x")) == "broken"
    error = httpx.ConnectError("x")
    error.__cause__ = ssl.SSLCertVerificationError("x")
    assert kind(error) == "tls"


# Time


def test_a_host_that_hangs_costs_its_time_and_no_more(web):
    web.gives("/robots.txt", "")
    url = web.does("/a.html", hangs(4.0))
    started = time.monotonic()
    assert refusal(url, limits=Limits(seconds=0.2)).kind == "timeout"
    assert time.monotonic() - started < 3
    assert web.paths().count("/a.html") == 1


def test_a_body_that_trickles_is_cut_off(web):
    def behave(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        for _ in range(20):
            handler.wfile.write(b"x")
            time.sleep(0.05)

    assert refusal(web.does("/a.html", behave), limits=Limits(seconds=0.3)).kind == "timeout"


def test_a_connection_that_breaks_off_is_told(web):
    assert refusal(web.does("/a.html", breaks_off)).kind == "broken"
    assert web.paths().count("/a.html") == 3


def test_one_host_is_asked_one_at_a_time_with_a_delay(web):
    urls = [web.gives(f"/{number}.html", HTML) for number in range(4)]
    clockwork = Clockwork()

    async def work() -> Any:
        async with a_fetcher(clockwork) as fetcher:
            source = a_source(delay=2.0)
            await asyncio.gather(*(fetcher.fetch(url, source=source, kind="page") for url in urls))

    asyncio.run(work())
    assert web.most_at_once == 1
    assert clockwork.slept == [2.0, 2.0, 2.0]


def test_two_hosts_are_asked_at_once():
    meeting = threading.Barrier(2, timeout=5)  # each answers only once the other was asked too

    def behave(handler: BaseHTTPRequestHandler) -> None:
        meeting.wait()
        handler.send_error(404)

    async def work(urls: list[str]) -> list[BaseException]:
        async with a_fetcher(limits=Limits(seconds=6.0)) as fetcher:
            asked = (fetcher.fetch(url, source=OURS, kind="page") for url in urls)
            return [
                answer
                for answer in await asyncio.gather(*asked, return_exceptions=True)
                if isinstance(answer, FetchError)
            ]

    with a_web() as one, a_web() as two:
        errors = asyncio.run(work([web.does("/a.html", behave) for web in (one, two)]))
    assert [getattr(error, "kind", "") for error in errors] == ["not-found", "not-found"]


def test_hosts_with_and_without_www_share_a_queue():
    assert host_key("https://www.baolua.example/a") == host_key("http://baolua.example/b") == "baolua.example"
    assert host_key("http://127.0.0.1:81/") != host_key("http://127.0.0.1:82/")


# robots.txt


def test_what_robots_txt_forbids_is_not_asked_for(web):
    web.gives("/robots.txt", "User-agent: *\nDisallow: /noi-bo/\n")
    assert refusal(web.gives("/noi-bo/a.html", HTML)).kind == "robots"
    assert get(web.gives("/a.html", HTML)).status == 200
    assert "/noi-bo/a.html" not in web.paths()


def test_a_redirect_into_forbidden_ground_is_refused(web):
    web.gives("/robots.txt", "User-agent: *\nDisallow: /noi-bo/\n")
    web.gives("/noi-bo/a.html", HTML)
    assert refusal(web.does("/a.html", redirects("/noi-bo/a.html"))).kind == "robots"


def test_a_crawl_delay_is_kept(web):
    web.gives("/robots.txt", "User-agent: *\nCrawl-delay: 5\n")
    urls = [web.gives(f"/{number}.html", HTML) for number in range(2)]
    clockwork = Clockwork()

    async def work() -> Any:
        async with a_fetcher(clockwork) as fetcher:
            for url in urls:
                await fetcher.fetch(url, source=OURS, kind="page")

    asyncio.run(work())
    assert clockwork.slept == [5.0]


def test_the_usual_delay_holds_without_a_source(web):
    url = web.gives("/a.html", HTML)
    clockwork = Clockwork()

    async def work() -> Any:
        own = lambda _private: CheckedTransport(allow_private=True)  # noqa: E731
        async with a_fetcher(clockwork, transport=own) as fetcher:
            for _ in range(2):
                await fetcher.fetch(url, source=None, kind="page")

    asyncio.run(work())
    assert clockwork.slept == [2.0]


def test_a_robots_txt_that_cannot_be_read_means_wait(web):
    web.gives("/robots.txt", "", status=503)
    error = refusal(web.gives("/a.html", HTML))
    assert (error.kind, error.url) == ("robots-unreachable", web.base + "/a.html")
    assert "/a.html" not in web.paths()


def test_a_host_that_hangs_on_robots_txt_is_a_host_that_hangs(web):
    web.does("/robots.txt", hangs(4.0))
    urls = [web.gives(f"/{number}.html", HTML) for number in range(3)]

    async def work() -> Any:
        async with a_fetcher(limits=Limits(seconds=0.2)) as fetcher:
            kinds = []
            for url in urls:
                with pytest.raises(FetchError) as caught:
                    await fetcher.fetch(url, source=OURS, kind="page")
                kinds.append(caught.value.kind)
            return kinds

    assert asyncio.run(work()) == ["timeout"] * 3
    assert web.paths() == ["/robots.txt"]


def test_a_huge_robots_txt_is_read_as_far_as_it_goes(web):
    web.gives("/robots.txt", "User-agent: *\nDisallow: /noi-bo/\n" + "# x\n" * 200_000)
    assert refusal(web.gives("/noi-bo/a.html", HTML)).kind == "robots"


# Bodies


@pytest.mark.parametrize(
    ("coding", "data"),
    [
        ("gzip", packed(HTML.encode())),
        ("x-gzip", packed(HTML.encode()[:20]) + packed(HTML.encode()[20:]) + b"\0\0"),
        ("deflate", zlib.compress(HTML.encode())),
        ("deflate", zlib.compress(HTML.encode())[2:-4]),
        ("identity", HTML.encode()),
    ],
    ids=["gzip", "two gzip members and padding", "zlib", "bare deflate", "identity"],
)
def test_content_codings_are_undone(web, coding, data):
    assert get(web.gives("/a.html", data, Content_Encoding=coding)).body == HTML.encode()


def test_packed_data_may_come_byte_by_byte():
    async def bytewise(data: bytes) -> AsyncIterator[bytes]:
        for number in range(len(data)):
            yield data[number : number + 1]

    body = asyncio.run(content.read_body(bytewise(packed(HTML.encode())), coding="gzip", wanted="page", url="u"))
    assert body == HTML.encode()


@pytest.mark.parametrize(
    ("coding", "data"),
    [
        ("gzip", packed(HTML.encode() * 50)[:-30]),
        ("gzip", b"\x1f\x8bkhong phai"),
        ("br", b"\x0b\x02\x80"),
        ("gzip, gzip", b"x"),
    ],
    ids=["cut off", "spoilt", "unknown", "two"],
)
def test_packed_data_that_cannot_be_read_is_told(web, coding, data):
    assert refusal(web.gives("/a.html", data, Content_Encoding=coding)).kind == "bad-encoding"


def test_a_body_beyond_its_cap_is_cut_off(web):
    url = web.gives("/a.html", b"x" * (5 * content.MEGABYTE + 1))
    assert refusal(url).kind == "too-large"
    assert len(get(url, kind="feed").body) == 5 * content.MEGABYTE + 1


def test_a_bomb_is_cut_off_where_it_unpacks(web):
    bomb = gzip.compress(gzip.compress(b"\0" * (200 * content.MEGABYTE)))
    assert refusal(web.gives("/a.html", bomb, Content_Encoding="gzip")).kind == "too-large"
    once = gzip.compress(b"\0" * (60 * content.MEGABYTE))
    assert refusal(web.gives("/b.html", once, Content_Encoding="gzip"), kind="sitemap").kind == "too-large"


def test_a_packed_file_is_unpacked_by_its_bytes(web):
    url = web.gives("/sitemap.xml.gz", packed(b"<urlset></urlset>"), Content_Type="application/octet-stream")
    assert get(url, kind="sitemap").body == b"<urlset></urlset>"
    cut = web.gives("/b.xml.gz", packed(b"<urlset></urlset>")[:-9])
    assert refusal(cut, kind="sitemap").kind == "bad-encoding"


def test_an_empty_packed_body_is_empty(web):
    assert get(web.gives("/a.html", b"", Content_Encoding="gzip")).body == b""


# Ending


def test_a_fetcher_that_is_cancelled_lets_go(web):
    url = web.does("/a.html", hangs(4.0))

    async def work() -> Any:
        async with a_fetcher() as fetcher:
            task = asyncio.create_task(fetcher.fetch(url, source=OURS, kind="page"))
            await asyncio.sleep(0.1)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    started = time.monotonic()
    asyncio.run(work())
    assert time.monotonic() - started < 1.9

import asyncio
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from digest.errors import FetchError, UsageError
from scrapers.fetching.fetch import Limits, Validators, validators_of
from scrapers.fetching.hosts import Hosts
from tests.fakes import at
from tests.scrapers.fakes import (
    Behaviour,
    Clockwork,
    a_fetcher,
    a_page,
    a_source,
    a_web,
    breaks_off,
    first_fails,
    hangs,
    redirects,
)
from tests.scrapers.fetching.fakes import HTML, OURS, get, refusal


@pytest.fixture
def web():
    with a_web() as running:
        yield running


def test_a_page_comes_with_all_that_is_known_about_it(web):
    url = web.gives("/a.html", HTML, ETag='"v1"', Content_Type="text/html")
    page = get(url)
    assert (page.url, page.asked, page.status, page.body) == (url, url, 200, HTML.encode())
    assert page.fetched == at("2026-03-02 07:30")
    assert len(page.sha256) == 64
    assert ("etag", '"v1"') in page.headers


def test_a_header_may_be_written_in_an_old_encoding(web):
    page = get(web.gives("/a.html", HTML, X_Ten="caf\xe9", X_Moi="Báo".encode().decode("latin-1")))
    assert ("x-ten", "café") in page.headers
    assert ("x-moi", "Báo") in page.headers


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
        *((418, "http-status"), (204, "http-status"), (206, "http-status"), (305, "http-status")),
        *((500, "server-error"), (508, "server-error"), (407, "forbidden"), (402, "forbidden")),
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


def test_the_longest_pauses_are_told(web):
    url = web.gives("/a.html", "", status=503, Retry_After="5000")

    async def work() -> tuple[str, str]:
        clockwork = Clockwork()
        async with a_fetcher(clockwork) as fetcher:
            with pytest.raises(FetchError) as first:
                await fetcher.fetch(url, source=OURS, kind="page")
            clockwork.now += 1000
            with pytest.raises(FetchError) as second:
                await fetcher.fetch(url + "?2", source=OURS, kind="page")
            assert second.value.url == url + "?2"
            return first.value.detail, second.value.detail

    first, second = asyncio.run(work())
    assert first == "503; the server asks for a pause of 5000 seconds"
    assert second == "the server asked for a pause; 4000 seconds are left"


def test_a_short_pause_shuts_nobody_out(web):
    url = web.gives("/a.html", "", status=429, Retry_After="30")
    other = web.gives("/b.html", HTML)

    async def work() -> tuple[str, list[float]]:
        clockwork = Clockwork()
        async with a_fetcher(clockwork) as fetcher:
            with pytest.raises(FetchError):
                await fetcher.fetch(url, source=OURS, kind="page")
            page = await fetcher.fetch(other, source=OURS, kind="page")
            return page.url, clockwork.slept

    assert asyncio.run(work()) == (other, [30.0, 30.0, 30.0])
    assert web.paths() == ["/robots.txt", "/a.html", "/a.html", "/a.html", "/b.html"]


@pytest.mark.parametrize("status", [403, 500])
def test_a_refusal_that_names_a_pause_is_tried_again(web, status):
    web.gives("/ok", HTML)
    clockwork = Clockwork()
    get(web.does("/a.html", first_fails(status, web.behaviours["/ok"], Retry_After="9")), clockwork=clockwork)
    assert clockwork.slept == [9.0]


def test_a_pause_put_off_while_one_waits_is_waited_for():
    clockwork = Clockwork()

    async def work() -> list[float]:
        async def sleep(seconds: float) -> None:
            if not clockwork.slept:
                hosts.hold("http://a.example/", 20.0)
            await clockwork.sleep(seconds)

        hosts = Hosts(ticks=clockwork.ticks, sleep=sleep, random=lambda: 0.0, longest_wait=60.0)
        for _ in range(2):
            async with hosts.turn("http://a.example/", delay=5.0, url="u"):
                pass
        return clockwork.slept

    assert asyncio.run(work()) == [5.0, 15.0]


@pytest.mark.parametrize("etag", ['"v1"', 'W/"v1"', "v1", '"a""b"', '"có dấu"', "W/v1", "'v1'", '"'])
def test_validators_are_sent_as_they_came(web, etag):
    page = get(
        web.gives(
            "/a.html", HTML, ETag=etag.encode().decode("latin-1"), Last_Modified="hôm qua".encode().decode("latin-1")
        )
    )
    assert validators_of(page) == Validators(etag=etag, last_modified="hôm qua")
    get(page.url, validators=validators_of(page))
    sent = {name: value.encode("latin-1").decode() for name, value in web.asked[-1][1].items()}
    assert (sent["If-None-Match"], sent["If-Modified-Since"]) == (etag, "hôm qua")


@pytest.mark.parametrize("value", ["", "a\r\nX: y", "x" * 5000, "\x00"])
def test_validators_that_cannot_stand_in_a_header_are_left_out(web, value):
    get(web.gives("/a.html", HTML), validators=Validators(etag=value, last_modified=value))
    assert {"If-None-Match", "If-Modified-Since", "X"}.isdisjoint(web.asked[-1][1])


def test_one_validator_may_be_known_without_the_other(web):
    get(web.gives("/a.html", HTML), validators=Validators(last_modified="Mon, 02 Mar 2026 00:31:00 GMT"))
    assert "If-None-Match" not in web.asked[-1][1]
    assert web.asked[-1][1]["If-Modified-Since"] == "Mon, 02 Mar 2026 00:31:00 GMT"


def test_not_modified_is_said_where_validators_are_given(web):
    url = web.gives("/a.html", "", status=304)
    assert refusal(url, validators=Validators(etag='"v1"', last_modified="Mon, 02 Mar 2026")).kind == "not-modified"
    sent = web.asked[-1][1]
    assert (sent["If-None-Match"], sent["If-Modified-Since"]) == ('"v1"', "Mon, 02 Mar 2026")


def test_validators_are_taken_from_the_headers():
    page = a_page(headers=(("ETag", 'W/"v1"'), ("last-modified", "Mon")))
    assert validators_of(page) == Validators(etag='W/"v1"', last_modified="Mon")
    assert validators_of(a_page()) == Validators()


# Redirects


def test_a_redirect_is_followed(web):
    goal = web.gives("/moi.html", HTML)
    page = get(web.does("/cu.html", redirects("/moi.html")))
    assert (page.url, page.asked) == (goal, web.base + "/cu.html")


def test_a_redirect_that_leads_back_ends_at_once(web):
    url = web.does("/a.html", redirects("/b.html#dau"))
    web.does("/b.html", redirects("/a.html"))
    error = refusal(url)
    assert (error.kind, error.detail) == ("redirects", f"leads back to {url}")
    assert web.paths() == ["/robots.txt", "/a.html", "/b.html"]


def test_five_redirects_are_followed_and_no_more(web):
    for number in range(1, 7):
        web.does(f"/{number}.html", redirects(f"/{number + 1}.html"))
    web.gives("/7.html", HTML)
    assert get(web.base + "/2.html").url == web.base + "/7.html"
    assert refusal(web.base + "/1.html").kind == "redirects"
    assert web.paths().count("/7.html") == 1


def test_all_redirects_together_have_twenty_seconds(web):
    def slowly(goal):
        def behave(handler):
            time.sleep(0.25)
            redirects(goal)(handler)

        return behave

    web.gives("/robots.txt", "")
    for number in range(5):
        web.does(f"/{number}.html", slowly(f"/{number + 1}.html"))
    web.gives("/5.html", HTML)
    error = refusal(web.base + "/0.html", limits=Limits(seconds=0.6), ticks=time.monotonic)
    assert error.kind == "timeout"
    assert "/4.html" not in web.paths()


def sets_a_cookie(value: Callable[[], str]) -> Behaviour:
    """Leads to itself until its cookie comes back."""

    def behave(handler):
        if handler.headers.get("Cookie") == "daqua=1":
            handler.send_response(200)
            handler.send_header("Content-Length", str(len(HTML.encode())))
            handler.end_headers()
            handler.wfile.write(HTML.encode())
            return
        handler.send_response(302)
        handler.send_header("Location", handler.path)
        handler.send_header("Set-Cookie", f"daqua={value()}; Path=/")
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return behave


def test_a_cookie_set_on_the_way_is_brought_back_and_then_forgotten(web):
    url = web.does("/a.html", sets_a_cookie(lambda: "1"))
    assert get(url).body == HTML.encode()
    assert web.paths() == ["/robots.txt", "/a.html", "/a.html"]
    assert get(url).body == HTML.encode()
    assert [sent.get("Cookie") for path, sent in web.asked if path == "/a.html"] == [None, "daqua=1"] * 2


def test_a_cookie_is_not_carried_to_another_host(web):
    with a_web() as other:
        other.gives("/b.html", HTML)

        def behave(handler):
            handler.send_response(302)
            handler.send_header("Location", other.base.replace("127.0.0.1", "localhost") + "/b.html")
            handler.send_header("Set-Cookie", "mat=1; Path=/")
            handler.send_header("Content-Length", "0")
            handler.end_headers()

        assert get(web.does("/a.html", behave)).body == HTML.encode()
        assert "Cookie" not in dict(other.asked[-1][1])


def test_a_wall_that_takes_no_cookie_ends_at_once(web):
    assert refusal(web.does("/a.html", sets_a_cookie(lambda: "sai"))).kind == "redirects"
    assert web.paths() == ["/robots.txt", "/a.html", "/a.html"]


def test_a_wall_with_a_new_cookie_every_time_ends_with_its_redirects(web):
    numbers = iter(range(2, 100))
    assert refusal(web.does("/a.html", sets_a_cookie(lambda: str(next(numbers))))).kind == "redirects"
    assert web.paths().count("/a.html") == 6


def test_no_cookie_outlives_its_page(web):
    url = web.gives("/a.html", HTML, Set_Cookie="mot=1; Path=/")

    async def work() -> None:
        async with a_fetcher() as fetcher:
            for _ in range(2):
                await fetcher.fetch(url, source=OURS, kind="page")

    asyncio.run(work())
    assert [sent.get("Cookie") for _, sent in web.asked] == [None, None, None]


def test_a_goal_may_be_written_with_vietnamese_letters(web):
    goal = "/tin/m%E1%BB%99t-c%E1%BB%ADa.html"
    web.gives(goal, HTML)

    def behave(handler):
        handler.send_response(302)
        handler.send_header("Location", "/tin/một-cửa.html".encode().decode("latin-1"))
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    assert get(web.does("/a.html", behave)).url == web.base + "/tin/một-cửa.html"


@pytest.mark.parametrize(
    ("goal", "kind"),
    [
        ("", "redirects"),
        ("http://xn--a/", "bad-address"),
        ("http://[::1", "redirects"),
        ("http://a.example:25/x", "bad-address"),
        ("http://ten:mat-khau@a.example/x", "bad-address"),
        ("file:///etc/passwd", "bad-address"),
        ("data:text/html,x", "bad-address"),
        ("//", "redirects"),
        ("ftp://a.example/x", "bad-address"),
        ("http://a.example:0/x", "bad-address"),
    ],
)
def test_a_redirect_to_nowhere_fails(web, goal, kind):
    assert refusal(web.does("/a.html", redirects(goal))).kind == kind


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


def test_the_delay_is_stretched_by_chance_and_never_shortened(web):
    urls = [web.gives(f"/{number}.html", HTML) for number in range(3)]
    clockwork = Clockwork()
    chances = iter([0.0, 0.5, 1.0, 0.0])

    async def work() -> None:
        async with a_fetcher(clockwork, random=lambda: next(chances)) as fetcher:
            for url in urls:
                await fetcher.fetch(url, source=a_source(delay=2.0), kind="page")

    asyncio.run(work())
    assert clockwork.slept == [2.25, 2.5]


def test_a_pause_after_a_fault_is_stretched_by_chance(web):
    clockwork = Clockwork()
    refusal(web.gives("/a.html", "", status=503), clockwork=clockwork, random=lambda: 1.0)
    assert clockwork.slept == [1.25, 2.5]


def test_no_more_than_so_many_requests_are_under_way(web):
    with a_web() as other:
        urls = [served.does("/a.html", hangs(0.1)) for served in (web, other)]

        async def work() -> list[object]:
            async with a_fetcher(limits=Limits(seconds=2.0, at_once=1)) as fetcher:
                asked = (fetcher.fetch(url, source=OURS, kind="page") for url in urls)
                return await asyncio.gather(*asked, return_exceptions=True)

        started = time.monotonic()
        assert all(isinstance(answer, FetchError) for answer in asyncio.run(work()))
    assert time.monotonic() - started >= 0.2


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

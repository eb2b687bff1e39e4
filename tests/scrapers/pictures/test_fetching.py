"""Pictures are asked for politely, and each fails by itself."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler
from itertools import count
from typing import Any

import pytest

from digest.errors import StorageError
from digest.model import Page
from scrapers.collecting.guarded_fetch import Guard
from scrapers.collecting.records_thread import Aside
from scrapers.fetching.content import CAPS
from scrapers.fetching.fetch import Limits as FetchLimits
from scrapers.pictures.fetching import Asks, Had, Missed, Wish, fetch_pictures
from tests.fakes import at
from tests.scrapers.fakes import Notebook, Web, a_fetcher, a_source, a_web, hangs
from tests.scrapers.pictures.makers import PAGE, SVG, a_png_that_says, a_scene, written

NOW = at("2026-03-02 07:30")


@pytest.fixture
def web() -> Iterator[Web]:
    with a_web() as running:
        yield running


def fetched(wishes: Sequence[Wish], *, patience: float = 1.0, **options: Any) -> tuple[list[Had], list[Missed]]:
    """Both lists; the fetcher waits so many seconds for an address."""

    async def run() -> tuple[list[Had], list[Missed]]:
        async with a_fetcher(limits=FetchLimits(seconds=patience)) as fetcher:
            with Aside() as aside:
                guard = Guard(fetcher, Notebook(), aside, lambda: NOW)
                return await fetch_pictures(wishes, guard=guard, width=1299, **options)

    return asyncio.run(run())


def wish(url: str, **fields: object) -> Wish:
    return Wish(url=url, source=a_source(**fields))


def endless(handler: BaseHTTPRequestHandler) -> None:
    """A picture of 100 MB that does not say so."""
    handler.send_response(200)
    handler.end_headers()
    handler.wfile.write(b"\xff\xd8\xff")
    for _ in range(100):
        handler.wfile.write(bytes(1 << 20))
    handler.close_connection = True


def trickles(handler: BaseHTTPRequestHandler) -> None:
    """A byte now and then."""
    handler.send_response(200)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    for _ in range(30):
        handler.wfile.write(b"\xff")
        handler.wfile.flush()
        time.sleep(0.1)


def test_pictures_come_with_address_hash_and_time(web: Web):
    url = web.gives("/anh.jpg", written(a_scene()), Content_Type="image/jpeg")
    advanced = count()
    (had,), missed = fetched([wish(url)], advance=lambda _one: next(advanced))
    assert (had.url, had.source, had.fetched, missed) == (url, "baolua", NOW, [])
    assert (had.picture.mime, had.picture.width) == ("image/jpeg", 900)
    assert had.original != had.picture.sha256
    assert next(advanced) == 1
    assert web.paths() == ["/robots.txt", "/anh.jpg"]
    assert web.asked[1][1]["Accept"].startswith("image/jpeg")


def test_nothing_is_asked_where_nothing_is_wished():
    assert fetched([]) == ([], [])


def test_every_bad_file_costs_itself_alone(web: Web):
    good = web.gives("/tot.jpg", written(a_scene()))
    bad = {
        web.gives("/trang.jpg", PAGE, Content_Type="image/jpeg"): "not-a-picture",
        web.gives("/ve.svg", SVG, Content_Type="image/svg+xml"): "drawing",
        web.gives("/ve.png", SVG, Content_Type="image/png"): "drawing",
        web.gives("/dem.gif", written(a_scene(1, 1), "GIF")): "ornament",
        web.gives("/cut.jpg", written(a_scene())[:9000]): "damaged",
        web.gives("/rong.png", a_png_that_says(40_000, 400)): "too-large",
        web.gives("/bom.png", a_png_that_says(30_000, 30_000, bytes(20_000_000))): "too-large",
        web.gives("/khong.png", a_png_that_says(0, 0)): "damaged",
        web.gives("/trong.jpg", b""): "not-a-picture",
        web.gives("/lon-that.jpg", b"", Content_Length=str(CAPS["picture"] + 1)): "too-large",
        web.does("/cham.jpg", hangs(1.6)): "timeout",
        web.does("/nho-giot.jpg", trickles): "timeout",
        web.base + "/mat.jpg": "not-found",
        "http://169.254.169.254/anh.jpg": "refused-address",
        "data:image/png;base64,AAAA": "bad-address",
    }
    had, missed = fetched([*map(wish, bad), wish(good)])
    assert {one.url: one.kind for one in missed} == bad
    assert [one.url for one in had] == [good]


@pytest.mark.parametrize("told", ["image/png", "image/svg+xml", "application/octet-stream", "text/html", ""])
def test_a_good_picture_is_taken_whatever_it_says_it_is(web: Web, told: str):
    url = web.gives("/anh.svg", written(a_scene()), Content_Type=told)
    (had,), missed = fetched([wish(url)])
    assert (had.picture.mime, missed) == ("image/jpeg", [])


def test_a_hundred_megabytes_are_not_read_to_their_end(web: Web):
    url = web.does("/lon.jpg", endless)
    assert [one.kind for one in fetched([wish(url)], patience=30.0)[1]] == ["too-large"]


def test_a_private_address_is_refused_unless_the_source_opts_in(web: Web):
    url = web.gives("/anh.jpg", written(a_scene()))
    assert [one.kind for one in fetched([wish(url, allow_private=False)])[1]] == ["refused-address"]
    assert web.asked == []
    assert len(fetched([wish(url, allow_private=True)])[0]) == 1


def test_robots_txt_is_heeded_for_pictures_too(web: Web):
    web.gives("/robots.txt", "User-agent: *\nDisallow: /anh/")
    url = web.gives("/anh/1.jpg", written(a_scene()))
    assert [one.kind for one in fetched([wish(url)])[1]] == ["robots"]
    assert web.paths() == ["/robots.txt"]


def test_a_host_that_does_not_answer_is_asked_three_times_and_left(web: Web):
    urls = [web.does(f"/{number}.jpg", hangs(1.3)) for number in range(5)]
    kinds = [one.kind for one in fetched([wish(url) for url in urls])[1]]
    assert sorted(kinds) == ["host-down"] * 2 + ["timeout"] * 3


def test_what_is_not_there_in_time_is_left(web: Web):
    good = web.gives("/tot.jpg", written(a_scene()))
    slow = web.does("/cham.jpg", hangs(30))
    had, missed = fetched([wish(good), wish(slow)], seconds=0.9)
    assert (len(had), [(one.url, one.kind) for one in missed]) in [
        (1, [(slow, "unfinished")]),
        (0, [(good, "unfinished"), (slow, "unfinished")]),  # on a busy machine
        (1, [(slow, "timeout")]),
    ]


def test_a_full_disk_ends_the_round():
    class Full:
        async def fetch(self, url: str, **_: object) -> Page:
            raise StorageError(url)

    guard: Asks = Full()
    with pytest.raises(StorageError):
        asyncio.run(fetch_pictures([wish("https://baolua.example/1.jpg")] * 3, guard=guard, width=1299))

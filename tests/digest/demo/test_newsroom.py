import socket
import threading
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from digest.demo.newsroom import Newsroom
from digest.demo.press import load
from digest.errors import InputError
from tests.digest.demo.fakes import get, write_outlet


def test_every_article_page_and_its_pictures_answer(newsroom: Newsroom) -> None:
    for printed in newsroom.printed:
        status, kind, body = get(printed.address)
        assert (status, kind.split(";")[0]) == (200, "text/html")
        assert printed.article.title in body.decode().replace("&#34;", '"')
        for image in printed.article.images:
            status, kind, body = get(image.src)
            assert (status, kind, body[:4]) == (200, "image/png", b"\x89PNG")


def test_every_site_has_a_robots_file_and_its_section_pages(newsroom: Newsroom) -> None:
    for site in newsroom.sites:
        status, _, body = get(f"{site.base}/robots.txt")
        assert status == 200
        assert b"Disallow: /tim-kiem" in body
        for page in site.outlet.sections:
            assert get(site.base + page.path)[0] == 200


def test_each_outlet_has_a_port_of_its_own(newsroom: Newsroom) -> None:
    assert len({site.base for site in newsroom.sites}) == len(newsroom.sites) == 15
    assert all(site.base.startswith("http://127.0.0.1:") for site in newsroom.sites)


def test_what_is_not_there_is_not_found(newsroom: Newsroom) -> None:
    assert get(f"{newsroom.sites[0].base}/khong-co-post1.html")[0] == 404


def test_the_charset_is_missing_from_the_header_on_a_fifth_of_the_sites(newsroom: Newsroom) -> None:
    kinds = [get(site.printed[0].address)[1] for site in newsroom.sites]
    assert kinds.count("text/html") == 3


def test_a_day_has_an_empty_feed_a_captcha_and_an_error(newsroom: Newsroom) -> None:
    (empty,) = [site for site in newsroom.sites if site.outlet.empty_feed_path]
    status, _, body = get(empty.feeds[0])
    assert (status, b"<item>" in body) == (200, False)
    answers = [get(address) for site in newsroom.sites for address in site.broken]
    assert sorted(status for status, _, _ in answers) == [200, 500]
    assert any(b"g-recaptcha" in body for _, _, body in answers)


def test_requests_are_logged_by_outlet_with_their_query(newsroom: Newsroom) -> None:
    site = newsroom.sites[0]
    before = len(newsroom.requests()[site.outlet.id])
    get(f"{site.base}/robots.txt?x=1")
    assert newsroom.requests()[site.outlet.id][before:] == ("/robots.txt?x=1",)


def test_the_catalogue_names_every_outlet_with_its_listings(newsroom: Newsroom) -> None:
    entries = tomllib.loads(newsroom.catalogue_toml())["sources"]
    assert [entry["id"] for entry in entries] == [site.outlet.id for site in newsroom.sites]
    for entry in entries:
        assert entry["allow_private"] is True
        assert entry["delay"] <= 0.05
        assert entry["feeds"] or entry["pages"]
        assert entry["outlet"] == entry["domain"].capitalize()
    assert sum("province_new" in entry for entry in entries) == 11


def test_many_readers_at_once_are_answered(newsroom: Newsroom) -> None:
    site = newsroom.sites[0]
    with ThreadPoolExecutor(24) as readers:
        answers = list(readers.map(get, [site.printed[0].address] * 72))
    assert [status for status, _, _ in answers] == [200] * 72


def test_every_thread_and_port_is_gone_at_the_end() -> None:
    before = set(threading.enumerate())
    with Newsroom() as newsroom:
        site = newsroom.sites[0]
        assert get(site.printed[0].address)[0] == 200
    newsroom.stop()
    assert set(threading.enumerate()) <= before
    port = int(site.base.rpartition(":")[2])
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_a_newsroom_that_cannot_start_leaves_nothing_running(tmp_path: Path) -> None:
    write_outlet(tmp_path, name="a.toml")
    write_outlet(tmp_path, name="b.toml", more='reprint_of = "khong/co"')
    before = set(threading.enumerate())
    with pytest.raises(InputError, match="khong/co"), Newsroom(load(tmp_path)):
        pass
    assert set(threading.enumerate()) <= before


def test_a_picture_that_is_not_there_stops_the_start(tmp_path: Path) -> None:
    write_outlet(tmp_path, name="a.toml")
    write_outlet(tmp_path, name="b.toml", more='body = "! khong-co"')
    before = set(threading.enumerate())
    with pytest.raises(InputError, match="khong-co"), Newsroom(load(tmp_path)):
        pass
    assert set(threading.enumerate()) <= before

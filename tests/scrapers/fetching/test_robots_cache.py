import asyncio

import pytest

from digest.errors import FetchError
from digest.model import Page
from scrapers.fetching.robots import Robots
from scrapers.fetching.robots_cache import RobotsCache
from tests.scrapers.fakes import a_page

RULES = b"User-agent: *\nDisallow: /noi-bo/\n"


class Site:
    """Answers for robots.txt in order; counts how often it was asked."""

    def __init__(self, *answers: bytes | FetchError, headers: tuple[tuple[str, str], ...] = ()) -> None:
        self.answers = list(answers)
        self.headers = headers
        self.asked: list[str] = []

    async def load(self, url: str) -> Page:
        self.asked.append(url)
        answer = self.answers.pop(0)
        if isinstance(answer, FetchError):
            raise answer
        return a_page(body=answer, headers=self.headers)


def rules(cache: RobotsCache, site: Site, address: str = "https://a.example/x") -> Robots:
    return asyncio.run(cache.rules(address, load=site.load, url=address))


def test_rules_are_fetched_once_a_day():
    now = [0.0]
    cache, site = RobotsCache(ticks=lambda: now[0]), Site(RULES, b"")
    for _ in range(3):
        rules(cache, site)
    assert site.asked == ["https://a.example/robots.txt"]
    now[0] += 24 * 3600
    assert rules(cache, site).allows("https://a.example/noi-bo/x")


@pytest.mark.parametrize("kind", ["not-found", "forbidden", "http-status", "redirects"])
def test_a_site_without_rules_allows_everything(kind):
    assert rules(RobotsCache(ticks=lambda: 0.0), Site(FetchError("u", kind))).allows("https://a.example/x")


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("server-error", "robots-unreachable"),
        ("rate-limited", "robots-unreachable"),
        ("dns", "dns"),
        ("timeout", "timeout"),
    ],
)
def test_a_failing_site_is_left_alone_for_ten_minutes(kind, wanted):
    now = [0.0]
    cache, site = RobotsCache(ticks=lambda: now[0]), Site(FetchError("u", kind, "hỏng"), RULES)
    for _ in range(2):
        with pytest.raises(FetchError) as caught:
            rules(cache, site)
        assert (caught.value.kind, caught.value.url) == (wanted, "https://a.example/x")
    assert len(site.asked) == 1
    now[0] += 600
    assert rules(cache, site).allows("https://a.example/x")


@pytest.mark.parametrize(
    ("cache_control", "kept"),
    [("max-age=7200", 7200), ("no-store", 600), ("max-age=1", 600), ("max-age=99999999", 86400), ("public", 86400)],
)
def test_a_site_may_say_how_long_its_rules_hold(cache_control, kept):
    now = [0.0]
    cache = RobotsCache(ticks=lambda: now[0])
    site = Site(RULES, b"", headers=(("cache-control", cache_control),))
    rules(cache, site)
    now[0] += kept - 1
    assert not rules(cache, site).allows("https://a.example/noi-bo/x")
    now[0] += 1
    assert rules(cache, site).allows("https://a.example/noi-bo/x")


def test_yesterdays_rules_hold_while_the_site_fails():
    now = [0.0]
    cache, site = RobotsCache(ticks=lambda: now[0]), Site(RULES, FetchError("u", "server-error"), b"")
    rules(cache, site)
    now[0] += 24 * 3600
    assert not rules(cache, site).allows("https://a.example/noi-bo/x")
    now[0] += 600
    assert rules(cache, site).allows("https://a.example/noi-bo/x")


def test_sites_and_ways_are_kept_apart():
    cache, site = RobotsCache(ticks=lambda: 0.0), Site(RULES, b"", b"")
    for address in ("https://a.example/x", "http://a.example/x", "https://a.example:8443/x", "https://a.example/y"):
        rules(cache, site, address)
    assert site.asked == [
        "https://a.example/robots.txt",
        "http://a.example/robots.txt",
        "https://a.example:8443/robots.txt",
    ]
    other = Site(b"")
    asyncio.run(cache.rules("https://a.example/x", load=other.load, url="u", way="private"))
    assert other.asked == ["https://a.example/robots.txt"]

import asyncio

import pytest

from digest.errors import FetchError
from scrapers.robots import LONGEST_CRAWL_DELAY, Robots, RobotsCache, read

RULES = b"User-agent: *\nDisallow: /tim-kiem\nCrawl-delay: 3\n\nUser-agent: diembao\nDisallow: /noi-bo/\nAllow: /noi-bo/tin\n"


def test_the_rules_for_diembao_count():
    robots = read(RULES)
    assert robots.allows("https://a.example/tim-kiem?q=1")
    assert not robots.allows("https://a.example/noi-bo/x")
    assert robots.allows("https://a.example/noi-bo/tin-1")
    assert robots.delay() == 0


def test_the_rules_for_all_count_where_there_are_none_of_ones_own():
    robots = read(b"\xef\xbb\xbfUser-agent: *\nDisallow: /\nCrawl-delay: 3\n# \xff\n")
    assert not robots.allows("https://a.example/x")
    assert robots.delay() == 3


def test_a_delay_beyond_reason_is_bounded():
    assert read(b"User-agent: *\nCrawl-delay: 86400\n").delay() == LONGEST_CRAWL_DELAY


def test_without_rules_everything_is_allowed():
    assert Robots().allows("https://a.example/x")
    assert read(b"<html>khong phai robots</html>").allows("https://a.example/x")


class Site:
    """Answers for robots.txt in order; counts how often it was asked."""

    def __init__(self, *answers: bytes | FetchError) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    async def load(self, url: str) -> bytes:
        self.asked.append(url)
        answer = self.answers.pop(0)
        if isinstance(answer, FetchError):
            raise answer
        return answer


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

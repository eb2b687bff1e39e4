import asyncio
from typing import Any

import pytest

from digest.errors import FetchError
from scrapers.fetching.fetch import Limits
from scrapers.fetching.transport import CheckedTransport
from tests.scrapers.fakes import Clockwork, a_fetcher, a_web, hangs, redirects
from tests.scrapers.fetching.fakes import HTML, OURS, THEIRS, get, refusal


@pytest.fixture
def web():
    with a_web() as running:
        yield running


def test_what_robots_txt_forbids_is_not_asked_for(web):
    web.gives("/robots.txt", "User-agent: *\nDisallow: /noi-bo/\n")
    error = refusal(web.gives("/noi-bo/a.html", HTML))
    assert (error.kind, error.detail) == ("robots", "robots.txt: Disallow: /noi-bo/")
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
        own = lambda way: CheckedTransport(allow_private=True, tls=way.tls)  # noqa: E731
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


def test_robots_txt_itself_may_always_be_read(web):
    url = web.gives("/robots.txt", "User-agent: *\nDisallow: /\n")
    assert get(url).body.startswith(b"User-agent")


def test_robots_txt_may_be_elsewhere(web):
    with a_web() as other:
        goal = other.gives("/chung/robots.txt", "User-agent: *\nDisallow: /noi-bo/\n")
        web.does("/robots.txt", redirects(goal))
        assert refusal(web.gives("/noi-bo/a.html", HTML)).kind == "robots"


def test_a_robots_txt_behind_six_redirects_counts_as_none(web):
    web.does("/robots.txt", redirects("/1"))
    for number in range(1, 7):
        web.does(f"/{number}", redirects(f"/{number + 1}"))
    web.gives("/7", "User-agent: *\nDisallow: /\n")
    assert get(web.gives("/a.html", HTML)).status == 200
    assert "/6" not in web.paths()


def test_a_robots_txt_that_leads_to_forbidden_ground_keeps_the_site_shut(web):
    web.does("/robots.txt", redirects("http://169.254.169.254/robots.txt"))
    error = refusal(web.gives("/a.html", HTML))
    assert error.kind == "refused-address"
    assert "link-local" in error.detail


def test_a_site_refused_to_one_source_stays_open_to_another(web):
    url = web.gives("/a.html", HTML)

    async def work() -> tuple[str, int]:
        async with a_fetcher() as fetcher:
            with pytest.raises(FetchError) as caught:
                await fetcher.fetch(url, source=THEIRS, kind="page")
            return caught.value.kind, (await fetcher.fetch(url, source=OURS, kind="page")).status

    assert asyncio.run(work()) == ("refused-address", 200)


def test_rules_that_are_to_be_kept_shortly_are_read_again(web):
    web.gives("/robots.txt", "", Cache_Control="max-age=1800")
    url = web.gives("/a.html", HTML)
    clockwork = Clockwork()

    async def work() -> None:
        async with a_fetcher(clockwork) as fetcher:
            for _ in range(3):
                await fetcher.fetch(url, source=OURS, kind="page")
                clockwork.now += 1000

    asyncio.run(work())
    assert web.paths() == ["/robots.txt", "/a.html", "/a.html", "/robots.txt", "/a.html"]


def test_a_path_cannot_sneak_around_a_rule(web):
    web.gives("/robots.txt", "User-agent: *\nDisallow: /noi-bo/\n")
    for path in ("/tin/../noi-bo/a.html", "/./noi-bo/a.html", "/%6eoi-bo/a.html"):
        assert refusal(web.base + path).kind == "robots"
    assert web.paths() == ["/robots.txt"] * 3

import asyncio
import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import pytest

from digest.errors import ExtractError, StorageError
from digest.model import Article, Page
from scrapers.collect import Collected, Failure, Tally, collect, filled
from scrapers.fetch import Limits
from scrapers.identity import same_article
from scrapers.listings import listings_of
from scrapers.source import Source
from tests.fakes import an_article, at
from tests.scrapers.fakes import (
    Clockwork,
    Web,
    a_feed,
    a_fetcher,
    a_link,
    a_listing,
    a_source,
    a_web,
    breaks_off,
    hangs,
    read_title,
    redirects,
)

DAY = (at("2026-03-02 00:00"), at("2026-03-03 00:00"))
MORNING = "Mon, 02 Mar 2026 07:30:00 +07:00"
LAST_WEEK = "Mon, 23 Feb 2026 07:30:00 +07:00"


@pytest.fixture
def web():
    with a_web() as running:
        yield running


class Desk:
    """What the callbacks of a round were told."""

    def __init__(self, known: Iterable[str] = (), extract: Callable[[Page, Source], Article] = read_title) -> None:
        self.known = set(known)
        self.kept: list[Collected] = []
        self.failed: list[Failure] = []
        self.tallies: list[Tally] = []
        self.extract = extract

    def run(self, *sources: Source, **fields: Any) -> Tally:
        return asyncio.run(self.round(*sources, **fields))

    async def round(self, *sources: Source, keep: Callable[[Collected], None] | None = None, **fields: Any) -> Tally:
        async with a_fetcher(**fields) as fetcher:
            return await collect(
                sources,
                fetcher=fetcher,
                seen=lambda keys: self.known & set(keys),
                keep=keep or self.kept.append,
                fail=self.failed.append,
                day_range=DAY,
                extract=self.extract,
                progress=self.tallies.append,
            )

    def titles(self) -> list[str]:
        return sorted(collected.article.title for collected in self.kept)

    def kinds(self) -> list[str]:
        return sorted(failure.kind for failure in self.failed)


def article(web: Web, number: int, title: str = "Xã trả kết quả sớm") -> str:
    return web.gives(f"/tin-{number}.html", f"<html><h1>{title} {number}</h1></html>")


def test_a_round_goes_from_feeds_and_sections_to_articles(web):
    feed = web.gives("/rss", a_feed((article(web, 10001), "Tin", MORNING)))
    section = web.gives("/chinh-tri", a_listing((article(web, 10002), "Xã khác cũng trả kết quả sớm")))
    desk = Desk()
    tally = desk.run(a_source(feeds=(feed,), pages=(section,)))
    assert desk.titles() == ["Xã trả kết quả sớm 10001", "Xã trả kết quả sớm 10002"]
    assert tally == Tally(sources=1, listings=2, found=2, kept=2)
    assert desk.tallies[-1] == tally
    assert desk.failed == []


def test_what_was_seen_is_not_fetched_again(web):
    one, two = article(web, 10001), article(web, 10002)
    source = a_source(feeds=(web.gives("/rss", a_feed((one, "Tin", MORNING), (two, "Tin", MORNING))),))
    desk = Desk(known={same_article(one, source)})
    tally = desk.run(source)
    assert desk.titles() == ["Xã trả kết quả sớm 10002"]
    assert (tally.known, tally.kept) == (1, 1)
    assert "/tin-10001.html" not in web.paths()


def test_what_its_listing_dates_outside_the_window_is_passed_over(web):
    items = ((article(web, 1), "Cũ", LAST_WEEK), (article(web, 2), "Mai", "Tue, 03 Mar 2026 00:00:00 +07:00"))
    feed = web.gives("/rss", a_feed(*items, (article(web, 3), "Nay", "Mon, 02 Mar 2026 00:00:00 +07:00")))
    desk = Desk()
    assert desk.run(a_source(feeds=(feed,))).outside == 2
    assert desk.titles() == ["Xã trả kết quả sớm 3"]


def test_an_article_in_feed_and_section_is_fetched_once_with_the_feeds_knowledge(web):
    url = article(web, 10001)
    feed = web.gives("/rss", a_feed((url + "?utm_source=rss", "Tin", MORNING)))
    section = web.gives("/chinh-tri", a_listing((url, "Xã trả kết quả sớm hơn")))
    desk = Desk()
    desk.run(a_source(pages=(section,), feeds=(feed,)))
    (collected,) = desk.kept
    assert collected.article.published == at("2026-03-02 07:30")
    assert collected.article.sapo == "Tóm tắt: Tin."
    assert collected.article.flags == ("sapo-from-feed", "time-from-feed")


def test_the_addresses_that_led_to_an_article_are_its_identities(web):
    goal = article(web, 10001)
    old = web.does("/cu-10001.html", redirects("/tin-10001.html"))
    desk = Desk()
    desk.run(a_source(feeds=(web.gives("/rss", a_feed((old, "Tin", MORNING))),)))
    assert desk.kept[0].identities == (same_article(old), same_article(goal))
    assert desk.kept[0].page.asked == old


def test_a_source_that_is_not_collected_is_left_alone(web):
    feed = web.gives("/rss", a_feed())
    assert Desk().run(a_source(feeds=(feed,), not_collected="chỉ đăng văn bản")) == Tally()
    assert web.asked == []


def test_a_source_without_any_listing_is_passed_by():
    assert Desk().run(a_source()) == Tally()


def test_a_broken_page_costs_only_itself(web):
    web.does("/tin-2.html", breaks_off)
    web.gives("/tin-4.html", "", status=500)
    urls = [
        article(web, 1),
        web.base + "/tin-2.html",
        article(web, 3),
        web.base + "/tin-4.html",
        web.base + "/tin-5.html",
    ]
    desk = Desk()
    tally = desk.run(a_source(feeds=(web.gives("/rss", a_feed(*((url, "Tin", MORNING) for url in urls))),)))
    assert desk.titles() == ["Xã trả kết quả sớm 1", "Xã trả kết quả sớm 3"]
    assert tally.failed == (("broken", 1), ("not-found", 1), ("server-error", 1))
    assert desk.failed[0] == Failure(
        source="baolua", stage="fetch", kind="broken", url=urls[1], detail=desk.failed[0].detail
    )


def test_a_page_that_holds_no_article_is_a_failure_of_its_own(web):
    def extract(page, source):
        if "10001" in page.url:
            raise ExtractError(page.url, "shell", "không có chữ")
        return read_title(page, source)

    desk = Desk(extract=extract)
    feed = a_feed((article(web, 10001), "Tin", MORNING), (article(web, 10002), "Tin", MORNING))
    desk.run(a_source(feeds=(web.gives("/rss", feed),)))
    assert desk.titles() == ["Xã trả kết quả sớm 10002"]
    assert [(failure.stage, failure.kind, failure.detail) for failure in desk.failed] == [
        ("extract", "shell", "không có chữ")
    ]


@pytest.mark.parametrize(
    ("body", "kind"),
    [(a_feed(), "empty-feed"), (b"<html><body>x</body></html>", "not-a-feed")],
)
def test_a_dead_feed_is_reported_and_the_section_still_read(web, body, kind):
    section = web.gives("/chinh-tri", a_listing((article(web, 10002), "Xã khác cũng trả kết quả sớm")))
    desk = Desk()
    desk.run(a_source(feeds=(web.gives("/rss", body),), pages=(section,)))
    assert desk.kinds() == [kind]
    assert desk.failed[0].stage == "discover"
    assert len(desk.kept) == 1


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<html><body><p>Chưa có bài.</p></body></html>", "no-links"),
        ("<html><head><title>Just a moment...</title></head><body><p>captcha</p></body></html>", "captcha"),
        ("<html><body><script>document.cookie='D1N=1';window.location.reload()</script></body></html>", "shell"),
        ("", "no-links"),
    ],
)
def test_a_section_without_articles_says_why(web, body, kind):
    desk = Desk()
    desk.run(a_source(pages=(web.gives("/chinh-tri", body),)))
    assert desk.kinds() == [kind]


def test_links_of_menus_and_of_other_sites_are_not_followed(web):
    menu = f'<html><body><nav><a href="{article(web, 10001)}">Tin trong thực đơn</a></nav></body></html>'
    feed = a_feed(("https://bao-khac.example/tin-10002.html", "Tin", MORNING))
    desk = Desk()
    tally = desk.run(
        a_source(domain="baolua.example", pages=(web.gives("/p", menu),), feeds=(web.gives("/rss", feed),))
    )
    assert desk.kinds() == ["no-links", "no-links"]
    assert tally.found == 0


def test_a_news_sitemap_serves_where_there_is_nothing_else(web):
    body = (
        f"<urlset><url><loc>{article(web, 10001)}</loc><news:news><news:publication_date>2026-03-02T07:30:00+07:00"
        f"</news:publication_date></news:news></url><url><loc>{article(web, 10002)}</loc></url></urlset>"
    )
    web.gives("/news-2026-3.xml", body)
    desk = Desk()
    desk.run(a_source(sitemaps=(web.base + "/news-{year}-{month}.xml",)))
    assert desk.titles() == ["Xã trả kết quả sớm 10001"]


def test_a_sitemap_without_times_gives_nothing(web):
    desk = Desk()
    desk.run(a_source(sitemaps=(web.gives("/s.xml", f"<urlset><url><loc>{article(web, 1)}</loc></url></urlset>"),)))
    assert desk.kinds() == ["no-links"]


def test_feeds_come_before_sections_and_sitemaps_only_alone():
    source = a_source(feeds=("f",), pages=("p",), sitemaps=("s",))
    assert [listing.url for listing in listings_of(source, DAY[0])] == ["f", "p"]


def test_a_host_that_is_down_is_given_up_after_three_pages(web):
    web.gives("/robots.txt", "")
    urls = [web.does(f"/tin-{number}.html", hangs(4.0)) for number in range(6)]
    desk = Desk()
    feed = web.gives("/rss", a_feed(*((url, "Tin", MORNING) for url in urls)))
    desk.run(a_source(feeds=(feed,)), limits=Limits(seconds=0.3))
    assert desk.kinds() == ["host-down", "timeout", "timeout", "timeout"]
    assert desk.failed[-1].detail.startswith("3 addresses")
    assert len([path for path in web.paths() if path.startswith("/tin")]) == 3


def test_hosts_are_worked_at_once_and_sources_of_one_host_in_turn(web):
    with a_web() as other:
        sources = []
        for number, (name, place) in enumerate((("mot", web), ("hai", web), ("ba", other))):
            feed = place.gives(f"/rss-{name}", a_feed((article(place, number), name, MORNING)))
            sources.append(a_source(id=name, feeds=(feed,)))
        desk = Desk()
        assert desk.run(*sources).kept == 3
        assert web.most_at_once == other.most_at_once == 1


def test_a_slow_host_does_not_hold_up_the_others(web):
    with a_web() as slow:
        slow.does("/robots.txt", hangs(4.0))
        sources = [a_source(id="cham", feeds=(slow.base + "/rss",))]
        sources.append(a_source(id="nhanh", feeds=(web.gives("/rss", a_feed((article(web, 1), "Tin", MORNING))),)))
        desk = Desk()
        desk.run(*sources, limits=Limits(seconds=1.0))
        assert (1, ()) in [(tally.kept, tally.failed) for tally in desk.tallies]
        assert desk.failed[0].source == "cham"


def test_a_full_disk_ends_the_round_with_its_own_error(web):
    def keep(_collected):
        raise StorageError("ổ đĩa đầy")

    feed = web.gives("/rss", a_feed((article(web, 1), "Tin", MORNING)))
    with pytest.raises(StorageError, match="ổ đĩa đầy"):
        Desk().run(a_source(feeds=(feed,)), keep=keep)


def test_a_bug_ends_the_round(web):
    def extract(_page, _source):
        raise KeyError("lỗi")

    feed = web.gives("/rss", a_feed((article(web, 1), "Tin", MORNING)))
    with pytest.raises(KeyError):
        Desk(extract=extract).run(a_source(feeds=(feed,)))


def test_cancelling_keeps_what_was_kept_and_ends_soon(web):
    web.does("/tin-2.html", hangs(3.0))
    feed = web.gives("/rss", a_feed((article(web, 1), "Tin", MORNING), (web.base + "/tin-2.html", "Tin", MORNING)))
    desk = Desk()

    async def work() -> Any:
        kept = asyncio.Event()

        def keep(collected):
            desk.kept.append(collected)
            kept.set()

        task = asyncio.create_task(desk.round(a_source(feeds=(feed,)), keep=keep))
        await kept.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    started = time.monotonic()
    asyncio.run(work())
    assert time.monotonic() - started < 2
    assert len(desk.kept) == 1


def test_the_loop_breathes_while_a_page_is_read(web):
    def extract(page, source):
        time.sleep(1.0)
        return read_title(page, source)

    feed = web.gives("/rss", a_feed((article(web, 1), "Tin", MORNING)))
    gaps = []

    async def work() -> Any:
        task = asyncio.create_task(Desk(extract=extract).round(a_source(feeds=(feed,))))
        while not task.done():
            before = time.monotonic()
            await asyncio.sleep(0.01)
            gaps.append(time.monotonic() - before)

    asyncio.run(work())
    assert max(gaps) < 0.8


def test_the_delay_of_a_source_is_kept(web):
    feed = web.gives("/rss", a_feed((article(web, 1), "Tin", MORNING), (article(web, 2), "Tin", MORNING)))
    clockwork = Clockwork()
    Desk().run(a_source(feeds=(feed,), delay=3.0), clockwork=clockwork)
    assert clockwork.slept == [3.0, 3.0]


# What a listing adds to an article


def test_a_page_that_knows_keeps_what_it_knows():
    article = an_article()
    link = a_link(title="Khác", sapo="Khác", published=at("2026-03-01 01:00"))
    assert filled(article, link) == article


def test_gaps_are_filled_and_flagged():
    article = an_article(title="", sapo=None, published=None, flags=("no-sapo", "no-time", "fallback"))
    better = filled(article, a_link(title="Tin", sapo="Tóm tắt.", published=at("2026-03-02 07:30")))
    assert (better.title, better.sapo, better.published) == ("Tin", "Tóm tắt.", at("2026-03-02 07:30"))
    assert better.flags == ("fallback", "sapo-from-feed", "time-from-feed", "title-from-feed")


def test_a_listing_that_knows_nothing_adds_nothing():
    article = an_article(sapo=None, published=None, flags=("no-sapo", "no-time"))
    assert filled(article, a_link()) == article


def test_the_hour_of_the_same_day_is_taken_from_the_listing():
    article = an_article(published=at("2026-03-02 00:00"), flags=("day-only",))
    assert filled(article, a_link(published=at("2026-03-02 07:30"))).published == at("2026-03-02 07:30")
    other_day = a_link(published=at("2026-03-02 07:30") + timedelta(days=1))
    assert filled(article, other_day) == article

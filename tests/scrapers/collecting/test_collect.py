import asyncio
import time
from collections.abc import Sequence
from typing import Any

import pytest

from digest.errors import ExtractError, StorageError
from scrapers.collecting.rounds import Collected, Failure, Tally
from scrapers.collecting.workers import Processes
from scrapers.fetching.fetch import Limits
from scrapers.identity import same_article
from tests.fakes import at
from tests.scrapers.collecting.desk import LAST_WEEK, MORNING, Desk, article, fed
from tests.scrapers.fakes import (
    Clockwork,
    a_feed,
    a_listing,
    a_source,
    a_web,
    breaks_off,
    hangs,
    one_of_three,
    read_title,
    redirects,
)


@pytest.fixture
def web():
    with a_web() as running:
        yield running


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
        source="baolua",
        stage="fetch",
        kind="broken",
        url=urls[1],
        detail=desk.failed[0].detail,
        identity=same_article(urls[1]),
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


def test_a_host_that_is_down_is_given_up_after_three_pages(web):
    web.gives("/robots.txt", "")
    urls = [web.does(f"/tin-{number}.html", hangs(4.0)) for number in range(6)]
    desk = Desk()
    feed = web.gives("/rss", a_feed(*((url, "Tin", MORNING) for url in urls)))
    desk.run(a_source(feeds=(feed,)), limits=Limits(seconds=0.3))
    assert desk.kinds() == ["host-down", "timeout", "timeout", "timeout"]
    assert desk.failed[-1].detail.endswith("; 3 addresses wait for a later round")
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
    class FullDisk(Desk):
        def keep(self, _group: Sequence[Collected]) -> None:
            raise StorageError("ổ đĩa đầy")

    feed = web.gives("/rss", a_feed((article(web, 1), "Tin", MORNING)))
    with pytest.raises(StorageError, match="ổ đĩa đầy"):
        FullDisk().run(a_source(feeds=(feed,)))


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
        task = asyncio.create_task(desk.round(a_source(feeds=(feed,))))
        while not desk.kept:  # noqa: ASYNC110 - the records are kept in another thread
            await asyncio.sleep(0.01)
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


# Ways to a source's articles


def test_a_section_is_followed_over_its_pages_while_they_show_something_new(web):
    first = web.gives("/chinh-tri", a_listing((article(web, 10001), "Xã trả kết quả sớm hơn hẹn")))
    web.gives("/chinh-tri?page=2", a_listing((article(web, 10002), "Phường trả kết quả sớm hơn hẹn")))
    web.gives("/chinh-tri?page=3", a_listing((article(web, 10003), "Tỉnh trả kết quả sớm hơn hẹn")))
    source = a_source(pages=(first,), paging="?page={page}", most_pages=3, article_pattern=r"/tin-\d+\.html$")
    desk = Desk()
    assert desk.run(source).listings == 3
    assert len(desk.kept) == 3
    assert desk.run(source).listings == 1


def test_the_sitemap_is_asked_where_feeds_and_sections_give_nothing(web):
    body = (
        f"<urlset><url><loc>{article(web, 10001)}</loc><news:news><news:publication_date>2026-03-02T07:30:00+07:00"
        f"</news:publication_date></news:news></url></urlset>"
    )
    desk = Desk()
    desk.run(a_source(feeds=(web.base + "/rss",), sitemaps=(web.gives("/news.xml", body),)))
    assert desk.kinds() == ["not-found"]
    assert (desk.rounds[0].way, desk.rounds[0].kept) == ("sitemap", 1)


def test_the_home_page_is_the_last_resort(web):
    home = web.gives("/", a_listing((article(web, 10001), "Xã trả kết quả sớm hơn hẹn")))
    desk = Desk()
    desk.run(a_source(feeds=(web.base + "/rss",), home=home))
    assert (desk.rounds[0].way, desk.rounds[0].kept) == ("home", 1)
    desk.run(a_source(feeds=(web.gives("/rss", a_feed((home + "tin-10001.html", "Tin", MORNING))),), home=home))
    assert web.paths().count("/") == 1


def test_a_page_that_holds_another_article_than_its_link_is_a_failure(web):
    other = "<html><h1>Mùa sen nở muộn bên hồ</h1></html>"
    url = web.gives("/tinh-cat-giam-thu-tuc-dat-dai-a10001.html", other)
    feed = web.gives("/rss", a_feed((url, "Tỉnh cắt giảm thủ tục đất đai", MORNING)))
    desk = Desk()
    desk.run(a_source(feeds=(feed,)))
    assert desk.kinds() == ["wrong-article"]
    assert desk.failed[0].page is not None
    assert desk.kept == []


def test_a_piece_that_is_gone_and_answered_with_the_home_page_is_a_failure(web):
    web.gives("/", a_listing((web.base + "/x-10009.html", "Phường trả kết quả sớm hơn hẹn")))
    gone = web.does("/tinh-cat-giam-thu-tuc-dat-dai-a10001.html", redirects("/"))
    feed = web.gives("/rss", a_feed((gone, "Tỉnh cắt giảm thủ tục đất đai", MORNING)))
    desk = Desk()
    desk.run(a_source(feeds=(feed,)))
    assert desk.kinds() == ["soft-404"]
    assert desk.failed[0].identity == same_article(gone)


# Readers in processes of their own


def test_pages_are_read_in_processes(web):
    urls = [article(web, number) for number in range(6)]
    with Processes(2) as workers:
        desk = Desk()
        assert desk.run(fed(web, *urls), workers=workers).kept == 6


def test_a_page_that_ends_or_hangs_its_reader_costs_only_itself(web):
    urls = [article(web, number) for number in range(6)]
    with Processes(2, seconds=1.5) as workers:
        desk = Desk(extract=one_of_three)
        desk.run(fed(web, *urls), workers=workers)
    assert desk.kinds() == ["reader-died", "reader-died", "reader-hung", "reader-hung"]
    assert len(desk.kept) == 2

"""What is remembered from one round to the next, and that nothing announced is lost on the way."""

import socket
from datetime import timedelta

import pytest

from scrapers.collecting.breaker import Breaker
from tests.scrapers.collecting.desk import DAY, LAST_WEEK, MORNING, NOW, Desk, article, fed
from tests.scrapers.fakes import (
    Clockwork,
    Web,
    a_feed,
    a_listing,
    a_source,
    a_web,
    redirects,
)


@pytest.fixture
def web():
    with a_web() as running:
        yield running


def asked_for_feed(web: Web) -> list[dict[str, str]]:
    return [headers for path, headers in web.asked if path == "/rss"]


def test_a_feed_that_was_dealt_with_is_asked_only_whether_it_changed(web):
    source = fed(web, article(web, 1), ETag='W/"mot"', Last_Modified="Mon, 02 Mar 2026 00:10:00 GMT")
    desk = Desk()
    desk.run(source)
    web.gives("/rss", "", status=304)
    tally = desk.run(source)
    assert asked_for_feed(web)[1]["If-None-Match"] == 'W/"mot"'
    assert asked_for_feed(web)[1]["If-Modified-Since"] == "Mon, 02 Mar 2026 00:10:00 GMT"
    assert (tally.unchanged, tally.found, tally.failed) == (1, 0, ())
    assert (desk.rounds[-1].answered, desk.rounds[-1].way) == (1, "listings")


def test_a_feed_of_which_something_is_left_is_read_whole_again(web):
    web.gives("/tin-2.html", "", status=503)
    source = fed(web, article(web, 1), web.base + "/tin-2.html", ETag='"mot"')
    desk = Desk()
    desk.run(source)
    article(web, 2)
    desk.run(source)
    assert "If-None-Match" not in asked_for_feed(web)[1]
    assert desk.titles() == ["Xã trả kết quả sớm 1", "Xã trả kết quả sớm 2"]


def test_what_the_feed_dates_after_the_window_is_not_lost_to_a_feed_that_stays_the_same(web):
    tomorrow = "Tue, 03 Mar 2026 06:00:00 +07:00"
    feed = a_feed((article(web, 1), "Nay", MORNING), (article(web, 2), "Mai", tomorrow))
    source = a_source(feeds=(web.gives("/rss", feed, ETag='"mot"'),))
    desk = Desk()
    desk.run(source)
    desk.run(source, day_range=(DAY[1], DAY[1] + timedelta(days=1)))
    assert "If-None-Match" not in asked_for_feed(web)[1]
    assert desk.titles() == ["Xã trả kết quả sớm 1", "Xã trả kết quả sớm 2"]


def test_a_window_that_begins_earlier_needs_the_whole_feed(web):
    feed = a_feed((article(web, 1), "Nay", MORNING), (article(web, 2), "Cũ", LAST_WEEK))
    source = a_source(feeds=(web.gives("/rss", feed, ETag='"mot"'),))
    desk = Desk()
    desk.run(source)
    desk.run(source, day_range=(DAY[0] - timedelta(days=10), DAY[1]))
    assert "If-None-Match" not in asked_for_feed(web)[1]
    assert len(desk.kept) == 2


def test_a_feed_that_calls_itself_fresh_is_left_alone_until_then(web):
    source = fed(web, article(web, 1), Cache_Control="max-age=600")
    now = [NOW]
    desk = Desk(clock=lambda: now[0])
    desk.run(source)
    for minutes in (5, 11):
        now[0] = NOW + timedelta(minutes=minutes)
        assert desk.run(source).failed == ()
    assert len(asked_for_feed(web)) == 2


def test_a_host_that_failed_three_times_is_left_alone_then_asked_once(web):
    now = [NOW]
    desk = Desk(clock=lambda: now[0])
    feeds = tuple(web.gives(f"/rss-{number}", "", status=503) for number in range(4))
    source = a_source(feeds=feeds)
    desk.run(source)
    assert desk.kinds() == ["host-down", "server-error", "server-error", "server-error"]
    (host,) = desk.breakers
    assert desk.breakers[host] == Breaker(3, NOW + timedelta(minutes=10))

    web.asked.clear()
    desk.run(source)
    assert web.asked == []

    now[0] = NOW + timedelta(minutes=10)
    desk.run(source)
    assert web.paths() == ["/robots.txt", *["/rss-0"] * 3]
    assert desk.breakers[host].open_until == now[0] + timedelta(minutes=20)

    now[0] += timedelta(minutes=20)
    good = web.gives("/rss-0", a_feed((article(web, 1), "Tin", MORNING)))
    assert good == feeds[0]
    assert desk.run(a_source(feeds=(good,))).kept == 1
    assert desk.breakers[host] == Breaker()


def test_an_address_that_is_given_up_is_not_asked_again(web):
    gone = web.base + "/tin-2.html"
    source = fed(web, article(web, 1), gone, ETag='"mot"')
    desk = Desk(patience=2)
    for _ in range(3):
        desk.run(source)
    assert web.paths().count("/tin-2.html") == 2
    assert "If-None-Match" in asked_for_feed(web)[2]


def test_a_page_of_a_section_that_could_not_be_read_is_not_lost(web):
    first = web.gives("/chinh-tri", a_listing((article(web, 10001), "Xã trả kết quả sớm hơn hẹn")), ETag='"mot"')
    second = a_listing((article(web, 10002), "Phường trả kết quả sớm hơn hẹn"))
    web.gives("/chinh-tri?page=2", "", status=500)
    source = a_source(pages=(first,), paging="?page={page}", most_pages=2, article_pattern=r"/tin-\d+\.html$")
    desk = Desk()
    desk.run(source)
    assert desk.kinds() == ["server-error"]
    web.gives("/chinh-tri?page=2", second)
    desk.run(source)
    assert len(desk.kept) == 2


def test_the_parts_of_an_unchanged_sitemap_are_asked_all_the_same(web):
    def part(number: int) -> str:
        return (
            f"<urlset><url><loc>{article(web, number)}</loc><news:news><news:publication_date>2026-03-02T07:30:00+07:00"
            f"</news:publication_date></news:news></url></urlset>"
        )

    inner = web.gives("/tin-2026-3.xml", part(10001))
    index = web.gives("/s.xml", f"<sitemapindex><sitemap><loc>{inner}</loc></sitemap></sitemapindex>", ETag='"mot"')
    desk = Desk()
    source = a_source(sitemaps=(index,))
    desk.run(source)
    web.gives("/tin-2026-3.xml", part(10002))
    desk.run(source)
    assert desk.titles() == ["Xã trả kết quả sớm 10001", "Xã trả kết quả sớm 10002"]


def a_free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def test_an_unchanged_that_nobody_asked_for_is_a_failure(web):
    desk = Desk()
    desk.run(a_source(feeds=(web.gives("/rss", "", status=304),)))
    assert desk.kinds() == ["not-modified"]
    assert desk.rounds[0].answered == 0


def test_another_outlets_page_is_not_kept_under_this_ones_name(web):
    with a_web() as other:
        other.gives("/tin-10001.html", "<html><h1>Tin</h1></html>")
        there = other.base.replace("127.0.0.1", "localhost") + "/tin-10001.html"
        moved = web.does("/tin-10001.html", redirects(there))
        desk = Desk()
        desk.run(a_source(domain="baolua.example", feeds=(web.gives("/rss", a_feed((moved, "Tin", MORNING))),)))
    assert desk.kinds() == ["wrong-article"]
    assert desk.kept == []


def test_a_dead_host_in_a_feed_does_not_keep_the_others_waiting(web):
    dead = f"http://127.0.0.1:{a_free_port()}"
    urls = [f"{dead}/tin-{number}.html" for number in range(5)]
    feed = web.gives("/rss", a_feed(*((url, "Tin", MORNING) for url in (*urls, article(web, 7)))))
    desk = Desk()
    desk.run(a_source(feeds=(feed,)))
    assert desk.titles() == ["Xã trả kết quả sớm 7"]
    assert desk.kinds() == ["connect", "connect", "connect", "host-down"]
    assert desk.failed[-1].detail.endswith("; 2 addresses wait for a later round")


def test_a_redirect_to_a_dead_host_is_not_the_healthy_ones_fault(web):
    dead = f"127.0.0.1:{a_free_port()}"
    gone = [web.does(f"/cu-{number}.html", redirects(f"http://{dead}/tin-{number}.html")) for number in range(4)]
    feed = web.gives("/rss", a_feed(*((url, "Tin", MORNING) for url in (*gone, article(web, 7)))))
    desk = Desk()
    desk.run(a_source(feeds=(feed,)))
    assert desk.titles() == ["Xã trả kết quả sớm 7"]
    assert [host for host, breaker in desk.breakers.items() if breaker.open_until] == [dead]


def test_a_pause_that_a_host_asks_for_outlives_the_round(web):
    now = [NOW]
    desk = Desk(clock=lambda: now[0])
    source = a_source(feeds=(web.gives("/rss", "", status=503, Retry_After="7200"),))
    desk.run(source)
    now[0] = NOW + timedelta(minutes=119)
    web.asked.clear()
    desk.run(source)
    assert web.asked == []
    now[0] = NOW + timedelta(minutes=120)
    desk.run(source)
    assert "/rss" in web.paths()


def test_a_short_pause_is_waited_for_and_shuts_nobody_out(web):
    web.gives("/tin-1.html", "", status=503, Retry_After="5")
    source = fed(web, web.base + "/tin-1.html", article(web, 2))
    desk = Desk()
    desk.run(source)
    assert desk.kinds() == ["server-error"]
    assert desk.titles() == ["Xã trả kết quả sớm 2"]
    assert [breaker.open_until for breaker in desk.breakers.values()] == [None]


def test_an_outlet_that_wants_long_pauses_does_not_hold_up_the_round(web):
    clockwork = Clockwork()
    desk = Desk(clock=lambda: NOW + timedelta(seconds=clockwork.now - 1000.0))
    urls = [article(web, number) for number in range(30)]
    feed = web.gives("/rss", a_feed(*((url, "Tin", MORNING) for url in urls)), ETag='"mot"')
    desk.run(a_source(feeds=(feed,), delay=55.0), clockwork=clockwork)
    assert desk.kinds() == ["unfinished"]
    assert desk.failed[0].detail == f"{30 - len(desk.kept)} addresses wait for a later round"
    assert 10 < len(desk.kept) < 20
    assert desk.answers[feed].covers_from is None

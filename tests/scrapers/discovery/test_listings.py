from datetime import timedelta
from typing import Any

import pytest

from digest.errors import FetchError
from digest.model import Link, Page
from scrapers.discovery.listings import Listing, Reading, merged, read, ways
from scrapers.source import Source
from tests.fakes import at
from tests.scrapers.fakes import a_feed, a_link, a_listing, a_page, a_source

START, END = at("2026-03-01 17:00"), at("2026-03-02 17:00")
HOST = "https://baolua.example"
SECTION = HOST + "/thoi-su"


def a_paper(**fields: object) -> Source:
    return a_source(**({"domain": "baolua.example", "allow_private": False} | fields))


def fetched(url: str, body: bytes) -> Page:
    return a_page(url=url, asked=url, body=body)


def reading(kind: str, body: bytes | str, *, url: str = SECTION, number: int = 1, **source: object) -> Reading:
    data = body.encode() if isinstance(body, str) else body
    listing = Listing(url=url, kind=kind, number=number)  # type: ignore[arg-type]  # the caller names a real kind
    return read(listing, fetched(url, data), a_paper(**source), start=START, end=END)


def paths(links: tuple[Link, ...]) -> list[str]:
    return [link.url.removeprefix(HOST) for link in links]


def asked(tiers: tuple[tuple[Listing, ...], ...]) -> list[list[str]]:
    return [[listing.url.removeprefix(HOST) for listing in tier] for tier in tiers]


def test_feeds_and_sections_come_first_then_sitemaps_then_the_home_page():
    source = a_paper(feeds=(HOST + "/rss",), pages=(SECTION,), sitemaps=(HOST + "/s.xml",))
    tiers = ways(source, START, END)
    assert asked(tiers) == [["/rss", "/thoi-su"], ["/s.xml"], ["/"]]
    assert [[listing.kind for listing in tier] for tier in tiers] == [["feed", "page"], ["sitemap"], ["page"]]


def test_a_source_with_sitemaps_alone_has_them_in_the_first_tier():
    assert asked(ways(a_paper(sitemaps=(HOST + "/s.xml",)), START, END)) == [["/s.xml"], ["/"]]


def test_a_declared_home_page_is_the_last_resort():
    assert asked(ways(a_paper(home=HOST + "/trang-chu"), START, END)) == [["/trang-chu"]]
    assert asked(ways(a_paper(home=SECTION, pages=(SECTION,)), START, END)) == [["/thoi-su"]]
    assert asked(ways(a_paper(pages=(HOST,)), START, END)) == [[""]]


def test_a_source_of_ones_own_network_has_no_home_page_unless_declared():
    assert ways(a_paper(allow_private=True), START, END) == ()
    assert asked(ways(a_paper(allow_private=True, home=HOST), START, END)) == [[""]]


def test_sitemaps_are_named_for_every_month_of_the_window_the_newest_first():
    source = a_paper(sitemaps=(HOST + "/{year}-{month}.xml", HOST + "/s-{month:02}.xml", HOST + "/s.xml"))
    first = ways(source, at("2025-12-31 17:00"), at("2026-01-01 17:00"))[0]
    assert asked((first,)) == [["/2026-1.xml", "/s-01.xml", "/s.xml", "/2025-12.xml", "/s-12.xml"]]


def test_a_feed_gives_its_links():
    found = reading("feed", a_feed(("/a-1.html", "Tin", "02/03/2026 07:30")), url=HOST + "/rss")
    assert (paths(found.links), found.more) == (["/a-1.html"], ())
    assert found.links[0].published == at("2026-03-02 07:30")


def test_a_feed_without_a_link_to_the_source_is_a_failure():
    with pytest.raises(FetchError, match="no-links"):
        reading("feed", a_feed(("https://khac.example/a", "Tin", "")))


def test_films_and_authors_in_a_feed_are_passed_by():
    entries = [(f"/{path}/a-1.html", "Tin", "") for path in ("video", "tac-gia", "thoi-su")]
    assert paths(reading("feed", a_feed(*entries), article_pattern="-post").links) == ["/thoi-su/a-1.html"]
    with pytest.raises(FetchError, match=r"no-links.*2 links"):
        reading("feed", a_feed(*entries[:2]))


def test_news_in_a_sitemap_need_not_have_the_known_shape():
    timed = "<news:publication_date>2026-03-02T07:30:00+07:00</news:publication_date>"
    body = a_map(*(f"<loc>/{path}</loc><news:news>{timed}</news:news>" for path in ("la", "video/b", "anh.jpg")))
    assert paths(reading("sitemap", body, article_pattern="-post").links) == ["/la"]


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("02/03/2026", at("2026-03-02 00:00")),
        ("01/03/2026", None),
        ("28/02/2026", at("2026-02-28 00:00")),
        ("01/03/2026 07:30", at("2026-03-01 07:30")),
    ],
)
def test_a_day_alone_does_not_put_an_article_before_a_window_that_begins_on_it(written, published):
    assert reading("feed", a_feed(("/a-1.html", "Tin", written))).links[0].published == published


def test_a_section_gives_its_links_and_its_next_page():
    body = a_listing(("/mot-cua-10001.html", "Một cửa làm việc cả thứ bảy"), ("?page=2", "2"))
    found = reading("page", body)
    assert paths(found.links) == ["/mot-cua-10001.html"]
    assert found.more == (Listing(url=SECTION + "?page=2", kind="page", number=2),)


def test_a_sections_template_leads_on_within_its_bound():
    body = a_listing(("/mot-cua-10001.html", "Một cửa"))
    fields: dict[str, Any] = {"pages": (SECTION,), "paging": "/trang-{page}", "most_pages": 2}
    assert [more.url for more in reading("page", body, **fields).more] == [SECTION + "/trang-2"]
    assert reading("page", body, url=SECTION + "/trang-2", number=2, **fields).more == ()


def dated(*times: str) -> str:
    entries = (
        f'<div><h3><a href="/mot-cua-1000{number}.html">Một cửa ở xã thứ {number}</a></h3><span class="time">{time}</span></div>'
        for number, time in enumerate(times)
    )
    return f'<html><body>{"".join(entries)}<a href="?page=2">2</a></body></html>'


@pytest.mark.parametrize(
    ("times", "leads_on"),
    [
        (("01/03/2026 16:59", "28/02/2026 08:00"), False),
        (("28/02/2026", "27/02/2026"), False),
        (("01/03/2026", "27/02/2026"), True),
        (("01/03/2026 17:00", "27/02/2026 08:00"), True),
        (("2 giờ trước", ""), True),
        (("28/02/2026", ""), False),
    ],
)
def test_a_section_whose_dated_links_are_all_older_than_the_window_leads_no_further(times, leads_on):
    found = reading("page", dated(*times))
    assert len(found.links) == 2
    assert bool(found.more) == leads_on


def test_a_home_page_has_articles_and_no_second_page():
    body = a_listing(("/mot-cua-10001.html", "Một cửa"), ("/thoi-su", "Thời sự"), ("/?page=2", "2"))
    found = reading("page", body, url=HOST + "/")
    assert (paths(found.links), found.more) == (["/mot-cua-10001.html"], ())
    assert [more.url for more in reading("page", body, url=HOST + "/", pages=(HOST + "/",)).more] == [HOST + "/?page=2"]


def test_the_headers_charset_counts_where_the_bytes_do_not_tell():
    body = '<html><body><h3><a href="/thu-10001.html">Thư tay cho em nhé</a></h3></body></html>'.encode("cp1258")
    page = a_page(url=SECTION, body=body, headers=(("Content-Type", "text/html; charset=windows-1258"),))
    found = read(Listing(url=SECTION, kind="page"), page, a_paper(), start=START, end=END)
    assert [link.title for link in found.links] == ["Thư tay cho em nhé"]


def test_links_of_menus_and_of_other_sites_are_left_out():
    body = '<nav><a href="/gioi-thieu-10001.html">Giới thiệu tòa soạn</a></nav><a href="https://khac.example/a-10002.html">Khác</a>'
    with pytest.raises(FetchError) as caught:
        reading("page", f"<html><body>{body}</body></html>")
    assert (caught.value.kind, caught.value.url) == ("no-links", SECTION)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("", "no-links"),
        ("<html><head><title>404 Not Found</title></head><body>Không tìm thấy</body></html>", "soft-404"),
        ("<html><body><script>document.cookie='a=1';location.reload()</script></body></html>", "shell"),
        ("<html><head><title>Just a moment...</title></head><body></body></html>", "captcha"),
        ("<html><body><p>Chuyên mục đang được xây dựng.</p></body></html>", "no-links"),
    ],
)
def test_a_section_without_links_says_why(body, kind):
    with pytest.raises(FetchError) as caught:
        reading("page", body)
    assert caught.value.kind == kind


def a_map(*entries: str) -> str:
    return "<urlset>" + "".join(f"<url>{entry}</url>" for entry in entries) + "</urlset>"


def test_a_sitemap_gives_news_and_what_was_changed_within_the_window():
    found = reading(
        "sitemap",
        a_map(
            "<loc>/tin-10001.html</loc><news:news><news:publication_date>2026-03-02T07:30:00+07:00</news:publication_date></news:news>",
            "<loc>/tin-10002.html</loc><lastmod>2026-03-02T08:00:00+07:00</lastmod>",
            "<loc>/tin-10002.html?utm_source=a</loc><lastmod>2026-03-02T07:00:00+07:00</lastmod>",
            "<loc>/tin-10003.html</loc><lastmod>2026-02-02T08:00:00+07:00</lastmod>",
            "<loc>/chuyen-muc</loc><lastmod>2026-03-02T08:00:00+07:00</lastmod>",
            "<loc>https://khac.example/tin-10004.html</loc><lastmod>2026-03-02T08:00:00+07:00</lastmod>",
        ),
    )
    assert paths(found.links) == ["/tin-10001.html", "/tin-10002.html"]
    assert [link.published for link in found.links] == [at("2026-03-02 07:30"), None]


def test_a_sitemap_that_tells_no_time_is_a_failure():
    with pytest.raises(FetchError, match=r"no-links.*2 addresses"):
        reading("sitemap", a_map("<loc>/tin-10001.html</loc>", "<loc>/tin-10002.html</loc>"))


def test_a_sitemap_of_another_time_is_none():
    found = reading("sitemap", a_map("<loc>/tin-10001.html</loc><lastmod>2025-01-01</lastmod>"))
    assert found == Reading(links=())


def test_an_index_leads_to_its_parts_and_no_deeper_than_three():
    body = (
        "<sitemapindex><sitemap><loc>/news-2026-3.xml</loc></sitemap><sitemap><loc>/news-2025-1.xml</loc></sitemap>"
        "<sitemap><loc>/thoi-su</loc></sitemap><sitemap><loc>https://khac.example/a.xml</loc></sitemap></sitemapindex>"
    )
    assert reading("sitemap", body).more == (Listing(url=HOST + "/news-2026-3.xml", kind="sitemap", number=2),)
    assert reading("sitemap", body, number=3) == Reading(links=())


@pytest.mark.parametrize("kind", ["feed", "sitemap"])
def test_a_page_in_place_of_a_feed_is_a_failure(kind):
    with pytest.raises(FetchError, match="not-a-feed"):
        reading(kind, "<html><body>Xin chào</body></html>")


def test_an_old_domain_of_the_source_is_its_own():
    body = a_listing(("https://lua.example/mot-cua-10001.html", "Một cửa"), (HOST + "/mot-cua-10001.html", "Một cửa"))
    assert len(reading("page", body, aliases=("lua.example",)).links) == 1


def test_links_of_several_listings_make_one():
    source = a_source(domain="baolua.example", aliases=("lua.example",))
    first = a_link(url="https://baolua.example/a-1.html", title="", published=None)
    again = a_link(url="https://m.lua.example/a-1.html?utm_source=x", title="Tin", sapo="Sáng.", published=START)
    other = a_link(url="https://baolua.example/a-2.html", title="Hai")
    links = merged([first, again, other], source)
    assert [(link.url, link.title, link.sapo, link.published) for link in links.values()] == [
        ("https://baolua.example/a-1.html", "Tin", "Sáng.", START),
        ("https://baolua.example/a-2.html", "Hai", None, None),
    ]


def test_documents_are_articles_where_the_source_has_them():
    body = a_listing(("/bao-cao-thang-3.pdf", "Báo cáo cải cách hành chính tháng 3"), ("/anh.jpg", "Ảnh"))
    assert paths(reading("page", body, documents=True, article_pattern="-post").links) == ["/bao-cao-thang-3.pdf"]
    with pytest.raises(FetchError, match="no-links"):
        reading("page", body)


def test_the_window_may_be_short():
    tiers = ways(a_paper(sitemaps=(HOST + "/{month}.xml",)), END, END + timedelta(microseconds=1))
    assert asked(tiers) == [["/3.xml"], ["/"]]

import contextlib
import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import FetchError
from scrapers.discovery.sitemaps import (
    MOST_CANDIDATES,
    MOST_PARTS,
    Part,
    candidates,
    months_between,
    read_sitemap,
    tells_age,
    worthwhile,
)
from tests.fakes import at

URL = "https://baolua.example/sitemap.xml"
START, END = at("2026-03-01 17:00"), at("2026-03-02 17:00")
NEWS = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
    "<url><image:image><image:loc>/anh.jpg</image:loc></image:image><loc>https://baolua.example/a-1.html</loc>"
    "<news:news><news:publication_date>2026-03-02T07:30:00+07:00</news:publication_date>"
    "<news:title>Tin &amp;amp; bài</news:title></news:news></url><url><loc></loc></url></urlset>"
)


def a_sitemap(*entries: tuple[str, str]) -> bytes:
    inner = "".join(f"<url><loc>{url}</loc><lastmod>{changed}</lastmod></url>" for url, changed in entries)
    return f"<urlset>{inner}</urlset>".encode()


def an_index(*parts: tuple[str, str]) -> tuple[Part, ...]:
    inner = "".join(f"<sitemap><loc>{url}</loc><lastmod>{changed}</lastmod></sitemap>" for url, changed in parts)
    return read_sitemap(f"<sitemapindex>{inner}</sitemapindex>".encode(), URL).parts


def chosen(*parts: tuple[str, str]) -> list[str]:
    return [url.removeprefix("https://baolua.example/") for url in worthwhile(an_index(*parts), START, END)]


def found(*entries: tuple[str, str]) -> list[str]:
    links = candidates(read_sitemap(a_sitemap(*entries), URL).entries, START, END)
    return [link.url.removeprefix("https://baolua.example") for link in links]


def test_a_news_sitemap_gives_titles_and_times():
    for body in (NEWS.encode(), gzip.compress(NEWS.encode())):
        (entry,) = read_sitemap(body, URL).entries
        assert (entry.link.url, entry.link.title) == ("https://baolua.example/a-1.html", "Tin & bài")
        assert entry.link.published == at("2026-03-02 07:30")
        assert entry.changed is None


def test_an_index_names_its_parts():
    body = b"<sitemapindex><sitemap><loc>/s1.xml</loc></sitemap><sitemap><loc>mailto:x</loc></sitemap></sitemapindex>"
    sitemap = read_sitemap(body, URL)
    assert (sitemap.entries, sitemap.parts) == ((), (Part(url="https://baolua.example/s1.xml"),))
    assert tells_age(sitemap)


@pytest.mark.parametrize("body", [b"<rss></rss>", b"khong", b"", b"\x1f\x8bkhong"])
def test_what_is_no_sitemap_is_a_failure(body):
    with pytest.raises(FetchError, match="not-a-feed"):
        read_sitemap(body, URL)


def test_a_film_of_an_article_has_a_time_of_its_own():
    body = b"<urlset><url><loc>/a</loc><video:video><video:publication_date>2026-03-02</video:publication_date></video:video></url></urlset>"
    sitemap = read_sitemap(body, URL)
    assert sitemap.entries[0].link.published is None
    assert not tells_age(sitemap)


def test_what_was_changed_within_the_window_is_a_candidate_without_a_time():
    entries = (
        ("/cu-1.html", "2026-03-01T16:59:00+07:00"),
        ("/dau-2.html", "2026-03-01T17:00:00+07:00"),
        ("/ngay-3.html", "2026-03-01"),
        ("/cuoi-4.html", "2026-03-02T16:59:00+07:00"),
        ("/sau-5.html", "2026-03-02T17:00:00+07:00"),
        ("/khong-6.html", ""),
    )
    assert found(*entries) == ["/cuoi-4.html", "/dau-2.html", "/ngay-3.html"]
    assert all(
        link.published is None for link in candidates(read_sitemap(a_sitemap(*entries), URL).entries, START, END)
    )


def test_the_moment_a_sitemap_was_made_tells_nothing_of_its_entries():
    made = "2026-03-02T08:00:00+07:00"
    assert found(("/a-1.html", made), ("/b-2.html", made)) == []
    assert found(("/a-1.html", made)) == ["/a-1.html"]


def test_candidates_are_bounded():
    entries = [
        (f"/tin-{number}.html", f"2026-03-02T08:{number // 60:02}:{number % 60:02}+07:00") for number in range(300)
    ]
    got = found(*entries)
    assert (len(got), got[0]) == (MOST_CANDIDATES, "/tin-299.html")


def test_news_goes_before_all_else():
    assert chosen(("/a.xml", "2026-03-02"), ("/sitemap-news.xml", "")) == ["sitemap-news.xml", "a.xml"]


def test_parts_changed_before_the_window_are_left_out():
    assert chosen(("/a.xml", "2026-03-02"), ("/b.xml", "2026-02-28"), ("/c.xml", "2026-03-01T16:00:00+07:00")) == [
        "a.xml"
    ]
    assert chosen(("/d.xml", "2026-03-01"), ("/e.xml", "2026-03-02T09:00:00+07:00")) == ["e.xml", "d.xml"]


def test_parts_named_for_other_months_are_left_out():
    names = [
        "news-2026-3.xml",
        "news-2026-2.xml",
        "bai-202603.xml",
        "bai-20260228.xml",
        "2026/03/bai.xml",
        "bai-2025.xml",
        "b-2026.xml",
    ]
    got = chosen(*((f"/{name}", "") for name in names))
    assert got == ["news-2026-3.xml", "bai-202603.xml", "2026/03/bai.xml", "b-2026.xml"]


def test_the_hosts_name_says_nothing():
    part = Part(url="https://tin2019.baolua.example/news/a.xml"), Part(url="https://news.baolua.example/tags.xml")
    assert worthwhile(part, START, END) == ["https://tin2019.baolua.example/news/a.xml"]


def test_parts_that_say_nothing_are_taken_from_both_ends():
    assert chosen(*((f"/bai-{number}.xml", "") for number in range(1, 9))) == [
        "bai-1.xml",
        "bai-2.xml",
        "bai-7.xml",
        "bai-8.xml",
    ]
    assert chosen(("/bai.xml", ""), ("/categories.xml", ""), ("/video.xml", ""), ("/index.cate.xml", "")) == ["bai.xml"]


def test_parts_are_bounded():
    assert len(chosen(*((f"/bai-{number}.xml", "2026-03-02") for number in range(40)))) == MOST_PARTS


def test_the_months_of_a_window_are_vietnams():
    assert list(months_between(at("2026-02-28 17:00"), at("2026-03-01 00:00"))) == [(2026, 2)]
    assert list(months_between(at("2025-12-31 17:00"), at("2026-01-01 17:00"))) == [(2026, 1), (2025, 12)]


_PARTS = [
    *(
        "<urlset>",
        "<sitemapindex>",
        "<url>",
        "</url>",
        "<loc>",
        "</loc>",
        "/a-1.html",
        "https://a.example/b",
        "<sitemap>",
    ),
    *("<lastmod>", "</lastmod>", "2026-03-02", "2026-13-99", "news-2026-3.xml", "&", "<![CDATA[", "]]>", "<news:news>"),
]


@settings(derandomize=True, deadline=None, max_examples=150)
@given(
    st.lists(st.sampled_from(_PARTS), max_size=30).map(lambda parts: "<urlset>" + "".join(parts)) | st.text(max_size=80)
)
def test_any_text_gives_a_sitemap_or_the_declared_failure(text):
    with contextlib.suppress(FetchError):
        sitemap = read_sitemap(text.encode(), URL)
        assert len(worthwhile(sitemap.parts, START, END)) <= MOST_PARTS
        assert all(link.url for link in candidates(sitemap.entries, START, END))


@pytest.mark.parametrize(
    "piece", ["<url>", "<url><loc>/a</loc></url>", "<loc>", "<sitemap>", "2026-", "/2026", "<url><lastmod>"]
)
def test_hostile_sitemaps_end_soon(piece):
    sitemap = read_sitemap(f"<urlset>{piece * (200_000 // len(piece))}".encode(), URL)
    assert len(worthwhile([Part(url="https://a.example/" + piece * 40_000)], START, END)) == 1
    assert len(sitemap.entries) <= 50_000

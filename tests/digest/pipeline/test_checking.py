"""Which of a source's declarations still hold, asked of a real server."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.demo.newsroom import Newsroom
from digest.pipeline.checking import SourceCheck, World, check_sources, declared
from digest.pipeline.reading import read_page
from scrapers import catalogue
from scrapers.source import Selectors, Source
from tests.fakes import at
from tests.scrapers.fakes import OneThread, Web, a_feed, a_fetcher, a_listing, a_source, a_web

NOW = at("2026-03-02 12:00")
SLUG = "/xa-tan-lua-tra-ket-qua-chung-thuc-ngay-trong-buoi-sang-a1001.html"
TITLE = "Xã Tân Lúa trả kết quả chứng thực ngay trong buổi sáng"
WORDS = "Bộ phận một cửa của xã Tân Lúa trả kết quả chứng thực ngay trong buổi sáng, người dân không phải quay lại."
DATE = "Mon, 02 Mar 2026 07:30:00 +0700"


@pytest.fixture
def web() -> Iterator[Web]:
    with a_web() as web:
        yield web


def a_piece(body_class: str = "content-fck", time: str = "02/03/2026 07:30") -> str:
    return (
        f'<html><head><title>{TITLE}</title></head><body><h1 class="fw700">{TITLE}</h1><span class="pubdate">{time}</span>'
        f'<div class="{body_class}"><p>{WORDS}</p><p>{WORDS} Lần hai.</p><p>{WORDS} Lần ba.</p></div></body></html>'
    )


def check(*sources: Source) -> tuple[SourceCheck, ...]:
    async def ask() -> tuple[SourceCheck, ...]:
        with OneThread() as workers:
            async with a_fetcher() as fetcher:
                world = World(fetcher=fetcher, workers=workers, read_page=read_page, now=NOW)
                return await check_sources(sources, world, advance=steps.append)

    steps: list[int] = []
    checks = asyncio.run(ask())
    assert sum(steps) == len(sources)
    return checks


def test_a_source_that_holds_is_told_with_its_figures(web):
    feed = web.gives("/rss", a_feed((web.base + SLUG, TITLE, DATE)))
    section = web.gives("/thoi-su", a_listing((SLUG, TITLE), (SLUG.replace("1001", "1000"), f"{TITLE} hôm qua")))
    web.gives(SLUG, a_piece())
    (one,) = check(a_source(family="F5", feeds=(feed,), pages=(section,)))
    assert one.broken == ()
    assert [(listing.kind, listing.links, listing.dated) for listing in one.listings] == [
        ("feed", 1, 1),
        ("page", 2, 0),
    ]
    assert one.article is not None
    assert (one.article.title, one.article.paragraphs, one.article.published) == (TITLE, 3, at("2026-03-02 07:30"))
    assert {field.field: field.by for field in one.article.fields}["body"] == "family"


def test_a_listing_that_fails_and_one_that_lists_nothing_are_broken_each_under_its_kind(web):
    feed = web.gives("/rss", "<html><body>Không có</body></html>")
    empty = web.gives("/thoi-su", a_listing())
    (one,) = check(a_source(feeds=(feed, web.base + "/mat.rss"), pages=(empty,)))
    assert [listing.problem for listing in one.listings] == ["not-a-feed", "not-found", "no-links"]
    assert one.article is None
    assert one.broken[-1] == "no listing gave a link to an article"
    assert len(one.broken) == 4


def test_a_feed_without_readable_times_is_broken(web):
    feed = web.gives("/rss", a_feed((web.base + SLUG, TITLE, "hôm kia")))
    web.gives(SLUG, a_piece())
    (one,) = check(a_source(family="F5", feeds=(feed,)))
    (said,) = one.broken
    assert said.startswith(f"feed {feed}: none of its 1 entries has a readable time")


def test_the_newest_link_is_the_article_that_is_read(web):
    older, newer = (web.base + SLUG.replace("1001", name) for name in ("1000", "1002"))
    feed = web.gives("/rss", a_feed((older, TITLE, "Sun, 01 Mar 2026 07:30:00 +0700"), (newer, TITLE, DATE)))
    (one,) = check(a_source(family="F5", feeds=(feed,)))
    assert one.article is not None
    assert (one.article.url, one.article.problem) == (newer, "not-found")
    assert one.broken == (f"article {newer}: not-found 404",)


def test_selectors_that_match_nothing_and_a_text_found_by_another_reader_are_broken(web):
    feed = web.gives("/rss", a_feed((web.base + SLUG, TITLE, DATE)))
    web.gives(SLUG, a_piece(body_class="khung-moi"))
    own = Selectors(body=(".khung-cu",), author=(".ten-tac-gia",))
    (one,) = check(a_source(family="F5", feeds=(feed,), selectors=own))
    assert one.broken == (
        "selectors.author: none matches: .ten-tac-gia",
        "selectors.body: none matches: .khung-cu",
        f"article {web.base + SLUG}: its text was found by the fallback reader, not by a declared selector",
    )


def test_a_page_and_a_listing_without_a_time_are_broken(web):
    section = web.gives("/thoi-su", a_listing((SLUG, TITLE)))
    web.gives(SLUG, a_piece(time=""))
    (one,) = check(a_source(family="F5", pages=(section,)))
    assert one.broken == (f"article {web.base + SLUG}: neither page nor listing tells when it was published",)


def test_what_the_family_does_not_find_beside_the_text_is_told_and_is_not_broken(web):
    feed = web.gives("/rss", a_feed((web.base + SLUG, TITLE, DATE)))
    data = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2026-03-02T07:30:00+07:00"}</script>'
    web.gives(SLUG, a_piece(time="").replace("</head>", f"{data}</head>"))
    (one,) = check(a_source(family="F5", feeds=(feed,)))
    assert one.broken == ()
    assert one.but == ("standfirst, author not found", "time by other means than its family")
    (one,) = check(a_source(feeds=(feed,)))
    assert one.but == ()


def test_an_article_of_a_standfirst_alone_has_no_text(web):
    feed = web.gives("/rss", a_feed((web.base + SLUG, TITLE, DATE)))
    markup = (
        f'<html><head><script type="application/ld+json">{{"@type": "NewsArticle"}}</script></head><body>'
        f'<h1 class="fw700">{TITLE}</h1><div class="detail-desc"><p>{WORDS}</p></div>'
        f'<span class="pubdate">02/03/2026 07:30</span></body></html>'
    )
    web.gives(SLUG, markup)
    (one,) = check(a_source(family="F5", feeds=(feed,)))
    assert f"article {web.base + SLUG}: no text was found" in one.broken


def test_a_document_is_read_as_one(web):
    path = "/cong-bao/xa-tan-lua-tra-ket-qua-chung-thuc-so-1001.txt"
    feed = web.gives("/rss", a_feed((web.base + path, TITLE, DATE)))
    web.gives(path, f"{TITLE}\n\n" + f"{WORDS}\n\n" * 8, Content_Type="text/plain; charset=utf-8")
    (one,) = check(a_source(feeds=(feed,), documents=True))
    assert one.article is not None
    assert one.article.problem is None
    assert "document" in one.article.flags
    assert one.article.fields == ()


def test_a_document_without_a_time_is_not_broken(web):
    path = "/cong-bao/xa-tan-lua-tra-ket-qua-chung-thuc-so-1001.txt"
    section = web.gives("/cong-bao", a_listing((path, TITLE)))
    web.gives(path, f"{TITLE}\n\n" + f"{WORDS}\n\n" * 8, Content_Type="text/plain; charset=utf-8")
    (one,) = check(a_source(pages=(section,), documents=True))
    assert one.article is not None
    assert one.article.published is None
    assert one.broken == ()


def sitemap(*entries: str, root: str = "urlset") -> str:
    return (
        f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{"".join(entries)}</{root}>'
    )


def test_a_sitemap_of_sitemaps_is_followed_to_the_first_links(web):
    web.gives(SLUG, a_piece())
    inner = web.gives(
        "/sitemaps/thang-3.xml",
        sitemap(f"<url><loc>{web.base + SLUG}</loc><lastmod>2026-03-02T07:30:00+07:00</lastmod></url>"),
    )
    index = web.gives(
        "/sitemap.xml",
        sitemap(f"<sitemap><loc>{inner}</loc><lastmod>2026-03-02</lastmod></sitemap>", root="sitemapindex"),
    )
    (one,) = check(a_source(family="F5", sitemaps=(index,)))
    assert [(listing.url, listing.links) for listing in one.listings] == [(index, 1)]
    assert one.article is not None
    assert one.article.title == TITLE


def test_a_sitemap_without_anything_of_this_week_holds_but_leads_nowhere(web):
    old = f"<url><loc>{web.base + SLUG}</loc><lastmod>2025-03-02T07:30:00+07:00</lastmod></url>"
    url = web.gives("/sitemap.xml", sitemap(old))
    (one,) = check(a_source(family="F5", sitemaps=(url,)))
    assert one.listings[0].problem is None
    assert one.broken == ("no listing gave a link to an article",)


def test_the_home_page_is_asked_only_where_nothing_else_is_declared():
    with_feed = a_source(feeds=("https://baolua.example/rss",), home="https://baolua.example/")
    assert [listing.url for listing in declared(with_feed, NOW)] == ["https://baolua.example/rss"]
    home_only = a_source(home="https://baolua.example/")
    assert [listing.url for listing in declared(home_only, NOW)] == ["https://baolua.example/"]


def test_the_newsrooms_empty_feed_shows_and_every_article_is_read_by_its_family(tmp_path: Path):
    file = tmp_path / "nguon.toml"
    with Newsroom() as newsroom:
        file.write_text(newsroom.catalogue_toml(), encoding="utf-8")
        checks = check(*catalogue.load([file], shipped=False))
        (empty,) = [site for site in newsroom.sites if site.outlet.empty_feed_path]
    broken = {one.source: one.broken for one in checks if any("empty-feed" in said for said in one.broken)}
    assert list(broken) == [empty.outlet.id]
    assert len(checks) == 15
    for one in checks:
        assert one.article is not None
        assert {field.field: field.by for field in one.article.fields}["body"] == "family"

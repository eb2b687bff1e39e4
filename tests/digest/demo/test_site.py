"""The markup each family's selectors need, and the traps of real sites, on the pages as served."""

import json
import re

import pytest
from bs4 import BeautifulSoup, Tag

from digest.demo.markup import groups_of, json_ld, stamp_of
from digest.demo.newsroom import Newsroom, Printed
from digest.demo.press import Piece, load, pieces_of
from tests.digest.demo.fakes import get, write_outlet
from tests.fakes import at

# Title, standfirst, body, time, and what has to be dropped, from ../shared/sources/README.md.
SELECTORS = {
    "F1": ("h1.article__title", ".article__sapo", "div.article__body.cms-body", "time.time", ".article__tag"),
    "F2": ("h1", "p.block-sc-sapo", "div.c-news-detail .entry", ".sc-longform-header-date", ".c-powered"),
    "F3": (
        "h1.detail-title[data-role=title]",
        "h2.detail-sapo[data-role=sapo]",
        "div.detail-content.afcbc-body[data-role=content]",
        "[data-role=publishdate]",
        "div[type=RelatedOneNews]",
    ),
    "F4": ("h1.title", "div.desc, #content > p > strong", "div#content.content-detail", "div.date", ".related-post"),
    "F5": ("h1.fw700", ".detail-desc p, h4.sapo", "#newscontents .content-fck", "span.pubdate", ".detail-related"),
    "F6": ("h1.name", "#content-detail > h2", "#content-detail", ".content-article .date", "div.relates"),
}
LINKS = {
    "F1": "h2.story__heading a.cms-link",
    "F2": "h3.b-grid__title a",
    "F3": "a.box-category-link-title",
    "F4": "h4.media-heading a",
    "F5": "a.title",
    "F6": "h3.card-title a",
}


def page_of(printed: Printed) -> BeautifulSoup:
    body = get(printed.address)[2]
    return BeautifulSoup(body, "html.parser", from_encoding="utf-8")


def one(page: BeautifulSoup, selector: str) -> Tag:
    found = page.select_one(selector)
    assert found is not None, selector
    return found


def said(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


def printed_of(newsroom: Newsroom, outlet: str, number: int = 0) -> Printed:
    return next(site for site in newsroom.sites if site.outlet.id == outlet).printed[number]


def test_every_page_has_what_its_familys_selectors_look_for(newsroom: Newsroom) -> None:
    for printed in newsroom.printed:
        page, article = page_of(printed), printed.article
        title, sapo, body, time, drop = SELECTORS[printed.piece.outlet.family]
        stamp = stamp_of(printed.piece.told.published)
        assert said(one(page, title)) == article.title
        assert article.sapo is not None
        assert said(one(page, sapo)).endswith(article.sapo)
        text = said(one(page, body))
        assert all(" ".join(paragraph.split(" | ")) in text for paragraph in article.paragraphs)
        assert stamp.day in said(one(page, time))
        assert stamp.minute in said(one(page, time))
        assert page.select(drop)


def test_every_page_names_its_lasting_address_and_its_licence(newsroom: Newsroom) -> None:
    for printed in newsroom.printed:
        page = page_of(printed)
        assert one(page, "link[rel=canonical]")["href"] == printed.article.url
        assert re.search(r"\d{2}/\d{1,2}/20\d{2}", said(one(page, ".footer__licence")))


def test_every_page_is_linked_from_a_feed_or_section_page_the_catalogue_names(newsroom: Newsroom) -> None:
    for site in newsroom.sites:
        feeds = "".join(get(address)[2].decode() for address in site.feeds)
        lists = [BeautifulSoup(get(address)[2], "html.parser") for address in site.pages]
        linked = {site.base + str(a["href"]) for page in lists for a in page.select(LINKS[site.outlet.family])}
        for address in (*(printed.address for printed in site.printed), *site.broken):
            assert address in linked or f"{address}<" in feeds or f'"{address}"' in feeds


def test_section_pages_of_all_families_link_their_pieces(newsroom: Newsroom) -> None:
    for site in newsroom.sites:
        pages = [BeautifulSoup(get(site.base + page.path)[2], "html.parser") for page in site.outlet.sections]
        linked = {a["href"] for page in pages for a in page.select(LINKS[site.outlet.family])}
        assert {printed.piece.path for printed in site.printed} <= linked


@pytest.mark.parametrize(
    ("outlet", "date"),
    [
        ("nhatbaobanmai", "Mon, 02 Mar 2026 06:30:00 +07:00"),
        ("tindieuhanh", "3/1/2026 4:30:00 PM"),
        ("hoguomxanh", "Mon, 02 Mar 2026 05:45:00 +0700"),
        ("songhanmoi", "2026-03-02T06:55:00+07:00"),
    ],
)
def test_feeds_write_dates_in_the_ways_seen_in_the_wild(newsroom: Newsroom, outlet: str, date: str) -> None:
    site = next(site for site in newsroom.sites if site.outlet.id == outlet)
    assert f">{date}<" in get(site.feeds[0])[2].decode()


@pytest.mark.parametrize(
    ("moment", "american", "minute"),
    [
        ("2026-03-02 00:05", "3/2/2026 12:05:00 AM", "00:05"),
        ("2026-03-02 12:05", "3/2/2026 12:05:00 PM", "12:05"),
        ("2026-12-31 23:59", "12/31/2026 11:59:00 PM", "23:59"),
    ],
)
def test_the_american_clock_has_twelve_hours(moment: str, american: str, minute: str) -> None:
    stamp = stamp_of(at(moment))
    assert (stamp.american, stamp.minute) == (american, minute)


def test_outlets_prefix_their_standfirst(newsroom: Newsroom) -> None:
    page = page_of(printed_of(newsroom, "tindieuhanh"))
    assert said(one(page, "[data-role=sapo]")).startswith("(Tindieuhanh.example) - Chính phủ giao")
    assert "Tải ứng dụng" in said(one(page, "[data-role=content]"))


def test_headlines_in_json_ld_are_escaped_once_or_twice(newsroom: Newsroom) -> None:
    once = json.loads(json_ld(printed_of(newsroom, "tindieuhanh").piece))["headline"]
    twice = json.loads(json_ld(printed_of(newsroom, "nhatbaobanmai").piece))["headline"]
    assert re.search(r"&#\d+;", once)
    assert re.search(r"&amp;#\d+;", twice)


def test_json_ld_of_f5_has_the_day_alone_and_the_paper_for_an_author(newsroom: Newsroom) -> None:
    node = json.loads(json_ld(printed_of(newsroom, "phusa").piece))
    assert node["datePublished"] == "2026-03-02"
    assert node["author"] == {"name": "Báo Phù Sa"}


def test_a_second_content_block_follows_the_first(newsroom: Newsroom) -> None:
    assert len(page_of(printed_of(newsroom, "nhatbaobanmai")).select(".detail-content")) == 2


def test_one_paper_shares_under_the_sites_name(newsroom: Newsroom) -> None:
    page = page_of(printed_of(newsroom, "taybacxanh"))
    assert one(page, "meta[property='og:title']")["content"] == "Tây Bắc Xanh"


def test_one_base_href_leads_links_astray(newsroom: Newsroom) -> None:
    printed = printed_of(newsroom, "phusa")
    page = page_of(printed)
    assert str(one(page, "base")["href"]).endswith("/static/templates/giao-dien/")
    assert one(page, ".content-fck img")["src"] == "anh/quay.png"


def test_one_page_ends_before_it_begins(newsroom: Newsroom) -> None:
    body = get(printed_of(newsroom, "vamcoxanh").address)[2].decode()
    assert body.index("</html>") < body.index("<head>")
    assert '<h4 class="sapo">' in body


def test_template_text_is_left_over(newsroom: Newsroom) -> None:
    assert "{{ audio.title }}" in said(one(page_of(printed_of(newsroom, "cuaai")), "#content-detail"))


def test_bylines_stand_in_different_places(newsroom: Newsroom) -> None:
    assert said(one(page_of(printed_of(newsroom, "baoluavang")), ".article__author")) == "Hạ Vi"
    assert said(one(page_of(printed_of(newsroom, "hanguon")), "p.author")) == "Hương Bưởi"
    assert said(one(page_of(printed_of(newsroom, "phusa")), "p.author")) == "Bài, ảnh: Mỹ Thanh"
    assert said(one(page_of(printed_of(newsroom, "cuaai")), ".pseudonym")) == "Hứa Lan Anh"
    last = page_of(printed_of(newsroom, "vinhngoc")).select("#content-detail > p")[-1]
    assert (said(last), "right" in str(last["style"])) == ("Ngọc Lan Chi", True)


def test_pictures_are_loaded_late_on_f1_and_f6(newsroom: Newsroom) -> None:
    picture = one(page_of(printed_of(newsroom, "baoluavang")), ".cms-photo")
    assert str(picture["src"]).startswith("data:image/gif")
    assert picture["data-src"] == "/anh/quay.png"


@pytest.mark.parametrize("family", sorted(SELECTORS))
def test_lists_tables_and_quotations_are_elements_on_every_family(tmp_path, family: str) -> None:
    write_outlet(tmp_path, family=family)
    with Newsroom(load(tmp_path)) as newsroom:
        body = one(page_of(newsroom.printed[0]), SELECTORS[family][2])
        assert [said(item) for item in body.select("ul > li")][:2] == ["Một;", "Hai."]
        assert [said(item) for item in body.select("ol > li")] == ["Bước một.", "Bước hai."]
        assert [said(cell) for cell in body.select("table[border='1'] td")] == ["A", "B", "1", "2"]
        assert said(one(BeautifulSoup(str(body), "html.parser"), "blockquote")) == "Lời trích."


def test_neighbouring_list_entries_form_one_list() -> None:
    long = max(pieces_of(load()), key=lambda piece: len(piece.blocks))
    tags = [group.tag for group in groups_of(long)]
    assert tags.count("table") == 1
    assert isinstance(long, Piece)

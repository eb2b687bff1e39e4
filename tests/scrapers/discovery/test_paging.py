from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrapers.discovery.paging import next_page, paged, section_of
from scrapers.markup import parse
from tests.scrapers.fakes import a_source

URL = "https://baolua.example/thoi-su"


def following(inner: str, *, url: str = URL, asked: str | None = None, number: int = 1, **source: object) -> str | None:
    tree = parse(f"<html><body>{inner}</body></html>")
    assert tree is not None
    return next_page(tree, asked or url, url, number, a_source(domain="baolua.example", **source))


@pytest.mark.parametrize(
    ("section", "template", "address"),
    [
        ("/thoi-su", "?page={page}", "/thoi-su?page=2"),
        ("/thoi-su/", "?page={page}", "/thoi-su/?page=2"),
        ("/ds.aspx?cm=7", "?page={page}", "/ds.aspx?cm=7&page=2"),
        ("/ds.aspx?cm=7&page=1#x", "&page={page}", "/ds.aspx?cm=7&page=2"),
        ("/thoi-su", "/trang-{page}.html", "/thoi-su/trang-2.html"),
        ("/thoi-su/", "/trang-{page}.html", "/thoi-su/trang-2.html"),
        ("/thoi-su.html", "/trang-{page}.html", "/thoi-su/trang-2.html"),
        ("/thoi-su.htm", "/trang-{page}.htm", "/thoi-su/trang-2.htm"),
        ("/thoi-su.html", "/p{page}", "/thoi-su/p2"),
        ("/thoi-su/", "/p{page}", "/thoi-su/p2"),
        ("/thoi-su", "-p{page}", "/thoi-su-p2"),
        ("/thoi-su.html", "-p{page}", "/thoi-su-p2.html"),
        ("/thoi-su", "-page{page-1}", "/thoi-su-page1"),
        ("/", "/trang-{page}.tpo", "/trang-2.tpo"),
    ],
)
def test_a_template_follows_the_sections_address(section, template, address):
    assert paged("https://a.example" + section, template, 2) == "https://a.example" + address
    assert paged("https://a.example" + section, template, 1) == "https://a.example" + section


def test_a_template_leads_from_page_to_page_up_to_the_bound():
    fields: dict[str, Any] = {"pages": (URL,), "paging": "/trang-{page}.html", "most_pages": 3}
    asked, found = URL, []
    for number in range(1, 6):
        following_one = following("", url=asked, number=number, **fields)
        if following_one is None:
            break
        found.append(following_one)
        asked = following_one
    assert found == [URL + "/trang-2.html", URL + "/trang-3.html"]


def test_a_later_page_knows_its_section():
    source = a_source(pages=("https://a.example/x", URL), paging="?page={page}")
    assert section_of(URL + "?page=2", 2, source) == URL
    assert section_of(URL + "/khac", 2, source) == URL + "/khac"
    assert section_of(URL + "?page=2", 1, source) == URL + "?page=2"


@pytest.mark.parametrize(
    ("inner", "path"),
    [
        ('<link rel="next" href="/thoi-su/trang-2.html">', "/thoi-su/trang-2.html"),
        ('<a rel="nofollow next" href="?tu=20260301">Cũ hơn</a>', "/thoi-su?tu=20260301"),
        ('<a href="?page=2">2</a><a href="?page=3">3</a><a href="?page=9">Cuối</a>', "/thoi-su?page=2"),
        ('<a href="/thoi-su-p3">3</a><a href="/thoi-su-p2">2</a>', "/thoi-su-p2"),
        (
            '<a href="/thoi-su-page0">1</a><a href="/thoi-su-page1">2</a><a href="/thoi-su-page2">3</a>',
            "/thoi-su-page1",
        ),
        ('<a href="/thoi-su/2">»</a>', "/thoi-su/2"),
        (
            '<a href="https://www.baolua.example/thoi-su/page/2/">Trang sau</a>',
            "https://www.baolua.example/thoi-su/page/2/",
        ),
        ('<a href="/thoi-su?p_p_id=101&_101_INSTANCE_ab_cur=2">Tiếp</a>', "/thoi-su?p_p_id=101&_101_INSTANCE_ab_cur=2"),
        ('<a href="/thoi-su?tu=20260301">Trang tiếp theo</a>', "/thoi-su?tu=20260301"),
        ('<a href="/thoi-su?tu=1" class="btn-next"><i></i></a>', "/thoi-su?tu=1"),
        ('<a href="/thoi-su?tu=1" aria-label="Trang sau"><i></i></a>', "/thoi-su?tu=1"),
        ('<a href="/thoi-su?tu=1">›</a>', "/thoi-su?tu=1"),
    ],
)
def test_the_pages_own_link_leads_on(inner, path):
    assert (following(inner) or "").removeprefix("https://baolua.example") == path


@pytest.mark.parametrize(
    "inner",
    [
        "",
        '<a href="/thoi-su">Trang sau</a>',
        '<a href="#2">2</a><a href="javascript:tiep()">›</a>',
        '<a href="https://khac.example/thoi-su?page=2">2</a>',
        '<link rel="next" href="https://khac.example/thoi-su?page=2">',
        '<a href="/kinh-te?page=2">2</a>',
        '<a href="/kinh-te">Xem thêm</a>',
        '<a href="?page=3">3</a>',
        '<a href="?page=1">1</a>',
        '<a href="?page=99999">99999</a>',
        '<a href="/thoi-su?page=5">Trang sau</a>',
        '<a href="/thoi-su?x=1">Trang sau của mục lục rất dài</a>',
        '<a href="/thoi-su-2026-va-nhung-dieu-can-biet">2</a>',
    ],
)
def test_what_is_no_next_page_leads_nowhere(inner):
    assert following(inner) is None


def test_other_sections_of_one_address_are_told_apart():
    inner = '<a href="/ds.aspx?cm=8&page=2">2</a><a href="/ds.aspx?cm=7&page=2">2</a>'
    assert following(inner, url="https://baolua.example/ds.aspx?cm=7") == "https://baolua.example/ds.aspx?cm=7&page=2"


def test_a_later_page_leads_to_the_one_after_it():
    inner = '<a href="/thoi-su">1</a><a href="/thoi-su/trang-2.htm">2</a><a href="/thoi-su/trang-3.htm">3</a>'
    second = "https://baolua.example/thoi-su/trang-2.htm"
    assert following(inner, url=second, number=2) == "https://baolua.example/thoi-su/trang-3.htm"
    assert following(inner, url=second, number=2, most_pages=2) is None


def test_a_later_page_that_is_the_first_one_again_ends_the_chain():
    inner = '<a href="?page=3">3</a>'
    assert following(inner, url=URL, asked=URL + "?page=2", number=2) is None


def test_a_source_of_one_page_has_no_next():
    assert following('<a href="?page=2">2</a>', most_pages=1) is None


_HREFS = [
    "/thoi-su",
    "?page=",
    "/trang-",
    "2",
    "3",
    ".html",
    "https://a.example/",
    "//",
    "-p",
    "&cm=7",
    "%",
    "[",
    "#",
    " ",
    "٢",
]


@settings(derandomize=True, deadline=None, max_examples=200)
@given(
    st.lists(st.lists(st.sampled_from(_HREFS), max_size=5).map("".join), max_size=6),
    st.sampled_from([None, "?page={page}", "/trang-{page}.html", "-p{page}", "{page}", "?"]),
    st.integers(1, 4),
)
def test_any_links_lead_at_most_to_another_page_of_the_host(hrefs, template, number):
    inner = "".join(
        f'<a href="{href}">{text}</a>' for href, text in zip(hrefs, ["2", "›", "Trang sau"] * 2, strict=False)
    )
    url = following(inner, number=number, pages=(URL,), paging=template)
    assert url is None or (url.startswith("https://baolua.example/") and number < 3)

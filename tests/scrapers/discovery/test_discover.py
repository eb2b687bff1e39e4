import gzip
import json
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrapers import catalogue
from scrapers.discovery.discover import listed_on, read_listing
from scrapers.identity import path_with_query, same_article
from scrapers.markup import parse
from tests.fakes import SHARED, at, needs_shared
from tests.scrapers.discovery.listing_markup import PAGES
from tests.scrapers.fakes import a_source

URL = "https://baolua.example/chinh-tri/"


def page(inner: str, head: str = "") -> bytes:
    return f"<html><head>{head}</head><body>{inner}</body></html>".encode()


def anchor(number: int, text: str = "Xã ven sông trả kết quả sớm") -> str:
    return f'<a href="/mot-cua-{number}.html">{text}</a>'


def zones(inner: str) -> list[str]:
    return [link.zone for link in read_listing(page(inner), URL)]


def test_one_entry_an_article_with_its_headline():
    inner = (
        '<div><a href="/mot-cua-10001.html"><img src="a.jpg" alt="Ảnh: người dân"></a>'
        '<h3><a href="/mot-cua-10001.html?utm_source=home">Xã trả kết quả sớm</a></h3>'
        '<p class="desc"><a href="/mot-cua-10001.html">Bộ phận một cửa của xã ven sông trả kết quả ngay trong sáng.</a></p></div>'
    )
    (link,) = read_listing(page(inner), URL)
    assert (link.url, link.title) == ("https://baolua.example/mot-cua-10001.html", "Xã trả kết quả sớm")


@pytest.mark.parametrize(
    ("inner", "title"),
    [
        ('<a href="/tin-10001.html"><img alt="Người dân nộp hồ sơ"></a>', "Người dân nộp hồ sơ"),
        ('<a href="/tin-10001.html" title="Người dân nộp hồ sơ"><span>12</span></a>', "Người dân nộp hồ sơ"),
        ('<a href="/tin-10001.html"><h2>Người dân nộp hồ sơ</h2><p>Sáng nay ở xã.</p></a>', "Người dân nộp hồ sơ"),
        ('<a href="/tin-10001.html">Đọc</a><a href="/tin-10001.html">Người dân nộp hồ sơ</a>', "Người dân nộp hồ sơ"),
        ('<a href="/tin-10001.html">&amp;quot;Một cửa&amp;quot; mới</a>', '"Một cửa" mới'),
        ('<a href="/tin-10001.html"></a>', ""),
    ],
)
def test_the_headline_is_found(inner, title):
    assert [link.title for link in read_listing(page(inner), URL)] == [title]


def test_zones_are_told_apart():
    assert zones(anchor(10001)) == ["main"]
    assert zones(f"<aside>{anchor(10001)}</aside>") == ["side"]
    assert zones(f'<div class="col-right"><ul>{anchor(10001)}</ul></div>') == ["side"]
    assert zones(f"<nav>{anchor(10001)}</nav>") == ["menu"]
    assert zones(f'<div class="main-menu">{anchor(10001)}</div>') == ["menu"]
    assert zones(f'<div class="hidden">{anchor(10001)}</div>') == ["hidden_in_markup"]
    assert zones(f'<div style="display: none">{anchor(10001)}</div>') == ["hidden_in_markup"]
    assert zones(f"<div hidden>{anchor(10001)}</div>") == ["hidden_in_markup"]


def test_the_best_place_of_an_article_counts():
    assert zones(f"<nav>{anchor(10001)}</nav><aside>{anchor(10001)}</aside>{anchor(10001)}") == ["main"]


def test_a_headline_in_a_box_called_menu_is_no_menu():
    assert zones(f'<h3 class="menu">{anchor(10001)}</h3>') == ["main"]


def test_links_elsewhere_and_to_the_page_itself_are_left_out():
    inner = (
        '<a href="https://khac.example/tin-10001.html">Tin của báo khác hôm nay</a><a href="#top">Lên</a><a>không</a>'
    )
    assert read_listing(page(inner + '<a href="javascript:mo()">x</a>'), URL) == []
    assert read_listing(page(anchor(10001)), "https://baolua.example/mot-cua-10001.html") == []


def test_aliases_and_subdomains_of_a_source_are_its_own():
    source = a_source(domain="baolua.example", aliases=("lua.example",))
    inner = '<a href="https://lua.example/tin-10001.html">Tin một</a><a href="https://dat.baolua.example/tin-10002.html">Tin hai</a>'
    assert len(read_listing(page(inner), URL, source)) == 2


def test_a_bad_base_does_not_lead_astray():
    (link,) = read_listing(page(anchor(10001), '<base href="/static/templates/x/">'), URL)
    assert link.url == "https://baolua.example/mot-cua-10001.html"


def test_where_some_articles_have_numbers_words_alone_are_no_article():
    inner = anchor(10001) + '<a href="/chi-dao-cua-thu-tuong-chinh-phu.htm">Chỉ đạo của Thủ tướng Chính phủ</a>'
    assert len(read_listing(page(inner), URL)) == 1


def test_where_none_has_a_number_the_headline_decides():
    inner = (
        '<a href="/nguoi-dan-nop-ho-so-tu-nha.html">Người dân nộp hồ sơ từ nhà</a>'
        '<a href="/chi-dao-cua-thu-tuong-chinh-phu.html">Chỉ đạo</a>'
    )
    assert [link.title for link in read_listing(page(inner), URL)] == ["Người dân nộp hồ sơ từ nhà"]


def test_a_pattern_without_a_number_lets_no_section_in():
    source = a_source(article_pattern=r"^/[a-z0-9-]+\.html$")
    inner = (
        '<a href="/nguoi-dan-nop-ho-so-tu-nha.html">Người dân nộp hồ sơ từ nhà</a><a href="/tai-chinh.html">Tài chính</a>'
        '<a href="/tin-20260302.html">Tin</a>'
    )
    assert len(read_listing(page(inner), URL, source)) == 2


def test_an_empty_page_lists_nothing():
    assert read_listing(b"", URL) == []
    assert read_listing(page("<p>Đang bảo trì</p>"), URL) == []


@pytest.mark.parametrize("with_source", [True, False])
@pytest.mark.parametrize("name", PAGES)
def test_the_families_pages_are_read_whole(name, with_source):
    markup = PAGES[name]
    host = urlsplit(markup.url).hostname
    source = a_source(domain=host, article_pattern=markup.pattern) if with_source else None
    links = read_listing(page(markup.body), markup.url, source)
    read = [(path_with_query(link.url), link.title, link.zone) for link in links if link.zone != "menu"]
    assert tuple(read) == markup.articles


@pytest.mark.parametrize(
    ("inner", "title"),
    [
        ('<a href="/t-10001.html">Xã mới họp dân ở nhà văn hóa <span>12</span></a>', "Xã mới họp dân ở nhà văn hóa"),
        ('<a href="/t-10001.html">Lương tối thiểu tăng lên <b>500</b></a>', "Lương tối thiểu tăng lên 500"),
        ('<a href="/t-10001.html"><time>07:30</time> Xã mới họp dân</a>', "Xã mới họp dân"),
        ('<a href="/t-10001.html"><span class="cate">Thời sự</span> Xã mới họp dân</a>', "Xã mới họp dân"),
        ('<a href="/t-10001.html"><div>Thời sự</div><div>Xã mới họp dân đầu năm</div></a>', "Xã mới họp dân đầu năm"),
        (
            '<a href="/t-10001.html" title="Xã mới họp dân đầu năm nay">Xã mới họp dân đầu...</a>',
            "Xã mới họp dân đầu năm nay",
        ),
        (
            '<a href="/t-10001.html" title="Xã mới họp dân đầu năm">Xã mới họp dân đầu năm (34)</a>',
            "Xã mới họp dân đầu năm",
        ),
        (
            '<a href="/t-10001.html" title="Xã mới họp dân đầu năm">Thời sự: Xã mới họp dân đầu năm</a>',
            "Xã mới họp dân đầu năm",
        ),
        ('<a href="/t-10001.html" title="Cải cách thủ tục">Cải cách thủ tục ở xã mới</a>', "Cải cách thủ tục ở xã mới"),
        ('<a href="/t-10001.html" title="Xã mới họp...">Xã mới họp dân</a>', "Xã mới họp dân"),
        ('<a href="/t-10001.html" title="Khác hẳn">Xã mới họp dân...</a>', "Xã mới họp dân..."),
        (
            '<a href="/t-10001.html">Xem tiếp</a><img alt="x"><a href="/t-10001.html"><img alt="Xã họp dân"></a>',
            "Xã họp dân",
        ),
        ('<a href="/t-10001.html">07/03/2026 08:47</a><a href="/t-10001.html">Xã mới</a>', "Xã mới"),
        (
            '<a href="/t-10001.html">2 giờ trước</a><a href="/t-10001.html">12 bình luận</a><a href="/t-10001.html">Xã mới</a>',
            "Xã mới",
        ),
        ('<a href="/t-10001.html">» Xã mới họp dân</a>', "Xã mới họp dân"),
        (
            '<a href="/t-10001.html"><span>Xã mới họp dân</span></a><div><a href="/t-10001.html">Sáng nay, hơn trăm hộ dân gặp xã.</a></div><a href="/t-10001.html"><img alt="Xã mới họp dân"></a>',
            "Xã mới họp dân",
        ),
        (
            '<div class="box-title"><a href="/t-10001.html">Xã mới</a></div><a href="/t-10001.html">Sáng nay ở xã mới</a>',
            "Xã mới",
        ),
        (
            '<a href="/t-10001.html"><p class="tieu-de">Xã mới họp dân</p><p>Sáng nay, hơn trăm hộ.</p></a>',
            "Xã mới họp dân",
        ),
        ('<a href="/t-10001.html"><h3></h3><span>Xã mới</span></a>', "Xã mới"),
        ('<a href="/t-10001.html"><b class="title">Thời sự</b><h3>Xã mới họp</h3></a>', "Xã mới họp"),
        ('<a href="/t-10001.html"><b class="title-cate">Thời sự</b> <b class="title">Xã mới họp</b></a>', "Xã mới họp"),
        (f'<a href="/t-10001.html">Xã mới</a><div><a href="/t-10001.html">{"Sáng nay ở xã " * 30}</a></div>', "Xã mới"),
        ('<a href="/t-10001.html">12</a><a href="/t-10001.html" title="Xem thêm"></a>', ""),
    ],
)
def test_a_headline_comes_without_what_stands_beside_it(inner, title):
    assert [link.title for link in read_listing(page(inner), URL)] == [title]


def test_an_anchor_around_half_a_page_says_nothing():
    inner = '<div><a href="/t-10001.html"><div>' + "<p>Tin khác</p>" * 300 + "</div></a></div>"
    assert [link.title for link in read_listing(page(inner), URL)] == [""]


def test_zones_in_odd_places_are_told_apart():
    assert zones(f'<div class="hidden md:block">{anchor(10001)}</div>') == ["main"]
    assert zones(f'<div class="d-none d-lg-block">{anchor(10001)}</div>') == ["main"]
    assert zones(f'<div class="d-none d-lg-none">{anchor(10001)}</div>') == ["hidden_in_markup"]
    assert zones(f'<nav style="display:none">{anchor(10001)}</nav>') == ["menu"]
    assert zones(f'<div class="menu"><article>{anchor(10001)}<footer>x</footer></article></div>') == ["main"]
    assert zones(f"<article><footer>{anchor(10001)}</footer></article>") == ["main"]
    assert zones(f"<main><footer>{anchor(10001)}</footer></main>") == ["menu"]
    assert zones(f'<ul class="td-mega-menu"><li><h3>{anchor(10001)}</h3></li></ul>') == ["menu"]
    assert zones(f'<div class="header__nav">{anchor(10001)}</div>') == ["menu"]
    assert zones(f'<ul class="nav-main">{anchor(10001)}</ul>') == ["menu"]


def test_a_page_that_is_a_menu_by_name_alone_is_none():
    articles = "".join(anchor(number) for number in range(10001, 10006))
    assert zones(f'<div id="wrapper" class="has-menu">{articles}</div>') == ["main"] * 5
    assert zones(f'<div class="has-menu"><nav>{articles}</nav></div>') == ["menu"] * 5
    assert zones(f'<div class="has-menu">{articles}</div>{anchor(10006)}') == ["menu"] * 5 + ["main"]
    many = "".join(anchor(number) for number in range(10001, 10012))
    assert zones(f'<div class="has-menu">{many}</div>{anchor(10012)}') == ["main"] * 12


def times(inner: str) -> list[tuple[str | None, bool | None]]:
    tree = parse(f"<html><body>{inner}</body></html>")
    assert tree is not None
    found = [listed.time for listed in listed_on(tree, URL)]
    return [(f"{time.moment:%d/%m %H:%M}", time.has_time) if time else (None, None) for time in found]


def test_the_time_in_an_articles_own_box_is_its_time():
    box = '<div><h3>{}</h3><span class="time">{}</span></div>'
    both = box.format(anchor(10001), "02/03/2026 07:30") + box.format(anchor(10002), "01/03/2026")
    assert times(both) == [("02/03 07:30", True), ("01/03 00:00", False)]
    assert times(f'<div>{anchor(10001)}<time datetime="2026-03-02T07:30:00+07:00">2 giờ trước</time></div>') == [
        ("02/03 07:30", True)
    ]
    assert times(f'<div>{anchor(10001)}<i class="time-ago" title="2026-03-02T07:30:00">x</i></div>') == [
        ("02/03 07:30", True)
    ]


@pytest.mark.parametrize(
    "inner",
    [
        f'<div>{anchor(10001)}<span class="time">02/03/2026</span><span class="date">03/03/2026</span></div>',
        f'<div class="time">{anchor(10001)}<p>Từ ngày 02/03/2026, người dân của xã không còn phải nộp bản sao giấy tờ nào nữa.</p></div>',
        f"<div>{anchor(10001)}<p>02/03/2026</p></div>",
        f'<div><div class="date">02/03/2026 09:10</div>{"<ul></ul>" * 70}<div>{anchor(10001)}</div></div>',
        f'<span class="clock">02/03/2026 09:10</span>{anchor(10001)}',
        f'<div>{anchor(10001)}<span class="time">sáng nay</span></div>',
        f'<div>{anchor(10001)}<div class="time">{"<i>02/03/2026</i>" * 20}</div></div>',
    ],
)
def test_no_time_is_better_than_a_wrong_one(inner):
    assert times(inner) == [(None, None)]


def test_a_time_beside_two_articles_is_neithers():
    assert (
        times(f'<div><span class="date">02/03/2026</span><p>{anchor(10001)}</p><p>{anchor(10002)}</p></div>')
        == [(None, None)] * 2
    )


def test_a_listed_minute_is_the_links_time_and_a_day_alone_is_not():
    inner = f'<div>{anchor(10001)}<b class="date">02/03/2026 07:30</b></div><div>{anchor(10002)}<b class="date">02/03/2026</b></div>'
    assert [link.published for link in read_listing(page(inner), URL)] == [at("2026-03-02 07:30"), None]


def test_a_long_address_that_a_menu_holds_is_a_section():
    inner = '<a href="/nguoi-dan-nop-ho-so-tu-nha.html">Người dân nộp hồ sơ từ nhà</a>'
    assert len(read_listing(page(inner), URL)) == 1
    assert read_listing(page(f"<nav>{inner}</nav>{inner}"), URL) == []


_HTML = [
    *(
        "<a href='/tin-12345.html'>",
        "<a href='/x-2.htm' title='Xã mới họp dân'>",
        "</a>",
        "<div class=menu>",
        "<nav>",
        "<h3>",
        "</h3>",
    ),
    *(
        "</div>",
        "<time datetime='2026-03-02'>",
        "<span class=time>02/03/2026",
        "Xã mới họp dân",
        "12",
        "...",
        "&amp;",
        "\x00",
        "<base href='//'>",
    ),
    *(
        "<main>",
        "<article>",
        "<footer>",
        "<aside>",
        "<p hidden>",
        "<a href='http://[::1'>",
        "<a href='%FF'>",
        "<img alt='Ảnh'>",
        "<!--",
        "<svg>",
    ),
]


@settings(derandomize=True, deadline=None, max_examples=150)
@given(
    st.lists(st.sampled_from(_HTML), max_size=30).map("".join).map(str.encode) | st.binary(max_size=200),
    st.sampled_from([None, a_source(domain="baolua.example", article_pattern=r"-\d+\.html$", documents=True)]),
)
def test_any_page_gives_links_of_the_site_alone(body, source):
    links = read_listing(body, URL, source)
    assert all(link.url.startswith(("https://baolua.example/", "http://baolua.example/")) for link in links)
    assert len({same_article(link.url, source) for link in links}) == len(links)


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "<a href=/tin-12345.html>Xa",
            "<div>",
            "<div><a href=/tin-12345.html>Xa</a>",
            "<div><a href=/tin-12345.html>Xa",
        ),
        *(
            "<h3><a href=/a-b-c-d-e-f.html>",
            "<a href='/tin-1.html' title='Xa moi hop dan'><i>1</i>Xa <span>",
            "<p class=time>02/03/2026",
        ),
        *(
            "<a href=?page=2>2</a>",
            "<nav>",
            "<base href=/x>",
            "<a href='/%41",
            "<a href='/" + "a-" * 2000 + "1.html'>Xa</a>",
        ),
    ],
)
def test_hostile_pages_end_soon(piece):
    assert len(read_listing(page(piece * (100_000 // len(piece))), URL)) <= 1


LISTINGS = {
    "baochinhphu": "https://baochinhphu.vn/chinh-sach-va-cuoc-song/chinh-sach-moi.htm",
    "cafef": "https://cafef.vn/thi-truong-chung-khoan.chn",
    "vietnamnet": "https://vietnamnet.vn/kinh-doanh",
    "vnexpress": "https://vnexpress.net/kinh-doanh",
}


@needs_shared
@pytest.mark.parametrize("with_source", [True, False])
@pytest.mark.parametrize("name", LISTINGS)
def test_real_listings_are_read_nearly_whole(name, with_source):
    url = LISTINGS[name]
    source = catalogue.find(catalogue.load(), url) if with_source else None
    gold_lines = json.loads((SHARED / "pages" / f"{name}_list.links.json").read_text())
    gold = {line["url"]: line["title"] for line in gold_lines if line["zone"] != "menu"}
    body = gzip.decompress((SHARED / "pages" / f"{name}_list.html.gz").read_bytes())
    got = {link.url: link.title for link in read_listing(body, url, source) if link.zone != "menu"}
    right = got.keys() & gold.keys()
    assert len(right) / len(got) >= 0.97
    assert len(right) / len(gold) >= 0.97
    assert all(got[address] == gold[address] for address in right)

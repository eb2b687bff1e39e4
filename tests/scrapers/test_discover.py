import gzip
import json

import pytest

from scrapers import catalogue
from scrapers.discover import looks_like_article, read_listing
from tests.fakes import SHARED, needs_shared
from tests.scrapers.fakes import a_source

URL = "https://baolua.example/chinh-tri/"


def page(inner: str, head: str = "") -> bytes:
    return f"<html><head>{head}</head><body>{inner}</body></html>".encode()


def anchor(number: int, text: str = "Xã ven sông trả kết quả sớm") -> str:
    return f'<a href="/mot-cua-{number}.html">{text}</a>'


def zones(inner: str) -> list[str]:
    return [link.zone for link in read_listing(page(inner), URL)]


@pytest.mark.parametrize(
    "path",
    [
        *("/ha-noi-ky-cuong-post869275.html", "/tinh-dau-tien-post1730015.tpo", "/van-hoa-doc-394829.html"),
        *("/so-hoa-102250612191145158.htm", "/cai-cach/202504/hanh-chinh-so-97d34ad/", "/ky-luat-a196670.html"),
        *("/nghe-an-d205257.html", "/du-lich-c2a94229.html", "/toi-pham-i743210/", "/tin-postid413098.bbg"),
        *("/viewer.aspx?macm=39&mabb=222823", "/tin-tuc/xay-dung---id12", "/2026/03/xa-moi-thanh-lap/"),
        "/nguoi-dan-nop-ho-so-tu-nha.html",
    ],
)
def test_shapes_of_articles_are_known(path):
    assert looks_like_article("https://baolua.example" + path)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/chinh-tri",
        "/chinh-tri-xa-hoi.html",
        "/topic/ha-noi-26482",
        "/chu-de/nghi-quyet-moi-ve-dat-dai-206.htm",
        "/anh-12345.jpg",
    ],
)
def test_sections_topics_and_files_are_no_articles(path):
    assert not looks_like_article("https://baolua.example" + path)


def test_a_sources_own_patterns_decide():
    source = a_source(article_pattern=r"-\d+\.html$", exclude_pattern=r"-event-\d+\.html$")
    assert looks_like_article("https://a.example/tin-7.html?utm_source=x", source)
    assert not looks_like_article("https://a.example/tin-event-7.html", source)
    assert not looks_like_article("https://a.example/tin-post123456.tpo", source)


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
    inner = '<a href="https://lua.example/tin-10001.html">Tin một</a><a href="https://tv.baolua.example/tin-10002.html">Tin hai</a>'
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

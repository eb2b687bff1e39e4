"""Whether the page that answered is the piece that was asked for."""

import pytest

from digest.model import Article
from scrapers.extraction.extract import extract
from scrapers.extraction.extract_identity import is_other_article, leads_elsewhere, looks_like_article
from scrapers.extraction.structured import Structured
from tests.fakes import an_article

ASKED = "https://songchau.example/chinh-quyen/ha-chau-dua-mot-cua-ve-cum-xa-post412077.html"
LISTED = "Hà Châu đưa một cửa về cụm xã"
OTHER = "Giải bóng chuyền mùa xuân khai mạc tối nay"
OTHER_URL = "https://songchau.example/the-thao/giai-bong-chuyen-mua-xuan-khai-mac-toi-nay-post412077.html"
SPORT = ("Sáu đội tranh tài trong ba ngày ở nhà thi đấu huyện.", "Đội chủ nhà gặp đương kim vô địch ở trận mở màn.")


def answered(title: str, url: str | None = ASKED, text: tuple[str, ...] = SPORT, sapo: str | None = None) -> Article:
    return an_article(title=title, url=url, paragraphs=text, sapo=sapo)


@pytest.mark.parametrize(
    ("asked", "listed", "article"),
    [
        (ASKED, LISTED, answered(OTHER, OTHER_URL)),
        (ASKED, LISTED, answered(OTHER)),
        (ASKED, "", answered(OTHER, OTHER_URL)),
        (ASKED, "Xem thêm", answered(OTHER, OTHER_URL)),
        ("https://songchau.example/tin/412077", LISTED, answered(OTHER, "https://songchau.example/tin/412077")),
        ("https://songchau.example/view.aspx?id=41", LISTED, answered(OTHER, None)),
        (
            "https://songchau.example/mot-cua-cum-xa-ha-chau-a41207.html",
            LISTED,
            answered("Thời tiết ngày mai", OTHER_URL),
        ),
        (
            "https://songchau.example/chi-tiet/ha-chau-dua-mot-cua-ve-cum-xa-0a1b2c3/",
            LISTED,
            answered(OTHER, OTHER_URL),
        ),
    ],
)
def test_another_piece_is_known_as_one(asked: str, listed: str, article: Article) -> None:
    assert is_other_article(asked, listed, article)


@pytest.mark.parametrize(
    ("asked", "listed", "article"),
    [
        (ASKED, LISTED, answered(LISTED)),
        (ASKED, LISTED, answered("Ba xã ở Hà Châu có chung một cửa")),
        (
            ASKED,
            LISTED,
            answered("Người dân ven sông hết cảnh đi xa", text=("Hà Châu đưa một cửa về cụm xã từ thứ Hai.",)),
        ),
        (ASKED, LISTED, answered("Người dân ven sông hết cảnh đi xa", sapo="Hà Châu vừa đưa một cửa về cụm xã.")),
        (ASKED, "Tít đã thay đổi hoàn toàn ở trang mục", answered(LISTED)),
        ("https://songchau.example/tit-da-thay-doi-hoan-toan-post412077.html", LISTED, answered(LISTED)),
        (ASKED, "Xem thêm", answered("Một cửa về cụm xã: Hà Châu mở đường")),
        ("https://songchau.example/tin/412077", "", answered(OTHER, OTHER_URL)),
        ("https://songchau.example/tin/412077", "Chi tiết", answered(OTHER, OTHER_URL)),
        ("https://songchau.example/mot-cua-41.html", "", answered(OTHER, OTHER_URL)),
        ("https://songchau.example/thong-bao-post9.html", "Thông báo", answered(OTHER, OTHER_URL)),
        ("http://[bad", "", answered(OTHER)),
        (
            ASKED,
            LISTED,
            answered(OTHER, "https://songchau.example/chinh-quyen/ha-chau-dua-mot-cua-ve-cum-xa-post9.html"),
        ),
    ],
)
def test_a_retitled_piece_or_a_silent_address_is_no_other_article(asked: str, listed: str, article: Article) -> None:
    assert not is_other_article(asked, listed, article)


@pytest.mark.parametrize(
    ("asked", "got", "elsewhere"),
    [
        (ASKED, "https://songchau.example/", True),
        (ASKED, "https://m.songchau.example", True),
        (ASKED, "https://songchau.example/chinh-quyen", True),
        (ASKED, "https://songchau.example/chinh-quyen.html", True),
        (ASKED, "https://songchau.example/tin-moi/", True),
        (ASKED, ASKED.replace("https://", "https://www."), False),
        (ASKED, "https://songchau.example/chinh-quyen/ha-chau-mo-mot-cua-ve-cum-xa-post412077.html", False),
        (ASKED, OTHER_URL, False),
        (ASKED, "https://songchau.example/view.aspx?id=412077", False),
        ("https://songchau.example/", "https://songchau.example/chinh-quyen", False),
        ("https://songchau.example/gioi-thieu", "https://songchau.example/lien-he", False),
        ("http://[bad", "https://songchau.example/x", False),
    ],
)
def test_an_address_that_ends_at_the_home_page_or_a_section_is_gone(asked: str, got: str, *, elsewhere: bool) -> None:
    assert leads_elsewhere(asked, got) is elsewhere


@pytest.mark.parametrize(
    ("url", "speaks"),
    [
        ("https://so.example/tin.aspx?id=7", True),
        ("https://so.example/tin-tuc/chi-tiet-10231.html", True),
        ("https://so.example/tin-tuc", False),
        ("http://[bad", False),
    ],
)
def test_an_article_s_address_has_an_id_or_many_words(url: str, *, speaks: bool) -> None:
    assert looks_like_article(url, Structured()) is speaks


@pytest.mark.parametrize(
    ("canonical", "kept"),
    [
        ("https://baolua.example/tin-tuc", False),
        ("https://baolua.example/tinh-cat-giam-thu-tuc-a10001.html", True),
        ("https://baolua.example/moi/tinh-cat-giam-thu-tuc.html", True),
        ("https://baolua.example/tinh-khac-a10002.html", False),
    ],
)
def test_one_address_on_all_pages_is_not_the_articles_own(canonical: str, *, kept: bool) -> None:
    url = "https://baolua.example/tinh-cat-giam-thu-tuc-a10001.html"
    text = "Tỉnh cắt giảm một nửa số giấy tờ người dân phải nộp khi làm thủ tục đất đai từ tháng này. " * 4
    page = f'<html><head><link rel="canonical" href="{canonical}"></head><body><h1>Tỉnh cắt giảm thủ tục</h1>'
    article = extract(f'{page}<div itemprop="articleBody"><p>{text}</p></div></body></html>'.encode(), url=url)
    assert article.url == (canonical if kept else url)

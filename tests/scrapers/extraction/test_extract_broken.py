"""What is no article, or hardly a page: one clear kind each, and never another error."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.errors import ExtractError
from scrapers.extraction.extract import extract
from scrapers.extraction.verdict import KINDS

URL = "https://songchau.example/mot-bai-viet-cua-bao-song-chau-post412077.html"
LEAD = "Người dân ba xã ven sông nộp hồ sơ ngay tại nhà văn hóa thôn, không phải đi gần hai mươi cây số như trước."
NAV = "".join(f'<li><a href="/muc-{number}">Mục {number}</a></li>' for number in range(9))


def a_page(inner: str, head: str = "") -> bytes:
    return f'<!DOCTYPE html><html><head><meta charset="utf-8">{head}</head><body>{inner}</body></html>'.encode()


NOT_ARTICLES = {
    "nothing": (b"", "empty"),
    "blanks": (b" \r\n\t ", "empty"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3" + b"x" * 400, "not-html"),
    "picture": (b"\xff\xd8\xff\xe0" + bytes(range(256)) * 4, "not-html"),
    "still gzipped": (b"\x1f\x8b\x08\x00" + b"\x00" * 300, "not-html"),
    "binary": (bytes(range(256)) * 40, "not-html"),
    "plain text": ("Chỉ là một dòng chữ.".encode(), "not-html"),
    "json": (b'{"error": "not found"}', "not-html"),
    "feed": (b'<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>', "not-html"),
    "a comment alone": (b"<!-- <html> -->", "no-article"),
    "a frame set": (a_page("<p>Trang</p>"), "no-article"),
    "cookie shell": (
        b'<html><head><script>document.cookie="D1N=0a1b";window.location.reload(true);</script></head></html>',
        "shell",
    ),
    "application": (
        a_page('<div id="root"></div><script src="/app.js"></script>', "<title>Cổng Bình Sa</title>"),
        "shell",
    ),
    "captcha": (
        a_page("<h1>Xác minh bạn không phải robot</h1><p>Nhập mã.</p>", '<script src="/g-recaptcha.js"></script>'),
        "captcha",
    ),
    "challenge": (
        a_page("<p>Một lát nữa thôi.</p>", '<script src="/cdn-cgi/challenge-platform/x.js"></script>'),
        "captcha",
    ),
    "refused": (a_page("<h1>Thông báo từ chối truy cập</h1><p>Mã sự cố 18273.</p>"), "captcha"),
    "gone": (a_page(f"<ul>{NAV}</ul><h1>Không tìm thấy trang</h1><p>Bài viết đã bị xóa.</p>"), "soft-404"),
    "gone in a frame": (
        a_page(
            '<h1>Báo Sông Châu</h1><div class="article-content"><p>Bài viết bạn tìm không tồn tại hoặc đã gỡ.</p></div>'
        ),
        "soft-404",
    ),
    "home page": (a_page(f"<h1>Báo Sông Châu</h1><ul>{NAV}</ul>", "<title>Báo Sông Châu</title>"), "no-article"),
}


@pytest.mark.parametrize("name", NOT_ARTICLES)
def test_what_is_no_article_has_a_kind(name: str) -> None:
    body, kind = NOT_ARTICLES[name]
    with pytest.raises(ExtractError) as raised:
        extract(body, url="https://songchau.example/")
    assert raised.value.kind == kind
    assert kind in KINDS


def test_a_page_without_title_is_refused() -> None:
    with pytest.raises(ExtractError) as raised:
        extract(a_page(f'<div class="article__body"><p>{LEAD}</p></div>'), url=URL)
    assert raised.value.kind == "no-article"


def test_a_video_page_gives_title_and_standfirst() -> None:
    inner = f'<h1 class="article__title">Tổ công nghệ số xuống bản</h1><div class="article__sapo">{LEAD}</div>'
    article = extract(a_page(f'{inner}<div class="article__body"><video src="a.mp4"></video></div>'), url=URL)
    assert (article.sapo, article.paragraphs) == (LEAD, ())
    assert article.flags == ("no-body", "no-author", "no-time", "slug-differs")


def test_a_megabyte_of_paragraphs_is_read() -> None:
    inner = "".join(f"<p>Đoạn thứ {number} của một bài rất dài về cải cách.</p>" for number in range(16_000))
    body = a_page(f'<h1 class="article__title">Một bài rất dài</h1><div class="article__body">{inner}</div>')
    assert len(body) > 1_000_000
    assert len(extract(body, url=URL).paragraphs) == 16_000


@pytest.mark.parametrize("tag", ["div", "b", "blockquote", "table><tr><td"])
def test_deep_nesting_neither_crashes_nor_hangs(tag: str) -> None:
    inner = f"<{tag}>" * 60_000 + LEAD
    body = a_page(
        f'<h1 class="article__title">Trang lồng sâu</h1><div class="article__body"><p>{LEAD}</p>{inner}</div>'
    )
    try:
        assert LEAD in extract(body, url=URL).paragraphs
    except ExtractError as error:
        assert error.kind in KINDS  # noqa: PT017 - either outcome is right, a crash is not


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "piece",
    [
        "{{",
        "a<br>",
        " <br> ",
        "<p>a</p>",
        "<img src=/a.jpg><p><i>b</i>",
        "á",
        "<a href=/b>",
        "&amp;amp;",
        "<td>",
        "<h2>c</h2>",
        "(Ảnh: ",
    ],
)
def test_a_page_of_one_piece_over_and_over_does_not_hang(piece: str) -> None:
    inner = f'<h1 class="article__title">Trang lặp</h1><div class="article__body"><p>{LEAD}</p>{piece * 30_000}</div>'
    script = f'<script type="application/ld+json">{"/*<![CDATA[" * 30_000}{"," * 30_000}</script>'
    assert extract(a_page(inner, script), url=URL).title == "Trang lặp"


def test_a_script_that_is_no_json_is_passed_over() -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": </script>'
    nested = f'<script type="application/ld+json">{"[" * 5000}</script>'
    inner = f'<h1 class="article__title">Tít của bài</h1><div class="article__body"><p>{LEAD}</p></div>'
    assert extract(a_page(inner, head + nested), url=URL).title == "Tít của bài"


@given(st.binary(max_size=3000))
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_bytes_give_an_article_or_a_kind(body: bytes) -> None:
    for whole in (body, b"<html><h1>Mot bai</h1><article class=article__body><p>" + body):
        try:
            extract(whole, url=URL)
        except ExtractError as error:
            assert error.kind in KINDS  # noqa: PT017 - either outcome is right


PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div class='article__body'>",
        "<h1 class=article__title>",
        "</h1>",
        "<br>",
        "<table><tr><td>a<td>b<tr><td>c<td>d</table>",
        "<figure><img src=/a.jpg><figcaption>Ảnh</figcaption></figure>",
        "<img data-src='//[bad/'>",
        "<a href='http://[::1'>x</a>",
        "<base href='http://[bad'>",
        "<link rel=canonical href='http://[bad'>",
        "<li><ol><li>",
        "&amp;amp;lt;",
        "<time class=time>07/03/2026 08:47</time>",
        "<meta property=og:url content='//'>",
        "<script type=application/ld+json>[{}, 1, null]</script>",
        LEAD,
        "\x00\ufeff\ud7ff",
    ]
)


@given(st.lists(PIECES, max_size=40), st.sampled_from([URL, "", "http://[bad", "https://vnexpress.net/a-1.html"]))
@settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_heap_of_markup_gives_an_article_or_a_kind(pieces: list[str], url: str) -> None:
    try:
        article = extract("".join(pieces).encode(), url=url)
    except ExtractError as error:
        assert error.kind in KINDS  # noqa: PT017 - either outcome is right
    else:
        assert len(article.kinds) == len(article.paragraphs)
        assert article.title
        assert len(article.id) == 16

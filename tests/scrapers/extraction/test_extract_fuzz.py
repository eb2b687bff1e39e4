"""Damaged pages and hostile lines: an article or a clear kind, soon."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from digest.errors import ExtractError
from digest.model import Article
from scrapers.charsets import decoded
from scrapers.extraction.body import Line
from scrapers.extraction.boilerplate import is_foreign
from scrapers.extraction.byline import is_office, read_byline
from scrapers.extraction.extract import extract
from scrapers.extraction.extract_identity import is_other_article, leads_elsewhere
from scrapers.extraction.lines import settle
from scrapers.extraction.outlet_mark import without_prefix
from scrapers.extraction.verdict import KINDS

PAGES = sorted(Path(__file__).with_name("pages").glob("*.html"))
BODIES = [page.read_bytes() for page in PAGES]
URL = "https://songchau.example/mot-bai-viet-cua-bao-song-chau-post412077.html"
PATIENT = settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow], deadline=None)

pages = st.sampled_from(BODIES)
NOISE = st.lists(st.tuples(st.integers(0, 40_000), st.binary(min_size=1, max_size=6)), max_size=12)
TAGS = (
    "</div>",
    "<div>",
    "<p>",
    "</p>",
    "<table><tr><td>",
    "</table>",
    "<!--",
    "-->",
    "<script>",
    "</html>",
    "<html><body>",
)


def an_article_or_a_kind(body: bytes, url: str = URL) -> Article | None:
    try:
        article = extract(body, url=url)
    except ExtractError as error:
        assert error.kind in KINDS  # noqa: PT017 - either outcome is right
        return None
    assert article.title
    assert len(article.kinds) == len(article.paragraphs)
    assert all(paragraph.strip() for paragraph in article.paragraphs)
    assert article.published is None or article.published.tzinfo is not None
    return article


@given(pages, st.floats(0, 1))
@PATIENT
def test_a_page_cut_off_anywhere(body: bytes, share: float) -> None:
    an_article_or_a_kind(body[: int(len(body) * share)])


@given(pages, NOISE)
@PATIENT
@example(BODIES[0], [(0, b"\xff\xfe")])
@example(BODIES[0], [(0, b"\xef\xbb\xbf")])
def test_a_page_with_noise_among_its_bytes(body: bytes, noise: list[tuple[int, bytes]]) -> None:
    for place, piece in noise:
        at = place % (len(body) + 1)
        body = body[:at] + piece + body[at + len(piece) :]
    an_article_or_a_kind(body)


@given(pages, st.lists(st.tuples(st.integers(0, 40_000), st.sampled_from(TAGS)), max_size=25))
@PATIENT
def test_a_page_with_stray_tags(body: bytes, strays: list[tuple[int, str]]) -> None:
    for place, tag in strays:
        at = body.find(b"<", place % (len(body) + 1))
        body = body[:at] + tag.encode() + body[at:]
    an_article_or_a_kind(body)


@given(pages, pages, st.floats(0, 1), st.floats(0, 1))
@PATIENT
def test_the_head_of_one_page_on_the_body_of_another(one: bytes, other: bytes, head: float, tail: float) -> None:
    an_article_or_a_kind(one[: int(len(one) * head)] + other[int(len(other) * tail) :])


@given(st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_text_as_line_by_line_prefix_or_address(text: str) -> None:
    assert isinstance(is_foreign(Line(text=text), URL), bool)
    assert isinstance(is_office(text), bool)
    assert read_byline(text).author != ""
    assert without_prefix(text) in text
    settled = settle(
        [Line(text=text, bold=1.0), Line(text=text, right=True)], [], url=URL, known=[text], names=frozenset()
    )
    assert len(settled.lines) <= 2
    assert isinstance(leads_elsewhere(URL, text), bool)
    assert isinstance(is_other_article(text, text, Article(id="a", title=text, url=text)), bool)


@given(
    st.binary(max_size=2000),
    st.lists(st.sampled_from(["utf-8", "windows-1252", "viscii", "big5", "x", ""]), max_size=3),
)
@settings(max_examples=200, deadline=None)
def test_any_bytes_become_a_text(body: bytes, declared: list[str]) -> None:
    assert isinstance(decoded(body, declared), str)


LINES = [
    "a",
    "A ",
    "Ảnh: ",
    "(",
    "((",
    "A-",
    "- ",
    "1/",
    "12:",
    "theo ",
    "Theo A ",
    "moi ban doc ",
    "theo dõi báo ",
    ">",
    ". ",
    "&amp;",
]


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", LINES)
def test_a_line_of_two_hundred_thousand_letters_takes_no_time(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    read_byline(text)
    is_office(text)
    line = Line(text=text, bold=1.0, right=True)
    settle([line, line, line], [], url=URL, known=[text], names=frozenset())
    is_other_article(f"https://songchau.example/{text}", text, Article(id="a", title=text, paragraphs=(text,)))
    leads_elsewhere(URL, f"https://songchau.example/{text}")
    assert without_prefix(text) in text


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "piece",
    [
        "Ủy ban ",
        "<p>",
        "<b>",
        "<div><p>Một đoạn văn của bài báo này.",
        "<a href=/b>x</a>",
        "<form>",
        "<td>x<br>",
        "<li>",
        "x<br>",
    ],
)
def test_a_page_of_five_megabytes_is_read(piece: str) -> None:
    inner = piece * (5_000_000 // len(piece.encode()))
    page = f'<html><h1 class="article__title">Một trang rất lớn</h1><div class="article__body"><p>Đoạn đầu của bài.</p>{inner}'
    an_article_or_a_kind(page.encode())

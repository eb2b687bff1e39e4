"""A monthly's form: cover, banners, titles in the middle, pictures below the standfirst, the author at the right."""

import io
import itertools
import shutil
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn
from playwright.sync_api import Browser
from pypdf import PdfReader

from digest.render.pdf import pdf
from digest.render.view import View, view_of
from digest.render.web import web_page
from digest.render.word import word
from tests.digest.render.fakes import a_view, an_issue
from tests.digest.render.monthly import CAPTION, LONG, MONTHLY, PICTURES, a_monthly, monthly_issue
from tests.digest.render.readers import Markup, html_words, joined, outline, page_texts, printed_contents
from tests.digest.render.test_pdf import inner_links
from tests.digest.render.test_web import CONTRASTS, browser  # noqa: F401 - a fixture

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
HEAD = "BẢN TIN ĐIỆN TỬ HÀNH CHÍNH CÔNG SỐ 03/2026"


def read(view: View) -> PdfReader:
    return PdfReader(io.BytesIO(pdf(view).data))


@needs_office
@pytest.mark.parametrize(("articles", "page"), [(1, 2), (6, 2)])
def test_in_word_too_the_text_follows_contents_that_are_longer_than_the_cover(articles: int, page: int) -> None:
    made = word(a_monthly(articles))
    assert made.notes == ()
    lines = [line for line in Document(io.BytesIO(made.data)).paragraphs if line.style]
    first = next(line.text for line in lines if line.style and line.style.name == "toc 1")
    assert int(first.rpartition("\t")[2]) == page
    heading = next(line for line in lines if line.style and line.style.name == "Heading 1")
    assert heading.paragraph_format.page_break_before is (True if articles == 1 else None)


def with_layout(**changes: object) -> View:
    layout = replace(MONTHLY.layout, **changes)  # type: ignore[arg-type]  # the caller names real fields
    return a_monthly(profile=replace(MONTHLY, layout=layout))


def test_the_cover_is_page_one_and_every_section_begins_a_page_under_the_running_head() -> None:
    reader = read(a_monthly())
    cover, *others = page_texts(reader)
    assert HEAD not in cover
    assert "Trang" not in cover
    assert all(page.startswith(HEAD) and page.endswith(f"Trang {at}") for at, page in enumerate(others, 2))
    sections = [heading for heading in outline(reader) if heading.depth == 0]
    assert sections[0].page == 2
    for heading in sections:
        assert others[heading.page - 2].startswith(f"{HEAD} {heading.words}")


def test_a_monthly_s_contents_show_each_heading_s_page() -> None:
    reader = read(a_monthly(3))
    headings = outline(reader)
    numbers = itertools.count(1)
    lines = [heading.words if heading.depth == 0 else f"{next(numbers)}. {heading.words}" for heading in headings]
    assert printed_contents(" ".join(page_texts(reader)[:2]), lines) == [heading.page for heading in headings]


def test_contents_longer_than_a_cover_are_followed_by_the_text_on_their_page() -> None:
    reader = read(a_monthly(6))
    headings = outline(reader)
    assert headings[0].page == 2
    page = page_texts(reader)[1]
    assert 0 < page.index("30. ") < page.index(f"{headings[0].words} {LONG[:20]}")


def test_sections_run_on_where_the_profile_does_not_part_them() -> None:
    pages = [heading.page for heading in outline(read(with_layout(sections_on_new_pages=False))) if heading.depth == 0]
    parted = [heading.page for heading in outline(read(a_monthly())) if heading.depth == 0]
    assert pages[-1] < parted[-1]


def test_a_banner_is_read_in_grey_too() -> None:
    with pypdfium2.PdfDocument(pdf(a_monthly()).data) as document:
        picture = document[1].render(scale=2, grayscale=True).to_numpy()
    dark = (picture < 110).mean(axis=1)
    rows = picture[dark > 0.6]
    assert len(rows) > 10
    assert (rows > 240).sum() > 500  # its words


def test_a_title_of_four_lines_stands_in_the_middle_in_lines_about_equally_long() -> None:
    view = a_monthly()
    text = read(view).pages[1].extract_text().split("\n")
    first = next(place for place, line in enumerate(text) if line.startswith("XÃ BẾN LAU"))
    lines = [line.strip() for line in text[first : first + 4]]
    assert joined(" ".join(lines)) == LONG
    assert min(map(len, lines)) > 0.75 * max(map(len, lines))


def test_the_author_stands_at_the_right_with_the_way_back() -> None:
    view = a_monthly()
    with pypdfium2.PdfDocument(pdf(view).data) as document:
        rights = []
        for page in document:
            text = page.get_textpage()
            found = text.search("Lê Bến Về đầu trang")
            while (place := found.get_next()) is not None:
                start, count = place
                rights.append((text.get_charbox(start)[0], text.get_charbox(start + count - 1)[2]))
    edge = (210 - MONTHLY.layout.margin_right) / 25.4 * 72
    assert len(rights) == 5
    assert all(left > 300 and right == pytest.approx(edge, abs=2) for left, right in rights)
    words = joined(" ".join(page_texts(read(view))))
    assert words.count("Trần Mây (Báo điện tử Lúa) Về đầu trang") == 5


def test_the_first_picture_stands_below_the_standfirst_and_the_others_after_the_text() -> None:
    view = a_monthly()
    item = view.items[0]
    first, last = joined(item.blocks[0].text), joined(item.blocks[-1].text)
    paper = joined(" ".join(page_texts(read(view))))
    page = html_words(web_page(view).data)
    for words in (paper, page):
        assert words.index(first) < words.index(CAPTION) < words.index(joined(item.blocks[1].text))
    markup = web_page(view).data.decode()
    assert markup.index(f'alt="{CAPTION}"') < markup.index(last) < markup.index(f'alt="{LONG}"')
    lines = [line.text for line in Document(io.BytesIO(word(view, office=None).data)).paragraphs]
    assert lines.index(item.blocks[0].text) + 2 == lines.index(CAPTION)  # the picture's own line between them


def test_the_page_marks_cover_banners_and_bylines() -> None:
    page = Markup(web_page(a_monthly()).data.decode())
    assert page.open == []
    assert page.values("class", "header") == ["cover"]
    assert page.values("class", "h2") == ["banner"] * 5
    assert page.values("class", "h3") == ["centred"] * 10
    assert page.values("class", "p").count("byline") == 10


def test_word_has_the_cover_the_banners_and_the_author_s_line() -> None:
    document = Document(io.BytesIO(word(a_monthly(), office=None).data))
    styled = [(line.style.name, line) for line in document.paragraphs if line.style]
    sections = [line for name, line in styled if name == "Heading 1"]
    assert all(line.paragraph_format.page_break_before for line in sections)
    shade = document.styles["Heading 1"].element.find(f".//{qn('w:shd')}")
    assert shade.get(qn("w:fill")) == MONTHLY.masthead.colour.removeprefix("#").upper()
    assert next(line.text for name, line in styled if name == "Tên tác giả") == "Lê Bến Về đầu trang"
    cover = document.tables[0].rows[0].cells
    assert [line.text for line in cover[0].paragraphs if line.text] == [
        "Bản tin điện tử",
        "Hành chính công",
        "CẢI CÁCH HÀNH CHÍNH",
        "Số 03/2026 – THÁNG 03",
    ]
    assert document.sections[0].first_page_footer.paragraphs[0].text == ""
    assert "Trang" in document.sections[0].footer.paragraphs[0].text


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_monthly_s_page_can_be_read_on_every_screen(
    browser: Browser,  # noqa: F811
    tmp_path: Path,
    width: int,
    scheme: str,
) -> None:
    file = tmp_path / "so.html"
    view = view_of(replace(monthly_issue(), corrects=1), MONTHLY, PICTURES)
    file.write_bytes(web_page(view).data)
    page = browser.new_page(
        viewport={"width": width, "height": 800}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert min(page.evaluate(CONTRASTS)) >= 4.5
    page.close()


def without_contents() -> View:
    plain = a_view(an_issue(3)).profile
    return a_view(an_issue(3), replace(plain, layout=replace(plain.layout, contents=False)))


def test_without_contents_bookmarks_stay_and_what_leads_back_leads_to_the_masthead() -> None:
    view = without_contents()
    reader = read(view)
    words = joined(" ".join(page_texts(reader)))
    assert view.masthead.intro not in words
    assert words.count(view.items[0].headline) == 1
    assert [heading.words for heading in outline(reader) if heading.depth] == [item.headline for item in view.items]
    assert [target for _, name, target in inner_links(reader) if not name] == [1] * 3
    page = Markup(web_page(view).data.decode())
    assert page.values("id", "h1") == ["muc-luc"]
    assert page.values("href", "a").count("#muc-luc") == 3
    assert page.values("id", "nav") == []
    assert set(page.values("id", "article")) == {item.anchor for item in view.items}
    made = word(view, office=None)
    assert made.notes == ()
    body = Document(io.BytesIO(made.data)).element.body
    assert "TOC" not in " ".join(mark.text or "" for mark in body.iter(qn("w:instrText")))
    assert len(list(body.iter(qn("w:bookmarkStart")))) == 1 + 2 + 3

"""Charts in every rendition: the same figures, drawn where there is paper or screen, in words elsewhere."""

import io
import re
from pathlib import Path

import pikepdf
import pytest
from docx import Document
from docx.oxml.ns import qn
from pikepdf import Dictionary, Object
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from digest.errors import RenderError
from digest.model import Bar, Chart, Issue
from digest.profile import load
from digest.render.figures import figures
from digest.render.letter import letter
from digest.render.pdf import pdf
from digest.render.plain import text
from digest.render.typesetting import svg_as_png
from digest.render.web import web_page
from digest.render.word import word
from tests.digest.render.fakes import a_chart, a_view, an_item, issue_of
from tests.digest.render.readers import Markup, html_words, joined, mail_parts, page_texts
from tests.digest.render.test_web import CONTRASTS, browser  # noqa: F401 - a fixture

NASTY = "<script>alert(1)</script> #panic() $x$ {{ 7*7 }}"


def charted(*charts: Chart, **fields: object) -> Issue:
    return issue_of(an_item(2, charts=charts, **fields), an_item(3))


def rows_in_words(chart: Chart) -> list[str]:
    return [f"{row['name']} {row['value']}" for row in figures(chart)["rows"]]


def tagged_figures(data: bytes) -> list[str]:
    """The words read in place of each figure, in the order of the document's structure."""
    found = []

    def walk(node: Object) -> None:
        if isinstance(node, Dictionary) and node.get("/S") == "/Figure":
            found.append(str(node.get("/Alt")))
        kids = node.get("/K") if isinstance(node, Dictionary) else None
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, Dictionary) and "/S" in kid:
                walk(kid)

    with pikepdf.open(io.BytesIO(data)) as document:
        for kid in document.Root.StructTreeRoot.K:
            walk(kid)
    return found


def test_a_chart_of_ninety_one_bars_runs_over_pages_untorn_with_its_axis_on_each() -> None:
    chart = a_chart(91)
    reader = PdfReader(io.BytesIO(pdf(a_view(charted(chart))).data))
    shown = [page for page in page_texts(reader) if "Huyện Suối Vàng" in page and "%" in page]
    assert 2 <= len(shown) <= 3
    assert all("50% 60% 70% 80% 90% 100%" in page for page in shown)
    words = " ".join(page_texts(reader))
    assert [row for row in rows_in_words(chart) if words.count(row) != 1] == []


def test_screen_readers_get_every_figure_of_a_pdf_s_chart() -> None:
    chart = a_chart(12)
    said = tagged_figures(pdf(a_view(charted(chart))).data)
    assert len(said) == 3
    assert [row for row in figures(chart)["rows"] if f"{row['name']}: {row['value']}" not in " ".join(said)] == []


def test_a_pdf_with_charts_claims_archive_and_accessibility_and_has_the_same_bytes_again() -> None:
    view = a_view(charted(a_chart(30), a_chart(2, note="Sơ bộ.")))
    made = pdf(view)
    assert made.notes == ()
    assert made.data == pdf(view).data
    with pikepdf.open(io.BytesIO(made.data)) as document, document.open_metadata() as known:
        assert known.pdfa_status == "2A"


def test_the_source_line_follows_the_charts() -> None:
    chart = a_chart(2, source="Sở Nội vụ tỉnh Hạ Nguồn")
    words = joined(" ".join(page_texts(PdfReader(io.BytesIO(pdf(a_view(charted(chart))).data)))))
    assert words.index("Nguồn: Sở Nội vụ tỉnh Hạ Nguồn") < words.index("(Bao2.example")
    plain = text(a_view(charted(chart))).data.decode()
    assert plain.index("Nguồn: Sở Nội vụ tỉnh Hạ Nguồn") < plain.index("\n\n(Bao2.example")


def test_word_shows_each_band_as_a_picture_with_its_words_and_repeats_the_axis() -> None:
    chart = a_chart(12, source="Sở Nội vụ")
    made = word(a_view(charted(chart, a_chart(1))), office=None)
    document = Document(io.BytesIO(made.data))
    pictures = [part.attrib for part in document.element.body.iter(qn("wp:docPr"))]
    assert [picture["id"] for picture in pictures] == ["1", "2", "3", "4", "5", "6"]
    said = [picture["descr"] for picture in pictures]
    assert said[0] == said[4] == ""
    assert [row for row in figures(chart)["rows"] if f"{row['name']}: {row['value']}" not in " ".join(said)] == []
    table = document.tables[1]
    assert len(table.rows) == 4
    assert [len(list(row._tr.iter(qn("w:tblHeader")))) for row in table.rows] == [1, 0, 0, 0]  # noqa: SLF001
    assert all(len(list(row._tr.iter(qn("w:cantSplit")))) == 1 for row in table.rows)  # noqa: SLF001
    styled = {line.style.name: line.text for line in document.paragraphs if line.style}
    assert styled["Tên biểu đồ"] == "Chỉ số hài lòng của 1 xã"
    assert styled["Chú thích biểu đồ"] == "Nguồn: Sở Nội vụ"
    images = [part for part in document.part.package.iter_parts() if str(part.partname).startswith("/word/media")]
    assert {part.blob[:8] for part in images} == {b"\x89PNG\r\n\x1a\n"}
    assert word(a_view(charted(chart, a_chart(1))), office=None).data == made.data


def test_a_document_without_charts_has_none_of_their_styles() -> None:
    styles = Document(io.BytesIO(word(a_view(charted()), office=None).data)).styles
    assert "Biểu đồ" not in {style.name for style in styles}


def test_the_page_holds_the_drawing_and_the_same_figures_as_a_table() -> None:
    chart = a_chart(12, note="Sơ bộ.")
    markup = web_page(a_view(charted(chart))).data.decode()
    page = Markup(markup)
    assert page.open == []
    assert page.values("aria-hidden", "svg") == ["true"] * 4
    assert len(re.findall(r'<th scope="row">', markup)) == 12
    words = html_words(markup.encode())
    assert [row for row in rows_in_words(chart) if row not in words] == []
    assert "Sơ bộ." in words


def test_mail_and_text_hold_the_figures_in_words() -> None:
    chart = a_chart(91, source="Sở Nội vụ")
    plain, html = mail_parts(letter(a_view(charted(chart))).data)
    assert "svg" not in html
    words = html_words(html.encode())
    assert [row for row in rows_in_words(chart) if row not in words] == []
    lines = plain.splitlines()
    assert [row for row in figures(chart)["rows"] if f"{row['name']}: {row['value']}" not in lines] == []
    assert lines[lines.index("Chỉ số hài lòng của 91 xã") - 1] == ""


def test_hostile_names_are_text_in_every_form_or_marked_with_a_note() -> None:
    chart = Chart(
        title=f"Tên {NASTY}",
        rows=tuple(Bar(name=name, value=place) for place, name in enumerate((NASTY, "行政", "x" * 300, "Chuông\x07"))),
        unit="%",
    )
    view = a_view(charted(chart))
    page, paper = web_page(view), pdf(view)
    assert page.data.decode().count("&lt;script&gt;") == 3  # title, bar, table
    assert "<script" not in page.data.decode()
    assert [note[:12] for note in page.notes] == ["html: U+0007"]
    assert sorted(note[:11] for note in paper.notes) == ["pdf: U+0007", "pdf: U+653F", "pdf: U+884C"]
    assert all("(item 2)" in note for note in paper.notes)
    made = word(view, office=None)
    assert [note for note in made.notes if "U+653F" in note and "(item 2)" in note]
    assert NASTY in text(view).data.decode()
    assert joined(NASTY) in html_words(mail_parts(letter(view).data)[1].encode())


def test_a_drawing_that_cannot_be_set_is_one_clear_error() -> None:
    with pytest.raises(RenderError, match="drawing: cannot be set"):
        svg_as_png("<svg")


def opened(browser: Browser, folder: Path, *, width: int, scheme: str = "light") -> Page:  # noqa: F811 - the fixture's value
    file = folder / "so.html"
    long = Chart(title="A", rows=(Bar(name="x" * 300, value=-1), Bar(name="Huyện Suối Vàng", value=2)))
    file.write_bytes(web_page(a_view(charted(a_chart(17), long), load("cchc"))).data)
    page = browser.new_page(
        viewport={"width": width, "height": 800}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page.goto(file.as_uri())
    return page


def test_a_wide_screen_shows_the_bars_with_all_words_inside(browser: Browser, tmp_path: Path) -> None:  # noqa: F811
    page = opened(browser, tmp_path, width=1280)
    assert page.evaluate("document.documentElement.scrollWidth") == 1280
    assert page.locator("figure svg").first.is_visible()
    outside = page.evaluate(
        """() => [...document.querySelectorAll('svg text')].filter(text => {
          const box = text.getBBox(), whole = text.ownerSVGElement.viewBox.baseVal;
          return box.x < -0.5 || box.x + box.width > whole.width + 0.5;
        }).map(text => text.textContent)"""
    )
    assert outside == []
    page.close()


def test_no_name_runs_into_its_bar(browser: Browser, tmp_path: Path) -> None:  # noqa: F811
    page = opened(browser, tmp_path, width=1280)
    gaps = page.evaluate(
        """() => [...document.querySelectorAll('svg text[text-anchor=end]')].map(text => {
          const box = text.getBBox(), line = text.ownerSVGElement.querySelector('path').getBBox();
          return line.x - box.x - box.width;
        })"""
    )
    assert len(gaps) > 17
    assert min(gaps) > 3
    page.close()


def test_a_phone_shows_the_figures_as_a_table_with_bars_of_its_own(browser: Browser, tmp_path: Path) -> None:  # noqa: F811
    page = opened(browser, tmp_path, width=360)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert not page.locator("figure svg").first.is_visible()
    box = page.locator("figure th").first.bounding_box()
    assert box is not None
    assert box["width"] > 100
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_charts_can_be_read_in_both_modes(browser: Browser, tmp_path: Path, scheme: str) -> None:  # noqa: F811
    page = opened(browser, tmp_path, width=1280, scheme=scheme)
    assert min(page.evaluate(CONTRASTS)) >= 4.5
    colours = (
        "svg => [getComputedStyle(svg.querySelector('text')).fill, getComputedStyle(svg.querySelector('rect')).fill]"
    )
    ink, bar = page.locator("figure svg").nth(1).evaluate(colours)
    assert ink == page.evaluate("getComputedStyle(document.body).color")
    assert (bar == "rgb(192, 0, 0)") is (scheme == "light")
    page.close()

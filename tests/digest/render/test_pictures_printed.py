"""Pictures in every rendition: shown on page, PDF and Word where a copy is kept, words or nothing elsewhere."""

import base64
import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from playwright.sync_api import Browser
from pypdf import PdfReader

from digest.errors import RenderError
from digest.model import Image
from digest.profile import load
from digest.render.letter import letter
from digest.render.pdf import pdf
from digest.render.plain import text
from digest.render.renditions import FORMATS, render
from digest.render.typesetting import typeset_apart
from digest.render.view import View
from digest.render.web import web_page
from digest.render.word import word
from tests.digest.render.fakes import a_chart, a_picture, a_view, an_image, an_issue, an_item, issue_of
from tests.digest.render.readers import Markup, html_words, joined, mail_parts, page_texts
from tests.digest.render.test_charts_printed import tagged_figures
from tests.digest.render.test_web import browser  # noqa: F401 - a fixture

WIDE, HIGH = "https://bao2.example/rong.jpg", "https://bao2.example/cao.png"
CAPTION = "Họp bản ở Gò Sậy - Ảnh: Lê Bến"
NASTY = "\"'><script>alert(1)</script> #panic() $x$ \\ {{ 7*7 }} </w:t> &amp;"
PICTURES = {WIDE: a_picture(), HIGH: a_picture(300, 900, "image/png")}


def pictured(caption: str | None = CAPTION, **fields: object) -> View:
    """An item with a wide picture that has a caption and a high one that has none, before one without."""
    images = (an_image(PICTURES[WIDE], WIDE, caption), an_image(PICTURES[HIGH], HIGH))
    return a_view(issue_of(an_item(2, images=images, **fields), an_item(3)), pictures=PICTURES)


def placed(data: bytes) -> list[tuple[int, float, float]]:
    """Page, width and height (millimetres) of each raster picture of a PDF, as it is painted."""
    found = []
    with pikepdf.open(io.BytesIO(data)) as document:
        for number, page in enumerate(document.pages, 1):
            stack, matrix = [], pikepdf.Matrix()
            for step in pikepdf.parse_content_stream(page):
                operands, operator = step.operands, step.operator
                if str(operator) == "q":
                    stack.append(matrix)
                elif str(operator) == "Q":
                    matrix = stack.pop()
                elif str(operator) == "cm":
                    matrix = pikepdf.Matrix(*(float(one) for one in operands)) @ matrix
                elif str(operator) == "Do" and page.Resources.XObject[str(operands[0])].Subtype == "/Image":
                    found.append((number, abs(matrix.a) / 72 * 25.4, abs(matrix.d) / 72 * 25.4))
    return found


def inlines(data: bytes) -> list[tuple[dict[str, str], int, int]]:
    """The properties, width and height of each picture of a Word file."""
    body = Document(io.BytesIO(data)).element.body
    sizes = [inline.find(qn("wp:extent")) for inline in body.iter(qn("wp:inline"))]
    properties = [dict(part.attrib) for part in body.iter(qn("wp:docPr"))]
    return [(known, int(size.get("cx")), int(size.get("cy"))) for known, size in zip(properties, sizes, strict=True)]


def test_the_page_holds_its_pictures_and_asks_nothing_of_anywhere() -> None:
    made = web_page(pictured())
    page = Markup(made.data.decode())
    assert page.open == []
    shown = page.values("src", "img")
    assert [base64.b64decode(src.partition(",")[2]) for src in shown] == [one.data for one in PICTURES.values()]
    assert [src.partition(";")[0] for src in shown] == ["data:image/jpeg", "data:image/png"]
    assert page.values("alt", "img") == [CAPTION, an_item(2).headline]
    assert page.values("width", "img") == ["900", "300"]
    words = html_words(made.data)
    assert words.count(CAPTION) == 1
    assert words.index(CAPTION) < words.index(joined(an_item(2).paragraphs[0]))
    assert WIDE not in made.data.decode()


def test_a_pdf_with_pictures_is_archive_and_accessible_and_has_the_same_bytes_again() -> None:
    made = pdf(pictured())
    assert made.notes == ()
    assert made.data == pdf(pictured()).data
    assert tagged_figures(made.data) == [CAPTION, an_item(2).headline]
    with pikepdf.open(io.BytesIO(made.data)) as document, document.open_metadata() as known:
        assert known.pdfa_status == "2A"
        assert known["pdfuaid:part"] == "1"


def test_on_paper_a_picture_keeps_its_shape_within_the_text_and_stands_with_its_caption() -> None:
    made = pdf(pictured())
    (first, wide, low), (_, narrow, high) = placed(made.data)
    room = load("cchc-2023").layout.text_width
    assert wide == pytest.approx(min(room, 900 / 120 * 25.4), abs=0.5)
    assert wide / low == pytest.approx(1.5, rel=0.01)
    assert narrow == pytest.approx(110 / 3, abs=0.5)
    assert high == pytest.approx(110, abs=0.5)
    words = page_texts(PdfReader(io.BytesIO(made.data)))
    assert CAPTION in words[first - 1]


def test_a_server_sets_the_same_pdf_apart() -> None:
    assert pdf(pictured(), setter=typeset_apart) == pdf(pictured())


def test_word_shows_pictures_with_what_is_read_aloud_and_numbers_them_with_the_charts() -> None:
    view = pictured(charts=(a_chart(1),))
    made = word(view, office=None)
    found = inlines(made.data)
    assert [known["id"] for known, *_ in found] == ["1", "2", "3", "4"]
    assert [known["name"] for known, *_ in found[:3]] == ["Ảnh 1", "Ảnh 2", "Biểu đồ 3"]
    assert [known["descr"] for known, *_ in found[:2]] == [CAPTION, an_item(2).headline]
    (_, wide, low), (_, _, high) = found[:2]
    assert wide <= Mm(load("cchc-2023").layout.text_width)
    assert wide / low == pytest.approx(1.5, rel=0.01)
    assert high == pytest.approx(Mm(110), rel=0.001)
    document = Document(io.BytesIO(made.data))
    lines = [line.text for line in document.paragraphs]
    assert lines.index(CAPTION) < lines.index(an_item(2).paragraphs[0])
    blobs = {part.blob for part in document.part.package.iter_parts() if "/media/" in str(part.partname)}
    assert {one.data for one in PICTURES.values()} <= blobs
    assert word(view, office=None).data == made.data


def test_a_hostile_caption_is_text_in_every_form() -> None:
    view = pictured(f"{NASTY}\n=sys.inputs")
    page = web_page(view)
    told = joined(f"{NASTY} =sys.inputs")
    assert "<script" not in page.data.decode()
    assert Markup(page.data.decode()).values("alt", "img")[0] == told
    assert told in html_words(page.data)
    paper = pdf(view)
    assert tagged_figures(paper.data)[0] == told
    assert "#panic() $x$" in joined(" ".join(page_texts(PdfReader(io.BytesIO(paper.data)))))
    document = word(view, office=None).data
    assert inlines(document)[0][0]["descr"] == told
    assert told in [line.text for line in Document(io.BytesIO(document)).paragraphs]


def test_characters_of_a_caption_that_cannot_be_shown_are_marked_with_a_note() -> None:
    view = pictured("Chuông\x07 行")
    assert [note[:12] for note in web_page(view).notes] == ["html: U+0007"]
    paper = pdf(view)
    assert sorted(note[:11] for note in paper.notes) == ["pdf: U+0007", "pdf: U+884C"]
    assert all("(item 2)" in note for note in paper.notes)
    assert tagged_figures(paper.data)[0] == "Chuông□ □"
    made = word(view, office=None)
    assert any("U+0007" in note for note in made.notes)
    assert inlines(made.data)[0][0]["descr"] == "Chuông 行"


def test_a_caption_without_words_is_none() -> None:
    view = pictured(" \n ")
    assert "<figcaption>" not in web_page(view).data.decode()
    assert tagged_figures(pdf(view).data) == [an_item(2).headline] * 2
    assert [known["descr"] for known, *_ in inlines(word(view, office=None).data)] == [an_item(2).headline] * 2


def test_only_the_copy_that_the_issue_names_is_shown() -> None:
    other = replace(PICTURES[WIDE], sha256="0" * 64)
    images = (an_image(PICTURES[WIDE], WIDE), an_image(PICTURES[HIGH], HIGH), Image(src="https://bao2.example/c.jpg"))
    issue = issue_of(an_item(2, images=images))
    unkept = {"https://bao2.example/c.jpg": PICTURES[WIDE]}
    assert a_view(issue, pictures={WIDE: other} | unkept).items[0].figures == ()
    shown = a_view(issue, pictures={HIGH: PICTURES[HIGH]} | unkept).items[0].figures
    assert [figure.picture for figure in shown] == [PICTURES[HIGH]]


@pytest.mark.parametrize("name", sorted(FORMATS.keys() - {"docx", "json"}))
def test_an_issue_that_prints_no_picture_has_the_same_bytes_whatever_is_at_hand(name: str) -> None:
    issue = an_issue(3)
    profile = load(issue.profile)
    assert render(issue, profile, name, PICTURES) == render(issue, profile, name)
    assert b"figcaption" not in render(issue, profile, name, PICTURES).data


def test_a_word_file_that_prints_no_picture_has_the_same_bytes_whatever_is_at_hand() -> None:
    assert word(a_view(an_issue(3), pictures=PICTURES), office=None) == word(a_view(an_issue(3)), office=None)


def test_mail_and_text_stay_words() -> None:
    plain, html = mail_parts(letter(pictured()).data)
    assert "<img" not in html
    assert an_item(2).headline in plain
    assert text(pictured()).data == text(a_view(pictured().issue)).data


def test_bytes_that_are_no_picture_are_one_clear_error() -> None:
    broken = replace(PICTURES[WIDE], data=b"khong phai anh")
    view = a_view(issue_of(an_item(2, images=(an_image(broken, WIDE),))), pictures={WIDE: broken})
    with pytest.raises(RenderError, match="pdf: cannot be set"):
        pdf(view)
    with pytest.raises(RenderError, match=r"docx: picture .* is damaged"):
        word(view, office=None)


@pytest.mark.parametrize("width", [360, 1280])
def test_a_screen_shows_pictures_whole_in_their_shape(browser: Browser, tmp_path: Path, width: int) -> None:  # noqa: F811
    file = tmp_path / "so.html"
    file.write_bytes(web_page(pictured(f"{CAPTION} {'x' * 300}")).data)
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == width
    shown = page.evaluate(
        "() => [...document.querySelectorAll('img')].map(img => [img.naturalWidth, img.naturalHeight, img.height])"
    )
    assert [(wide, high) for wide, high, _ in shown] == [(900, 600), (300, 900)]
    assert all(0 < height <= 640 for *_, height in shown)
    page.close()

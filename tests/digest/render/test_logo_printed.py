"""An office's logo on paper, page and in Word, whatever kind of picture it is; and a cover that says little."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from digest.profile import Profile, load
from digest.render.pdf import pdf
from digest.render.web import web_page
from digest.render.word import word
from tests.digest.render.fakes import a_picture, a_view, an_issue
from tests.digest.render.readers import Markup, joined, page_texts
from tests.digest.render.test_charts_printed import tagged_figures

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40"><circle cx="30" cy="20" r="18" fill="#006633"/></svg>'
)


def with_logo(folder: Path, kind: str, name: str) -> Profile:
    file = folder / f"hieu.{kind}"
    file.write_bytes(DRAWING.encode() if kind == "svg" else a_picture(200, 120, "image/png").data)
    profile = load(name)
    return replace(profile, masthead=replace(profile.masthead, logo=str(file)))


@pytest.mark.parametrize("kind", ["svg", "png"])
@pytest.mark.parametrize("name", ["cchc-2023", "ban-tin-thang"])
def test_a_logo_stands_in_every_file_with_what_is_read_aloud(tmp_path: Path, kind: str, name: str) -> None:
    view = a_view(an_issue(1), with_logo(tmp_path, kind, name))
    said = f"Biểu trưng {view.profile.masthead.name}"
    paper = pdf(view)
    assert paper.notes == ()
    assert tagged_figures(paper.data) == [said]
    page = Markup(web_page(view).data.decode())
    assert page.values("alt", "img") == [said]
    assert page.values("src", "img")[0].startswith("data:image/")
    document = Document(io.BytesIO(word(view, office=None).data))
    images = [part for part in document.part.package.iter_parts() if str(part.partname).startswith("/word/media")]
    assert [part.blob[:8] for part in images] == [b"\x89PNG\r\n\x1a\n"]
    assert [part.get("descr") for part in document.element.body.iter(qn("wp:docPr"))] == [said]


def test_a_cover_leaves_out_what_its_profile_does_not_say() -> None:
    plain = load("ban-tin-thang")
    masthead = replace(plain.masthead, topic="", frequency="", year="", released="", day="", show_number=False)
    view = a_view(an_issue(1), replace(plain, masthead=masthead))
    first = page_texts(PdfReader(io.BytesIO(pdf(view).data)))[0]
    assert first.startswith("Bản tin điện tử Hành chính công Trong số này:")
    document = Document(io.BytesIO(word(view, office=None).data))
    cover = document.tables[0].rows[0].cells[0]
    assert joined(cover.text) == "Bản tin điện tử Hành chính công"
    assert document.paragraphs[0].text == "Trong số này:"


def test_a_daily_without_its_day_shows_the_rest() -> None:
    plain = load("cchc-2023")
    view = a_view(an_issue(1), replace(plain, masthead=replace(plain.masthead, day="")))
    left = Document(io.BytesIO(word(view, office=None).data)).tables[0].rows[0].cells[0]
    assert [line.text for line in left.paragraphs] == ["Năm 2026", "Phát hành: 02/03/2026"]

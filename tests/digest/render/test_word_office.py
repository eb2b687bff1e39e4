"""An issue in the office's own Word file: its paper, styles, head and foot, our text, and page numbers that are right."""

import io
import itertools
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Pt
from pypdf import PdfReader

from digest.errors import RenderError
from digest.profile import Profile, load
from digest.render.marks import NO_ITEMS
from digest.render.view import Rendition
from digest.render.word import word
from digest.render.word_pages import as_pdf
from tests.digest.office_files import HEAD_WORDS, an_office_file, bare
from tests.digest.render.fakes import a_chart, a_view, an_issue, an_item, issue_of
from tests.digest.render.readers import docx_words, joined, paragraphs_of, printed_contents

OFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed")
RUNNING_HEAD = "ĐIỂM BÁO CẢI CÁCH HÀNH CHÍNH – 02/03/2026"


def of_the_office(folder: Path, data: bytes, name: str = "cchc-2023") -> Profile:
    (folder / "so.docx").write_bytes(data)
    profile = load(name)
    return replace(profile, layout=replace(profile.layout, base_docx=str(folder / "so.docx")))


def made(folder: Path, data: bytes, items: int = 6) -> Rendition:
    return word(a_view(an_issue(items), of_the_office(folder, data)), office=None)


def opened(rendition: Rendition) -> WordDocument:
    return Document(io.BytesIO(rendition.data))


def told(document: WordDocument, end: str) -> str:
    story = getattr(document.sections[0], end).part.element
    return " ".join(mark.text for mark in story.iter(qn("w:t"), qn("w:instrText")))


def test_paper_margins_head_and_foot_are_the_office_s(tmp_path: Path) -> None:
    document = opened(made(tmp_path, an_office_file()))
    page = document.sections[0]
    assert [round(length.mm) for length in (page.page_width, page.page_height, page.left_margin) if length] == [
        180,
        250,
        22,
    ]
    assert told(document, "header") == HEAD_WORDS
    assert told(document, "footer").startswith("Số 1 đường Bờ Sông")
    assert told(document, "footer").split()[-2:] == ["PAGE", "1"]


def test_its_styles_stay_and_those_it_lacks_are_added_in_its_own_face(tmp_path: Path) -> None:
    document = opened(made(tmp_path, an_office_file()))
    styles = document.styles
    assert [styles[f"Heading {level}"].style_id for level in (1, 2)] == ["u1", "u2"]
    assert str(styles["Heading 1"].font.color.rgb) == "006633"
    assert (styles["Normal"].font.name, styles["Normal"].font.size) == ("Arial", Pt(11))
    assert styles["Body Text"].font.name is None
    assert styles["Body Text"].base_style.name == "Normal"
    assert styles["Caption"].font.size == Pt(9.5)
    used = {line.style.name for line in document.paragraphs if line.style}
    assert {"Heading 1", "Heading 2", "Body Text", "toc 1", "toc 2", "Lời dẫn"} <= used
    known = {style.style_id for style in styles}
    marks = [mark.get(qn("w:val")) for tag in ("w:pStyle", "w:rStyle") for mark in document.element.iter(qn(tag))]
    assert set(marks) <= known
    assert "Siuktni" in marks  # links in the office's own style for them


def test_every_paragraph_stands_in_it_and_nothing_of_the_sample_s_text(tmp_path: Path) -> None:
    rendition = made(tmp_path, an_office_file())
    words = docx_words(rendition.data)
    assert [text for text in paragraphs_of(an_issue(6)) if text not in words] == []
    with zipfile.ZipFile(io.BytesIO(rendition.data)) as archive:
        parts = {name: archive.read(name).decode(errors="replace") for name in archive.namelist()}
    assert [name for name, part in parts.items() if "Đoạn mẫu" in part or "Ghi chú riêng" in part] == []
    assert [name for name, part in parts.items() if str(tmp_path) in part] == []
    assert "pgNumType" not in parts["word/document.xml"]


def test_a_file_without_head_and_foot_gets_ours(tmp_path: Path) -> None:
    document = opened(made(tmp_path, an_office_file(head="", foot="")))
    assert told(document, "header") == RUNNING_HEAD
    assert told(document, "first_page_header") == ""
    assert "PAGE" in told(document, "footer")


def test_a_file_with_one_of_them_gets_the_other(tmp_path: Path) -> None:
    headed = opened(made(tmp_path, an_office_file(foot="")))
    assert told(headed, "header") == HEAD_WORDS
    assert "PAGE" in told(headed, "footer")
    footed = opened(made(tmp_path, an_office_file(head="", page=True)))
    assert told(footed, "header") == RUNNING_HEAD
    assert told(footed, "footer").count("PAGE") == 0  # its own is an attribute
    numbers = footed.sections[0].footer.part.element.findall(f".//{qn('w:fldSimple')}")
    assert [number.get(qn("w:instr")).strip() for number in numbers] == ["PAGE"]


def test_a_page_told_in_the_head_is_not_told_in_the_foot_again(tmp_path: Path) -> None:
    document = opened(made(tmp_path, an_office_file(foot="", page_in_head=True)))
    assert told(document, "footer") == ""


def test_a_file_that_says_nothing_of_its_page_gets_the_profile_s(tmp_path: Path) -> None:
    page = opened(made(tmp_path, bare())).sections[0]
    lengths = (page.page_width, page.page_height, page.left_margin)
    assert [round(length.mm) for length in lengths if length] == [210, 297, 30]


def test_an_issue_without_items_and_one_with_charts_can_be_made_in_it(tmp_path: Path) -> None:
    profile = of_the_office(tmp_path, an_office_file())
    assert NO_ITEMS in docx_words(word(a_view(issue_of(), profile)).data)
    charted = word(a_view(issue_of(an_item(1, charts=(a_chart(3),))), profile), office=None)
    assert "Chỉ số hài lòng của 3 xã" in docx_words(charted.data)
    monthly = of_the_office(tmp_path, an_office_file(), "ban-tin-thang")
    assert docx_words(word(a_view(an_issue(2), monthly), office=None).data)


def test_the_same_issue_in_the_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    assert made(tmp_path, an_office_file()) == made(tmp_path, an_office_file())


def test_a_file_that_is_gone_or_spoilt_since_is_one_clear_error(tmp_path: Path) -> None:
    profile = of_the_office(tmp_path, an_office_file())
    (tmp_path / "so.docx").write_bytes(b"PK")
    with pytest.raises(RenderError, match=r"docx: key layout.base_docx: Word base so.docx: is no Word file"):
        word(a_view(an_issue(1), profile), office=None)


@needs_office
def test_printed_page_numbers_are_those_of_the_office_s_pages(tmp_path: Path) -> None:
    issue = an_issue(11)
    rendition = word(a_view(issue, of_the_office(tmp_path, an_office_file())))
    assert rendition.notes == ()
    reader = PdfReader(as_pdf(rendition.data, tmp_path, str(OFFICE)))
    pages = [joined(page.extract_text()) for page in reader.pages]
    lines = [
        line.text.rpartition("\t")
        for line in opened(rendition).paragraphs
        if line.style and line.style.name in {"toc 1", "toc 2"}
    ]
    cached = [int(number) for *_, number in lines]
    assert printed_contents(" ".join(pages), [joined(words) for words, *_ in lines]) == cached
    entries = itertools.chain.from_iterable(section.items for section in issue.sections)
    items = [number for (words, *_), number in zip(lines, cached, strict=True) if "\t" in words]
    for item, page in zip(entries, items, strict=True):
        assert f"{item.headline} {item.paragraphs[0]}" in pages[page - 1]
    assert all(HEAD_WORDS in page for page in pages)

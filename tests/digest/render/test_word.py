"""The Word file: what it says, where its contents point, and what becomes of it without LibreOffice."""

import io
import shutil
import stat
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from pypdf import PdfReader, PdfWriter

from digest.errors import RenderError
from digest.model import Issue, Item
from digest.profile import Layout, Profile, load
from digest.render.marks import NO_ITEMS
from digest.render.view import Rendition
from digest.render.word import word
from digest.render.word_masthead import TOP
from digest.render.word_pages import as_pdf, pages_of
from tests.digest.render.fakes import a_view, an_issue, an_item, issue_of
from tests.digest.render.readers import docx_words, joined, links_outside, paragraphs_of, printed_contents

OFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed")
PROFILE = load("cchc-2023")


def made(issue: Issue, profile: Profile | None = None) -> Rendition:
    """Without the LibreOffice pass."""
    return word(a_view(issue, profile), office=None)


def opened(data: bytes) -> WordDocument:
    return Document(io.BytesIO(data))


def texts(data: bytes, style: str) -> list[str]:
    return [
        paragraph.text for paragraph in opened(data).paragraphs if paragraph.style and paragraph.style.name == style
    ]


def laid_out(layout: Layout) -> Profile:
    return replace(PROFILE, layout=layout)


def a_program(folder: Path, body: str) -> str:
    """A program that stands where soffice would."""
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@pytest.mark.parametrize("sections", [2, 5])
def test_every_paragraph_stands_verbatim_in_the_file(sections: int) -> None:
    issue = an_issue(11, sections)
    words = docx_words(made(issue).data)
    assert [text for text in paragraphs_of(issue) if text not in words] == []


def test_headlines_and_sections_are_headings_in_their_order() -> None:
    issue = an_issue(11)
    data = made(issue).data
    assert texts(data, "Heading 1") == [section.title for section in issue.sections]
    assert texts(data, "Heading 2") == [item.headline for section in issue.sections for item in section.items]


def test_the_masthead_is_a_table_with_the_day_at_the_left() -> None:
    left, right = opened(made(an_issue()).data).tables[0].rows[0].cells
    assert [line.text for line in left.paragraphs] == ["Năm 2026", "THỨ HAI", "Phát hành: 02/03/2026"]
    assert [line.text for line in right.paragraphs][:3] == ["Bản tin", "Điểm báo", "CẢI CÁCH HÀNH CHÍNH"]


def test_a_numbered_issue_says_so_where_the_profile_wants_it() -> None:
    profile = replace(PROFILE, masthead=replace(PROFILE.masthead, show_number=True))
    left = opened(made(an_issue(1, 1, number=41), profile).data).tables[0].rows[0].cells[0]
    assert left.paragraphs[-1].text == "Số 41"


def test_each_contents_line_links_to_the_heading_it_names() -> None:
    issue = an_issue(11)
    headings: dict[str, str] = {}
    anchors: list[str] = []
    for line in opened(made(issue).data).element.body.iter(qn("w:p")):
        shown = "".join(part.text for part in line.iter(qn("w:t")))
        headings |= {start.get(qn("w:name")): shown for start in line.findall(qn("w:bookmarkStart"))}
        if line.style in {"TOC1", "TOC2"}:
            anchors += [link.get(qn("w:anchor")) for link in line.findall(qn("w:hyperlink"))]
    expected = [
        words for section in issue.sections for words in (section.title, *(item.headline for item in section.items))
    ]
    assert [headings[anchor] for anchor in anchors] == expected
    assert len(set(anchors)) == 13


def test_each_item_has_one_link_to_the_top_and_the_last_closes_the_issue() -> None:
    body = opened(made(an_issue(5)).data).element.body
    links = [link for link in body.iter(qn("w:hyperlink")) if link.get(qn("w:anchor")) == TOP]
    labels = ["".join(part.text for part in link.iter(qn("w:t"))) for link in links]
    assert labels == ["Về đầu trang"] * 4 + ["Về đầu trang./."]
    assert [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))].count(TOP) == 1


@pytest.mark.parametrize("sections", [2, 5])
def test_every_address_is_a_link_whether_it_is_printed_or_not(sections: int) -> None:
    issue = an_issue(6, sections)
    document = opened(made(issue).data)
    targets = {rel.target_ref for rel in document.part.rels.values() if rel.is_external}
    printed = [item.url for section in issue.sections for item in section.items]
    assert set(printed) <= targets
    words = docx_words(made(issue).data)
    assert all((url in words) == (sections == 5) for url in printed if url)


@needs_office
def test_libreoffice_keeps_the_link_of_every_source_line(tmp_path: Path) -> None:
    issue = an_issue(6)
    reader = PdfReader(as_pdf(made(issue).data, tmp_path, str(OFFICE)))
    wanted = {item.url for section in issue.sections for item in section.items}
    assert wanted <= set(links_outside(reader))


def test_the_announcement_of_a_list_stays_with_it_and_an_address_with_the_outlets_after_it() -> None:
    kinds = ("p", "p", "li", "li", "p")
    item = an_item(3, paragraphs=("Mở đầu.", "Ba việc:", "Một;", "Hai.", "Hết."), kinds=kinds)
    lines = opened(made(issue_of(item, profile="cchc"), load("cchc")).data).paragraphs
    held = {line.text: line.paragraph_format.keep_with_next for line in lines}
    assert (held["Ba việc:"], held["- Một;"]) == (True, None)
    assert next(kept for words, kept in held.items() if words.startswith("https://"))


def test_an_address_that_is_none_is_shown_without_a_link() -> None:
    data = made(issue_of(an_item(1, url="javascript:alert(1)"), profile="cchc"), load("cchc")).data
    assert not [rel for rel in opened(data).part.rels.values() if rel.is_external]
    assert "javascript:alert(1)" in docx_words(data)


def test_the_line_before_an_address_stays_with_it() -> None:
    document = opened(made(an_issue(6, 5)).data)
    places = [place for place, line in enumerate(document.paragraphs) if line.text.startswith("https://")]
    assert len(places) == 6
    assert all(document.paragraphs[place - 1].paragraph_format.keep_with_next for place in places)


def test_an_own_item_names_its_author_on_a_line_of_its_own() -> None:
    item = an_item(2, origin="own", author="Anh Thư", outlet=None, published=None, url=None, also=())
    lines = [line.text for line in opened(made(issue_of(item)).data).paragraphs]
    assert "Anh Thư Về đầu trang./." in lines


def test_an_item_without_paragraphs_and_source_keeps_its_link_to_the_top() -> None:
    item = an_item(2, paragraphs=(), kinds=(), author=None, outlet=None, published=None, url=None)
    lines = [line.text for line in opened(made(issue_of(item)).data).paragraphs]
    assert lines[-1] == "Về đầu trang./."


def test_the_source_line_does_not_run_on_from_a_subheading() -> None:
    item = an_item(2, paragraphs=("Mở đầu.", "Phần cuối"), kinds=("p", "h"))
    document = opened(made(issue_of(item)).data)
    assert [line.text for line in document.paragraphs if line.style and line.style.name == "Heading 3"] == ["Phần cuối"]
    assert any(line.text.startswith("(Bao2.example") for line in document.paragraphs)


def test_other_outlets_of_a_story_are_linked() -> None:
    document = opened(made(issue_of(an_item(3))).data)
    assert "https://bengio.example/3" in {rel.target_ref for rel in document.part.rels.values() if rel.is_external}
    assert any("Bengio.example" in line.text for line in document.paragraphs)


def test_every_style_is_in_one_face_and_in_vietnamese() -> None:
    styles = opened(made(an_issue(1, 1)).data).styles.element
    faces = {tuple(sorted(fonts.attrib.items())) for fonts in styles.iter(qn("w:rFonts"))}
    scripts = ("ascii", "cs", "eastAsia", "hAnsi")
    assert faces == {tuple((qn(f"w:{script}"), "Times New Roman") for script in scripts)}
    assert {language.get(qn("w:val")) for language in styles.iter(qn("w:lang"))} == {"vi-VN"}


def test_headings_are_not_left_at_a_page_s_foot() -> None:
    styles = opened(made(an_issue(1, 1)).data).styles
    assert all(styles[f"Heading {level}"].paragraph_format.keep_with_next for level in (1, 2, 3))


@pytest.mark.parametrize(("paper", "size"), [("a4", (210, 297)), ("19x27", (190, 270))])
def test_paper_and_margins_are_the_profile_s(paper: str, size: tuple[int, int]) -> None:
    layout = Layout(paper=paper, margin_left=25, margin_top=18)  # type: ignore[arg-type]  # both are papers
    page = opened(made(an_issue(1, 1), laid_out(layout)).data).sections[0]
    lengths = (page.page_width, page.page_height, page.left_margin, page.top_margin)
    assert [round(length.mm) for length in lengths if length] == [*size, 25, 18]


@pytest.mark.parametrize("place", ["bottom-right", "bottom-centre", "top-centre"])
def test_the_page_number_is_a_field_where_the_profile_puts_it(place: str) -> None:
    layout = Layout(page_number=place)  # type: ignore[arg-type]  # all are places
    section = opened(made(an_issue(1, 1), laid_out(layout)).data).sections[0]
    head, foot = (" ".join(part.part.element.itertext()) for part in (section.header, section.footer))
    assert ("PAGE" in head, "PAGE" in foot) == (place.startswith("top"), place.startswith("bottom"))
    assert "ĐIỂM BÁO" in head


def test_the_running_head_can_be_left_out() -> None:
    section = opened(made(an_issue(1, 1), laid_out(Layout(running_head=False))).data).sections[0]
    assert [line.text for line in section.header.paragraphs] == [""]


def test_the_properties_carry_the_issue_s_day_and_never_the_clock() -> None:
    properties = opened(made(an_issue(1, 1)).data).core_properties
    assert properties.title == "Điểm báo Cải cách hành chính 02/03/2026"
    assert properties.created == properties.modified
    assert properties.created is not None
    assert properties.created.isoformat()[:16] == "2026-03-02T00:00"  # 07:00 in Việt Nam
    assert properties.language == "vi-VN"


def test_the_same_issue_gives_the_same_bytes() -> None:
    first = made(an_issue(8)).data
    time.sleep(2.1)  # an archive's own times tell apart what lies two seconds apart
    assert made(an_issue(8)).data == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_hostile_texts_are_shown_as_text() -> None:
    hostile = (
        "<script>alert(1)</script>",
        "{{ 7*7 }} {% x %}",
        "&amp; ]]> 😀 一二",
        "Dòng một\nDòng hai\tcột",
        "\ufeffĐầu",
    )
    data = made(issue_of(an_item(2, paragraphs=hostile, kinds=(), headline="Tít <b>đậm</b> & " + "dài " * 80))).data
    words = docx_words(data)
    assert [text for text in hostile if joined(text) not in words] == []
    assert texts(data, "Heading 2") == [joined("Tít <b>đậm</b> & " + "dài " * 80)]


def test_what_xml_cannot_hold_is_left_out_and_named() -> None:
    rendition = made(issue_of(an_item(2, headline="Tít\x00 mới", paragraphs=("A\x08B\ufffe", "C"), kinds=())))
    assert texts(rendition.data, "Heading 2") == ["Tít mới"]
    assert rendition.notes[0] == "characters that no file can hold were left out: U+0000, U+0008, U+FFFE"


def test_a_line_end_in_a_headline_does_not_tear_heading_or_contents() -> None:
    data = made(issue_of(an_item(2, headline="Một\r\nhai", contents_line="Một\nhai"))).data
    assert texts(data, "Heading 2") == ["Một hai"]
    assert len(texts(data, "toc 2")) == 1


def test_an_issue_without_items_says_so_and_needs_no_page_numbers() -> None:
    rendition = word(a_view(issue_of()))
    assert rendition.notes == ()
    assert NO_ITEMS in docx_words(rendition.data)
    assert "TOC" not in " ".join(opened(rendition.data).element.body.itertext())


@pytest.mark.parametrize("office", [None, "no-such-office"])
def test_without_libreoffice_no_number_is_invented_and_a_note_says_so(office: str | None) -> None:
    rendition = word(a_view(an_issue(3)), office=office)
    lines = texts(rendition.data, "toc 2")
    assert len(lines) == 3
    assert all(line.endswith("\t") for line in lines)
    body = opened(rendition.data).element.body
    assert [mark.get(qn("w:dirty")) for mark in body.iter(qn("w:fldChar"))].count("true") == 5
    assert "LibreOffice is not there" in rendition.notes[0]


def test_a_libreoffice_that_fails_costs_the_numbers_alone(tmp_path: Path) -> None:
    rendition = word(a_view(an_issue(2)), office=a_program(tmp_path, "exit 3"))
    assert "LibreOffice made no pages (exit 3)" in rendition.notes[0]
    assert rendition.data == made(an_issue(2)).data


def test_a_program_that_cannot_be_started_costs_the_numbers_alone(tmp_path: Path) -> None:
    path = Path(a_program(tmp_path, ""))
    path.write_bytes(b"\x7fELF broken")
    assert "could not be run" in word(a_view(an_issue(2)), office=str(path)).notes[0]


def test_a_libreoffice_that_hangs_is_ended_with_what_it_started(tmp_path: Path) -> None:
    marker = tmp_path / "child"
    program = a_program(tmp_path, f"sleep 60 & echo $! > {marker}; wait")
    with pytest.raises(RenderError, match="longer than 1 s"):
        pages_of(b"", ["_Toc1000"], office=program, timeout=1)
    child = Path(f"/proc/{marker.read_text().strip()}/stat")
    for _ in range(50):  # the system takes the child in a moment after its parent
        if not child.exists() or child.read_text().split()[2] == "Z":
            break
        time.sleep(0.1)
    assert not child.exists() or child.read_text().split()[2] == "Z"


@pytest.mark.parametrize("content", [b"no pdf", b"%PDF-1.4\n%%EOF"])
def test_pages_that_cannot_be_read_cost_the_numbers_alone(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "left").write_bytes(content)
    program = a_program(tmp_path, f'while [ "$1" != --outdir ]; do shift; done; cp {tmp_path}/left "$2/issue.pdf"')
    with pytest.raises(RenderError, match="could not be read"):
        pages_of(b"", ["_Toc1000"], office=program)


@needs_office
def test_a_heading_that_libreoffice_does_not_know_is_an_error() -> None:
    assert OFFICE is not None
    with pytest.raises(RenderError, match="lack 1 of 2 headings"):
        pages_of(made(an_issue(1, 1)).data, ["_Toc1000", "_Toc9999"], office=OFFICE)


def test_numbers_that_never_settle_are_owned_up_to(tmp_path: Path) -> None:
    """A stand-in whose pages differ at each pass: its heading lies one page later every time."""
    for count in range(1, 6):
        (tmp_path / f"{count}.pdf").write_bytes(_pdf_with_destinations(pages=8, at=count))
    body = (
        f'while [ "$1" != --outdir ]; do shift; done; n=$(( $(cat {tmp_path}/n 2>/dev/null || echo 0) + 1 )); '
        f'echo $n > {tmp_path}/n; cp {tmp_path}/$n.pdf "$2/issue.pdf"'
    )
    rendition = word(a_view(an_issue(1, 1)), office=a_program(tmp_path, body))
    assert "may be off by one" in rendition.notes[0]


def _pdf_with_destinations(*, pages: int, at: int) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(100, 100)
    for name in ("5FToc1000", "5FToc1001"):
        writer.add_named_destination(name, page_number=at)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


@needs_office
@pytest.mark.parametrize("items", [11, 60])
def test_printed_page_numbers_are_those_of_the_pages(items: int, tmp_path: Path) -> None:
    issue = an_issue(items)
    rendition = word(a_view(issue))
    assert rendition.notes == ()
    reader = PdfReader(as_pdf(rendition.data, tmp_path, str(OFFICE)))
    pages = [joined(page.extract_text()) for page in reader.pages]
    entries = [entry for section in issue.sections for entry in section.items]
    cached = [int(line.rpartition("\t")[2]) for line in texts(rendition.data, "toc 2")]
    lines = [f"{item.number}. {item.contents_line}" for item in entries]
    assert printed_contents(" ".join(pages), lines) == cached
    # The first sentence stands below its heading and in no contents line.
    assert [item.number for item, page in zip(entries, cached, strict=True) if not _begins(item, pages[page - 1])] == []


def _begins(item: Item, page: str) -> bool:
    return f"{item.headline} {item.paragraphs[0]}" in page

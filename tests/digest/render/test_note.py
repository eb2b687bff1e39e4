"""The covering note: what it says, what it leaves open, and its form."""

import io
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from pypdf import PdfReader

from digest.model import Issue
from digest.profile import Profile, load
from digest.render.note import note
from digest.render.view import view_of
from digest.render.word_pages import as_pdf
from digest.wire import content_hash
from tests.digest.render.fakes import an_issue, an_item, issue_of
from tests.digest.render.readers import docx_words

OFFICE = shutil.which("soffice")
TO = ("Ban Biên tập Cổng thông tin", "Các sở, ban, ngành")


def an_office(**imprint: object) -> Profile:
    plain = load("cchc")
    known: dict[str, object] = {
        "issuer": "Ủy ban nhân dân tỉnh Bến Lau",
        "maker": "Văn phòng Ban chỉ đạo",
        "place": "Bến Lau",
        "responsible": "Người Ký Thử",
    }
    return replace(plain, imprint=replace(plain.imprint, **(known | imprint)))  # type: ignore[arg-type]  # real fields


def opened(data: bytes) -> WordDocument:
    return Document(io.BytesIO(data))


def cells(document: WordDocument, table: int) -> list[list[str]]:
    return [[line.text for line in cell.paragraphs] for cell in document.tables[table].rows[0].cells]


def test_the_head_names_office_and_state_number_place_and_day() -> None:
    made = note(view_of(an_issue(2), an_office()), recipients=TO, number="41/PG-VP")
    left, right = cells(opened(made.data), 0)
    assert [left[0], left[1], left[-1]] == ["ỦY BAN NHÂN DÂN TỈNH BẾN LAU", "VĂN PHÒNG BAN CHỈ ĐẠO", "Số: 41/PG-VP"]
    assert right[:2] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert right[-1] == "Bến Lau, ngày 02 tháng 3 năm 2026"
    bold = [run.bold for line in opened(made.data).tables[0].rows[0].cells[0].paragraphs[:2] for run in line.runs]
    assert bold == [None, True]


def test_it_lists_recipients_and_enclosures_and_where_it_is_kept() -> None:
    issue = an_issue(11, 5, number=41)
    lines = [line.text for line in opened(note(view_of(issue, an_office()), recipients=TO).data).paragraphs]
    shown = [line for line in lines if line]
    assert shown == [
        "PHIẾU GỬI",
        "Điểm báo Cải cách hành chính 02/03/2026",
        shown[2],
        "Kính gửi:",
        "- Ban Biên tập Cổng thông tin;",
        "- Các sở, ban, ngành.",
        "Văn phòng Ban chỉ đạo gửi kèm theo phiếu này các tài liệu sau:",
        "1. Tệp cchc-2026-03-02.pdf: Điểm báo Cải cách hành chính 02/03/2026 số 41 (11 tin, bài), bản PDF;",
        "2. Tệp cchc-2026-03-02.docx: Điểm báo Cải cách hành chính 02/03/2026 số 41, bản Word.",
        "Sau khi nhận được, đề nghị quý cơ quan gửi lại phiếu này cho Văn phòng Ban chỉ đạo./.",
        f"Mã nội dung (SHA-256): {content_hash(issue)}",
    ]
    left, right = cells(opened(note(view_of(issue, an_office()), recipients=TO).data), 1)
    assert left == ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]
    assert right[-1] == "Người Ký Thử"


def test_one_recipient_stands_on_the_line_itself() -> None:
    assert "Kính gửi: Sở Nội vụ" in docx_words(note(view_of(an_issue(1), an_office()), recipients=("Sở Nội vụ",)).data)


def test_what_is_not_known_is_left_out_or_left_open() -> None:
    made = note(view_of(an_issue(1), load("cchc-2023"))).data
    words = docx_words(made)
    assert cells(opened(made), 0)[0] == ["Số:           /PG"]
    assert "Ngày 02 tháng 3 năm 2026" in words
    assert "Kính gửi: ………" in words
    assert "Xin gửi kèm theo phiếu này" in words
    assert "gửi lại phiếu này./." in words
    assert "Như trên" not in words
    assert "số None" not in words


@pytest.mark.parametrize(("month", "words"), [(1, "ngày 02 tháng 01 năm"), (12, "ngày 02 tháng 12 năm")])
def test_the_first_two_months_take_a_nought(month: int, words: str) -> None:
    issue = an_issue(1)
    made = note(view_of(replace(issue, date=issue.date.replace(month=month)), an_office())).data
    assert words in docx_words(made)


def test_it_is_on_a4_whatever_the_bulletin_is_and_has_neither_head_nor_page_number() -> None:
    profile = an_office()
    small = replace(profile, layout=replace(profile.layout, paper="19x27"))
    section = opened(note(view_of(an_issue(1), small)).data).sections[0]
    assert section.page_width is not None
    assert round(section.page_width.mm) == 210
    assert section.header.is_linked_to_previous
    assert section.footer.is_linked_to_previous


def test_the_same_issue_gives_the_same_bytes_and_hostile_words_are_text() -> None:
    profile = an_office(maker="<script>alert(1)</script> #panic {{ x }}", place="Bến\x00 Lau")
    view = view_of(issue_of(an_item(1)), profile)
    made = note(view)
    assert made.data == note(view).data
    assert "<script>alert(1)</script> #panic {{ x }}" in docx_words(made.data)


def test_its_language_is_vietnamese_and_its_title_its_own() -> None:
    document = opened(note(view_of(an_issue(1), an_office())).data)
    assert document.core_properties.title == "Phiếu gửi Điểm báo Cải cách hành chính 02/03/2026"
    assert {language.get(qn("w:val")) for language in document.styles.element.iter(qn("w:lang"))} == {"vi-VN"}


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_it_is_one_page(tmp_path: Path) -> None:
    issue: Issue = an_issue(120, 5)
    made = note(view_of(issue, an_office()), recipients=tuple(f"Sở mẫu số {place}" for place in range(12)))
    reader = PdfReader(as_pdf(made.data, tmp_path, str(OFFICE)))
    assert len(reader.pages) == 1
    lines = [line.strip() for line in reader.pages[0].extract_text().splitlines()]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in " ".join(lines)

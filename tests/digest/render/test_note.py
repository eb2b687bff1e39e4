"""The covering note: what it says, what it leaves open, and its form."""

import io
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from pypdf import PdfReader

from digest.errors import ProfileError
from digest.model import Issue
from digest.profile import SHIPPED, Profile, load, parse
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
        "responsible": "Người Ký Thử, Chánh Văn phòng",
    }
    return replace(plain, imprint=replace(plain.imprint, **(known | imprint)))  # type: ignore[arg-type]  # real fields


def opened(data: bytes) -> WordDocument:
    return Document(io.BytesIO(data))


def cells(document: WordDocument, table: int, row: int = 0) -> list[list[str]]:
    """The lines of each cell that say something."""
    found = document.tables[table].rows[row].cells
    return [[line.text for line in cell.paragraphs if line.text] for cell in found]


def test_the_head_names_office_and_state_number_place_and_day() -> None:
    made = note(view_of(an_issue(2), an_office()))
    assert cells(opened(made.data), 0) == [
        ["ỦY BAN NHÂN DÂN TỈNH BẾN LAU", "VĂN PHÒNG BAN CHỈ ĐẠO"],
        ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
    ]
    assert cells(opened(made.data), 0, row=1) == [["Số: …………/PG-……"], ["Bến Lau, ngày 02 tháng 3 năm 2026"]]
    bold = [run.bold for line in opened(made.data).tables[0].rows[0].cells[0].paragraphs[:2] for run in line.runs]
    assert bold == [None, True]


def test_it_lists_recipients_and_enclosures_and_where_it_is_kept() -> None:
    issue = an_issue(11, 5, number=41)
    lines = [line.text for line in opened(note(view_of(issue, an_office(recipients=TO))).data).paragraphs]
    shown = [line for line in lines if line]
    assert shown == [
        "PHIẾU GỬI",
        "Điểm báo Cải cách hành chính 02/03/2026",
        "Kính gửi:",
        "- Ban Biên tập Cổng thông tin;",
        "- Các sở, ban, ngành.",
        "Văn phòng Ban chỉ đạo gửi kèm theo phiếu này các văn bản, tài liệu sau:",
        "1. Tệp cchc-2026-03-02.pdf: Điểm báo Cải cách hành chính 02/03/2026 số 41 (11 tin, bài), bản PDF;",
        "2. Tệp cchc-2026-03-02.docx: Điểm báo Cải cách hành chính 02/03/2026 số 41, bản Word.",
        "Sau khi nhận được, đề nghị quý cơ quan gửi lại phiếu này cho Văn phòng Ban chỉ đạo./.",
        f"Mã nội dung (SHA-256): {content_hash(issue)}",
    ]
    left, right = cells(opened(note(view_of(issue, an_office(recipients=TO))).data), 1)
    assert left == ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]
    assert right == [
        "CHÁNH VĂN PHÒNG",
        "Người Ký Thử",
        "Ngày …… tháng …… năm ………",
        "NGƯỜI NHẬN",
        "(Ký, ghi rõ họ tên)",
    ]


def test_a_title_that_tells_the_number_tells_it_once() -> None:
    profile = load("ban-tin-thang")
    issue = replace(an_issue(3, number=3), profile=profile.id)
    for pattern in (profile.masthead.title, "{name} số {number}"):
        titled = replace(profile, masthead=replace(profile.masthead, title=pattern))
        words = docx_words(note(view_of(issue, titled)).data)
        assert " số 3 (3 tin, bài), bản PDF;" not in words.replace(titled.title_on(issue.date, 3), "…")
        assert f"{titled.title_on(issue.date, 3)} (3 tin, bài), bản PDF;" in words
        assert f"{titled.title_on(issue.date, 3)}, bản Word." in words


def test_many_recipients_are_named_where_it_goes_to() -> None:
    names = tuple(f"Sở mẫu số {place}" for place in range(1, 13))
    document = opened(note(view_of(an_issue(1), an_office(recipients=names))).data)
    assert "Kính gửi: Các cơ quan, đơn vị tại Nơi nhận" in [line.text for line in document.paragraphs]
    assert cells(document, 1)[0] == ["Nơi nhận:", *(f"- {name};" for name in names), "- Lưu: VT."]


def test_a_correction_is_named_as_one() -> None:
    issue = an_issue(1, version=2, corrects=1)
    words = docx_words(note(view_of(issue, an_office())).data)
    assert "02/03/2026 (Bản đính chính, thay cho bản 1)" in words


def test_no_words_are_underlined_a_line_is_drawn_below_them() -> None:
    body = opened(note(view_of(an_issue(1), an_office())).data).element.body
    assert list(body.iter(qn("w:u"))) == []
    assert len(list(body.iter(qn("w:pBdr")))) == 3


def test_one_recipient_stands_on_the_line_itself() -> None:
    assert "Kính gửi: Sở Nội vụ" in docx_words(note(view_of(an_issue(1), an_office(recipients=("Sở Nội vụ",)))).data)


def test_what_is_not_known_is_left_out_or_left_open() -> None:
    made = note(view_of(an_issue(1), load("cchc-2023"))).data
    words = docx_words(made)
    assert cells(opened(made), 0, row=1)[0] == ["Số: …………/PG-……"]
    assert cells(opened(made), 0)[0] == []
    assert cells(opened(made), 1)[1][0].startswith("………")
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
@pytest.mark.parametrize("count", [4, 12])
def test_it_is_one_page(tmp_path: Path, count: int) -> None:
    issue: Issue = an_issue(120, 5)
    names = tuple(f"Sở Mẫu và Phát triển thử nghiệm tỉnh Bến Lau số {place}" for place in range(count))
    made = note(view_of(issue, an_office(recipients=names)))
    reader = PdfReader(as_pdf(made.data, tmp_path, str(OFFICE)))
    assert len(reader.pages) == 1
    lines = [line.strip() for line in reader.pages[0].extract_text().splitlines()]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in " ".join(lines)


def test_more_recipients_than_a_page_takes_are_refused_when_the_profile_is_loaded() -> None:
    plain = (SHIPPED / "cchc.toml").read_text(encoding="utf-8")
    named = plain.replace("[imprint]\n", "[imprint]\nrecipients = {}\n")
    twelve = [f"Sở {place}" for place in range(12)]
    assert parse(named.format(json.dumps(twelve)), source="toi.toml").imprint.recipients == tuple(twelve)
    with pytest.raises(ProfileError, match=r"profile toi.toml, key imprint.recipients: "):
        parse(named.format(json.dumps([*twelve, "Sở 13"])), source="toi.toml")

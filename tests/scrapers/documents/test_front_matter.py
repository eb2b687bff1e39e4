import pytest

from scrapers.documents.flow import Paragraph
from scrapers.documents.front_matter import Front, front_of
from tests.fakes import at


def front(*told: Paragraph | str, name: str | None = None) -> Front:
    return front_of([Paragraph(text=one) if isinstance(one, str) else one for one in told], name=name)


def heading(text: str, size: float = 1.0, page: int = 0) -> Paragraph:
    return Paragraph(text=text, kind="h", size=size, page=page)


def test_the_title_is_what_is_set_largest_on_the_first_page_with_its_second_line():
    read = front(
        heading("TẠP CHÍ", 11), heading("Xã ven sông", 20), heading("trả giấy sớm", 20), heading("Một cửa", 13), "Xã."
    )
    assert read.title == "Xã ven sông trả giấy sớm"
    assert [one.text for one in read.rest] == ["TẠP CHÍ", "Một cửa", "Xã."]


def test_a_heading_of_a_later_page_is_no_title():
    assert front("Xã trả giấy.", heading("Một cửa", 20, page=1)).title == "Xã trả giấy."


def test_the_states_name_and_motto_are_no_title():
    read = front(
        heading("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"), heading("Độc lập - Tự do - Hạnh phúc"), heading("BÁO CÁO"), "Xã."
    )
    assert read.title == "BÁO CÁO"


def test_without_a_heading_the_name_or_the_first_sentence_is_the_title():
    assert front("Xã trả giấy trong buổi sáng. Bà con mừng.", name="bai-1").title == "bai-1"
    assert front("Xã trả giấy trong buổi sáng. Bà con mừng.").title == "Xã trả giấy trong buổi sáng."
    assert front("xã " * 100).title == ("xã " * 66).strip()
    assert front("x" * 300).title == "x" * 200
    assert front().title == ""


@pytest.mark.parametrize("line", ["Tác giả: Lê Bến", "Bài, ảnh: LÊ BẾN", "Tin và ảnh: Lê Bến – Hà Lúa"])
def test_a_by_line_that_says_so_names_the_author(line: str):
    read = front(heading("Một cửa"), "Xã trả giấy.", line)
    assert read.author == line.partition(": ")[2]
    assert [one.text for one in read.rest] == ["Xã trả giấy."]


def test_a_name_with_a_footnote_is_the_author():
    read = front(heading("MỘT CỬA Ở XÃ"), heading("LÊ THỊ BẾN (*)"), "(*) Chủ tịch xã", "Xã trả giấy.")
    assert (read.title, read.author) == ("MỘT CỬA Ở XÃ", "LÊ THỊ BẾN")
    assert [one.text for one in read.rest] == ["(*) Chủ tịch xã", "Xã trả giấy."]


@pytest.mark.parametrize("line", ["Lê Bến", "Ảnh: minh họa", "Bài: 12", "Chú thích (*)"])
def test_what_is_not_clear_is_no_author(line: str):
    read = front(heading("Một cửa"), "Xã trả giấy.", line)
    assert read.author is None
    assert len(read.rest) == 2


@pytest.mark.parametrize(
    "line",
    ["Bến Đò, ngày 3 tháng 4 năm 2026", "ngày 3 tháng 4 năm 2026.", "Số: 12/BC | Bến Đò, ngày 03 tháng 4 năm 2026"],
)
def test_a_day_that_stands_alone_is_the_documents(line: str):
    assert front(heading("BÁO CÁO"), line, "Xã trả giấy.").published == at("2026-04-03 00:00")


def test_a_day_in_a_sentence_or_two_days_are_not_known_to_be_the_documents():
    assert front("Từ ngày 3 tháng 4 năm 2026, xã trả giấy.").published is None
    assert front("Bến Đò, ngày 3 tháng 4 năm 2026", "Bến Đò, ngày 4 tháng 4 năm 2026").published is None
    assert front("Bến Đò, ngày 31 tháng 2 năm 2026").published is None


def test_a_bold_first_paragraph_above_plain_ones_is_the_standfirst():
    bold = Paragraph(text="Xã trả giấy trong buổi sáng. " * 3, bold=True)
    assert front(heading("Một cửa"), bold, "Xã.").sapo == bold.text
    assert front(heading("Một cửa"), bold, bold).sapo is None
    assert front(heading("Một cửa"), "Xã.", bold).sapo is None

"""A monthly: titles in capitals, by-lines below, banners and page heads in the middle of things."""

from datetime import date

import pytest

from digest.bulletin.by_lines import ByLine, by_line_at_the_end, by_line_of
from digest.bulletin.lines import Line
from digest.bulletin.monthly import looks_monthly, read_monthly
from digest.errors import InputError
from tests.digest.bulletin.fakes import LONG, SHORT, lines

DAY = date(2026, 3, 31)
CHART = [f"Xã Gò Sậy {number}" for number in range(8)]


def _monthly() -> list[Line]:
    return [
        *lines("Lời nói đầu đứng trước mọi bài.", "MƯỜI HAI THỦ TỤC BỎ GIẤY XÁC NHẬN", "CỦA NĂM TRƯỚC"),
        *lines(LONG, "Câu này bị trang cắt giữa"),
        *lines("CẢI CÁCH THỦ TỤC Ở CƠ SỞ XÃ", kind="h"),
        *lines(
            "Ngang rồi mới đi tiếp.", "Bà con xếp hàng từ sớm - Ảnh: Đoàn lãnh đạo nghe báo cáo", *CHART, f"{SHORT}./."
        ),
        *lines("Lê Bến", kind="h"),
        *lines("CHẤM ĐIỂM CÁN BỘ MỘT CỬA BẰNG PHIẾU", kind="h"),
        *lines(SHORT),
        *lines("TRUNG TÂM HÀNH CHÍNH", kind="h"),  # the rest of a page's head
        *lines(f"{LONG}./.", "Bà Sáu nhận giấy khai sinh của cháu Trần Mây"),
        *lines("BÀI IN LẠI TỪ BÁO KHÁC", kind="h"),
        *lines("XÃ HỘI SỐ Ở BẢN XA XÔI NHẤT", kind="h"),
        *lines(LONG, "Người dân đọc mã trên cửa"),
        *lines("Nguồn: baolua.example", kind="li"),
        *lines("Nguồn: ảnh của bạn đọc", kind="li"),  # its caption stands nowhere
        *lines("Máy lấy số ở cửa. Nguồn: baolua.example"),
        *lines("Ngô Sương (Báo Lúa)"),
    ]


def test_articles_come_out_with_title_author_and_text():
    read = read_monthly(_monthly(), day=DAY)
    items = [item for section in read.sections for item in section.items]
    assert [(item.headline, item.author, item.outlet, item.origin) for item in items] == [
        ("MƯỜI HAI THỦ TỤC BỎ GIẤY XÁC NHẬN CỦA NĂM TRƯỚC", "Lê Bến", None, "own"),
        ("CHẤM ĐIỂM CÁN BỘ MỘT CỬA BẰNG PHIẾU", "Trần Mây", None, "own"),
        ("BÀI IN LẠI TỪ BÁO KHÁC XÃ HỘI SỐ Ở BẢN XA XÔI NHẤT", "Ngô Sương", "Báo Lúa", "press"),
    ]
    assert items[0].paragraphs == (LONG, "Câu này bị trang cắt giữa Ngang rồi mới đi tiếp.", f"{SHORT}./.")
    assert items[1].paragraphs == (SHORT, f"{LONG}./.")
    assert items[2].paragraphs == (LONG,)


def test_a_reprint_says_what_of_its_source_is_not_known_and_an_own_article_owes_no_source():
    items = [item for section in read_monthly(_monthly(), day=DAY).sections for item in section.items]
    assert [item.flags for item in items] == [(), (), ("no-date", "no-address")]


def test_a_banner_names_the_section_from_the_article_it_stands_in():
    read = read_monthly(_monthly(), day=DAY)
    assert [(section.key, section.title, len(section.items)) for section in read.sections] == [
        ("cai_cach_thu_tuc_o_co_so_xa", "CẢI CÁCH THỦ TỤC Ở CƠ SỞ XÃ", 3)
    ]


def test_captions_and_what_charts_say_are_left_out_and_counted():
    notes = read_monthly(_monthly(), day=DAY).notes
    assert [note.split(" lines")[0] for note in notes] == [
        "item 1: 9",
        "item 2: 1 line left out: captions and what charts say",
        "item 3: 4",
    ]


def test_a_monthly_names_no_day_of_its_own():
    with pytest.raises(InputError, match="give the monthly's with --date"):
        read_monthly(_monthly(), day=None)


def test_one_article_is_no_monthly():
    assert looks_monthly(_monthly())
    assert not looks_monthly(_monthly()[:17])
    assert not looks_monthly(lines(LONG, SHORT))


def test_an_article_without_a_name_says_so():
    read = read_monthly(lines("MỘT BÀI KHÔNG TÊN NGƯỜI VIẾT", f"{LONG}./.", "HAI BÀI CÓ TÊN", LONG, "Lê Bến"), day=DAY)
    first, second = read.sections[0].items
    assert (first.author, first.flags) == (None, ("no-author",))
    assert (second.number, second.author) == (2, "Lê Bến")
    assert read.sections[0].title == "TIN, BÀI"


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Lê Bến", ByLine(author="Lê Bến")),
        ("Lê Bến – Trần Mây", ByLine(author="Lê Bến – Trần Mây")),
        ("Mây Xa - Vụ Việc gần, Bộ Bàn", ByLine(author="Mây Xa - Vụ Việc gần, Bộ Bàn")),
        ("Ths. Ngô Thị Sương (Tạp chí Bờ)", ByLine(author="Ths. Ngô Thị Sương", outlet="Tạp chí Bờ")),
        ("Toàn cảnh buổi họp", None),
        ("Lê Bến.", None),
        ("LÊ BẾN", None),
        (f"Lê Bến {LONG}", None),
        ("", None),
    ],
)
def test_by_lines_in_their_shapes(text, by):
    assert by_line_of(text) == by


def test_a_name_that_a_caption_runs_into_is_found_behind_it():
    assert by_line_at_the_end("Trao quà năm 2022 Lê Bến") == ("Trao quà năm 2022", ByLine(author="Lê Bến"))
    assert by_line_at_the_end("Trao quà ở Gò") is None
    assert by_line_at_the_end("Lê Bến") is None
    assert by_line_at_the_end("Câu hết.") is None

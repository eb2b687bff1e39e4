"""The contents: numbers, leaders, pages, and whose line is whose."""

from digest.bulletin.contents import entries_of, lines_of_items, without_page
from digest.bulletin.lines import Line
from tests.digest.bulletin.fakes import lines


def _told(*texts: str) -> list[tuple[int | None, str, int | None]]:
    return [(entry.number, entry.text, entry.page) for entry in entries_of(lines(*texts))]


def test_leaders_and_pages_are_taken_off():
    assert _told(
        "MỤC MỘT.....\t1", "1. Một việc.....\t1", "2. Việc 24 giờ\t2", "MỤC HAI . . . . 3", "3. Ba........ 12"
    ) == [
        (None, "MỤC MỘT", 1),
        (1, "Một việc", 1),
        (2, "Việc 24 giờ", 2),
        (None, "MỤC HAI", 3),
        (3, "Ba", 12),
    ]


def test_without_pages_the_words_stay_whole():
    assert _told("MỤC MỘT", "1. Một việc", "2. Việc của quý 3", "3. Ba việc...") == [
        (None, "MỤC MỘT", None),
        (1, "Một việc", None),
        (2, "Việc của quý 3", None),
        (3, "Ba việc...", None),
    ]
    assert without_page("Chưa biết trang\t") == "Chưa biết trang"
    assert without_page("Chưa biết trang......") == "Chưa biết trang"


def test_pages_behind_one_blank_are_known_by_their_rising():
    assert _told("MỤC MỘT 1", "1. Một việc 1", "2. Việc của quý 3 4") == [
        (None, "MỤC MỘT", 1),
        (1, "Một việc", 1),
        (2, "Việc của quý 3", 4),
    ]
    assert _told("MỤC MỘT 9", "1. Việc của quý 3")[0] == (None, "MỤC MỘT 9", None)


def test_entries_that_run_together_are_parted_where_they_go_on_counting():
    assert _told("1. Nghị quyết 57. 2 năm........ 1 2. Việc 3. phụ........ 2", "3. Ba........ 3") == [
        (1, "Nghị quyết 57. 2 năm", 1),
        (2, "Việc 3. phụ", 2),
        (3, "Ba", 3),
    ]


def test_an_items_line_is_the_one_that_leads_to_it():
    entries = entries_of(
        [Line(text="2. Hai", anchor="b"), Line(text="1. Một", anchor="a"), Line(text="3. Đã bỏ", anchor="c")]
    )
    assert lines_of_items(entries, ["Tin một", "Tin hai", "Bản sao của một", "Tin mới"], ["a", "b", "a", None]) == [
        "Một",
        "Hai",
        "Bản sao của một",
        "Tin mới",
    ]


def test_without_places_the_order_tells_and_where_numbers_differ_the_words():
    entries = entries_of(lines("1. Hạ Nguồn: DN chấm điểm bốn sở", "2. Một việc khác hẳn"))
    headlines = ["Hạ Nguồn: Doanh nghiệp chấm điểm bốn sở", "Tin bên dưới"]
    assert lines_of_items(entries, headlines, [None, None]) == [
        "Hạ Nguồn: DN chấm điểm bốn sở",
        "Một việc khác hẳn",
    ]
    headlines = ["Một việc khác hẳn", "Xã Gò Sậy thử việc", "Hạ Nguồn: Doanh nghiệp chấm điểm bốn sở"]
    assert lines_of_items(entries, headlines, [None] * 3) == [
        "Một việc khác hẳn",
        "Xã Gò Sậy thử việc",
        "Hạ Nguồn: DN chấm điểm bốn sở",
    ]
    assert lines_of_items([], ["Một"], [None]) == ["Một"]


def test_dots_that_are_a_headlines_own_come_back():
    entries = entries_of(lines("1. Chuyện còn dài............ 2"))
    assert lines_of_items(entries, ["Chuyện còn dài..."], [None]) == ["Chuyện còn dài..."]

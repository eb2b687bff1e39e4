"""Where a Vietnamese sentence ends, and where it only seems to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.sentences import spans, split


@pytest.mark.parametrize(
    "sentence",
    [
        "TP. Hồ Chí Minh và TP.HCM là một.",
        "GS.TS. Lê Văn Kha chủ trì cùng PGS. TS. Trần Mộc.",
        "Theo Nhandan.vn và Plo.vn, việc đã xong.",
        "Cả huyện có 7.114 hồ sơ, tăng 3.5 lần.",
        "Xem Tr. 5 và Tr. 6 của tập Điều lệ.",
        "Ông Lê Văn K. (ngụ Q. Ninh Kiều) và bà T. Bình cùng khai.",
        "Gồm khai sinh, khai tử, kết hôn, v.v. và các việc khác.",
        "“Làm ngay!” - ông Kha yêu cầu.",
        "“Có được không?” là câu nhiều người hỏi.",
        "1. Khuyến khích nộp qua mạng.",
        "a. Thành phần hồ sơ.",
        "2.1. Trình tự thực hiện.",
        "Điều kiện gồm: 1. Có hộ khẩu.",
        "Chờ mãi... rồi cũng xong.",
        "Điều 5. Hồ sơ gồm một tờ đơn.",
    ],
)
def test_a_sentence_stays_whole(sentence: str):
    assert split(sentence) == [sentence]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Xã đã làm. Huyện sẽ theo.", ["Xã đã làm.", "Huyện sẽ theo."]),
        ("Xã làm được không? Được! Huyện theo.", ["Xã làm được không?", "Được!", "Huyện theo."]),
        ("“Làm ngay. Không chờ.” Ông Kha nói.", ["“Làm ngay.", "Không chờ.”", "Ông Kha nói."]),
        ("Ông nói (rất vui.) Rồi đi.", ["Ông nói (rất vui.)", "Rồi đi."]),
        ("Ông nói: “Xong rồi…” “Thật chứ?”", ["Ông nói: “Xong rồi…”", "“Thật chứ?”"]),
        ("Có ba bước. 2 bước đầu làm tại nhà.", ["Có ba bước.", "2 bước đầu làm tại nhà."]),
        ("Tít không có chấm\nSapo bắt đầu.", ["Tít không có chấm", "Sapo bắt đầu."]),
        ("Tên là TP.\nDòng sau.", ["Tên là TP.", "Dòng sau."]),
        ("Đã xong. \u0110ến lượt huyện.", ["Đã xong.", "Đến lượt huyện."]),
        ("Năm 2026. 3 xã đi đầu.", ["Năm 2026.", "3 xã đi đầu."]),
        ("Đây là một câu rất dài để dòng vượt quá sáu mươi chữ cái và kết thúc ở đây. Hết.", None),
        ("", []),
        (" \n\t ", []),
    ],
)
def test_sentences_end_where_they_end(text: str, expected: list[str] | None):
    found = split(text)
    assert found == expected if expected is not None else len(found) == 2


def test_a_long_sentence_may_end_in_an_abbreviation():
    text = "Đây là một câu rất dài để dòng vượt quá sáu mươi chữ cái trước khi nhắc tới TP. Hồ Chí Minh. Hết."
    assert len(split(text)) == 2


def test_blanks_before_a_sentence_do_not_change_where_it_ends():
    text = "1. Khuyến khích nộp qua mạng. Xã đã làm."
    assert split(f"Trước.\n{' ' * 90}{text}")[1:] == split(text)


def test_rows_of_points_and_line_ends_are_read_once():
    assert split("." * 200_000 + "a") == ["." * 200_000 + "a"]
    assert split(f"Một.{chr(10) * 200_000}Hai.") == ["Một.", "Hai."]


def test_vietnamese_small_letters_do_not_begin_a_sentence():
    assert split("Gồm khai sinh... ấp nào cũng có. Ấp nào cũng vui.") == [
        "Gồm khai sinh... ấp nào cũng có.",
        "Ấp nào cũng vui.",
    ]


_WORDS = st.sampled_from(
    ["Xã", "làm.", "“Ngay!”", "TP.", "1.", "…", "và", "\n", " ", "7.114", ")", "(", '"', "?", "ông"]
)


@given(st.one_of(st.text(max_size=200), st.lists(_WORDS, max_size=40).map(" ".join)))
def test_only_white_space_is_left_out(text: str):
    end = 0
    for start, stop in spans(text):
        assert start >= end
        assert not text[end:start].strip()
        assert text[start:stop] == text[start:stop].strip() != ""
        assert "\n" not in text[start:stop]
        end = stop
    assert not text[end:].strip()

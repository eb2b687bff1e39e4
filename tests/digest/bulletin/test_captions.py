"""Captions of pictures that a text file lost: told by their credit, by the gap, by who is seen to do what."""

import pytest

from digest.bulletin.captions import caption_lines
from digest.bulletin.pages import printed_lines

FULL = [
    "Bộ phận một cửa của xã mở thêm buổi chiều thứ Bảy để người đi làm xa về kịp nộp hồ sơ và",
    "mỗi hồ sơ có một người chịu trách nhiệm đến cùng thay vì chuyển qua ba phòng như trước đây.",
]
AFTER = [
    "Chủ tịch xã nói việc này không cần thêm người, chỉ cần xếp lại ca trực cho hợp lý hơn trước,",
    "và quầy không đóng vào giờ nghỉ trưa của các ngày phiên chợ trong tuần.",
]


def _captions(caption: list[str], *, gap: int) -> list[str]:
    """What is told as a caption in a file with a blank line below every line."""
    lines = [one for line in FULL * 3 for one in (line, "")] + [" "] * (gap - 1)
    lines += ([] if gap == 0 else [""])[1:]
    lines = lines[:-1] if gap == 0 else lines
    lines += [one for line in (*caption, *AFTER) for one in (line, "")]
    found = caption_lines(printed_lines(lines))
    return [lines[number - 1] for number in sorted(found)]


@pytest.mark.parametrize(
    "caption",
    [
        ["Quầy một cửa ở chợ phiên - Ảnh: Lê Bến"],
        ["Quầy một cửa ở chợ phiên - Ảnh Lê Bến"],
        ["Quầy một cửa ở chợ phiên của xã Gò Sậy", "trong sáng thứ Hai - Nguồn: bobut.example"],
        ["Máy lấy số ở cửa cho người cao tuổi. Nguồn: bobut.example"],
        ["Máy lấy số ở cửa - Ảnh: sưu tầm"],
        ["Máy lấy số ở cửa (Ảnh: Lê Bến)"],
        ["Máy lấy số ở cửa, nơi bà con đến từ rất sớm vào những ngày phiên chợ cuối năm -", "Ảnh: BL"],
        ["Trung tâm điều hành phục vụ người dân - Ảnh: Đoàn lãnh đạo nghe trung tâm báo", "cáo hoạt động của tỉnh"],
        ["Toàn cảnh quầy một cửa"],
        ["Tính năng của ứng dụng Lúa"],
    ],
)
def test_a_caption_behind_the_gap_that_its_picture_left_is_told_whole(caption):
    assert _captions(caption, gap=3) == caption


@pytest.mark.parametrize(
    "caption", [["Toàn cảnh hội nghị"], ["Ông Lê Bến – Giám đốc Trung tâm trình bày tham luận", "tại hội nghị"]]
)
def test_at_a_pages_top_a_caption_is_told_by_who_is_seen_to_do_what(caption):
    assert _captions(caption, gap=0) == caption


@pytest.mark.parametrize(
    ("caption", "gap"),
    [
        (["Những việc còn lại của năm"], 0),
        (["Những việc còn lại của năm"], 1),
        (["Toàn cảnh hội nghị"], 1),
        (["QUẦY MỘT CỬA Ở CHỢ PHIÊN"], 3),
        (["Câu này là một câu trọn vẹn của bài."], 3),
        (["12,5 13,6"], 3),
        (
            [
                "đang nói dở, câu này",
                "đi tiếp rất lâu, dòng",
                "nọ nối dòng kia, mãi",
                "mới hết, mà không có",
                "chữ hoa nào cả",
            ],
            3,
        ),
    ],
)
def test_a_subheading_a_title_a_sentence_and_figures_are_none(caption, gap):
    assert _captions(caption, gap=gap) == []


def test_a_text_without_wide_lines_has_none_and_does_not_fail():
    assert caption_lines([]) == set()
    assert caption_lines(printed_lines(["Một", "", "Hai", " ", "", "Ba"])) == set()

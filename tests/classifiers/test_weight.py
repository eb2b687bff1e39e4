"""What makes a sentence weighty: a decision, a figure, a deadline, a document's number."""

import pytest

from classifiers.weight import figures, weight


@pytest.mark.parametrize(
    ("sentence", "signs"),
    [
        ("Trời nắng đẹp và bà con rất vui.", 0),
        ("Ông Kha sinh ở xã ven sông.", 0),
        ("Trận đấu diễn ra tối 12.", 0),
        ("UBND tỉnh phê duyệt đề án một cửa.", 1),
        ("Xã giảm 25,5% lệ phí.", 1),
        ("Cả huyện có 7.114 hồ sơ.", 1),
        ("Việc rà soát xong trước ngày 15/3.", 1),
        ("Chậm nhất trong quý II phải có kết quả.", 1),
        ("Các xã làm theo Nghị quyết 57 của tỉnh.", 1),
        ("Văn bản mang số 68/NQ-CP.", 1),
        ("Cán bộ xã xem lại luật Đất đai.", 1),
        ("Cán bộ xã xem lại Luật số 15/2026.", 1),
        ("Cán bộ xã xem lại Bộ luật lao động.", 1),
        ("Bà là luật sư ở xã ven sông.", 0),
        ("Ai cũng sống theo pháp luật Việt Nam.", 0),
        ("Cô học ở trường Đại học Luật Sông Xanh.", 0),
        ("Quyết định 12/QĐ-UBND ban hành ngày 3/2 cắt giảm 30% thủ tục trước ngày 15/3.", 4),
    ],
)
def test_the_signs_of_a_sentence_are_counted(sentence: str, signs: int):
    assert weight(sentence) == signs


@pytest.mark.parametrize(
    ("headline", "found"),
    [
        ("Xã cấp hơn 75.000 thẻ trong năm 2023", {"75.000"}),
        ("Giảm 20% lệ phí, trả kết quả sau 7 ngày", {"20%", "7 ngày"}),
        ("Giảm 20 % lệ phí", {"20%"}),
        ("Chỉ số đạt 8,34 điểm", {"8,34"}),
        ("Họp ngày 15/3 về Nghị quyết 68/NQ-CP", set()),
        ("Xã mở thêm một buổi", set()),
    ],
)
def test_the_figures_of_a_headline_are_found(headline: str, found: set[str]):
    assert figures(headline) == found

"""What is news against what was printed; the reports are invented."""

import pytest

from classifiers.novelty import has_news
from tests.fakes import an_article

TOLD = an_article(
    id="p1",
    title="Tỉnh Sông Xanh đề xuất gộp ba mươi thôn nhỏ",
    sapo="Sở Nội vụ tỉnh Sông Xanh lấy ý kiến về đề án gộp 30 thôn, dự kiến giảm 400 người.",
    paragraphs=("Đề án dựa trên Nghị quyết 12/NQ-SX.", "Kinh phí 2,5 tỷ đồng lấy từ ngân sách xã."),
)


def report(title: str, sapo: str = "", *paragraphs: str):
    return an_article(id="a1", title=title, sapo=sapo or None, paragraphs=paragraphs)


def test_everything_is_news_where_nothing_was_printed():
    assert has_news(TOLD, [])


def test_a_copy_has_no_news():
    assert not has_news(TOLD, [TOLD])


def test_a_rewrite_of_another_outlet_has_no_news():
    rewrite = report("Sông Xanh đề xuất gộp 30 thôn nhỏ", "Tỉnh Sông Xanh đang lấy ý kiến về đề án gộp thôn.")
    assert not has_news(rewrite, [TOLD])


def test_what_a_body_printed_before_is_no_news_in_a_title():
    again = report("Gộp 30 thôn nhỏ ở Sông Xanh tốn 2,5 tỉ đồng", "Đề xuất theo Nghị quyết số 12/NQ-SX.")
    assert not has_news(again, [TOLD])


def test_a_decision_after_a_plan_is_news():
    decided = report("Sông Xanh thông qua đề án gộp 30 thôn nhỏ", "Hội đồng tỉnh Sông Xanh vừa thông qua đề án.")
    assert has_news(decided, [TOLD])
    assert not has_news(decided, [TOLD, decided])


def test_a_new_document_number_is_news():
    assert has_news(report("Tỉnh Sông Xanh gộp 30 thôn nhỏ", "Đề xuất theo Quyết định 88/QĐ-SX."), [TOLD])


def test_figures_of_which_nothing_was_told_are_news():
    told = report("Tỉnh Sông Xanh đề xuất gộp thôn nhỏ")
    later = report("Tỉnh Sông Xanh đề xuất gộp thôn nhỏ", "Đề án bớt 210 cán bộ, tiết kiệm 14 tỷ đồng mỗi năm.")
    assert has_news(later, [told])
    assert not has_news(later, [told, later])


def test_a_title_that_counts_otherwise_is_news():
    told = report("Lũ cô lập 5.000 người ở xã Bến Tre Xanh")
    assert has_news(report("Lũ cô lập 14.000 người ở xã Bến Tre Xanh"), [told])
    assert not has_news(report("Lũ cô lập 5.100 người ở xã Bến Tre Xanh"), [told])


def test_a_title_of_other_words_is_news():
    told = report("Thanh tra bếp ăn trường tiểu học Cù Lao", "Sau vụ ngộ độc, xã kiểm tra bếp ăn của trường.")
    other = report("Hiệu trưởng nộp đơn từ chức", "Sau vụ ngộ độc, hiệu trưởng trường tiểu học Cù Lao xin thôi việc.")
    assert has_news(other, [told])


@pytest.mark.parametrize("text", ["", "một", "?!…", "\u0000\u202e", "x" * 1_000_000, "việc " * 200_000])
def test_hostile_texts_are_judged(text):
    hostile = report(text, text)
    assert not has_news(hostile, [hostile])
    assert has_news(hostile, [TOLD]) in {True, False}
    assert has_news(TOLD, [hostile]) in {True, False}

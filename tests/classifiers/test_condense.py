"""What is left of an article that is too long: a beginning of it, word for word."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.condense import CUT_MARK, condense, count_words
from classifiers.sentences import split
from digest.model import Kind

TEN = "Câu này có đúng mười chữ để dễ đếm thôi."


def paragraph(sentences: int) -> str:
    return " ".join([TEN] * sentences)


def total(paragraphs: Sequence[str]) -> int:
    return sum(count_words(text.removesuffix(f" {CUT_MARK}")) for text in paragraphs)


def test_the_measure_is_syllables():
    assert count_words(TEN) == 10


def test_a_short_article_is_printed_whole():
    result = condense([paragraph(2), paragraph(3)], ["p", "q"], words=100)
    assert result.paragraphs == (paragraph(2), paragraph(3))
    assert result.kinds == ("p", "q")
    assert not result.cut


def test_a_tenth_too_long_is_still_printed_whole():
    assert not condense([paragraph(5), paragraph(6)], [], words=100).cut
    assert condense([paragraph(6), paragraph(6)], [], words=100).cut


def test_missing_kinds_mean_text():
    assert condense([TEN, TEN], [], words=100).kinds == ("p", "p")


def test_whole_paragraphs_go_first():
    result = condense([paragraph(5), paragraph(4), paragraph(6)], [], words=100)
    assert result.paragraphs == (paragraph(5), f"{paragraph(4)} {CUT_MARK}")
    assert result.cut


def test_where_that_leaves_too_little_the_next_paragraph_is_begun():
    result = condense([paragraph(3), paragraph(20)], [], words=100)
    assert result.paragraphs == (paragraph(3), f"{paragraph(7)} {CUT_MARK}")


def test_a_first_paragraph_that_is_too_long_is_cut_by_sentences():
    assert condense([paragraph(30)], [], words=50).paragraphs == (f"{paragraph(5)} {CUT_MARK}",)


def test_at_least_one_sentence_is_printed():
    assert condense([paragraph(3)], [], words=1).paragraphs == (f"{TEN} {CUT_MARK}",)


def test_a_sentence_that_does_not_fit_ends_at_the_paragraph_before():
    long = "Một câu dài " + "không dứt " * 40 + "mới hết."
    assert condense([paragraph(5), long], [], words=60).paragraphs == (f"{paragraph(5)} {CUT_MARK}",)


def test_a_list_of_clauses_is_kept_whole_or_left_out_with_its_lead_in():
    listing = ["Điều kiện gồm:", "có hộ khẩu ở xã;", "đã nộp lệ phí;", "không nợ hồ sơ."]
    kept = condense([paragraph(4), *listing, paragraph(10)], ["p", "p", "li", "li", "li", "p"], words=60)
    assert kept.paragraphs[1:5] == (*listing[:3], f"{listing[3]} {CUT_MARK}")
    assert kept.kinds == ("p", "p", "li", "li", "li")
    left = condense([paragraph(4), *listing, paragraph(10)], ["p", "p", "li", "li", "li", "p"], words=45)
    assert left.paragraphs == (f"{paragraph(4)} {CUT_MARK}",)


def test_clauses_that_are_plain_paragraphs_stand_together_too():
    clauses = [f"bước thứ {n} là một việc;" for n in range(20)]
    result = condense([paragraph(6), "Trình tự:", *clauses, TEN], [], words=90)
    assert result.paragraphs == (f"{paragraph(6)} {CUT_MARK}",)


def test_an_article_that_opens_with_a_list_keeps_it_whole():
    listing = ["Gồm:", *(f"việc thứ {n};" for n in range(30))]
    result = condense([*listing, "hết việc.", paragraph(9)], [], words=10)
    assert result.paragraphs == (*listing, f"hết việc. {CUT_MARK}")


def test_a_subheading_is_never_the_last_line():
    result = condense([paragraph(9), "Kết quả bước đầu", paragraph(9)], ["p", "h", "p"], words=100)
    assert result.paragraphs == (f"{paragraph(9)} {CUT_MARK}",)


def test_a_subheading_may_lead_a_begun_paragraph():
    result = condense([paragraph(5), "Kết quả bước đầu", paragraph(9)], ["p", "h", "p"], words=100)
    assert result.paragraphs == (paragraph(5), "Kết quả bước đầu", f"{paragraph(4)} {CUT_MARK}")
    assert result.kinds == ("p", "h", "p")


def test_a_quotation_is_not_torn():
    spoken = f"Ông Kha nói: “{TEN} {TEN} {TEN}” và ra về. {paragraph(20)}"
    assert condense([spoken], [], words=25).paragraphs[0].count("”") == 1
    assert condense([paragraph(2), spoken], [], words=40).paragraphs == (paragraph(2) + f" {CUT_MARK}",)


def test_the_article_s_own_closing_mark_is_dropped_unless_kept():
    for ending in ("tiếp theo./.", "tiếp theo. ./.", "tiếp theo. /.", "tiếp theo./. "):
        assert condense([f"Các năm {ending}"], [], words=100).paragraphs == ("Các năm tiếp theo.",)
    assert condense(["Các năm tiếp theo ./."], [], words=100).paragraphs == ("Các năm tiếp theo",)
    assert condense(["Xem tại https://motcua.example/."], [], words=9).paragraphs == (
        "Xem tại https://motcua.example/.",
    )
    kept = condense(["Các năm tiếp theo./."], [], words=100, keep_closing_mark=True)
    assert kept.paragraphs == ("Các năm tiếp theo./.",)
    assert condense([TEN, "./."], [], words=100).paragraphs == (TEN,)


def test_an_ending_of_three_points_in_one_sign_is_not_marked_twice():
    text = "Câu này kết thúc lửng lơ…"
    assert condense([text, paragraph(9)], [], words=6).paragraphs == (text,)


def test_nothing_gives_nothing():
    assert condense([], [], words=100).paragraphs == ()
    assert condense(["", "  "], [], words=100).paragraphs == ()


_SENTENCES = st.sampled_from(
    [
        TEN,
        "Gồm:",
        "một là đi;",
        "hai là về.",
        "“Nhanh lên!” - bà giục.",
        "TP. Cần Thơ đã xong.",
        "Ông nói: “Đi. Về.”",
        "./.",
    ]
)
_PARAGRAPHS = st.lists(st.lists(_SENTENCES, min_size=1, max_size=8).map(" ".join), max_size=12)
_KINDS: st.SearchStrategy[list[Kind]] = st.lists(st.sampled_from(["p", "h", "li", "oli", "row", "q"]), max_size=12)


@given(_PARAGRAPHS, _KINDS, st.integers(1, 200))
def test_every_printed_sentence_stands_in_the_source_in_its_order(paragraphs: list[str], kinds: list[Kind], words: int):
    result = condense(paragraphs, kinds, words=words)
    assert len(result.paragraphs) == len(result.kinds)
    source = "\n".join(paragraphs)
    position = 0
    for printed in result.paragraphs:
        for sentence in split(printed.removesuffix(f" {CUT_MARK}")):
            position = source.index(sentence, position) + len(sentence)


@given(_PARAGRAPHS, st.integers(20, 200))
def test_a_cut_is_marked_and_nothing_else_is(paragraphs: list[str], words: int):
    result = condense(paragraphs, [], words=words)
    marked = [text.endswith(CUT_MARK) for text in result.paragraphs]
    assert marked == [False] * (len(marked) - 1) + [result.cut] if marked else not result.cut


@pytest.mark.parametrize("words", [50, 100, 750])
def test_without_lists_the_length_is_kept(words: int):
    result = condense([paragraph(n % 7 + 1) for n in range(60)], [], words=words)
    assert words * 0.7 <= total(result.paragraphs) <= words * 1.1


def test_a_list_of_whole_sentences_may_be_cut_between_its_entries():
    entries = [f"Mục {n} là một câu trọn vẹn, có đầu có đuôi." for n in range(300)]
    condensed = condense(entries, ["li"] * 300, words=200)
    assert condensed.cut
    assert 10 < len(condensed.paragraphs) < 30
    assert condensed.paragraphs[-1].endswith("…")


def test_clauses_that_are_printed_whole_are_not_marked_as_cut():
    entries = [*(f"khoản {n} của một câu duy nhất, không thể tách rời;" for n in range(100)), "khoản cuối cùng."]
    condensed = condense(entries, ["li"] * 101, words=50)
    assert not condensed.cut
    assert list(condensed.paragraphs) == entries

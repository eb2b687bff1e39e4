"""What is left of an article that is too long: a beginning of it, word for word."""

import json
from collections.abc import Callable, Sequence
from itertools import zip_longest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.condense import CUT_MARK, Condensed, condense, condense_by_rank, without_closing_mark
from classifiers.passages import count_words, passages_of, sentences_of
from classifiers.sentences import split
from classifiers.standing import gaps_are_marked, stands_in
from digest.files import read_bytes
from digest.model import Kind
from tests.fakes import SHARED, needs_shared

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


def brief(*paragraphs: str, words: int, kinds: tuple[Kind, ...] = ()) -> tuple[str, ...]:
    return condense_by_rank(paragraphs, kinds, words=words).paragraphs


LEAD = "Xã ven sông vừa mở thêm một buổi trả kết quả cho bà con."
FILLER = "Trời hôm trước trong xanh, gió thổi nhẹ qua hàng dừa bên bờ kênh."
WEIGHTY = "UBND xã phê duyệt kế hoạch cắt giảm 30% thủ tục trước ngày 15/3."


def test_a_brief_keeps_the_lead_and_what_weighs_and_marks_every_gap():
    assert brief(LEAD, f"{FILLER} {WEIGHTY} {FILLER} {FILLER}", words=28) == (LEAD, f"… {WEIGHTY} …")
    assert brief(LEAD, FILLER, WEIGHTY, words=28) == (f"{LEAD} …", WEIGHTY)
    assert brief(LEAD, f"{WEIGHTY} {FILLER}", FILLER, words=28) == (LEAD, f"{WEIGHTY} …")


def test_a_gap_inside_a_paragraph_is_marked_where_it_is():
    other = "Huyện thông qua nghị quyết 12 về 20 dịch vụ công từ tháng 6."
    assert brief(LEAD, f"{WEIGHTY} {FILLER} {other}", words=44) == (LEAD, f"{WEIGHTY} … {other}")


def test_an_article_that_is_short_enough_is_no_brief():
    result = condense_by_rank([LEAD, FILLER], ["p", "q"], words=27)
    assert (result.paragraphs, result.kinds, result.cut) == ((LEAD, FILLER), ("p", "q"), False)


def test_the_first_sentence_is_printed_however_few_words_are_allowed():
    assert brief(LEAD, WEIGHTY, words=1) == (f"{LEAD} …",)


def test_what_leans_comes_with_all_it_leans_on_or_not_at_all():
    leaning = "Theo đó, xã sẽ cắt giảm 30% thủ tục trước ngày 15/3."
    before = "Chủ tịch huyện đã gặp bà con ở nhà văn hóa."
    assert brief(LEAD, FILLER, f"{before} {leaning}", FILLER, words=37) == (f"{LEAD} …", f"{before} {leaning} …")
    assert brief(LEAD, FILLER, f"{before} {leaning}", FILLER, words=30) == (LEAD, f"{FILLER} …")


def test_a_quotation_in_a_brief_keeps_its_speaker():
    text = f"{FILLER} “Phải cắt giảm 30% thủ tục trước ngày 15/3.” Ông Kha nhấn mạnh với bà con như thế. {FILLER}"
    for words in range(13, 80):
        printed = " ".join(brief(LEAD, text, words=words))
        assert ("“Phải" in printed) == ("Ông Kha" in printed)


def test_who_is_quoted_by_a_short_name_comes_with_the_full_one():
    who = "Tới dự có Chủ tịch xã Lê Văn Kha cùng nhiều bà con."
    said = "“Phải cắt giảm 30% thủ tục trước ngày 15/3”, ông Kha nói."
    assert brief(LEAD, FILLER, who, FILLER, said, FILLER, words=39) == (f"{LEAD} …", f"{who} …", f"{said} …")
    assert said not in " ".join(brief(LEAD, FILLER, who, FILLER, said, FILLER, words=35))


def test_what_repeats_the_lead_is_not_told_again():
    assert brief(LEAD, f"{LEAD} {FILLER} {WEIGHTY}", words=44) == (LEAD, f"… {FILLER} {WEIGHTY}")


def test_a_signature_is_no_part_of_a_brief():
    assert brief(LEAD, WEIGHTY, f"{FILLER} {FILLER}", "Lê Bến - Mai Hến", words=33) == (LEAD, f"{WEIGHTY} …")


def test_of_a_long_first_paragraph_the_beginning_is_the_lead():
    text = " ".join([LEAD, *(f"{FILLER} Số {number}." for number in range(20)), WEIGHTY])
    printed = brief(text, words=60)
    assert len(printed) == 1
    assert printed[0].startswith(LEAD)
    assert printed[0].endswith(WEIGHTY)


def test_a_text_without_one_syllable_is_cut_too():
    assert brief("!!! ???", *["... !!!"] * 20, words=4)[0].startswith("!!!")
    assert brief(words=9) == ()


def test_a_brief_prints_no_end_of_a_sentence_without_its_beginning():
    before = "Nhờ vậy mà hơn nửa số bà con các ấp ở xa đã tới bộ phận một cửa của xã để làm cùng lúc"
    after = "3 thủ tục thiết yếu trước ngày 15/3, giảm 30% lệ phí."
    for words in range(13, 70):
        printed = " ".join(brief(LEAD, FILLER, before, f"{after} {FILLER}", FILLER, words=words))
        assert (after in printed) == (before in printed)


def test_a_brief_prints_a_list_whole_or_not_at_all():
    listed = [f"{number}. Việc thứ {number} giảm {number}0% lệ phí. {FILLER}" for number in range(1, 9)]
    article = (LEAD, FILLER, "Huyện ban hành kế hoạch gồm các việc:", *listed, FILLER)
    some = False
    for words in range(13, 230, 3):
        printed = " ".join(brief(*article, words=words))
        held = [text in printed for text in article[2:-1]]
        assert all(held) or not any(held)
        some = some or all(held)
    assert some


def test_an_article_that_opens_with_a_long_list_is_a_brief_of_its_lead_in():
    listed = [f"{number}. {FILLER} {FILLER}" for number in range(1, 9)]
    assert brief("Các việc gồm:", *listed, words=40) == ("Các việc gồm:", f"1. {FILLER} …")


@pytest.mark.parametrize(
    "old",
    [
        "Trước đây, theo Luật số 12 thì thời hạn trả kết quả là 30 ngày kể từ ngày 15/3.",
        "Theo quy định cũ tại Điều 5, hồ sơ được trả trong thời hạn 30 ngày làm việc.",
        "Theo Luật Bến đò hiện hành, hồ sơ được trả trong thời hạn 30 ngày làm việc.",
        "Thời hạn theo quy định trước đây được chia như sau: - Ở xã: 30 ngày làm việc. - Ở phường: 20 ngày làm việc.",
    ],
)
def test_the_new_rule_goes_before_the_old_one(old: str):
    new = "Điều 26 nay định rằng thời hạn trả kết quả cho bà con là 7 ngày."
    assert brief(LEAD, old, FILLER, new, words=32)[-1] == new


def test_what_changes_is_no_background():
    change = "Trước đây bà con chờ 30 ngày, nay chỉ còn 7 ngày làm việc kể từ lúc nộp đơn."
    assert change in " ".join(brief(LEAD, FILLER, FILLER, change, words=34))


def test_entries_of_a_list_of_old_rules_are_old_too():
    rows = [f"- Ấp số {number}: giảm {number}0% lệ phí trước ngày 15/3. {FILLER}" for number in range(1, 9)]
    old = ("Theo quy định cũ, thời hạn như sau:", *rows)
    length = count_words(" ".join(old))
    assert WEIGHTY in brief(LEAD, *old, WEIGHTY, words=length + 20)[-1]


def test_a_long_clause_is_printed_where_all_of_them_are_too_long():
    clause = "Theo đó, UBND huyện yêu cầu các xã " + "rà soát hồ sơ của bà con, " * 6 + "xong trước ngày 15/3;"
    others = ("Tiếp tục " + "sửa đổi, bổ sung giấy tờ " * 12 + "trong năm;", "Mở thêm một buổi.")
    assert brief(LEAD, clause, *others, words=70) == (LEAD, f"{clause} …")


def test_the_sentence_with_the_headline_s_figure_comes_first():
    figure = "Tính đến nay, 75.000 trẻ nhỏ đã có thẻ khám bệnh."
    article = (LEAD, f"{WEIGHTY} {FILLER}", figure)
    without = condense_by_rank(article, [], words=28).paragraphs
    assert figure not in " ".join(without)
    headed = condense_by_rank(article, [], words=28, headline="Xã cấp hơn 75.000 thẻ cho trẻ nhỏ")
    assert headed.paragraphs[-1] == figure


def test_an_announcement_is_never_printed_alone():
    announcement, announced = "Điểm khó là cách chia công việc.", f"Máy chia giúp, mỗi người {FILLER.lower()}"
    for words in range(13, 80):
        printed = " ".join(brief(LEAD, FILLER, f"{announcement} {announced}", WEIGHTY, words=words))
        assert (announcement in printed) == (announced in printed)
    assert announcement not in " ".join(brief(LEAD, f"{FILLER} {FILLER}", WEIGHTY, announcement, words=40))


@given(_PARAGRAPHS, _KINDS, st.integers(1, 200))
def test_every_way_can_be_proved_at_every_length(paragraphs: list[str], kinds: list[Kind], words: int):
    for cut in (condense, condense_by_rank):
        result = cut(paragraphs, kinds, words=words)
        assert stands_in(paragraphs, result.paragraphs)
        assert gaps_are_marked(paragraphs, result.paragraphs)
        assert len(result.paragraphs) == len(result.kinds)


@given(
    st.lists(st.text(alphabet="aAđ1 .…!?;:-)“”\"'\n/", max_size=60), max_size=8),
    st.lists(st.sampled_from(["p", "h", "li", "oli", "row", "q"]), max_size=8),
    st.integers(1, 60),
)
def test_whatever_is_typed_can_be_proved(paragraphs: list[str], kinds: list[Kind], words: int):
    for cut in (condense, condense_by_rank):
        result = cut(paragraphs, kinds, words=words)
        assert stands_in(paragraphs, result.paragraphs)
        assert gaps_are_marked(paragraphs, result.paragraphs)


@given(_PARAGRAPHS, _KINDS, st.integers(1, 200))
def test_a_brief_is_no_longer_than_asked_for_but_for_its_first_passage(
    paragraphs: list[str], kinds: list[Kind], words: int
):
    cleaned = [(without_closing_mark(text), kind) for text, kind in zip_longest(paragraphs, kinds[: len(paragraphs)])]
    entries = [(text, kind or "p") for text, kind in cleaned if text]
    result = condense_by_rank(paragraphs, kinds, words=words)
    printed = sum(count_words(text) - text.split().count(CUT_MARK) for text in result.paragraphs)
    first = passages_of(entries, sentences_of(entries))[:1]
    assert printed <= max([int(words * 1.1), *(one.words for one in first)])


@pytest.mark.parametrize(
    "paragraphs",
    [
        ["chữ " * 100_000],
        ["Câu này là một câu. " * 20_000],
        ["chữ " * 5_000 + "."],
        ['"' * 100_000],
        ["“Đi. " * 20_000],
        ["ÔNG KHA NÓI XÃ ĐÃ LÀM. " * 2_000],
        ["." * 200_000 + "a"],
        ["a" + " " * 200_000 + "/."],
        ["\n" * 200_000 + "Hết."],
        ["Đề mục"] * 5_000,
        ["khoản;"] * 5_000,
        ["Theo đó, làm. "] * 5_000,
        ["Gồm các việc:", *["- Bỏ bản sao chứng thực. Giảm 30% lệ phí."] * 5_000],
        ["Gồm: - Bỏ bản sao. Cấp lại: 7 ngày. " * 5_000],
        ["một dòng bị xé ra giữa chừng"] * 5_000,
        [f"Xã làm{' việc' * 50};"] * 1_000,
        ["Theo quy định" + " của" * 50_000],
    ],
    ids=[
        "long",
        "many",
        "one",
        "quotes",
        "unclosed",
        "capitals",
        "points",
        "blanks",
        "lines",
        "headings",
        "clauses",
        "leaning",
        "list",
        "inline",
        "torn",
        "long-clauses",
        "backwards",
    ],
)
def test_hostile_texts_are_cut_and_proved(paragraphs: list[str]):
    for cut in (condense, condense_by_rank):
        printed = cut(paragraphs, [], words=50).paragraphs
        assert printed
        assert gaps_are_marked(paragraphs, printed)


@needs_shared
@pytest.mark.parametrize("words", [50, 150, 350, 750])
@pytest.mark.parametrize("cut", [condense, condense_by_rank])
def test_real_articles_can_be_proved(cut: Callable[..., Condensed], words: int):
    lines = read_bytes(SHARED / "corpus" / "fulltext_2017.jsonl.gz").splitlines()[::150]
    rows = [json.loads(line) for line in lines]
    articles = [(row["sapo"] or "", *row["text"].splitlines()) for row in rows]
    bulletin = (SHARED / "bulletins" / "2023-12-11.articles.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in bulletin.splitlines()]
    articles += [(row["sapo"] or "", *row["paragraphs"]) for row in rows]
    for article in articles:
        assert gaps_are_marked(article, cut(article, [], words=words).paragraphs)

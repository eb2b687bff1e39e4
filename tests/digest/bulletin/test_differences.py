"""What differs between two versions, item by item and word by word."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.bulletin.differences import Difference, Passage, differences, words_between
from digest.model import Also, Bar, Chart, Image, Issue, Kept
from digest.profile import load
from tests.digest.bulletin.fakes import an_edited, an_issue

PROFILE = load("cchc")
ONE, TWO, THREE, FOUR = (an_edited(number) for number in range(1, 5))
BEFORE = an_issue((ONE, TWO), (THREE, FOUR))


def _found(after: Issue) -> list[Difference]:
    return list(differences(BEFORE, after, PROFILE))


def _marked(passage: Passage) -> str:
    marks = {"same": "{}", "gone": "[-{}]", "new": "[+{}]"}
    return "".join(marks[piece.state].format(piece.text) for piece in passage)


def _as_text(one: Difference) -> list[str]:
    return [_marked(passage) for passage in one.passages]


def test_the_same_issue_differs_in_nothing() -> None:
    assert _found(BEFORE) == []


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("gắng với dân, gần dân", "gắn với dân, sát dân", "[-gắng][+gắn] với dân, [-gần][+sát] dân"),
        ("mười hai thủ tục", "mười hai thủ tục (sửa)", "mười hai thủ tục[+ (sửa)]"),
        ("một hai ba bốn", "năm sáu ba bốn", "[-một hai][+năm sáu] ba bốn"),
        ("một. Hai", "một, Hai", "một[-.][+,] Hai"),
        ("", "mới", "[+mới]"),
        ("cũ", "", "[-cũ]"),
    ],
)
def test_words_that_went_and_came_stand_between_those_that_stayed(before: str, after: str, shown: str) -> None:
    assert _marked(words_between(before, after)) == shown


@given(st.text(alphabet="ab .,(", max_size=12), st.text(alphabet="ab .,(", max_size=12))
def test_both_texts_can_be_read_out_of_their_difference(before: str, after: str) -> None:
    passage = words_between(before, after)
    assert "".join(piece.text for piece in passage if piece.state != "new") == before
    assert "".join(piece.text for piece in passage if piece.state != "gone") == after


def test_each_text_of_an_item_is_told_with_its_words() -> None:
    mended = replace(
        TWO,
        headline=TWO.headline.replace("lời trong", "kết quả trong"),
        paragraphs=(TWO.paragraphs[0], "Tin 2 kể lại việc thứ hai.", "Tin 2 thêm một đoạn."),
        kinds=("p", "p", "p"),
        author="Trần Mây",
        also=(Also(outlet="Bengio.example"),),
    )
    found = _found(an_issue((ONE, mended), (THREE, FOUR)))
    told = {one.change: _as_text(one) for one in found}
    assert {one.item for one in found} == {2}
    assert {one.headline for one in found} == {mended.headline}
    assert told["paragraphs"] == ["Tin 2 kể [+lại ]việc thứ hai.", "[+Tin 2 thêm một đoạn.]"]
    assert told["source_line"] == ["(Bao2.example 01/3, [-Lê Bến][+Trần Mây])"]
    assert told["also"] == ["[+Bengio.example]"]
    assert told["headline"] == ["Xã số 2 trả [-lời][+kết quả] trong ngày lần 2"]


def test_a_paragraph_that_was_taken_out_is_shown_whole() -> None:
    shorter = replace(ONE, paragraphs=ONE.paragraphs[:1], kinds=("p",))
    (one,) = _found(an_issue((shorter, TWO), (THREE, FOUR)))
    assert _as_text(one) == ["[-Tin 1 kể việc thứ hai.]"]


def test_items_moved_put_in_and_dropped_name_their_sections() -> None:
    five = an_edited(5)
    found = _found(an_issue((ONE,), (THREE, replace(TWO, number=3), replace(five, number=4))))
    first, second = BEFORE.sections
    told = [(one.change, one.item, one.section, _as_text(one)) for one in found]
    assert ("moved", 3, second.title, [f"[-{first.title}] [+{second.title}]"]) in told
    assert ("inserted", 4, second.title, [f"[+{five.headline}]"]) in told
    assert told[-1] == ("dropped", 4, second.title, [f"[-{FOUR.headline}]"])


def test_a_new_order_is_told_by_numbers() -> None:
    found = _found(an_issue((replace(TWO, number=1), replace(ONE, number=2)), (THREE, FOUR)))
    assert [one.change for one in found] == ["reordered"]
    assert _as_text(found[0]) in (["[-1] [+2]"], ["[-2] [+1]"])


def test_pictures_and_charts_count_too() -> None:
    chart = Chart(title="Chỉ số", rows=(Bar(name="Suối Vàng", value=91.5),), unit="%")
    kept = Kept(sha256="a" * 64, width=10, height=10)
    image = Image(src="https://baolua.example/1.jpg", caption="Quầy số 1", kept=kept)
    found = _found(an_issue((replace(ONE, charts=(chart,), images=(image,)), TWO), (THREE, FOUR)))
    told = {one.change: _as_text(one) for one in found}
    assert told == {"images": ["[+Quầy số 1]"], "charts": ["[+Chỉ số: Suối Vàng 91.5%]"]}


def test_another_picture_with_the_same_caption_is_told_without_words() -> None:
    images = [
        Image(src="https://baolua.example/1.jpg", caption="Quầy", kept=Kept(sha256=digit * 64, width=9, height=9))
        for digit in "ab"
    ]
    before, after = (an_issue((replace(ONE, images=(image,)), TWO)) for image in images)
    (one,) = differences(before, after, PROFILE)
    assert (one.change, one.passages) == ("images", ())


def test_what_no_word_of_an_item_tells_is_told_too() -> None:
    also = (Also(outlet="Bengio.example", url="https://bengio.example/1"),)
    one = replace(ONE, url=None, also=also, contents_line="Dòng khác")
    first, second = an_issue((one, TWO), (THREE, FOUR)).sections
    after = replace(BEFORE, number=41, sections=(replace(first, title="CHỦ TRƯƠNG"), second))
    told = {one.change: _as_text(one) for one in _found(after)}
    assert told == {
        "number": ["[+41]"],
        "title": ["CHỦ TRƯƠNG[- CẢI CÁCH]"],
        "url": ["[-https://bao1.example/tin-1.html]"],
        "also": ["[+Bengio.example https://bengio.example/1]"],
        "contents_line": ["[-Xã số 1: việc lần 1][+Dòng khác]"],
    }
    assert [one.item for one in _found(after)][:2] == [0, 0]


def test_texts_too_long_to_be_compared_are_shown_whole() -> None:
    before, after = (" ".join(f"{word}{place}" for place in range(1_100)) for word in ("cũ", "mới"))
    assert _marked(words_between(before, after)) == f"[-{before}] [+{after}]"
    near = before.replace("cũ500 ", "mới500 ")
    assert _marked(words_between(before, near)).count("[") == 2

"""The proof that print stands in its source."""

import pytest

from classifiers.standing import gaps_are_marked, stands_in

SOURCE = (
    "Xã mở một cửa. Huyện chờ. Tỉnh theo dõi.",
    "Ông Kha nói sẽ làm… Bà Hến vui.",
    "Hồ sơ … không cần nộp lại.",
    "Hết tin./.",
)


@pytest.mark.parametrize(
    "printed",
    [
        SOURCE,
        (),
        ("Xã mở một cửa. Huyện chờ. Tỉnh theo dõi. …",),
        ("Xã mở một cửa. … Tỉnh theo dõi. …",),
        ("Xã mở một cửa. …", "… Bà Hến vui.", "Hồ sơ … không cần nộp lại.", "Hết tin."),
        ("Xã mở một cửa. Huyện chờ. Tỉnh theo dõi.", "… Bà Hến vui. …", "Hết tin."),
        ("Xã mở một cửa. Huyện chờ. Tỉnh theo dõi.", "Ông Kha nói sẽ làm…"),
        ("… Huyện chờ. …", "Hết tin."),
    ],
)
def test_what_shows_its_gaps_is_proved(printed: tuple[str, ...]):
    assert stands_in(SOURCE, printed)
    assert gaps_are_marked(SOURCE, printed)


@pytest.mark.parametrize(
    "printed",
    [
        ("Xã mở một cửa.",),
        ("Huyện chờ. …",),
        ("Xã mở một cửa. Tỉnh theo dõi. …",),
        ("Xã mở một cửa. Huyện chờ. Tỉnh theo dõi.", "Bà Hến vui. …"),
        ("Xã mở một cửa. Huyện chờ. …", "Hồ sơ … không cần nộp lại."),
    ],
)
def test_a_gap_without_a_mark_is_seen(printed: tuple[str, ...]):
    assert stands_in(SOURCE, printed)
    assert not gaps_are_marked(SOURCE, printed)


@pytest.mark.parametrize(
    "printed",
    [
        ("Xã mở hai cửa. …",),
        ("Xã mở một cửa. … Xã mở một cửa. …",),
        ("… Huyện chờ. … Xã mở một cửa. …",),
        ("Xã mở …",),
        ("Xã mở một cửa. … Huyện đã chờ lâu. …",),
    ],
)
def test_what_is_not_in_the_source_in_that_order_is_refused(printed: tuple[str, ...]):
    assert not stands_in(SOURCE, printed)
    assert not gaps_are_marked(SOURCE, printed)


def test_sentences_that_come_again_may_be_printed_as_often():
    source = ("Xã làm. Huyện chờ. Xã làm. Huyện chờ.",)
    assert gaps_are_marked(source, ("Xã làm. … Xã làm. …",))
    assert gaps_are_marked(source, ("… Huyện chờ. … Huyện chờ.",))
    assert not stands_in(source, ("Xã làm. … Xã làm. … Xã làm. …",))


@pytest.mark.parametrize("blank", ["\u00a0", "\x85", "\u2028", "\r", "\u202f"])
def test_the_closing_mark_may_stand_behind_any_blank(blank):
    assert stands_in([f"Xã đã trả hồ sơ{blank}./."], ["Xã đã trả hồ sơ"])


def test_an_empty_source_holds_nothing():
    assert gaps_are_marked((), ())
    assert not stands_in((), ("Xã làm.",))

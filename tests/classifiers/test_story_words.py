"""Spellings and short forms that meet."""

import pytest

from classifiers.story_words import WORD, distinct, keys_of, spelt_alike
from digest.text import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bộ GD-ĐT", "Bộ Giáo dục và Đào tạo"),
        ("Sở GD&ĐT", "sở giáo dục"),
        ("TP.HCM", "Thành phố Hồ Chí Minh"),
        ("T.Ư", "Trung ương"),
        ("18 tỉ", "18 tỷ"),
        ("khóa XVI", "khóa 16"),
        ("U.23", "U23"),
        ("Man Utd", "Manchester United"),
        ("Đăk Lăk", "Đắk Lắk"),
        ("hoà giải", "hòa giải"),
    ],
)
def test_spellings_of_one_thing_are_the_same_words(one, other):
    assert spelt_alike(WORD.findall(one)) == spelt_alike(WORD.findall(other))


def test_the_longest_alias_is_taken():
    assert spelt_alike(["bộ", "giáo", "dục"]) == [fold("bộ"), fold("gdđt")]
    assert spelt_alike(["viện", "kiểm", "sát", "nhân", "dân", "tối", "cao"]) == [fold("vks"), fold("tối"), fold("cao")]


def test_words_without_an_alias_are_only_folded():
    assert spelt_alike(["Chợ", "NỔI"]) == [fold("chợ"), fold("nổi")]
    assert spelt_alike([]) == []


def test_different_words_have_different_keys():
    keys = keys_of(["bản", "bán", "bàn", "Bản"])
    assert keys[0] == keys[3]
    assert distinct(keys).size == 3


def test_many_words_do_not_pile_up():
    keys_of([f"chữ{number}" for number in range(300_000)])
    assert keys_of(["bản"])[0] == keys_of(["Bản"])[0]

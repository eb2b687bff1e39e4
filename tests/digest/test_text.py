import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text import bare, fold, normalise, one_line, slug, sort_key


def test_decomposed_letters_are_composed():
    assert normalise(unicodedata.normalize("NFD", "thủ tục hành chính")) == "thủ tục hành chính"


@pytest.mark.parametrize("look_alike", ["Ð", "Ɖ"])
def test_look_alikes_of_the_letter_d_become_vietnamese(look_alike):
    assert normalise(f"{look_alike}ề án 06") == "Đề án 06"
    assert normalise("ðề xuất") == "đề xuất"


def test_cyrillic_letters_inside_a_latin_word_become_latin():
    assert normalise("С\u043eng báo") == "Cong báo"


def test_a_russian_word_is_left_alone():
    assert normalise("сто") == "сто"


def test_invisible_characters_are_dropped_and_odd_blanks_become_plain():
    assert normalise("\ufeffmột\u200b cửa\u00a0liên\u00adthông") == "một cửa liênthông"


def test_half_a_character_is_dropped():
    assert normalise("một\ud83d cửa") == "một cửa"


def test_line_ends_become_one_kind_and_are_kept():
    assert normalise("a\r\nb\rc\u2028d") == "a\nb\nc\nd"


def test_tone_placement_is_kept_in_print_and_folded_in_keys():
    assert normalise("hoà giải") == "hoà giải"
    assert fold("Hoà  giải") == fold("hòa giải")
    assert fold("thuỷ") == fold("thủy")


def test_marks_count_in_a_folded_key_and_not_in_a_bare_one():
    assert len({fold("bản"), fold("bán"), fold("bàn")}) == 3
    assert {bare("bản"), bare("bán"), bare("BÀN")} == {"ban"}
    assert bare("Đắk Lắk") == "dak lak"


def test_a_slug_is_plain_ascii():
    assert slug("Cải cách hành chính – Đợt 2") == "cai-cach-hanh-chinh-dot-2"


def test_one_line_has_no_blank_at_its_ends_nor_two_in_a_row():
    assert one_line("  Sở\n Nội  vụ\t") == "Sở Nội vụ"


def test_names_sort_as_a_vietnamese_reader_expects():
    ordered = ["An Giang", "Cà Mau", "Cao Bằng", "Cần Thơ", "Đà Nẵng", "Đắk Lắk", "Điện Biên", "Gia Lai", "Ý Yên"]
    shuffled = ordered[:]
    random.Random(7).shuffle(shuffled)  # noqa: S311 - a fixed shuffle, not a secret
    assert sorted(shuffled, key=sort_key) == sorted(ordered, key=sort_key)
    assert sorted(["đa", "da", "ăn", "an", "ân"], key=sort_key) == ["an", "ăn", "ân", "da", "đa"]


def test_tones_sort_after_letters_and_case_after_tones():
    assert sorted(["bạ", "bá", "bã", "bả", "bà", "ba", "Ba", "bâ"], key=sort_key) == [
        "ba",
        "Ba",
        "bà",
        "bả",
        "bã",
        "bá",
        "bạ",
        "bâ",
    ]


@given(st.text())
def test_normalising_twice_changes_nothing_more(text):
    assert normalise(normalise(text)) == normalise(text)


@given(st.text())
def test_every_text_has_keys(text):
    assert fold(text) == fold(one_line(text))
    assert isinstance(bare(text), str)
    assert sort_key(text) <= sort_key(text)

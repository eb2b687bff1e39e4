import gzip
import json
import re
import unicodedata
from collections import Counter
from itertools import islice

import pytest

from scrapers.documents.syllables import is_acronym, is_syllable, share, spoken
from tests.fakes import SHARED, needs_shared

WORDS = """
nghiêng khuỷu quyết giữ gì gìn giếng giết yêu uyên ươm xoong khuya quốc ngoằn oẳn thuở hươu ỷ Ủy PHƯỜNG kỹ Mỹ
qua quý quí boong ruột thoắt nguệch huýt rượu kền ghế nghề ngỗng cuốc Đắk ở ý à
"""
NOISE = """
ngiêng ghà kan1 cê gế nghà đât thanhs tac kát2 bèt qát tiêt ngừơi Internet chip vne xyz ñöôïc thaønh ®­îc
"""


@pytest.mark.parametrize("word", WORDS.split())
def test_words_of_the_language_are_syllables(word: str):
    assert is_syllable(word)


@pytest.mark.parametrize("word", NOISE.split())
def test_noise_and_foreign_words_are_none(word: str):
    assert not is_syllable(word)


def test_either_placement_of_the_tone_counts():
    assert all(map(is_syllable, ["hòa", "hoà", "khỏe", "khoẻ", "thủy", "thuỷ", "lũy", "luỹ"]))
    assert not any(map(is_syllable, ["hoàn1", "hòan", "tóan", "thúê"]))


def test_a_stopped_syllable_takes_sharp_or_heavy_alone():
    assert [is_syllable(word) for word in ["các", "cạc", "càc", "cảc", "cãc", "cac"]] == [True, True, *[False] * 4]


def test_decomposed_words_are_the_same_syllables():
    assert is_syllable(unicodedata.normalize("NFD", "nghiệp"))


def test_acronyms_and_codes_are_told_from_words():
    assert [is_acronym(word) for word in ["UBND", "QĐ", "UBTƯ", "CBCCVC", "XÃ", "THA", "Ubnd"]] == [
        *[True] * 4,
        *[False] * 3,
    ]
    assert list(spoken("Số 76/NQ-CP, UBND xã A trả 1.200 hồ sơ")) == ["Số", "xã", "trả", "hồ", "sơ"]
    assert share("12/3 A") == (0.0, 0)
    assert share("hồ sơ internet quá") == (0.75, 4)


@needs_shared
def test_nearly_every_accented_word_of_real_articles_is_a_syllable():
    words: Counter[str] = Counter()
    with gzip.open(SHARED / "corpus" / "fulltext_2017.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in islice(lines, 1500):
            text = unicodedata.normalize("NFC", json.loads(line)["text"])
            words.update(word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii() and not word.isupper())
    known = sum(count for word, count in words.items() if is_syllable(word))
    assert known / words.total() >= 0.998

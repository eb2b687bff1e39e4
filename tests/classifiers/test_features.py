from datetime import date

import numpy as np

from classifiers import tokens
from classifiers.features import BODY, HEAD, PAIRS, RULES, TITLE, WORDS, learn_vocabulary, read
from tests.fakes import an_article

DAY = date(2026, 3, 2)


def reading_of(**fields):
    return read(an_article(**{"paragraphs": (), **fields}), day=DAY)


def key_of(word):
    return tokens.syllables(word)[0]


def test_title_and_standfirst_are_read_in_grams_of_one_to_three_syllables():
    reading = reading_of(title="Xã trả hồ sơ", sapo="Ngay trong ngày")
    assert len(reading.grams[TITLE]) == 4 + 3 + 2
    assert len(reading.grams[HEAD]) == 7 + 6 + 5
    assert any("|" in gram for gram in reading.grams[WORDS])


def test_the_first_paragraph_stands_in_for_a_missing_standfirst():
    reading = reading_of(sapo=None, paragraphs=("  ", "Cán bộ trả kết quả sớm.", "Đoạn sau."))
    assert reading.sapo == "Cán bộ trả kết quả sớm."


def test_an_article_of_nothing_is_an_empty_reading():
    reading = reading_of(title="", sapo=None, paragraphs=())
    assert (reading.size, reading.vietnamese) == (0, 0.0)
    assert reading.grams[HEAD] == []


def test_a_megabyte_is_read_no_further_than_its_first_words():
    reading = reading_of(title="thủ tục " * 70_000, sapo="hồ sơ " * 90_000)
    assert len(reading.title.split()) == 60
    assert len(reading.sapo.split()) == 55
    assert len(reading_of(title="x" * 1_000_000, sapo="y" * 1_000_000).sapo) == 3_000


def test_the_body_is_what_follows_the_standfirst_as_far_as_it_is_read():
    with_sapo = reading_of(sapo="Dẫn.", paragraphs=("Đoạn một.", " ", "Đoạn hai."))
    without = reading_of(sapo=None, paragraphs=("Đoạn một.", "Đoạn hai."))
    assert with_sapo.body == "Đoạn một.\nĐoạn hai."
    assert (without.sapo, without.body) == ("Đoạn một.", "Đoạn hai.")
    assert len(reading_of(paragraphs=("từ " * 500,) * 500).body.split()) == 200
    assert reading_of().grams[BODY] == []


def test_text_without_marks_is_not_vietnamese():
    assert reading_of(title="City council approves new budget", sapo="").vietnamese == 0
    assert reading_of(title="Thủ tục hành chính", sapo="").vietnamese == 1


def test_rules_and_the_pairs_they_make_are_features():
    reading = reading_of(title="Lạng Sơn cắt giảm thủ tục hành chính", sapo="")
    assert {"procedure", "procedure@title", "place_title"} <= set(reading.grams[RULES])
    assert "place_title&procedure" in reading.grams[PAIRS]


def test_a_vocabulary_keeps_what_several_readings_have_and_weighs_rare_grams_more():
    vocabulary = learn_vocabulary([reading_of(title=f"hồ sơ {word}", sapo="") for word in ("xanh", "xanh", "đỏ")])
    common, rare = (vocabulary.column(TITLE, key_of(word)) for word in ("hồ", "xanh"))
    assert vocabulary.column(TITLE, key_of("đỏ")) is None
    assert vocabulary.weights[rare] > vocabulary.weights[common]


def test_a_row_has_rising_columns_and_blocks_of_length_one():
    readings = [reading_of(title="Hồ sơ hồ sơ một cửa", sapo="") for _ in range(2)]
    vocabulary = learn_vocabulary(readings)
    row = vocabulary.row(readings[0])
    assert np.all(np.diff(row.columns) > 0)
    titles = {vocabulary.column(TITLE, gram) for gram in readings[0].grams[TITLE]}
    inside = [value for column, value in zip(row.columns, row.values, strict=True) if column in titles]
    assert np.isclose(np.linalg.norm(inside), 1)


def test_a_reading_of_unknown_words_is_an_empty_row_but_for_its_rules_and_the_mark_between_the_fields():
    vocabulary = learn_vocabulary([reading_of(title="Hồ sơ", sapo="") for _ in range(2)])
    row = vocabulary.row(reading_of(title="qwerty zxcv", sapo=""))
    of_text = {vocabulary.column(block, gram) for block in (HEAD, TITLE, WORDS) for gram in vocabulary.grams[block]}
    assert set(row.columns.tolist()) & of_text == {vocabulary.column(WORDS, "|")}

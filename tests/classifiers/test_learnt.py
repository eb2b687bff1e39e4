from datetime import date

import numpy as np

from classifiers.features import read
from classifiers.learnt import learnt_of
from tests.classifiers.fakes import a_small_model, invented_rows
from tests.fakes import an_article


def reading(title, sapo=None):
    article = an_article(title=title, sapo=sapo, paragraphs=(), published=None)
    return read(article, day=date(2026, 3, 2))


LONG = "Sáu xã miền núi gộp bộ phận một cửa để người dân khỏi đi hai mươi cây số nộp giấy tờ"


def test_what_was_learnt_is_known_by_id_and_nothing_else_is():
    learnt = a_small_model().learnt
    assert learnt is not None
    assert learnt.has(["r00", "o5", "r99", ""]) == [True, True, False, False]


def test_a_copy_with_another_ending_is_known_and_another_story_is_not():
    learnt = learnt_of(["a"], [reading(LONG)])
    assert learnt.has_copy_of(reading(LONG))
    assert learnt.has_copy_of(reading(f"{LONG} theo lời chủ tịch xã"))
    assert not learnt.has_copy_of(reading("Đội bóng xã miền núi thắng trận thứ ba liên tiếp trên sân nhà"))


def test_a_text_of_a_word_or_two_is_no_copy_of_anything():
    learnt = learnt_of(["a", "b"], [reading("Một cửa"), reading("")])
    assert not learnt.has_copy_of(reading("Một cửa"))
    assert not learnt.has_copy_of(reading(""))


def test_two_records_together_know_what_each_knows():
    both = learnt_of(["a"], [reading(LONG)]) + learnt_of(["b"], [reading("Ngắn")])
    assert both.has(["a", "b", "c"]) == [True, True, False]
    assert both.has_copy_of(reading(LONG))


def test_the_share_of_what_was_learnt_counts_rows_that_are_given():
    rows = invented_rows()
    learnt = a_small_model().learnt
    assert learnt is not None
    assert learnt.share_in(row.article.id for row in rows) == 1
    assert learnt.share_in(row.article.id for row in rows[:36]) == 0.5
    assert learnt_of([], []).share_in(["a"]) == 0


def test_the_record_is_hashes_alone_of_one_size_a_row():
    learnt = learnt_of(["a", "b"], [reading(LONG), reading("Một")])
    assert learnt.ids.shape == (2,)
    assert learnt.stretches.shape == (2, 8)
    assert not learnt.stretches[1].any()
    assert np.array_equal(learnt.stretches[0], np.sort(learnt.stretches[0]))

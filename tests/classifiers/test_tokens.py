import logging
import subprocess
import sys

import pytest

from classifiers import tokens


def test_syllables_are_lower_case_keys_in_which_old_and_new_tone_placement_meet():
    assert tokens.syllables("Hoà bình") == tokens.syllables("HÒA BÌNH")
    assert tokens.syllables("bản") != tokens.syllables("bàn")


def test_every_digit_counts_the_same():
    assert tokens.syllables("Nghị quyết 76") == tokens.syllables("nghị quyết 18")


def test_spans_point_at_the_syllables_in_the_text_itself():
    text = "  “Một cửa” – Sở Nội vụ"
    assert [text[start:end] for start, end in tokens.spans(text)] == ["Một", "cửa", "Sở", "Nội", "vụ"]
    assert len(tokens.spans(text)) == len(tokens.syllables(text))


def test_words_join_the_syllables_that_belong_together():
    found = tokens.words("Người dân nộp hồ sơ trực tuyến.")
    assert "_".join(tokens.syllables("hồ sơ")) in found
    assert "." not in found


def test_words_in_capitals_are_segmented_as_in_small_letters():
    assert tokens.words("NGƯỜI DÂN NỘP HỒ SƠ") == tokens.words("người dân nộp hồ sơ")


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "...", "😀", "\ud800", "a" * 5000, "- " * 3000, "ă\x00b"])
def test_odd_text_never_breaks_segmenting(text):
    assert all(tokens.words(text))


def test_a_mark_tells_vietnamese_syllables():
    assert [tokens.has_mark(key) for key in tokens.syllables("thủ tuc Đề an")] == [True, False, True, False]
    assert not any(map(tokens.has_mark, tokens.syllables("行政改革 реформа caûi für")))


def test_loading_the_segmenter_leaves_the_logging_settings_alone():
    code = (
        "import logging; from classifiers import tokens; tokens.warm_up(); "
        "print(len(logging.getLogger().handlers), logging.getLogger().level)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.split() == ["0", str(logging.WARNING)]

from datetime import date

import pytest

from digest.patterns import WORDS, filled, has_number, problems
from digest.workdays import weekday_name

DAY = date(2026, 3, 5)


def said(pattern, number=None):
    return filled(pattern, day=DAY, number=number, name="Điểm báo", topic="CẢI CÁCH")


def test_every_word_is_filled_and_nothing_else_in_braces_is_looked_at():
    assert said(" ".join(f"{{{word}}}" for word in WORDS), 7) == (
        "2026 03 05/03/2026 THỨ NĂM 7 07 Điểm báo ĐIỂM BÁO CẢI CÁCH CẢI CÁCH Cải cách"
    )
    values = filled("{name}", day=DAY, number=None, name="{number.__class__}", topic="")
    assert values == "{number.__class__}"


def test_a_line_with_a_number_is_empty_in_an_issue_without_one():
    assert said("Số {number}/{year}") == ""
    assert said("Số {number}/{year}", 112) == "Số 112/2026"


def test_a_line_tells_the_number_by_either_word():
    told = [has_number(pattern) for pattern in ("Số {number}", "số {number2}/{year}", "{name} số {month}", "number")]
    assert told == [True, True, False, False]


def test_the_weekdays_are_those_of_the_calendar():
    assert said("{weekday}") == weekday_name(DAY) == "THỨ NĂM"


@pytest.mark.parametrize("pattern", ["{thu}", "{name.upper}", "{}", "{{year}}", "năm {year", "year}"])
def test_what_could_not_be_filled_is_a_problem(pattern):
    assert list(problems(pattern))


def test_a_good_pattern_has_no_problem():
    assert list(problems("Số {number}/{year} – {NAME}")) == []

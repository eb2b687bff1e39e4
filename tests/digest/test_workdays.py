"""The working days of state offices, against the calendars that were decreed."""

from datetime import date, timedelta

import pytest

from digest.patterns import WEEKDAYS
from digest.workdays import is_working_day, previous_working_day, weekday_name, window
from tests.fakes import at


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2023, 12, 11), True),
        (date(2023, 12, 10), False),  # a Sunday
        (date(2025, 4, 26), True),  # a Saturday worked for 2/5
        (date(2025, 5, 2), False),
        (date(2026, 1, 2), False),  # off for civil servants, worked on 10/1
        (date(2026, 1, 10), True),
        (date(2026, 2, 16), False),  # Tết
        (date(2026, 2, 20), False),
        (date(2026, 2, 23), True),
        (date(2026, 8, 22), True),
        (date(2026, 8, 31), False),
        (date(2026, 11, 24), False),
        (date(2027, 2, 10), False),
    ],
)
def test_the_calendar_knows_tet_and_swapped_days(day: date, *, worked: bool):
    assert is_working_day(day) is worked


def test_what_the_office_decides_wins_over_the_calendar():
    assert is_working_day(date(2026, 3, 7), {date(2026, 3, 7): True})
    assert not is_working_day(date(2026, 1, 10), {date(2026, 1, 10): False})


def test_before_a_monday_comes_the_friday():
    assert previous_working_day(date(2026, 3, 9)) == date(2026, 3, 6)


def test_before_the_first_day_after_tet_comes_the_last_day_before_it():
    assert previous_working_day(date(2026, 2, 23)) == date(2026, 2, 13)


def test_a_swapped_saturday_is_the_day_before_its_monday():
    assert previous_working_day(date(2026, 1, 12)) == date(2026, 1, 10)


def test_the_window_of_a_monday_opens_on_friday_and_closes_at_its_end():
    assert window(date(2026, 3, 9)) == (at("2026-03-06 00:00"), at("2026-03-10 00:00"))


def test_the_window_counts_working_days_and_takes_overrides():
    assert window(date(2026, 3, 9), 2)[0] == at("2026-03-05 00:00")
    assert window(date(2026, 3, 9), 0)[0] == at("2026-03-09 00:00")
    assert window(date(2026, 3, 9), 1, {date(2026, 3, 7): True})[0] == at("2026-03-07 00:00")


def test_the_masthead_names_the_weekday():
    assert weekday_name(date(2023, 12, 11)) == "THỨ HAI"
    assert weekday_name(date(2026, 3, 8)) == "CHỦ NHẬT"
    assert [weekday_name(date(2026, 3, 2) + timedelta(days=n)) for n in range(7)] == list(WEEKDAYS)

"""A source's own rhythm."""

from datetime import UTC, date, datetime, timedelta

import pytest

from digest.pipeline.rhythm import clock_between, is_holiday, rests_of, rhythm_of, usual_gap, yield_of
from tests.fakes import at

HOUR = timedelta(hours=1)
NOTHING = frozenset[int]()


def every_weekday(first: str, days: int, hours: tuple[int, ...] = (8, 10, 14, 16)) -> list[datetime]:
    """A paper's articles at those hours on Mondays to Fridays."""
    start = at(f"{first} 00:00")
    return [
        start + timedelta(days=day, hours=hour)
        for day in range(days)
        for hour in hours
        if (start + timedelta(days=day)).weekday() < 5
    ]


def test_the_clock_stands_still_on_rest_days():
    friday, monday = at("2026-03-06 17:00"), at("2026-03-09 08:00")
    assert clock_between(friday, monday, NOTHING) == 63 * HOUR
    assert clock_between(friday, monday, {5, 6}) == 15 * HOUR
    assert clock_between(at("2026-03-07 08:00"), at("2026-03-08 20:00"), {5, 6}) == timedelta()
    assert clock_between(monday, friday, NOTHING) == timedelta()


def test_the_clock_stands_still_over_tet_and_its_weekends():
    assert clock_between(at("2026-02-13 17:00"), at("2026-02-23 08:00"), NOTHING) == 15 * HOUR
    assert is_holiday(date(2026, 2, 15))
    assert is_holiday(date(2026, 2, 21))
    assert not is_holiday(date(2026, 3, 7))


def test_a_moment_counts_in_its_vietnamese_day_whatever_its_offset():
    evening = datetime(2026, 3, 8, 18, 0, tzinfo=UTC)  # Monday, one in the morning in Việt Nam
    assert clock_between(evening, evening + HOUR, {6}) == HOUR
    assert rests_of([evening]) == frozenset(range(7)) - {0}


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25", "2026-04-05"])
def test_no_day_is_shorter_or_longer_as_summer_time_makes_them_elsewhere(day):
    midnight = at(f"{day} 00:00")
    assert clock_between(midnight, midnight + timedelta(days=1), NOTHING) == 24 * HOUR


def test_a_papers_normal_gap_is_its_night():
    times = every_weekday("2026-03-02", 28)
    assert rests_of(times) == {5, 6}
    assert usual_gap(times) == 16 * HOUR


def test_one_night_weighs_as_much_as_many_short_gaps_of_the_day():
    busy = every_weekday("2026-03-02", 28, hours=tuple(range(7, 19)))
    assert usual_gap(busy) == 13 * HOUR


def test_less_than_six_hours_is_never_a_normal_gap():
    times = [at("2026-03-02 00:00") + 1 * HOUR * hour for hour in range(24 * 28)]
    assert usual_gap(times) == 6 * HOUR


def test_a_single_long_pause_does_not_become_the_normal_gap():
    times = every_weekday("2026-03-02", 28, hours=(8, 10, 12, 14, 16, 18, 20))
    pause = [moment for moment in times if not at("2026-03-11 00:00") < moment < at("2026-03-12 23:00")]
    assert usual_gap(pause) == 12 * HOUR


def test_too_few_articles_have_no_rhythm():
    assert usual_gap([at("2026-03-02 08:00")] * 4) is None
    assert usual_gap([]) is None


def test_articles_of_one_moment_have_the_least_gap():
    assert usual_gap([at("2026-03-02 08:00")] * 9) == 6 * HOUR


def test_a_weekly_papers_gap_is_one_of_its_days():
    tuesdays = [at("2026-03-03 09:00") + timedelta(days=7 * week) for week in range(6)]
    assert rhythm_of(tuesdays) == tuesdays[1:]
    assert usual_gap(tuesdays) == 24 * HOUR
    assert clock_between(tuesdays[-1], tuesdays[-1] + timedelta(days=14), rests_of(tuesdays)) == 48 * HOUR


def test_the_yield_stands_beside_what_the_same_weekdays_brought_by_the_same_hour():
    times = every_weekday("2026-03-02", 28)
    monday = yield_of(times, since=at("2026-03-01 12:00"), now=at("2026-03-23 09:00"))
    assert (monday.today, monday.usual_today) == (1, 1.0)
    assert monday.per_working_day == 4.0
    assert monday.week == 20
    assert monday.usual_week == pytest.approx(41 / (15 - 1.5 / 12) * 7, rel=0.05)
    evening = yield_of(times, since=at("2026-03-01 12:00"), now=at("2026-03-23 20:00"))
    assert (evening.today, evening.usual_today) == (4, 4.0)
    sunday = yield_of(times, since=at("2026-03-01 12:00"), now=at("2026-03-22 20:00"))
    assert (sunday.today, sunday.usual_today) == (0, 0.0)


def test_a_yield_of_a_source_that_has_just_begun_is_compared_with_nothing():
    times = every_weekday("2026-03-02", 3)
    begun = yield_of(times, since=at("2026-03-04 07:00"), now=at("2026-03-04 12:00"))
    assert (begun.articles, begun.today, begun.usual_today, begun.usual_week) == (10, 2, None, None)
    assert begun.week == 10
    assert begun.per_working_day is None


def test_only_the_last_28_days_count_for_the_yield_and_nothing_of_the_future():
    times = [*every_weekday("2026-01-05", 80), at("2027-01-01 08:00")]
    counted = yield_of(times, since=at("2026-01-01 00:00"), now=at("2026-03-25 00:00"))
    assert counted.articles == len(
        [moment for moment in times if at("2026-02-25 00:00") <= moment < at("2026-03-25 00:00")]
    )

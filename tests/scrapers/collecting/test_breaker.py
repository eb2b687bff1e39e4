from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.collecting.breaker import FIRST_PAUSE, LONGEST_PAUSE, Breaker
from tests.fakes import at
from tests.scrapers.fetching.fakes import unhurried

NOW = at("2026-03-02 07:00")
SECOND = timedelta(seconds=1)


CLOSED = Breaker()


def failed(times: int, breaker: Breaker = CLOSED) -> Breaker:
    """A breaker after so many faults, each the moment it lets one through."""
    now = NOW
    for _ in range(times):
        now = max(now, breaker.open_until or now)
        breaker = breaker.failed(now)
    return breaker


@pytest.mark.parametrize("times", [0, 1, 2])
def test_it_stays_closed_below_three_faults(times):
    assert failed(times).state(NOW) == "closed"


def test_three_faults_in_a_row_open_it_for_ten_minutes():
    breaker = failed(3)
    assert breaker == Breaker(3, NOW + timedelta(minutes=10))
    assert [breaker.state(NOW + pause) for pause in (timedelta(0), FIRST_PAUSE - SECOND)] == ["open", "open"]
    assert breaker.state(NOW + FIRST_PAUSE) == "half-open"
    assert breaker.state(NOW + timedelta(days=30)) == "half-open"


def test_an_answer_in_between_starts_the_count_again():
    breaker = failed(2).succeeded()
    assert breaker == Breaker()
    assert failed(2, breaker).state(NOW) == "closed"


def test_a_probe_that_succeeds_closes_it():
    assert failed(5).succeeded().state(NOW) == "closed"


def test_a_probe_that_fails_opens_it_for_twice_as_long():
    breaker = failed(3)
    for minutes in (20, 40, 60, 60):
        probed = breaker.open_until
        assert probed is not None
        breaker = breaker.failed(probed)
        assert breaker.open_until == probed + timedelta(minutes=minutes)
        assert breaker.state(probed) == "open"


def test_a_fault_of_what_was_asked_before_it_opened_adds_nothing():
    breaker = failed(3)
    assert breaker.failed(NOW + SECOND) is breaker


def test_a_clock_that_was_set_back_does_not_keep_it_open():
    breaker = failed(3)
    assert breaker.state(NOW - timedelta(days=2)) == "half-open"


@unhurried
@given(st.integers(0, 10**9), st.integers(0, 10**6))
def test_it_never_opens_for_longer_than_six_hours(failures, seconds):
    now = NOW + timedelta(seconds=seconds)
    breaker = Breaker(failures, NOW - SECOND if failures >= 3 else None).failed(now)
    if failures >= 2:
        assert breaker.open_until is not None
        assert FIRST_PAUSE <= breaker.open_until - now <= LONGEST_PAUSE
    assert breaker.failures == failures + 1


def test_a_host_that_asks_for_a_pause_is_given_it_up_to_six_hours():
    for asked, kept in ((timedelta(hours=2), timedelta(hours=2)), (timedelta(days=3), timedelta(hours=6))):
        shut = Breaker().shut(NOW, asked)
        assert shut.open_until == NOW + kept
        assert shut.state(NOW + kept - timedelta(seconds=1)) == "open"
        assert shut.state(NOW + kept) == "half-open"

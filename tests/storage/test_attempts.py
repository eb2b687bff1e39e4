"""Tries to sign in: guessing is stopped, and the real person is not."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from digest.attempts import OF_A_PAIR, OF_AN_ADDRESS, WINDOW
from storage.attempts import Attempt, begin_attempt, was_half_right, was_right
from storage.database import begin
from storage.schema import AttemptRow
from tests.fakes import at
from tests.storage.fakes import said_at_once

NOW = at("2026-03-02 08:00")
HOME, OFFICE, ELSEWHERE = "192.0.2.7", "2001:db8:1::5", "198.51.100.9"


def _tries(
    session: Session, count: int, login: str = "lan", address: str = ELSEWHERE, at: datetime = NOW
) -> list[Attempt]:
    return [begin_attempt(session, login, address, at + timedelta(seconds=number)) for number in range(count)]


def _right(session: Session, login: str, address: str, moment: datetime) -> None:
    was_right(session, begin_attempt(session, login, address, moment), moment)


def _count(session: Session) -> int | None:
    return session.scalar(select(func.count()).select_from(AttemptRow))


def test_a_login_can_be_tried_ten_times_in_a_quarter_of_an_hour_from_one_address(session: Session):
    tries = _tries(session, 12)
    assert [attempt.verdict.admitted for attempt in tries] == [True] * 10 + [False] * 2
    assert [attempt.failures for attempt in tries[:3]] == [0, 1, 2]
    assert tries[-1].number is None
    assert tries[-1].verdict.wait == WINDOW - timedelta(seconds=11)
    assert _count(session) == 10
    assert not begin_attempt(session, "LAN ", ELSEWHERE, NOW + WINDOW - timedelta(seconds=1)).verdict.admitted
    assert begin_attempt(session, "lan", ELSEWHERE, NOW + WINDOW).verdict.admitted


def test_guessing_elsewhere_locks_the_person_out_nowhere_else(session: Session):
    _right(session, "lan", HOME, NOW)
    for number in range(20):
        _tries(session, 12, address=f"198.51.100.{number}")
    for address in (HOME, OFFICE):
        attempt = begin_attempt(session, "lan", address, NOW + timedelta(minutes=1))
        assert (attempt.verdict.admitted, attempt.verdict.wait) == (True, timedelta(0))


def test_guessing_from_the_persons_own_address_slows_and_never_locks(session: Session):
    _right(session, "lan", HOME, NOW - timedelta(days=300))
    guesses = _tries(session, 300, address=HOME)
    assert all(attempt.verdict.admitted for attempt in guesses)
    assert max(attempt.verdict.wait for attempt in guesses) == timedelta(seconds=8)
    _right(session, "lan", HOME, NOW + timedelta(minutes=6))
    assert begin_attempt(session, "lan", HOME, NOW + timedelta(minutes=6)).verdict.wait == timedelta(0)


def test_a_neighbour_who_guesses_many_logins_closes_the_address_for_strangers_alone(session: Session):
    _right(session, "lan", OFFICE, NOW - timedelta(days=1))
    for number in range(OF_AN_ADDRESS // 5):
        _tries(session, 5, login=f"guess{number}", address=OFFICE)
    moment = NOW + timedelta(minutes=1)
    assert not begin_attempt(session, "hoa", "2001:db8:1::77", moment).verdict.admitted
    assert begin_attempt(session, "lan", "2001:db8:1::77", moment).verdict.admitted
    assert begin_attempt(session, "hoa", HOME, moment).verdict.admitted


def test_an_account_of_ones_own_does_not_open_an_address_again(session: Session):
    for number in range(OF_AN_ADDRESS // 5):
        _tries(session, 5, login=f"guess{number}")
        _right(session, "mine", ELSEWHERE, NOW)
    assert not begin_attempt(session, "other", ELSEWHERE, NOW + timedelta(minutes=1)).verdict.admitted


def test_a_password_that_was_right_but_for_the_code_counts_neither_way(session: Session):
    for number in range(2 * OF_A_PAIR):
        was_half_right(session, begin_attempt(session, "lan", HOME, NOW + timedelta(seconds=number)))
    assert begin_attempt(session, "lan", HOME, NOW).failures == 0
    _tries(session, OF_A_PAIR, address=HOME)
    assert not begin_attempt(session, "lan", HOME, NOW + timedelta(minutes=1)).verdict.admitted


def test_whatever_is_typed_is_kept_short(session: Session):
    begin_attempt(session, "x\x00\ud800" * 10_000, "y" * 10_000, NOW)
    row = session.scalars(select(AttemptRow)).one()
    assert (len(row.login), len(row.address)) == (64, 64)


@pytest.mark.parametrize(("days", "left"), [(29, 3), (31, 2), (401, 1)])
def test_old_tries_are_forgotten_failures_first(session: Session, days: int, left: int):
    _right(session, "lan", HOME, NOW)
    begin_attempt(session, "lan", HOME, NOW)
    _right(session, "hoa", HOME, NOW + timedelta(days=days))
    assert _count(session) == left


_TRYING = """
import sys
from storage.attempts import begin_attempt
from storage.database import begin, open_database
from tests.fakes import at

engine = open_database(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
admitted = 0
for _ in range(10):
    with begin(engine) as session:
        admitted += begin_attempt(session, "lan", "192.0.2.7", at("2026-03-02 08:00")).verdict.admitted
print(admitted)
"""


def test_many_tries_at_once_count_too(database_url: str, engine: Engine):
    admitted = said_at_once(_TRYING, (database_url,), (database_url,))
    assert sum(map(int, admitted)) == OF_A_PAIR
    with begin(engine) as session:
        assert _count(session) == OF_A_PAIR

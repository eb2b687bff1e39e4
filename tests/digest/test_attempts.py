"""What becomes of a try to sign in: let through, slowed, refused; and what an address is counted as."""

from datetime import datetime, timedelta

import pytest

from digest.attempts import OF_A_PAIR, OF_AN_ADDRESS, WINDOW, Earlier, Verdict, address_key, verdict
from tests.fakes import at

NOW = at("2026-03-02 08:00")


def failures(count: int) -> list[datetime]:
    return [NOW - timedelta(seconds=second) for second in range(1, count + 1)]


def test_a_first_try_is_let_through_at_once():
    assert verdict(Earlier(), NOW) == Verdict(admitted=True)


def test_the_tenth_failure_of_a_pair_closes_it_until_the_first_is_old():
    assert verdict(Earlier(of_pair=failures(OF_A_PAIR - 1)), NOW).admitted
    said = verdict(Earlier(of_pair=failures(OF_A_PAIR)), NOW)
    assert said == Verdict(admitted=False, wait=WINDOW - timedelta(seconds=OF_A_PAIR))


def test_many_logins_tried_from_one_address_close_it():
    assert verdict(Earlier(of_address=failures(OF_AN_ADDRESS - 1)), NOW).admitted
    said = verdict(Earlier(of_address=failures(OF_AN_ADDRESS), of_pair=failures(OF_A_PAIR)), NOW)
    assert said == Verdict(admitted=False, wait=WINDOW - timedelta(seconds=OF_A_PAIR))


@pytest.mark.parametrize(("count", "seconds"), [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (8, 8), (9, 8), (1000, 8)])
def test_from_a_known_address_a_try_is_only_ever_slowed(count: int, seconds: int):
    earlier = Earlier(of_pair=failures(count), of_address=failures(OF_AN_ADDRESS), is_known=True)
    assert verdict(earlier, NOW) == Verdict(admitted=True, wait=timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("192.0.2.7", "192.0.2.7"),
        (" 192.0.2.7 ", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:DB8:1:2::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "testclient"),
        ("x" * 100, "x" * 64),
        ("a\x00b\ud800", "ab"),
    ],
)
def test_one_machine_has_one_key(address: str, key: str):
    assert address_key(address) == key

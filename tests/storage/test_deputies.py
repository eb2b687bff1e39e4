"""A deputy is named, counts until the last day, and can be ended before."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from digest.people import Deputy
from digest.people_checks import PeopleError
from storage.audit import entries
from storage.deputies import deputies, end_deputy, name_deputy
from tests.storage.fakes import an_act, with_user

BOSS = an_act(by="p-lan")


@pytest.fixture(autouse=True)
def office(session: Session) -> None:
    with_user(session, "lan")
    with_user(session, "truong", role="approver")
    with_user(session, "hoa", role="editor")


def _deputy(first: int, last: int, absent: str = "p-truong", acting: str = "p-hoa") -> Deputy:
    return Deputy(absent=absent, acting=acting, first=date(2026, 3, first), last=date(2026, 3, last))


def test_a_deputy_is_kept_told_and_forgotten_once_the_days_are_over(session: Session):
    later = name_deputy(session, _deputy(10, 12), BOSS)
    sooner = name_deputy(session, _deputy(2, 4), BOSS)
    assert deputies(session, date(2026, 3, 4)) == (sooner, later)
    assert deputies(session, date(2026, 3, 5)) == (later,)
    told = entries(session)[0]
    assert (told.deed, told.pseudonym, told.subject) == ("deputy-named", "p-lan", "p-truong")
    assert told.detail == {"acting": "p-hoa", "first": "2026-03-02", "last": "2026-03-04"}


def test_a_deputy_is_ended_once(session: Session):
    kept = name_deputy(session, _deputy(2, 4), BOSS)
    assert kept.number is not None
    end_deputy(session, kept.number, BOSS)
    end_deputy(session, kept.number, BOSS)
    assert deputies(session, date(2026, 3, 1)) == ()
    assert [entry.deed for entry in entries(session)][:2] == ["deputy-ended", "deputy-named"]


def test_who_may_not_stand_in_is_not_named(session: Session):
    for wrong in (_deputy(2, 4, acting="p-lan"), _deputy(2, 4, absent="p-lan"), _deputy(4, 2)):
        with pytest.raises(PeopleError):
            name_deputy(session, wrong, BOSS)
    for wrong in (_deputy(2, 4, acting="p-x"), _deputy(2, 4, absent="p-x")):
        with pytest.raises(PeopleError, match="p-x: nobody"):
            name_deputy(session, wrong, BOSS)
    assert deputies(session, date(2026, 3, 1)) == ()

"""What each round brought from each source."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from digest.errors import StorageError
from storage.rounds import SourceRound, forget_rounds, keep_round, last_answers, rounds_since
from storage.runs import start_run
from storage.schema import SourceRoundRow
from tests.fakes import at
from tests.storage.fakes import DAY

MORNING = at("2026-03-02 05:00")


@pytest.fixture
def run(session: Session) -> int:
    return start_run(session, day=DAY, profile="cchc", moment=MORNING)


def a_round(source: str, ended: datetime, kept: int = 0, answered: int = 0) -> SourceRound:
    return SourceRound(source=source, ended=ended, kept=kept, answered=answered)


def test_a_round_comes_back_as_it_was_kept(session: Session, run: int):
    kept = SourceRound(
        source="baolua",
        ended=MORNING,
        listings=3,
        answered=2,
        unchanged=1,
        way="sitemap",
        found=30,
        known=20,
        outside=3,
        kept=5,
        fallback=1,
        failed={"not-found": 2},
    )
    keep_round(session, run, kept)
    assert rounds_since(session, MORNING) == [kept]


def test_rounds_come_oldest_first_from_a_moment_on(session: Session, run: int):
    for minutes in (40, 0, 20):
        keep_round(session, run, a_round("baolua", MORNING + timedelta(minutes=minutes), kept=minutes))
    assert [one.kept for one in rounds_since(session, MORNING + timedelta(minutes=20))] == [20, 40]


def test_the_last_answer_of_a_source_is_that_of_a_round_in_which_it_was_reached(session: Session, run: int):
    keep_round(session, run, a_round("baolua", MORNING, answered=1))
    keep_round(session, run, a_round("baolua", MORNING + timedelta(hours=1)))
    keep_round(session, run, a_round("baosen", MORNING))
    assert last_answers(session) == {"baolua": MORNING}


def test_old_rounds_are_forgotten(session: Session, run: int):
    keep_round(session, run, a_round("baolua", MORNING))
    keep_round(session, run, a_round("baosen", MORNING + timedelta(days=60)))
    forget_rounds(session, MORNING + timedelta(days=1))
    assert [one.source for one in rounds_since(session, MORNING)] == ["baosen"]


def test_a_damaged_round_is_named(session: Session, run: int):
    keep_round(session, run, a_round("baolua", MORNING))
    session.execute(update(SourceRoundRow).values(failed=["x"]))
    with pytest.raises(StorageError, match="round 1 in the database is damaged"):
        rounds_since(session, MORNING)

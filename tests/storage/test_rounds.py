"""What each round brought from each source."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from storage.health import rounds_by_source
from storage.rounds import Reach, SourceRound, forget_rounds, keep_round, reach_of
from storage.runs import start_run
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
    assert rounds_by_source(session, MORNING, MORNING) == {"baolua": [kept]}


def test_rounds_come_oldest_first_from_a_moment_on(session: Session, run: int):
    for minutes in (40, 0, 20):
        keep_round(session, run, a_round("baolua", MORNING + timedelta(minutes=minutes), kept=minutes))
    moment = MORNING + timedelta(minutes=20)
    assert [one.kept for one in rounds_by_source(session, moment, moment)["baolua"]] == [20, 40]


def test_old_rounds_are_forgotten(session: Session, run: int):
    keep_round(session, run, a_round("baolua", MORNING))
    keep_round(session, run, a_round("baosen", MORNING + timedelta(days=60)))
    forget_rounds(session, MORNING + timedelta(days=1))
    assert set(rounds_by_source(session, MORNING, MORNING)) == {"baosen"}


def test_how_far_a_source_can_be_reached(session: Session, run: int):
    assert reach_of(session, "baolua") == Reach(asked=None, answered=None)
    keep_round(session, run, a_round("baolua", MORNING, answered=1))
    keep_round(session, run, a_round("baolua", MORNING + timedelta(hours=1)))
    keep_round(session, run, a_round("baosen", MORNING + timedelta(hours=2), answered=1))
    assert reach_of(session, "baolua") == Reach(asked=MORNING + timedelta(hours=1), answered=MORNING)

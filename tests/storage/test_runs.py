"""Runs and their failures."""

from datetime import UTC

import pytest
from sqlalchemy.orm import Session

from digest.errors import StorageError
from storage.runs import (
    Before,
    Failure,
    Run,
    abandoned_runs,
    failed_before,
    failures_of,
    finish_run,
    latest_failure,
    record_failure,
    run_by_id,
    start_run,
)
from tests.fakes import at
from tests.storage.fakes import DAY

START, END = at("2026-03-02 05:00"), at("2026-03-02 05:09")


def test_a_run_that_never_ended_is_abandoned_until_it_is_finished(session: Session):
    first = start_run(session, day=DAY, profile="cchc", moment=START)
    second = start_run(session, day=DAY, profile="cchc", moment=END)
    assert [run.id for run in abandoned_runs(session)] == [first, second]
    finish_run(session, first, moment=END, outcome="done", report={"kept": 31, "dropped": {"quota": 4}})
    assert [run.id for run in abandoned_runs(session)] == [second]
    assert run_by_id(session, first) == Run(
        id=first,
        day=DAY,
        profile="cchc",
        started=START,
        ended=END,
        outcome="done",
        report={"kept": 31, "dropped": {"quota": 4}},
    )


def test_finishing_twice_gives_the_same_run(session: Session):
    run = start_run(session, day=DAY, profile="cchc", moment=START)
    finish_run(session, run, moment=END, outcome="done", report={})
    once = run_by_id(session, run)
    finish_run(session, run, moment=END, outcome="done", report={})
    assert run_by_id(session, run) == once


def test_an_unknown_run_is_none_and_cannot_be_finished(session: Session):
    assert run_by_id(session, 9) is None
    with pytest.raises(StorageError, match="run 9 is not stored"):
        finish_run(session, 9, moment=END, outcome="done", report={})


def test_failures_come_back_in_their_order_and_of_their_run_alone(session: Session):
    run = start_run(session, day=DAY, profile="cchc", moment=START)
    other = start_run(session, day=DAY, profile="cchc", moment=START)
    for owner, subject in ((run, "https://z.example/1"), (other, "x"), (run, "https://a.example/1")):
        record_failure(session, owner, stage="fetch", kind="timeout", subject=subject, detail="15 s", moment=END)
    failures = failures_of(session, run)
    assert [failure.subject for failure in failures] == ["https://z.example/1", "https://a.example/1"]
    assert failures[0] == Failure(
        stage="fetch", kind="timeout", subject="https://z.example/1", detail="15 s", moment=END, permanent=False
    )
    assert failures[0].moment.tzinfo is UTC


def test_how_often_an_article_failed_in_earlier_runs_is_counted_once_a_run(session: Session):
    runs = [start_run(session, day=DAY, profile="cchc", moment=START) for _ in range(3)]
    for run, kind in ((0, "not-found"), (0, "not-found"), (1, "timeout"), (1, "not-found"), (2, "not-found")):
        record_failure(
            session,
            runs[run],
            stage="fetch",
            kind=kind,
            subject="https://a.example/1?x",
            detail="",
            moment=END,
            identity="https://a.example/1",
            source="baolua",
        )
    assert failed_before(session, "https://a.example/1", "not-found", run=runs[2]) == Before(runs=2, first=END)
    assert failed_before(session, "https://a.example/1", "not-found", run=runs[0]) == Before(runs=0, first=None)
    assert failed_before(session, "https://a.example/2", "not-found", run=runs[2]).runs == 0


def test_the_latest_failure_is_found_by_identity_too(session: Session):
    run = start_run(session, day=DAY, profile="cchc", moment=START)
    record_failure(
        session, run, stage="fetch", kind="tls", subject="http://a.example/1", detail="", moment=END, identity="khoá"
    )
    found = latest_failure(session, "khoá")
    assert found is not None
    assert found.subject == "http://a.example/1"

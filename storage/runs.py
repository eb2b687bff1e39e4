"""Runs and what failed in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import distinct, func, or_, select
from sqlalchemy.orm import Session

from digest.errors import StorageError
from storage.schema import FailureRow, RunRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A day's work once through; `ended` and `outcome` are None while it goes on and after it was killed."""

    id: int
    day: date
    profile: str
    started: datetime
    ended: datetime | None
    outcome: str | None
    report: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Something that cost itself alone. `kind` is a stable word, `subject` an address, a source or a file."""

    stage: str
    kind: str
    subject: str
    detail: str
    moment: datetime
    permanent: bool
    source: str | None = None


def start_run(session: Session, *, day: date, profile: str, moment: datetime) -> int:
    """Note that a run began; gives its id."""
    row = RunRow(day=day, profile=profile, started=moment, report={})
    session.add(row)
    session.flush()
    return row.id


def finish_run(session: Session, run_id: int, *, moment: datetime, outcome: str, report: Mapping[str, Any]) -> None:
    """Note how the run ended; StorageError for an unknown run."""
    row = session.get(RunRow, run_id)
    if row is None:
        raise StorageError(f"run {run_id} is not stored: it cannot be finished")
    row.ended, row.outcome, row.report = moment, outcome, dict(report)
    session.flush()


def run_by_id(session: Session, run_id: int) -> Run | None:
    """The run, None for an unknown id."""
    row = session.get(RunRow, run_id)
    return None if row is None else _run(row)


def abandoned_runs(session: Session) -> tuple[Run, ...]:
    """Runs that began and never ended, oldest first. One that goes on at this moment is among them."""
    open_runs = select(RunRow).where(RunRow.ended.is_(None)).order_by(RunRow.started, RunRow.id)
    return tuple(_run(row) for row in session.scalars(open_runs))


def record_failure(  # noqa: PLR0913 - the columns, by name
    session: Session,
    run_id: int,
    *,
    stage: str,
    kind: str,
    subject: str,
    detail: str,
    moment: datetime,
    permanent: bool = False,
    source: str | None = None,
    identity: str | None = None,
) -> None:
    """Note a failure of the run. A permanent one makes its address and its identity two of `seen_addresses`."""
    session.add(
        FailureRow(
            run_id=run_id,
            stage=stage,
            kind=kind,
            subject=subject,
            detail=detail,
            moment=moment,
            permanent=permanent,
            source=source,
            identity=identity,
        )
    )
    session.flush()


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """In how many runs something failed, and when first; None where it never did."""

    runs: int
    first: datetime | None


def failed_before(session: Session, identity: str, kind: str, *, run: int) -> Before:
    """How often this article's address failed in this way in the runs before that one."""
    row = FailureRow
    told = select(func.count(distinct(row.run_id)), func.min(row.moment)).where(
        row.identity == identity, row.kind == kind, row.run_id < run
    )
    times, first = session.execute(told).one()
    return Before(runs=times, first=first)


def failures_of(session: Session, run_id: int) -> tuple[Failure, ...]:
    """The run's failures in the order they were noted."""
    noted = select(FailureRow).where(FailureRow.run_id == run_id).order_by(FailureRow.id)
    return tuple(_failure(row) for row in session.scalars(noted))


def latest_failure(session: Session, subject: str) -> Failure | None:
    """What failed last with this address, identity, source or file; None where nothing ever did."""
    its = or_(FailureRow.subject == subject, FailureRow.identity == subject)
    last = select(FailureRow).where(its).order_by(FailureRow.id.desc()).limit(1)
    row = session.scalars(last).one_or_none()
    return None if row is None else _failure(row)


def _failure(row: FailureRow) -> Failure:
    return Failure(
        stage=row.stage,
        kind=row.kind,
        subject=row.subject,
        detail=row.detail,
        moment=row.moment,
        permanent=row.permanent,
        source=row.source,
    )


def _run(row: RunRow) -> Run:
    return Run(
        id=row.id,
        day=row.day,
        profile=row.profile,
        started=row.started,
        ended=row.ended,
        outcome=row.outcome,
        report=row.report,
    )

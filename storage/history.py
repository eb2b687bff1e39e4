"""What became of each version of an issue: added, never changed."""

from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from digest.errors import StorageError
from digest.model import VIETNAM, Issue, IssueEvent
from digest.versions import issue_name
from storage.rows import value_of
from storage.schema import IssueEventRow, IssueRow

_FIELDS = ("deed", "moment", "issue_hash", "item", "reason", "by")


def record_event(session: Session, issue: Issue, event: IssueEvent) -> None:
    """Add what became of that version; StorageError where it is not stored."""
    stored = select(IssueRow.id).filter_by(profile=issue.profile, date=issue.date, version=event.version)
    issue_id = session.scalars(stored).one_or_none()
    if issue_id is None:
        raise StorageError(f"{issue_name(replace(issue, version=event.version))} is not stored")
    session.add(IssueEventRow(issue_id=issue_id, **{name: getattr(event, name) for name in _FIELDS}))
    session.flush()


def history_of(session: Session, profile: str, day: date) -> tuple[IssueEvent, ...]:
    """What became of all versions of the day's issue, in the order of its happening."""
    chosen = (
        select(IssueRow.version, IssueEventRow)
        .join(IssueEventRow, IssueEventRow.issue_id == IssueRow.id)
        .where(IssueRow.profile == profile, IssueRow.date == day)
        .order_by(IssueEventRow.id)
    )
    return tuple(_event(version, row) for version, row in session.execute(chosen))


def _event(version: int, row: IssueEventRow) -> IssueEvent:
    stored = {name: getattr(row, name) for name in _FIELDS} | {"moment": row.moment.astimezone(VIETNAM)}
    return value_of(IssueEvent, stored | {"version": version}, f"event {row.id} of an issue")

"""What editors did to drafts, in its order: added, never changed.

A step is kept lean: an item once, as it was, with only those fields beside it that the step changed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from digest.editing import Spot, Step, Touched
from digest.errors import StorageError
from digest.model import VIETNAM, Issue, Item
from digest.wire import Raw, dump
from storage.rows import value_of
from storage.schema import IssueRow, StepRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A step as it was made: the `number`th of the day's issue, to that version, by whom (a pseudonym) and when.

    `issue_hash` is that of the content after it; `of` is the step that this one undoes or redoes.
    """

    number: int
    version: int
    moment: datetime
    by: str
    deed: str
    step: Step
    issue_hash: str
    of: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A step without its items."""

    number: int
    deed: str
    of: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The newest version of a day's issue without its items, and the number of the last step (0: none)."""

    version: int
    status: str
    hash: str
    number: int


def add_step(  # noqa: PLR0913 - named where it is called
    session: Session, issue: Issue, step: Step, *, deed: str, by: str, moment: datetime, of: int | None = None
) -> Done:
    """Add what led to this content of a stored version. Whoever calls holds the version's lock."""
    stored = select(IssueRow.id).filter_by(profile=issue.profile, date=issue.date, version=issue.version)
    issue_id = session.scalars(stored).one_or_none()
    if issue_id is None:
        raise StorageError(f"issue {issue.profile} of {issue.date}, version {issue.version} is not stored")
    row = StepRow(
        profile=issue.profile,
        day=issue.date,
        number=last_number(session, issue.profile, issue.date) + 1,
        issue_id=issue_id,
        issue_hash=str(issue.hash),
        moment=moment,
        by=by,
        deed=deed,
        of=of,
        step=list(map(_packed, step)),
    )
    session.add(row)
    session.flush()
    return _done(row, issue.version)


def last_number(session: Session, profile: str, day: date) -> int:
    """The number of the last step to the day's issue, 0 where there is none."""
    return session.scalar(select(func.max(StepRow.number)).filter_by(profile=profile, day=day)) or 0


def standing(session: Session, profile: str, day: date) -> Standing | None:
    """How the day's issue stands; None where there is none. Cheap enough to be asked every few seconds."""
    newest = (
        select(IssueRow.version, IssueRow.status, IssueRow.hash)
        .filter_by(profile=profile, date=day)
        .order_by(IssueRow.version.desc())
        .limit(1)
    )
    row = session.execute(newest).one_or_none()
    number = last_number(session, profile, day)
    return None if row is None else Standing(version=row.version, status=row.status, hash=row.hash, number=number)


def steps_of(session: Session, profile: str, day: date, *, after: int = 0) -> Iterator[Done]:
    """The steps with a higher number, in their order."""
    yield from _found(session, profile, day, StepRow.number > after, order=StepRow.number.asc())


def step_at(session: Session, profile: str, day: date, number: int) -> Done:
    """The step of that number, which there is."""
    return next(_found(session, profile, day, StepRow.number == number, order=StepRow.number.asc()))


def last_to_touch(session: Session, profile: str, day: date, key: str) -> Done | None:
    """The last step that touched the item of that key; None where none did."""
    newest_first = _found(session, profile, day, order=StepRow.number.desc())
    return next((done for done in newest_first if any(one.key == key for one in done.step)), None)


def marks_of(session: Session, issue: Issue, by: str) -> tuple[Mark, ...]:
    """What that person did to this version, in its order."""
    chosen = (
        select(StepRow.number, StepRow.deed, StepRow.of)
        .join(IssueRow, IssueRow.id == StepRow.issue_id)
        .where(IssueRow.profile == issue.profile, IssueRow.date == issue.date, IssueRow.version == issue.version)
        .where(StepRow.by == by)
        .order_by(StepRow.number)
    )
    return tuple(Mark(number=number, deed=deed, of=of) for number, deed, of in session.execute(chosen))


def _found(
    session: Session, profile: str, day: date, *which: ColumnElement[bool], order: ColumnElement[int]
) -> Iterator[Done]:
    chosen = (
        select(StepRow, IssueRow.version)
        .join(IssueRow, IssueRow.id == StepRow.issue_id)
        .where(StepRow.profile == profile, StepRow.day == day, *which)
        .order_by(order)
    )
    # Not piece by piece: who asks may stop at the first, and PostgreSQL's cursor would stay open.
    for row, version in session.execute(chosen):
        yield _done(row, version)


def _done(row: StepRow, version: int) -> Done:
    name = f"step {row.number} of {row.profile}, {row.day}"
    return Done(
        number=row.number,
        version=version,
        moment=row.moment.astimezone(VIETNAM),
        by=row.by,
        deed=row.deed,
        step=tuple(_unpacked(raw, name) for raw in row.step),
        issue_hash=row.issue_hash,
        of=row.of,
    )


def _packed(one: Touched) -> Raw:
    raw: Raw = {"key": one.key}
    before, after = (None if item is None else _plain(item) for item in (one.before, one.after))
    if before is not None:
        raw["before"] = {name: value for name, value in before.items() if value not in (None, [])}
    if after is not None:
        known = _NOTHING if before is None else before
        raw["after"] = {name: value for name, value in after.items() if value != known.get(name)}
    for name in ("spot_before", "spot_after"):
        spot: Spot | None = getattr(one, name)
        if spot is not None:
            raw[name] = dump(spot)
    return raw


def _plain(item: Item) -> Raw:
    return dump(replace(item, number=0))  # numbers follow from the place


def _unpacked(raw: Raw, name: str) -> Touched:
    before, after = raw.get("before"), raw.get("after")
    whole = after if before is None or after is None else before | after
    nothing = dict.fromkeys(("before", "spot_before", "spot_after"))
    return value_of(Touched, nothing | raw | {"after": whole}, name)


_NOTHING: Raw = {field.name: [] for field in fields(Item) if field.default == ()}

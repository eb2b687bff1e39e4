"""What every key of the draft board calls: one act, its step and what training learns from it, or none of them.

An act is refused with a sentence for the screen. Numbers of steps run through all versions of a day's issue.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from digest.editing import EditConflict, Step, Titles, step_between, undone, with_keys
from digest.errors import InputError, UsageError
from digest.model import Decision, Deed, Issue, IssueEvent
from digest.pipeline.overtaken import Doing, check_draft, check_seen, overtaken, touched
from digest.versions import is_settled
from storage.database import begin, reading
from storage.decisions import keep_decisions
from storage.history import record_event
from storage.issues import add_version, change_draft, newest_locked
from storage.steps import (
    Done,
    Mark,
    Standing,
    add_step,
    last_number,
    marks_of,
    standing,
    step_at,
    steps_of,
)

Change = Callable[[Issue], Issue]  # made of the functions of digest.editing: it changes sections alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Acted:
    """The draft after an act, the number of the last step, and what the act touched: nothing where it changed nothing."""

    issue: Issue
    number: int
    step: Step = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """How the issue stands now, and the steps that led there; another version or status means: read it anew."""

    now: Standing
    steps: tuple[Done, ...]


def act(  # noqa: PLR0913 - named where it is called
    engine: Engine,
    profile: str,
    day: date,
    change: Change,
    *,
    deed: str,
    by: str,
    moment: datetime,
    seen: int | None = None,
) -> Acted:
    """Change the day's draft and remember who did it; what changes nothing adds nothing.

    `deed` is a stable word; "merge" says that what goes is told by what stays. `seen` is the number of the last step
    that the editor's screen shows: Overtaken where somebody else touched since then, in the same way, an item that this
    touches. UsageError where the newest version is no draft, InputError where there is none.
    """
    doing = Doing(deed=deed, like=deed, by=by, moment=moment)
    with begin(engine) as session:
        stored = _draft(session, profile, day)
        before = with_keys(stored)
        try:
            after = replace(before, sections=change(before).sections)
        except EditConflict as conflict:
            raise overtaken(session, before, conflict, doing, ()) from conflict
        step = step_between(before, after)
        if not step:
            return Acted(issue=stored, number=last_number(session, profile, day))
        if seen is not None:
            check_seen(session, before, step, doing, seen)
        return _kept(session, stored, after, step, doing)


def undo(  # noqa: PLR0913 - named where it is called
    engine: Engine, profile: str, day: date, titles: Titles, *, by: str, moment: datetime, number: int | None = None
) -> Acted:
    """Take back that editor's last step in this version which still stands, or the one of that number.

    `titles` are the profile's sections. Overtaken where an item of it was touched since, UsageError where there is
    nothing to take back.
    """
    with begin(engine) as session:
        issue = _draft(session, profile, day)
        marks = marks_of(session, issue, by)
        stand = [one for one in _open(marks).stand if number in (None, one)]
        if not stand:
            raise UsageError("Không còn bước nào của bạn để hoàn tác.")
        doing = Doing(deed="undo", like="undo", by=by, moment=moment, of=stand[-1])
        return _taken_back(session, issue, titles, marks, doing)


def redo(  # noqa: PLR0913 - named where it is called
    engine: Engine, profile: str, day: date, titles: Titles, *, by: str, moment: datetime
) -> Acted:
    """Do once more what that editor undid last and has not acted since. Errors as above."""
    with begin(engine) as session:
        issue = _draft(session, profile, day)
        marks = marks_of(session, issue, by)
        undone_ones = _open(marks).undone
        if not undone_ones:
            raise UsageError("Không có bước nào của bạn để làm lại.")
        origin = next(one for one in marks if one.number == undone_ones[-1])
        doing = Doing(deed="redo", like=origin.deed, by=by, moment=moment, of=origin.number)
        return _taken_back(session, issue, titles, marks, doing)


def changes_since(engine: Engine, profile: str, day: date, number: int) -> Changes | None:
    """What came after the step of that number, by whomever; None where the day has no issue."""
    with reading(engine) as session:
        now = standing(session, profile, day)
        if now is None:
            return None
        steps = steps_of(session, profile, day, after=number) if now.number > number else ()
        return Changes(now=now, steps=tuple(steps))


def history(engine: Engine, profile: str, day: date, key: str | None = None) -> tuple[Done, ...]:
    """All steps of the day's issue in their order, or those that touched one item."""
    with reading(engine) as session:
        steps = steps_of(session, profile, day)
        return tuple(one for one in steps if key is None or touched(one.step, key))


def _draft(session: Session, profile: str, day: date) -> Issue:
    issue = newest_locked(session, profile, day)
    if issue is None:
        raise InputError(f"Chưa có bản nháp của ngày {day:%d/%m/%Y}.")
    check_draft(issue)
    return issue


def _kept(session: Session, before: Issue, after: Issue, step: Step, doing: Doing) -> Acted:
    """Store the draft, its step and the decisions. A run's own draft stays as it is, and a version of ours follows."""
    if is_settled(before):
        kept = change_draft(session, before, after)
    else:
        kept = add_version(session, replace(after, version=before.version + 1))
        hashed = str(kept.hash)
        event = IssueEvent(version=kept.version, deed="edited", moment=doing.moment, issue_hash=hashed, by=doing.by)
        record_event(session, kept, event)
    done = add_step(session, kept, step, deed=doing.deed, by=doing.by, moment=doing.moment, of=doing.of)
    told = [
        Decision(
            article=key,
            profile=kept.profile,
            day=kept.date,
            deed=deed,
            moment=doing.moment,
            section=section,
            by=doing.by,
        )
        for key, deed, section in _decided(step, doing.like)
    ]
    if told:
        keep_decisions(session, told)
    return Acted(issue=kept, number=done.number, step=done.step)


def _decided(step: Step, deed: str) -> Iterator[tuple[str, Deed, str | None]]:
    """What the step says of each article that came, went or changed section: its key, the deed, the section."""
    stays = next((one.spot_after.section for one in step if one.before and one.spot_after), None)
    for one in step:
        old, new = (spot.section if spot else None for spot in (one.spot_before, one.spot_after))
        if old == new:
            continue
        if new is not None:
            # What was taken back was no decision: the article stands where it stood.
            yield one.key, "keep" if deed == "undo" else "insert" if old is None else "move", new
        elif deed != "merge":
            yield one.key, "drop", None
        elif stays is not None:
            # A reprint is as relevant as the item that tells it.
            yield one.key, "keep", stays


@dataclass(frozen=True, slots=True)
class _Open:
    stand: list[int]
    undone: list[int]


def _open(marks: Iterable[Mark]) -> _Open:
    """An editor's steps that stand, and those that can be redone, each in the order in which they came to."""
    stand: list[int] = []
    taken: list[int] = []
    for mark in marks:
        if mark.of is None:
            stand.append(mark.number)
            taken.clear()
        else:
            here, there = (stand, taken) if mark.deed == "undo" else (taken, stand)
            here.remove(mark.of)
            there.append(mark.of)
    return _Open(stand=stand, undone=taken)


def _taken_back(session: Session, issue: Issue, titles: Titles, marks: Iterable[Mark], doing: Doing) -> Acted:
    """Reverse the last that was done of a step: itself, its undoing or its redoing."""
    last = max(one.number for one in marks if doing.of in (one.number, one.of))
    step = step_at(session, issue.profile, issue.date, last).step
    try:
        after = undone(issue, titles, step)
    except EditConflict as conflict:
        raise overtaken(session, issue, conflict, doing, step) from conflict
    # Where neighbours have gone meanwhile it may change nothing; it is remembered all the same, to come to the next.
    return _kept(session, issue, after, step_between(issue, after), doing)

"""Steps of editing: kept lean, given back whole, numbered through all versions of a day's issue."""

import time
from dataclasses import replace

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from digest.editing import Spot, Step, Touched
from digest.errors import StorageError
from digest.model import Also, Bar, Chart, Image, Issue, Kept
from storage.database import begin
from storage.issues import add_version, change_draft, newest_locked, save_draft, settle
from storage.schema import StepRow
from storage.steps import (
    Mark,
    Standing,
    add_step,
    last_number,
    last_to_touch,
    marks_of,
    standing,
    step_at,
    steps_of,
)
from tests.fakes import at
from tests.storage.fakes import DAY, a_process, an_issue, an_item

MOMENT = at("2026-03-02 08:00")
HERE, THERE = Spot(section="dia_phuong"), Spot(section="linh_vuc", after="a2")
FULL = an_item(
    0,
    author="Lê Bến",
    kinds=("p",),
    provinces=("Cần Thơ",),
    also=(Also(outlet="Bengio.example"),),
    flags=("mended",),
    charts=(Chart(title="Hồ sơ", rows=(Bar(name="Đúng hẹn", value=98.0),), start=0.0),),
    images=(Image(src="https://baolua.example/a.jpg", kept=Kept(sha256="a" * 64, width=9, height=9)),),
)
BARE = replace(FULL, author=None, kinds=(), provinces=(), also=(), flags=(), charts=(), images=(), published=None)


def _touched(**fields: object) -> Step:
    known: dict[str, object] = dict.fromkeys(("before", "after", "spot_before", "spot_after"))
    return (Touched(**({"key": "a0"} | known | fields)),)  # type: ignore[arg-type]  # the caller names real fields


def _add(session: Session, issue: Issue, step: Step = (), *, by: str = "p1", of: int | None = None):
    return add_step(session, issue, step, deed="undo" if of else "move", by=by, moment=MOMENT, of=of)


@pytest.mark.parametrize(
    "step",
    [
        _touched(after=FULL, spot_after=HERE),
        _touched(before=FULL, spot_before=THERE),
        _touched(before=FULL, after=FULL, spot_before=HERE, spot_after=THERE),
        _touched(before=FULL, after=BARE, spot_before=HERE, spot_after=HERE),
        _touched(before=BARE, after=FULL, spot_before=HERE, spot_after=HERE),
        _touched(after=BARE, spot_after=HERE),
        (*_touched(before=BARE, spot_before=HERE), *_touched(after=FULL, spot_after=THERE)),
        (),
    ],
)
def test_a_step_comes_back_whole(session: Session, step: Step):
    issue = save_draft(session, an_issue())
    done = _add(session, issue, step, of=None)
    session.expire_all()
    assert (done.number, done.version, done.issue_hash, done.moment) == (1, 1, issue.hash, MOMENT)
    assert done.step == step
    assert step_at(session, "cchc", DAY, 1) == done


def test_a_number_is_no_part_of_a_step_as_it_follows_from_the_place(session: Session):
    done = _add(session, save_draft(session, an_issue()), _touched(after=an_item(7), spot_after=HERE))
    assert done.step == _touched(after=replace(an_item(7), number=0), spot_after=HERE)


def test_an_item_that_only_moved_or_changed_its_headline_is_kept_once(session: Session):
    step = _touched(before=FULL, after=replace(FULL, headline="Tít mới"), spot_before=HERE, spot_after=HERE)
    _add(session, save_draft(session, an_issue()), step)
    (raw,) = session.scalars(select(StepRow.step)).one()
    assert raw["after"] == {"headline": "Tít mới"}


def test_steps_are_numbered_through_all_versions_and_days_apart(session: Session):
    first = save_draft(session, an_issue())
    assert (last_number(session, "cchc", DAY), list(steps_of(session, "cchc", DAY))) == (0, [])
    assert _add(session, first).number == 1
    second = add_version(session, replace(an_issue(an_item(3)), version=2))
    assert _add(session, second).number == 2
    elsewhere = save_draft(session, an_issue(profile="cchc-2023"))
    assert _add(session, elsewhere).number == 1
    told = [(one.number, one.version) for one in steps_of(session, "cchc", DAY)]
    assert told == [(1, 1), (2, 2)]
    assert [one.number for one in steps_of(session, "cchc", DAY, after=1)] == [2]
    assert last_number(session, "cchc", DAY) == 2


def test_a_number_is_given_once(engine: Engine):
    with begin(engine) as session:
        _add(session, save_draft(session, an_issue()))
        row = session.scalars(select(StepRow)).one()
        again = StepRow(
            **{name: getattr(row, name) for name in StepRow.__table__.columns.keys()}  # noqa: SIM118 - not a mapping
        )
    with pytest.raises(StorageError), begin(engine) as session:
        session.add(again)


def test_a_step_needs_its_version(session: Session):
    with pytest.raises(StorageError, match="version 1 is not stored"):
        _add(session, an_issue())


def test_the_marks_of_an_editor_are_those_in_that_version(session: Session):
    first = save_draft(session, an_issue())
    _add(session, first)
    second = add_version(session, replace(an_issue(an_item(3)), version=2))
    _add(session, second, by="p2")
    _add(session, second)
    _add(session, second, of=3)
    assert marks_of(session, second, "p1") == (
        Mark(number=3, deed="move", of=None),
        Mark(number=4, deed="undo", of=3),
    )


def test_the_last_step_that_touched_an_item_is_found(session: Session):
    issue = save_draft(session, an_issue())
    for key in ("a1", "a2", "a1", "a3"):
        _add(session, issue, _touched(key=key, after=an_item(1), spot_after=HERE))
    found = last_to_touch(session, "cchc", DAY, "a1")
    assert found is not None
    assert found.number == 3
    assert last_to_touch(session, "cchc", DAY, "a9") is None


def test_an_issue_says_how_it_stands_without_its_items(session: Session):
    assert standing(session, "cchc", DAY) is None
    first = save_draft(session, an_issue())
    assert standing(session, "cchc", DAY) == Standing(version=1, status="draft", hash=str(first.hash), number=0)
    second = add_version(session, replace(an_issue(an_item(3)), version=2))
    _add(session, second)
    settle(session, second, "approved")
    assert standing(session, "cchc", DAY) == Standing(version=2, status="approved", hash=str(second.hash), number=1)


def test_a_draft_is_changed_in_place_only_as_it_was_read(session: Session):
    before = save_draft(session, an_issue())
    flagged = an_issue(an_item(1, flags=("mended",)), an_item(2))
    after = change_draft(session, before, flagged)
    assert after.hash == before.hash  # flags are not printed
    assert newest_locked(session, "cchc", DAY) == after
    other = change_draft(session, after, an_issue(an_item(2)))
    with pytest.raises(StorageError, match="has changed meanwhile"):
        change_draft(session, after, an_issue(an_item(1)))
    settle(session, other, "approved")
    with pytest.raises(StorageError, match="has changed meanwhile"):
        change_draft(session, other, an_issue(an_item(1)))
    assert newest_locked(session, "cchc", DAY) == replace(other, status="approved")
    assert newest_locked(session, "cchc", DAY.replace(day=3)) is None


_FOLLOWING = """
import sys
from dataclasses import replace
from storage.database import begin, open_database
from storage.issues import add_version, newest_locked
from tests.storage.fakes import DAY, an_issue, an_item

engine = open_database(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
with begin(engine) as session:
    print("begun", flush=True)
    print(newest_locked(session, "cchc", DAY).version, flush=True)
"""


def test_who_waited_for_the_newest_version_gets_the_one_made_meanwhile(database_url: str, engine: Engine):
    with begin(engine) as session:
        save_draft(session, an_issue())
    with a_process(_FOLLOWING, database_url) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n", process.communicate()[1]
        with begin(engine) as session:
            assert newest_locked(session, "cchc", DAY) is not None
            process.stdin.write("go\n")
            process.stdin.flush()
            assert process.stdout.readline() == "begun\n"
            _wait_for_the_other(engine)
            add_version(session, replace(an_issue(an_item(3)), version=2))
        assert process.communicate()[0] == "2\n"


def _wait_for_the_other(engine: Engine) -> None:
    """Until the other process stands before the lock; SQLite shows nobody who waits, and lets nobody pass."""
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    while engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            if connection.scalar(waiting):
                return
        time.sleep(0.01)

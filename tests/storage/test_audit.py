"""The audit log: only added to, in one chain whoever writes, and every broken row is named."""

import re
from dataclasses import asdict

import pytest
from sqlalchemy import Engine, delete, text, update
from sqlalchemy.orm import Session

import storage.audit
from digest.errors import StorageError
from storage.audit import BEGINNING, Broken, Chain, append, entries, stands, verify_chain
from storage.database import begin, reading
from storage.schema import AuditRow
from tests.fakes import at
from tests.storage.fakes import ROOT, an_act, said_at_once


def _filled(session: Session, count: int = 5) -> Chain:
    for number in range(count):
        append(session, an_act(by="p1"), "opened", f"issue {number % 2}", {"times": number, "note": "chốt tin"})
    return verify_chain(session)


def _let_changes_through(session: Session) -> None:
    """As whoever owns the database can."""
    if session.get_bind().dialect.name == "sqlite":
        for deed in ("update", "delete"):
            session.execute(text(f"DROP TRIGGER audit_log_no_{deed}"))
    else:
        session.execute(text("ALTER TABLE audit_log DISABLE TRIGGER ALL"))


def test_an_empty_log_is_whole(session: Session):
    assert verify_chain(session) == Chain(length=0, head=BEGINNING)
    assert not stands(session, "")
    assert not stands(session, BEGINNING)


def test_a_deed_comes_back_as_it_was_told(session: Session):
    entry = append(session, an_act(by="p1"), "opened", " issue\n1 ", {"a": 1, "b": None, "c": True, "d": "Đ\x00"})
    assert (entry.sequence, entry.previous, entry.pseudonym) == (1, BEGINNING, "p1")
    assert entry.moment == at("2026-03-02 08:00")
    assert (entry.subject, entry.detail) == ("issue 1", {"a": 1, "b": None, "c": True, "d": "Đ"})
    session.expire_all()
    assert entries(session) == (entry,)
    assert append(session, an_act(), "closed").previous == entry.hash


def test_the_hash_is_that_of_canonical_json_and_stays_so(session: Session):
    # Written down once: a log of years must verify with every later version of this program.
    entry = append(session, an_act(by="p1"), "opened", "số 1", {"b": 2, "a": "ấ"})
    assert entry.hash == "3e34ed8162939c3ebd421c0f28067e3dfde23dc0ce3c3d0758a3890859c50c38"


def test_entries_are_found_by_person_subject_and_place(session: Session):
    _filled(session)
    append(session, an_act(by="p2"), "closed", "issue 1")
    assert [entry.sequence for entry in entries(session, limit=2)] == [6, 5]
    assert [entry.sequence for entry in entries(session, before=3)] == [2, 1]
    assert [entry.sequence for entry in entries(session, pseudonym="p2")] == [6]
    assert [entry.sequence for entry in entries(session, subject="issue 1")] == [6, 4, 2]


def test_a_noted_head_stands_by_its_beginning(session: Session):
    middle = _filled(session).head
    append(session, an_act(), "closed")
    assert stands(session, middle)
    assert stands(session, middle[:12].upper() + " ")
    assert not stands(session, "%")
    assert not stands(session, "f" * 64)


@pytest.mark.parametrize(
    "statement", [update(AuditRow).values(deed="x"), delete(AuditRow), text("DELETE FROM audit_log")]
)
def test_the_database_itself_refuses_to_change_the_log(engine: Engine, statement):
    with begin(engine) as session:
        _filled(session)
    with pytest.raises(StorageError, match="the audit log is insert-only"), begin(engine) as session:
        session.execute(statement)
    with reading(engine) as session:
        assert verify_chain(session).length == 5


@pytest.mark.parametrize(
    "values",
    [
        {"deed": "closed"},
        {"moment": at("2026-03-02 08:01")},
        {"pseudonym": "p2"},
        {"pseudonym": None},
        {"subject": None},
        {"detail": {"times": 3}},
        {"hash": "f" * 64},
    ],
)
def test_the_first_row_that_was_changed_is_named(session: Session, values: dict[str, object]):
    _filled(session)
    _let_changes_through(session)
    session.execute(update(AuditRow).filter_by(sequence=3).values(values))
    session.expire_all()
    chain = verify_chain(session)
    assert chain.broken == Broken(sequence=3, why="was changed")
    assert chain.length == 2


def test_a_long_log_is_read_in_pieces(session: Session, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(storage.audit, "_AT_ONCE", 2)
    assert _filled(session).length == 5
    assert _filled(session, 1).length == 6
    _let_changes_through(session)
    session.execute(update(AuditRow).filter_by(sequence=5).values(deed="x"))
    session.expire_all()
    assert verify_chain(session).broken == Broken(sequence=5, why="was changed")


def test_a_row_that_was_taken_out_is_named(session: Session):
    _filled(session)
    _let_changes_through(session)
    session.execute(delete(AuditRow).filter_by(sequence=2))
    assert verify_chain(session).broken == Broken(sequence=2, why="is missing")


def test_a_row_put_before_the_first_is_named(session: Session):
    _filled(session)
    known = {name: value for name, value in asdict(entries(session)[0]).items() if name not in {"previous", "hash"}}
    session.add(AuditRow(**(known | {"sequence": 0, "previous": "a", "hash": "b"})))
    session.flush()
    assert verify_chain(session).broken == Broken(sequence=0, why="stands before the first, 1")


def test_a_row_that_was_written_anew_is_found_by_the_next_one(session: Session):
    _filled(session)
    _let_changes_through(session)
    session.execute(update(AuditRow).filter_by(sequence=4).values(previous="0" * 63 + "1"))
    session.expire_all()
    assert verify_chain(session).broken == Broken(sequence=4, why="does not hold the hash of the one before")


def test_a_tail_that_was_cut_off_is_found_by_the_noted_head(session: Session):
    head = _filled(session).head
    _let_changes_through(session)
    session.execute(delete(AuditRow).where(AuditRow.sequence > 3))
    chain = verify_chain(session)
    assert (chain.length, chain.broken) == (3, None)
    assert not stands(session, head)


def test_a_second_row_after_the_same_one_cannot_be_written(engine: Engine):
    with begin(engine) as session:
        _filled(session, 2)
        first = entries(session)[-1]
    fork = asdict(first) | {"sequence": 3, "hash": "f" * 64}
    with pytest.raises(StorageError), begin(engine) as session:
        session.add(AuditRow(**fork))


_APPENDING = """
import sys
from storage.audit import append
from storage.database import begin, open_database
from tests.storage.fakes import an_act

engine = open_database(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
for number in range(60):
    with begin(engine) as session:
        append(session, an_act(by=sys.argv[2]), "opened", detail={"number": number})
"""


def test_two_processes_at_once_write_one_chain(database_url: str, engine: Engine):
    assert said_at_once(_APPENDING, (database_url, "p1"), (database_url, "p2")) == ["", ""]
    with reading(engine) as session:
        chain = verify_chain(session)
        writers = [entry.pseudonym for entry in entries(session, limit=200)]
    assert (chain.length, chain.broken) == (120, None)
    assert (writers.count("p1"), writers.count("p2")) == (60, 60)


def test_the_guide_explains_every_deed_and_no_other():
    told = set(
        re.findall(r"`([a-z]+(?:-[a-z]+)+)`", (ROOT / "docs" / "users.md").read_text("utf-8").split("| deed |")[1])
    )
    written = "".join((ROOT / file).read_text("utf-8") for file in ("storage/people.py", "storage/deputies.py"))
    written += (ROOT / "digest/desk/signing_in.py").read_text("utf-8")
    assert told == set(re.findall(r'"((?:user|role|password|codes|deputy|signed|sign-ins)-[a-z-]+)"', written)) - {
        *("role-first", "role-last", "password-wrong", "password-same"),
    }

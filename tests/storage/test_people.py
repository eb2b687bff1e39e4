"""People are kept, changed and forgotten; each deed is in the log, and one administrator always stays."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, MetaData, Table, inspect, select
from sqlalchemy.orm import Session

from digest.people import Act, Deputy, User
from digest.people_checks import PeopleError
from storage.attempts import begin_attempt, was_right
from storage.audit import entries, verify_chain
from storage.database import begin, reading
from storage.deputies import name_deputy
from storage.people import (
    change_password,
    credentials_of,
    disable,
    enable,
    erase,
    keep_rehashed,
    names_of,
    nobody_yet,
    rename,
    reset_password,
    set_role,
    turn_codes_off,
    turn_codes_on,
    use_step,
    user_by_login,
    user_of,
    users,
)
from storage.schema import AttemptRow, DeputyRow, DeskSessionRow
from storage.sessions import open_session, visit_of
from tests.fakes import at
from tests.storage.fakes import an_act, dice, said_at_once, with_user

NOW = at("2026-03-02 08:00")
BOSS = an_act(by="p-lan.bien")
Deed = Callable[[Session, str, Act], object]


def make_reviewer(session: Session, who: str, act: Act) -> User:
    return set_role(session, who, "reviewer", act)


def reset(session: Session, who: str, act: Act) -> User:
    return reset_password(session, who, "$2", act)


def change(session: Session, who: str, act: Act) -> User:
    return change_password(session, who, "$2", act)


GIVING_UP: tuple[Deed, ...] = (disable, erase, make_reviewer)


def _deeds(session: Session) -> list[tuple[str, str | None, object]]:
    return [(entry.deed, entry.subject, dict(entry.detail)) for entry in reversed(entries(session))]


def _signed_in(session: Session, user: User) -> str:
    return open_session(session, user, NOW, dice()).token


def test_a_person_comes_back_by_login_and_pseudonym(session: Session):
    assert nobody_yet(session)
    lan = with_user(session, "Lan.Bien", must_change=True)
    assert (lan.pseudonym, lan.login, lan.role, lan.active, lan.must_change) == (
        *("p-Lan.Bien", "lan.bien", "administrator"),
        *(True, True),
    )
    assert not nobody_yet(session)
    session.expire_all()
    assert user_by_login(session, " LAN.bien ") == user_of(session, "p-Lan.Bien") == lan
    assert users(session) == (lan,)
    assert names_of(session) == {"p-Lan.Bien": "Người tên Lan.Bien"}
    assert user_of(session, "nobody") is None
    with pytest.raises(PeopleError, match="hoa: nobody has this login"):
        user_by_login(session, "hoa")


def test_what_signing_in_needs_is_never_shown_by_chance(session: Session):
    with_user(session)
    reset_password(session, "p-lan.bien", "$argon2id$bí-mật", BOSS)
    turn_codes_on(session, "p-lan.bien", "S" * 32, 7, BOSS)
    found = credentials_of(session, "lan.bien")
    assert found is not None
    assert (found.password_hash, found.code_secret, found.code_step) == ("$argon2id$bí-mật", "S" * 32, 7)
    assert "bí-mật" not in repr(found)
    assert "SSSS" not in repr(found)


def test_the_first_must_be_an_administrator_and_no_login_is_given_twice(session: Session):
    with pytest.raises(PeopleError, match="hoa: the first user must be an administrator"):
        with_user(session, "hoa", role="editor")
    with_user(session)
    with pytest.raises(PeopleError, match=r"lan\.bien: another has this login"):
        with_user(session, "LAN.BIEN", role="editor")
    with pytest.raises(PeopleError, match="a name has letters"):
        with_user(session, "hoa", name=" ")
    assert [user.login for user in users(session)] == ["lan.bien"]


def test_every_deed_is_in_the_log_and_none_names_anybody(session: Session):
    with_user(session)
    with_user(session, "hoa", role="editor")
    rename(session, "p-hoa", "Hoa Suối Vàng", BOSS)
    set_role(session, "p-hoa", "approver", BOSS)
    reset_password(session, "p-hoa", "$argon2id$2", BOSS)
    change_password(session, "p-hoa", "$argon2id$3", an_act(by="p-hoa"))
    turn_codes_on(session, "p-hoa", "S" * 32, 1, an_act(by="p-hoa"))
    turn_codes_off(session, "p-hoa", BOSS)
    disable(session, "p-hoa", BOSS)
    enable(session, "p-hoa", BOSS)
    erase(session, "p-hoa", BOSS)
    assert _deeds(session) == [
        ("user-added", "p-lan.bien", {"role": "administrator"}),
        ("user-added", "p-hoa", {"role": "editor"}),
        ("user-renamed", "p-hoa", {}),
        ("role-changed", "p-hoa", {"from": "editor", "to": "approver"}),
        *((deed, "p-hoa", {}) for deed in ("password-reset", "password-changed", "codes-on", "codes-off")),
        *((deed, "p-hoa", {}) for deed in ("user-disabled", "user-enabled", "user-erased")),
    ]
    assert verify_chain(session).broken is None


def test_what_changes_nothing_is_not_in_the_log(session: Session):
    lan = with_user(session)
    assert set_role(session, lan.pseudonym, "administrator", BOSS) == lan
    assert enable(session, lan.pseudonym, BOSS) == lan
    assert turn_codes_off(session, lan.pseudonym, BOSS) == lan
    with_user(session, "hoa", role="editor")
    disable(session, "p-hoa", BOSS)
    assert not disable(session, "p-hoa", BOSS).active
    assert len(entries(session)) == 3


def test_what_is_changed_comes_back_changed(session: Session):
    with_user(session)
    with_user(session, "hoa", role="editor")
    assert rename(session, "p-hoa", " Hoa  Suối ", BOSS).name == "Hoa Suối"
    assert set_role(session, "p-hoa", "clerk", BOSS).role == "clerk"
    assert reset_password(session, "p-hoa", "$2", BOSS).must_change
    assert not change_password(session, "p-hoa", "$3", BOSS).must_change
    assert turn_codes_on(session, "p-hoa", "S" * 32, 1, BOSS).has_codes
    keep_rehashed(session, "p-hoa", "$4")
    session.expire_all()
    found = credentials_of(session, "hoa")
    assert found is not None
    assert (found.password_hash, found.user.role, found.user.has_codes) == ("$4", "clerk", True)
    assert not turn_codes_off(session, "p-hoa", BOSS).has_codes


@pytest.mark.parametrize("deed", [*GIVING_UP, reset, change, turn_codes_off])
def test_what_takes_rights_away_signs_out_that_person_alone(session: Session, deed: Deed):
    lan, hoa = with_user(session), with_user(session, "hoa", role="editor")
    turn_codes_on(session, "p-hoa", "S" * 32, 1, BOSS)
    mine, hers = _signed_in(session, lan), open_session(session, hoa, NOW, dice(2)).token
    deed(session, "p-hoa", BOSS)
    assert visit_of(session, hers, NOW) is None
    assert session.scalars(select(DeskSessionRow.user)).all() == ["p-lan.bien"]
    assert visit_of(session, mine, NOW) is not None


@pytest.mark.parametrize("deed", GIVING_UP)
def test_the_last_active_administrator_stays(session: Session, deed: Deed):
    with_user(session)
    with_user(session, "hoa")
    with_user(session, "tam", role="approver")
    disable(session, "p-hoa", BOSS)
    told = len(entries(session))
    with pytest.raises(PeopleError, match=r"lan\.bien: is the last active administrator"):
        deed(session, "p-lan.bien", BOSS)
    assert len(entries(session)) == told
    enable(session, "p-hoa", BOSS)
    deed(session, "p-lan.bien", BOSS)
    with pytest.raises(PeopleError, match="hoa: is the last"):
        deed(session, "p-hoa", BOSS)


def test_a_disabled_administrator_and_others_may_always_go(session: Session):
    with_user(session)
    with_user(session, "hoa")
    with_user(session, "tam", role="approver")
    disable(session, "p-hoa", BOSS)
    set_role(session, "p-hoa", "reader", BOSS)
    erase(session, "p-hoa", BOSS)
    erase(session, "p-tam", BOSS)
    assert [user.login for user in users(session)] == ["lan.bien"]


def test_nobody_can_be_changed_who_is_not_there(session: Session):
    with_user(session)
    for deed in (*GIVING_UP, enable, turn_codes_off):
        with pytest.raises(PeopleError, match="p-hoa: nobody has this login"):
            deed(session, "p-hoa", BOSS)


def test_a_codes_step_is_used_once_and_never_goes_back(session: Session):
    with_user(session)
    assert use_step(session, "p-lan.bien", 10)
    assert not use_step(session, "p-lan.bien", 10)
    assert not use_step(session, "p-lan.bien", 9)
    assert use_step(session, "p-lan.bien", 11)
    assert not use_step(session, "nobody", 12)


def test_erasing_leaves_nothing_in_the_database_that_leads_to_the_person(engine: Engine, database_url: str):
    with begin(engine) as session:
        with_user(session)
        hoa = with_user(session, "hoa.suoi", name="Hoa Suối Vàng", role="approver")
        with_user(session, "tam", role="editor")
        _signed_in(session, hoa)
        attempt = begin_attempt(session, "HOA.suoi", "192.0.2.7", NOW)
        was_right(session, attempt, NOW)
        begin_attempt(session, "tam", "192.0.2.7", NOW)
        day = date(2026, 3, 2)
        name_deputy(session, Deputy(absent="p-hoa.suoi", acting="p-tam", first=day, last=day), BOSS)
        set_role(session, "p-tam", "approver", BOSS)
        name_deputy(session, Deputy(absent="p-tam", acting="p-hoa.suoi", first=day, last=day), BOSS)
    with begin(engine) as session:
        erase(session, "p-hoa.suoi", BOSS)
    with reading(engine) as session:
        assert user_of(session, "p-hoa.suoi") is None
        assert session.scalars(select(DeputyRow)).all() == []
        assert session.scalars(select(AttemptRow.login)).all() == ["tam"]
        everything = [
            str(row)
            for table in inspect(engine).get_table_names()
            for row in session.execute(Table(table, MetaData(), autoload_with=engine).select())
        ]
        assert not any("Hoa Suối" in row for row in everything)
        # In the tests a pseudonym is made of the login.
        assert not any("hoa.suoi" in row.replace("p-hoa.suoi", "") for row in everything)
        assert verify_chain(session).broken is None
    engine.dispose()
    if database_url.startswith("sqlite:///"):
        bytes_left = Path(database_url.removeprefix("sqlite:///")).read_bytes()
        assert "Hoa Suối".encode() not in bytes_left


def test_an_erased_persons_login_may_be_given_to_another(session: Session):
    with_user(session)
    with_user(session, "hoa", role="editor")
    erase(session, "p-hoa", BOSS)
    again = with_user(session, "HOA", role="reader")
    assert again.login == "hoa"
    assert again.pseudonym == "p-HOA"


_ENDING = """
import sys
from digest.people_checks import PeopleError
from storage.database import begin, open_database
from storage.people import disable
from tests.storage.fakes import an_act

engine = open_database(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
try:
    with begin(engine) as session:
        disable(session, sys.argv[2], an_act())
    print("disabled")
except PeopleError as error:
    print(error.kind)
"""


def test_of_two_administrators_who_disable_each_other_at_once_one_stays(database_url: str, engine: Engine):
    with begin(engine) as session:
        for login in ("lan", "hoa"):
            with_user(session, login)
    assert sorted(said_at_once(_ENDING, (database_url, "p-lan"), (database_url, "p-hoa"))) == ["disabled", "role-last"]
    with reading(engine) as session:
        assert [user.active for user in users(session)].count(True) == 1

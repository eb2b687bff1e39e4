"""`diembao users`: the first administrator, the others, and the log, as real commands on a real database."""

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from sqlalchemy import text

from digest.desk.passwords import is_right
from storage.database import begin, open_database, reading
from storage.people import Credentials, credentials_of, turn_codes_on
from tests.storage.fakes import an_act

Diembao = Callable[..., tuple[int, str, str]]
WORDS = "mười con vịt"


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """What stands on stdin."""

    def say(raw: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(raw)))

    return say


@pytest.fixture
def add(diembao: Diembao, said: Callable[[bytes], None]) -> Callable[..., tuple[int, str, str]]:
    def added(login: str, role: str = "editor", words: str = WORDS, name: str = "Lan Biên") -> tuple[int, str, str]:
        said(f"{words}\n".encode())
        return diembao("users", "add", login, "--name", name, "--role", role, "--password-stdin")

    return added


@pytest.fixture
def office(add: Callable[..., tuple[int, str, str]]) -> None:
    """An administrator and an editor."""
    assert add("lan", "administrator")[0] == 0
    assert add("hoa", name="Hoa Suối")[0] == 0


def _credentials(home: Path, login: str) -> Credentials:
    engine = open_database(f"sqlite:///{home / 'diembao.db'}")
    with reading(engine) as session:
        found = credentials_of(session, login)
    engine.dispose()
    assert found is not None
    return found


def _listed(diembao: Diembao) -> dict[str, dict[str, object]]:
    lines = [json.loads(line) for line in diembao("users", "list", "--json")[1].splitlines()]
    return {line["login"]: line for line in lines}


def test_the_first_administrator_begins_the_database_and_keeps_his_password(diembao: Diembao, home: Path, add):
    status, out, err = add("Lan.Bien", "administrator")
    assert (status, out) == (0, "")
    assert err.startswith("added: lan.bien ")
    assert "must change password" not in err
    found = _credentials(home, "lan.bien")
    assert is_right(WORDS, found.password_hash)
    assert not found.user.must_change
    assert diembao("users", "list")[1] == "lan.bien              administrator  active  Lan Biên\n"


@pytest.mark.usefixtures("office")
def test_whoever_comes_after_him_must_change_the_password(diembao: Diembao, home: Path):
    assert _credentials(home, "hoa").user.must_change
    assert (
        "hoa                   editor         active, must change password  Hoa Suối\n" in diembao("users", "list")[1]
    )
    known = _listed(diembao)["hoa"]
    assert (known["role"], known["must_change"], known["has_codes"], "password_hash" in known) == (
        *("editor", True),
        *(False, False),
    )


@pytest.mark.parametrize(
    ("told", "message"),
    [
        (("lan", "editor", WORDS), "lan: the first user must be an administrator"),
        (("lan", "boss", WORDS), "'boss': is no role; the roles are reader"),
        (("l", "administrator", WORDS), "'l': a login has 2 to 64 letters"),
        (("lan", "administrator", "ngắn"), "a password has at least 10 characters"),
        (("lan", "administrator", "matkhau12345"), "among those that are tried first"),
        (("lan", "administrator", "một\nhai ba bốn năm"), "one line of letters"),
    ],
)
def test_what_will_not_do_is_wrong_use_and_nobody_is_added(
    diembao: Diembao, add, told: tuple[str, str, str], message: str
):
    status, out, err = add(*told)
    assert (status, out) == (2, "")
    assert message in err
    assert told[2] not in err
    assert diembao("users", "list")[1] == ""


def test_a_password_that_is_no_text_is_refused(diembao: Diembao, said):
    said(b"\xff\xfe" * 8)
    named = ("--name", "Lan", "--role", "administrator", "--password-stdin")
    assert diembao("users", "add", "lan", *named)[::2] == (2, "diembao: the password on stdin is not UTF-8 text\n")


def test_without_a_terminal_the_password_must_come_on_stdin(diembao: Diembao, said):
    said(b"")
    status, _, err = diembao("users", "add", "lan", "--name", "Lan", "--role", "administrator")
    assert status == 2
    assert "there is no terminal to ask for the password: give it with --password-stdin" in err


def test_a_password_is_never_an_argument(diembao: Diembao):
    for command in ("add", "password"):
        assert "PASSWORD" not in diembao("users", command, "--help")[1].replace("--password-stdin", "")


def test_without_a_database_nothing_is_begun(diembao: Diembao, home: Path):
    for command in (("list",), ("role", "lan", "editor"), ("erase", "lan", "--yes"), ("log",), ("password", "lan")):
        status, _, err = diembao("users", *command)
        assert status == 3
        assert "there is no database yet; diembao users add makes it" in err
    assert not home.exists()


@pytest.mark.usefixtures("office")
def test_a_role_the_door_and_a_password_are_changed(diembao: Diembao, home: Path, said):
    assert diembao("users", "role", "HOA", "approver")[0] == 0
    assert _listed(diembao)["hoa"]["role"] == "approver"
    assert diembao("users", "disable", "hoa")[0] == 0
    assert not _listed(diembao)["hoa"]["active"]
    assert "disabled" in diembao("users", "list")[1]
    assert diembao("users", "enable", "hoa")[0] == 0
    said("tám con gà trống\r\n".encode())
    assert diembao("users", "password", "hoa", "--password-stdin")[0] == 0
    assert is_right("tám con gà trống", _credentials(home, "hoa").password_hash)


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("command", [("disable", "lan"), ("erase", "lan", "--yes"), ("role", "lan", "reader")])
def test_the_last_administrator_stays(diembao: Diembao, command: tuple[str, ...]):
    status, _, err = diembao("users", *command)
    assert status == 2
    assert err == "diembao: lan: is the last active administrator; make another one first\n"
    assert _listed(diembao)["lan"]["role"] == "administrator"


@pytest.mark.usefixtures("office")
def test_a_login_that_nobody_has_is_told_before_a_password_is_asked_for(diembao: Diembao):
    for command in (("password", "tam"), ("enable", "tam"), ("totp-off", "tam"), ("role", "tam", "clerk")):
        status, _, err = diembao("users", *command)
        assert (status, err) == (
            2,
            "diembao: tam: nobody has this login; diembao users list shows who has one\n",
        )


@pytest.mark.usefixtures("office")
def test_a_lost_telephone_is_no_longer_asked_for(diembao: Diembao, home: Path):
    engine = open_database(f"sqlite:///{home / 'diembao.db'}")
    with begin(engine) as session:
        turn_codes_on(session, str(_listed(diembao)["hoa"]["pseudonym"]), "S" * 32, 1, an_act())
    engine.dispose()
    assert "active, code, must change password" in diembao("users", "list")[1]
    assert diembao("users", "totp-off", "hoa")[0] == 0
    assert _listed(diembao)["hoa"]["has_codes"] is False


@pytest.mark.usefixtures("office")
def test_who_is_erased_is_a_pseudonym_in_the_log_and_nothing_else(diembao: Diembao, said):
    pseudonym = _listed(diembao)["hoa"]["pseudonym"]
    assert f"command line  user-added  Hoa Suối ({pseudonym})  role=editor" in diembao("users", "log")[1]
    said(b"hoa\n")
    status, _, err = diembao("users", "erase", "hoa")
    assert (status, err) == (2, "diembao: hoa is not erased: say --yes where no terminal can ask\n")
    status, _, err = diembao("users", "erase", "hoa", "--yes")
    assert status == 0
    assert err == f"erased: the log calls this person {pseudonym}, and nothing leads from there to anybody\n"
    log = diembao("users", "log")[1]
    assert f"command line  user-added  {pseudonym}  role=editor" in log
    assert "Hoa" not in log
    assert list(_listed(diembao)) == ["lan"]


@pytest.mark.usefixtures("office")
def test_the_log_is_shown_newest_last_for_a_person_and_for_machines(diembao: Diembao):
    diembao("users", "disable", "hoa")
    lines = diembao("users", "log", "--last", "2")[1].splitlines()
    assert ["user-added" in lines[0], "user-disabled" in lines[1], len(lines)] == [True, True, 2]
    known = json.loads(diembao("users", "log", "--last", "1", "--json")[1])
    assert (known["sequence"], known["deed"], known["pseudonym"], known["detail"]) == (3, "user-disabled", None, {})


@pytest.mark.usefixtures("office")
def test_the_log_is_verified_and_a_broken_row_named(diembao: Diembao, home: Path):
    status, head, err = diembao("users", "log", "--verify")
    assert (status, err) == (0, "the log is whole: 2 rows\n")
    assert len(head.strip()) == 64
    diembao("users", "disable", "hoa")
    assert diembao("users", "log", "--head", head[:20])[0] == 0
    status, out, err = diembao("users", "log", "--verify", "--head", "f" * 64)
    assert (status, out) == (1, "")
    assert "does not hold the head that was noted" in err
    engine = open_database(f"sqlite:///{home / 'diembao.db'}")
    with begin(engine) as session:
        session.execute(text("DROP TRIGGER audit_log_no_update"))
        session.execute(text("UPDATE audit_log SET deed = 'user-enabled' WHERE sequence = 3"))
    engine.dispose()
    status, out, err = diembao("users", "log", "--verify")
    assert (status, out) == (1, "")
    assert err == "the log is broken at row 3: it was changed; 2 rows before it are good\n"


def _on_a_terminal(typed: list[tuple[str, str]], *arguments: str) -> tuple[int, str]:
    """Run the command on a terminal of its own, type each answer when its question has come: status and screen."""
    command = [sys.executable, "-m", "digest.cli.main", *arguments]
    ours, theirs = pty.openpty()
    shown = ""
    with subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True, close_fds=True
    ) as process:
        os.close(theirs)
        for question, answer in typed:
            while question not in shown:
                shown += os.read(ours, 1000).decode()
            os.write(ours, f"{answer}\n".encode())
            shown += "⏎"
        try:
            while part := os.read(ours, 1000):
                shown += part.decode()
        except OSError:  # how Linux says that the other end is closed
            pass
        status = process.wait()
    os.close(ours)
    return status, shown


def test_a_terminal_asks_twice_and_shows_nothing_of_what_is_typed(home: Path):
    named = ("users", "add", "lan", "--name", "Lan Biên", "--role", "administrator")
    asked = [("Password for lan: ", WORDS), ("Once more: ", WORDS)]
    status, shown = _on_a_terminal(asked, *named)
    assert status == 0, shown
    assert "vịt" not in shown
    assert is_right(WORDS, _credentials(home, "lan").password_hash)
    status, shown = _on_a_terminal([asked[0], ("Once more: ", "khác hẳn đi")], "users", "password", "lan")
    assert status == 2
    assert "the two passwords differ" in shown


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(("answer", "status"), [("hoa", 0), ("không", 2)])
def test_a_terminal_asks_before_it_forgets_anybody(diembao: Diembao, answer: str, status: int):
    told, shown = _on_a_terminal([("Type hoa", answer)], "users", "erase", "hoa")
    assert told == status, shown
    assert "Forget Hoa Suối? It cannot be undone." in shown
    assert ("hoa" in _listed(diembao)) == (status == 2)

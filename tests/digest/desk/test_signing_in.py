"""Signing in as a browser does it: limits, password, code, session and log together, on a real database."""

import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import argon2
import pyotp
import pytest
from sqlalchemy import Engine

from digest.attempts import OF_A_PAIR
from digest.desk.codes import new_secret
from digest.desk.passwords import hashed, needs_rehash
from digest.desk.signing_in import Outside, give_code, knock, sign_in, sign_out, take_codes, take_new_password
from digest.people import NewUser, User
from digest.people_checks import PeopleError
from storage.audit import entries, verify_chain
from storage.database import begin, open_database, reading
from storage.people import add_user, credentials_of, disable, reset_password
from storage.sessions import NewVisit, Visit, visit_of
from tests.fakes import at
from tests.storage.fakes import an_act, dice

NOW = at("2026-03-02 08:00")
WORDS, OTHER_WORDS, WRONG = "mười con vịt", "bảy con gà trống", "chín con vịt trời"
HERE, ELSEWHERE = "192.0.2.7", "198.51.100.9"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{tmp_path / 'diembao.db'}")
    new = NewUser(login="lan", name="Lan Biên", role="administrator", password_hash=hashed(WORDS, dice()))
    with begin(engine) as session:
        add_user(session, new, an_act(), "p-lan")
        add_user(session, replace(new, login="hoa"), an_act(), "p-hoa")
    yield engine
    engine.dispose()


def _outside(moment: datetime = NOW) -> Outside:
    return Outside(moment=moment, random=secrets.token_bytes)


def _try(
    engine: Engine, words: str = WORDS, *, login: str = "lan", address: str = HERE, moment: datetime = NOW
) -> NewVisit | None:
    return sign_in(engine, knock(engine, login, address, moment), words, _outside(moment))


def _in(engine: Engine, moment: datetime = NOW) -> NewVisit:
    opened = _try(engine, moment=moment)
    assert opened is not None
    return opened


def _found(engine: Engine, token: str, moment: datetime = NOW) -> Visit | None:
    with reading(engine) as session:
        return visit_of(session, token, moment)


def _deeds(engine: Engine) -> list[str]:
    with reading(engine) as session:
        assert verify_chain(session).broken is None
        return [entry.deed for entry in reversed(entries(session))][2:]


def _with_codes(engine: Engine) -> str:
    secret = new_secret(dice())
    before = NOW - timedelta(hours=1)
    user = take_codes(engine, _in(engine, before).visit, secret, pyotp.TOTP(secret).at(before), before)
    assert user.has_codes
    return secret


def test_the_right_password_opens_a_session_and_the_log_says_so(engine: Engine):
    opened = _try(engine, login=" LAN ")
    assert opened is not None
    assert _found(engine, opened.token) == opened.visit
    assert not opened.visit.needs_code
    assert opened.visit.user.login == "lan"
    assert _deeds(engine) == ["signed-in"]


def test_a_wrong_password_and_a_login_of_nobody_look_alike(engine: Engine):
    assert _try(engine, WRONG) is None
    assert _try(engine, login="nobody") is None
    assert _try(engine, "") is None
    assert _deeds(engine) == []


def test_who_is_disabled_does_not_come_in(engine: Engine):
    with begin(engine) as session:
        disable(session, "p-lan", an_act())
    assert _try(engine) is None


def test_a_password_that_is_changed_while_it_is_looked_at_is_not_taken(engine: Engine):
    attempt = knock(engine, "lan", HERE, NOW)

    def changing(length: int) -> bytes:
        with begin(engine) as session:
            reset_password(session, "p-lan", hashed(OTHER_WORDS, dice()), an_act())
        return bytes(length)

    weak = argon2.PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(WORDS)
    with begin(engine) as session:
        reset_password(session, "p-lan", weak, an_act())
    assert sign_in(engine, attempt, WORDS, Outside(moment=NOW, random=changing)) is None
    assert _try(engine, OTHER_WORDS) is not None


def test_a_weaker_hash_is_made_anew_on_signing_in(engine: Engine):
    weak = argon2.PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(WORDS)
    with begin(engine) as session:
        reset_password(session, "p-lan", weak, an_act())
    assert _try(engine) is not None
    with reading(engine) as session:
        found = credentials_of(session, "lan")
    assert found is not None
    assert not needs_rehash(found.password_hash)
    assert _try(engine) is not None


def test_after_ten_failures_nothing_is_looked_at_and_the_log_tells_once(engine: Engine):
    for login in ("lan", "nobody"):
        for number in range(OF_A_PAIR + 2):
            assert _try(engine, WRONG, login=login, address=ELSEWHERE, moment=NOW + timedelta(seconds=number)) is None
    attempt = knock(engine, "lan", ELSEWHERE, NOW + timedelta(minutes=1))
    assert not attempt.verdict.admitted
    assert sign_in(engine, attempt, WORDS, _outside()) is None
    assert _try(engine) is not None
    assert _deeds(engine) == ["sign-ins-failed", "sign-ins-failed", "signed-in"]
    with reading(engine) as session:
        assert [entry.subject for entry in entries(session, limit=3)] == [None, None, "p-lan"]


def test_the_person_comes_in_from_his_own_address_whoever_guesses_there(engine: Engine):
    assert _try(engine) is not None
    for number in range(OF_A_PAIR + 5):
        assert _try(engine, WRONG, moment=NOW + timedelta(seconds=number)) is None
    assert _try(engine, moment=NOW + timedelta(minutes=1)) is not None


def test_with_codes_the_password_alone_opens_nothing_but_the_question(engine: Engine):
    secret = _with_codes(engine)
    waiting = _in(engine)
    assert waiting.visit.needs_code
    attempt = knock(engine, "lan", HERE, NOW)
    whole = give_code(engine, attempt, waiting.visit, pyotp.TOTP(secret).at(NOW), _outside())
    assert whole is not None
    assert not whole.visit.needs_code
    assert whole.token != waiting.token
    assert _found(engine, waiting.token) is None
    assert _found(engine, whole.token) == whole.visit
    assert _deeds(engine) == ["signed-in", "codes-on", "signed-in"]
    with reading(engine) as session:
        assert entries(session, limit=1)[0].detail == {"code": True}


def test_a_code_is_taken_once_and_a_wrong_one_counts_as_a_failure(engine: Engine):
    secret = _with_codes(engine)
    code = pyotp.TOTP(secret).at(NOW)
    waiting = _in(engine)
    assert give_code(engine, knock(engine, "lan", HERE, NOW), waiting.visit, "000000", _outside()) is None
    assert knock(engine, "lan", HERE, NOW).failures == 1
    assert give_code(engine, knock(engine, "lan", HERE, NOW), waiting.visit, code, _outside()) is not None
    again = _in(engine)
    assert give_code(engine, knock(engine, "lan", HERE, NOW), again.visit, code, _outside()) is None


def test_codes_are_limited_too(engine: Engine):
    secret = _with_codes(engine)
    opened = _try(engine, address=ELSEWHERE)
    assert opened is not None
    for _ in range(OF_A_PAIR):
        assert give_code(engine, knock(engine, "lan", ELSEWHERE, NOW), opened.visit, "000000", _outside()) is None
    attempt = knock(engine, "lan", ELSEWHERE, NOW)
    assert not attempt.verdict.admitted
    assert give_code(engine, attempt, opened.visit, pyotp.TOTP(secret).at(NOW), _outside()) is None
    assert _deeds(engine)[-1] == "sign-ins-failed"


def test_anothers_try_and_a_person_without_codes_get_nothing_by_a_code(engine: Engine):
    secret = _with_codes(engine)
    waiting, code = _in(engine), pyotp.TOTP(secret).at(NOW)
    assert give_code(engine, knock(engine, "hoa", HERE, NOW), waiting.visit, code, _outside()) is None
    with begin(engine) as session:
        disable(session, "p-lan", an_act())
    assert give_code(engine, knock(engine, "lan", HERE, NOW), waiting.visit, code, _outside()) is None
    nobody = Visit(
        user=User(pseudonym="p-hoa", login="hoa", name="Hoa", role="administrator", created=NOW),
        **{name: getattr(waiting.visit, name) for name in ("csrf", "created", "last_seen", "expires", "token_sha256")},
        needs_code=True,
    )
    assert give_code(engine, knock(engine, "hoa", HERE, NOW), nobody, code, _outside()) is None


def test_signing_out_ends_the_session_and_is_told(engine: Engine):
    opened = _in(engine)
    sign_out(engine, opened.visit, opened.token, NOW)
    assert _found(engine, opened.token) is None
    assert _deeds(engine) == ["signed-in", "signed-out"]


def test_ones_own_new_password_ends_every_older_session(engine: Engine):
    before = _in(engine)
    assert before.visit.user.must_change
    changed = take_new_password(engine, knock(engine, "lan", HERE, NOW), WORDS, OTHER_WORDS, _outside())
    assert not changed.visit.user.must_change
    assert _found(engine, before.token) is None
    assert _found(engine, changed.token) == changed.visit
    assert _try(engine) is None
    assert _try(engine, OTHER_WORDS) is not None
    assert _deeds(engine) == ["signed-in", "password-changed", "signed-in"]


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        (WRONG, OTHER_WORDS, "password-wrong"),
        (WORDS, WORDS, "password-same"),
        (WORDS, "ngắn", "password-short"),
    ],
)
def test_a_new_password_is_refused_with_its_reason(engine: Engine, old: str, new: str, kind: str):
    opened = _in(engine)
    with pytest.raises(PeopleError) as caught:
        take_new_password(engine, knock(engine, "lan", HERE, NOW), old, new, _outside())
    assert caught.value.kind == kind
    assert _found(engine, opened.token) is not None


def test_the_old_password_cannot_be_guessed_without_end_either(engine: Engine):
    for _ in range(OF_A_PAIR):
        knock(engine, "hoa", ELSEWHERE, NOW)
    for login, address in (("hoa", ELSEWHERE), ("nobody", HERE)):
        with pytest.raises(PeopleError, match="the password is not right"):
            take_new_password(engine, knock(engine, login, address, NOW), WORDS, OTHER_WORDS, _outside())


@pytest.mark.parametrize("secret", [None, "AAAA", ""])
def test_codes_begin_only_with_a_code_that_the_telephone_gave(engine: Engine, secret: str | None):
    visit = _in(engine).visit
    shown = new_secret(dice()) if secret is None else secret
    with pytest.raises(PeopleError, match="the code is not right"):
        take_codes(engine, visit, shown, "000000", NOW)
    assert _deeds(engine) == ["signed-in"]


def test_the_code_that_began_them_is_used_up(engine: Engine):
    secret = new_secret(dice())
    code = pyotp.TOTP(secret).at(NOW)
    take_codes(engine, _in(engine).visit, secret, code, NOW)
    waiting = _in(engine)
    assert give_code(engine, knock(engine, "lan", HERE, NOW), waiting.visit, code, _outside()) is None

"""Signing in and out: the limits, the password, the code, the session, and the log of it, in the right order.

The route asks first (`knock`), waits as long as it is told without holding a thread, then has the password or the
code looked at (`sign_in`, `give_code`: 40 ms of processor and 19 MiB, so in a few threads of their own).
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from digest.attempts import OF_A_PAIR
from digest.desk.codes import accepted_step, is_secret
from digest.desk.passwords import hashed, is_right, needs_rehash
from digest.people import Act, Random, User
from digest.people_checks import PeopleError, password_from
from storage.attempts import Attempt, begin_attempt, was_half_right, was_right
from storage.audit import append
from storage.database import begin, reading
from storage.people import Credentials, change_password, credentials_of, keep_rehashed, turn_codes_on, use_step
from storage.sessions import NewVisit, Visit, close_session, open_for_code, open_session


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What signing in takes from outside: the moment, and randomness as `secrets.token_bytes` gives it."""

    moment: datetime
    random: Random


def knock(engine: Engine, login: str, address: str, moment: datetime) -> Attempt:
    """Whether a try of this login from this address is let through, and how long to wait (`.verdict`).

    Where it is not admitted, nothing is looked at: say that too many tries failed, and when the next may come.
    """
    with begin(engine) as session:
        return begin_attempt(session, login, address, moment)


def sign_in(engine: Engine, attempt: Attempt, password: str, outside: Outside) -> NewVisit | None:
    """The new session, which may still need a code; None where login or password is wrong: the same time for both.

    Whatever session the browser had is to be forgotten: the token is new.
    """
    with reading(engine) as session:
        found = credentials_of(session, attempt.login)
    if attempt.number is None:
        return None
    if not is_right(password, found.password_hash if found else None) or found is None:
        _tell_failed(engine, attempt, found, outside)
        return None
    rehashed = hashed(password, outside.random) if needs_rehash(found.password_hash) else None
    with begin(engine) as session:
        now = credentials_of(session, attempt.login)
        if now is None or not now.user.active or now.password_hash != found.password_hash:
            return None  # not let in any more, or changed while the password was looked at
        if rehashed is not None:
            keep_rehashed(session, now.user.pseudonym, rehashed)
        if now.code_secret is None:
            return _signed_in(session, attempt, now.user, outside)
        was_half_right(session, attempt)
        return open_for_code(session, now.user, outside.moment, outside.random)


def give_code(engine: Engine, attempt: Attempt, visit: Visit, code: str, outside: Outside) -> NewVisit | None:
    """The whole session in place of the one that needs a code; None where the code is wrong or was used."""
    if attempt.number is None or attempt.login != visit.user.login:
        return None
    with begin(engine) as session:
        now = credentials_of(session, attempt.login)
        step = _step(session, now, code, outside.moment)
        if now is not None and step is not None:
            return _signed_in(session, attempt, now.user, outside)
    _tell_failed(engine, attempt, now, outside)
    return None


def sign_out(engine: Engine, visit: Visit, token: str, moment: datetime) -> None:
    """End the session."""
    with begin(engine) as session:
        close_session(session, token)
        append(session, Act(moment=moment, by=visit.user.pseudonym), "signed-out")


def take_new_password(engine: Engine, attempt: Attempt, old: str, new: str, outside: Outside) -> NewVisit:
    """Change one's own password, after a `knock` with one's own login; PeopleError says what is wrong with either.

    All sessions of that person end; the new one takes the place of the one that asked.
    """
    with reading(engine) as session:
        found = credentials_of(session, attempt.login)
    if found is None or attempt.number is None or not is_right(old, found.password_hash):
        raise PeopleError("password-wrong")
    password = password_from(new, attempt.login)
    if is_right(password, found.password_hash):
        raise PeopleError("password-same")
    password_hash = hashed(password, outside.random)
    act = Act(moment=outside.moment, by=found.user.pseudonym)
    with begin(engine) as session:
        changed = change_password(session, found.user.pseudonym, password_hash, act)
        was_right(session, attempt, outside.moment)
        return open_session(session, changed, outside.moment, outside.random)


def take_codes(engine: Engine, visit: Visit, secret: str, code: str, moment: datetime) -> User:
    """Ask oneself for codes from now on, once a first one shows that the telephone has the secret; PeopleError."""
    step = accepted_step(secret, code, moment, None) if is_secret(secret) else None
    if step is None:
        raise PeopleError("code-wrong")
    me = visit.user.pseudonym
    with begin(engine) as session:
        return turn_codes_on(session, me, secret, step, Act(moment=moment, by=me))


def _step(session: Session, now: Credentials | None, code: str, moment: datetime) -> int | None:
    """The code's step, used up; None where it is wrong or nobody may come in by it."""
    if now is None or now.code_secret is None or not now.user.active:
        return None
    step = accepted_step(now.code_secret, code, moment, now.code_step)
    return step if step is not None and use_step(session, now.user.pseudonym, step) else None


def _signed_in(session: Session, attempt: Attempt, user: User, outside: Outside) -> NewVisit:
    opened = open_session(session, user, outside.moment, outside.random)
    was_right(session, attempt, outside.moment)
    append(session, Act(moment=outside.moment, by=user.pseudonym), "signed-in", detail={"code": user.has_codes})
    return opened


def _tell_failed(engine: Engine, attempt: Attempt, found: Credentials | None, outside: Outside) -> None:
    """Tell of it once the limit is reached; for a login that nobody has too, or the time taken would tell."""
    if attempt.failures + 1 != OF_A_PAIR:
        return
    subject = found.user.pseudonym if found else None
    with begin(engine) as session:
        append(session, Act(moment=outside.moment), "sign-ins-failed", subject, {"failures": OF_A_PAIR})

"""Sessions: a random token that is not kept, twelve hours at most, one a person, ended at once."""

import hashlib
from datetime import timedelta

from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from storage.database import begin, reading
from storage.people import disable, rename
from storage.schema import DeskSessionRow
from storage.sessions import (
    LONGEST,
    LONGEST_FOR_A_CODE,
    close_session,
    is_seen_due,
    keep_seen,
    open_for_code,
    open_session,
    visit_of,
)
from tests.fakes import at
from tests.storage.fakes import an_act, dice, said_at_once, with_user

NOW = at("2026-03-02 08:00")
A_SECOND = timedelta(seconds=1)


def test_a_token_of_256_bits_opens_the_session_and_is_not_kept(session: Session):
    lan = with_user(session)
    opened = open_session(session, lan, NOW, dice())
    assert len(bytes.fromhex(opened.token)) == 32
    assert len(bytes.fromhex(opened.visit.csrf)) == 32
    assert opened.token != opened.visit.csrf
    session.expire_all()
    assert visit_of(session, opened.token, NOW) == opened.visit
    assert (opened.visit.user, opened.visit.needs_code) == (lan, False)
    stored = str(session.execute(text("SELECT * FROM desk_sessions")).one())
    assert opened.token not in stored
    assert hashlib.sha256(opened.token.encode()).hexdigest() in stored


def test_neither_token_nor_secret_is_shown_by_chance(session: Session):
    opened = open_session(session, with_user(session), NOW, dice())
    for secret in (opened.token, opened.visit.csrf, opened.visit.token_sha256):
        assert secret not in repr(opened)


def test_what_is_no_token_opens_nothing(session: Session):
    opened = open_session(session, with_user(session), NOW, dice())
    for wrong in ("", opened.visit.token_sha256, opened.token.upper(), opened.token[:-1], "\ud800"):
        assert visit_of(session, wrong, NOW) is None


def test_a_session_lasts_twelve_hours_however_busy(session: Session):
    opened = open_session(session, with_user(session), NOW, dice())
    late = NOW + LONGEST - A_SECOND
    assert keep_seen(session, opened.visit, late)
    assert visit_of(session, opened.token, late) is not None
    assert visit_of(session, opened.token, NOW + timedelta(hours=12)) is None


def test_seeing_a_person_is_written_once_a_minute(session: Session):
    opened = open_session(session, with_user(session), NOW, dice())
    soon, later = NOW + timedelta(seconds=59), NOW + timedelta(seconds=60)
    assert not is_seen_due(opened.visit, soon)
    assert not keep_seen(session, opened.visit, soon)
    assert keep_seen(session, opened.visit, later)
    seen = visit_of(session, opened.token, later)
    assert seen is not None
    assert seen.last_seen == later
    assert seen.created == NOW


def test_signing_in_again_ends_the_older_session(session: Session):
    lan, random = with_user(session), dice()
    hoa = with_user(session, "hoa", role="editor")
    older, hers, newer = (open_session(session, who, NOW, random) for who in (lan, hoa, lan))
    assert visit_of(session, older.token, NOW) is None
    assert visit_of(session, newer.token, NOW) is not None
    assert visit_of(session, hers.token, NOW) is not None


def test_waiting_for_a_code_ends_soon_and_ends_nothing_else(session: Session):
    lan, random = with_user(session), dice()
    whole, first = open_session(session, lan, NOW, random), open_for_code(session, lan, NOW, random)
    second = open_for_code(session, lan, NOW, random)
    assert visit_of(session, first.token, NOW) is None
    waiting = visit_of(session, second.token, NOW)
    assert waiting is not None
    assert waiting.needs_code
    assert visit_of(session, second.token, NOW + LONGEST_FOR_A_CODE) is None
    assert visit_of(session, whole.token, NOW) is not None
    open_session(session, lan, NOW, random)
    assert visit_of(session, second.token, NOW) is None


def test_signing_out_ends_that_session(session: Session):
    opened = open_session(session, with_user(session), NOW, dice())
    close_session(session, "another")
    assert visit_of(session, opened.token, NOW) is not None
    close_session(session, opened.token)
    assert visit_of(session, opened.token, NOW) is None


def test_a_session_shows_the_person_as_he_is_now(session: Session):
    with_user(session, "hoa")
    lan = with_user(session)
    opened = open_session(session, lan, NOW, dice())
    renamed = rename(session, lan.pseudonym, "Lan Suối", an_act())
    visit = visit_of(session, opened.token, NOW)
    assert visit is not None
    assert visit.user == renamed
    disable(session, lan.pseudonym, an_act())
    # Somebody who was just signing in: the session is there, and opens nothing.
    again = open_session(session, lan, NOW, dice(2))
    assert visit_of(session, again.token, NOW) is None


def test_sessions_that_have_ended_are_cleared_away(session: Session):
    open_session(session, with_user(session), NOW, dice())
    open_session(session, with_user(session, "hoa"), NOW + LONGEST, dice(2))
    assert session.scalar(select(func.count()).select_from(DeskSessionRow)) == 1


_SIGNING_IN = """
import secrets, sys
from storage.database import begin, open_database
from storage.people import user_by_login
from storage.sessions import open_session
from tests.fakes import at

engine = open_database(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
for _ in range(20):
    with begin(engine) as session:
        open_session(session, user_by_login(session, "lan.bien"), at("2026-03-02 08:00"), secrets.token_bytes)
"""


def test_signing_in_from_two_places_at_once_leaves_one_session(database_url: str, engine: Engine):
    with begin(engine) as session:
        with_user(session)
    assert said_at_once(_SIGNING_IN, (database_url,), (database_url,)) == ["", ""]
    with reading(engine) as session:
        assert session.scalar(select(func.count()).select_from(DeskSessionRow)) == 1

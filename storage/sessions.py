"""Who is signed in. The browser holds a random token, the database its SHA-256; signing out removes the row."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from digest.people import Random, User
from storage.people import end_sessions, user_of
from storage.schema import DeskSessionRow, UserRow

LONGEST = timedelta(hours=12)  # from signing in, whatever happens in between
LONGEST_FOR_A_CODE = timedelta(minutes=10)  # between the password and the code
_SEEN_EVERY = timedelta(minutes=1)  # not a write a request
_TOKEN = 32  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A session as a request finds it. While `needs_code` is true it opens nothing but the page that asks for it."""

    user: User
    csrf: str = field(repr=False)
    created: datetime
    last_seen: datetime
    expires: datetime
    needs_code: bool
    token_sha256: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVisit:
    """A session that has just begun, with the token that the browser's cookie gets and nobody keeps."""

    token: str = field(repr=False)
    visit: Visit


def open_session(session: Session, user: User, moment: datetime, random: Random) -> NewVisit:
    """Sign the person in: a new token, a new CSRF secret, and the end of his older sessions."""
    _hold(session, user)
    end_sessions(session, user.pseudonym)
    return _opened(session, user, moment, random, needs_code=False)


def open_for_code(session: Session, user: User, moment: datetime, random: Random) -> NewVisit:
    """The password was right, the code is still asked for. His sessions elsewhere go on until it is right too."""
    _hold(session, user)
    session.execute(delete(DeskSessionRow).filter_by(user=user.pseudonym, needs_code=True))
    return _opened(session, user, moment, random, needs_code=True)


def visit_of(session: Session, token: str, moment: datetime) -> Visit | None:
    """The session of the token; None where there is none, it has expired, or the person may not come in any more."""
    row = session.get(DeskSessionRow, _sha256(token))
    if row is None or row.expires <= moment:
        return None
    user = user_of(session, row.user)
    return _visit(row, user) if user is not None and user.active else None


def keep_seen(session: Session, visit: Visit, moment: datetime) -> bool:
    """Note that the person was here, if that is a minute ago; whether anything was written."""
    if not is_seen_due(visit, moment):
        return False
    session.execute(update(DeskSessionRow).filter_by(token_sha256=visit.token_sha256).values(last_seen=moment))
    return True


def is_seen_due(visit: Visit, moment: datetime) -> bool:
    """Whether `keep_seen` would write: a request that only reads need not begin a transaction to write."""
    return moment - visit.last_seen >= _SEEN_EVERY


def close_session(session: Session, token: str) -> None:
    """Sign out."""
    session.execute(delete(DeskSessionRow).filter_by(token_sha256=_sha256(token)))


def _hold(session: Session, user: User) -> None:
    """Keep others from signing the person in at the same time: two sign-ins at once leave one session."""
    session.execute(select(UserRow.pseudonym).filter_by(pseudonym=user.pseudonym).with_for_update())


def _opened(session: Session, user: User, moment: datetime, random: Random, *, needs_code: bool) -> NewVisit:
    session.execute(delete(DeskSessionRow).where(DeskSessionRow.expires <= moment))
    token = random(_TOKEN).hex()
    row = DeskSessionRow(
        token_sha256=_sha256(token),
        user=user.pseudonym,
        csrf=random(_TOKEN).hex(),
        created=moment,
        last_seen=moment,
        expires=moment + (LONGEST_FOR_A_CODE if needs_code else LONGEST),
        needs_code=needs_code,
    )
    session.add(row)
    session.flush()
    return NewVisit(token=token, visit=_visit(row, user))


def _visit(row: DeskSessionRow, user: User) -> Visit:
    return Visit(
        user=user,
        csrf=row.csrf,
        created=row.created,
        last_seen=row.last_seen,
        expires=row.expires,
        needs_code=row.needs_code,
        token_sha256=row.token_sha256,
    )


def _sha256(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()

"""Tries to sign in. Each is kept as a failure before the password is looked at, so that many at once count too."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, text, update
from sqlalchemy.orm import Session

from digest.attempts import OF_A_PAIR, OF_AN_ADDRESS, WINDOW, Earlier, Verdict, address_key, verdict
from digest.people_checks import fold_login
from storage.schema import AttemptRow

_ADVISORY_LOCK = 0x_D1EB_A2  # any constant: with the address, whoever tries from it on PostgreSQL takes it first
_FAILURES_KEPT = timedelta(days=30)
_SUCCESSES_KEPT = timedelta(days=400)  # so long an address counts as known


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A try and what becomes of it. `failures` of this login from this address came just before."""

    login: str
    address: str
    verdict: Verdict
    failures: int
    number: int | None  # None where it is refused: then it is not kept, or refusing would never end


def begin_attempt(session: Session, login: str, address: str, moment: datetime) -> Attempt:
    """Look at what came before, and keep this try where it is let through."""
    key, place = fold_login(login), address_key(address)
    if session.get_bind().dialect.name == "postgresql":
        locks = {"key": _ADVISORY_LOCK, "place": _number(place)}
        session.execute(text("SELECT pg_advisory_xact_lock(CAST(:key AS int), CAST(:place AS int))"), locks)
    earlier = _earlier(session, key, place, moment)
    said = verdict(earlier, moment)
    number = _kept(session, key, place, moment) if said.admitted else None
    return Attempt(login=key, address=place, verdict=said, failures=len(earlier.of_pair), number=number)


def was_right(session: Session, attempt: Attempt, moment: datetime) -> None:
    """The try was right: earlier failures of the pair count no more. What is too old to be kept goes."""
    session.execute(update(AttemptRow).filter_by(id=attempt.number).values(success=True))
    failed = and_(AttemptRow.success.is_(False), AttemptRow.moment < moment - _FAILURES_KEPT)
    session.execute(delete(AttemptRow).where(or_(failed, AttemptRow.moment < moment - _SUCCESSES_KEPT)))


def was_half_right(session: Session, attempt: Attempt) -> None:
    """The password was right and a code is asked for: the try counts neither way."""
    session.execute(delete(AttemptRow).filter_by(id=attempt.number))


def _earlier(session: Session, login: str, address: str, moment: datetime) -> Earlier:
    pair = and_(AttemptRow.login == login, AttemptRow.address == address)
    right = session.scalar(select(func.max(AttemptRow.id)).where(pair, AttemptRow.success.is_(True)))
    since_right = AttemptRow.id > (right or 0)
    return Earlier(
        of_pair=_failures(session, and_(pair, since_right), moment, OF_A_PAIR),
        of_address=_failures(session, AttemptRow.address == address, moment, OF_AN_ADDRESS),
        is_known=right is not None,
    )


def _failures(session: Session, whose: ColumnElement[bool], moment: datetime, limit: int) -> tuple[datetime, ...]:
    chosen = (
        select(AttemptRow.moment)
        .where(whose, AttemptRow.success.is_(False), AttemptRow.moment > moment - WINDOW)
        .order_by(AttemptRow.moment.desc())
        .limit(limit)
    )
    return tuple(session.scalars(chosen))


def _kept(session: Session, login: str, address: str, moment: datetime) -> int:
    row = AttemptRow(login=login, address=address, moment=moment, success=False)
    session.add(row)
    session.flush()
    return row.id


def _number(text: str) -> int:
    """A signed number of 32 bits, as an advisory lock takes it."""
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:4], signed=True)

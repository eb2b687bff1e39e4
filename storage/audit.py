"""Who did what: a log that is only added to, each entry holding the hash of the one before.

It names people by pseudonym. What it says of a deed must lead to nobody either: no name, login or address goes in.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from digest.people import Act
from digest.text import normalise, one_line
from storage.schema import AuditRow

BEGINNING = "0" * 64  # stands for the hash before the first
_ADVISORY_LOCK = 0x_D1EB_A1  # any constant: whoever appends on PostgreSQL takes it first
_AT_ONCE = 500

Said = str | int | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One deed. `pseudonym` is None for the server's command line; `subject` is what it was done to."""

    sequence: int
    moment: datetime
    pseudonym: str | None
    deed: str
    subject: str | None
    detail: Mapping[str, Said]
    previous: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """The first row of the log that is not as it was written, and what is wrong with it."""

    sequence: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """What was verified: `length` good rows from the first on, the last of which has the hash `head`."""

    length: int
    head: str
    broken: Broken | None = None


def append(
    session: Session, act: Act, deed: str, subject: str | None = None, detail: Mapping[str, Said] | None = None
) -> Entry:
    """Add a deed at the end, in the transaction of what was done. `deed` is a stable word.

    Append last: on PostgreSQL other transactions that append wait from here until this one ends (on SQLite all that
    write wait anyway).
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
    last = session.execute(
        select(AuditRow.sequence, AuditRow.hash).order_by(AuditRow.sequence.desc()).limit(1)
    ).one_or_none()
    row = AuditRow(
        sequence=last.sequence + 1 if last else 1,
        moment=act.moment.astimezone(UTC),
        pseudonym=act.by,
        deed=deed,
        subject=one_line(subject) if subject is not None else None,
        detail={key: normalise(value) if isinstance(value, str) else value for key, value in (detail or {}).items()},
        previous=last.hash if last else BEGINNING,
    )
    row.hash = _hash(row)
    session.add(row)
    session.flush()
    return _entry(row)


def entries(
    session: Session,
    *,
    before: int | None = None,
    pseudonym: str | None = None,
    subject: str | None = None,
    limit: int = 100,
) -> tuple[Entry, ...]:
    """The newest entries first: those before that number, by that person, about that subject, where they are named."""
    chosen = select(AuditRow).order_by(AuditRow.sequence.desc()).limit(limit)
    if before is not None:
        chosen = chosen.where(AuditRow.sequence < before)
    if pseudonym is not None:
        chosen = chosen.where(AuditRow.pseudonym == pseudonym)
    if subject is not None:
        chosen = chosen.where(AuditRow.subject == subject)
    return tuple(_entry(row) for row in session.scalars(chosen))


def verify_chain(session: Session) -> Chain:
    """Follow the chain from the first row to the last, or to the first that is broken.

    Rows cut off at the end leave a good chain, only a shorter one: keep `head` elsewhere now and then, and ask
    `stands` for it later.
    """
    length, head = 0, BEGINNING
    for expected, row in zip(count(1), _rows(session), strict=False):
        why = _fault(row, expected, head)
        if why:
            return Chain(length=length, head=head, broken=Broken(sequence=min(row.sequence, expected), why=why))
        length, head = expected, row.hash
    return Chain(length=length, head=head)


def stands(session: Session, head: str) -> bool:
    """Whether an entry has the hash that begins with this, as an earlier look at the chain gave it."""
    wanted = head.strip().lower()
    found = select(func.count()).select_from(AuditRow).where(AuditRow.hash.startswith(wanted, autoescape=True))
    return bool(wanted) and session.scalar(found) == 1


def _rows(session: Session) -> Iterator[AuditRow]:
    chosen = select(AuditRow).order_by(AuditRow.sequence).limit(_AT_ONCE)
    some = session.scalars(chosen).all()
    while some:
        yield from some
        some = session.scalars(chosen.where(AuditRow.sequence > some[-1].sequence)).all()


def _fault(row: AuditRow, expected: int, head: str) -> str | None:
    if row.sequence != expected:
        return "is missing" if row.sequence > expected else f"stands before the first, {expected}"
    if row.previous != head:
        return "does not hold the hash of the one before"
    return "was changed" if row.hash != _hash(row) else None


def _hash(row: AuditRow) -> str:
    """SHA-256 of canonical JSON: keys in order, no blanks, UTF-8; the moment in UTC to the microsecond."""
    said: dict[str, Any] = {
        "sequence": row.sequence,
        "moment": row.moment.astimezone(UTC).isoformat(timespec="microseconds"),
        "pseudonym": row.pseudonym,
        "deed": row.deed,
        "subject": row.subject,
        "detail": row.detail,
        "previous": row.previous,
    }
    canonical = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _entry(row: AuditRow) -> Entry:
    return Entry(
        sequence=row.sequence,
        moment=row.moment,
        pseudonym=row.pseudonym,
        deed=row.deed,
        subject=row.subject,
        detail=row.detail,
        previous=row.previous,
        hash=row.hash,
    )

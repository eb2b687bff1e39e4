"""What is remembered of addresses and hosts between two rounds, so that asking stays polite."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from storage.rows import upsert
from storage.schema import BreakerRow, ValidatorRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an address answered last, as far as the next request needs it.

    `etag` and `last_modified` stand as they were sent. Until `fresh_until` it need not be asked. All that it listed
    from `covers_from` on was dealt with; None means that it was not.
    """

    etag: str | None = None
    last_modified: str | None = None
    fresh_until: datetime | None = None
    covers_from: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a host stands: its failures in a row, and until when it is left alone."""

    failures: int = 0
    open_until: datetime | None = None


def answer_of(session: Session, address: str) -> Answer:
    """What the address answered last; an empty answer where nothing is remembered."""
    row = session.get(ValidatorRow, address)
    if row is None:
        return Answer()
    return Answer(
        etag=row.etag, last_modified=row.last_modified, fresh_until=row.fresh_until, covers_from=row.covers_from
    )


def keep_answer(session: Session, address: str, answer: Answer) -> None:
    """Remember what the address answered last, in place of what it answered before."""
    row = {
        "address": address,
        "etag": answer.etag,
        "last_modified": answer.last_modified,
        "fresh_until": answer.fresh_until,
        "covers_from": answer.covers_from,
    }
    upsert(session, ValidatorRow, row, key=("address",))


def standing_of(session: Session, host: str) -> Standing:
    """How the host stands; in order where nothing is remembered."""
    row = session.get(BreakerRow, host)
    return Standing() if row is None else Standing(failures=row.failures, open_until=row.open_until)


def keep_standing(session: Session, host: str, standing: Standing) -> None:
    """Remember how the host stands."""
    row = {"host": host, "failures": standing.failures, "open_until": standing.open_until}
    upsert(session, BreakerRow, row, key=("host",))

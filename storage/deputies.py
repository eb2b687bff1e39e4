"""Who may approve for whom, and between which days. Naming and ending a deputy is in the audit log."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from digest.people import Act, Deputy
from digest.people_checks import PeopleError, check_deputy
from storage.audit import append
from storage.people import user_of
from storage.schema import DeputyRow


def name_deputy(session: Session, deputy: Deputy, act: Act) -> Deputy:
    """Let one person approve for another between two days; PeopleError where he may not."""
    absent, acting = user_of(session, deputy.absent), user_of(session, deputy.acting)
    if absent is None or acting is None:
        raise PeopleError("login-unknown", deputy.absent if absent is None else deputy.acting)
    check_deputy(deputy, absent, acting)
    row = DeputyRow(absent=deputy.absent, acting=deputy.acting, first=deputy.first, last=deputy.last)
    session.add(row)
    session.flush()
    detail = {"acting": row.acting, "first": row.first.isoformat(), "last": row.last.isoformat()}
    append(session, act, "deputy-named", row.absent, detail)
    return _deputy(row)


def end_deputy(session: Session, number: int, act: Act) -> None:
    """End it now; one that is ended already stays so."""
    row = session.get(DeputyRow, number, with_for_update=True)
    if row is None:
        return
    session.delete(row)
    session.flush()
    append(session, act, "deputy-ended", row.absent, {"acting": row.acting})


def deputies(session: Session, since: date) -> tuple[Deputy, ...]:
    """Those whose last day is that day or later, by their first day."""
    chosen = select(DeputyRow).where(DeputyRow.last >= since).order_by(DeputyRow.first, DeputyRow.id)
    return tuple(_deputy(row) for row in session.scalars(chosen))


def _deputy(row: DeputyRow) -> Deputy:
    return Deputy(absent=row.absent, acting=row.acting, first=row.first, last=row.last, number=row.id)

"""The people at the desk. Whatever changes one is in the audit log, in the same transaction.

PeopleError (digest.people_checks) for what is not allowed; a pseudonym that is nobody's gives "login-unknown".
"""

from dataclasses import dataclass, field

from sqlalchemy import delete, or_, select, text, update
from sqlalchemy.orm import Session

from digest.people import Act, NewUser, Role, User
from digest.people_checks import PeopleError, fold_login, login_from, name_from
from storage.audit import Said, append
from storage.rows import value_of
from storage.schema import AttemptRow, DeputyRow, DeskSessionRow, UserRow

_FIELDS = ("pseudonym", "login", "name", "role", "created", "active", "must_change")


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """A person with what signing in is checked against."""

    user: User
    password_hash: str = field(repr=False)
    code_secret: str | None = field(repr=False)
    code_step: int | None


def users(session: Session) -> tuple[User, ...]:
    """Everybody, by login."""
    return tuple(_user(row) for row in session.scalars(select(UserRow).order_by(UserRow.login)))


def nobody_yet(session: Session) -> bool:
    """Whether the desk has no user at all: the first-run page is due."""
    return session.scalar(select(UserRow.pseudonym).limit(1)) is None


def user_of(session: Session, pseudonym: str) -> User | None:
    """The person behind the pseudonym; None where there is none, or none any more."""
    row = session.get(UserRow, pseudonym)
    return None if row is None else _user(row)


def user_by_login(session: Session, login: str) -> User:
    """The person with this login, however it is spelled; PeopleError."""
    found = credentials_of(session, login)
    if found is None:
        raise PeopleError("login-unknown", login)
    return found.user


def names_of(session: Session) -> dict[str, str]:
    """The names by pseudonym, for whatever shows a record."""
    return {row.pseudonym: row.name for row in session.execute(select(UserRow.pseudonym, UserRow.name))}


def credentials_of(session: Session, login: str) -> Credentials | None:
    """What signing in is checked against; None where nobody has this login."""
    row = session.scalars(select(UserRow).filter_by(login=fold_login(login))).one_or_none()
    if row is None:
        return None
    return Credentials(
        user=_user(row), password_hash=row.password_hash, code_secret=row.code_secret, code_step=row.code_step
    )


def add_user(session: Session, new: NewUser, act: Act, pseudonym: str) -> User:
    """Add a person under a new pseudonym; the first one of all must be an administrator."""
    login = login_from(new.login)
    if new.role != "administrator" and nobody_yet(session):
        raise PeopleError("role-first", login)
    if credentials_of(session, login) is not None:
        raise PeopleError("login-taken", login)
    row = UserRow(
        pseudonym=pseudonym,
        login=login,
        name=name_from(new.name),
        role=new.role,
        password_hash=new.password_hash,
        active=True,
        must_change=new.must_change,
        created=act.moment,
    )
    session.add(row)
    session.flush()
    append(session, act, "user-added", pseudonym, {"role": new.role})
    return _user(row)


def rename(session: Session, pseudonym: str, name: str, act: Act) -> User:
    """Give a person another name; the log does not say which."""
    return _changed(session, _row(session, pseudonym), act, "user-renamed", name=name_from(name))


def set_role(session: Session, pseudonym: str, role: Role, act: Act) -> User:
    """Give a person another role; he is signed out. The last active administrator keeps his."""
    administrators = _administrators(session)
    row = _row(session, pseudonym)
    if role == row.role:
        return _user(row)
    _check_not_last(row, administrators)
    before = row.role
    end_sessions(session, pseudonym)
    return _changed(session, row, act, "role-changed", {"from": before, "to": role}, role=role)


def disable(session: Session, pseudonym: str, act: Act) -> User:
    """Let a person in no more, and sign him out. Not the last active administrator."""
    administrators = _administrators(session)
    row = _row(session, pseudonym)
    if not row.active:
        return _user(row)
    _check_not_last(row, administrators)
    end_sessions(session, pseudonym)
    return _changed(session, row, act, "user-disabled", active=False)


def enable(session: Session, pseudonym: str, act: Act) -> User:
    """Let a person in again."""
    row = _row(session, pseudonym)
    return _user(row) if row.active else _changed(session, row, act, "user-enabled", active=True)


def reset_password(session: Session, pseudonym: str, password_hash: str, act: Act) -> User:
    """Give a person a password of another's choice; he is signed out, and must change it once he is in."""
    row = _row(session, pseudonym)
    end_sessions(session, pseudonym)
    return _changed(session, row, act, "password-reset", password_hash=password_hash, must_change=True)


def change_password(session: Session, pseudonym: str, password_hash: str, act: Act) -> User:
    """Take the person's own new password. All his sessions end: begin a new one for him."""
    row = _row(session, pseudonym)
    end_sessions(session, pseudonym)
    return _changed(session, row, act, "password-changed", password_hash=password_hash, must_change=False)


def keep_rehashed(session: Session, pseudonym: str, password_hash: str) -> None:
    """Keep the same password's hash with newer parameters."""
    session.execute(update(UserRow).filter_by(pseudonym=pseudonym).values(password_hash=password_hash))


def turn_codes_on(session: Session, pseudonym: str, secret: str, step: int, act: Act) -> User:
    """Ask for a code from now on; `step` is that of the code that showed that the telephone has the secret."""
    row = _row(session, pseudonym)
    return _changed(session, row, act, "codes-on", code_secret=secret, code_step=step)


def turn_codes_off(session: Session, pseudonym: str, act: Act) -> User:
    """Ask for no code any more; the person is signed out."""
    row = _row(session, pseudonym)
    if row.code_secret is None:
        return _user(row)
    end_sessions(session, pseudonym)
    return _changed(session, row, act, "codes-off", code_secret=None, code_step=None)


def use_step(session: Session, pseudonym: str, step: int) -> bool:
    """Mark the step's code as used; False where it, or a later one, was used meanwhile."""
    fresh = or_(UserRow.code_step.is_(None), UserRow.code_step < step)
    used = update(UserRow).where(UserRow.pseudonym == pseudonym, fresh).values(code_step=step)
    return session.scalar(used.returning(UserRow.pseudonym)) is not None


def erase(session: Session, pseudonym: str, act: Act) -> None:
    """Forget who the pseudonym is: login, name, sessions, tries to sign in, deputies. Not the last administrator.

    What he did stays in the records, under a pseudonym that leads to nobody.
    """
    administrators = _administrators(session)
    row = _row(session, pseudonym)
    _check_not_last(row, administrators)
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("PRAGMA secure_delete = ON"))  # or the name stays legible in the file's free pages
    end_sessions(session, pseudonym)
    session.execute(delete(DeputyRow).where(or_(DeputyRow.absent == pseudonym, DeputyRow.acting == pseudonym)))
    session.execute(delete(AttemptRow).where(AttemptRow.login == row.login))
    session.delete(row)
    session.flush()
    append(session, act, "user-erased", pseudonym)


def end_sessions(session: Session, pseudonym: str) -> None:
    """Sign the person out everywhere."""
    session.execute(delete(DeskSessionRow).where(DeskSessionRow.user == pseudonym))


def _changed(
    session: Session, row: UserRow, act: Act, deed: str, detail: dict[str, Said] | None = None, **values: object
) -> User:
    for name, value in values.items():
        setattr(row, name, value)
    session.flush()
    append(session, act, deed, row.pseudonym, detail)
    return _user(row)


def _row(session: Session, pseudonym: str) -> UserRow:
    chosen = select(UserRow).filter_by(pseudonym=pseudonym).with_for_update()
    row = session.scalars(chosen.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        raise PeopleError("login-unknown", pseudonym)
    return row


def _administrators(session: Session) -> set[str]:
    """The active administrators, locked in one order and before anybody else.

    Of two who would end each other the second waits, and then finds himself the last.
    """
    chosen = select(UserRow.pseudonym).filter_by(role="administrator", active=True).order_by(UserRow.pseudonym)
    return set(session.scalars(chosen.with_for_update()))


def _check_not_last(row: UserRow, administrators: set[str]) -> None:
    if administrators == {row.pseudonym}:
        raise PeopleError("role-last", row.login)


def _user(row: UserRow) -> User:
    stored = {name: getattr(row, name) for name in _FIELDS} | {"has_codes": row.code_secret is not None}
    return value_of(User, stored, f"user {row.pseudonym}")

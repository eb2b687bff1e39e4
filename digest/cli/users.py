"""The people at the desk, from the server's command line: the first administrator, a forgotten password, the log."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli import audit_log
from digest.cli.audit_log import office_database
from digest.cli.console import say
from digest.cli.options import AsJson
from digest.cli.surroundings import Surroundings, look_around
from digest.errors import UsageError
from digest.people import ROLES, Act, NewUser, User, new_pseudonym
from digest.people_checks import PASSWORD_LENGTH, PeopleError, login_from, name_from, password_from, role_from
from digest.wire import dump, dumps

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

app = typer.Typer(
    help="The people at the desk, and the log of what was done.", no_args_is_help=True, rich_markup_mode=None
)
Login = Annotated[str, typer.Argument(metavar="LOGIN", help="What the person signs in with.")]
FromStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from stdin, where no terminal can ask for it.")
]
_ROLES = ", ".join(ROLES)


@app.command("list")
def list_users(as_json: AsJson = False) -> int:
    """Everybody, a line each: login, role, state, name."""
    from storage.database import reading
    from storage.people import users

    with office_database(look_around()) as engine, reading(engine) as session:
        for user in users(session):
            typer.echo(dumps(dump(user)) if as_json else _line(user))
    return 0


@app.command("add")
def add(
    login: Login,
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="The name that colleagues see.")],
    role: Annotated[str, typer.Option("--role", metavar="ROLE", help=f"One of {_ROLES}.")],
    password_stdin: FromStdin = False,
) -> int:
    """Add a person. The first must be an administrator; everybody after him changes the password on coming in."""
    import secrets

    from storage.database import begin, reading
    from storage.people import add_user, nobody_yet

    surroundings = look_around()
    told = login_from(login), name_from(name), role_from(role)
    with office_database(surroundings, begun_here=True) as engine:
        with reading(engine) as session:
            is_first = nobody_yet(session)
        if is_first and told[2] != "administrator":
            raise PeopleError("role-first", told[0])  # before anybody types a password
        new = NewUser(
            login=told[0],
            name=told[1],
            role=told[2],
            password_hash=_hashed(told[0], from_stdin=password_stdin),
            must_change=not is_first,
        )
        with begin(engine) as session:
            user = add_user(session, new, _act(surroundings), new_pseudonym(secrets.token_bytes))
    say(f"added: {_line(user)}")
    return 0


@app.command("role")
def role(login: Login, role: Annotated[str, typer.Argument(metavar="ROLE", help=f"One of {_ROLES}.")]) -> int:
    """Give a person another role; whoever is signed in as this person is signed out."""
    from storage.people import set_role

    wanted = role_from(role)
    return _done("role changed", login, lambda session, who, act: set_role(session, who, wanted, act))


@app.command("password")
def password(login: Login, password_stdin: FromStdin = False) -> int:
    """Give a person a new password, which must be changed on coming in."""
    from storage.database import reading
    from storage.people import reset_password, user_by_login

    surroundings = look_around()
    with office_database(surroundings) as engine, reading(engine) as session:
        user = user_by_login(session, login)  # before anybody types a password
    stored = _hashed(user.login, from_stdin=password_stdin)
    return _done("password reset", login, lambda session, who, act: reset_password(session, who, stored, act))


@app.command("disable")
def disable(login: Login) -> int:
    """Let a person in no more; what he did stays under his name."""
    from storage import people

    return _done("disabled", login, people.disable)


@app.command("enable")
def enable(login: Login) -> int:
    """Let a person in again."""
    from storage import people

    return _done("enabled", login, people.enable)


@app.command("totp-off")
def codes_off(login: Login) -> int:
    """Ask a person for no code any more, as when the telephone is lost."""
    from storage.people import turn_codes_off

    return _done("codes off", login, turn_codes_off)


@app.command("erase")
def erase(
    login: Login,
    yes: Annotated[bool, typer.Option("--yes", help="Do it without asking. It cannot be undone.")] = False,
) -> int:
    """Forget a person for good: login, name and everything that leads to them. What was done stays, by nobody."""
    from storage import people
    from storage.database import begin, reading

    surroundings = look_around()
    with office_database(surroundings) as engine:
        with reading(engine) as session:
            user = people.user_by_login(session, login)
        if not yes and not _agreed(user):
            raise UsageError(f"{user.login} is not erased: say --yes where no terminal can ask")
        with begin(engine) as session:
            people.erase(session, user.pseudonym, _act(surroundings))
    say(f"erased: the log calls this person {user.pseudonym}, and nothing leads from there to anybody")
    return 0


app.command("log")(audit_log.log)


def _done(what: str, login: str, deed: "Callable[[Session, str, Act], User]") -> int:
    """Do it to the person of that login, in one transaction with its entry in the log."""
    from storage.database import begin
    from storage.people import user_by_login

    surroundings = look_around()
    with office_database(surroundings) as engine, begin(engine) as session:
        user = deed(session, user_by_login(session, login).pseudonym, _act(surroundings))
    say(f"{what}: {_line(user)}")
    return 0


def _hashed(login: str, *, from_stdin: bool) -> str:
    import secrets

    from digest.desk.passwords import hashed

    typed = _read_password() if from_stdin else _asked_password(login)
    return hashed(password_from(typed, login), secrets.token_bytes)


def _read_password() -> str:
    raw = sys.stdin.buffer.read(4 * PASSWORD_LENGTH[1] + 3)
    try:
        return raw.decode().removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError as error:
        raise UsageError("the password on stdin is not UTF-8 text") from error


def _asked_password(login: str) -> str:
    import getpass

    if not sys.stdin.isatty():
        raise UsageError("there is no terminal to ask for the password: give it with --password-stdin")
    typed = getpass.getpass(f"Password for {login}: ")
    if getpass.getpass("Once more: ") != typed:
        raise UsageError("the two passwords differ")
    return typed


def _agreed(user: User) -> bool:
    if not sys.stdin.isatty():
        return False
    typed: str = typer.prompt(f"Forget {user.name}? It cannot be undone. Type {user.login}", err=True)
    return typed.strip() == user.login


def _act(surroundings: Surroundings) -> Act:
    return Act(moment=surroundings.moment)


def _line(user: User) -> str:
    states = (
        "active" if user.active else "disabled",
        "code" if user.has_codes else "",
        "must change password" if user.must_change else "",
    )
    return f"{user.login:<20}  {user.role:<13}  {', '.join(state for state in states if state)}  {user.name}"

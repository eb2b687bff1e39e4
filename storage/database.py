"""Opening the database and writing to it in transactions."""

import fcntl
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.orm import Session

from digest.errors import StorageError
from storage.explain import explained, name_of
from storage.migrating import is_current, migrate

_PATIENCE = 30.0  # seconds that a writer waits for the one before it
_WRITING = {"sqlite_begin": "BEGIN IMMEDIATE"}

# A commit in WAL mode is in the kernel before it returns, so a SIGKILL loses nothing even with NORMAL. FULL also
# syncs the log at each commit: an approved issue must survive a power cut, and a stage commits once.
_PRAGMAS = ("PRAGMA foreign_keys = ON", "PRAGMA synchronous = FULL")


def open_database(url: str) -> Engine:
    """The database at `sqlite:///FILE` (made on first use) or `postgresql+psycopg://…`, at this program's schema.

    Several processes may open the same empty database at once. StorageError names the database and the remedy.
    """
    engine = engine_of(url)
    try:
        with _prepared(engine.url):
            _bring_up(engine)
    except SQLAlchemyError as error:
        engine.dispose()
        raise explained(engine.url, error) from error
    except StorageError:
        engine.dispose()
        raise
    return engine


@contextmanager
def begin(engine: Engine) -> Iterator[Session]:
    """One transaction to write in: all of it is kept, or nothing. A second writer waits at its first statement.

    Whatever SQLAlchemy raises inside leaves as StorageError, with its cause.
    """
    try:
        with Session(engine.execution_options(**_WRITING)) as session, session.begin():
            yield session
    except SQLAlchemyError as error:
        raise explained(engine.url, error) from error


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """One consistent view to read from; waits for no writer and keeps none waiting. What is written in it is lost."""
    try:
        with Session(_viewing(engine)) as session:
            yield session
    except SQLAlchemyError as error:
        raise explained(engine.url, error) from error


def _viewing(engine: Engine) -> Engine:
    # A transaction of SQLite's is one view anyway; PostgreSQL must be asked.
    return engine if engine.dialect.name == "sqlite" else engine.execution_options(isolation_level="REPEATABLE READ")


def engine_of(url: str) -> Engine:
    """The engine with this house's connection settings; nothing is opened yet. Callers want `open_database`."""
    try:
        parsed = make_url(url)
        parsed.get_dialect()
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise StorageError(
            f"{_without_password(url)!r} is not a database address; write it as sqlite:///diembao.db"
        ) from error
    if parsed.get_backend_name() != "sqlite":
        return _made(parsed)
    if not parsed.database or parsed.database == ":memory:":
        raise StorageError(f"{url!r} names no file; write it as sqlite:///diembao.db")
    engine = _made(parsed, connect_args={"timeout": _PATIENCE})
    event.listen(engine, "connect", _settle)
    event.listen(engine, "begin", _begin)
    return engine


def _without_password(url: str) -> str:
    return re.sub(r"(://[^:@/]*):[^@]*@", r"\1:***@", url)


def _made(url: URL, **options: Any) -> Engine:
    try:
        return create_engine(url, json_serializer=_json, **options)
    except ImportError as error:
        raise StorageError(f"{name_of(url)}: the driver is not installed: {error}; pip install psycopg") from error


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _settle(connection: Any, _record: object) -> None:
    # The driver begins late and never before DDL; it must leave beginning to `_begin`.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma).close()


def _begin(connection: Connection) -> None:
    # Taking the lock at the beginning makes a writer wait; taking it midway fails when another wrote since the read.
    connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN"))


@contextmanager
def _prepared(url: URL) -> Iterator[None]:
    """The file's folder is there, and nobody else in it is opening a database at this moment.

    SQLite's switch to WAL does not wait for another's: it fails at once. The folder is locked, as a lock file would
    have to be cleared away after a kill; the system lifts this one by itself.
    """
    if url.get_backend_name() != "sqlite":
        yield
        return
    folder = Path(str(url.database)).absolute().parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise StorageError(
            f"{name_of(url)}: its folder cannot be used: {error.strerror}; name another file or make the folder writable"
        ) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _bring_up(engine: Engine) -> None:
    with engine.connect() as connection:
        current = is_current(connection)
    if engine.dialect.name == "sqlite":
        _use_wal(engine)
    if not current:
        with engine.execution_options(**_WRITING).begin() as connection:
            migrate(connection)


def _use_wal(engine: Engine) -> None:
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.close()
    finally:
        connection.close()

"""What the modules of tables share: upserts on either database, long lists in pieces, stored fields as values."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from digest.errors import StorageError
from storage.schema import Base

_T = TypeVar("_T")
_PIECE = 500  # values in one IN (…): far below every database's limit


def upsert(session: Session, table: type[Base], *rows: Mapping[str, Any], key: Sequence[str]) -> None:
    """Insert the rows (of the same columns), or give the stored one with the same key the other values."""
    if not rows:
        return
    session.execute(_upsertion(session.get_bind().dialect.name, table, tuple(rows[0]), tuple(key)), rows)
    session.expire_all()  # the statement passed by what the session has loaded


def upserted(session: Session, table: type[Base], row: Mapping[str, Any], *, key: Sequence[str]) -> int:
    """As `upsert` for one row of a table with a number of its own; that number."""
    statement = _upsertion(session.get_bind().dialect.name, table, tuple(row), tuple(key))
    number = session.execute(statement.returning(_table(table).c.id), row).scalar_one()
    session.expire_all()
    return int(number)


def pieces(values: Collection[_T]) -> Iterator[list[_T]]:
    """The values in lists short enough for one statement."""
    rest = iter(values)
    while piece := list(islice(rest, _PIECE)):
        yield piece


def value_of(kind: type[_T], fields: Mapping[str, Any], name: str) -> _T:
    """A value from its stored fields; StorageError names the row that is not of the shape."""
    try:
        return msgspec.convert(fields, kind, builtin_types=(datetime,))
    except msgspec.ValidationError as error:
        raise StorageError(f"{name} in the database is damaged: {error}; restore the last backup") from error


@lru_cache
def _upsertion(dialect: str, table: type[Base], columns: tuple[str, ...], key: tuple[str, ...]) -> sqlite.Insert:
    # Built once: making the statement costs more than running it.
    statement = _insert(dialect, _table(table))
    changed = {name: statement.excluded[name] for name in columns if name not in key}
    return statement.on_conflict_do_update(index_elements=list(key), set_=changed)


def _table(table: type[Base]) -> Table:
    return table.metadata.tables[table.__tablename__]


def _insert(dialect: str, table: Table) -> sqlite.Insert:
    if dialect == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - 70 ms that SQLite does not pay

    return postgresql.insert(table)  # type: ignore[return-value]  # spelled alike as far as `upsert` goes

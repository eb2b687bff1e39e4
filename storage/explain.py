"""What SQLAlchemy reports, as a StorageError that names the database and the remedy."""

from sqlalchemy import URL
from sqlalchemy.exc import SQLAlchemyError, StatementError

from digest.errors import StorageError

# By the beginning of SQLite's own name of the error; the first that fits speaks.
_SQLITE = (
    ("SQLITE_NOTADB", "is not a database file; name another file, or move this one away"),
    ("SQLITE_CORRUPT", "is damaged; restore the last backup, or move the file away to begin anew"),
    ("SQLITE_FULL", "the disk is full; free space and run again (nothing was half-written)"),
    ("SQLITE_READONLY", "may only be read; make the file and its folder writable for this user"),
    ("SQLITE_CANTOPEN", "cannot be opened; make the file and its folder readable and writable for this user"),
    ("SQLITE_PERM", "may not be opened; make the file and its folder readable and writable for this user"),
    ("SQLITE_BUSY", "is being written by another program for too long; wait for it to end, then run again"),
    ("SQLITE_IOERR", "the disk failed to read or write; check its free space and its health, then run again"),
)


def name_of(url: URL) -> str:
    """What messages call the database: the file, else the address without its password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return url.render_as_string(hide_password=True)


def explained(url: URL, error: SQLAlchemyError) -> StorageError:
    """The error to raise `from error`."""
    return StorageError(f"{name_of(url)}: {_reason(error)}")


def _reason(error: SQLAlchemyError) -> str:
    cause = error.orig if isinstance(error, StatementError) else None
    code = str(getattr(cause, "sqlite_errorname", ""))
    for beginning, remedy in _SQLITE:
        if code.startswith(beginning):
            return f"{remedy} [{cause}]"
    return f"could not be read or written: {' '.join(str(cause or error).split())}"

"""The stored revision, and bringing it to HEAD. alembic is loaded only where there is something to do."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from digest.errors import StorageError
from storage.explain import name_of
from storage.schema import HEAD

_ADVISORY_LOCK = 0x_D1EB_A0  # any constant: whoever migrates this schema on PostgreSQL takes it first


def is_current(connection: Connection) -> bool:
    """Whether the schema is at HEAD; StorageError where the tables are another program's."""
    revision = _revision(connection)
    tables = inspect(connection).get_table_names() if revision is None else []
    if set(tables) - {"alembic_version"}:
        raise StorageError(
            f"{name_of(connection.engine.url)}: holds the tables of another program ({', '.join(sorted(tables)[:3])}); "
            "name another database"
        )
    return revision == HEAD


def migrate(connection: Connection) -> None:
    """Create or upgrade the schema inside the connection's transaction; on SQLite that holds the write lock already.

    Whoever comes second waits and finds nothing to do. StorageError: a schema newer than the program, migrations
    missing from the installation.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
    if not is_current(connection):
        _upgrade(connection, _revision(connection))


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    stored = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if stored is None else str(stored)


def _upgrade(connection: Connection, revision: str | None) -> None:
    from alembic import command  # noqa: PLC0415 - 0.4 s that an up-to-date database does not pay
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_folder()).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if revision is not None and revision not in known:
        raise StorageError(
            f"{name_of(connection.engine.url)}: was made by a newer version of diembao (schema {revision}, "
            f"this one knows {HEAD}); install that version or a later one"
        )
    command.upgrade(config, "head")


def _folder() -> Path:
    """In the wheel the migrations lie beside this file, in the checkout beside its package."""
    here = Path(__file__).resolve().parent
    for folder in (here / "migrations", here.parent / "alembic"):
        if (folder / "env.py").is_file():
            return folder
    raise StorageError(f"{here / 'migrations'}: the migrations are missing; install diembao again")

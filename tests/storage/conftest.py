"""A fresh database a test: a SQLite file, and PostgreSQL too where DIEMBAO_TEST_POSTGRES names a server."""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.orm import Session

from storage.database import begin, open_database

_POSTGRES = os.environ.get("DIEMBAO_TEST_POSTGRES")  # noqa: TID251 - postgresql+psycopg://…, of a user who may create databases


@pytest.fixture(params=["sqlite", *(["postgresql"] if _POSTGRES else [])])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'diembao.db'}"
        return
    server = make_url(str(_POSTGRES))
    name = f"test_{uuid4().hex}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield server.set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_database(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with begin(engine) as session:
        yield session

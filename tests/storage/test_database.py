"""Opening, sharing and losing a database."""

import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import Engine, func, insert, select, text

import storage.migrating
from digest.errors import StorageError
from storage.articles import article_by_id, keep_article
from storage.database import begin, open_database, reading
from storage.runs import start_run
from storage.schema import HEAD, ArticleRow, PageRow
from tests.fakes import an_article, at
from tests.storage.fakes import DAY, a_page, a_process, killed_when_ready

_OPEN = "import sys; from storage.database import open_database; from digest.errors import StorageError\n"
_WRITER = """
import sys
from storage.articles import keep_article
from storage.database import begin, open_database
from tests.fakes import an_article

engine = open_database(sys.argv[1])
with begin(engine) as session:
    keep_article(session, an_article(id="whole", url="https://baolua.example/whole"), source=None, page_id=None)
with begin(engine) as session:
    for number in range(2000):
        half = an_article(id=f"half{number}", url=f"https://baolua.example/half{number}")
        keep_article(session, half, source=None, page_id=None)
    print("ready", flush=True)
    sys.stdin.read()
"""
_DIES_MIGRATING = """
import os, signal, sys
from sqlalchemy import Engine, event
from storage.database import open_database

left = int(sys.argv[2])

@event.listens_for(Engine, "after_cursor_execute")
def die(connection, cursor, statement, *rest):
    global left
    left -= statement.lstrip().startswith(("CREATE", "INSERT"))
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

open_database(sys.argv[1])
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "diembao.db"


@pytest.fixture
def sqlite_engine(file: Path) -> Engine:
    return open_database(f"sqlite:///{file}")


def _fails(url: str) -> str:
    with pytest.raises(StorageError) as caught:
        open_database(url)
    return str(caught.value)


def test_the_folder_and_the_database_are_made_on_first_use(tmp_path: Path):
    file = tmp_path / "var" / "năm 100%" / "diembao.db"
    engine = open_database(f"sqlite:///{file}")
    with begin(engine) as session:
        keep_article(session, an_article(), source=None, page_id=None)
    engine.dispose()
    with reading(open_database(f"sqlite:///{file}")) as session:
        assert article_by_id(session, "a1") == an_article()


def test_a_connection_waits_checks_references_and_syncs_its_log(sqlite_engine: Engine):
    with sqlite_engine.connect() as connection:
        pragmas = ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")
        values = [connection.execute(text(f"PRAGMA {name}")).scalar() for name in pragmas]
    assert values == ["wal", 1, 30_000, 2]


def test_a_transaction_is_kept_whole_or_not_at_all(engine: Engine):
    with pytest.raises(ZeroDivisionError):
        _keep_and_fail(engine)
    with reading(engine) as session:
        assert article_by_id(session, "a1") is None


def _keep_and_fail(engine: Engine) -> None:
    with begin(engine) as session:
        keep_article(session, an_article(), source=None, page_id=None)
        1 / 0  # noqa: B018 - a bug in the middle of a stage


def test_reading_writes_nothing_and_sees_one_moment(engine: Engine):
    with reading(engine) as before:
        assert article_by_id(before, "a1") is None
        with begin(engine) as session:
            keep_article(session, an_article(), source=None, page_id=None)
        assert article_by_id(before, "a1") is None
    with reading(engine) as after:
        assert article_by_id(after, "a1") == an_article()
        start_run(after, day=DAY, profile="cchc", moment=at("2026-03-02 05:00"))
    with reading(engine) as session:
        assert session.execute(text("SELECT count(*) FROM runs")).scalar() == 0


def test_errors_while_reading_are_translated_too(sqlite_engine: Engine):
    with pytest.raises(StorageError, match="no such table: nowhere"), reading(sqlite_engine) as session:
        session.execute(text("SELECT * FROM nowhere"))


def test_an_up_to_date_database_is_opened_without_alembic(sqlite_engine: Engine):
    script = _OPEN + "open_database(sys.argv[1]); print('alembic' in sys.modules)"
    with a_process(script, sqlite_engine.url) as process:
        output, errors = process.communicate()
    assert (output, errors) == ("False\n", "")


def test_two_processes_that_open_an_empty_database_at_once_both_succeed(database_url: str):
    script = _OPEN + "print('ready', flush=True); sys.stdin.readline(); open_database(sys.argv[1]); print('open')"
    processes = [a_process(script, database_url) for _ in range(4)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    assert [process.communicate() for process in processes] == [("open\n", "")] * 4


def test_a_second_writer_waits_for_the_first_and_both_are_kept(database_url: str, engine: Engine):
    script = """
import sys
from storage.articles import article_by_id, keep_article
from storage.database import begin, open_database
from tests.fakes import an_article

with begin(open_database(sys.argv[1])) as session:
    print("ready", flush=True)
    seen = article_by_id(session, "first") is not None
    keep_article(session, an_article(id="second", url=None), source=None, page_id=None)
print(seen)
"""
    with begin(engine) as session:
        keep_article(session, an_article(id="first", url=None), source=None, page_id=None)
        process = a_process(script, database_url)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    output, errors = process.communicate()
    assert errors == ""
    if engine.dialect.name == "sqlite":
        assert output == "True\n"
    with reading(engine) as session:
        assert sorted(session.scalars(select(ArticleRow.id))) == ["first", "second"]


def test_a_database_is_opened_and_read_while_another_writes(sqlite_engine: Engine):
    with begin(sqlite_engine) as session:
        keep_article(session, an_article(), source=None, page_id=None)
        script = (
            _OPEN
            + """
from storage.articles import article_by_id
from storage.database import reading
with reading(open_database(sys.argv[1])) as session:
    print(article_by_id(session, "a1"))
"""
        )
        with a_process(script, sqlite_engine.url) as process:
            assert process.communicate(timeout=20) == ("None\n", "")


def test_a_writer_that_waits_too_long_is_told_why(sqlite_engine: Engine, file: Path):
    with sqlite_engine.connect() as connection:
        connection.execute(text("PRAGMA busy_timeout = 0"))  # the pool hands this connection out again
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageError, match=r"is being written by another program.*run again"):
        _keep_one(sqlite_engine)
    other.close()
    _keep_one(sqlite_engine)


def _keep_one(engine: Engine) -> None:
    with begin(engine) as session:
        keep_article(session, an_article(), source=None, page_id=None)


def test_a_writer_killed_in_mid_transaction_leaves_nothing_half_written(database_url: str):
    with killed_when_ready(_WRITER, database_url):
        pass
    engine = open_database(database_url)
    with begin(engine) as session:
        assert list(session.scalars(select(ArticleRow.id))) == ["whole"]
        keep_article(session, an_article(), source=None, page_id=None)
    engine.dispose()


@pytest.mark.parametrize("statement", [1, 2, 25])
def test_a_killed_migration_leaves_an_empty_database_that_opens(file: Path, statement: int):
    with a_process(_DIES_MIGRATING, f"sqlite:///{file}", statement) as process:
        process.communicate()
    assert process.returncode == -9
    with sqlite3.connect(file) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_schema").fetchone() == (0,)
    connection.close()
    with begin(open_database(f"sqlite:///{file}")) as session:
        assert session.scalar(select(func.count()).select_from(PageRow)) == 0


def test_a_file_that_is_no_database_is_named_and_left_alone(file: Path):
    file.write_text("Điểm báo " * 1000, encoding="utf-8")
    before = file.read_bytes()
    assert _fails(f"sqlite:///{file}").startswith(f"{file}: is not a database file; name another file")
    assert file.read_bytes() == before


def test_the_database_of_another_program_is_left_alone(file: Path):
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    connection.close()
    before = file.read_bytes()
    assert (
        _fails(f"sqlite:///{file}") == f"{file}: holds the tables of another program (bookmarks); name another database"
    )
    assert file.read_bytes() == before


def test_a_cut_off_database_is_called_damaged(sqlite_engine: Engine, file: Path):
    sqlite_engine.dispose()
    os.truncate(file, 8192)
    assert _fails(f"sqlite:///{file}").startswith(f"{file}: is damaged; restore the last backup")


def test_damage_found_later_is_named_when_it_is_met(sqlite_engine: Engine, file: Path):
    with begin(sqlite_engine) as session:
        for number in range(1000):
            article = an_article(id=f"a{number}", url=f"https://baolua.example/{number}")
            keep_article(session, article, source=None, page_id=None)
    sqlite_engine.dispose()
    data = file.read_bytes()
    file.write_bytes(data[: len(data) // 2] + b"\xff" * (len(data) // 2))
    damaged = open_database(f"sqlite:///{file}")
    with (
        pytest.raises(StorageError, match=r"diembao.db: is damaged; restore the last backup") as caught,
        begin(damaged) as session,
    ):
        session.scalars(select(ArticleRow)).all()
    assert caught.value.__cause__ is not None


def test_a_schema_newer_than_the_program_is_refused(engine: Engine, database_url: str):
    with begin(engine) as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    message = _fails(database_url)
    assert f"was made by a newer version of diembao (schema 9999, this one knows {HEAD})" in message
    assert "install that version" in message


def test_a_full_disk_is_told_and_nothing_is_half_written(sqlite_engine: Engine):
    with sqlite_engine.connect() as connection:
        # SQLite's own way to meet its "database or disk is full".
        connection.execute(text("PRAGMA max_page_count = 60"))
    with pytest.raises(StorageError, match=r"diembao.db: the disk is full; free space and run again"):
        _keep_much(sqlite_engine)
    with reading(sqlite_engine) as session:
        assert article_by_id(session, "a1") is None


def _keep_much(engine: Engine) -> None:
    with begin(engine) as session:
        keep_article(session, an_article(), source=None, page_id=None)
        session.execute(insert(PageRow), [_big(number) for number in range(20)])


def _big(number: int) -> dict[str, object]:
    page = a_page()
    return {
        "asked": f"https://baolua.example/{number}",
        "url": page.url,
        "source": "baolua",
        "status": 200,
        "headers": [],
        "body": os.urandom(40_000),
        "sha256": page.sha256,
        "fetched": page.fetched,
    }


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path):
    (tmp_path / "file").write_text("")
    file = tmp_path / "file" / "diembao.db"
    assert _fails(f"sqlite:///{file}").startswith(f"{file}: its folder cannot be used: File exists; name another")


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path):
    assert f"{tmp_path}: cannot be opened; make the file and its folder" in _fails(f"sqlite:///{tmp_path}")


_ORDINARY_USER = """
import os, sys
from digest.errors import StorageError
from storage.database import begin, open_database
from storage.runs import start_run
from tests.fakes import at

def start(url):
    with begin(open_database(url)) as session:
        start_run(session, day=at("2026-03-02 05:00").date(), profile="cchc", moment=at("2026-03-02 05:00"))

start(sys.argv[1])  # loads everything that the other user may not be allowed to read
if os.geteuid() == 0:
    os.setuid(65534)  # root may write anywhere
for url in sys.argv[2:]:
    try:
        start(url)
    except StorageError as error:
        print(error)
"""


@pytest.fixture
def locked_folder() -> Iterator[Path]:
    """A folder that another user can reach (pytest's own are closed to others)."""
    with TemporaryDirectory(prefix="diembao-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


def test_a_read_only_folder_and_a_read_only_database_are_told(
    locked_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    # The ordinary user whom the child becomes may not write where coverage keeps its data.
    for name in ("COVERAGE_PROCESS_CONFIG", "COVERAGE_PROCESS_START"):
        monkeypatch.delenv(name, raising=False)
    new, deeper, stored = (locked_folder / name for name in ("new.db", "var/new.db", "stored.db"))
    open_database(f"sqlite:///{stored}").dispose()
    stored.chmod(0o444)
    locked_folder.chmod(0o555)
    urls = [f"sqlite:///{file}" for file in (tmp_path / "warm.db", new, deeper, stored)]
    with a_process(_ORDINARY_USER, *urls) as process:
        output, errors = process.communicate()
    assert errors == ""
    messages = output.splitlines()
    assert messages[0].startswith(f"{new}: cannot be opened; make the file and its folder readable and writable")
    assert messages[1].startswith(f"{deeper}: its folder cannot be used: Permission denied; name another")
    assert messages[2].startswith(f"{stored}: ")
    assert "make the file and its folder" in messages[2]


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("diembao.db", "is not a database address; write it as sqlite:///diembao.db"),
        ("nosuch://x/y", "is not a database address"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
    ],
)
def test_an_address_that_is_none_is_told(url: str, reason: str):
    message = _fails(url)
    assert message.startswith(repr(url))
    assert reason in message


def test_a_missing_driver_is_told():
    assert "the driver is not installed" in _fails("mysql+mysqlconnector://reader:secret@127.0.0.1/x")


def test_a_server_that_does_not_answer_is_named_without_its_password():
    message = _fails("postgresql+psycopg://reader:secret@127.0.0.1:1/diembao?connect_timeout=2")
    assert message.startswith("postgresql+psycopg://reader:***@127.0.0.1:1/diembao")
    assert "secret" not in message
    assert "\n" not in message


def test_missing_migrations_are_told(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(storage.migrating, "__file__", str(tmp_path / "storage" / "migrating.py"))
    message = _fails(f"sqlite:///{file}")
    assert message == f"{tmp_path / 'storage' / 'migrations'}: the migrations are missing; install diembao again"


def test_migrations_inside_the_package_come_first(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    package = tmp_path / "storage"
    checkout = Path(storage.migrating.__file__).parents[1]
    shutil.copytree(checkout / "alembic", package / "migrations")
    (package / "migrations" / "versions" / "0001.py").write_text("raise SystemExit('this one')\n")
    monkeypatch.setattr(storage.migrating, "__file__", str(package / "migrating.py"))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    with pytest.raises(SystemExit, match="this one"):
        open_database(f"sqlite:///{file}")

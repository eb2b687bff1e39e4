"""The migrations make what the models say, and the alembic command works in a checkout."""

import os
import subprocess
import sys
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from storage.articles import article_by_id, keep_article
from storage.database import begin, engine_of, open_database
from storage.issues import issue_of, save_draft
from storage.migrating import migrate
from storage.pages import keep_page, page_by_id
from storage.remembered import Answer, answer_of
from storage.schema import HEAD, Base
from tests.fakes import an_article
from tests.storage.fakes import DAY, ROOT, a_page, an_issue


def _alembic(*arguments: object) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "alembic", *map(str, arguments)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}  # noqa: TID251 - the child's own
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_models_and_migrations_show_no_difference(engine: Engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []
        assert set(inspect(connection).get_table_names()) == {*Base.metadata.tables, "alembic_version"}


def test_a_difference_would_be_seen(engine: Engine):
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE items DROP COLUMN outlet")
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    assert [difference[0] for difference in differences] == ["add_column"]


def test_migrating_a_database_that_another_has_just_migrated_does_nothing(engine: Engine):
    with begin(engine) as session:
        save_draft(session, an_issue())
    with engine.begin() as connection:
        migrate(connection)
    with begin(engine) as session:
        assert issue_of(session, "cchc", DAY) is not None


def test_the_known_head_is_the_newest_migration():
    script = ScriptDirectory.from_config(Config(toml_file=ROOT / "pyproject.toml"))
    assert script.get_heads() == [HEAD]


def test_migrations_know_nothing_of_ours():
    for file in (ROOT / "alembic" / "versions").glob("*.py"):
        imports = [
            line for line in file.read_text(encoding="utf-8").splitlines() if line.startswith(("import", "from"))
        ]
        assert imports == ["import sqlalchemy as sa", "from alembic import op"]


def test_a_database_made_by_the_command_line_holds_data_and_comes_down_again(database_url: str):
    up = _alembic("-x", f"url={database_url}", "upgrade", "head")
    assert up.returncode == 0, up.stderr
    engine = open_database(database_url)
    with begin(engine) as session:
        page_id = keep_page(session, a_page(), "baolua")
        keep_article(session, an_article(), source="baolua", page_id=page_id)
        saved = save_draft(session, an_issue())
    with begin(engine) as session:
        assert page_by_id(session, page_id) == a_page()
        assert article_by_id(session, "a1") == an_article()
        assert issue_of(session, "cchc", DAY) == saved
    check = _alembic("-x", f"url={database_url}", "check")
    assert check.returncode == 0, check.stdout + check.stderr
    down = _alembic("-x", f"url={database_url}", "downgrade", "base")
    assert down.returncode == 0, down.stderr
    assert inspect(engine).get_table_names() == ["alembic_version"]
    engine.dispose()


def test_the_command_line_asks_for_the_database():
    result = _alembic("current")
    assert result.returncode != 0
    assert "name the database: alembic -x url=sqlite:///diembao.db" in result.stderr + result.stdout


def test_a_new_migration_is_written_in_plain_types(tmp_path: Path):
    (tmp_path / "versions").mkdir()
    for name in ("env.py", "script.py.mako"):
        (tmp_path / name).write_bytes((ROOT / "alembic" / name).read_bytes())
    settings = tmp_path / "alembic.ini"
    settings.write_text(f"[alembic]\nscript_location = {tmp_path}\nfile_template = %%(rev)s\n", encoding="utf-8")
    named = ("--autogenerate", "--rev-id", "0001", "-m", "All tables")
    made = _alembic("-c", settings, "-x", f"url=sqlite:///{tmp_path / 'diembao.db'}", "revision", *named)
    assert made.returncode == 0, made.stderr
    written = (tmp_path / "versions" / "0001.py").read_text(encoding="utf-8")
    assert "sa.DateTime(timezone=True)" in written
    assert "storage" not in written
    assert "Moment" not in written
    compile(written, "0001.py", "exec")


def test_a_database_of_the_first_schema_keeps_its_rows(database_url: str):
    first = engine_of(database_url)
    with first.begin() as connection:
        config = Config(toml_file=ROOT / "pyproject.toml", attributes={"connection": connection})
        config.set_main_option("script_location", str(ROOT / "alembic"))
        command.upgrade(config, "0001")
        connection.execute(text("INSERT INTO validators VALUES ('https://baolua.example/rss', '\"1\"', NULL)"))
    first.dispose()
    engine = open_database(database_url)
    with begin(engine) as session:
        assert answer_of(session, "https://baolua.example/rss") == Answer(etag='"1"')
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    engine.dispose()

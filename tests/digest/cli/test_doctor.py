"""`diembao doctor`: what is looked at, what each state means, and that nothing is made."""

import json
import os
import shutil
import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest

from digest.cli.surroundings import now
from digest.demo.newsroom import Newsroom
from storage.database import begin, open_database
from storage.rounds import SourceRound, keep_round
from storage.runs import start_run

SETTINGS = 'sources = ["nguon.toml"]\nshipped_sources = false\ncontact = "bantin@tinh.example"\n'
OUTLET = """[[sources]]
id = "baolua"
name = "Báo Lúa"
domain = "baolua.example"
outlet = "Baolua.example"
kind = "provincial_paper"
feeds = ["https://baolua.example/rss"]
"""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    (tmp_path / "nguon.toml").write_text(OUTLET, encoding="utf-8")
    (tmp_path / "diembao.toml").write_text(SETTINGS)
    return tmp_path


def checks(diembao, *, status: int) -> dict[str, list[tuple[str, str]]]:
    """By name: state and words of each check."""
    done, out, err = diembao("doctor", "--json")
    assert (done, err) == (status, "")
    found: dict[str, list[tuple[str, str]]] = {}
    for check in json.loads(out)["checks"]:
        found.setdefault(check["name"], []).append((check["state"], f"{check['said']} {check['remedy']}"))
    return found


def collected(home: Path, hours_ago: float, **fields: object) -> None:
    """A database with two rounds of the outlet."""
    home.mkdir()
    engine = open_database(f"sqlite:///{home / 'diembao.db'}")
    with begin(engine) as session:
        run = start_run(session, day=date(2026, 3, 2), profile="cchc", moment=now())
        for hours in (hours_ago + 8, hours_ago):
            known = {"listings": 1, "answered": 1} | fields
            keep_round(session, run, SourceRound(source="baolua", ended=now() - timedelta(hours=hours), **known))  # type: ignore[arg-type]  # real fields by name
    engine.dispose()


def test_a_fresh_office_is_told_what_is_missing_and_nothing_is_made(diembao, home):
    found = checks(diembao, status=3)
    assert found["settings"][0][0] == "ok"
    assert found["contact"][0][0] == "fail"
    assert "diembao.toml" in found["contact"][0][1]
    assert found["database"] == [("warn", f"sqlite:///{home / 'diembao.db'}: there is none yet diembao run makes it")]
    assert [state for state, _ in found["home"]] == ["ok", "ok"]
    assert "can be made" in found["home"][0][1]
    assert "collecting" not in found
    assert not home.exists()


@pytest.mark.usefixtures("office")
def test_all_well_is_status_0_with_a_line_a_check(diembao, home, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    collected(home, 0.1)
    before = sorted(home.iterdir())
    status, out, err = diembao("doctor")
    assert (status, err) == (0, "")
    assert {line.split()[0] for line in out.splitlines()} == {"ok"}
    assert "1 outlets are collected" in out
    assert "model" in out
    assert out.splitlines()[-1] == "ok   sources     no alerts"
    assert sorted(home.iterdir()) == before


@pytest.mark.usefixtures("office")
def test_tools_that_are_not_there_are_told(diembao, home, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    collected(home, 0.1)
    found = checks(diembao, status=1)
    assert [state for state, _ in found["tools"]] == ["warn", "ok"]


@pytest.mark.usefixtures("office")
def test_the_sources_alerts_follow_and_give_status_1(diembao, home, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    collected(home, 0.1, answered=0, failed={"dns": 1})
    status, out, _ = diembao("doctor")
    assert status == 1
    last = out.splitlines()[-1]
    assert last.startswith("alert: baolua: unreachable: no listing could be read since ")
    assert "(mostly dns) – diembao sources check baolua" in last
    (alert,) = json.loads(diembao("doctor", "--json")[1])["alerts"]
    assert (alert["source"], alert["kind"]) == ("baolua", "unreachable")
    assert "không đọc được" in alert["said_vi"]


@pytest.mark.usefixtures("office")
def test_nothing_collected_for_days_or_ever_is_a_warning(diembao, home):
    collected(home, 24 * 6)
    assert checks(diembao, status=1)["collecting"][0][0] == "warn"
    with sqlite3.connect(home / "diembao.db") as connection:
        connection.execute("DELETE FROM source_rounds")
    connection.close()
    assert "nothing was collected yet" in checks(diembao, status=1)["collecting"][0][1]


@pytest.mark.parametrize(
    ("revision", "status", "words"),
    [("0001", 1, "warn: the next diembao run upgrades it"), ("0999", 3, "fail: install that version or a later one")],
)
@pytest.mark.usefixtures("office")
def test_a_schema_of_another_version_is_told_and_left_as_it_is(diembao, home, revision, status, words):
    collected(home, 0.1)
    with sqlite3.connect(home / "diembao.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    found = checks(diembao, status=status)["database"]
    state, said = found[0]
    assert words.startswith(state)
    assert said.endswith(words.partition(": ")[2])
    assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (revision,)
    connection.close()


@pytest.mark.usefixtures("office")
def test_an_empty_file_is_a_database_still_to_be_made(diembao, home):
    home.mkdir()
    (home / "diembao.db").touch()
    assert "schema none" in checks(diembao, status=1)["database"][0][1]


@pytest.mark.parametrize(
    ("settings", "name", "words"),
    [
        ('profile = "khong-co"\n', "profile", "khong-co"),
        ('model = "khong-co.npz"\n', "model", "khong-co.npz"),
        ('database = "sai"\n', "database", "is not a database address"),
        ('sources = ["khong-co.toml"]\n', "catalogue", "khong-co.toml"),
        ('contact = "Tòa soạn"\n', "contact", "no plain ASCII text"),
        ('contact = "   "\n', "contact", "is not set"),
    ],
)
def test_what_cannot_be_used_fails_alone_and_gives_status_3(diembao, tmp_path, settings, name, words):
    given = settings if "contact" in settings else f'contact = "a@b.example"\n{settings}'
    (tmp_path / "diembao.toml").write_text(given, encoding="utf-8")
    found = checks(diembao, status=3)
    assert found[name][0][0] == "fail"
    assert words in found[name][0][1]
    assert [one for one, states in found.items() if states[0][0] == "fail"] == [name]


@pytest.mark.usefixtures("office")
def test_a_damaged_database_is_a_failure(diembao, home):
    home.mkdir()
    (home / "diembao.db").write_text("không phải cơ sở dữ liệu" * 99)
    assert "is not a database file" in checks(diembao, status=3)["database"][0][1]


def test_settings_that_cannot_be_read_are_the_only_line(diembao, tmp_path):
    (tmp_path / "diembao.toml").write_text("mau = 1")
    status, out, _ = diembao("doctor")
    assert status == 3
    assert out.startswith("fail settings")
    assert "key mau: unknown" in out
    assert out.count("\n") == 1


def test_a_catalogue_of_which_nothing_is_collected_is_a_warning(diembao, office):
    (office / "nguon.toml").write_text(OUTLET + 'not_collected = "thử"\n', encoding="utf-8")
    assert checks(diembao, status=1)["catalogue"][0][0] == "warn"


@pytest.mark.parametrize(
    ("contact", "state"),
    [
        ("x", "warn"),
        ("bantin@tinh.example", "ok"),
        ("https://tinh.example/lien-he", "ok"),
        ("mailto:a@b.example", "ok"),
    ],
)
def test_a_contact_that_is_no_address_is_a_warning(diembao, office, contact, state):
    (office / "diembao.toml").write_text(SETTINGS.replace("bantin@tinh.example", contact))
    ((said, words),) = checks(diembao, status=1)["contact"]
    assert (said, "is no address" in words) == (state, state == "warn")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
@pytest.mark.usefixtures("office")
def test_a_home_that_may_not_be_written_is_a_failure(diembao, home):
    home.mkdir(mode=0o500)
    assert checks(diembao, status=3)["home"][0][0] == "fail"


@pytest.mark.usefixtures("office")
def test_a_home_that_is_a_file_is_a_failure(diembao, home):
    home.write_text("")
    found = checks(diembao, status=3)
    assert "is no folder that may be written" in found["home"][0][1]


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no such file system here")
@pytest.mark.usefixtures("office")
def test_a_home_that_cannot_be_made_is_a_failure_whatever_the_rights_say(diembao, monkeypatch):
    monkeypatch.setenv("DIEMBAO_HOME", "/proc/x")
    ((state, words),) = checks(diembao, status=3)["home"]
    assert (state, words.partition(" that")[0]) == ("fail", "/proc is no folder")


@pytest.mark.parametrize(("free", "state", "status"), [(10**9, "warn", 1), (10**8, "fail", 3)])
@pytest.mark.usefixtures("office")
def test_a_disk_that_is_nearly_full_is_told(diembao, monkeypatch, free, state, status):
    usage = shutil.disk_usage("/")._replace(free=free)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    assert checks(diembao, status=status)["home"][1][0] == state


@pytest.mark.usefixtures("office")
def test_files_that_are_missing_from_the_installation_are_named(diembao, monkeypatch):
    monkeypatch.setattr("digest.cli.doctor._FILES", ("bulletin/khong-co.typ",))
    found = checks(diembao, status=3)
    assert found["files"] == [("fail", "bulletin/khong-co.typ missing install diembao again")]


def test_the_newsrooms_office_is_well(diembao, tmp_path):
    with Newsroom() as newsroom:
        (tmp_path / "nguon.toml").write_text(newsroom.catalogue_toml(), encoding="utf-8")
    (tmp_path / "diembao.toml").write_text(SETTINGS)
    assert "15 outlets" in checks(diembao, status=1)["catalogue"][0][1]

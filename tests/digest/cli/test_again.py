"""`diembao extract --again` on an office's database."""

import json
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from digest.demo.newsroom import DAY, Newsroom

SETTINGS = 'sources = ["nguon.toml"]\nshipped_sources = false\ncontact = "bantin@tinh.example"\nprocesses = 1\n'


def lines_of(text):
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def office(diembao, tmp_path):
    """An office that has collected one invented outlet's day."""
    with Newsroom() as newsroom:
        (site,) = [site for site in newsroom.sites if site.outlet.id == "phuongnammoi"]
        entries = newsroom.catalogue_toml().split("[[sources]]")
        (entry,) = [entry for entry in entries if '"phuongnammoi"' in entry]
        (tmp_path / "nguon.toml").write_text(f"[[sources]]{entry}", encoding="utf-8")
        (tmp_path / "diembao.toml").write_text(SETTINGS)
        diembao("collect", "--date", DAY.isoformat(), "-o", tmp_path / "bai.jsonl")
    assert len(site.printed) >= 3
    return tmp_path


def change_what_is_stored(home: Path, change: str) -> None:
    with sqlite3.connect(home / "diembao.db") as connection:
        connection.execute(change)
    connection.close()


@pytest.mark.usefixtures("office")
def test_the_same_rules_show_nothing(diembao):
    status, out, err = diembao("extract", "--again")
    assert (status, out) == (0, "")
    assert "as before" in err
    assert "read differently" not in err


def test_what_differs_is_a_line_an_article_and_is_written_only_with_keep(diembao, office, home):
    change_what_is_stored(home, "UPDATE articles SET author = 'Người Khác'")
    status, out, err = diembao("extract", "--again")
    lines = lines_of(out)
    assert status == 0
    assert lines
    assert all(line["differs"]["author"]["old"] == "Người Khác" for line in lines)
    assert "field differs" in err
    assert lines_of(diembao("extract", "--again")[1]) == lines
    status, kept, err = diembao("extract", "--again", "--keep", "--json", "-o", office / "khac.jsonl")
    assert (status, kept) == (0, "")
    assert lines_of((office / "khac.jsonl").read_text(encoding="utf-8")) == lines
    report = json.loads(err.splitlines()[-1])
    assert report["kept"] == report["differing"] == len(lines)
    assert diembao("extract", "--again", "-o", office / "khac.jsonl")[0] == 0
    assert (office / "khac.jsonl").read_bytes() == b""


@pytest.mark.usefixtures("office")
def test_a_day_and_an_outlet_narrow_it(diembao):
    nothing = diembao("extract", "--again", "--since", "2100-01-01")
    assert (nothing[:2], nothing[2].splitlines()[-1]) == ((0, ""), "pages read again          0")
    assert (
        "pages read again          0"
        not in diembao("extract", "--again", "--since", "2020-01-01", "--source", "phuongnammoi")[2]
    )


@pytest.mark.usefixtures("office")
def test_a_page_that_is_no_longer_read_is_listed_and_gives_status_1(diembao, home):
    change_what_is_stored(home, "UPDATE pages SET body = x'00' WHERE id = (SELECT max(page_id) FROM articles)")
    status, _, err = diembao("extract", "--again")
    assert status == 1
    assert "unread now" in err
    assert "extract: damaged: page" in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["extract", "--again", "a.html"], "--again reads the stored pages: leave out the files"),
        (["extract", "--again", "--url", "https://baolua.example/a"], "--again reads the stored pages"),
        (["extract"], "names no file: give saved pages, or --again"),
        (["extract", "a.html", "--keep"], "--keep belongs to --again"),
        (["extract", "a.html", "--source", "nhandan"], "--source belongs to --again"),
        (["extract", "--since", "2026-03-02"], "--since belongs to --again"),
        (["extract", "--again", "--since", "hôm qua"], "--since hôm qua: not a day"),
        (["extract", "--again", "--source", "khong-co"], "--source khong-co: not in the catalogue"),
    ],
)
def test_wrong_use_is_one_line_and_status_2(diembao, arguments, message):
    status, out, err = diembao(*arguments)
    assert (status, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1


def test_without_a_database_it_is_said_and_none_is_made(diembao, home):
    status, _, err = diembao("extract", "--again")
    assert status == 3
    assert "there is no database yet; diembao run makes it" in err
    assert not home.exists()


def test_an_interrupt_leaves_the_database_and_the_file_whole(office, home):
    change_what_is_stored(home, "UPDATE articles SET author = 'Người Khác'")
    process = subprocess.Popen(
        [sys.executable, "-m", "digest.cli.main", "extract", "--again", "--keep", "-o", str(office / "khac.jsonl")],
        cwd=office,
        env={"DIEMBAO_HOME": str(home), "PYTHONPATH": str(Path(__file__).parents[3]), "PATH": "/usr/bin:/bin"},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    assert process.stderr.readline() == "reading again …\n"
    process.send_signal(signal.SIGINT)
    err = process.communicate(timeout=60)[1]
    assert process.returncode == 130, err
    assert not (office / "khac.jsonl").exists()
    assert not list(office.glob(".khac*"))
    with sqlite3.connect(home / "diembao.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()

"""`diembao run` itself, with the settings and the catalogue of an office."""

import json
from pathlib import Path

import pytest

from digest.demo.newsroom import Newsroom

SETTINGS = 'sources = ["nguon.toml"]\nshipped_sources = false\ncontact = "bantin@tinh.example"\nprocesses = 1\n'


@pytest.fixture
def newsroom(tmp_path: Path):
    with Newsroom() as running:
        (tmp_path / "nguon.toml").write_text(running.catalogue_toml(), encoding="utf-8")
        (tmp_path / "diembao.toml").write_text(SETTINGS)
        yield running


@pytest.mark.usefixtures("newsroom")
def test_a_run_makes_the_draft_and_why_answers_for_it(diembao, home, tmp_path):
    status, _, err = diembao("run", "--date", "2026-03-02", "--json")
    report = json.loads(err.splitlines()[-1])
    assert status == 1  # the newsroom's planted failures
    assert report["printed"] == 15
    assert report["near_misses"] > 0
    assert (home / "diembao.db").is_file()
    address = next(iter(json.loads(line)["url"] for line in _collected(diembao, tmp_path)))
    assert "issue of 2026-03-02: " in diembao("why", address)[1]


def _collected(diembao, folder: Path) -> list[str]:
    diembao("collect", "--date", "2026-03-02", "-o", folder / "a.jsonl")
    return (folder / "a.jsonl").read_text("utf-8").splitlines()

"""A run prints of each outlet what the office's catalogue lets be printed of it."""

import os
import subprocess
import sys
from pathlib import Path

from digest.demo.newsroom import DAY, Newsroom
from storage.database import open_database, reading
from storage.issues import issue_of

POLICY = '[[sources]]\nid = "{id}"\n[sources.rights]\ntext = "{text}"\n{more}'


def run(office: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DIEMBAO_")}  # noqa: TID251
    subprocess.run(
        [sys.executable, "-m", "digest.cli.main", "run", "--date", DAY.isoformat()],
        cwd=office,
        env=environment | {"PYTHONPATH": str(Path(__file__).parents[3])},
        capture_output=True,
        check=False,  # some of the newsroom's pages fail on purpose
        timeout=240,
    )


def test_a_run_keeps_to_every_outlets_policy(tmp_path):
    with Newsroom() as newsroom:
        (tmp_path / "nguon.toml").write_text(newsroom.catalogue_toml(), encoding="utf-8")
        ids = [site.outlet.id for site in newsroom.sites]
        policies = [
            POLICY.format(id=name, text="link", more="")
            if place % 2
            else POLICY.format(id=name, text="words", more="words = 60\n")
            for place, name in enumerate(ids)
        ]
        (tmp_path / "quyen.toml").write_text("".join(policies), encoding="utf-8")
        (tmp_path / "diembao.toml").write_text(
            'home = "kho"\nsources = ["nguon.toml", "quyen.toml"]\nshipped_sources = false\n'
            'contact = "bantin@tinh.example"\nprocesses = 1\n'
        )
        run(tmp_path)
        linked = {site.outlet.printed_name for place, site in enumerate(newsroom.sites) if place % 2}
    engine = open_database(f"sqlite:///{tmp_path / 'kho' / 'diembao.db'}")
    with reading(engine) as session:
        issue = issue_of(session, "cchc", DAY)
    engine.dispose()
    assert issue is not None
    items = [item for section in issue.sections for item in section.items]
    assert {item.outlet in linked for item in items} == {True, False}
    for item in items:
        assert ("link-only" in item.flags) == (item.outlet in linked)
        assert bool(item.paragraphs) == (item.outlet not in linked)
        assert sum(len(paragraph.split()) for paragraph in item.paragraphs) <= 60

"""A home of its own for every test of the command line, and the demo newsroom's articles as JSON Lines."""

from pathlib import Path

import pytest

from digest.cli.main import status_of
from digest.demo.press import article_of, load, pieces_of
from digest.wire import dump, dumps


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing of the machine's own settings reaches a test."""
    for name in ("SETTINGS", "DATABASE", "PROFILE", "MODEL", "CONTACT"):
        monkeypatch.delenv(f"DIEMBAO_{name}", raising=False)
    monkeypatch.setenv("DIEMBAO_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


@pytest.fixture
def diembao(capfd):
    """Run a command: its status, stdout and stderr."""

    def run(*arguments: object) -> tuple[int, str, str]:
        capfd.readouterr()
        status = status_of([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return status, out, err

    return run


@pytest.fixture(scope="session")
def day_lines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo newsroom's day, an article a line."""
    articles = [article_of(piece, "http://127.0.0.1:1") for piece in pieces_of(load())]
    path = tmp_path_factory.mktemp("ngay") / "articles.jsonl"
    path.write_text("".join(dumps(dump(article)) + "\n" for article in articles), encoding="utf-8")
    return path

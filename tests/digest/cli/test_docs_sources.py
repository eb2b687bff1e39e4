"""The pages "Add a source" and "Thêm một nguồn báo": their example is run as it is printed, their figures are counted."""

import functools
import json
import re
import shlex
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import certifi
import pytest

from digest.model import Rights
from scrapers.catalogue import load
from scrapers.catalogue_checks import KINDS
from scrapers.source import Former, Selectors, Source, Tls

DOCS = Path(__file__).parents[3] / "docs"
PAGES = {name: (DOCS / name).read_text(encoding="utf-8") for name in ("sources.md", "them-nguon-bao.md")}
ADDRESS = "127.0.0.1:8000"  # where the example is served; a test takes any free port
SHIPPED = load()


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, the file it is to be saved as, its text."""

    language: str
    file: str | None
    text: str


def blocks_of(page: str) -> list[Block]:
    found = re.findall(r"^```(\w+)(?: file=(\S+))?\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    return [Block(language, file or None, text) for language, file, text in found]


def steps_of(console: str) -> Iterator[tuple[list[str], str]]:
    """Commands with the output printed below them."""
    for step in re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]:
        command, _, output = step.partition("\n")
        name, *arguments = shlex.split(command)
        assert name == "diembao"
        yield arguments, output


def values_of(text: str) -> list[dict[str, Any]]:
    """The JSON objects of an output, each on one line or on several."""
    values, rest = [], text.strip()
    while rest:
        value, end = json.JSONDecoder().raw_decode(rest)
        values.append(value)
        rest = rest[end:].strip()
    return values


def as_printed(value: dict[str, Any], printed: dict[str, Any]) -> dict[str, Any]:
    """The fields that the page prints; `"…": "…"` stands for the others."""
    return {name: value[name] for name in value if name in printed or "…" not in printed}


@pytest.fixture
def address(tmp_path):
    """The example's folder, served."""

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=tmp_path))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("name", PAGES)
def test_the_worked_example_does_what_the_page_prints(name, diembao, tmp_path, address):
    ran = []
    for block in blocks_of(PAGES[name].replace(ADDRESS, address)):
        if block.file:
            (tmp_path / block.file).write_text(block.text, encoding="utf-8")
        for arguments, printed in steps_of(block.text) if block.language == "console" else ():
            status, out, err = diembao(*arguments)
            ran.append(arguments[0])
            assert status == (1 if arguments[0] == "collect" else 0), err
            if not printed.startswith("{"):
                assert out == printed
                continue
            wanted = values_of(printed)
            made = [as_printed(*pair) for pair in zip(values_of(out), wanted, strict=True)]
            assert made == [{field: value for field, value in one.items() if field != "…"} for one in wanted]
            assert arguments[0] != "collect" or f"{address}/phuong-cau-tre-hen-gio-lam-can-cuoc-1002.html" in err
    assert ran == ["sources", "discover", "extract", "sources", "collect"]


def test_both_pages_hold_the_same_blocks():
    assert blocks_of(PAGES["sources.md"]) == blocks_of(PAGES["them-nguon-bao.md"])


def test_every_other_snippet_is_a_right_entry(tmp_path):
    blocks = blocks_of(PAGES["sources.md"])
    (example,) = (block.text for block in blocks if block.file == "nguon-cua-toi.toml")
    bare = example[: example.index("[sources.selectors]")]
    (tmp_path / "chung-thu").mkdir()
    (tmp_path / "chung-thu" / "baosongtra.pem").write_bytes(Path(certifi.where()).read_bytes())
    snippets = [block.text for block in blocks if block.language == "toml" and not block.file]
    assert len(snippets) == 5
    for snippet in snippets:
        path = tmp_path / "nguon.toml"
        path.write_text(snippet if "[[sources]]" in snippet else bare + snippet, encoding="utf-8")
        assert load([path]) != SHIPPED


@pytest.mark.parametrize("name", PAGES)
def test_every_field_is_explained(name):
    page = PAGES[name]
    explained = {
        field for line in page.splitlines() if line.startswith("| `") for field in re.findall(r"`(\w+)`", line)
    }
    for kind in (Source, Selectors, Former, Rights, Tls):
        assert set(kind.__dataclass_fields__) - explained == set(), kind
    assert set(KINDS) - explained == set()


@pytest.mark.parametrize("name", PAGES)
def test_the_figures_are_those_of_the_catalogue(name):
    page = PAGES[name]
    collected = sum(source.not_collected is None for source in SHIPPED)
    assert re.search(rf"\b{len(SHIPPED)}\b.*\b{collected}\b", page)
    families = Counter(source.family for source in SHIPPED)
    told = dict(re.findall(r"^\| `(F\d)` \|.*\| (\d+) \|$", page, re.MULTILINE))
    assert told == {family: str(count) for family, count in families.items() if family}


@pytest.mark.parametrize("name", PAGES)
def test_the_error_that_is_shown_is_the_one_that_comes(name, diembao, tmp_path):
    (example,) = (block.text for block in blocks_of(PAGES[name]) if block.file == "nguon-cua-toi.toml")
    (tmp_path / "nguon-cua-toi.toml").write_text(example.replace('text = "words"\n', ""), encoding="utf-8")
    (tmp_path / "diembao.toml").write_text('sources = ["nguon-cua-toi.toml"]\n')
    status, _, err = diembao("sources", "list")
    assert status == 3
    said = " ".join(err.replace(f"{tmp_path}/", "").removeprefix("diembao: ").split())
    assert said in " ".join(PAGES[name].split())

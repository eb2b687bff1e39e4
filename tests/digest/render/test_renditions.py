"""Every format by its name, and nothing loaded before it is asked for."""

import json
import subprocess
import sys

import pytest

from digest.errors import RenderError
from digest.profile import load
from digest.render.renditions import FORMATS, render
from digest.wire import issue_from
from tests.digest.render.fakes import an_issue, an_item, issue_of
from tests.fakes import SHARED, needs_shared

HEAVY = ("typst", "docx", "jinja2", "css_inline", "lxml", "pypdfium2")
BEGINS = {
    "html": b"<!DOCTYPE html>",
    "pdf": b"%PDF-1.",
    "docx": b"PK\x03\x04",
    "json": b'{\n "profile": "cchc-2023"',
    "atom": b"<?xml",
    "png": b"\x89PNG\r\n",
    "note": b"PK\x03\x04",
}


def test_the_formats_end_as_the_contract_says() -> None:
    assert {name: known.ending for name, known in FORMATS.items()} == {
        "html": "html",
        "pdf": "pdf",
        "docx": "docx",
        "mail": "eml",
        "text": "txt",
        "chat": "chat.txt",
        "json": "json",
        "atom": "atom",
        "png": "png",
        "note": "note.docx",
    }


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_names_every_item_or_holds_it(name: str) -> None:
    issue = an_issue(3)
    made = render(issue, load(issue.profile), name)
    assert made.data.startswith(BEGINS.get(name, b""))
    if name in {"html", "text", "chat", "json", "atom"}:
        shown = made.data.decode()
        assert [
            item.headline for section in issue.sections for item in section.items if item.headline not in shown
        ] == []


def test_the_json_is_the_issue_again() -> None:
    issue = an_issue(7, 5, number=3, version=2, status="approved")
    assert issue_from(json.loads(render(issue, load("cchc"), "json").data)) == issue


def test_an_unknown_format_is_named_with_the_known_ones() -> None:
    with pytest.raises(RenderError, match="'odt': unknown; known: html, pdf, docx"):
        render(an_issue(1), load("cchc"), "odt")


def test_no_heavy_library_loads_before_a_format_is_made() -> None:
    code = "import sys, digest.render.renditions; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert set(HEAVY).isdisjoint(ran.stdout.split())


@needs_shared
@pytest.mark.parametrize("profile", ["cchc-2023", "cchc"])
@pytest.mark.parametrize("name", ["html", "pdf", "text"])
def test_a_real_issue_is_made_without_a_note(name: str, profile: str) -> None:
    issue = issue_from(json.loads((SHARED / "bulletins" / "2023-12-11.issue.json").read_bytes()))
    made = render(issue, load(profile), name)
    assert made.notes == ()
    assert made.data == render(issue, load(profile), name).data


def test_a_mail_goes_without_the_pdf_that_cannot_be_set() -> None:
    issue = issue_of(an_item(1, paragraphs=("chữ" * 30_000,), kinds=("p",)))
    made = render(issue, load("cchc-2023"), "mail")
    assert b"application/pdf" not in made.data
    assert any("mail: goes without its PDF: pdf: cannot be set" in note for note in made.notes)

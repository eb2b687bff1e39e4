"""In issues of eight to two hundred items every contents line tells its page, on paper as typst and Word's file set it."""

import io
import os
import shutil
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

from digest.model import Issue
from digest.profile import load
from digest.render.pdf import pdf
from digest.render.view import view_of
from digest.render.word import word
from digest.render.word_pages import as_pdf
from tests.digest.render.fakes import an_issue_in
from tests.digest.render.readers import (
    faces,
    links_inside,
    links_outside,
    outline,
    printed_contents,
    shown_pages,
)

SIZES = (8, 11, 50, 80, 120, 200)
PROFILES = ("cchc", "cchc-2023", "ban-tin-thang")
ALL = tuple((profile, size) for profile in PROFILES for size in SIZES)
LONG = os.environ.get("DIEMBAO_DRILL") == "long"  # noqa: TID251 - `make drill` tries every size everywhere
PRINTED = ALL if LONG else tuple((name, size) for name, size in ALL if name == "cchc" or size in {11, 80})
WORDED = ALL if LONG else (("cchc", 11), ("ban-tin-thang", 50))
OFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the contents; the heading it names begins with `heading`, and `follows` comes below that."""

    words: str
    heading: str
    follows: str
    depth: int


def lines_of(issue: Issue) -> list[Line]:
    found = []
    for section in filter(lambda section: section.items, issue.sections):
        first = section.items[0].headline
        found.append(Line(words=section.title, heading=section.title, follows=first, depth=0))
        for item in section.items:
            below = " ".join(item.paragraphs[0].split()[:5])
            words = f"{item.number}. {item.contents_line}"
            found.append(Line(words=words, heading=item.headline, follows=below, depth=1))
    return found


def check_pages(issue: Issue, data: bytes, *, office: bool = False) -> None:
    """Contents, bookmarks, links and text agree about every page.

    `office`: LibreOffice made the file, which parts a link over two lines in two and bookmarks subheadings too.
    """
    lines, reader, texts = lines_of(issue), PdfReader(io.BytesIO(data)), shown_pages(data)
    headings = [heading for heading in outline(reader) if heading.depth < 2 or not office]
    assert [(heading.words, heading.depth) for heading in headings] == [(line.heading, line.depth) for line in lines]
    pages = [heading.page for heading in headings]
    assert printed_contents(" ".join(texts[: pages[0]]), [line.words for line in lines]) == pages
    places = [
        [number for number, text in enumerate(texts, 1) if f"{line.heading} {line.follows}" in text] for line in lines
    ]
    assert places == [[page] for page in pages]
    inside = links_inside(reader)
    items = sum(line.depth for line in lines)
    upwards = [link for link in inside if link.place == inside[-1].place]
    downwards = [link for link in inside if link.place != inside[-1].place]
    if office:
        assert len(upwards) >= items
        downwards = [next(links) for _, links in groupby(downwards, lambda link: link.place)]
    else:
        assert len(upwards) == items
    assert [link.target for link in downwards] == pages
    assert {link.target for link in upwards} == {1}
    assert " ".join(texts).count("Về đầu trang") == items


def addresses_of(issue: Issue) -> set[str]:
    items = [item for section in issue.sections for item in section.items]
    found = {item.url for item in items} | {other.url for item in items for other in item.also}
    return {address for address in found if address}


def check_addresses(issue: Issue, data: bytes) -> None:
    """Every address is a link, and where addresses are printed the printed one is a second link."""
    found = links_outside(PdfReader(io.BytesIO(data)))
    assert set(found) == addresses_of(issue)


@pytest.mark.parametrize(("name", "size"), PRINTED)
def test_on_paper_every_contents_line_tells_the_page_its_link_and_its_heading_have(name: str, size: int) -> None:
    profile = load(name)
    issue = an_issue_in(profile, size)
    made = pdf(view_of(issue, profile))
    assert made.notes == ()
    check_pages(issue, made.data)
    check_addresses(issue, made.data)


@pytest.mark.parametrize("name", PROFILES)
def test_the_longest_pdf_is_for_archives_and_screen_readers_speaks_vietnamese_and_can_be_copied_from(name: str) -> None:
    profile = load(name)
    data = pdf(view_of(an_issue_in(profile, SIZES[-1]), profile)).data
    with pikepdf.open(io.BytesIO(data)) as document:
        with document.open_metadata() as known:
            assert known.pdfa_status == "2A"
            assert known["pdfuaid:part"] == "1"
        assert str(document.Root.Lang) == "vi-VN"
        assert bool(document.Root.MarkInfo.Marked)
    shown = faces(PdfReader(io.BytesIO(data)))
    assert {"LiberationSerif", "LiberationSerif-Bold", "LiberationSerif-Italic"} <= set(shown)
    assert all(shown.values())


@needs_office
@pytest.mark.parametrize(("name", "size"), WORDED)
def test_word_s_file_laid_out_by_libreoffice_agrees_with_its_own_contents(name: str, size: int, tmp_path: Path) -> None:
    profile = load(name)
    issue = an_issue_in(profile, size)
    made = word(view_of(issue, profile))
    assert made.notes == ()
    data = as_pdf(made.data, tmp_path, str(OFFICE)).read_bytes()
    check_pages(issue, data, office=True)
    check_addresses(issue, data)
    reader = PdfReader(io.BytesIO(data))
    assert str(reader.root_object["/Lang"]) == "vi-VN"
    shown = faces(reader)
    assert shown
    assert all(shown.values())

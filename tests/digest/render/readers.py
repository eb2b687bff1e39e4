"""How a reader of a finished file sees it: its words, its contents with their pages, its links."""

import email
import functools
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from html.parser import HTMLParser
from typing import cast

from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader
from pypdf.generic import Destination

from digest.model import Issue

_VOID = {"meta", "link", "br", "img", "hr", "input"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of a PDF's outline; pages count from 1, sections have depth 0."""

    words: str
    page: int
    depth: int


class Markup(HTMLParser):
    """The words of a page outside its head, its attributes, and the tags left open."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.open: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "head" not in self.open:
            self.words.append(data)

    def values(self, name: str, tag: str | None = None) -> list[str]:
        """All values of the attribute, of one tag or of all."""
        return [value for at, key, value in self.attributes if key == name and tag in {None, at}]


def joined(text: str) -> str:
    """The words alone: where lines end does not count, nor do the joiners that typst sets beside dots."""
    return " ".join(text.replace("\u2060", "").split())


def paragraphs_of(issue: Issue) -> Iterator[str]:
    """Every paragraph as one line."""
    for section in issue.sections:
        for item in section.items:
            yield from (joined(paragraph) for paragraph in item.paragraphs)


def html_words(data: bytes) -> str:
    return joined(" ".join(Markup(data.decode()).words))


def docx_words(data: bytes) -> str:
    """All paragraphs of the body, those of tables and links too."""
    body = Document(io.BytesIO(data)).element.body
    found = []
    for paragraph in body.iter(qn("w:p")):
        shown = {qn("w:t"): lambda part: part.text, qn("w:tab"): lambda _: " ", qn("w:br"): lambda _: " "}
        found.append("".join(shown[part.tag](part) for part in paragraph.iter() if part.tag in shown))
    return joined("\n".join(found))


def pdf_words(data: bytes) -> str:
    """All pages without running head and page number, so that a paragraph over two pages is whole."""
    pages = []
    for number, page in enumerate(PdfReader(io.BytesIO(data)).pages, 1):
        lines = page.extract_text().split("\n")
        body = lines if number == 1 else lines[1:]
        assert body.pop().strip() == str(number)
        pages.append("\n".join(body))
    return joined("\n".join(pages))


def message_of(data: bytes) -> EmailMessage:
    return email.message_from_bytes(data, policy=SMTP)


def mail_parts(data: bytes) -> tuple[str, str]:
    """The text and the HTML of a mail, as a mail program decodes them."""
    message = message_of(data)
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert html is not None
    return plain.get_content(), html.get_content()


def outline(reader: PdfReader) -> list[Heading]:
    def walk(entries: object, depth: int) -> Iterator[Heading]:
        for entry in cast("list[object]", entries):
            if isinstance(entry, list):
                yield from walk(entry, depth + 1)
            else:
                place = cast("Destination", entry)
                yield Heading(words=joined(str(place.title)), page=_page(reader, place), depth=depth)

    return list(walk(reader.outline, 0))


def _page(reader: PdfReader, place: Destination) -> int:
    number = reader.get_destination_page_number(place)
    assert number is not None
    return number + 1


def pages_holding(reader: PdfReader, words: str) -> list[int]:
    """The pages, from 1, whose text holds the words."""
    return [number for number, text in enumerate(page_texts(reader), 1) if words in text]


@functools.lru_cache(maxsize=2)
def page_texts(reader: PdfReader) -> tuple[str, ...]:
    """The words of each page; read once, since taking them out is slow."""
    return tuple(joined(page.extract_text()) for page in reader.pages)


def printed_contents(text: str, lines: list[str]) -> list[int]:
    """The number printed after each line of the contents, in their order."""
    found = []
    rest = joined(text)
    for line in lines:
        match = re.search(re.escape(line) + r"[ .…]*?[.…]?[ .…]*(\d+)", rest)
        assert match, f"the contents lack {line!r}"
        found.append(int(match.group(1)))
        rest = rest[match.end() :]
    return found

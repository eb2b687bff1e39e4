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

import pypdfium2
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader
from pypdf.generic import ArrayObject, Destination, DictionaryObject

from digest.model import Issue

_VOID = {"meta", "link", "br", "img", "hr", "input"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of a PDF's outline; pages count from 1, sections have depth 0."""

    words: str
    page: int
    depth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """A link from a place of a PDF to another; pages count from 1, `top` is in points above the page's foot.

    `place` is the target's name or, where it has none, its coordinates.
    """

    page: int
    top: float
    target: int
    place: str


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


def links_inside(reader: PdfReader) -> list[Inside]:
    """The links to places of the same file, as a reader meets them from the top."""
    numbers = {page.indirect_reference: number for number, page in enumerate(reader.pages, 1)}
    names = reader.named_destinations
    found = []
    for number, entry in _annotations(reader):
        place = entry.get("/Dest")
        if place is not None:
            target = names[str(place)].page if isinstance(place, str) else cast("ArrayObject", place)[0]
            top = float(cast("ArrayObject", entry["/Rect"])[3])
            found.append(Inside(page=number, top=top, target=numbers[target], place=str(place)))
    return sorted(found, key=lambda link: (link.page, -link.top))


def links_outside(reader: PdfReader) -> list[str]:
    """The addresses that the file leads to, as often as it does."""
    actions = [entry.get("/A", DictionaryObject()).get("/URI") for _, entry in _annotations(reader)]
    return [str(address) for address in actions if address is not None]


def _annotations(reader: PdfReader) -> Iterator[tuple[int, DictionaryObject]]:
    for number, page in enumerate(reader.pages, 1):
        for entry in page.get("/Annots", ArrayObject()):
            yield number, entry.get_object()


def faces(reader: PdfReader) -> dict[str, bool]:
    """The typefaces by name, and whether each is embedded and can be copied from."""
    found: dict[str, bool] = {}
    for page in reader.pages:
        shown = cast("DictionaryObject", page["/Resources"]).get("/Font", DictionaryObject())
        for font in shown.values():
            face = font.get_object()
            inner = face["/DescendantFonts"][0].get_object() if "/DescendantFonts" in face else face
            descriptor = inner["/FontDescriptor"]
            embedded = bool({"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor))
            name = str(face["/BaseFont"]).partition("+")[2].partition("-Identity")[0]
            found[name] = found.get(name, True) and embedded and "/ToUnicode" in face
    return found


def body_words(data: bytes, running_head: str) -> str:
    """All pages without running heads and page numbers, with or without a word before them."""
    lines = (line.strip() for page in PdfReader(io.BytesIO(data)).pages for line in page.extract_text().split("\n"))
    return joined(" ".join(line for line in lines if line != running_head and not re.fullmatch(r"(Trang )?\d+", line)))


def shown_pages(data: bytes) -> tuple[str, ...]:
    """The words of each page as pdfium takes them out: ten times as fast as pypdf, for files of a hundred pages."""
    document = pypdfium2.PdfDocument(data)
    try:
        return tuple(joined(page.get_textpage().get_text_range()) for page in document)
    finally:
        document.close()


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

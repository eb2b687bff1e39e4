"""The lines of a past bulletin's file, whatever its format."""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from digest.bulletin.lines import ADDRESS, Line, is_unwrapped, lines_of_text
from digest.errors import ExtractError
from digest.pipeline.word_lines import ranked_lines
from digest.text import normalise
from scrapers.documents import legacy
from scrapers.documents.document_text import Told
from scrapers.documents.docx import read_docx
from scrapers.documents.plain import decoded, read_plain
from scrapers.documents.reading import read_document
from scrapers.documents.sandbox import read_apart

_PDF = re.compile(rb"%PDF-\d")
_BEGINNING = 1024
_HEADS = 65536  # bytes that a mail's headers are looked for in
_HEADER = re.compile(rb"[!-9;-~]+:|[ \t]+\S|From ")
_OF_MAIL = re.compile(rb"(?:MIME-Version|Content-Type|Message-ID|Received|Return-Path|Delivered-To)\s*:", re.IGNORECASE)
_LOST = re.compile(r"[\s\u00ad-]+")  # what a line's end may take from an address, and put into it
_UNREADABLE = (PyPdfError, AttributeError, KeyError, OSError, RecursionError, TypeError, ValueError)


def lines_of(body: bytes, *, name: str) -> list[Line]:
    """The lines of a PDF, Word or text file. ExtractError as `scrapers.documents.reading.read_document`."""
    if _PDF.search(body[:_BEGINNING]):
        whole = {_LOST.sub("", address): address for address in _addresses_in(body)}
        return [_with_whole_address(line, whole) for line in _lines_told(read_apart(body, url=name))]
    if body.startswith(b"PK\x03\x04"):
        told = read_docx(body, url=name)
        ranked = None if told.found else ranked_lines(body, url=name)
        return ranked or list(_lines_told(told))
    if _is_mail(body):
        raise ExtractError(name, "unknown-format", "it is an e-mail; save the file attached to it and import that")
    read_document(body, url=name)  # says why the file is not read, where it is no text
    return _lines_in(body)


def _is_mail(body: bytes) -> bool:
    """Whether the bytes begin with headers, of which one is a mail's: text to `scrapers.documents`, article to none."""
    for line in body[:_HEADS].removeprefix(b"\xef\xbb\xbf").lstrip().splitlines():
        if _OF_MAIL.match(line):
            return True
        if not _HEADER.match(line):
            return False
    return False


def _lines_in(body: bytes) -> list[Line]:
    """The lines of a text file; those that a page's width broke are put together again."""
    mended = legacy.mend(decoded(body).splitlines()).lines
    texts = [normalise(text).replace("\f", "") for text in mended]
    return lines_of_text(texts) if is_unwrapped(texts) else list(_lines_told(read_plain(body)))


def _lines_told(told: Told) -> Iterator[Line]:
    return (Line(text=paragraph.text, kind=paragraph.kind) for paragraph in told.paragraphs)


def _addresses_in(body: bytes) -> Iterable[str]:
    """Where a PDF's links lead: an address broken over two lines has lost its hyphen, its link has not."""
    try:
        pages = PdfReader(io.BytesIO(body)).pages
        return [
            str(annotation.get_object()["/A"]["/URI"])
            for page in pages
            for annotation in page.get("/Annots", ())
            if "/URI" in annotation.get_object().get("/A", {})
        ]
    except _UNREADABLE:
        return []  # the text was read; its addresses stay as they stand on the page


def _with_whole_address(line: Line, whole: dict[str, str]) -> Line:
    if not ADDRESS.match(line.text):
        return line
    return replace(line, text=whole.get(_LOST.sub("", line.text), line.text))

"""The lines of a past bulletin's file, whatever its format."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from digest.bulletin.captions import caption_lines
from digest.bulletin.daily import looks_daily
from digest.bulletin.lines import Line, is_unwrapped, lines_of_text
from digest.bulletin.pages import printed_lines, running_heads
from digest.bulletin.wrapping import unwrapped
from digest.pipeline.tagged_lines import tagged_lines
from digest.pipeline.word_lines import ranked_lines
from digest.text import normalise
from scrapers.documents import legacy
from scrapers.documents.document_text import Told
from scrapers.documents.docx import read_docx
from scrapers.documents.plain import read_plain
from scrapers.documents.reading import text_of
from scrapers.documents.sandbox import read_apart

_PDF = re.compile(rb"%PDF-\d")
_BEGINNING = 1024
_TAIL = 30  # letters


def lines_of(body: bytes, *, name: str) -> list[Line]:
    """The lines of a PDF, Word or text file. ExtractError as `scrapers.documents.reading.read_document`."""
    if _PDF.search(body[:_BEGINNING]):
        told = read_apart(body, url=name)
        return tagged_lines(told.tagged) or list(_lines_told(told))
    if body.startswith(b"PK\x03\x04"):
        told = read_docx(body, url=name)
        ranked = None if told.found else ranked_lines(body, url=name)
        return ranked or list(_lines_told(told))
    return _lines_in(text_of(body, url=name))


def _lines_in(text: str) -> list[Line]:
    """The lines of a text file, the heads of its pages first; those that a page's width broke are put together again."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    mended = legacy.mend(plain.split("\n")).lines
    texts = [normalise(text) for text in mended]
    heads = [Line(text=text, role="head") for text in running_heads(texts)]
    if is_unwrapped(texts):
        return [*heads, *lines_of_text(texts)]
    lines = unwrapped(printed_lines(texts))
    return [*heads, *(lines if looks_daily(lines) else _without_captions(texts))]


def _without_captions(texts: Sequence[str]) -> list[Line]:
    """The paragraphs without the captions of pictures that the file does not have."""
    printed = printed_lines(texts)
    captions = caption_lines(printed)
    left = ["" if number in captions else text for number, text in enumerate(texts, 1)]
    lines = list(_lines_told(read_plain("\n".join(left).encode())))
    at = 0
    for before, caption in pairwise(printed):
        if caption.number in captions and before.number not in captions:
            found = (place for place in range(at, len(lines)) if before.text[-_TAIL:] in lines[place].text)
            at = next(found, at)
            lines[at : at + 1] = [replace(line, captions=line.captions + 1) for line in lines[at : at + 1]]
    return lines


def _lines_told(told: Told) -> Iterator[Line]:
    return (Line(text=paragraph.text, kind=paragraph.kind) for paragraph in told.paragraphs)

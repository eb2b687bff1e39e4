"""A text file → what the document says. Its lines are set like those of a page, each letter half as wide as high."""

import codecs
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from scrapers.documents import legacy
from scrapers.documents.document_text import Told
from scrapers.documents.flow import Paragraph, paragraphs_of
from scrapers.documents.lines import Line, visible
from scrapers.documents.sheets import Box
from scrapers.documents.syllables import share

_WIDE_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_MOST_DAMAGED = 0.01  # of the letters that are not ASCII
_LETTER = 0.5
_STEP = 1.2
_RAGGED = 0.35  # letters are not of one width: a full line of wide ones may be a third shorter in letters
_PAGE_NUMBER = re.compile(r"\f?\s*(?:trang|page)\s+\d{1,4}(?:\s*/\s*\d{1,4})?\s*", re.IGNORECASE)
_NEAR = 6  # lines: running heads stand beside the page's number
_OFTEN = 3
_HEADING = 100  # characters
_WIDEST = 160  # letters
_MOST_LINES = 200_000
_MOST_BYTES = 4 * 1024 * 1024  # a thousand pages


def read_plain(body: bytes) -> Told:
    """What a text file says. Never fails: bytes that are no text in any encoding are shown as they are."""
    text = decoded(body[:_MOST_BYTES]).replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    unwrapped = _is_unwrapped(lines)
    mended = legacy.mend(_without_page_numbers(lines[:_MOST_LINES]))
    pages: list[list[Line]] = [[]]
    for number, text in enumerate(mended.lines):
        if text.startswith("\f"):
            pages.append([])
        if plain := visible(text):
            pages[-1].append(_line(plain, number, len(text) - len(text.lstrip())))
    blocks = [[[line] for line in page] if unwrapped else [page] for page in pages]
    paragraphs = paragraphs_of(blocks, 1.0, ragged=_RAGGED)
    flags = ("pages-left-out",) if len(lines) > _MOST_LINES or len(body) > _MOST_BYTES else ()
    return Told(paragraphs=tuple(_with_headings(paragraphs)), found=mended.found, flags=flags)


def decoded(body: bytes) -> str:
    """The file's text: UTF-8 and UTF-16 by their marks, else UTF-8 where it is valid but for a few damaged letters.

    What is neither is one byte a letter: Windows' Vietnamese code page, or an old font encoding, whichever gives more
    syllables.
    """
    for mark, name in _WIDE_MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, errors="replace")
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(body)  # a letter that was cut at the end is no fault
    except UnicodeDecodeError:
        mended = body.decode("utf-8", errors="replace")
    if mended.count("\ufffd") <= _MOST_DAMAGED * sum(letter > "\x7f" for letter in mended):
        return mended
    texts = (body.decode("cp1258", errors="replace"), body.decode("latin-1"))
    return max(texts, key=lambda text: share(legacy.mend_text(text))[0])


def _with_headings(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """A short line that ends no sentence and stands alone above a text or a list heads it."""
    following = [*paragraphs[1:], None][: len(paragraphs)]
    return [
        replace(own, kind="h") if after and _heads(own, after) else own
        for own, after in zip(paragraphs, following, strict=True)
    ]


def _heads(own: Paragraph, after: Paragraph) -> bool:
    short = own.kind == "p" and len(own.text) <= _HEADING and not own.text.endswith(tuple('.,;!?…”"/'))
    return short and own.text[:1].isupper() and (after.kind == "li" or len(after.text) > _HEADING)


def _without_page_numbers(lines: Sequence[str]) -> list[str]:
    """The lines with page numbers emptied, and with them what stands beside three of them in the same words."""
    numbers = [at for at, line in enumerate(lines) if _PAGE_NUMBER.fullmatch(line)]
    near = {other for at in numbers for other in range(max(at - _NEAR, 0), min(at + _NEAR, len(lines)))}
    counted = Counter(stripped for at in near if (stripped := lines[at].strip()))
    dropped = {*numbers, *(at for at in near if counted[lines[at].strip()] >= _OFTEN)}
    return ["" if at in dropped else line for at, line in enumerate(lines)]


def _is_unwrapped(lines: Sequence[str]) -> bool:
    """Whether most of the text stands in lines that no page is wide enough for: each is a paragraph as it is."""
    lengths = [len(line) for line in lines]
    return 2 * sum(length for length in lengths if length > _WIDEST) > sum(lengths)


def _line(text: str, number: int, indent: int) -> Line:
    left = min(indent, 8) * _LETTER
    base = number * _STEP
    box = Box(left=left, top=base - 1, right=left + len(text) * _LETTER, bottom=base)
    return Line(text=text, box=box, base=base, size=1.0)

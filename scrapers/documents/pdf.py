"""A PDF's pages → what the document says: old fonts converted, columns in order, running heads dropped."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from digest.errors import ExtractError
from scrapers.documents import legacy
from scrapers.documents.columns import reading_order
from scrapers.documents.document_text import Told
from scrapers.documents.flow import body_size, paragraphs_of
from scrapers.documents.legacy import ENCODINGS, Encoding, Font
from scrapers.documents.lines import Line, lines_of, visible
from scrapers.documents.margins import without_margins
from scrapers.documents.pdfium import scan
from scrapers.documents.sheets import Fragment, Sheet
from scrapers.documents.tables import rows_of_tables
from scrapers.documents.tagged import read_tags

_TAIL = 2048  # readers look for the end mark in the last kilobyte; some servers add a line of their own
_UNREADABLE = 0.5


def read_pdf(body: bytes, *, url: str, most_pages: int) -> Told:
    """What a PDF says, read in this very process: `scrapers.documents.sandbox` gives it one of its own.

    ExtractError: "encrypted", "damaged", "no-text".
    """
    if b"%%EOF" not in body[-_TAIL:]:
        raise ExtractError(url, "damaged", "its end is missing; fetch the file again")
    read = scan(body, url=url, most_pages=most_pages)
    letters = sum(len(fragment.text) for sheet in read.sheets for fragment in sheet.fragments)
    if read.unmapped > _UNREADABLE * (letters + read.unmapped):
        raise ExtractError(url, "no-text", "its fonts do not say which letters they show; only reading by eye helps")
    if not letters:
        raise ExtractError(url, "no-text", _without_text(read.sheets))
    told = lay_out(read.sheets)
    blank = any(sheet.pictures and not sheet.fragments for sheet in read.sheets)
    flags = (("pages-left-out", read.left_out), ("pages-without-text", blank))
    tagged = read_tags(body, read.sheets) if read.tagged else ()
    return replace(told, flags=tuple(flag for flag, holds in flags if holds), tagged=tagged)


def lay_out(sheets: Sequence[Sheet]) -> Told:
    """The paragraphs on these sheets."""
    decoded, by_font = _decoded(sheets)
    pages = [_lines(sheet) for sheet in decoded]
    mended = legacy.mend([line.text for page in pages for line in page])
    texts = iter(mended.lines)
    pages = [[line for line in _printed(page, texts) if line.text] for page in pages]
    size = body_size(pages)
    kept = without_margins(pages, sheets, size)
    paragraphs = paragraphs_of([reading_order(page) for page in kept], size)
    found = {*by_font, *mended.found}
    return Told(paragraphs=tuple(paragraphs), found=tuple(one for one in ENCODINGS if one in found))


def _lines(sheet: Sheet) -> list[Line]:
    rows, rest = rows_of_tables(sheet)
    return [*rows, *lines_of(rest)]


def _printed(page: Sequence[Line], texts: Iterator[str]) -> Iterator[Line]:
    """The lines with the texts that replace theirs, as they may be printed."""
    return (replace(line, text=visible(next(texts))) for line in page)


def _without_text(sheets: Sequence[Sheet]) -> str:
    if any(sheet.pictures for sheet in sheets):
        return "its pages are pictures; ask for the original or have it read by a text recogniser"
    return "nothing is written in it"


def _decoded(sheets: Sequence[Sheet]) -> tuple[list[Sheet], set[Encoding]]:
    """The sheets with what stands in old fonts converted, and the encodings of those fonts."""
    fonts = _old_fonts(fragment for sheet in sheets for fragment in sheet.fragments)
    if not fonts:
        return list(sheets), set()
    return [
        replace(sheet, fragments=tuple(_run(fragment, fonts.get(fragment.font)) for fragment in sheet.fragments))
        for sheet in sheets
    ], {font.encoding for font in fonts.values()}


def _run(fragment: Fragment, font: Font | None) -> Fragment:
    return replace(fragment, text=legacy.decode_run(fragment.text, font)) if font else fragment


def _old_fonts(fragments: Iterable[Fragment]) -> dict[str, Font]:
    """The fonts whose names tell an old encoding and whose text does not speak against it."""
    texts: dict[str, list[str]] = defaultdict(list)
    named: dict[str, Font | None] = {}
    for fragment in fragments:
        if fragment.font not in named:
            named[fragment.font] = legacy.of_font(fragment.font)
        if named[fragment.font]:
            texts[fragment.font].append(fragment.text)
    return {name: font for name, font in named.items() if font and not legacy.font_lies(" ".join(texts[name]))}

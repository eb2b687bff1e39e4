"""A PDF's bytes → what is drawn on its pages, by PDFium.

PDFium was taken for its licence (Apache-2.0 and BSD; MuPDF is AGPL), its speed and the years it has been fuzzed;
`benchmarks/legacy.py` measures it beside the others. Use it in a process of its own (`scrapers.documents.sandbox`).
"""

import pypdfium2 as pdfium
from pypdfium2 import raw

from digest.errors import ExtractError
from scrapers.documents.pdfium_page import read_page
from scrapers.documents.sheets import Scan, Sheet

_MOST_CHARACTERS = 4_000_000


def scan(body: bytes, *, url: str, most_pages: int) -> Scan:
    """The first pages of a PDF. ExtractError: "encrypted", "damaged"."""
    try:
        document = pdfium.PdfDocument(body)
    except pdfium.PdfiumError as error:
        raise _why(url, raw.FPDF_GetLastError()) from error
    sheets: list[Sheet] = []
    unmapped, room = 0, _MOST_CHARACTERS
    for number in range(min(len(document), most_pages)):
        try:
            sheet, missing = read_page(document[number])
        except pdfium.PdfiumError as error:
            raise ExtractError(url, "damaged", f"page {number + 1} cannot be read; fetch the file again") from error
        sheets.append(sheet)
        unmapped += missing
        room -= sum(len(fragment.text) for fragment in sheet.fragments)
        if room < 0:
            break
    tagged = bool(raw.FPDFCatalog_IsTagged(document.raw))
    return Scan(sheets=tuple(sheets), tagged=tagged, left_out=len(document) - len(sheets), unmapped=unmapped)


def _why(url: str, code: int) -> ExtractError:
    if code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
        return ExtractError(url, "encrypted", "it opens with a password only; ask for an open copy")
    return ExtractError(url, "damaged", "it is no whole PDF; fetch the file again")

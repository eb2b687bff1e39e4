"""A Word file → what it says, read from its markup under a cap.

Not by python-docx, which writes our own Word files: it unpacks every part before anything can be counted, and knows
neither tracked deletions nor text boxes nor which half of an alternative is meant.
"""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from digest.errors import ExtractError
from digest.text import one_line
from scrapers.documents import legacy
from scrapers.documents.document_text import Told
from scrapers.documents.docx_styles import Styles, read_styles
from scrapers.documents.flow import Paragraph
from scrapers.documents.legacy import ENCODINGS, Encoding
from scrapers.documents.packages import MEGABYTE, Package, open_package
from scrapers.documents.xml import attribute, child, children, is_on, local, parsed

MOST_BYTES = 64 * MEGABYTE  # of markup; pictures are never unpacked
_DEEP = 8  # tables in tables, boxes in boxes
# What is not the text: deletions, the older half of an alternative, properties, drawings' own marks.
_UNREAD = frozenset(
    ["del", "moveFrom", "Fallback", "rPr", "pPr", "sdtPr", "sectPr", "tblPr", "trPr", "tcPr", "AlternateContent"]
)
_BOX = "txbxContent"
_SPELT = {"tab": " ", "br": " ", "cr": " ", "ptab": " ", "noBreakHyphen": "-"}
_HEADING = 160
_ENDS = re.compile(r"[.;,!?…:]$")
_DASH = re.compile(r"[-–—+•]\s+(?=\S)")


@dataclass(slots=True)
class _Reader:
    """Walks the body. `lying` are fonts that bear an old name and hold Unicode; `found` collects old encodings."""

    styles: Styles
    lying: frozenset[str]
    told: list[Paragraph] = field(default_factory=list)
    found: set[Encoding] = field(default_factory=set)
    deep: int = _DEEP

    def blocks(self, parent: etree._Element) -> None:
        """Read what stands in a body, a cell or a box."""
        for block in parent:
            name = local(block)
            if name == "p":
                self.paragraph(block)
            elif name == "tbl":
                self.table(block)
            elif name not in _UNREAD:
                self.blocks(block)  # content controls and tracked insertions hold blocks as they are

    def paragraph(self, element: etree._Element) -> None:
        """Read a paragraph, and behind it the text boxes that hang on it."""
        runs = list(_runs(element))
        text = "".join(self.run(run, element) for run in runs)
        if text.strip() and not self.styles.is_contents(element):
            bold = all(self.styles.is_bold(run, element) for run in runs if _text(run).strip())
            self.told.append(Paragraph(text=text, kind=self.styles.kind(element), bold=bold))
        for box in _boxes(element):
            self.told += self.inside(box)

    def inside(self, element: etree._Element) -> list[Paragraph]:
        """The paragraphs in a cell or a box."""
        inner = replace(self, told=[], deep=self.deep - 1)
        if self.deep:
            inner.blocks(element)
        return inner.told

    def table(self, element: etree._Element) -> None:
        """Read a table row by row; one of a single column is a frame around text."""
        rows = [list(_below(row, "tc")) for row in _below(element, "tr")]
        framed = all(len(row) < 2 for row in rows)
        for row in rows:
            cells = [self.inside(cell) for cell in row]
            if framed:
                self.told += [paragraph for cell in cells for paragraph in cell]
            elif text := " | ".join(" ".join(one.text for one in cell) for cell in cells if cell):
                self.told.append(Paragraph(text=text, kind="row"))

    def run(self, element: etree._Element, paragraph: etree._Element) -> str:
        """A run's text, converted where its font is an old one."""
        text = _text(element)
        name = self.styles.font_of(element, paragraph)
        old = legacy.of_font(name) if name and name not in self.lying and text.strip() else None
        if old is None:
            return text
        self.found.add(old.encoding)
        return legacy.decode_run(text, old)


def read_docx(body: bytes, *, url: str) -> Told:
    """What a Word file says. ExtractError: "encrypted", "damaged", "no-text", "too-large", "unknown-format"."""
    package = open_package(body, url=url, most=MOST_BYTES)
    main = _main_part(package)
    folder = posixpath.dirname(main)
    root = _part(package, main)
    if root is None:
        raise ExtractError(url, "unknown-format", "it is no Word file; save it as .docx or PDF")
    styles = read_styles(_part(package, f"{folder}/styles.xml"), _part(package, f"{folder}/numbering.xml"))
    reader = _Reader(styles=styles, lying=_lying_fonts(root, styles))
    reader.blocks(root)
    mended = legacy.mend([paragraph.text for paragraph in reader.told])
    told = (replace(one, text=one_line(text)) for one, text in zip(reader.told, mended.lines, strict=True))
    paragraphs = tuple(_with_kind(paragraph) for paragraph in told if paragraph.text)
    if not paragraphs:
        raise ExtractError(url, "no-text", "nothing is written in it but perhaps pictures")
    found = {*reader.found, *mended.found}
    return Told(paragraphs=paragraphs, found=tuple(one for one in ENCODINGS if one in found))


def _main_part(package: Package) -> str:
    """Where the text is, as the package says; where it says nothing, where Word puts it."""
    for relation in children(_part(package, "_rels/.rels"), "Relationship"):
        if attribute(relation, "Type").endswith("/officeDocument"):
            return posixpath.normpath(attribute(relation, "Target").lstrip("/"))
    return "word/document.xml"


def _part(package: Package, name: str) -> etree._Element | None:
    data = package.read(name.lstrip("/"))
    return parsed(data, url=package.url) if data else None


def _lying_fonts(root: etree._Element, styles: Styles) -> frozenset[str]:
    texts: dict[str, list[str]] = defaultdict(list)
    for paragraph in root.iter("{*}p"):
        for run in _runs(paragraph):
            name = styles.font_of(run, paragraph)
            if name and legacy.of_font(name):
                texts[name].append(_text(run))
    return frozenset(name for name, said in texts.items() if legacy.font_lies(" ".join(said)))


def _runs(element: etree._Element) -> Iterator[etree._Element]:
    """The runs of a paragraph in order, without those that were deleted or hidden."""
    for one in element:
        name = local(one)
        if name == "r":
            if not is_on(child(one, "rPr", "vanish")):
                yield one
        elif name not in _UNREAD and name != "p":
            yield from _runs(one)


def _text(run: etree._Element) -> str:
    return "".join(
        (one.text or "") if local(one) == "t" else _SPELT.get(local(one), "")
        for one in run
        if local(one) not in _UNREAD
    )


def _boxes(element: etree._Element) -> Iterator[etree._Element]:
    """The text boxes that hang on a paragraph, each once: alternatives repeat it for older programs."""
    for one in element:
        name = local(one)
        if name == _BOX:
            yield one
        elif name not in ("Fallback", "del", "moveFrom"):
            yield from _boxes(one)


def _below(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, also those inside content controls."""
    for one in element:
        if local(one) == name:
            yield one
        elif local(one) in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _below(one, name)


def _with_kind(paragraph: Paragraph) -> Paragraph:
    """Headings and list entries that were made by hand."""
    dash = _DASH.match(paragraph.text)
    if paragraph.kind == "p" and dash:
        return replace(paragraph, kind="li", text=paragraph.text[dash.end() :])
    short = len(paragraph.text) <= _HEADING and not _ENDS.search(paragraph.text)
    if paragraph.kind == "p" and short and (paragraph.bold or paragraph.text.isupper()):
        return replace(paragraph, kind="h")
    return paragraph

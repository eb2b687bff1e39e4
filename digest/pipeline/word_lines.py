"""The lines of a Word file whose headings have Word's ranks, as our own have: with its contents and its links.

`scrapers.documents` reads a Word file for its text alone, and leaves the contents and the links out.
"""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from digest.bulletin.drawn import Piece, with_charts
from digest.bulletin.lines import Line, Role, counted
from digest.model import Kind
from digest.text import one_line
from scrapers.documents.docx_styles import Styles, read_styles
from scrapers.documents.packages import MEGABYTE, Package, open_package
from scrapers.documents.xml import attribute, children, local, parsed

_MOST = 64 * MEGABYTE
_MAIN = "word/document.xml"
# Deletions, the older half of an alternative, what a field is asked for, properties.
_UNREAD = frozenset(["del", "moveFrom", "Fallback", "rPr", "pPr", "sectPr", "tblPr", "trPr", "tcPr", "sdtPr"])
_SPELT = {"tab": "\t", "br": " ", "cr": " ", "noBreakHyphen": "-"}
_ROLES: dict[str, Role] = {"heading 1": "section", "heading 2": "headline"}
# The names of our own styles: other programs that save the file give the styles new ids.
_KINDS: dict[str, Kind] = {"gạch đầu dòng": "li", "mục đánh số": "oli", "dòng bảng": "row", "quote": "q"}
_BELOW_CHART = "chú thích biểu đồ"
# Captions of pictures, and how to reach the office.
_LEFT_OUT = frozenset(["ảnh", "chú thích ảnh", "caption", "liên hệ", "contact"])
_DEEP = 12


@dataclass(frozen=True, slots=True)
class _Word:
    styles: Styles
    targets: dict[str, str]

    def pieces(self, parent: etree._Element, deep: int = _DEEP) -> Iterator[Piece]:
        """The paragraphs and drawings below an element, those of tables, boxes and content controls too."""
        for block in parent if deep else ():
            if local(block) == "p":
                yield from self.of_paragraph(block)
            elif local(block) not in _UNREAD:
                yield from self.pieces(block, deep - 1)

    def of_paragraph(self, paragraph: etree._Element) -> Iterator[Piece]:
        """What is drawn in a paragraph, and its words."""
        said = [attribute(drawing, "descr") for drawing in paragraph.iter("{*}docPr")]
        yield from (Piece(aloud=words) for words in said if words)
        line, style = self.line(paragraph), self.styles.of(paragraph).name
        if style == _BELOW_CHART and line.text.strip():
            yield Piece(below=(one_line(line.text),))
        elif line.text.strip() and style not in _LEFT_OUT:
            yield Piece(line=line)

    def line(self, paragraph: etree._Element) -> Line:
        """One paragraph."""
        style = self.styles.of(paragraph).name
        role = "contents" if self.styles.is_contents(paragraph) else _ROLES.get(style, "text")
        links = list(paragraph.iter("{*}hyperlink"))
        leads = [attribute(link, "anchor") for link in links]
        marks = [attribute(mark, "name") for mark in paragraph.iter("{*}bookmarkStart")]
        anchors = [name for name in (leads if role == "contents" else marks) if name]
        out = ((_text(link), self.targets.get(attribute(link, "id"), "")) for link in links)
        return Line(
            text=_text(paragraph),
            kind=_KINDS.get(style, self.styles.kind(paragraph)),
            role=role,
            anchor=anchors[0] if anchors else None,
            links=tuple((words.strip(), url) for words, url in out if url),
        )


def ranked_lines(body: bytes, *, url: str) -> list[Line] | None:
    """The lines of the Word file, None where no heading has a headline's rank. ExtractError as `read_docx`."""
    package = open_package(body, url=url, most=_MOST)
    root = _part(package, _MAIN)
    styles = read_styles(_part(package, "word/styles.xml"), _part(package, "word/numbering.xml"))
    pieces = list(_Word(styles, _targets(package)).pieces(root)) if root is not None else []
    lines = counted(with_charts(pieces))
    return lines if any(line.role == "headline" for line in lines) else None


def _part(package: Package, name: str) -> etree._Element | None:
    data = package.read(name)
    return parsed(data, url=package.url) if data else None


def _targets(package: Package) -> dict[str, str]:
    """Where the document's links lead, by their relation's id."""
    relations = children(_part(package, posixpath.join("word/_rels", "document.xml.rels")), "Relationship")
    return {
        attribute(one, "Id"): attribute(one, "Target")
        for one in relations
        if attribute(one, "TargetMode") == "External"
    }


def _text(element: etree._Element) -> str:
    """The words below an element, without those that were deleted."""
    if local(element) == "t":
        return element.text or ""
    if local(element) in _SPELT:
        return _SPELT[local(element)]
    return "".join(_text(one) for one in element if local(one) not in _UNREAD)

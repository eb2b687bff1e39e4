"""The lines of a Word file whose headings have Word's ranks, as our own have: with its contents and its links.

`scrapers.documents` reads a Word file for its text alone, and leaves the contents and the links out.
"""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from digest.bulletin.lines import Line, Role, marked
from digest.model import Kind
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
# What our own files say of a chart, which an editor changes in its table, not here.
_CHART = frozenset(["tên biểu đồ", "biểu đồ", "chú thích biểu đồ"])
_DEEP = 12


@dataclass(frozen=True, slots=True)
class _Word:
    styles: Styles
    targets: dict[str, str]

    def lines(self, parent: etree._Element, deep: int = _DEEP) -> Iterator[Line]:
        """The paragraphs below an element, those of tables, boxes and content controls too."""
        for block in parent if deep else ():
            if local(block) == "p":
                line = self.line(block)
                if line.text.strip() and self.styles.of(block).name not in _CHART:
                    yield line
            elif local(block) not in _UNREAD:
                yield from self.lines(block, deep - 1)

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
    lines = list(_Word(styles, _targets(package)).lines(root)) if root is not None else []
    return _counted(lines) if any(line.role == "headline" for line in lines) else None


def _counted(lines: list[Line]) -> list[Line]:
    """Entries of lists without the marks that print put before them."""
    made: list[Line] = []
    count = 0
    for line in lines:
        if line.kind in ("li", "oli"):
            made.append(replace(marked(line, count + 1), kind=line.kind))
        else:
            made.append(line)
        count = count + 1 if line.kind == "oli" else 0
    return made


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

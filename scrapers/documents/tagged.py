"""What a tagged PDF says of its text: headings, lists, contents and drawings, in reading order and without page heads.

Word and typst tag what they write; the tags tell what no place on the page does: which headline a heading is, where a
paragraph goes on behind a page's end, what is said in a drawing's place.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from scrapers.documents.flow import joined
from scrapers.documents.lines import visible
from scrapers.documents.sheets import Fragment, Sheet

_MOST = 50_000  # elements
_DEEP = 40
_SAME_LINE = 0.5  # of the size
_BLANK = 0.15
_UNREADABLE = (
    PyPdfError,
    DependencyError,
    AttributeError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
# What holds text of its own; all others are part of what they stand in.
_BLOCKS = frozenset(
    ["/P", "/Title", "/TOCI", "/BlockQuote", "/Figure", "/Caption", "/Lbl", "/LBody", "/TH", "/TD"]
    + [f"/H{rank}" for rank in ("", *range(1, 7))]
)
_WHOLE = ("/TOCI", "/BlockQuote", "/Caption")  # paragraphs in these are part of them
_Mark = tuple[int, int]  # a page and the number that its text has there


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """A block: its tag without the stroke, its lines, what is read aloud in its place, its links out of the file."""

    tag: str
    lines: tuple[str, ...] = ()
    alt: str = ""
    links: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The lines as one."""
        return joined(self.lines)


@dataclass(slots=True)
class _Block:
    tag: str
    marks: list[_Mark] = field(default_factory=list)
    alt: str = ""
    links: list[tuple[list[_Mark], str]] = field(default_factory=list)


def read_tags(body: bytes, sheets: Sequence[Sheet]) -> tuple[Tagged, ...]:
    """The blocks of a tagged PDF whose pages were scanned; none where its tags cannot be read."""
    try:
        blocks = _Tree.of(PdfReader(io.BytesIO(body))).blocks
    except _UNREADABLE:
        return ()  # the pages are read by what stands where
    fragments: dict[_Mark, list[Fragment]] = {}
    for page, sheet in enumerate(sheets):
        for fragment in sheet.fragments:
            if fragment.mark is not None:
                fragments.setdefault((page, fragment.mark), []).append(fragment)
    return tuple(_tagged(block, fragments) for block in blocks)


def _tagged(block: _Block, fragments: Mapping[_Mark, Sequence[Fragment]]) -> Tagged:
    links = ((joined(_lines(marks, fragments)), url) for marks, url in block.links)
    return Tagged(
        tag=block.tag.removeprefix("/"),
        lines=tuple(_lines(block.marks, fragments)),
        alt=block.alt,
        links=tuple((words, url) for words, url in links if words),
    )


def _lines(marks: Sequence[_Mark], fragments: Mapping[_Mark, Sequence[Fragment]]) -> list[str]:
    """The text of these marks line by line."""
    lines: list[str] = []
    last: tuple[int, Fragment] | None = None
    for page, fragment in ((mark[0], fragment) for mark in marks for fragment in fragments.get(mark, ())):
        if last and last[0] == page and abs(fragment.base - last[1].base) <= _SAME_LINE * last[1].size:
            gap = fragment.box.left - last[1].box.right
            lines[-1] += f" {fragment.text}" if gap > _BLANK * last[1].size else fragment.text
        else:
            lines.append(fragment.text)
        last = page, fragment
    return [visible(line) for line in lines]


@dataclass(slots=True)
class _Tree:
    """The blocks found so far."""

    pages: Mapping[int, int]
    blocks: list[_Block] = field(default_factory=list)
    count: int = 0

    @classmethod
    def of(cls, reader: PdfReader) -> "_Tree":
        """The tree of a document."""
        pages = {page.indirect_reference.idnum: at for at, page in enumerate(reader.pages) if page.indirect_reference}
        tree = cls(pages)
        root: Any = reader.trailer["/Root"]
        for kid in _kids(root["/StructTreeRoot"]):
            tree.walk(kid, None, None, _DEEP)
        return tree

    def walk(self, kid: Any, page: int | None, block: _Block | None, deep: int) -> None:
        """Put what stands below an element into its block, or into blocks of its own."""
        self.count += 1
        if self.count > _MOST or not deep:
            raise ValueError("more tags than a document has")
        if isinstance(kid, int):
            if block and page is not None:
                block.marks.append((page, int(kid)))
            return
        element = kid.get_object()
        if "/Pg" in element:
            page = self.pages.get(element.raw_get("/Pg").idnum)
        if "/MCID" in element:
            self.walk(int(element["/MCID"]), page, block, deep - 1)
        elif "/Obj" not in element:
            self.element(element, page, block, deep)

    def element(self, element: Any, page: int | None, block: _Block | None, deep: int) -> None:
        """An element of the tree."""
        tag = str(element.get("/S", ""))
        if tag in _BLOCKS and not (block and block.tag in _WHOLE):
            block = _Block(tag, alt=str(element.get("/Alt", "")))
            self.blocks.append(block)
        first = len(self.blocks)
        begin = len(block.marks) if block else 0
        for kid in _kids(element):
            self.walk(kid, page, block, deep - 1)
        if tag == "/Div":
            _mark_captions(self.blocks[first:])
        url = _url(element) if tag == "/Link" else None
        if block and url:
            block.links.append((block.marks[begin:], url))


def _mark_captions(blocks: Sequence[_Block]) -> None:
    """What stands with a drawing, behind it, is its caption."""
    below = False
    for block in blocks:
        if below and block.tag == "/P":
            block.tag = "/Caption"
        below = below or block.tag == "/Figure"


def _kids(element: Any) -> Iterator[Any]:
    kids = element.get("/K", ())
    yield from kids if isinstance(kids, list | tuple) else [kids]


def _url(link: Any) -> str | None:
    """Where a link leads out of the document."""
    for kid in _kids(link):
        one: Any = {} if isinstance(kid, int) else kid.get_object()
        action: Any = one["/Obj"].get_object().get("/A") if "/Obj" in one else None
        if action is not None and "/URI" in action.get_object():
            return str(action.get_object()["/URI"])
    return None

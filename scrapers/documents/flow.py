"""Lines in reading order → paragraphs: lines joined where the page's width alone broke them."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from digest.model import Kind
from scrapers.documents.lines import BULLET, Line
from scrapers.documents.sheets import around
from scrapers.documents.syllables import is_syllable

_LARGE = 1.12  # times the text's size: a heading
_SAME_SIZE = 0.1
_WIDER = 1.35  # times the usual distance of lines
_INDENT = 0.8  # of the size
_HEADING = 160  # characters
_TAIL = 60
_ENDS = re.compile(r"[.!?:;…][”\"')\]]*$")
_NUMBERED = re.compile(
    r"(?:\(?\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|[a-zđ][.)]|[IVX]{1,5}[.)]|(?:Điều|Chương|Mục|Phần) [\dIVX]+[.:]?)\s"
)
_NOTED = re.compile(r"\(\*+\)$")  # the mark of a footnote that says who the author is
_WORD = re.compile(r"[^\W\d_]+")
_SMALL_LETTERS = re.compile(r"[^\W\d_A-ZĐ]+")
_DOCUMENT = re.compile(r"\d/$")  # the number of a document goes on: `618/` `QĐ-UBND`
_HYPHENED = re.compile(r"\w-$")
_BROKEN = re.compile(r"([^\W\d_]+)-$")
_ADDRESS = re.compile(r"https?://\S")
_BULLET = re.compile(rf"\s*(?:{BULLET.pattern})\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph; `size` is its letters' size where the document tells, `page` counts from 0."""

    text: str
    kind: Kind = "p"
    size: float = 0.0
    page: int = 0
    bold: bool = False


@dataclass(frozen=True, slots=True)
class _Grouped:
    """A paragraph; `is_open`: its last line is full, so it may go on elsewhere."""

    paragraph: Paragraph
    is_open: bool


@dataclass(frozen=True, slots=True)
class _Column:
    """What a block's lines have in common. `ragged`: the share of the width by which a full line may fall short."""

    left: float
    right: float
    distance: float
    ragged: float

    def slack(self, line: Line) -> float:
        """The room left on a line; a centred line has it on both sides."""
        before, behind = line.box.left - self.left, self.right - line.box.right
        centred = before > _INDENT * line.size and abs(before - behind) < 2 * line.size
        return before + behind if centred else behind

    def has_room(self, last: Line, line: Line) -> bool:
        """Whether the next line's first word had room on the last one, so that something else ended it."""
        words = line.text.split(maxsplit=1)
        word = len(words[0]) / len(line.text) * line.box.width if words else 0.0
        falls_short = 0.0 if _ends(last.text) else self.ragged * (self.right - self.left)
        return self.slack(last) > max(1.5 * word + last.size, falls_short)

    def is_full(self, line: Line) -> bool:
        """Whether the line goes on somewhere, as far as its width tells."""
        return self.slack(line) <= max(3 * line.size, self.ragged * (self.right - self.left))


def body_size(pages: Sequence[Sequence[Line]]) -> float:
    """The size in which most of the text is set."""
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], -size), default=0.0)


def paragraphs_of(pages: Sequence[Sequence[Sequence[Line]]], size: float, *, ragged: float = 0.0) -> list[Paragraph]:
    """The document's paragraphs; `pages` hold blocks of lines in reading order, `size` is the text's.

    `ragged` is for texts whose widths are estimated: the share of a column's width by which a full line may fall short.
    """
    told: list[_Grouped] = []
    for number, blocks in enumerate(pages):
        for block in filter(None, blocks):
            for lines, column in _grouped(block, ragged):
                paragraph = replace(_paragraph(lines, size), page=number)
                _add(told, _Grouped(paragraph, is_open=column.is_full(lines[-1])))
    return [one.paragraph for one in told if one.paragraph.text]


def joined(lines: Iterable[str]) -> str:
    """Lines as one text. A hyphen stays (`241/KH-` `UBND`) but where it only broke a foreign word in a text.

    PDF readers give a hyphen at a line's end as a soft one, whether it is real or not.
    """
    pieces: list[str] = []
    for line in lines:
        last = pieces[-1] if pieces else ""
        soft = last.endswith("\u00ad")
        if soft:
            last = pieces[-1] = f"{last[:-1]}-"
        if _breaks_a_word(last, line) and not _ADDRESS.match(pieces[0]):
            pieces[-1] = last[:-1]
        elif last and line and not (soft or _HYPHENED.search(last[-_TAIL:]) or _DOCUMENT.search(last[-_TAIL:])):
            pieces.append(" ")
        pieces.append(line)
    return "".join(pieces).rstrip("\u00ad")


def _breaks_a_word(last: str, line: str) -> bool:
    broken, begun = _BROKEN.search(last[-_TAIL:]), _SMALL_LETTERS.match(line)
    return bool(broken and begun and (broken[1] + begun[0]).isascii() and not is_syllable(broken[1]))


def _ends(text: str) -> bool:
    """Whether a text ends a sentence. Only its end is looked at: paragraphs may grow over pages."""
    return bool(_ENDS.search(text[-_TAIL:]))


def _add(told: list[_Grouped], new: _Grouped) -> None:
    """Put a paragraph behind the others; one that was cut by the end of a column or a page goes on."""
    last = told[-1] if told else None
    if last and _goes_on(last, new.paragraph):
        whole = replace(last.paragraph, text=joined([last.paragraph.text, new.paragraph.text]))
        told[-1] = _Grouped(whole, is_open=new.is_open)
    else:
        told.append(new)


def _goes_on(last: _Grouped, new: Paragraph) -> bool:
    old = last.paragraph
    if (
        _ADDRESS.match(new.text)
        or old.kind not in ("p", "li")
        or new.kind != "p"
        or _ends(old.text)
        or _NUMBERED.match(new.text)
    ):
        return False
    same = abs(old.size - new.size) <= _SAME_SIZE * old.size
    return same and (new.text[:1].islower() or (last.is_open and old.page != new.page))


def _grouped(block: Sequence[Line], ragged: float) -> list[tuple[list[Line], _Column]]:
    """The block's lines, paragraph by paragraph."""
    box = around([line.box for line in block])
    steps = [after.base - before.base for before, after in pairwise(block)]
    steps = [step for step in steps if step > 0]
    column = _Column(left=box.left, right=box.right, distance=median(steps) if steps else 0.0, ragged=ragged)
    groups = [[block[0]]]
    for line in block[1:]:
        if _begins(groups[-1], line, column):
            groups.append([line])
        else:
            groups[-1].append(line)
    return [(group, column) for group in groups]


def _begins(group: Sequence[Line], line: Line, column: _Column) -> bool:
    """Whether a line begins a paragraph of its own."""
    last = group[-1]
    if _ADDRESS.match(group[0].text) or _ADDRESS.match(line.text):
        return _ADDRESS.match(line.text) is not None or " " in line.text
    if "row" in (last.kind, line.kind) or _BULLET.match(line.text) or _looks_other(last, line):
        return True
    step = line.base - last.base
    if step <= 0 or step > _WIDER * max(column.distance, last.size):
        return True
    if _in_capitals(last.text) and _in_capitals(line.text):  # a heading of two lines; a name with a note goes apart
        return bool(_NUMBERED.match(line.text) or _NOTED.search(line.text))
    return not _flows(last, line, column) or _is_indented(last, line, column)


def _looks_other(last: Line, line: Line) -> bool:
    """A change of size or to capitals, or from bold to plain unless the sentence runs on."""
    if abs(line.size - last.size) > _SAME_SIZE * last.size or _in_capitals(last.text) != _in_capitals(line.text):
        return True
    return line.bold != last.bold and bool(_ends(last.text) or not line.text[:1].islower())


def _flows(last: Line, line: Line, column: _Column) -> bool:
    """Whether the width alone broke the line."""
    if _NUMBERED.match(line.text) and _ends(last.text):
        return False
    if not column.has_room(last, line):
        return True
    return line.text[:1].islower() and not _NUMBERED.match(line.text) and not _ends(last.text)


def _in_capitals(text: str) -> bool:
    """Whether a line is a heading in capitals; a line of acronyms is none."""
    return text.isupper() and sum(map(is_syllable, _WORD.findall(text))) > 1


def _is_indented(last: Line, line: Line, column: _Column) -> bool:
    """The first line of a paragraph is set in, behind a line that ends a sentence."""
    inset = min(line.box.left - column.left, line.box.left - last.box.left)
    return inset > _INDENT * line.size and _ends(last.text)


def _paragraph(lines: Sequence[Line], size: float) -> Paragraph:
    text = joined(line.text for line in lines)
    own = max(line.size for line in lines)
    if lines[0].kind == "row":
        return Paragraph(text=text, kind="row", size=own)
    marked = _BULLET.match(text)
    if marked:
        return Paragraph(text=text[marked.end() :], kind="li", size=own)
    kind: Kind = "h" if _is_heading(text, lines, size) else "p"
    return Paragraph(text=text, kind=kind, size=own, bold=all(line.bold for line in lines))


def _is_heading(text: str, lines: Sequence[Line], size: float) -> bool:
    if len(text) > _HEADING or not _WORD.search(text):
        return False
    if all(line.size >= _LARGE * size for line in lines):
        return True
    if _ends(text) and not text.endswith(":"):
        return False
    return all(line.bold for line in lines) or _in_capitals(text)

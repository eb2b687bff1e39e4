"""One page of a PDF, asked character by character → a `Sheet`."""

import ctypes
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from scrapers.documents.sheets import Box, Fragment, Sheet

_APART = 0.4  # of the size: what stands further off may belong to another cell of a table
_BACK = -0.5
_SAME_BASE = 0.05
_FURTHEST = 10_000  # points: a page of three metres and a half
_MOST_OBJECTS = 20_000  # drawn lines of one page; a map may have a million
_THIN = 3.0
_DEEP = 4  # drawings inside drawings
_NAME_BYTES = 256
_BOLD_WEIGHT = 600
_BOLD = re.compile(r"bold|black|heavy|semibold", re.IGNORECASE)
_BLANKS = frozenset([0x09, 0x0A, 0x0D, 0x20])
_SOFT_HYPHENS = frozenset([0x02, 0xFFFE, 0xFFFF])  # what PDFium makes of a hyphen at a line's end
_Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Style:
    """How one drawn text looks. `turn` is its direction in degrees against the clock, `across` its base line's place.

    `mark` is the number by which a tagged document names the text on its page.
    """

    font: str
    size: float
    bold: bool
    turn: int
    origin: _Point
    across: float
    mark: int | None


@dataclass(slots=True)
class _Run:
    """Characters of one style on one base line, in PDF's own coordinates, in which y grows upwards."""

    style: _Style
    end: float
    left: float
    bottom: float
    right: float
    top: float
    letters: list[str]

    def takes(self, style: _Style, start: float) -> bool:
        """Whether a character goes on with this run."""
        own = self.style
        if style is not own and (
            (style.font, style.size, style.turn, style.mark) != (own.font, own.size, own.turn, own.mark)
            or abs(style.across - own.across) > _SAME_BASE * own.size
        ):
            return False
        return _BACK * own.size <= start - self.end <= _APART * own.size

    def add(self, letter: str, end: float, box: Any) -> None:
        """Put a character behind the others."""
        self.letters.append(letter)
        self.end = end
        self.left, self.right = min(self.left, box.left), max(self.right, box.right)
        self.bottom, self.top = min(self.bottom, box.bottom), max(self.top, box.top)

    def is_near(self) -> bool:
        """Whether it stands on a page that could be printed."""
        corners = (self.left, self.bottom, self.right, self.top, *self.style.origin)
        return all(-_FURTHEST < corner < _FURTHEST for corner in corners) and self.style.size > 0


@dataclass(slots=True)
class _Drawn:
    """What is drawn on a page besides text: corners of thin boxes, and how many pictures."""

    rules: list[tuple[_Point, _Point]] = field(default_factory=list)
    pictures: int = 0
    budget: int = _MOST_OBJECTS


@dataclass(frozen=True, slots=True)
class _View:
    """How a page is held so that most of its text is upright."""

    paper: tuple[float, float, float, float]
    turn: int

    @property
    def sides(self) -> _Point:
        """Width and height."""
        left, bottom, right, top = self.paper
        return (right - left, top - bottom) if self.turn in (0, 180) else (top - bottom, right - left)

    def point(self, point: _Point) -> _Point:
        """A point of the paper on the sheet."""
        (left, bottom, right, top), (x, y) = self.paper, point
        if self.turn == 90:
            return y - bottom, x - left
        if self.turn == 180:
            return right - x, y - bottom
        return (top - y, right - x) if self.turn == 270 else (x - left, top - y)

    def box(self, first: _Point, last: _Point) -> Box:
        """The box between two corners."""
        (one, two), (three, four) = self.point(first), self.point(last)
        return Box(left=min(one, three), top=min(two, four), right=max(one, three), bottom=max(two, four))

    def fragment(self, run: _Run) -> Fragment:
        """A run on the sheet."""
        return Fragment(
            text="".join(run.letters),
            box=self.box((run.left, run.bottom), (run.right, run.top)),
            base=self.point(run.style.origin)[1],
            size=run.style.size,
            font=run.style.font,
            bold=run.style.bold,
            mark=run.style.mark,
        )


def read_page(page: pdfium.PdfPage) -> tuple[Sheet, int]:
    """The page, and how many of its characters no font says the letter of. PdfiumError where it cannot be read."""
    text = page.get_textpage()
    runs, unmapped = _runs(text.raw)
    # A landscape page may be drawn on its side; a watermark across the page is in the minority.
    turns: Counter[int] = Counter()
    for run in runs:
        turns[run.style.turn] += len(run.letters)
    usual = max(turns, key=turns.__getitem__, default=0)
    view = _View(paper=page.get_mediabox(), turn=usual if usual % 90 == 0 else 0)
    drawn = _Drawn()
    _walk(page.raw, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, drawn, _DEEP)
    width, height = view.sides
    upright = (view.fragment(run) for run in runs if run.style.turn == view.turn and run.is_near())
    sheet = Sheet(
        width=width,
        height=height,
        fragments=tuple(fragment for fragment in upright if fragment.text.strip()),
        rules=tuple(view.box(*corners) for corners in drawn.rules),
        pictures=drawn.pictures,
    )
    text.close()
    page.close()
    return sheet, unmapped


def _runs(text: Any) -> tuple[list[_Run], int]:
    """All runs in the order of drawing, and how many characters have no known letter."""
    runs: list[_Run] = []
    unmapped = 0
    for letter, style, box in _letters(text):
        if not letter:
            unmapped += 1
            continue
        start, end = _along(style.turn, box)
        if runs and runs[-1].takes(style, start):
            runs[-1].add(letter, end, box)
        else:
            runs.append(_Run(style, end, box.left, box.bottom, box.right, box.top, [letter]))
    return runs, unmapped


def _letters(text: Any) -> Iterator[tuple[str, _Style, Any]]:
    """Each drawn character with its style and its box, "" where its letter is not known; a generated blank leads it."""
    styles: dict[int | None, _Style] = {}
    box, spaced = raw.FS_RECTF(), ""
    for at in range(raw.FPDFText_CountChars(text)):
        code = raw.FPDFText_GetUnicode(text, at)
        if code in _BLANKS and raw.FPDFText_IsGenerated(text, at) == 1:
            spaced = " "
            continue
        key = ctypes.cast(raw.FPDFText_GetTextObject(text, at), ctypes.c_void_p).value
        style = styles.get(key)
        if style is None:
            style = styles[key] = _style(text, at)
        raw.FPDFText_GetLooseCharBox(text, at, box)
        letter = _letter(text, at, code)
        yield (spaced + letter if letter else ""), style, box
        spaced = ""


def _letter(text: Any, at: int, code: int) -> str:
    if code in _SOFT_HYPHENS:
        return "\u00ad"
    if code == 0 or 0xD800 <= code < 0xE000 or code > 0x10FFFF or raw.FPDFText_HasUnicodeMapError(text, at) == 1:
        return ""
    return chr(code)


def _along(turn: int, box: Any) -> _Point:
    """Where a character begins and ends in the direction of its text."""
    if turn == 90:
        return box.bottom, box.top
    if turn == 180:
        return -box.right, -box.left
    return (-box.top, -box.bottom) if turn == 270 else (box.left, box.right)


def _style(text: Any, at: int) -> _Style:
    name, flags = ctypes.create_string_buffer(_NAME_BYTES), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, at, name, _NAME_BYTES, flags)
    font = name.value.decode("utf-8", errors="replace")
    matrix, x, y = raw.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetMatrix(text, at, matrix)
    raw.FPDFText_GetCharOrigin(text, at, x, y)
    size = raw.FPDFText_GetFontSize(text, at) * math.hypot(matrix.c, matrix.d)
    turn = round(math.degrees(math.atan2(matrix.b, matrix.a))) % 360
    bold = bool(_BOLD.search(font)) or raw.FPDFText_GetFontWeight(text, at) >= _BOLD_WEIGHT
    across = y.value if turn in (0, 180) else x.value
    mark = raw.FPDFPageObj_GetMarkedContentID(raw.FPDFText_GetTextObject(text, at))
    return _Style(font, round(size, 1), bold, turn, (x.value, y.value), across, mark if mark >= 0 else None)


def _walk(
    holder: Any,
    count: Callable[[Any], int],
    get: Callable[[Any, int], Any],
    drawn: _Drawn,
    deep: int,
) -> None:
    for at in range(count(holder)):
        drawn.budget -= 1
        if drawn.budget < 0:
            return
        one = get(holder, at)
        kind = raw.FPDFPageObj_GetType(one)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            drawn.pictures += 1
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            drawn.rules += _rules(one)
        elif kind == raw.FPDF_PAGEOBJ_FORM and deep:
            _walk(one, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, drawn, deep - 1)


def _rules(path: Any) -> list[tuple[_Point, _Point]]:
    """A thin path is a line; a stroked rectangle is four of them."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(path, left, bottom, right, top):
        return []
    one, two, three, four = left.value, bottom.value, right.value, top.value
    if three - one <= _THIN or four - two <= _THIN:
        return [((one, two), (three, four))]
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    if not stroke.value or raw.FPDFPath_CountSegments(path) > 5:
        return []
    corners = [(one, two), (one, four), (three, four), (three, two), (one, two)]
    return [((min(a[0], b[0]), min(a[1], b[1])), (max(a[0], b[0]), max(a[1], b[1]))) for a, b in pairwise(corners)]

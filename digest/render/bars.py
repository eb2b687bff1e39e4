"""The one drawing of a chart, as SVG: bars with names before them and values at their ends. Pure.

Page, PDF and Word show this same drawing. Black on white it can be read in grey; the text takes the colour of the text
around it. It comes as the axis and bands of bars to be set one under the other without a gap: paper can turn between
two bands, never inside a bar, and repeat the axis there.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from digest.render.figures import Figures, aloud

WIDTH = 640  # units; the drawing takes the width of the text it stands in
LINE = 16  # a name's line
_FACES = "Liberation Serif, 'Times New Roman', DejaVu Sans, serif"
_SIZE, _GAP, _BAR, _AXIS = 14, 7, 11, 20
_WIDEST_NAME = 310
_TALLEST = 100  # of a band: five bars, so that a page break leaves little empty
_MOST_LINES = 8
# In Times, as parts of the letters' size; all others below are those of 0.51 and the capitals of 0.72.
_WIDTHS = (
    (frozenset("ijltfrI.,;:'|!()[]/- \u2019"), 0.34),
    (frozenset("acesz"), 0.45),
    (frozenset("mwMW@%—…□"), 0.9),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Field:
    """Where the bars lie: their left edge, their breadth, the foot of the bars in it (0–1), their colour."""

    left: float
    breadth: float
    zero: float
    colour: str


def drawn_bars(shown: Figures, colour: str) -> Figures:
    """The chart's `axis` as SVG, and its `bands`, each `svg` with what is read `aloud` in its place."""
    names = min(_WIDEST_NAME, max(_width(row["name"]) for row in shown["rows"]) + 4)
    rows = [{**row, "lines": _wrapped(row["name"], names)} for row in shown["rows"]]
    left = names + _GAP
    breadth = WIDTH - left - max(_width(row["value"]) for row in rows) - 2 * _GAP
    field = _Field(left=left, breadth=breadth, zero=shown["zero"], colour=colour)
    bands = list(_bands(rows))
    return {
        "axis": _svg(_AXIS, _tick_words(shown["ticks"], field)),
        "bands": [
            {
                "svg": _svg(sum(map(_height, band)), _band(band, shown["ticks"], field)),
                "aloud": aloud(shown, band, f"{count}/{len(bands)}" if len(bands) > 1 else ""),
            }
            for count, band in enumerate(bands, 1)
        ],
    }


def _height(row: Figures) -> int:
    return len(row["lines"]) * LINE + 4


def _bands(rows: list[Figures]) -> Iterator[list[Figures]]:
    """Rows in bands about alike, none much taller than `_TALLEST`."""
    whole = sum(map(_height, rows))
    share = whole / -(-whole // _TALLEST)
    band: list[Figures] = []
    taken, end = 0.0, share
    for row in rows:
        if band and taken + _height(row) / 2 > end:
            yield band
            band, end = [], end + share
        band.append(row)
        taken += _height(row)
    yield band


def _svg(height: int, parts: Iterable[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'aria-hidden="true" font-family="{_FACES}" font-size="{_SIZE}" fill="currentColor">{"".join(parts)}</svg>'
    )


def _tick_words(ticks: list[Figures], field: _Field) -> Iterator[str]:
    """Where ticks stand close only every second or third has its words."""
    spacing = field.breadth / (len(ticks) - 1)
    every = int((max(_width(tick["words"]) for tick in ticks) + _GAP) // spacing) + 1
    for tick in ticks[::every]:
        x = field.left + tick["at"] * field.breadth
        yield f'<text x="{x:.1f}" y="{_AXIS - 6}" text-anchor="middle">{escape(tick["words"])}</text>'


def _band(rows: list[Figures], ticks: list[Figures], field: _Field) -> Iterator[str]:
    for tick in ticks:
        x = field.left + tick["at"] * field.breadth
        yield f'<path d="{_rule(rows, field, x)}" stroke="#b0b0b0" stroke-width="0.6"/>'
    top = 0
    for row in rows:
        yield from _bar(row, field, top)
        top += _height(row)


def _rule(rows: list[Figures], field: _Field, x: float) -> str:
    """The line of a tick down the band, with a gap where a value's words stand."""
    steps, top, is_drawn = [], 0, False
    for row in rows:
        first, last = _words_of_value(row, field)
        is_free = not first - 2 < x < last + 2
        if is_free and not is_drawn:
            steps.append(f"M{x:.1f} {top}")
        top += _height(row)
        if is_free:
            steps.append(f"V{top}")
        is_drawn = is_free
    return "".join(steps) or f"M{x:.1f} 0"


def _words_of_value(row: Figures, field: _Field) -> tuple[float, float]:
    """Where the value's words begin and end."""
    first = field.left + max(field.zero, row["part"]) * field.breadth + _GAP - 2
    return first, first + _width(row["value"])


def _bar(row: Figures, field: _Field, top: float) -> Iterator[str]:
    middle = top + _height(row) / 2
    foot, end = (field.left + share * field.breadth for share in (field.zero, row["part"]))
    first = middle - len(row["lines"]) * LINE / 2 + 12
    for place, line in enumerate(row["lines"]):
        yield f'<text x="{field.left - _GAP:.1f}" y="{first + place * LINE:.1f}" text-anchor="end">{escape(line)}</text>'
    x, length = min(foot, end), abs(end - foot)
    yield f'<rect x="{x:.1f}" y="{middle - _BAR / 2:.1f}" width="{length:.1f}" height="{_BAR}" fill="{field.colour}"/>'
    yield f'<text x="{_words_of_value(row, field)[0]:.1f}" y="{middle + 5:.1f}">{escape(row["value"])}</text>'


def _wrapped(name: str, widest: float) -> list[str]:
    """The name in lines that fit, at blanks where it has some; what eight lines cannot hold is cut with a mark."""
    lines = [""]
    for word in _fitting(name, widest):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _width(longer) > widest:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines if len(lines) <= _MOST_LINES else [*lines[: _MOST_LINES - 1], f"{lines[_MOST_LINES - 1][:-1]}…"]


def _fitting(name: str, widest: float) -> Iterator[str]:
    """The words, those wider than a line in pieces."""
    for word in name.split():
        piece = ""
        for char in word:
            if piece and _width(piece + char) > widest:
                yield piece
                piece = ""
            piece += char
        yield piece


def _width(text: str) -> float:
    """About how wide the text is set, rather too wide than too narrow: no font is at hand where a page is shown."""
    return sum(map(_letter_width, unicodedata.normalize("NFD", text)))


def _letter_width(char: str) -> float:
    if unicodedata.combining(char):
        return 0.0
    for letters, width in _WIDTHS:
        if char in letters:
            return width * _SIZE
    if unicodedata.east_asian_width(char) in {"W", "F"} or ord(char) > 0xFFFF:
        return 1.2 * _SIZE
    return (0.72 if char.isupper() else 0.51 if ord(char) < 0x250 else 0.7) * _SIZE

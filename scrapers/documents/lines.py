"""Fragments of a page → its lines. A gap as wide as a letter parts two lines: they may belong to two columns."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from digest.text import one_line
from scrapers.documents.sheets import Box, Fragment, around

_SAME_ROW = 0.45  # of the size: marks above and below the line are set smaller and higher
_BLANK = 0.15  # of the size
_GUTTER = 1.0
_BEHIND_A_MARKER = 4.0
BULLET = re.compile(r"[•●○◦▪■□▫➢➤►▶✓✔❖◆♦⮚\u00b7\uf0b7\uf0a7\uf0d8\uf076\uf0fc*]|[-–—+](?=\s)")
_MARKER = re.compile(rf"\s*(?:{BULLET.pattern}|[-–—+]|\(?(?:\d{{1,2}}|[a-zđ]|[IVX]{{1,5}})[.)])\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line as it is stored, or a whole row of a table; `visible` makes print of it, once old fonts are converted."""

    text: str
    box: Box
    base: float
    size: float
    bold: bool = False
    kind: Literal["text", "row"] = "text"


def lines_of(fragments: Iterable[Fragment]) -> list[Line]:
    """The lines from top to bottom, those on one base line from left to right."""
    lines: list[Line] = []
    for row in _rows(fragments):
        pieces: list[list[Fragment]] = []
        for fragment in sorted(row, key=lambda one: one.box.left):
            if pieces and _follows(pieces[-1], fragment):
                pieces[-1].append(fragment)
            else:
                pieces.append([fragment])
        lines += map(_line, pieces)
    return lines


def in_rows(lines: Sequence[Line]) -> list[list[Line]]:
    """The same lines, those on about one base line together, from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda one: (one.base, one.box.left)):
        if rows and line.base - rows[-1][0].base <= _SAME_ROW * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda one: one.box.left) for row in rows]


def _rows(fragments: Iterable[Fragment]) -> list[list[Fragment]]:
    rows: list[list[Fragment]] = []
    for fragment in sorted(fragments, key=lambda one: one.base):
        if rows and fragment.base - rows[-1][0].base <= _SAME_ROW * max(fragment.size, rows[-1][0].size):
            rows[-1].append(fragment)
        else:
            rows.append([fragment])
    return rows


def _follows(piece: list[Fragment], fragment: Fragment) -> bool:
    size = max(piece[-1].size, fragment.size)
    gap = fragment.box.left - max(one.box.right for one in piece)
    alone = len(piece) == 1 and _MARKER.fullmatch(piece[0].text)
    return gap <= (_BEHIND_A_MARKER if alone else _GUTTER) * size


def _line(piece: list[Fragment]) -> Line:
    text = piece[0].text
    for last, fragment in pairwise(piece):
        gap = fragment.box.left - last.box.right
        text += " " + fragment.text if gap > _BLANK * max(last.size, fragment.size) else fragment.text
    sizes: Counter[float] = Counter()
    for fragment in piece:
        sizes[fragment.size] += len(fragment.text)
    size = max(sizes, key=sizes.__getitem__)
    main = [fragment for fragment in piece if fragment.size == size]
    bold = sum(len(one.text) for one in piece if one.bold)
    return Line(
        text=text.strip(" \t\n"),
        box=around([one.box for one in piece]),
        base=main[0].base,
        size=size,
        bold=bold >= 0.9 * sum(len(one.text) for one in piece),
    )


def visible(text: str) -> str:
    """The text on one line; a soft hyphen at its very end is kept, for it says that a word goes on."""
    plain = one_line(text)
    return f"{plain}\u00ad" if plain and text.rstrip().endswith("\u00ad") else plain

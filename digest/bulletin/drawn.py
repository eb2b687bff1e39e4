"""The drawings among a document's lines: charts are read from what is said aloud in their place, pictures left out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from digest.bulletin.chart_words import chart_of_aloud
from digest.bulletin.lines import Line

_CHART = re.compile(r"Biểu đồ(?::|, phần 1/)")
_FOLLOWS = re.compile(r"Biểu đồ, phần \d+/\d+\. ")
_LINE = re.compile(r"(?:Đơn vị|Nguồn): ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A line, or a drawing with what is said `aloud` in its place, or the lines set `below` a drawing."""

    line: Line | None = None
    aloud: str = ""
    below: tuple[str, ...] = ()


def with_charts(pieces: Sequence[Piece]) -> list[Line]:
    """The lines, each chart as one; its title stands before its drawing. What stands below pictures is left out."""
    made: list[Line] = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        at += 1
        if piece.line:
            made.append(piece.line)
        elif _CHART.match(piece.aloud):
            said = [piece.aloud]
            while at < len(pieces) and _FOLLOWS.match(pieces[at].aloud):
                said.append(pieces[at].aloud)
                at += 1
            below: list[str] = []
            while at < len(pieces) and pieces[at].below:
                below += pieces[at].below
                at += 1
            _add_chart(made, said, _whole(below))
    return made


def _add_chart(made: list[Line], said: Sequence[str], below: Sequence[str]) -> None:
    """The chart in place of its title; where it cannot be read its title stays a line."""
    title = made[-1] if made else None
    chart = chart_of_aloud(title.text, said, below) if title else None
    if title and chart:
        made[-1] = replace(title, kind="p", chart=chart)


def _whole(lines: Sequence[str]) -> list[str]:
    """The lines below a chart as they were before a page's width broke them: unit, note, source."""
    made: list[str] = []
    for line in lines:
        if not made or _LINE.match(line) or re.match(r"Đơn vị: .+\.$", made[-1]):
            made.append(line)
        else:
            made[-1] += f" {line}"
    return made

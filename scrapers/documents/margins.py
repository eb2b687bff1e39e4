"""What stands at the edge of every page: running heads, feet, page numbers. They are no part of the text."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from digest.text import fold
from scrapers.documents.lines import Line
from scrapers.documents.sheets import Sheet

_ZONE = 0.12  # of the height, at either edge
_OFTEN = 0.3  # of the pages; left and right pages may have heads of their own
_NEARLY_ALWAYS = 0.8  # for what is set larger than text: a deck repeats its titles
_LARGE = 1.15
_SAME_PLACE = 6.0  # points
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"[-–—|\s]*(?:trang|page|tr\.)?\s*\d{1,4}(?:\s*/\s*\d{1,4})?[-–—|\s]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Place:
    """A line at an edge: on which sheet, where."""

    sheet: int
    at: int
    line: Line


def without_margins(pages: Sequence[Sequence[Line]], sheets: Sequence[Sheet], body_size: float) -> list[list[Line]]:
    """The lines of each page without running heads, feet and page numbers."""
    groups: dict[tuple[str, bool], list[_Place]] = defaultdict(list)
    dropped: set[tuple[int, int]] = set()
    for number, (lines, sheet) in enumerate(zip(pages, sheets, strict=True)):
        for at, line in enumerate(lines):
            zone = _zone(line, sheet)
            if zone is not None and line.kind == "text":
                groups[_NUMBER.sub("#", fold(line.text)), zone].append(_Place(number, at, line))
                if _PAGE_NUMBER.fullmatch(line.text):
                    dropped.add((number, at))
    for places in groups.values():
        if _runs(places, len(pages), body_size):
            dropped |= {(place.sheet, place.at) for place in places}
    return [
        [line for at, line in enumerate(lines) if (number, at) not in dropped] for number, lines in enumerate(pages)
    ]


def _zone(line: Line, sheet: Sheet) -> bool | None:
    """True at the upper edge, False at the lower one, None between."""
    if line.box.bottom <= _ZONE * sheet.height:
        return True
    return False if line.box.top >= (1 - _ZONE) * sheet.height else None


def _runs(places: Sequence[_Place], pages: int, body_size: float) -> bool:
    """Whether these lines of equal words are one running head: at one height, on enough pages, counting pages at most."""
    usual = sorted(place.line.base for place in places)[len(places) // 2]
    same = {place.sheet for place in places if abs(place.line.base - usual) <= _SAME_PLACE}
    large = any(place.line.size >= _LARGE * body_size for place in places)
    wanted = max(2 if pages < 6 else 3, (_NEARLY_ALWAYS if large else _OFTEN) * pages)
    return len(same) >= wanted and _numbers_count_pages(places)


def _numbers_count_pages(places: Sequence[_Place]) -> bool:
    """Each number is the same everywhere or grows with the pages: `Chương 1`, `Chương 2` are headings."""
    rows = [[int(one) for one in _NUMBER.findall(place.line.text)] for place in places]
    for column in zip(*rows, strict=True):
        offsets = {value - place.sheet for value, place in zip(column, places, strict=True)}
        if len(set(column)) > 1 and len(offsets) > 1:
            return False
    return True

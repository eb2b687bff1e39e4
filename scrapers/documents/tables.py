"""Tables that are drawn with lines → one row after the other, its cells parted by ` | `."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scrapers.documents.lines import Line, lines_of
from scrapers.documents.sheets import Box, Fragment, Sheet, around

_TOUCH = 3.0  # points
_MOST_RULES = 400  # a drawing, not a table
_LEAST = 3  # edges each way: two rows of two cells


@dataclass(frozen=True, slots=True)
class _Grid:
    """The edges of a table's columns and rows."""

    across: tuple[float, ...]
    down: tuple[float, ...]

    def cell(self, box: Box) -> tuple[int, int] | None:
        """Row and column in which the middle of a box lies."""
        column = _between(self.across, (box.left + box.right) / 2)
        row = _between(self.down, (box.top + box.bottom) / 2)
        return None if row is None or column is None else (row, column)


def rows_of_tables(sheet: Sheet) -> tuple[list[Line], list[Fragment]]:
    """The rows of the sheet's ruled tables, and the fragments that stand outside of them."""
    grids = _grids(sheet.rules) if len(sheet.rules) <= _MOST_RULES else []
    if not grids:
        return [], list(sheet.fragments)
    cells: dict[tuple[int, int], dict[int, list[Fragment]]] = defaultdict(lambda: defaultdict(list))
    rest: list[Fragment] = []
    for fragment in sheet.fragments:
        found = ((number, grid.cell(fragment.box)) for number, grid in enumerate(grids))
        home = next(((number, cell) for number, cell in found if cell), None)
        if home is None:
            rest.append(fragment)
        else:
            number, (row, column) = home
            cells[number, row][column].append(fragment)
    return [_row([row[column] for column in sorted(row)]) for _, row in sorted(cells.items())], rest


def one_row(texts: Iterable[str], lines: Sequence[Line]) -> Line:
    """A row of a table; `lines` are what it was made of."""
    return Line(
        text=" | ".join(texts),
        box=around([line.box for line in lines]),
        base=lines[0].base,
        size=lines[0].size,
        kind="row",
    )


def _row(cells: Sequence[Sequence[Fragment]]) -> Line:
    read = [lines_of(cell) for cell in cells]
    texts = (" ".join(line.text for line in lines) for lines in read)
    return one_row(texts, [line for lines in read for line in lines])


def _grids(rules: Sequence[Box]) -> list[_Grid]:
    grids = []
    for group in _touching(rules):
        across = _merged(rule.left for rule in group if rule.height > rule.width)
        down = _merged(rule.top for rule in group if rule.width >= rule.height)
        if len(across) >= _LEAST and len(down) >= _LEAST:
            grids.append(_Grid(across, down))
    return grids


def _touching(rules: Sequence[Box]) -> list[list[Box]]:
    """Rules that meet or cross, group by group."""
    groups: list[list[Box]] = []
    left = list(rules)
    while left:
        group = [left.pop()]
        for rule in group:  # grows while it is walked
            rest: list[Box] = []
            for other in left:
                (group if _meet(rule, other) else rest).append(other)
            left = rest
        groups.append(group)
    return groups


def _meet(one: Box, other: Box) -> bool:
    return (
        one.left - _TOUCH <= other.right
        and other.left - _TOUCH <= one.right
        and one.top - _TOUCH <= other.bottom
        and other.top - _TOUCH <= one.bottom
    )


def _merged(edges: Iterable[float]) -> tuple[float, ...]:
    kept: list[float] = []
    for edge in sorted(edges):
        if not kept or edge - kept[-1] > _TOUCH:
            kept.append(edge)
    return tuple(kept)


def _between(edges: Sequence[float], value: float) -> int | None:
    if not edges[0] <= value <= edges[-1]:
        return None
    return sum(edge <= value for edge in edges[1:-1])

"""Lines of a page → blocks in reading order: columns one after the other, a line across them before what is below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from scrapers.documents.lines import Line, in_rows
from scrapers.documents.sheets import around
from scrapers.documents.tables import one_row

_DEEP = 4
_MOST_EDGES = 12
_SAME_EDGE = 4.0  # points
_NARROW = 0.15  # of the width: nearer to the left edge no column begins
_GUTTER = 0.5  # of the size
_LEAST_LINES = 3
_ALIGNED = 0.8
_SHORT_CELL = 3  # words
Block = list[Line]


@dataclass(frozen=True, slots=True)
class _Band:
    """Lines between two that cross the gutter; `across` are lines that cross it, with what stands among them."""

    left: Block
    right: Block
    across: Block

    @property
    def columns(self) -> bool:
        """Whether there is text on both sides, side by side."""
        if min(len(self.left), len(self.right)) < 2:
            return False
        one, other = (around([line.box for line in side]) for side in (self.left, self.right))
        return one.overlap_down(other) > 1.5 * self.left[0].box.height


def reading_order(lines: Sequence[Line]) -> list[Block]:
    """The page's blocks; each holds lines of one column from top to bottom."""
    return _ordered(list(lines), _DEEP)


def _ordered(lines: Block, deep: int) -> list[Block]:
    edge = _column_edge(lines) if deep else None
    if edge is None:
        return [_with_tables(in_rows(lines))] if lines else []
    blocks: list[Block] = []
    for band in _bands(lines, edge):
        if not band.columns:
            blocks += _ordered([*band.across, *band.left, *band.right], 0)
        elif _is_table(band):
            blocks.append(_rows([*band.left, *band.right]))
        else:
            blocks += _ordered(band.left, deep - 1) + _ordered(band.right, deep - 1)
    return blocks


def _with_tables(rows: list[Block]) -> Block:
    """The lines row by row; rows one below the other whose cells begin at the same places are a table's."""
    alike = [_cells_meet(one, other) for one, other in pairwise(rows)]
    lines: Block = []
    for row, above, below in zip(rows, [False, *alike], [*alike, False], strict=True):
        lines += [one_row((cell.text for cell in row), row)] if above or below else row
    return lines


def _cells_meet(row: Block, other: Block) -> bool:
    places = zip(row, other, strict=False)
    return len(row) == len(other) > 1 and all(abs(a.box.left - b.box.left) <= _SAME_EDGE for a, b in places)


def _column_edge(lines: Block) -> float | None:
    """The left edge of a column that has another one beside it: the one that parts most lines."""
    if len(lines) < 2 * _LEAST_LINES:
        return None
    page = around([line.box for line in lines])
    edges: dict[float, int] = {}
    for left in sorted(line.box.left for line in lines):
        near = next((edge for edge in reversed(edges) if left - edge <= _SAME_EDGE), left)
        edges[near] = edges.get(near, 0) + 1
    often = [edge for edge in edges if edges[edge] >= 2 and edge > page.left + _NARROW * page.width]
    often = sorted(often, key=lambda edge: -edges[edge])[:_MOST_EDGES]
    scored = [(_parted(lines, edge), -edge) for edge in often]
    best, edge = max(scored, default=(0, 0.0))
    return -edge if best >= _LEAST_LINES else None


def _parted(lines: Block, edge: float) -> int:
    return sum(min(len(band.left), len(band.right)) for band in _bands(lines, edge) if band.columns)


def _bands(lines: Block, edge: float) -> list[_Band]:
    """The page cut where lines cross the edge; bands without columns are put together with the lines around them."""
    bands: list[_Band] = []
    left: Block = []
    right: Block = []
    for line in [*sorted(lines, key=lambda one: (one.box.top, one.box.left)), None]:
        if line is not None and line.box.left >= edge - 1:
            right.append(line)
        elif line is not None and line.box.right <= edge - _GUTTER * line.size:
            left.append(line)
        else:
            band = _Band(left, right, [])
            if band.columns:
                bands.append(band)
            else:
                _put(bands, [*left, *right])
            _put(bands, [line] if line is not None else [])
            left, right = [], []
    return bands


def _put(bands: list[_Band], lines: Block) -> None:
    if lines and (not bands or not bands[-1].across):
        bands.append(_Band([], [], []))
    if lines:
        bands[-1].across.extend(lines)


def _is_table(band: _Band) -> bool:
    """Cells of a table without rules: each line has one beside it, and on one side they are a word or two."""
    rows = in_rows([*band.left, *band.right])
    both = sum(len(row) > 1 for row in rows)
    words = [median(len(line.text.split()) for line in side) for side in (band.left, band.right)]
    return both >= _ALIGNED * len(rows) and min(words) < _SHORT_CELL


def _rows(lines: Block) -> Block:
    return [one_row((cell.text for cell in row), row) if len(row) > 1 else row[0] for row in in_rows(lines)]

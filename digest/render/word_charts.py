"""The charts of a Word document: the one drawing as a picture, its figures in words for those who cannot see it."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from docx.shared import Emu

from digest.model import Chart
from digest.render.bars import drawn_bars
from digest.render.figures import figures
from digest.render.glyphs import settable
from digest.render.typesetting import printable, svg_as_png
from digest.render.view import ItemView
from digest.render.word_parts import Element, drawing, element, paragraph, run


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A drawing as PNG, and what is read aloud in its place."""

    png: bytes
    aloud: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A chart ready for the document."""

    title: str
    axis: Picture
    bands: tuple[Picture, ...]
    below: tuple[str, ...]


def drawn_charts(items: Iterable[ItemView], colour: str) -> tuple[dict[Chart, Drawn], tuple[str, ...]]:
    """Each chart of the items drawn once, and a note on each character that the drawings' faces lack."""
    made: dict[Chart, Drawn] = {}
    noted: dict[str, None] = {}
    for number, chart in ((item.number, chart) for item in items for chart in item.charts):
        known = {"number": number, **figures(chart)}
        shown, notes = settable(known, format_name="docx", shows=printable().__contains__)
        noted |= dict.fromkeys(notes)
        drawn = drawn_bars(shown, colour)
        bands = (Picture(png=svg_as_png(band["svg"]), aloud=band["aloud"]) for band in drawn["bands"])
        axis = Picture(png=svg_as_png(drawn["axis"]))
        made[chart] = Drawn(title=shown["title"], axis=axis, bands=tuple(bands), below=tuple(shown["below"]))
    return made, tuple(noted)


def chart_blocks(part: Any, drawn: Drawn, numbers: Iterator[int], width: int) -> Iterator[Element]:
    """Title, a table `width` EMU wide of axis and bands, the lines below; `numbers` tell pictures apart.

    A table's first row stands on each of its pages anew, and its rows are not torn.
    """
    yield paragraph("ChartTitle", run(drawn.title))
    table = element("w:tbl")
    table.extend(_table_properties(width))
    table.append(_row(_shown(part, drawn.axis, next(numbers), width), width, element("w:tblHeader"), holds=True))
    for count, band in enumerate(drawn.bands, 1):
        holds = bool(drawn.below) and count == len(drawn.bands)
        table.append(_row(_shown(part, band, next(numbers), width), width, holds=holds))
    yield table
    # A paragraph parts the table from one that follows.
    yield from [paragraph("ChartNote", run(line)) for line in drawn.below] or [paragraph("Chart")]


def _table_properties(width: int) -> Iterator[Element]:
    properties = element("w:tblPr")
    properties.append(element("w:tblW", w=_twips(width), type="dxa"))
    properties.append(element("w:tblLayout", type="fixed"))
    margins = element("w:tblCellMar")
    margins.extend(element(f"w:{side}", w="0", type="dxa") for side in ("left", "right"))
    properties.append(margins)
    grid = element("w:tblGrid")
    grid.append(element("w:gridCol", w=_twips(width)))
    yield from (properties, grid)


def _row(picture: Element, width: int, *more: Element, holds: bool) -> Element:
    """A row that is not torn; `holds`: it stays with what follows."""
    row, properties, cell, size = (element(tag) for tag in ("w:tr", "w:trPr", "w:tc", "w:tcPr"))
    properties.extend([element("w:cantSplit"), *more])
    size.append(element("w:tcW", w=_twips(width), type="dxa"))
    cell.extend([size, paragraph("Chart", picture, **({"keepNext": "true"} if holds else {}))])
    row.extend([properties, cell])
    return row


def _shown(part: Any, picture: Picture, number: int, width: int) -> Element:
    inline = part.new_pic_inline(io.BytesIO(picture.png), width=Emu(width))
    return drawing(inline, "Biểu đồ", number, picture.aloud)


def _twips(emu: int) -> str:
    return str(round(emu / 635))

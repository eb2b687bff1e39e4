"""The top of the Word document's page 1: what is special about the version, then the masthead or a cover."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from digest.logo import logo_at
from digest.render.colours import palette
from digest.render.links import office_colour
from digest.render.typesetting import svg_as_png
from digest.render.view import Masthead, View
from digest.render.word_parts import ITALIC, Element, Look, bookmark, close, element, paragraph, run
from digest.render.word_rules import word_colour
from digest.render.word_styles import text_width

TOP = "dautrang"
_LEFT_CELL = Mm(48)
_LOGO_HEIGHT, _COVER_LOGO_HEIGHT = Mm(14), Mm(18)
_DASH = " – "


def top_of_page_one(document: Any, view: View) -> None:
    """The notice where there is one, and below it what the bulletin is called."""
    if view.notice:
        document.element.body.insert_element_before(paragraph("Notice", run(view.notice)), "w:sectPr")
    if view.profile.layout.cover:
        _cover(document, view)
    else:
        _masthead(document, view)


def _masthead(document: Any, view: View) -> None:
    """A table: the day at the left on the office's colour, the bulletin's name at the right."""
    table = document.add_table(rows=1, cols=2)
    width = text_width(document.sections[0])
    shades = palette(office_colour(view.profile))
    left, right = table.rows[0].cells
    _sized(table, (_LEFT_CELL, width - _LEFT_CELL))
    _filled(left, word_colour(shades.brand))
    _put(left, _day(view.masthead, word_colour(shades.on_brand)))
    _put(right, _name(view.masthead, word_colour(shades.accent)))
    _logo(right.paragraphs[0], view, _LOGO_HEIGHT)


def _cover(document: Any, view: View) -> None:
    """A box over the whole width with the name in it; year and day below."""
    body = document.element.body
    if view.profile.masthead.logo:
        below = paragraph("Centred")
        body.insert_element_before(below, "w:sectPr")
        _logo(Paragraph(below, document._body), view, _COVER_LOGO_HEIGHT)  # noqa: SLF001 - python-docx offers it so
    table = document.add_table(rows=1, cols=1)
    shades = palette(office_colour(view.profile))
    box = table.rows[0].cells[0]
    _sized(table, (text_width(document.sections[0]),))
    _filled(box, word_colour(shades.brand))
    words = view.masthead
    _put(box, _cover_words(words, word_colour(shades.on_brand)))
    for line in (_DASH.join(filter(None, (words.year, words.released))), words.frequency):
        if line:
            look = ITALIC if line == words.frequency else Look()
            body.insert_element_before(paragraph("Centred", run(line, look)), "w:sectPr")


def _sized(table: Any, widths: tuple[int, ...]) -> None:
    table.autofit = False
    for column, cell, size in zip(table.columns, table.rows[0].cells, widths, strict=True):
        column.width = cell.width = size
        cell._tc.get_or_add_tcPr().append(element("w:vAlign", val="center"))  # noqa: SLF001


def _filled(cell: Any, colour: str) -> None:
    shade = element("w:shd", val="clear", color="auto", fill=colour)
    cell._tc.tcPr.find(qn("w:vAlign")).addprevious(shade)  # noqa: SLF001 - the schema's order


def _put(cell: Any, content: Iterator[Element]) -> None:
    old = cell.paragraphs[0]._p  # noqa: SLF001
    for part in content:
        old.addprevious(part)
    old.getparent().remove(old)


def _logo(before: Any, view: View, height: int) -> None:
    """The office's logo on a line above; Word as python-docx writes it takes no SVG, so that one comes as PNG."""
    file = view.profile.masthead.logo
    if file is None:
        return
    logo = logo_at(Path(file))
    drawn = logo.media == "image/svg+xml"
    data = svg_as_png(logo.data.decode("utf-8-sig", "replace")) if drawn else logo.data
    line = before.insert_paragraph_before()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    shape = line.add_run().add_picture(BytesIO(data), height=height)
    words = f"Biểu trưng {view.profile.imprint.issuer or view.profile.masthead.name}"
    shape._inline.docPr.set("descr", words)  # noqa: SLF001
    close(shape._inline)  # noqa: SLF001


def _day(words: Masthead, colour: str) -> Iterator[Element]:
    plain, strong = Look(colour=colour), Look(colour=colour, bold=True, size=16)
    yield paragraph("Centred", *bookmark(TOP, 0, [run(words.year, plain)]))
    if words.weekday:
        yield paragraph("Centred", run(words.weekday, strong))
    for line in filter(None, (words.released, words.number)):
        yield paragraph("Centred", run(line, plain))


def _name(words: Masthead, colour: str) -> Iterator[Element]:
    yield paragraph("Centred", run(words.kicker, Look(italic=True, size=15, colour=colour)))
    yield paragraph("Title", run(words.name), jc="center")
    yield paragraph("Centred", run(words.topic, Look(bold=True, size=17, colour=colour)))
    yield paragraph("Centred", run(words.frequency, ITALIC))


def _cover_words(words: Masthead, colour: str) -> Iterator[Element]:
    strong = Look(bold=True, size=17, colour=colour)
    air = paragraph("Centred", run("", Look(size=12)))
    yield air
    yield paragraph("Centred", *bookmark(TOP, 0, [run(words.kicker, Look(italic=True, size=18, colour=colour))]))
    yield paragraph("Title", run(words.name, replace(strong, size=36)), jc="center")
    if words.topic:
        yield paragraph("Centred", run(words.topic, strong))
    turn = _DASH.join(filter(None, (words.number, words.weekday)))
    if turn:
        yield paragraph("Centred", run(turn, replace(strong, size=16)))
    yield deepcopy(air)

"""The Word document's text: masthead, contents, sections with their items, contact line."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as made_by
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from digest.logo import logo_at
from digest.model import Chart, Kind
from digest.render.colours import palette
from digest.render.links import link_target, office_colour
from digest.render.marks import NO_ITEMS, SAME_STORY, ends_in_text, with_marks
from digest.render.view import ItemView, Masthead, View
from digest.render.word_charts import Drawn, chart_blocks
from digest.render.word_parts import (
    ITALIC,
    LINK,
    Element,
    Look,
    bookmark,
    element,
    field,
    link_inside,
    link_outside,
    paragraph,
    run,
    tab,
)
from digest.render.word_pictures import picture_blocks
from digest.render.word_styles import text_width, word_colour

TOP = "dautrang"
STYLES: Mapping[Kind, str] = {
    "p": "BodyText",
    "h": "Heading3",
    "li": "DashEntry",
    "oli": "NumberedEntry",
    "row": "TableRow",
    "q": "Quote",
}
_LEFT_CELL = Mm(48)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the contents; `bookmark` stands at its heading. `number` is None for a section."""

    bookmark: str
    words: str
    number: int | None = None


def entries_of(view: View) -> tuple[Entry, ...]:
    """Sections and items in their order.

    Bookmarks count, as what an issue calls its sections may be no Word name; they are named as Word names those of its
    contents, since LibreOffice shows a page number in the contents for no other.
    """
    made: list[Entry] = []
    for section in view.sections:
        made.append(Entry(bookmark=_bookmark(len(made)), words=section.title))
        for item in section.items:
            made.append(Entry(bookmark=_bookmark(len(made)), words=item.contents_line, number=item.number))
    return tuple(made)


def _bookmark(place: int) -> str:
    return f"_Toc{1000 + place}"


def fill(document: Any, view: View, pages: Mapping[str, int] | None, charts: Mapping[Chart, Drawn]) -> None:
    """Set the issue's text; `pages` gives each bookmark its printed page, None where nobody knows them."""
    masthead(document, view)
    body = document.element.body
    text = _Text(part=document.part, charts=charts, width=text_width(document.sections[0]))
    for part in itertools.chain(_contents(view, pages), _sections(text, view), _contact(view)):
        body.insert_element_before(part, "w:sectPr")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """What the items' paragraphs are made with: the document's part, its charts, its width and pictures' numbers."""

    part: Any
    charts: Mapping[Chart, Drawn]
    width: int
    pictures: Iterator[int] = made_by(default_factory=lambda: itertools.count(1))


def masthead(document: Any, view: View) -> None:
    """The table of page 1: the day at the left on the office's colour, the bulletin's name at the right."""
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    width = text_width(document.sections[0])
    shades = palette(office_colour(view.profile))
    left, right = table.rows[0].cells
    for column, cell, size in zip(table.columns, (left, right), (_LEFT_CELL, width - _LEFT_CELL), strict=True):
        column.width = cell.width = size
        properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001 - python-docx offers its element by this name alone
        if cell is left:
            properties.append(element("w:shd", val="clear", color="auto", fill=word_colour(shades.brand)))
        properties.append(element("w:vAlign", val="center"))
    _put(left, _day(view.masthead, word_colour(shades.on_brand)))
    _put(right, _name(view.masthead, word_colour(shades.accent)))
    _logo(right, view)


def _logo(cell: Any, view: View) -> None:
    """The office's logo above the name; Word as python-docx writes it takes no SVG."""
    file = view.profile.masthead.logo
    logo = logo_at(Path(file)) if file else None
    if logo is None or logo.media == "image/svg+xml":
        return
    line = cell.paragraphs[0].insert_paragraph_before()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    shape = line.add_run().add_picture(BytesIO(logo.data), height=Mm(14))
    words = f"Biểu trưng {view.profile.imprint.issuer or view.profile.masthead.name}"
    shape._inline.docPr.set("descr", words)  # noqa: SLF001 - python-docx offers its element by this name alone


def _put(cell: Any, content: Iterator[Element]) -> None:
    old = cell.paragraphs[0]._p  # noqa: SLF001
    for part in content:
        old.addprevious(part)
    old.getparent().remove(old)


def _day(words: Masthead, colour: str) -> Iterator[Element]:
    plain, strong = Look(colour=colour), Look(colour=colour, bold=True, size=16)
    yield paragraph("Normal", *bookmark(TOP, 0, [run(words.year, plain)]), jc="center")
    if words.weekday:
        yield paragraph("Normal", run(words.weekday, strong), jc="center")
    for line in filter(None, (words.released, words.number)):
        yield paragraph("Normal", run(line, plain), jc="center")


def _name(words: Masthead, colour: str) -> Iterator[Element]:
    yield paragraph("Normal", run(words.kicker, Look(italic=True, size=15, colour=colour)), jc="center")
    yield paragraph("Title", run(words.name))
    yield paragraph("Normal", run(words.topic, Look(bold=True, size=17, colour=colour)), jc="center")
    yield paragraph("Normal", run(words.frequency, ITALIC), jc="center")


def _contents(view: View, pages: Mapping[str, int] | None) -> Iterator[Element]:
    """One field around all lines, so that Word can work it out again; each line links to its heading."""
    entries = entries_of(view)
    if not entries:
        yield paragraph("Intro", run(NO_ITEMS))
        return
    yield paragraph("Intro", run(view.masthead.intro), keepNext="true")
    lines = [paragraph("TOC1" if entry.number is None else "TOC2", _contents_link(entry, pages)) for entry in entries]
    *opening, closing = field('TOC \\o "1-2" \\h \\z \\u', [])
    for part in reversed(opening):
        lines[0].insert(1, part)  # after the paragraph's properties
    lines[-1].append(closing)
    yield from lines


def _contents_link(entry: Entry, pages: Mapping[str, int] | None) -> Element:
    number = [] if entry.number is None else [run(f"{entry.number}."), tab()]
    shown = [run(str(pages[entry.bookmark]))] if pages else []
    page = field(f"PAGEREF {entry.bookmark} \\h", shown, dirty=pages is None)
    return link_inside(entry.bookmark, [*number, run(entry.words), tab(), *page])


def _sections(text: _Text, view: View) -> Iterator[Element]:
    names = itertools.count(1)
    bookmarks = iter(entries_of(view))

    def heading(style: str, words: str) -> Element:
        return paragraph(style, *bookmark(next(bookmarks).bookmark, next(names), [run(words)]))

    for section in view.sections:
        yield heading("Heading1", section.title)
        for item in section.items:
            yield heading("Heading2", item.heading)
            yield from _item(text, item)


def _item(text: _Text, item: ItemView) -> Iterator[Element]:
    """Paragraphs, the last one with source line and link to the top; no page begins with what follows it."""
    closing = _closing(text.part, item)
    more = list(_after(text.part, item))
    keep = {"keepNext": "true"} if more else {}
    yield from picture_blocks(text.part, item, text.pictures, text.width)
    *body, last = [(STYLES[kind], words) for kind, words in with_marks(item.blocks)] or [("", "")]
    lead = Look(bold=True) if item.bold_lead else Look()
    yield from (paragraph(style, run(words, Look() if place else lead)) for place, (style, words) in enumerate(body))
    if ends_in_text(item):
        style, words = last
        yield paragraph(style, run(f"{words} "), *closing, **keep)
    else:
        if last[1]:
            yield paragraph(last[0], run(last[1]), **({} if item.charts else {"keepNext": "true"}))
        for chart in item.charts:
            yield from chart_blocks(text.part, text.charts[chart], text.pictures, text.width)
        yield paragraph("SourceLine", *closing, jc="right", **keep)
    yield from more


def _closing(part: Any, item: ItemView) -> list[Element]:
    """Where no address is printed the source line itself leads to the article."""
    top = [link_inside(TOP, [run(item.top_label, LINK)])] if item.top_label else []
    if not item.source_line:
        return top
    target = None if item.print_address else link_target(item.url)
    words = run(item.source_line, ITALIC)
    source = link_outside(part, target, [words]) if target else words
    return [source, run(" "), *top]


def _after(part: Any, item: ItemView) -> Iterator[Element]:
    if item.print_address and item.url:
        yield paragraph("SourceLine", _linked(part, item.url, item.url))
    if item.also:
        outlets = [_linked(part, other.outlet, other.url) for other in item.also]
        between = itertools.chain.from_iterable((run(", "), outlet) for outlet in outlets)
        yield paragraph("SourceLine", run(f"{SAME_STORY} ", ITALIC), *itertools.islice(between, 1, None))


def _linked(part: Any, words: str, url: str | None) -> Element:
    target = link_target(url)
    return link_outside(part, target, [run(words, LINK)]) if target else run(words)


def _contact(view: View) -> Iterator[Element]:
    if view.contact:
        yield paragraph("Contact", run(view.contact))
    yield from (paragraph("SourceLine", run(words)) for words in view.imprint)

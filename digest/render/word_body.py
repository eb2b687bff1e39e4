"""The Word document's text: contents, sections with their items, contact line."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as made_by
from typing import Any

from digest.model import Chart, Kind
from digest.profile import Profile
from digest.render.links import link_target
from digest.render.marks import NO_ITEMS, SAME_STORY, with_marks
from digest.render.sheet import has_byline, parted, runs_on
from digest.render.view import ItemView, View
from digest.render.word_charts import Drawn, chart_blocks
from digest.render.word_masthead import TOP, top_of_page_one
from digest.render.word_parts import (
    ITALIC,
    LINK,
    Element,
    Look,
    bookmark,
    field,
    link_inside,
    link_outside,
    paragraph,
    run,
    tab,
)
from digest.render.word_pictures import picture_blocks
from digest.render.word_styles import text_width

STYLES: Mapping[Kind, str] = {
    "p": "BodyText",
    "h": "Heading3",
    "li": "DashEntry",
    "oli": "NumberedEntry",
    "row": "TableRow",
    "q": "Quote",
}


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


def fill(
    document: Any, view: View, pages: Mapping[str, int] | None, charts: Mapping[Chart, Drawn], *, unbroken: bool = False
) -> None:
    """Set the issue's text; `pages` gives each bookmark its printed page, None where nobody knows them.

    `unbroken`: a cover's contents are followed by the text on their page.
    """
    top_of_page_one(document, view)
    body = document.element.body
    text = _Text(part=document.part, charts=charts, width=text_width(document.sections[0]), profile=view.profile)
    contents = _contents(view, pages) if view.profile.layout.contents or not view.sections else iter(())
    for part in itertools.chain(contents, _sections(text, view, unbroken=unbroken), _contact(view)):
        body.insert_element_before(part, "w:sectPr")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """What the items' paragraphs are made with: the document's part, its charts, its width and pictures' numbers."""

    part: Any
    profile: Profile
    charts: Mapping[Chart, Drawn]
    width: int
    pictures: Iterator[int] = made_by(default_factory=lambda: itertools.count(1))


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


def _sections(text: _Text, view: View, *, unbroken: bool) -> Iterator[Element]:
    names = itertools.count(1)
    bookmarks = iter(entries_of(view))

    def heading(style: str, words: str, **layout: str) -> Element:
        return paragraph(style, *bookmark(next(bookmarks).bookmark, next(names), [run(words)]), **layout)

    on_new_page = (view.profile.layout.cover and not unbroken, view.profile.layout.sections_on_new_pages)
    for place, section in enumerate(view.sections):
        yield heading("Heading1", section.title, **({"pageBreakBefore": "true"} if on_new_page[place > 0] else {}))
        for item in section.items:
            yield heading("Heading2", item.heading)
            yield from _item(text, item)


def _item(text: _Text, item: ItemView) -> Iterator[Element]:
    """Standfirst, pictures, paragraphs, the last one with source line and link to the top; no page begins with these."""
    closing = _closing(text, item)
    more = list(_after(text.part, item))
    keep = {"keepNext": "true"} if more else {}
    before, after = parted(item, text.profile)
    body = [(STYLES[kind], words) for kind, words in with_marks(item.blocks)]
    if item.bold_lead:
        style, words = body.pop(0)
        yield paragraph(style, run(words, Look(bold=True)))
    yield from picture_blocks(text.part, before, text.pictures, text.width, item.headline)
    *body, last = body or [("", "")]
    for (style, words), (following, _) in itertools.pairwise([*body, last]):
        announces = style == STYLES["p"] and (words.endswith(":") or following in {STYLES["li"], STYLES["oli"]})
        yield paragraph(style, run(words), **({"keepNext": "true"} if announces else {}))
    if runs_on(item, text.profile):
        style, words = last
        yield paragraph(style, run(f"{words} "), *closing, **keep)
    else:
        if last[1]:
            yield paragraph(last[0], run(last[1]), **({} if item.charts or after else {"keepNext": "true"}))
        yield from picture_blocks(text.part, after, text.pictures, text.width, item.headline)
        for chart in item.charts:
            yield from chart_blocks(text.part, text.charts[chart], text.pictures, text.width)
        yield paragraph("Byline" if has_byline(item, text.profile) else "SourceLine", *closing, **keep)
    yield from more


def _closing(text: _Text, item: ItemView) -> list[Element]:
    """Where no address is printed the source line itself leads to the article."""
    top = [link_inside(TOP, [run(item.top_label, LINK)])] if item.top_label else []
    if not item.source_line:
        return top
    target = None if item.print_address else link_target(item.url)
    byline = has_byline(item, text.profile)
    words = run(item.source_line, Look(style="SourceLink" if target else "", bold=byline, italic=not byline))
    source = link_outside(text.part, target, [words]) if target else words
    return [source, run(" "), *top]


def _after(part: Any, item: ItemView) -> Iterator[Element]:
    if item.print_address and item.url:
        yield paragraph("SourceLine", _linked(part, item.url, item.url), **({"keepNext": "true"} if item.also else {}))
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

"""Head and foot of the Word document's pages: ours, or those of the office's own file."""

from typing import Any

from digest.profile import Layout
from digest.render.view import View
from digest.render.word_office import added_to_feet, defined_ends, has_page_number
from digest.render.word_parts import ITALIC, Element, field, paragraph, run


def ends(section: Any, view: View) -> None:
    """Page 1 carries the masthead, so it has no running head; its foot is like the others', a cover has none."""
    layout = view.profile.layout
    on_top = layout.page_number == "top-centre"
    section.different_first_page_header_footer = True
    _fill(section.header, ([_page_number("Header", layout)] if on_top else []) + _running_head(view))
    _fill(section.first_page_header, [])
    _fill(section.footer, [] if on_top else [_page_number("Footer", layout)])
    _fill(section.first_page_footer, [] if on_top or layout.cover else [_page_number("Footer", layout)])


def ends_beside_the_office_s(document: Any, view: View) -> None:
    """Where the office's file has a head or a foot that one stays; a number is added to a foot where no page has one."""
    section, layout = document.sections[0], view.profile.layout
    has_head, has_foot = defined_ends(section)
    if not (has_head or has_foot):
        document.settings.odd_and_even_pages_header_footer = False
        ends(section, view)
        return
    numbered = has_page_number(section)
    if not has_head:
        _fill(section.header, _running_head(view))
    if not has_foot:
        stories = [section.footer, *([section.first_page_footer] if section.different_first_page_header_footer else [])]
        for story in stories:
            _fill(story, [] if numbered else [_page_number("Footer", layout)])
    elif not numbered:
        added_to_feet(section, [_page_number("Footer", layout) for _ in range(3)])  # usual, first and even pages'


def _running_head(view: View) -> list[Element]:
    return [paragraph("Header", run(view.running_head, ITALIC))] if view.profile.layout.running_head else []


def _page_number(style: str, layout: Layout) -> Element:
    side = layout.page_number.partition("-")[2]
    before = [run(f"{layout.page_word} ")] if layout.page_word else []
    return paragraph(style, *before, *field("PAGE", [run("1")]), jc="right" if side == "right" else "center")


def _fill(story: Any, content: list[Element]) -> None:
    story.is_linked_to_previous = False
    old = story.paragraphs[0]._p  # noqa: SLF001 - python-docx offers its element by this name alone
    for part in content:
        old.addprevious(part)
    if content:
        old.getparent().remove(old)

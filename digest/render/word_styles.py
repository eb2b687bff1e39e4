"""The Word document before its text: page, styles by name, language, running head and page number, properties."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from digest.profile import Layout
from digest.render.colours import palette
from digest.render.links import office_colour
from digest.render.view import OPENING_HOUR, View
from digest.render.word_parts import ITALIC, Element, element, field, paragraph, run

FACE = "Times New Roman"
PAPER_MM = {"a4": (210.0, 297.0), "19x27": (190.0, 270.0)}

_PROPERTY_LENGTH = 255  # what Word takes in a document property
_JUSTIFY, _LEFT, _CENTRE = WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleRule:
    """A paragraph style: `scale` of the text size, spaces in points, indents in millimetres, `colour` RRGGBB."""

    name: str
    id: str
    based_on: str | None = "Normal"
    scale: float = 1.0
    bold: bool = False
    italic: bool = False
    colour: str = "000000"
    before: float = 0
    after: float = 0
    left: float = 0
    first: float = 0
    align: WD_ALIGN_PARAGRAPH = _LEFT
    keep_next: bool = False
    level: int | None = None  # outline level, 0 the highest


CHART_RULES = (
    StyleRule(name="Tên biểu đồ", id="ChartTitle", bold=True, before=10, after=4, align=_CENTRE, keep_next=True),
    StyleRule(name="Biểu đồ", id="Chart", scale=0.1),  # no room for letters below a picture: bands join without a gap
    StyleRule(name="Chú thích biểu đồ", id="ChartNote", scale=0.85, italic=True, after=6),
)


def rules(colour: str) -> tuple[StyleRule, ...]:
    """Every paragraph style of the document; `colour` RRGGBB is the office's. The names are those Word shows."""
    body = "Body Text"
    return (
        StyleRule(name="Normal", id="Normal", based_on=None),
        StyleRule(name="Title", id="Title", scale=2.2, bold=True, colour=colour, align=_CENTRE),
        StyleRule(
            name="Heading 1", id="Heading1", scale=1.08, bold=True, colour=colour, before=14, after=6,
            keep_next=True, level=0,
        ),
        StyleRule(name="Heading 2", id="Heading2", bold=True, before=10, after=4, keep_next=True, level=1),
        StyleRule(name="Heading 3", id="Heading3", bold=True, italic=True, before=4, after=4, keep_next=True, level=2),
        StyleRule(name=body, id="BodyText", after=6, first=10, align=_JUSTIFY),
        StyleRule(name="Quote", id="Quote", italic=True, after=6, left=10, align=_JUSTIFY),
        StyleRule(name="Gạch đầu dòng", id="DashEntry", based_on=body, after=4, left=10, first=-4, align=_JUSTIFY),
        StyleRule(name="Mục đánh số", id="NumberedEntry", based_on=body, after=4, left=10, first=-6, align=_JUSTIFY),
        StyleRule(name="Dòng bảng", id="TableRow", based_on=body, after=2, left=10),
        StyleRule(name="Nguồn tin", id="SourceLine", after=6),
        StyleRule(name="Lời dẫn", id="Intro", bold=True, italic=True, before=8, after=4),
        StyleRule(name="Liên hệ", id="Contact", italic=True, before=12, align=_CENTRE),
        StyleRule(name="toc 1", id="TOC1", bold=True, before=2),
        StyleRule(name="toc 2", id="TOC2", left=9, first=-9),
        StyleRule(name="Header", id="Header", scale=0.75, italic=True, align=_CENTRE),
        StyleRule(name="Footer", id="Footer", scale=0.9),
    )  # fmt: skip


def blank(view: View) -> Any:
    """A document without text, in the profile's page and styles."""
    document = Document()
    _drop_thumbnail(document)
    _page(document.sections[0], view.profile.layout)
    has_charts = any(item.charts for item in view.items)
    accent = word_colour(palette(office_colour(view.profile)).accent)
    for rule in (*rules(accent), *(CHART_RULES if has_charts else ())):
        _style(document, rule, view.profile.layout)
    _link_style(document)
    _contents_tabs(document)
    _one_face(document.styles.element)
    _settings(document.settings.element)
    _ends(document.sections[0], view)
    _properties(document.core_properties, view)
    return document


def word_colour(colour: str) -> str:
    """`#c00000` as Word writes it: `C00000`."""
    return colour.removeprefix("#").upper()


def text_width(section: Any) -> int:
    """The width between the margins, in EMU."""
    return int(section.page_width - section.left_margin - section.right_margin)


def _page(section: Any, layout: Layout) -> None:
    section.page_width, section.page_height = map(Mm, PAPER_MM[layout.paper])
    section.top_margin, section.bottom_margin = Mm(layout.margin_top), Mm(layout.margin_bottom)
    section.left_margin, section.right_margin = Mm(layout.margin_left), Mm(layout.margin_right)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True


def _style(document: Any, rule: StyleRule, layout: Layout) -> None:
    styles = document.styles
    known = rule.name in {style.name for style in styles}
    style = (
        styles[rule.name] if known else styles.add_style(rule.name, WD_STYLE_TYPE.PARAGRAPH, rule.id.startswith("TOC"))
    )
    for tag in ("w:pPr", "w:rPr"):  # nothing of the template's own look stays
        for old in style.element.findall(qn(tag)):
            style.element.remove(old)
    style.style_id = rule.id
    if rule.based_on:
        style.base_style = styles[rule.based_on]
    style.quick_style = True
    style.font.name, style.font.size = FACE, Pt(round(layout.font_size * rule.scale * 2) / 2)
    style.font.bold, style.font.italic = rule.bold, rule.italic
    style.font.color.rgb = RGBColor.from_string(rule.colour)
    _lines(style.paragraph_format, rule)
    if rule.level is not None:
        style.element.pPr.append(element("w:outlineLvl", val=str(rule.level)))


def _lines(lines: Any, rule: StyleRule) -> None:
    lines.space_before, lines.space_after = Pt(rule.before), Pt(rule.after)
    lines.left_indent, lines.first_line_indent = Mm(rule.left), Mm(rule.first)
    lines.line_spacing, lines.widow_control = 1.1, True
    lines.alignment = rule.align
    lines.keep_with_next = lines.keep_together = rule.keep_next


def _link_style(document: Any) -> None:
    style = document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
    style.font.color.rgb, style.font.underline = RGBColor(0x0B, 0x3D, 0x91), True


def _contents_tabs(document: Any) -> None:
    edge = text_width(document.sections[0])
    for name in ("toc 1", "toc 2"):
        lines = document.styles[name].paragraph_format
        if name == "toc 2":
            lines.tab_stops.add_tab_stop(lines.left_indent)
        lines.tab_stops.add_tab_stop(edge, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _one_face(styles: Element) -> None:
    """All four faces of every style, and Vietnamese: a theme's face would win over a name beside it."""
    for fonts in styles.iter(qn("w:rFonts")):
        fonts.attrib.clear()
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{script}"), FACE)
    for language in styles.iter(qn("w:lang")):
        language.attrib.clear()
        language.set(qn("w:val"), "vi-VN")
        language.set(qn("w:eastAsia"), "vi-VN")


def _settings(settings: Element) -> None:
    """Word 2013 or later without "compatibility mode"; Vietnamese numbers; nothing that asks when the file opens."""
    settings.find(qn("w:zoom")).set(qn("w:percent"), "100")
    compat = settings.find(qn("w:compat"))
    compat.remove(compat.find(qn("w:useFELayout")))
    compat.find(qn("w:compatSetting")).set(qn("w:val"), "15")
    language = settings.find(qn("w:themeFontLang"))
    language.attrib.clear()
    language.set(qn("w:val"), "vi-VN")
    settings.find(qn("w:decimalSymbol")).set(qn("w:val"), ",")
    settings.find(qn("w:listSeparator")).set(qn("w:val"), ";")


def _ends(section: Any, view: View) -> None:
    """Page 1 carries the masthead, so it has no running head; its foot is like the others'."""
    layout = view.profile.layout
    place, _, side = layout.page_number.partition("-")
    head = [paragraph("Header", run(view.running_head, ITALIC))] if layout.running_head else []
    on_top = place == "top"
    _fill(section.header, ([_page_number("Header", side, layout.page_word)] if on_top else []) + head)
    _fill(section.first_page_header, [])
    for story in (section.footer, section.first_page_footer):
        _fill(story, [] if on_top else [_page_number("Footer", side, layout.page_word)])


def _page_number(style: str, side: str, word: str) -> Element:
    before = [run(f"{word} ")] if word else []
    return paragraph(style, *before, *field("PAGE", [run("1")]), jc="right" if side == "right" else "center")


def _fill(story: Any, content: list[Element]) -> None:
    story.is_linked_to_previous = False
    old = story.paragraphs[0]._p  # noqa: SLF001 - python-docx offers its element by this name alone
    for part in content:
        old.addprevious(part)
    if content:
        old.getparent().remove(old)


def _properties(properties: Any, view: View) -> None:
    imprint = view.profile.imprint
    moment = datetime.combine(view.issue.date, OPENING_HOUR).astimezone(UTC).replace(tzinfo=None)
    properties.title = view.title[:_PROPERTY_LENGTH]
    properties.author = (imprint.maker or imprint.issuer or view.profile.name)[:_PROPERTY_LENGTH]
    properties.subject = view.profile.name[:_PROPERTY_LENGTH]
    properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.language = "vi-VN"
    properties.created = properties.modified = moment
    properties.revision = max(1, view.issue.version)


def _drop_thumbnail(document: Any) -> None:
    """The library's template carries a picture of its own first page."""
    relations = document.part.package.rels
    for name in [key for key, rel in relations.items() if rel.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del relations[name]

"""The Word document before its text: page, styles by name, language, head and foot, properties."""

from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from digest.profile import Layout
from digest.render import word_office
from digest.render.colours import palette
from digest.render.links import office_colour
from digest.render.view import OPENING_HOUR, View
from digest.render.word_ends import ends, ends_beside_the_office_s
from digest.render.word_parts import Element, element
from digest.render.word_rules import CHART_RULES, StyleRule, rules

FACE = "Times New Roman"
PAPER_MM = {"a4": (210.0, 297.0), "19x27": (190.0, 270.0)}

PROPERTY_LENGTH = 255  # what Word takes in a document property
_CONTENTS = ("toc 1", "toc 2")
_LINK, _SOURCE_LINK = "Hyperlink", "Nguồn có liên kết"
CHARACTER_STYLES = {"Hyperlink": _LINK, "SourceLink": _SOURCE_LINK}  # the name that Word shows by our id
_BOX_SIDES = ("top", "left", "bottom", "right")  # the schema's order


def blank(view: View) -> Any:
    """A document without text, in the profile's page and styles, or in those of the office's own file."""
    base = view.profile.layout.base_docx
    return _shipped(view) if base is None else _office(view, Path(base))


def _shipped(view: View) -> Any:
    document, layout = Document(), view.profile.layout
    _drop_thumbnail(document)
    _page(document.sections[0], layout)
    for rule in style_rules(view):
        _redrawn(document, rule, layout.font_size)
    _link_styles(document, ())
    _contents_tabs(document, _CONTENTS)
    _one_face(document.styles.element)
    _settings(document.settings.element)
    ends(document.sections[0], view)
    _properties(document.core_properties, view)
    return document


def _office(view: View, base: Path) -> Any:
    """The office's file, with those of our styles that it lacks."""
    document, layout = word_office.begun(base), view.profile.layout
    if not word_office.has_page(document.sections[0]):
        _page(document.sections[0], layout)
    size = word_office.text_size(document) or layout.font_size
    known = {style.name for style in document.styles}
    for rule in style_rules(view):
        if rule.name not in known:
            _added(document, rule, size)
    _link_styles(document, known)
    _contents_tabs(document, [name for name in _CONTENTS if not _has_page_tab(document.styles[name])])
    ends_beside_the_office_s(document, view)
    _properties(document.core_properties, view)
    return document


def style_rules(view: View) -> tuple[StyleRule, ...]:
    """The styles that the issue needs."""
    has_charts = any(item.charts for item in view.items)
    shades = palette(office_colour(view.profile))
    return (*rules(shades, view.profile.layout), *(CHART_RULES if has_charts else ()))


def text_width(section: Any) -> int:
    """The width between the margins, in EMU."""
    return int(section.page_width - section.left_margin - section.right_margin)


def _page(section: Any, layout: Layout) -> None:
    section.page_width, section.page_height = map(Mm, PAPER_MM[layout.paper])
    section.top_margin, section.bottom_margin = Mm(layout.margin_top), Mm(layout.margin_bottom)
    section.left_margin, section.right_margin = Mm(layout.margin_left), Mm(layout.margin_right)
    section.header_distance = section.footer_distance = Mm(10)


def _redrawn(document: Any, rule: StyleRule, size: float) -> None:
    """The style as the rule says, whatever the library's template has for it."""
    styles = document.styles
    known = rule.name in {style.name for style in styles}
    style = styles[rule.name] if known else _new(document, rule)
    for tag in ("w:pPr", "w:rPr"):
        for old in style.element.findall(qn(tag)):
            style.element.remove(old)
    style.style_id = rule.id
    style.font.name, style.font.size = FACE, _points(size, rule)
    style.font.bold, style.font.italic = rule.bold, rule.italic
    style.font.color.rgb = RGBColor.from_string(rule.colour)
    style.paragraph_format.line_spacing = 1.1
    _drawn(document, style, rule)


def _added(document: Any, rule: StyleRule, size: float) -> None:
    """The style beside the office's own: in their face, size and spacing but for what makes it what it is."""
    wanted = word_office.free_id(document, rule.id)
    style = _new(document, rule)
    style.style_id = wanted
    if rule.scale != 1:
        style.font.size = _points(size, rule)
    if rule.colour != "000000":
        style.font.color.rgb = RGBColor.from_string(rule.colour)
    for name in ("bold", "italic"):
        if getattr(rule, name):
            setattr(style.font, name, True)
    _drawn(document, style, rule)


def _new(document: Any, rule: StyleRule) -> Any:
    return document.styles.add_style(rule.name, WD_STYLE_TYPE.PARAGRAPH, rule.id.startswith(("TOC", "Heading")))


def _points(size: float, rule: StyleRule) -> Any:
    return Pt(round(size * rule.scale * 2) / 2)


def _drawn(document: Any, style: Any, rule: StyleRule) -> None:
    """Where its lines stand, and what lies behind and around them."""
    if rule.based_on:
        style.base_style = document.styles[rule.based_on]
    style.quick_style = True
    lines = style.paragraph_format
    lines.space_before, lines.space_after = Pt(rule.before), Pt(rule.after)
    lines.left_indent, lines.first_line_indent = Mm(rule.left), Mm(rule.first)
    lines.widow_control = True
    lines.alignment = WD_ALIGN_PARAGRAPH.from_xml(rule.align)
    lines.keep_with_next = lines.keep_together = rule.keep_next
    properties = style.element.get_or_add_pPr()
    first = properties.find(qn("w:spacing"))  # the schema has borders and shading before it
    if rule.is_boxed or rule.fill:
        first.addprevious(_box(rule.fill or "auto"))
    if rule.fill:
        first.addprevious(element("w:shd", val="clear", color="auto", fill=rule.fill))
    if rule.level is not None:
        properties.append(element("w:outlineLvl", val=str(rule.level)))


def _box(colour: str) -> Element:
    """A line around the text; in a filled box's own colour it is the room around its words."""
    box = element("w:pBdr")
    box.extend(element(f"w:{side}", val="single", sz="12", space="6", color=colour) for side in _BOX_SIDES)
    return box


def _link_styles(document: Any, known: Collection[str]) -> None:
    """A source line's link looks like the line; without any style LibreOffice would forget that it is a link."""
    for our_id, name in CHARACTER_STYLES.items():
        if name in known:
            continue
        style = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER, builtin=name == _LINK)
        style.style_id = our_id
        if name == _LINK:
            style.font.color.rgb, style.font.underline = RGBColor(0x0B, 0x3D, 0x91), True
        else:
            style.font.underline = False


def _has_page_tab(style: Any) -> bool:
    return any(stop.alignment == WD_TAB_ALIGNMENT.RIGHT for stop in style.paragraph_format.tab_stops)


def _contents_tabs(document: Any, names: tuple[str, ...] | list[str]) -> None:
    """Dots up to the page's number at the right edge."""
    edge = text_width(document.sections[0])
    for name in names:
        lines = document.styles[name].paragraph_format
        if name == "toc 2" and lines.left_indent:
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


def _properties(properties: Any, view: View) -> None:
    imprint = view.profile.imprint
    moment = datetime.combine(view.issue.date, OPENING_HOUR).astimezone(UTC).replace(tzinfo=None)
    properties.title = view.title[:PROPERTY_LENGTH]
    properties.author = (imprint.maker or imprint.issuer or view.profile.name)[:PROPERTY_LENGTH]
    properties.subject = view.profile.name[:PROPERTY_LENGTH]
    properties.identifier = f"sha256:{view.hash}"
    properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.language = "vi-VN"
    properties.created = properties.modified = moment
    properties.revision = max(1, view.issue.version)


def _drop_thumbnail(document: Any) -> None:
    """The library's template carries a picture of its own first page."""
    relations = document.part.package.rels
    for name in [key for key, rel in relations.items() if rel.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del relations[name]

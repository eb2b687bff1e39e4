"""What the styles and the numbering of a Word file say about a paragraph and its runs."""

from dataclasses import dataclass, field

from lxml import etree

from digest.model import Kind
from scrapers.documents.xml import attribute, child, children, is_on

_DEEP = 12  # styles that are based on styles
_CONTENTS = ("toc", "table of figures", "mục lục")


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """One style, with what it takes from those it is based on."""

    name: str = ""
    font: str = ""
    bold: bool = False
    heading: bool = False
    numbering: str = ""


PLAIN = Style()


@dataclass(frozen=True, slots=True, kw_only=True)
class Styles:
    """A document's styles by id, its usual font, and how each of its lists is marked ("bullet", "decimal" …)."""

    styles: dict[str, Style] = field(default_factory=dict)
    font: str = ""
    lists: dict[str, str] = field(default_factory=dict)

    def of(self, paragraph: etree._Element) -> Style:
        """The style of a paragraph."""
        named = attribute(child(paragraph, "pPr", "pStyle"), "val")
        return self.styles.get(named, PLAIN)

    def kind(self, paragraph: etree._Element) -> Kind:
        """What a paragraph is, as far as its markup tells."""
        style = self.of(paragraph)
        outline = attribute(child(paragraph, "pPr", "outlineLvl"), "val")
        if style.heading or (outline.isdigit() and int(outline) < 9):
            return "h"
        number = attribute(child(paragraph, "pPr", "numPr", "numId"), "val") or style.numbering
        if number in ("", "0"):
            return "li" if style.name.startswith("list bullet") else "p"
        return "li" if self.lists.get(number, "bullet") == "bullet" else "oli"

    def is_contents(self, paragraph: etree._Element) -> bool:
        """Whether it is an entry of a table of contents."""
        return self.of(paragraph).name.startswith(_CONTENTS)

    def font_of(self, run: etree._Element, paragraph: etree._Element) -> str:
        """The font of a run."""
        own = _font(child(run, "rPr"))
        named = self.styles.get(attribute(child(run, "rPr", "rStyle"), "val"), PLAIN)
        return own or named.font or self.of(paragraph).font or self.font

    def is_bold(self, run: etree._Element, paragraph: etree._Element) -> bool:
        """Whether a run is printed bold."""
        own = child(run, "rPr", "b")
        named = self.styles.get(attribute(child(run, "rPr", "rStyle"), "val"), PLAIN)
        return is_on(own) if own is not None else named.bold or self.of(paragraph).bold


def read_styles(styles: etree._Element | None, numbering: etree._Element | None) -> Styles:
    """The styles of a document; without the parts that hold them everything is plain."""
    found = {attribute(one, "styleId"): one for one in children(styles, "style")}
    return Styles(
        styles={key: _style(found, key, _DEEP) for key in found},
        font=_font(child(styles, "docDefaults", "rPrDefault", "rPr")),
        lists=_lists(numbering),
    )


def _style(found: dict[str, etree._Element], key: str, deep: int) -> Style:
    element = found.get(key)
    if element is None or not deep:
        return PLAIN
    base = attribute(child(element, "basedOn"), "val")
    under = _style(found, base, deep - 1) if base else PLAIN
    name = attribute(child(element, "name"), "val").lower()
    bold = child(element, "rPr", "b")
    outline = attribute(child(element, "pPr", "outlineLvl"), "val")
    heading = name.startswith(("heading", "title", "đầu đề")) or (outline.isdigit() and int(outline) < 9)
    return Style(
        name=name,
        font=_font(child(element, "rPr")) or under.font,
        bold=is_on(bold) if bold is not None else under.bold,
        heading=heading or under.heading,
        numbering=attribute(child(element, "pPr", "numPr", "numId"), "val") or under.numbering,
    )


def _font(properties: etree._Element | None) -> str:
    fonts = child(properties, "rFonts")
    return attribute(fonts, "hAnsi") or attribute(fonts, "ascii")


def _lists(numbering: etree._Element | None) -> dict[str, str]:
    """How the first level of each list is marked."""
    formats = {
        attribute(abstract, "abstractNumId"): attribute(child(abstract, "lvl", "numFmt"), "val")
        for abstract in children(numbering, "abstractNum")
    }
    return {
        attribute(number, "numId"): formats.get(attribute(child(number, "abstractNumId"), "val"), "bullet") or "bullet"
        for number in children(numbering, "num")
    }

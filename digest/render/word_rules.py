"""How each paragraph style of the Word document looks: told once, in the profile's size and the office's colours. Pure."""

from dataclasses import dataclass, replace
from typing import Literal

from digest.profile import Layout
from digest.render.colours import Palette

Align = Literal["left", "right", "center", "both"]  # as Word writes them


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleRule:
    """A paragraph style: `scale` of the text size, spaces in points, indents in millimetres, colours RRGGBB.

    `fill` lies behind the text, and `is_boxed` draws a line around it; `level` is the outline's, 0 the highest.
    """

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
    align: Align = "left"
    keep_next: bool = False
    level: int | None = None
    fill: str = ""
    is_boxed: bool = False


CHART_RULES = (
    StyleRule(name="Tên biểu đồ", id="ChartTitle", bold=True, before=10, after=4, align="center", keep_next=True),
    StyleRule(name="Biểu đồ", id="Chart", scale=0.1),  # no room for letters below a picture: bands join without a gap
    StyleRule(name="Chú thích biểu đồ", id="ChartNote", scale=0.85, italic=True, after=6),
)


def rules(shades: Palette, layout: Layout) -> tuple[StyleRule, ...]:
    """Every paragraph style of the document but the charts'. The names are those Word shows."""
    body = "Body Text"
    accent = word_colour(shades.accent)
    return (
        StyleRule(name="Normal", id="Normal", based_on=None),
        StyleRule(name="Title", id="Title", scale=2.2, bold=True, colour=accent, align="center"),
        _section(shades, layout),
        _headline(accent, layout),
        StyleRule(name="Heading 3", id="Heading3", bold=True, italic=True, before=4, after=4, keep_next=True, level=2),
        StyleRule(name=body, id="BodyText", after=6, first=10, align="both"),
        StyleRule(name="Quote", id="Quote", italic=True, after=6, left=10, align="both"),
        StyleRule(name="Gạch đầu dòng", id="DashEntry", based_on=body, after=4, left=10, first=-4, align="both"),
        StyleRule(name="Mục đánh số", id="NumberedEntry", based_on=body, after=4, left=10, first=-6, align="both"),
        StyleRule(name="Dòng bảng", id="TableRow", based_on=body, after=2, left=10),
        StyleRule(name="Nguồn tin", id="SourceLine", after=6),
        StyleRule(name="Tên tác giả", id="Byline", before=4, after=10, align="right"),
        StyleRule(name="Lời dẫn", id="Intro", bold=True, italic=True, before=8, after=4),
        StyleRule(name="Liên hệ", id="Contact", italic=True, before=12, align="center"),
        StyleRule(name="Dòng giữa", id="Centred", align="center"),
        StyleRule(name="Thông báo", id="Notice", bold=True, after=8, align="center", is_boxed=True),
        StyleRule(name="Caption", id="Caption", scale=0.85, italic=True, after=8, align="center"),
        StyleRule(name="toc 1", id="TOC1", scale=0.92, bold=True, before=2),
        StyleRule(name="toc 2", id="TOC2", scale=0.92, left=9, first=-9),
        StyleRule(name="Header", id="Header", scale=0.75, italic=True, align="center"),
        StyleRule(name="Footer", id="Footer", scale=0.9),
    )


def _section(shades: Palette, layout: Layout) -> StyleRule:
    plain = StyleRule(
        name="Heading 1", id="Heading1", scale=1.08, bold=True, colour=word_colour(shades.accent), before=14, after=6,
        keep_next=True, level=0,
    )  # fmt: skip
    if layout.sections == "plain":
        return plain
    fill, words = word_colour(shades.brand), word_colour(shades.on_brand)
    return replace(plain, scale=1.25, colour=words, fill=fill, align="center", after=12)


def _headline(accent: str, layout: Layout) -> StyleRule:
    plain = StyleRule(name="Heading 2", id="Heading2", bold=True, before=10, after=4, keep_next=True, level=1)
    if layout.headlines == "left":
        return plain
    return replace(plain, scale=1.08, colour=accent, align="center", before=16, after=8)


def word_colour(colour: str) -> str:
    """`#c00000` as Word writes it: `C00000`."""
    return colour.removeprefix("#").upper()

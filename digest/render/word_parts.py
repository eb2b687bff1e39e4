"""The pieces of a Word paragraph that python-docx has no call for: fields, bookmarks, links, runs with line ends."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

Element = Any  # an lxml element of python-docx, which brings no types

_BREAKS = {"\n": "w:br", "\r": "w:br", "\t": "w:tab"}
_PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a run differs from its paragraph: `style` is a character style's id, `colour` RRGGBB, `size` points."""

    style: str = ""
    bold: bool = False
    italic: bool = False
    colour: str = ""
    size: float | None = None


PLAIN = Look()
ITALIC = Look(italic=True)
LINK = Look(style="Hyperlink")


def element(tag: str, **attributes: str) -> Element:
    """`element("w:bookmarkEnd", id="3")`: attributes are of Word's namespace."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def paragraph(style: str, *content: Element, **layout: str) -> Element:
    """A paragraph of the style with this id; `layout` is `jc="center"`, `keepNext="true"` or `pageBreakBefore="true"`."""
    made, properties = element("w:p"), element("w:pPr")
    properties.append(element("w:pStyle", val=style))
    for name in ("keepNext", "pageBreakBefore", "jc"):  # the schema's order
        if name in layout:
            properties.append(element(f"w:{name}", val=layout[name]))
    made.append(properties)
    made.extend(content)
    return made


def run(text: str, look: Look = PLAIN) -> Element:
    """Text in one look; a line end and a tab become Word's own."""
    made = element("w:r")
    properties = _properties(look)
    if len(properties):
        made.append(properties)
    for part in re.split(r"([\n\r\t])", text):
        if part in _BREAKS:
            made.append(element(_BREAKS[part]))
        elif part:
            made.append(_words("w:t", part))
    return made


def tab() -> Element:
    """A run that holds one tab."""
    return run("\t")


def field(instruction: str, shown: Sequence[Element], *, dirty: bool = False) -> list[Element]:
    """A field with its last result; Word works a dirty one out again when it opens the file."""
    begin, code = _mark("begin"), element("w:r")
    if dirty:
        begin[-1].set(qn("w:dirty"), "true")
    code.append(_words("w:instrText", f" {instruction} "))
    return [begin, code, _mark("separate"), *shown, _mark("end")]


def bookmark(name: str, number: int, content: Iterable[Element]) -> list[Element]:
    """The content between the ends of a bookmark; `number` is unlike any other bookmark's of the document."""
    return [element("w:bookmarkStart", id=str(number), name=name), *content, element("w:bookmarkEnd", id=str(number))]


def link_inside(anchor: str, content: Iterable[Element]) -> Element:
    """A link to a bookmark."""
    made = element("w:hyperlink", anchor=anchor, history="1")
    made.extend(content)
    return made


def link_outside(part: Any, target: str, content: Iterable[Element]) -> Element:
    """A link to an address; `part` is the document part, which keeps addresses apart from the text."""
    made = element("w:hyperlink", history="1")
    made.set(qn("r:id"), part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    made.extend(content)
    return made


def drawing(inline: Any, name: str, number: int, aloud: str) -> Element:
    """A run that holds a picture of python-docx's; `number` is unlike any other picture's of the document."""
    for properties in (inline.docPr, inline.graphic.graphicData.pic.nvPicPr.cNvPr):
        properties.set("id", str(number))
        properties.set("name", f"{name} {number}")  # the library would name the stream
        properties.set("descr", aloud)
    close(inline)
    made, holder = element("w:r"), element("w:drawing")
    holder.append(inline)
    made.append(holder)
    return made


def close(inline: Any) -> None:
    """No distance around the picture: unsaid, LibreOffice sets it an eighth of an inch to the right."""
    for side in "TBLR":
        inline.set(f"dist{side}", "0")


def _properties(look: Look) -> Element:
    properties = element("w:rPr")
    if look.style:
        properties.append(element("w:rStyle", val=look.style))
    if look.bold:
        properties.append(element("w:b"))
    if look.italic:
        properties.append(element("w:i"))
    if look.colour:
        properties.append(element("w:color", val=look.colour))
    if look.size is not None:
        properties.append(element("w:sz", val=str(round(look.size * 2))))
    return properties


def _mark(kind: str) -> Element:
    made = element("w:r")
    made.append(element("w:fldChar", fldCharType=kind))
    return made


def _words(tag: str, text: str) -> Element:
    made = element(tag)
    made.text = text
    made.set(_PRESERVE, "preserve")
    return made

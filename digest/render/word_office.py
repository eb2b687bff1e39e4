"""An office's own Word file as the beginning of an issue's: its styles, page, head and foot, and nothing of its text."""

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml.etree import LxmlError

from digest.errors import ProfileError, RenderError
from digest.render.word_parts import Element, element
from digest.word_base import base_at

# What a document may keep beside its text, by the last word of the relationship's type: comments, pictures and objects
# of the sample's text would lie in every issue unseen.
_KEPT = {
    "styles", "stylesWithEffects", "settings", "webSettings", "fontTable", "theme", "numbering", "header", "footer",
    "footnotes", "endnotes", "officeDocument", "core-properties", "extended-properties", "custom-properties",
}  # fmt: skip
# Settings that ask, hide or forbid when the issue is opened.
_ASKING = ("updateFields", "attachedTemplate", "mailMerge", "trackRevisions", "documentProtection", "writeProtection")
_ENDS = ("header", "footer")
_SHOWN = ("w:t", "w:drawing", "w:pict", "w:instrText", "w:fldSimple")
_PAGE = re.compile(r"\bPAGE\b")
_ODD = (KeyError, ValueError, AttributeError, IndexError, OpcError, LxmlError)  # what python-docx ends with


def begun(path: Path) -> Any:
    """The office's file without its text; RenderError where it can no longer be read."""
    try:
        document = Document(io.BytesIO(base_at(path)))
        body = document.element.body
        body.clear_content()
        if body.find(qn("w:sectPr")) is None:
            body.append(element("w:sectPr"))
        _drop_asking(document.settings.element)
        _ = document.styles, document.core_properties  # made where the file has none
    except (ProfileError, *_ODD) as error:
        raise RenderError(f"docx: key layout.base_docx: {error}") from error
    for relations in (document.part.rels, document.part.package.rels):
        for name in [key for key, one in relations.items() if one.reltype.rpartition("/")[2] not in _KEPT]:
            del relations[name]
    for name in ("w:pgNumType", "w:type"):  # the contents count pages from 1
        _drop(document.sections[0]._sectPr, name)  # noqa: SLF001 - python-docx offers its element by this name alone
    return document


def has_page(section: Any) -> bool:
    """Whether the file says on which paper it is printed."""
    return section.page_width is not None and section.page_height is not None and section.left_margin is not None


def text_size(document: Any) -> float | None:
    """Points of its ordinary text, None where it leaves them to Word."""
    normal = next((style for style in document.styles if style.name == "Normal"), None)
    if normal is not None and normal.font.size is not None:
        return float(normal.font.size.pt)
    sizes = document.styles.element.findall(f"{qn('w:docDefaults')}//{qn('w:sz')}")
    return int(sizes[0].get(qn("w:val"))) / 2 if sizes else None


def free_id(document: Any, wanted: str) -> str:
    """The id, with a count behind it where another style has it."""
    taken = {style.style_id for style in document.styles}
    names = (wanted if count == 1 else f"{wanted}{count}" for count in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def with_office_ids(document: Any, names: Mapping[str, str]) -> None:
    """Our ids of styles (`names`: the name that Word shows by our id) turned into those that the file has for them."""
    ids = {style.name: style.style_id for style in document.styles}
    stories = [document.element.body, *(part.element for part in _end_parts(document.sections[0], *_ENDS))]
    for story in stories:
        for tag in ("w:pStyle", "w:rStyle"):
            for mark in story.iter(qn(tag)):
                ours = mark.get(qn("w:val"))
                mark.set(qn("w:val"), ids.get(names.get(ours, ""), ours))


def defined_ends(section: Any) -> tuple[bool, bool]:
    """Whether the file has a head and a foot that show something."""
    head, foot = (any(map(_shows, _end_parts(section, end))) for end in _ENDS)
    return head, foot


def has_page_number(section: Any) -> bool:
    """Whether head or foot tell the page."""
    written = (
        f"{mark.text or ''} {mark.get(qn('w:instr'), '')}"
        for part in _end_parts(section, *_ENDS)
        for tag in ("w:instrText", "w:fldSimple")
        for mark in part.element.iter(qn(tag))
    )
    return any(map(_PAGE.search, written))


def added_to_feet(section: Any, made: Sequence[Element]) -> None:
    """A line below each foot the file has, one of `made` each."""
    for part, line in zip(_end_parts(section, "footer"), made, strict=False):
        part.element.append(line)


def _end_parts(section: Any, *ends: str) -> Iterator[Any]:
    """The parts of the heads and feet that the section names."""
    for end in ends:
        for reference in section._sectPr.findall(qn(f"w:{end}Reference")):  # noqa: SLF001
            yield section.part.related_parts[reference.get(qn("r:id"))]


def _shows(part: Any) -> bool:
    marks: Iterable[Element] = (mark for tag in _SHOWN for mark in part.element.iter(qn(tag)))
    return any(mark.tag != qn("w:t") or (mark.text or "").strip() for mark in marks)


def _drop_asking(settings: Element) -> None:
    for name in _ASKING:
        _drop(settings, f"w:{name}")


def _drop(parent: Element, tag: str) -> None:
    for old in parent.findall(qn(tag)):
        parent.remove(old)

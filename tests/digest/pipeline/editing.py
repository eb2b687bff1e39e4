"""A Word file in an editor's hands: items cut, put elsewhere, words changed, as Word would leave them."""

import io
from typing import Any

import docx
from lxml import etree

_HEADINGS = ("Heading1", "Heading2", "Contact")
Element = etree._Element  # noqa: SLF001 - lxml has no other name for it


class EditorsWord:
    """The paragraphs of a Word file, found by their style's id and their first words."""

    def __init__(self, body: bytes) -> None:
        self.document: Any = docx.Document(io.BytesIO(body))
        self.body: Element = self.document.element.body

    def paragraph(self, beginning: str, style: str = "Heading2") -> Element:
        return next(
            one for one in self.body.iter("{*}p") if style_of(one) == style and text_of(one).startswith(beginning)
        )

    def item(self, headline: str) -> list[Element]:
        """All that stands between this headline and the next heading."""
        element: Element | None = self.paragraph(headline)
        found: list[Element] = []
        while element is not None and not (found and style_of(element) in _HEADINGS):
            found.append(element)
            element = element.getnext()
        return found

    def cut(self, headline: str) -> list[Element]:
        taken = self.item(headline)
        for element in taken:
            self.body.remove(element)
        return taken

    def put(self, elements: list[Element], behind: Element) -> None:
        for element in elements:
            behind.addnext(element)
            behind = element

    @property
    def bytes(self) -> bytes:
        file = io.BytesIO()
        self.document.save(file)
        return file.getvalue()


def style_of(element: Element) -> str:
    style = element.find(".//{*}pStyle")
    return "" if style is None else next(str(value) for value in style.attrib.values())


def text_of(element: Element) -> str:
    return "".join(one.text or "" for one in element.iter("{*}t"))


def write(element: Element, words: str) -> None:
    """Give the first run these words."""
    next(element.iter("{*}t")).text = words


def substitute(element: Element, old: str, new: str) -> None:
    for one in element.iter("{*}t"):
        one.text = (one.text or "").replace(old, new)

"""The general extractor, trafilatura, for a body that no selector finds. What it gives is flagged `fallback`."""

from lxml.html import HtmlElement

from digest.model import Kind
from scrapers.extraction.body import Line
from scrapers.markup import text_of

_KINDS: dict[str, Kind] = {"p": "p", "head": "h", "item": "li", "quote": "q", "row": "row", "ab": "h"}
_MOST_ELEMENTS = 30_000


def general_lines(tree: HtmlElement) -> list[Line]:
    """The lines that trafilatura takes for the article's text; none where it finds no text. The tree may be changed.

    A tree of more elements than any article has is not tried: it would take minutes.
    """
    if sum(1 for _ in tree.iter()) > _MOST_ELEMENTS:
        return []
    import trafilatura  # noqa: PLC0415 - takes half a second, and most pages never need it

    found = trafilatura.bare_extraction(tree, include_comments=False, include_tables=True, with_metadata=False)
    body = getattr(found, "body", None)
    if body is None:
        return []
    return [
        Line(text=text, kind=_KINDS[element.tag], heading=element.tag in ("head", "ab"))
        for element in body.iter(*_KINDS)
        if not any(above.tag in _KINDS for above in element.iterancestors()) and (text := _text(element))
    ]


def _text(element: HtmlElement) -> str:
    if element.tag == "row":
        return " | ".join(cell for cell in map(text_of, element) if cell)
    return text_of(element)

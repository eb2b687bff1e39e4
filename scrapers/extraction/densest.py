"""The element that holds a page's running text, where no selector says which it is.

Long paragraphs outside menus, boxes and lists of links are counted; the text's element is the one directly above most
of them, widened while the step up brings in much more text than links.
"""

import re
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from scrapers.extraction.body import is_box
from scrapers.markup import BLOCKS

_LEFT_OUT = frozenset(
    {
        "nav",
        "footer",
        "aside",
        "form",
        "select",
        "button",
        "script",
        "style",
        "figure",
        "figcaption",
        "video",
        "li",
        "dl",
    }
)
_OTHER_PIECES = re.compile(
    r"(?<![a-z])(?:related\w*|relate|menu|nav|footer|header|side|sidebar|col-right|right-col)(?![a-z])"
)
_LONG = 60
_ENOUGH = 250
_MORE = 1.25
_LINKED = 0.3
_DEPTH = 150


@dataclass(slots=True)
class _Count:
    """Letters of long paragraphs below an element, of those directly in it, of links below it, of half the page."""

    half: float
    below: dict[HtmlElement, int] = field(default_factory=dict)
    direct: dict[HtmlElement, int] = field(default_factory=dict)
    linked: dict[HtmlElement, int] = field(default_factory=dict)


def densest(root: HtmlElement, *, without: HtmlElement | None = None) -> HtmlElement | None:
    """The element of the running text, never one that holds `without` (the headline) if that can be; None for none."""
    body = root.find("body")
    start = root if body is None else body
    count = _Count(half=len(start.text_content()) / 2)
    _count(start, count, 0)
    best = max(count.direct, key=lambda element: count.direct[element], default=None)
    if best is None:
        return None
    above = {without, *without.iterancestors()} if without is not None else set()
    chosen = _widened(best, count, above)
    return chosen if count.below.get(chosen, 0) >= _ENOUGH else None


def _widened(best: HtmlElement, count: _Count, above: set[HtmlElement | None]) -> HtmlElement:
    """The nearest element around that holds clearly more text, and hardly more links."""
    around, chosen = best.getparent(), best
    while around is not None and around in count.below and around not in above:
        text = count.below[around]
        if text >= _MORE * count.below.get(chosen, 0) and count.linked.get(around, 0) <= _LINKED * text:
            chosen = around
        around = around.getparent()
    return chosen


def _count(element: HtmlElement, count: _Count, depth: int) -> tuple[int, int]:
    """Letters of long paragraphs and of links below the element; a paragraph counts for the block it stands in."""
    if element.tag in _LEFT_OUT or depth > _DEPTH or _is_outside(element, count.half):
        return 0, 0
    own, linked = _own_text(element)
    holder = _block_around(element) if element.tag == "p" else element
    if own >= _LONG and linked <= own / 3 and holder is not None:
        count.direct[holder] = count.direct.get(holder, 0) + own
    text = own if own >= _LONG else 0
    for child in _blocks(element):
        below, links = _count(child, count, depth + 1)
        text, linked = text + below, linked + links
    if text:
        count.below[element] = count.below.get(element, 0) + text
        count.linked[element] = linked
    return text, linked


def _block_around(element: HtmlElement) -> HtmlElement | None:
    return next((above for above in element.iterancestors() if above.tag in BLOCKS), None)


def _is_outside(element: HtmlElement, half: float) -> bool:
    """A box or a margin by its name; what holds half of the page is none (`<div class="page with-sidebar">`)."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
    named = is_box(element) or (element.tag in ("div", "section", "ul") and bool(_OTHER_PIECES.search(names)))
    return named and len(element.text_content()) <= half


def _own_text(element: HtmlElement) -> tuple[int, int]:
    """Letters directly in a block, those in its inline elements included, and how many of them are linked."""
    own, linked = len((element.text or "").strip()), 0
    waiting = [(child, False) for child in element]
    while waiting:
        child, in_link = waiting.pop()
        own += len((child.tail or "").strip()) if not in_link else 0
        if child.tag in BLOCKS or child.tag in _LEFT_OUT:
            continue
        in_link = in_link or child.tag == "a"
        letters = len((child.text or "").strip())
        own, linked = own + letters, linked + (letters if in_link else 0)
        waiting += [(inner, in_link) for inner in child]
    return own, linked


def _blocks(element: HtmlElement) -> list[HtmlElement]:
    """The nearest blocks below an element."""
    found: list[HtmlElement] = []
    waiting = list(reversed(element))
    while waiting:
        child = waiting.pop()
        if child.tag in BLOCKS:
            found.append(child)
        elif isinstance(child.tag, str):
            waiting += reversed(child)
    return found

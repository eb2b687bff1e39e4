"""The standfirst of a page: printed above or at the head of the text, without the outlet's mark."""

from collections.abc import Callable, Sequence

from lxml.html import HtmlElement

from digest.text import fold
from scrapers.extraction.body import is_box
from scrapers.extraction.extract_fields import Asked, Found
from scrapers.extraction.extract_title import without_site
from scrapers.extraction.families_generic import GENERIC
from scrapers.extraction.lines import Text
from scrapers.extraction.outlet_mark import without_prefix
from scrapers.markup import BLOCKS, text_of

_LENGTH = range(20, 2000)  # letters
_FEW = 3
_BOLD_LEAD = 60
_EDGES = frozenset({"aside", "footer", "nav", "header", "li"})
_ENDS = (".", "!", "?", "…", "”", '"', ":", ";", ")")


def sapo_of(asked: Asked, title: Found) -> list[Found]:
    """The standfirst's elements (several where it has paragraphs), without the outlet's mark; [] for none.

    A selector that reaches into the text means its first match alone. An element with an empty text repeats what
    another says: it is to be taken out of the text too.
    """

    def accept(element: HtmlElement, text: str) -> bool:
        return len(text) in _LENGTH and element.tag not in ("meta", "title") and fold(text) != fold(title.text)

    bodies = {body for selector in asked.selectors("body") for body in asked.dom.select(selector)}
    after = _Order(asked, title)
    for selector in asked.selectors("sapo"):
        matches = asked.dom.select(selector)[: _FEW + 2]
        if selector in GENERIC.sapo:
            matches = [match for match in matches if after(match) and match not in bodies]
            if len(matches) > _FEW:
                continue  # standfirsts of a list of other pieces
        found = _shown(asked, matches, bodies, accept)
        if found:
            return found
    return []


def _shown(
    asked: Asked, matches: Sequence[HtmlElement], bodies: set[HtmlElement], accept: Callable[[HtmlElement, str], bool]
) -> list[Found]:
    inside = any(above in bodies for match in matches[:1] for above in match.iterancestors())
    if not inside:
        for label in dict.fromkeys(_labels(asked, matches)):  # two selectors may match one
            label.drop_tree()
    found = [Found(element=match, text=text_of(match)) for match in matches]
    whole = _complete([one for one in found if accept(one.element, one.text)])
    repeated = [
        Found(element=one.element, text="") for one in found if whole and one is not whole and _same(one, whole)
    ]
    parts = [
        part for one in ([whole] if whole and repeated else found[:1] if inside else found) if (part := _whole(one))
    ]
    parts = [one for one in parts if accept(one.element, one.text)]
    if not parts:
        return []
    first = parts[0]
    rest = [one for one in parts[1:_FEW] if one.element.getparent() is first.element.getparent()]
    return [Found(element=first.element, text=without_prefix(first.text, asked.names)), *rest, *repeated]


def _complete(found: Sequence[Found]) -> Found | None:
    """Of standfirsts that begin alike the one that is not cut off (baotayninh prints a cut one above the whole one)."""
    if not found:
        return None
    alike = [one for one in found[1:] if found[0].text.startswith(one.text) or one.text.startswith(found[0].text)]
    ended = [one for one in (found[0], *alike) if one.text.endswith(_ENDS)]
    return min(ended or found[:1], key=lambda one: len(one.text))


def _same(one: Found, other: Found) -> bool:
    return bool(one.text) and (one.text.startswith(other.text) or other.text.startswith(one.text))


def _labels(asked: Asked, sapo: Sequence[HtmlElement]) -> list[HtmlElement]:
    """What a site puts before its standfirst's first word (a place's name, a button)."""
    selectors = asked.selectors("drop")
    return [
        part for one in sapo for selector in selectors for part in asked.dom.select(selector, one) if part is not one
    ]


def _whole(found: Found) -> Found | None:
    """A bold lead is a standfirst only when it is its whole paragraph, not the first words of one."""
    if found.element.tag in BLOCKS:
        return found
    block = next((above for above in found.element.iterancestors() if above.tag in BLOCKS), None)
    if block is None or block.tag == "body":
        return found
    whole = text_of(block)
    bold = sum(len(text_of(part)) for part in block if part.tag in ("strong", "b", "em", "span"))
    return Found(element=block, text=whole) if max(len(found.text), bold) >= 0.9 * len(whole) else None


class _Order:
    """Whether an element stands behind the headline and in no box: what a general selector finds must."""

    def __init__(self, asked: Asked, title: Found) -> None:
        self._root = asked.dom.root
        self._title = title.element
        self._places: dict[HtmlElement, int] = {}

    def __call__(self, element: HtmlElement) -> bool:
        if self._title is self._root:
            return True
        if not self._places:
            self._places = {one: place for place, one in enumerate(self._root.iter())}
        boxed = any(is_box(above) or above.tag in _EDGES for above in element.iterancestors())
        return not boxed and self._places.get(element, 0) > self._places.get(self._title, 0)


def described(asked: Asked, text: Text, title: str) -> tuple[str | None, Text]:
    """A standfirst that no selector found, and the text without it.

    The page's own description counts when it is printed, whole, above the text or as its first paragraph, or where the
    source declares a meta as its standfirst; so does a first paragraph in bold. A description that is cut off or merely
    begins the text is none.
    """
    first = text.lines[0] if text.lines else None
    declared = any(selector.startswith("meta") for selector in asked.selectors("sapo"))
    told = [asked.data.meta("og:description"), asked.data.description, asked.data.meta("description")]
    for description in (without_prefix(without_site(one, asked.names), asked.names) for one in told):
        key = fold(description)
        if len(description) not in _LENGTH or key == fold(title) or description.endswith(("...", "…")):
            continue
        if first and key == fold(without_prefix(first.text, asked.names)) and len(text.lines) > 1:
            return description, text.without_first()
        printed = declared or key in fold(text_of(asked.dom.root))
        if printed and not any(key in fold(line.text) for line in text.lines):
            return description, text
    if first and first.bold > 0.95 and first.kind == "p" and len(first.text) >= _BOLD_LEAD and len(text.lines) > 2:
        return without_prefix(first.text, asked.names), text.without_first()
    return None, text

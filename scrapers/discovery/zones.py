"""In which part of a page a link stands."""

import re
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from digest.model import Zone

ZONES: tuple[Zone, ...] = ("main", "side", "hidden_in_markup", "menu")  # the best of them counts
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SIDE = re.compile(
    r"(?:^|[-_\s])(?:aside|side(?:bar)?|right|mostview(?:ed)?|most-view(?:ed)?|xem-?nhieu|doc-?nhieu|lsub|news-sub|focus-sub"
    r"|widget)(?:$|[-_\s])",
    re.IGNORECASE,
)
_MENU = re.compile(
    r"(?:^|[-_\s])(?:mega-?|sub-?)?menus?(?:$|[-_\s])"
    r"|(?:^|\s)(?:(?:main|top|site|header|page|mobile|bottom|primary|global)[-_]*)?"
    r"(?:nav|navbar|navigation|breadcrumbs?|footer)(?:[-_]+(?:main|top|wrap(?:per)?|list|bottom|inner|mobile))?(?:$|\s)",
    re.IGNORECASE,
)
_CONTENT = frozenset({"main", "article"})
_HIDDEN_CLASSES = frozenset({"hidden", "d-none", "hide"})
_SHOWN_WIDE = re.compile(
    r"(?:^|\s)(?:d-(?:sm|md|lg|xl|xxl)-(?!none)\w+|(?:sm|md|lg|xl|2xl):(?:block|flex|grid|inline\S*))(?:$|\s)"
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Place:
    """What holds an element: a menu by its tag, a menu by its name, something hidden, a side column, an article."""

    in_nav: bool = False
    in_menu: bool = False
    is_hidden: bool = False
    is_aside: bool = False
    in_article: bool = False


_OPEN = _Place()


class Zones:
    """The zones of one page's elements. Each element is looked at once, however deep the page is nested.

    Without `by_name` a menu is one by its tag alone.
    """

    def __init__(self, *, by_name: bool = True) -> None:
        self._by_name = by_name
        self._places: dict[HtmlElement, _Place] = {}

    def of(self, element: HtmlElement) -> Zone:
        """The part of the page. A menu is one even where it is hidden; what `main` or `article` holds is in none."""
        place = self._place(element)
        if place.in_nav or (place.in_menu and self._by_name):
            return "menu"
        if place.is_hidden:
            return "hidden_in_markup"
        return "side" if place.is_aside else "main"

    def _place(self, element: HtmlElement) -> _Place:
        path: list[HtmlElement] = []
        node: HtmlElement | None = element
        while node is not None and node not in self._places and node.tag != "body":
            path.append(node)
            node = node.getparent()
        place = self._places.get(node, _OPEN) if node is not None else _OPEN
        for inner in reversed(path):
            place = self._places[inner] = _within(place, inner)
        return place


def _within(place: _Place, node: HtmlElement) -> _Place:
    name = f"{node.get('class', '')} {node.get('id', '')}"
    if node.tag in _CONTENT:
        place = replace(place, in_nav=False, in_menu=False, in_article=place.in_article or node.tag == "article")
    elif node.tag == "nav" or (node.tag == "footer" and not place.in_article):  # an entry has a foot of its own
        place = replace(place, in_nav=True)
    elif node.tag not in HEADINGS and _MENU.search(name):
        place = replace(place, in_menu=True)
    if node.tag == "aside" or _SIDE.search(name):
        place = replace(place, is_aside=True)
    return replace(place, is_hidden=True) if _is_hidden(node) else place


def _is_hidden(node: HtmlElement) -> bool:
    if "hidden" in node.attrib or _HIDDEN_STYLE.search(node.get("style", "")):
        return True
    names = node.get("class", "")
    return not _HIDDEN_CLASSES.isdisjoint(names.split()) and _SHOWN_WIDE.search(names) is None

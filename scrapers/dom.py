"""A page's tree with an index of the names on it, so that most questions cost nothing.

A page is asked some hundred selectors, of which a dozen can match. As browsers do, a selector whose classes, ids or
attributes occur nowhere on the page is answered without looking; that makes extraction three times as fast.
"""

import re
from functools import lru_cache

from lxml.html import HtmlElement

from scrapers.markup import select

_GROUP = re.compile(r":[\w-]+\((?:[^()]|\([^()]*\))*\)")  # what stands in :not(…), :has(…) need not be on the page
_QUOTED = re.compile(r"([\"']).*?\1")
_NAME = re.compile(r"([.#])((?:[\w-]|[^\x00-\x7f])+)")
_HAS = re.compile(r"\[\s*([\w-]+)\s*(?:(=)\s*(?:\"([^\"]*)\"|'([^']*)'|([^\]\s]+)))?[^\]]*\]")


_INDEXED = ("itemprop", "data-role", "data-field", "rel", "type")


class Dom:
    """A tree to ask; `root` is the tree itself. Names are read once: what is taken out later may still be looked for."""

    def __init__(self, root: HtmlElement) -> None:
        self.root = root
        self._names = _names_on(root)

    def select(self, selector: str, under: HtmlElement | None = None) -> list[HtmlElement]:
        """All elements that match below `under` (the root if None), in document order."""
        possible = [one for one, needed in _alternatives(selector) if needed <= self._names]
        return select(self.root if under is None else under, ", ".join(possible)) if possible else []


def _names_on(root: HtmlElement) -> frozenset[str]:
    names: set[str] = set()
    for element in root.iter():
        look = element.get
        classes = look("class")
        if classes:
            names.update([f".{token}" for token in classes.split()])
        own = look("id")
        if own:
            names.add(f"#{own}")
        for name in _INDEXED:
            value = look(name)
            if value is not None:
                names.add(f"[{name}]")
                names.add(f"[{name}={value}]")
    return frozenset(names)


@lru_cache(maxsize=4096)
def _alternatives(selector: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """The parts of a selector list, each with the names that must be on a page for it to match anything."""
    return tuple((part, _needed(part)) for part in _parts(selector))


def _parts(selector: str) -> list[str]:
    """`a, b:is(c, d)` → `a`, `b:is(c, d)`."""
    parts, depth, start = [], 0, 0
    plain = _QUOTED.sub(lambda quoted: "x" * len(quoted[0]), selector)
    for place, char in enumerate(plain):
        depth += (char in "([") - (char in ")]")
        if char == "," and depth == 0:
            parts.append(selector[start:place])
            start = place + 1
    return [part.strip() for part in (*parts, selector[start:]) if part.strip()]


def _needed(part: str) -> frozenset[str]:
    if "\\" in part:  # an escaped name: ask the page itself
        return frozenset()
    plain = _GROUP.sub("", part)
    needed = set()
    for name, equals, double, single, bare in _HAS.findall(plain):
        if name in _INDEXED:
            needed.add(f"[{name}={double or single or bare}]" if equals else f"[{name}]")
    needed.update(f"{mark}{name}" for mark, name in _NAME.findall(_HAS.sub("", plain)))
    return frozenset(needed)

"""The headline of a page: printed by a selector, or the printed one that the page's own data names, or the data's."""

import re
from collections.abc import Iterable, Sequence

from lxml.html import HtmlElement

from digest.text import fold
from scrapers.extraction.extract_fields import Asked, Found, find
from scrapers.extraction.families_generic import GENERIC
from scrapers.markup import text_of

_SITE_TAIL = re.compile(r"\s+[-|–—»•:]+\s+[^|–—»]{2,80}$")
_SITE_HEAD = re.compile(r"^[^|–—»]{2,60}\s+[-|–—»•]\s+(?=\S)")
_HEADINGS = ("h1", "h2", "h3", "h4")
_LEAST = 8
_MOST = 400
_NEAR = 0.75


def title_of(asked: Asked) -> Found | None:
    """The printed headline; without one the data's, where that is not the site's name (baodaklak)."""

    def accept(element: HtmlElement, text: str) -> bool:
        return 3 < len(text) <= _MOST and fold(text) not in asked.names and element.tag != "meta"

    told = _told(asked)
    keys = [fold(text) for text in told]
    own = [selector for selector in asked.selectors("title") if selector not in GENERIC.title]
    for selector in own:
        found = find(asked.dom, (selector,), accept)
        if found:
            return _agreed(found, keys) or found[0]
    printed = [one for tag in _HEADINGS for one in find(asked.dom, (tag,), accept)]
    named = find(asked.dom, GENERIC.title, accept)
    agreed = _agreed([*named, *printed], keys)
    if agreed:
        return agreed
    firsts = [one for one in printed if one.element.tag == "h1"]
    if firsts:
        return max(firsts, key=lambda one: len(one.text))
    likely = [text for text in told if len(text) > _LEAST and fold(text) not in asked.names]
    if named and not (likely and (asked.data.meta("og:title") or asked.data.headline)):
        return named[0]  # `<title>` alone may well name the site
    return Found(element=asked.dom.root, text=likely[0]) if likely else None


def _agreed(printed: Sequence[Found], keys: Iterable[str]) -> Found | None:
    """The printed heading that the data gives too, with or without the site's name around it."""
    for key in keys:
        for one in printed:
            printed_key = fold(one.text)
            whole = len(printed_key) >= _LEAST and len(printed_key) >= len(key) * _NEAR
            if printed_key == key or (whole and (key.startswith(printed_key) or printed_key in key)):
                return one
    return None


def _told(asked: Asked) -> list[str]:
    """What metas, JSON-LD and `<title>` give as headline, without the site's name behind it."""
    titles = [text_of(title) for title in asked.dom.root.iter("title")]
    given = (asked.data.meta("og:title"), asked.data.headline, *titles[:1])
    told = [without_site(text, asked.names) for text in given]
    shorter = [_SITE_TAIL.sub("", text) for text in told]
    return list(dict.fromkeys(text for text in (*told, *shorter) if text))


def without_site(text: str, names: frozenset[str]) -> str:
    """`Headline - Báo X` → `Headline`, where the end or the beginning is a name of the outlet."""
    for pattern in (_SITE_TAIL, _SITE_TAIL, _SITE_HEAD):
        part = pattern.search(text)
        if part and fold(part[0].strip(" -|–—»•:")) in names:
            text = text[: part.start()] if pattern is _SITE_TAIL else text[part.end() :]
    return text

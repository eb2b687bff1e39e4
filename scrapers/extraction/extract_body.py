"""Where a page's text stands, and what of it is the article's."""

import copy
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from lxml.html import HtmlElement

from scrapers.extraction.body import Reader
from scrapers.extraction.densest import densest
from scrapers.extraction.extract_fields import Asked, Found, find_any
from scrapers.extraction.extract_identity import looks_like_article
from scrapers.extraction.families_generic import GENERIC
from scrapers.extraction.general import general_lines
from scrapers.extraction.lines import Text, settle
from scrapers.extraction.pictures import images_in

_FEW_LETTERS = 40
_MOST = 20
_WIDE = 1.8
_PART = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An element that may hold the text; `flag` is "", "generic" or "fallback" as `scrapers.extraction.extract` lists them."""

    element: HtmlElement
    flag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What reading a text needs to know: addresses, where a picture above it stands, what is printed above it."""

    url: str
    base: str
    cover: tuple[str, ...]
    printed: tuple[Found, ...]


def trusted_place(asked: Asked) -> Place | None:
    """The first element that a selector of the source or the family finds, without looking at its text."""
    return next(_by_selectors(asked, [one for one in asked.selectors("body") if one not in GENERIC.body], ""), None)


def text_at(asked: Asked, around: Around) -> tuple[Text, str]:
    """The text of the first place that has any paragraph, else the general extractor's, with the place's flag."""
    known = [one.text for one in around.printed if one.text]
    cover = [image for one in find_any(asked.dom, around.cover) for image in images_in(one, around.base)]
    own = [one for one in asked.selectors("body") if one not in GENERIC.body]
    speaks_for_itself = looks_like_article(around.url, asked.data)
    for place in chain(_by_selectors(asked, own, ""), _likely(asked, around.printed)):
        if place.flag == "fallback" and not speaks_for_itself:
            break  # the summaries of a section page are running text too
        _drop(asked, place.element, [one.element for one in around.printed])
        reader = Reader(base=around.base, images=cover.copy())
        reader.read(place.element)
        text = settle(reader.lines, reader.images, url=around.url, known=known, names=asked.names)
        if text.lines:
            return text, place.flag
    if not speaks_for_itself:
        return Text(images=tuple(cover)), ""
    lines = general_lines(copy.deepcopy(asked.dom.root))
    text = settle(lines, cover, url=around.url, known=known, names=asked.names)
    return text, "fallback" if text.lines else ""


def _by_selectors(asked: Asked, selectors: Sequence[str], flag: str) -> Iterator[Place]:
    """The largest element of each selector's matches, each once."""
    seen: set[HtmlElement] = set()
    for selector in selectors:
        sized = [(len(element.text_content()), element) for element in asked.dom.select(selector)[:_MOST]]
        size, element = max(sized, key=lambda pair: pair[0], default=(0, asked.dom.root))
        if size >= _FEW_LETTERS and element not in seen:
            seen.add(element)
            yield Place(element=element, flag=flag)


def _likely(asked: Asked, printed: Sequence[Found]) -> Iterator[Place]:
    """Places that general selectors name, as far as the page's running text stands there; then where that stands."""
    title = printed[0].element if printed and printed[0].element is not asked.dom.root else None
    dense = densest(asked.dom.root, without=title)
    named = list(_by_selectors(asked, GENERIC.body, "generic"))
    if dense is None:
        yield from named
        return
    yield from (place for place in named if _agree(place.element, dense))
    yield Place(element=dense, flag="fallback")


def _agree(named: HtmlElement, dense: HtmlElement) -> bool:
    """Whether a named element is the densest one, hardly more than it, or most of it."""
    if named is dense:
        return True
    letters, running = len(named.text_content()), len(dense.text_content())
    if dense in named.iterdescendants():
        return letters <= _WIDE * running
    return named in dense.iterdescendants() and letters >= _PART * running


def _drop(asked: Asked, element: HtmlElement, printed: Iterable[HtmlElement]) -> None:
    """Take out of the text what is printed above it, and the boxes; the tail of each stays."""
    boxes = [box for selector in asked.selectors("drop") for box in asked.dom.select(selector, element)]
    for part in (*printed, *boxes):
        if part is not element and element in part.iterancestors():
            part.drop_tree()

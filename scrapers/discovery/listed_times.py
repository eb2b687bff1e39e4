"""The time that a listing gives an article: what stands in the box that holds this article alone, else none."""

import re
from collections.abc import Sequence
from itertools import islice

from lxml.html import HtmlElement

from scrapers import dates
from scrapers.discovery.headlines import is_small
from scrapers.markup import text_of

_CLIMB = 6
_LONGEST = 60
_MOST_NODES = 60
_SMALL = 10
_TIME = re.compile(r"(?:^|[-_\s])(?:time|date|datetime|ngay|pubdate|publish\w*|posted)(?:$|[-_\s\d])", re.IGNORECASE)


def time_beside(articles: Sequence[Sequence[HtmlElement]]) -> list[dates.Reading | None]:
    """For each article, given by its anchors, the one time of its box; none where there are several or none."""
    owners: dict[HtmlElement, set[int]] = {}
    for number, anchors in enumerate(articles):
        for anchor in anchors:
            for node in _upwards(anchor):
                owners.setdefault(node, set()).add(number)
    return [_time(anchors, owners) for anchors in articles]


def _upwards(anchor: HtmlElement) -> list[HtmlElement]:
    return [anchor, *islice(anchor.iterancestors(), _CLIMB)]


def _time(anchors: Sequence[HtmlElement], owners: dict[HtmlElement, set[int]]) -> dates.Reading | None:
    found: dict[dates.Reading, None] = {}
    for anchor in anchors:
        for node in _named_times(_box(anchor, owners)):
            reading = _read(node)
            if reading is not None:
                found.setdefault(reading)
    return next(iter(found)) if len(found) == 1 else None


def _box(anchor: HtmlElement, owners: dict[HtmlElement, set[int]]) -> HtmlElement:
    """The largest element around the anchor that holds no other article and is no part of the page, as its head is."""
    box = anchor
    for node in _upwards(anchor)[1:]:
        if len(owners[node]) > 1 or not is_small(node, _MOST_NODES):
            break
        box = node
    return box


def _named_times(box: HtmlElement) -> list[HtmlElement]:
    nodes = list(islice(box.iter(), _MOST_NODES))
    names = [f"{node.get('class', '')} {node.get('id', '')}" for node in nodes]
    return [node for node, name in zip(nodes, names, strict=True) if node.tag == "time" or _TIME.search(name)]


def _read(node: HtmlElement) -> dates.Reading | None:
    written = node.get("datetime") or node.get("title") or ""
    reading = dates.read(written) if written else None
    if reading is None and is_small(node, _SMALL):
        text = text_of(node)
        reading = dates.read(text) if len(text) <= _LONGEST else None
    return reading

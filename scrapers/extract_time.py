"""When an article was published: what the page shows, checked against what it says for machines."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from lxml.html import HtmlElement

from scrapers.body import is_box
from scrapers.dates import Reading, read
from scrapers.extract_fields import Asked
from scrapers.markup import attribute, text_of

_METAS = (
    "article:published_time",
    "datepublished",
    "pubdate",
    "publishdate",
    "dc.date.issued",
    "dcterms.created",
    "dc.created",
    "og:published_time",
    "date",
)
_OUTSIDE = frozenset({"footer", "aside", "nav", "form", "select"})
_OTHER_PIECES = re.compile(
    r"(?<![a-z])(?:related?|relate[ds]?-?news|tinlienquan|lienquan|list-news|comments?)(?![a-z])"
)
_LONGEST = 90
_DOUBT = timedelta(days=1)
_NEAR = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """`moment` to the minute as far as known, in Asia/Ho_Chi_Minh; `flags` as `scrapers.extract` lists them."""

    moment: datetime | None
    flags: tuple[str, ...] = ()


def published_of(asked: Asked, title: HtmlElement | None, body: HtmlElement | None) -> When:
    """The time shown by a selector; else the data's; else one printed beside the title. None rather than a guess.

    A day alone takes its time from another place that names the same day. Where page and data differ by more than a
    day the data is taken (a page may show today's date), unless it only swapped day and month.
    """
    shown = [
        reading
        for selector in asked.selectors("time")
        for reading in _readings(asked.dom.select(selector)[:5], _elsewhere)
    ]
    told = [reading for text in (asked.data.published, *map(asked.data.meta, _METAS)) if (reading := read(text))]
    if shown and told and _far(shown[0], told[0]):
        swapped = (shown[0].moment.day, shown[0].moment.month) == (told[0].moment.month, told[0].moment.day)
        chosen = shown if swapped else told
        return _finest(chosen, chosen, ("time-in-doubt",))
    if shown:
        return _finest(shown, shown + told)
    if told:
        near = list(_near(title, body)) if not told[0].has_time else []
        return _finest(told, told + near, ("time-from-data",))
    near = list(_near(title, body))
    return _finest(near, near) if near else When(moment=None, flags=("no-time",))


def _elsewhere(element: HtmlElement) -> bool:
    """Whether an element around a date is a box of other pieces. A share bar may well hold the article's own date."""
    return element.tag in _OUTSIDE or bool(_OTHER_PIECES.search(f"{element.get('class')} {element.get('id')}".lower()))


def _boxed(element: HtmlElement) -> bool:
    return element.tag in _OUTSIDE or is_box(element)


def _readings(elements: Sequence[HtmlElement], outside: Callable[[HtmlElement], bool]) -> Iterator[Reading]:
    for element in elements:
        if any(map(outside, element.iterancestors())):
            continue
        text = text_of(element)
        reading = read(text) if len(text) <= _LONGEST else None
        reading = reading or read(attribute(element, "datetime", "content"))
        if reading:
            yield reading


def _far(one: Reading, other: Reading) -> bool:
    apart = abs(one.moment - other.moment)
    return apart > _DOUBT + (timedelta(days=0) if one.has_time and other.has_time else timedelta(days=1))


def _finest(chosen: Sequence[Reading], all_of: Sequence[Reading], flags: tuple[str, ...] = ()) -> When:
    first = chosen[0]
    if not first.has_time:
        same_day = (one for one in all_of if one.has_time and one.moment.date() == first.moment.date())
        first = next(same_day, first)
    moment = first.moment.replace(second=0, microsecond=0)
    return When(moment=moment, flags=flags if first.has_time else (*flags, "day-only"))


def _near(title: HtmlElement | None, body: HtmlElement | None) -> Iterator[Reading]:
    """Short texts that read as a date between the title and the text, or just above the title; links are other pieces."""
    parent = title.getparent() if title is not None else None
    if parent is None:
        return
    above = parent.getparent()
    around = above if above is not None and above.tag not in ("body", "html") else parent
    for place, element in enumerate(around.iter()):
        if element is body or place > _NEAR:
            return
        if element.tag in ("a", "li", "h1", "h2") or len(element) > 6 or _boxed(element):
            continue
        if any(read(text_of(link)) for link in element.iter("a")):
            continue
        yield from _readings([element], _boxed)

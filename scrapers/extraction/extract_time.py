"""When an article was published: what the page shows, checked against what it says for machines."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from lxml.html import HtmlElement

from scrapers.dates import Reading, read
from scrapers.extraction.body import is_box
from scrapers.extraction.extract_fields import Asked, of_other_pieces
from scrapers.extraction.families_generic import GENERIC
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
_TODAY = re.compile(r"(?<![a-z])(?:top|header|menu|today|current|now|clock|date-?now|hom-?nay)(?![a-z])")
_LONGEST = 90
_DOUBT = timedelta(days=1)
_NEAR = 80
_ABOVE = 30
_MANY = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """`moment` to the minute as far as known, in Asia/Ho_Chi_Minh; `flags` as `scrapers.extraction.extract` lists them."""

    moment: datetime | None
    flags: tuple[str, ...] = ()


def published_of(asked: Asked, title: HtmlElement | None, body: HtmlElement | None) -> When:
    """The time shown by a selector; else the data's, if nothing beside the title says the same; else what stands there.

    None rather than a guess. A day alone takes its time from another place that names the same day. Where page and
    data differ by more than a day the data is taken (a page may show today's date), unless it only swapped day and month.
    """
    shown = [
        reading
        for selector in asked.selectors("time")
        for reading in _readings(
            asked.dom.select(selector)[:5], _elsewhere if selector not in GENERIC.time else _listed
        )
    ]
    told = [reading for text in (asked.data.published, *map(asked.data.meta, _METAS)) if (reading := read(text))]
    if not shown:
        near = list(_near(title, body))
        shown = [one for one in near if not told or one.moment.date() == told[0].moment.date()]
    if shown and told and _far(shown[0], told[0]):
        swapped = (shown[0].moment.day, shown[0].moment.month) == (told[0].moment.month, told[0].moment.day)
        if swapped:
            return _finest(shown, shown, ("time-shown", "time-in-doubt"))
        return _finest(told, told, ("time-from-data", "time-in-doubt"))
    if shown:
        return _finest(shown, shown + told, ("time-shown",))
    return _finest(told, told, ("time-from-data",)) if told else When(moment=None, flags=("no-time",))


def _elsewhere(element: HtmlElement) -> bool:
    """Whether an element around a date is a box of other pieces. A share bar may well hold the article's own date."""
    return element.tag in _OUTSIDE or bool(_OTHER_PIECES.search(f"{element.get('class')} {element.get('id')}".lower()))


def _listed(element: HtmlElement) -> bool:
    """As `_elsewhere` for a selector that belongs to no family, which may well match in lists of other pieces."""
    return element.tag == "li" or _elsewhere(element) or of_other_pieces(element)


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


def _finest(chosen: Sequence[Reading], all_of: Sequence[Reading], flags: tuple[str, ...]) -> When:
    first = chosen[0]
    if not first.has_time:
        same_day = (one for one in all_of if one.has_time and one.moment.date() == first.moment.date())
        first = next(same_day, first)
    moment = first.moment.replace(second=0, microsecond=0)
    return When(moment=moment, flags=flags if first.has_time else (*flags, "day-only"))


def _near(title: HtmlElement | None, body: HtmlElement | None) -> Iterator[Reading]:
    """Short texts that read as a date between the title and the text, or just above the title; links are other pieces."""
    parent = title.getparent() if title is not None else None
    if title is None or parent is None:
        return
    above = parent.getparent()
    around = list((above if above is not None and above.tag not in ("body", "html") else parent).iter())
    place = around.index(title)
    below = [*takewhile(lambda element: element is not body, around[place + 1 : place + _NEAR])]
    holders = set(title.iterancestors())
    before = [
        element
        for element in around[max(0, place - _ABOVE) : place]
        if element not in holders and not any(map(_of_the_site, _up_to(element, holders)))
    ]
    for element in (*below, *before):
        if element.tag in ("a", "li", "h1", "h2") or len(element) > _MANY or _boxed(element):
            continue
        if any(read(text_of(link)) for link in element.iter("a")):
            continue
        yield from _readings([element], _boxed)


def _up_to(element: HtmlElement, holders: set[HtmlElement]) -> Iterator[HtmlElement]:
    """The element and those around it that do not hold the headline."""
    yield element
    yield from takewhile(lambda above: above not in holders, element.iterancestors())


def _of_the_site(element: HtmlElement) -> bool:
    """The head of the site, where today's date may stand."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
    return element.tag in ("header", "nav") or bool(_TODAY.search(names))

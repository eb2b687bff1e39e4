"""Section pages → links to articles, with the part of the page each stood in."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from digest.model import Link, Zone
from scrapers.dates import Reading
from scrapers.discovery.headlines import Said, best_of, said_by
from scrapers.discovery.listed_times import time_beside
from scrapers.discovery.shapes import is_numbered, is_other_edition, is_wordy, looks_like_article
from scrapers.discovery.zones import ZONES, Zones
from scrapers.identity import is_under, same_article, without_tracking
from scrapers.markup import absolute, base_of, decode, parse
from scrapers.source import Source

_LEAST_WORDS = 4
_MOST_ANCHORS = 5000
_FEW = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One article of a listing. `time` is what stands beside the link in its own box, the day alone perhaps."""

    link: Link
    time: Reading | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Anchor:
    """One anchor: its target, where it stood, what it says."""

    url: str
    zone: Zone
    said: Said
    element: HtmlElement


def read_listing(body: bytes, url: str, source: Source | None = None) -> list[Link]:
    """The articles a section page links to, in the page's order, one entry an article.

    `url` is the page's own address. Links to other sites are left out. A page without any gives an empty list.
    """
    tree = parse(decode(body))
    return [listed.link for listed in listed_on(tree, url, source)] if tree is not None else []


def listed_on(tree: HtmlElement, url: str, source: Source | None = None) -> list[Listed]:
    """As `read_listing`, of a page that was parsed already; with times."""
    articles: dict[str, list[_Anchor]] = {}
    own = same_article(url, source)
    for anchor in _anchors(tree, url, source):
        key = same_article(anchor.url, source)
        if key != own:
            articles.setdefault(key, []).append(anchor)
    wanted = _out_of_the_menu(_wanted(list(articles.values()), source))
    times = time_beside([[anchor.element for anchor in anchors] for anchors in wanted])
    return [_listed(anchors, time) for anchors, time in zip(wanted, times, strict=True)]


def _anchors(tree: HtmlElement, url: str, source: Source | None) -> Iterator[_Anchor]:
    base, zones = base_of(tree, url), Zones()
    for element in islice(tree.iter("a"), _MOST_ANCHORS):
        href = (element.get("href") or "").strip()
        target = without_tracking(absolute(base, href)) if href and not href.startswith("#") else ""
        if target and _is_same_site(target, url, source) and looks_like_article(target, source):
            yield _Anchor(url=target, zone=zones.of(element), said=said_by(element), element=element)


def _out_of_the_menu(articles: list[list[_Anchor]]) -> list[list[_Anchor]]:
    """Where nearly all stand in menus, something around the page is but called one: then the names do not count."""
    outside = sum(any(anchor.zone != "menu" for anchor in anchors) for anchors in articles)
    if len(articles) < _FEW or outside * 10 >= len(articles):
        return articles
    zones = Zones(by_name=False)
    return [[replace(anchor, zone=zones.of(anchor.element)) for anchor in anchors] for anchors in articles]


def _is_same_site(target: str, url: str, source: Source | None) -> bool:
    host = (urlsplit(target).hostname or "").removeprefix("www.")
    own = (urlsplit(url).hostname or "").removeprefix("www.")
    domains = {own, source.domain, *source.aliases} if source is not None else {own}
    return host in domains or (any(is_under(host, domain) for domain in domains) and not is_other_edition(host, own))


def _wanted(articles: list[list[_Anchor]], source: Source | None) -> list[list[_Anchor]]:
    """Without the links whose address proves little and whose words are no headline's.

    A site without a pattern that numbers some of its articles numbers all: what has no number is a section or topic.
    """
    sure = [is_numbered(anchors[0].url) for anchors in articles]
    has_pattern = source is not None and source.article_pattern is not None
    doubtful_count = has_pattern or not any(sure)
    return [
        anchors
        for anchors, is_sure in zip(articles, sure, strict=True)
        if is_sure or (doubtful_count and _reads_like_article(anchors))
    ]


def _reads_like_article(anchors: list[_Anchor]) -> bool:
    """A long address under a headline, that no menu holds."""
    words = [word for word in _best(anchors).text.split() if any(char.isalnum() for char in word)]
    in_menu = any(anchor.zone == "menu" for anchor in anchors)
    return not in_menu and len(words) >= _LEAST_WORDS and is_wordy(anchors[0].url)


def _listed(anchors: list[_Anchor], time: Reading | None) -> Listed:
    zone = min((anchor.zone for anchor in anchors), key=ZONES.index)
    published = time.moment if time is not None and time.has_time else None
    return Listed(link=Link(url=anchors[0].url, title=_best(anchors).text, zone=zone, published=published), time=time)


def _best(anchors: list[_Anchor]) -> Said:
    return best_of(anchor.said for anchor in anchors)

"""Feeds (RSS in all its versions, Atom, JSON Feed) → links."""

import html
import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from lxml import etree
from lxml.html import HtmlElement

from digest.errors import FetchError
from digest.model import Link
from scrapers.dates import read_moment
from scrapers.discovery.feeds_json import entries_of, is_json
from scrapers.discovery.forgiving_xml import begins_with, name_of, root_of, some, texts_of
from scrapers.identity import same_article, without_tracking
from scrapers.markup import absolute, clean, parse, text_of
from scrapers.source import Source

_MOST_ENTRIES = 5000
_FEEDS = ("rss", "feed", "rdf")
_SLASHED_DATE = re.compile(r"\b(\d{1,2})/(\d{1,2})/\d{4}\b")
_DATES = ("pubdate", "published", "date", "issued", "created", "updated", "modified")
_FEED_DATES = ("pubdate", "lastbuilddate", "updated", "date")
_ADDRESSES = ("origlink", "link", "guid", "id")  # origlink: Feedburner's link leads through its own counter
_TEXTS = ("description", "summary", "content", "encoded")
_BESIDES = ("ul", "ol", "table", "figure", "img", "script", "style")
_BREAKS = re.compile(r"[\t\r\n]+")
_TAGS = re.compile(r"<[a-zA-Z/]")


def read_feed(body: bytes, url: str, source: Source | None = None) -> list[Link]:
    """The entries of a feed in its order, one an article, times as the feed means them.

    `url` is the feed's address, from which relative links count. FetchError "not-a-feed" for anything else
    (a page, broken beyond reading), "empty-feed" for a feed without a readable entry.
    """
    entries, dates = _json(body, url) if is_json(body) else _xml(body, url)
    month_first = _is_month_first([*dates, *_dates(entries)], source)
    links = [_link(entry, url, month_first=month_first) for entry in entries]
    unique = _unique((link for link in links if link is not None), source)
    if not unique:
        raise FetchError(url, "empty-feed", f"{len(entries)} entries, none with a link")
    return unique


def _xml(body: bytes, url: str) -> tuple[list[dict[str, str]], list[str]]:
    """The entries, and the dates of the feed itself."""
    root = root_of(body)
    if root is None or name_of(root) not in _FEEDS:
        raise FetchError(url, "not-a-feed", begins_with(body))
    entries = [texts_of(entry) for entry in some(root, ("item", "entry"), _MOST_ENTRIES)]
    heads = [texts_of(head) for head in (root, *some(root, ("channel",), 1))]
    return entries, [head[name] for head in heads for name in _FEED_DATES if name in head]


def _json(body: bytes, url: str) -> tuple[list[dict[str, str]], list[str]]:
    entries = entries_of(body)
    if entries is None:
        raise FetchError(url, "not-a-feed", "JSON, but no JSON Feed")
    return entries[:_MOST_ENTRIES], []


def _dates(entries: list[dict[str, str]]) -> Iterator[str]:
    for entry in entries:
        yield from (entry[name] for name in _DATES if name in entry)


def _is_month_first(dates: Iterable[str], source: Source | None) -> bool:
    """What the feed's own dates prove (`9/14/2026`), else what the source declares."""
    firsts, seconds = [], []
    for date in dates:
        for first, second in _SLASHED_DATE.findall(date[:100]):
            firsts.append(int(first))
            seconds.append(int(second))
    if any(second > 12 for second in seconds) != any(first > 12 for first in firsts):
        return any(second > 12 for second in seconds)
    return source is not None and source.feed_month_first


def _link(fields: dict[str, str], url: str, *, month_first: bool) -> Link | None:
    address = next((found for name in _ADDRESSES if (found := _address(name, fields.get(name, ""), url))), "")
    if not address:
        return None
    published = next((moment for moment in _moments(fields, month_first=month_first) if moment is not None), None)
    sapo = next((text for name in _TEXTS if (text := _plain(fields.get(name, "")))), None)
    return Link(url=address, title=_plain(fields.get("title", "")), published=published, sapo=sapo)


def _address(name: str, text: str, url: str) -> str:
    """A field as an address, "" where it is none. An identifier that is no address is not made one."""
    written = clean(_BREAKS.sub("", text)).replace(" ", "%20")
    if not written or (name in ("guid", "id") and not written.startswith(("http://", "https://", "/"))):
        return ""
    return without_tracking(absolute(url, written))


def _moments(fields: dict[str, str], *, month_first: bool) -> Iterator[datetime | None]:
    for name in _DATES:
        if name in fields:
            yield read_moment(fields[name], month_first=month_first)


def _plain(markup: str) -> str:
    """The text of a title or description: the first paragraph where there are some, without lists and pictures."""
    if "<" not in markup and "&" not in markup:
        return clean(markup)
    text = markup if "<" in markup else html.unescape(markup)
    tree = parse(text) if _TAGS.search(text) else None
    if tree is None:
        return clean(text)
    etree.strip_elements(tree, *_BESIDES, with_tail=False)
    paragraphs = [text_of(paragraph) for paragraph in tree.iter("p") if isinstance(paragraph, HtmlElement)]
    return next((paragraph for paragraph in paragraphs if paragraph), "") or text_of(tree)


def _unique(links: Iterable[Link], source: Source | None) -> list[Link]:
    first: dict[str, Link] = {}
    for link in links:
        first.setdefault(same_article(link.url, source), link)
    return list(first.values())

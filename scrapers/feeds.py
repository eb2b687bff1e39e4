"""Feeds (RSS 2.0, RSS 1.0, Atom) and sitemaps → links.

Read with lxml in its forgiving mode: feedparser expanded a document's own entities ("billion laughs"), took fifty
times as long on a feed of fifty entries (23 ms against 0.45), and its dates are not to be trusted anyway.
"""

import html
import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from lxml import etree
from lxml.html import HtmlElement

from digest.errors import FetchError
from digest.model import Link
from scrapers.dates import read_moment
from scrapers.identity import same_article, without_tracking
from scrapers.markup import absolute, clean, decode, parse, text_of
from scrapers.source import Source

_MOST_ENTRIES = 5000
_ROOT = re.compile(r"<(?:[\w-]+:)?(?:rss|feed|rdf|urlset|sitemapindex|html)\b", re.IGNORECASE)
_NAMED_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([a-zA-Z][a-zA-Z0-9]{1,31});")
_BARE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_SLASHED_DATE = re.compile(r"\b(\d{1,2})/(\d{1,2})/\d{4}\b")
_DATES = ("pubdate", "published", "date", "updated", "modified")
_TEXTS = ("description", "summary", "content", "encoded")
_ENTRIES = ("item", "entry")
_FEEDS = ("rss", "feed", "rdf")
_MEDIA = ("media", "itunes", "image", "video")  # prefixes whose titles and links are those of pictures
_BESIDES = ("ul", "ol", "table", "figure", "img", "script", "style")


def read_feed(body: bytes, url: str, source: Source | None = None) -> list[Link]:
    """The entries of a feed in its order, one an article, times as the feed means them.

    `url` is the feed's address, from which relative links count. FetchError "not-a-feed" for anything else
    (a page, broken beyond reading), "empty-feed" for a feed without a readable entry.
    """
    root = _root(body)
    if root is None or _name(root) not in _FEEDS:
        raise FetchError(url, "not-a-feed", f"begins with <{_name(root)[:40]}>" if root is not None else "")
    entries = [_fields(entry) for entry in _some(root, _ENTRIES)]
    dates = [entry[name] for entry in entries for name in _DATES if name in entry]
    month_first = _is_month_first(dates, source)
    links = [_link(entry, url, month_first=month_first) for entry in entries]
    unique = _unique((link for link in links if link is not None), source)
    if not unique:
        raise FetchError(url, "empty-feed", f"{len(entries)} entries, none with a link")
    return unique


def read_sitemap(body: bytes, url: str, source: Source | None = None) -> tuple[list[Link], list[str]]:
    """The articles of a sitemap, and the addresses of the sitemaps it names. A time counts only in a news sitemap.

    FetchError "not-a-feed" for anything else. A plain sitemap has no titles: they are empty.
    """
    root = _root(body)
    if root is None or _name(root) not in ("urlset", "sitemapindex"):
        raise FetchError(url, "not-a-feed", f"begins with <{_name(root)[:40]}>" if root is not None else "")
    links: list[Link] = []
    for entry in _some(root, ("url",)):
        fields = _fields(entry.iterdescendants())
        address = without_tracking(absolute(url, fields["loc"])) if "loc" in fields else ""
        if address:
            published = read_moment(fields.get("publication_date", ""))
            links.append(Link(url=address, title=clean(fields.get("title", "")), published=published))
    parts = map(_fields, _some(root, ("sitemap",)))
    inner = [absolute(url, fields["loc"]) for fields in parts if "loc" in fields]
    return _unique(links, source), [address for address in inner if address]


def _root(body: bytes) -> etree._Element | None:
    """The document from its root on: without declarations no entity of its own is known, let alone expanded."""
    text = decode(body)
    start = _ROOT.search(text)
    if start is None:
        return None
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    whole = "".join(_mended(text[start.start() :]))
    try:
        return etree.fromstring(_NOT_XML.sub("", whole).encode("utf-8"), parser)
    except etree.XMLSyntaxError:
        return None


def _mended(text: str) -> Iterator[str]:
    """The text with what is not XML escaped, CDATA as it is."""
    at = 0
    while (start := text.find(_CDATA, at)) >= 0 and (end := text.find(_CDATA_END, start)) >= 0:
        yield _escaped(text[at:start])
        yield text[start : end + len(_CDATA_END)]
        at = end + len(_CDATA_END)
    yield _escaped(text[at:])


def _escaped(markup: str) -> str:
    """HTML's named entities as characters, other ampersands escaped: `A & B &nbsp; C` is common and not XML."""
    return _BARE_AMPERSAND.sub("&amp;", _NAMED_ENTITY.sub(_character, markup))


def _character(entity: re.Match[str]) -> str:
    return html.unescape(entity.group())


def _some(root: etree._Element, names: tuple[str, ...]) -> Iterator[etree._Element]:
    found = 0
    for element in root.iter():
        if _name(element) in names:
            found += 1
            if found > _MOST_ENTRIES:
                return
            yield element


def _name(element: etree._Element) -> str:
    """The name without its namespace, in small letters: real feeds write `pubdate` and forget namespaces."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()


def _fields(children: Iterable[etree._Element]) -> dict[str, str]:
    """The first text of each child by its name; Atom's `link` by its `href`."""
    fields: dict[str, str] = {}
    for child in children:
        name = _name(child)
        text = "".join(str(piece) for piece in child.itertext()).strip()
        if name == "link" and child.get("href"):
            text = child.get("href", "") if child.get("rel", "alternate") == "alternate" else ""
        if text and _prefix(child) not in _MEDIA:
            fields.setdefault(name, text)
    return fields


def _prefix(element: etree._Element) -> str:
    """The prefix of the name, declared or not."""
    return element.prefix or str(element.tag).rpartition("}")[2].rpartition(":")[0]


def _is_month_first(dates: Iterable[str], source: Source | None) -> bool:
    """What the feed's own dates prove (`9/14/2026`), else what the source declares."""
    firsts, seconds = [], []
    for date in dates:
        for first, second in _SLASHED_DATE.findall(date):
            firsts.append(int(first))
            seconds.append(int(second))
    if any(second > 12 for second in seconds) != any(first > 12 for first in firsts):
        return any(second > 12 for second in seconds)
    return source is not None and source.feed_month_first


def _link(fields: dict[str, str], url: str, *, month_first: bool) -> Link | None:
    guid = fields.get("guid") or fields.get("id") or ""
    target = clean(fields.get("link") or (guid if guid.startswith("http") else ""))
    address = without_tracking(absolute(url, target)) if target else ""
    if not address:
        return None
    published = next((moment for moment in _moments(fields, month_first=month_first) if moment is not None), None)
    sapo = next((text for name in _TEXTS if (text := _plain(fields.get(name, "")))), None)
    return Link(url=address, title=_plain(fields.get("title", "")), published=published, sapo=sapo)


def _moments(fields: dict[str, str], *, month_first: bool) -> Iterator[datetime | None]:
    for name in _DATES:
        if name in fields:
            yield read_moment(fields[name], month_first=month_first)


def _plain(markup: str) -> str:
    """The text of a title or description: the first paragraph where there are some, without lists and pictures."""
    if "<" not in markup and "&" not in markup:
        return clean(markup)
    text = markup if "<" in markup else html.unescape(markup)
    tree = parse(text) if re.search(r"<[a-zA-Z/]", text) else None
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

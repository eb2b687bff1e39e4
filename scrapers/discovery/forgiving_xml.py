"""Feeds and sitemaps as bytes → a tree, whatever is wrong with them.

Read with lxml in its forgiving mode, after what it cannot forgive was mended: feedparser expanded a document's own
entities ("billion laughs") and took fifty times as long on a feed of fifty entries (23 ms against 0.45).
"""

import html
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from scrapers.markup import decode

_MEDIA = frozenset(
    {"media", "itunes", "image", "video"}
)  # prefixes whose titles, links and times are those of pictures
_ROOT = re.compile(r"<(?:[\w-]+:)?(?:rss|feed|rdf|urlset|sitemapindex)(?=[\s>/])[^>]*>?", re.IGNORECASE)
_HTML = re.compile(r"<html\b", re.IGNORECASE)
_SAYS_SO = re.compile(r"\b(?:version|xmlns)\b", re.IGNORECASE)
_FIRST = re.compile(r"<([a-zA-Z][\w:.-]*)")
_NAMED_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([a-zA-Z][a-zA-Z0-9]{1,31});")
_BARE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_MARK = re.compile(r"<!\[CDATA\[|\]\]>|</(?P<name>[\w:.-]+)")
_TAG = re.compile(r"<([\w:.-]+)[^<>]*>\s*$")
_ENTRIES = frozenset({"item", "entry", "url"})
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LONGEST_TAG = 200
_MOST_BYTES = 50_000_000
_HEAD = 4096


def root_of(body: bytes) -> etree._Element | None:
    """The document from its root on: without declarations no entity of its own is known, let alone expanded.

    What stands before the root is passed over; None where there is no root of a feed or sitemap. A page is none,
    even if it names such an element somewhere.
    """
    text = _text(body)
    start = _ROOT.search(text)
    if start is None or (_HTML.search(text, 0, start.start()) and not _SAYS_SO.search(start.group())):
        return None
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    whole = "".join(_mended(text[start.start() :]))
    try:
        return etree.fromstring(_NOT_XML.sub("", whole).encode("utf-8"), parser)
    except etree.XMLSyntaxError:
        return None


def begins_with(body: bytes) -> str:
    """What stands where a feed's root should: for messages."""
    first = _FIRST.search(_text(body)[:_HEAD])
    return f"begins with <{first.group(1)[:40]}>" if first else "no markup in it"


def _text(body: bytes) -> str:
    data = unpacked(body)
    for mark, name in ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be")):  # valid UTF-8 with zeros in between
        if data.startswith(mark):
            return data.decode(name, errors="replace")
    return decode(data)


def unpacked(body: bytes) -> bytes:
    """Gzip undone (`sitemap.xml.gz` is sent as it lies on the disk), up to a bound; as far as it is whole."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(body, _MOST_BYTES)
    except zlib.error:
        return b""


def _mended(text: str) -> Iterator[str]:
    """The text with what is not XML escaped, CDATA as it is."""
    done = 0
    for start, end, after in _cdata(text):
        yield _escaped(text[done : start - len(_CDATA)])
        yield f"{_CDATA}{text[start:end].replace(_CDATA, '')}{_CDATA_END}"
        done = after
    yield _escaped(text[done:])


@dataclass(slots=True)
class _Open:
    """A CDATA section that is open: where its text begins, the element it stands in, where that element ends."""

    start: int
    element: str
    end: int | None = None


def _cdata(text: str) -> Iterator[tuple[int, int, int]]:
    """The CDATA sections: where the text of each begins and ends, and where to go on.

    One that is never closed would swallow the entries after it: it ends where its element does.
    """
    section: _Open | None = None
    for mark in _MARK.finditer(text):
        if section is None:
            section = _opened(text, mark)
        elif mark.group() == _CDATA_END:
            yield section.start, mark.start(), mark.end()
            section = None
        elif section.end is None:
            section.end = mark.start() if mark["name"] == section.element else None
        elif mark.group() == _CDATA or mark["name"] in _ENTRIES:
            yield section.start, section.end, section.end
            section = _opened(text, mark)
    if section is not None and section.end is not None:
        yield section.start, section.end, section.end


def _opened(text: str, mark: re.Match[str]) -> _Open | None:
    if mark.group() != _CDATA:
        return None
    before = text[max(0, mark.start() - _LONGEST_TAG) : mark.start()]
    element = _TAG.match(before, max(0, before.rfind("<")))
    return _Open(mark.end(), element.group(1) if element else "")


def _escaped(markup: str) -> str:
    """HTML's named entities as characters, other ampersands escaped: `A & B &nbsp; C` is common and not XML."""
    return _BARE_AMPERSAND.sub("&amp;", _NAMED_ENTITY.sub(_character, markup))


def _character(entity: re.Match[str]) -> str:
    return html.unescape(entity.group())


def some(root: etree._Element, names: tuple[str, ...], most: int) -> Iterator[etree._Element]:
    """The elements of these names, in document order, up to a bound."""
    named = (element for element in root.iter() if name_of(element) in names)
    return islice(named, most)


def name_of(element: etree._Element) -> str:
    """The name without its namespace, in small letters: real feeds write `pubdate` and forget namespaces."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()


def texts_of(children: Iterable[etree._Element]) -> dict[str, str]:
    """The first text of each child by its name; Atom's `link` by its `href`; without what belongs to pictures."""
    fields: dict[str, str] = {}
    for child in children:
        text = _text_of(child)
        if text and _prefix(child) not in _MEDIA:
            fields.setdefault(name_of(child), text)
    return fields


def _text_of(element: etree._Element) -> str:
    text = "".join(str(piece) for piece in element.itertext()).strip()
    if name_of(element) != "link":
        return text
    if element.get("href"):
        return str(element.get("href")) if element.get("rel", "alternate") == "alternate" else ""
    after = (element.tail or "").strip()  # `<link/>https://…`, as HTML writes it
    return text or (after if after.startswith("http") else "")


def _prefix(element: etree._Element) -> str:
    """The prefix of the name, declared or not."""
    return element.prefix or str(element.tag).rpartition("}")[2].rpartition(":")[0]

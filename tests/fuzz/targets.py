"""What is fuzzed: each target takes any bytes and may only return, or raise an error that reports know by its kind.

`TARGETS` are used by the drill (`tests.fuzz.drill`, guided by coverage) and by the suite (`tests.fuzz.test_targets`).
"""

import signal
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import timedelta
from io import BytesIO
from types import FrameType
from typing import Literal

from digest.errors import ExtractError, FetchError
from digest.text import fold, normalise, one_line, slug, sort_key
from scrapers.catalogue import find
from scrapers.dates import read as read_date
from scrapers.dates import read_moment
from scrapers.discovery.discover import read_listing
from scrapers.discovery.listings import Listing, read
from scrapers.documents import legacy
from scrapers.documents.plain import read_plain
from scrapers.documents.reading import is_document, read_document
from scrapers.extraction.byline import read_byline, signature
from scrapers.extraction.extract import extract
from scrapers.extraction.families import FAMILIES
from scrapers.fetching import addresses, answers, robots
from scrapers.fetching.freshness import fresh_until
from scrapers.fetching.hosts import host_key
from scrapers.identity import path_with_query, same_article, without_tracking
from scrapers.markup import absolute, decode
from scrapers.source import Source
from tests.fakes import at
from tests.scrapers.fakes import a_page, a_source

SECONDS = 2.0  # of processor time; what takes longer hangs
NOW = at("2026-03-02 07:30")
URL = "https://baolua.example/mot-cua-tra-ket-qua-som-hon-hai-gio-a1001.html"
_MOST = 200_000  # bytes
_FAMILIES = sorted(FAMILIES)

Target = Callable[[bytes], None]


class HangError(Exception):
    """An input took longer than it may."""


@contextmanager
def bounded(seconds: float = SECONDS) -> Iterator[None]:
    """HangError once the block has taken so much processor time; main thread only."""

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise HangError(f"more than {seconds:g} seconds")

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def dates(data: bytes) -> None:
    """Times as pages, feeds and headers write them."""
    text = data.decode(errors="replace")
    for month_first in (False, True):
        moment = read_moment(text, month_first=month_first)
        assert moment is None or moment.utcoffset() is not None
        read_date(text, month_first=month_first)
    fresh_until([("Cache-Control", text), ("Expires", text), ("Age", text), ("Date", text)], now=NOW)
    pause = answers.asked_pause({"retry-after": text}, now=NOW)
    assert pause is None or 0 <= pause <= timedelta(days=1).total_seconds()


def links(data: bytes) -> None:
    """Addresses as pages and redirects write them."""
    text = data.decode(errors="surrogateescape")
    source = _source(data)
    for url in (text, f"https://baolua.example/{text}", f"http://{text}/a-{len(text)}.html"):
        key = same_article(url, source)
        assert same_article(key, source) == key
        without_tracking(url)
        path_with_query(url)
        host_key(absolute(URL, url) or URL)
        find((source,), url)
        with suppress(FetchError):
            answers.check_address(url, url=url)
    for allow_private in (False, True):
        addresses.check(text, allow_private=allow_private)


def listings(data: bytes) -> None:
    """Feeds, sitemaps and section pages; robots.txt."""
    page = a_page(url=URL, body=data[1:])
    kinds: tuple[Literal["feed", "sitemap", "page"], ...] = ("feed", "sitemap", "page")
    with suppress(FetchError, ExtractError):
        read(
            Listing(url=URL, kind=kinds[_first(data) % 3]), page, _source(data), start=NOW - timedelta(days=2), end=NOW
        )
    rules = robots.read(data)
    rules.denial(URL)
    assert 0 <= rules.delay() <= robots.LONGEST_CRAWL_DELAY


def pages(data: bytes) -> None:
    """Articles of every family, and of none; the same bytes as a section page."""
    body = data[1:]
    number = _first(data)
    source = _source(data) if number % 4 else None
    with suppress(ExtractError):
        article = extract(body, url=URL, source=source, fetched=NOW, content_type=None if number % 2 else "text/html")
        assert article.title
        assert len(article.kinds) in (0, len(article.paragraphs))
        assert article.published is None or article.published.utcoffset() is not None
    read_listing(body, URL, source)


def texts(data: bytes) -> None:
    """Bytes of unknown encoding, and text in the font encodings of before Unicode."""
    decode(data)
    decode(data, f"text/html; charset={data[:20].decode('latin-1')}")
    for encoding in ("latin-1", "cp1252", "utf-8"):
        text = data.decode(encoding, errors="replace")
        once = legacy.mend_text(text)
        legacy.mend(text.splitlines())
        for clean in (normalise, one_line, fold, slug, sort_key):
            clean(once)
        read_byline(once, frozenset({"baolua"}))
        signature(once, frozenset({"baolua"}))


def documents(data: bytes) -> None:
    """Text files, and Word files whose text is any XML. PDF files are read in a process of their own."""
    read_plain(data)
    whole = data[1:] if _first(data) % 2 else _word_file(data[1:])
    if is_document(whole) and not whole.startswith(b"%PDF"):
        with suppress(ExtractError):
            article = read_document(whole, url=URL, fetched=NOW)
            assert len(article.kinds) in (0, len(article.paragraphs))


TARGETS: Mapping[str, Target] = {
    target.__name__: target for target in (dates, links, listings, pages, texts, documents)
}


def one(name: str, data: bytes) -> None:
    """One input through one target, under the clock."""
    with bounded():
        TARGETS[name](data[:_MOST])


def _first(data: bytes) -> int:
    return data[0] if data else 0


def _source(data: bytes) -> Source:
    """A source whose family the first byte chooses."""
    family = _FAMILIES[_first(data) % len(_FAMILIES)]
    return a_source(domain="baolua.example", family=family, pages=(URL,), documents=_first(data) % 5 == 0)


def _word_file(text: bytes) -> bytes:
    """The document part is the text, taken as XML where it begins so, as a paragraph's content where not."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    kinds = f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    links_ = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{office}" Target="word/document.xml"/></Relationships>'
    body = (
        text
        if text.startswith(b"<?xml")
        else f"<w:document {space}><w:body>".encode() + text + b"</w:body></w:document>"
    )
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", kinds)
        archive.writestr("_rels/.rels", links_)
        archive.writestr("word/document.xml", body)
    return packed.getvalue()

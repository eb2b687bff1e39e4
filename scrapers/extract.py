"""A page's bytes → an Article.

Order of trust, for each field on its own: the source's selectors, its family's, those most systems share, what the page
says for machines (JSON-LD, metas), and for the body at last the general extractor.

Flags of an article (`FLAGS` lists them): `fallback` the body was found by the general extractor; `generic` by selectors
that belong to no family; `no-body` title and standfirst only; `no-sapo`, `no-author`, `no-time`; `day-only` the day is
known, the time is not; `time-from-data` the time stands nowhere visible but in JSON-LD or a meta; `time-in-doubt` page
and data disagree by more than a day; `slug-differs` address and title share no word, as when an id leads elsewhere.
"""

import copy
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from lxml import etree
from lxml.html import HtmlElement

from digest.errors import ExtractError
from digest.model import Article
from scrapers.body import Reader
from scrapers.byline import NOBODY, Byline
from scrapers.dom import Dom
from scrapers.extract_fields import (
    Asked,
    Found,
    byline_of,
    described,
    find_any,
    rubric_of,
    sapo_of,
    tags_of,
    title_of,
    told_author,
)
from scrapers.extract_identity import address_of, looks_like_article, names_of, outlet_of, slug_differs
from scrapers.extract_time import When, published_of
from scrapers.families import FAMILIES, GENERIC, family_of
from scrapers.general import general_lines
from scrapers.lines import Text, settle
from scrapers.markup import base_of, decode, parse
from scrapers.pictures import images_in
from scrapers.source import Source
from scrapers.structured import structured
from scrapers.verdict import check_bytes, what_it_is

FLAGS = (
    "fallback",
    "generic",
    "no-body",
    "no-sapo",
    "no-author",
    "no-time",
    "day-only",
    "time-from-data",
    "time-in-doubt",
    "slug-differs",
)
_FEW_LETTERS = 40
_LITTLE_TEXT = 250
_Body = tuple[HtmlElement, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """A page while it is read. `url` is where it was found, `address` its canonical one."""

    asked: Asked
    url: str
    address: str
    base: str
    cover: tuple[str, ...]
    scripts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """What is printed around the text, with the elements it came from: they are not read again as text."""

    title: Found
    sapo: list[Found]
    by: Byline
    printed_by: list[Found]
    when: When
    rubric: str | None
    tags: tuple[str, ...]

    def printed(self) -> tuple[Found, ...]:
        return (self.title, *self.sapo, *self.printed_by)


def extract(
    body: bytes,
    *,
    url: str,
    source: Source | None = None,
    fetched: datetime | None = None,
    content_type: str | None = None,
) -> Article:
    """The article on a page; `url` is its address after redirects ("" if unknown), `content_type` the header as sent.

    ExtractError, with a kind of `scrapers.verdict.KINDS`, where the page holds no readable article.
    """
    page = _opened(body, url, source, content_type)
    bodies = _bodies(page)
    first = next(bodies, None)
    head = _head(page, first)
    text, flags = _text(page, chain([first] if first else [], bodies), head.printed())
    _refuse_what_is_no_article(page, head, text, flags)
    article = _article(page, head, text, flags)
    return replace(article, outlet=outlet_of(page.address, source), fetched=fetched)


def _article(page: _Page, head: _Head, text: Text, flags: Sequence[str]) -> Article:
    sapo = " ".join(one.text for one in head.sapo) or None
    if sapo is None:
        sapo, text = described(page.asked, text, head.title.text)
    by = next((one for one in (head.by, text.by, told_author(page.asked)) if one.author), NOBODY)
    missing = (("no-body", text.lines), ("no-sapo", sapo), ("no-author", by.author))
    unknown = [flag for flag, known in missing if not known]
    elsewhere = ["slug-differs"] if slug_differs(page.address, head.title.text) else []
    return Article(
        id=hashlib.sha256((page.address or f"{head.title.text}\n{sapo}").encode(errors="replace")).hexdigest()[:16],
        url=page.address or None,
        title=head.title.text,
        sapo=sapo,
        paragraphs=text.paragraphs,
        kinds=text.kinds,
        images=text.images,
        author=by.author,
        author_note=by.note or head.by.note or text.by.note,
        published=head.when.moment,
        rubric=head.rubric,
        tags=head.tags,
        flags=(*flags, *unknown, *head.when.flags, *elsewhere),
    )


def _opened(body: bytes, url: str, source: Source | None, content_type: str | None) -> _Page:
    check_bytes(url, body)
    tree = parse(decode(body, content_type))
    if tree is None:
        raise ExtractError(url, "no-article", "nothing in it")
    data = structured(tree)
    scripts = " ".join(f"{script.get('src') or ''} {script.text or ''}" for script in tree.iter("script"))
    etree.strip_elements(tree, "script", with_tail=False)
    dom = Dom(tree)
    families = [FAMILIES.get(source.family or "") if source else None, family_of(url, dom)]
    known = list(dict.fromkeys(family for family in families if family))
    own = (source.selectors,) if source else ()
    return _Page(
        asked=Asked(
            dom=dom,
            data=data,
            layers=(*own, *(family.selectors for family in known), GENERIC),
            names=names_of(data, url, source),
        ),
        url=url,
        address=address_of(tree, data, url, source),
        base=base_of(tree, url),
        cover=tuple(selector for family in known for selector in family.cover),
        scripts=scripts,
    )


def _head(page: _Page, body: _Body | None) -> _Head:
    title = title_of(page.asked)
    if title is None:
        raise ExtractError(page.url, what_it_is(page.asked.dom, page.scripts), "no title")
    by, printed_by = byline_of(page.asked)
    return _Head(
        title=title,
        sapo=sapo_of(page.asked, title.text),
        by=by,
        printed_by=printed_by,
        when=published_of(page.asked, title.element, body[0] if body else None),
        rubric=rubric_of(page.asked, title.text),
        tags=tags_of(page.asked),
    )


def _bodies(page: _Page) -> Iterator[_Body]:
    """Elements that may hold the text, in order of trust, each with its flag ("" or "generic")."""
    trusted = {selector for layer in page.asked.layers[:-1] for selector in layer.body}
    seen: set[HtmlElement] = set()
    for selector in page.asked.selectors("body"):
        sized = [(len(element.text_content()), element) for element in page.asked.dom.select(selector)[:20]]
        size, element = max(sized, key=lambda pair: pair[0], default=(0, page.asked.dom.root))
        if size >= _FEW_LETTERS and element not in seen:
            seen.add(element)
            yield element, "" if selector in trusted else "generic"


def _text(page: _Page, bodies: Iterable[_Body], above: Sequence[Found]) -> tuple[Text, list[str]]:
    """The first element's text that has any paragraph, else the general extractor's."""
    known = [one.text for one in above]
    cover = [image for one in find_any(page.asked.dom, page.cover) for image in images_in(one, page.base)]
    for element, flag in bodies:
        _drop(page, element, [one.element for one in above])
        reader = Reader(base=page.base, images=cover.copy())
        reader.read(element)
        text = settle(reader.lines, reader.images, url=page.url, known=known, names=page.asked.names)
        if text.lines:
            return text, [flag] if flag else []
    if not looks_like_article(page.url or page.address, page.asked.data):
        return Text(images=tuple(cover)), []
    lines = general_lines(copy.deepcopy(page.asked.dom.root))
    text = settle(lines, cover, url=page.url, known=known, names=page.asked.names)
    return text, ["fallback"] if text.lines else []


def _drop(page: _Page, element: HtmlElement, printed: Iterable[HtmlElement]) -> None:
    """Take out of the text what is printed above it, and the boxes; the tail of each stays."""
    boxes = [box for selector in page.asked.selectors("drop") for box in page.asked.dom.select(selector, element)]
    for part in (*printed, *boxes):
        if part is not element and element in part.iterancestors():
            part.drop_tree()


def _refuse_what_is_no_article(page: _Page, head: _Head, text: Text, flags: Sequence[str]) -> None:
    """A page found by its family's selectors is believed; of others a short text may be an error's or a robot check's."""
    if (text.lines and not flags) or sum(map(len, text.paragraphs)) >= _LITTLE_TEXT:
        return
    kind = what_it_is(page.asked.dom, page.scripts)
    told = bool(head.sapo) and looks_like_article(page.url or page.address, page.asked.data)
    if kind != "no-article" or not (text.lines or told):
        raise ExtractError(page.url, kind)

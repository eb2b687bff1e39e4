"""A page's bytes → an Article.

Order of trust, for each field on its own: the source's selectors, its family's, those most systems share, what the page
says for machines (JSON-LD, metas), and for the body at last the general extractor.

Flags of an article (`FLAGS` lists them):

- where the body was found: none of them by a selector of source or family; `generic` by one that belongs to no family;
  `fallback` where most of the running text stands, or by the general extractor; `no-body` title and standfirst only.
- `no-sapo`, `no-author`.
- where the time is from: `time-shown` it is printed on the page; `time-from-data` it stands nowhere visible but in
  JSON-LD or a meta; `time-from-feed` (set by collecting) the page had none; `no-time`.
- how sure it is: `day-only` the day is known, the time is not; `time-in-doubt` page and data disagree by more than a
  day; neither of them: sure to the minute.
- `slug-differs` address and title share no word, as when an id leads elsewhere.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from lxml import etree

from digest.errors import ExtractError
from digest.model import VIETNAM, Article
from scrapers.dom import Dom
from scrapers.extraction.byline import NOBODY, Byline
from scrapers.extraction.extract_body import Around, text_at, trusted_place
from scrapers.extraction.extract_fields import Asked, Found, byline_of, rubric_of, tags_of, told_author
from scrapers.extraction.extract_identity import address_of, looks_like_article, names_of, outlet_of, slug_differs
from scrapers.extraction.extract_sapo import described, sapo_of
from scrapers.extraction.extract_time import When, published_of
from scrapers.extraction.extract_title import title_of
from scrapers.extraction.families import FAMILIES, family_of, selectors_on
from scrapers.extraction.families_generic import GENERIC
from scrapers.extraction.lines import Text
from scrapers.extraction.structured import structured
from scrapers.extraction.verdict import check_bytes, what_it_is
from scrapers.markup import base_of, decode, parse
from scrapers.source import Source

FLAGS = (
    "fallback",
    "generic",
    "no-body",
    "no-sapo",
    "no-author",
    "no-time",
    "time-shown",
    "time-from-data",
    "time-in-doubt",
    "day-only",
    "slug-differs",
)
_LITTLE_TEXT = 250


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

    ExtractError, with a kind of `scrapers.extraction.verdict.KINDS`, where the page holds no readable article.
    """
    page = _opened(body, url, source, content_type, fetched)
    head = _head(page)
    around = Around(url=page.url or page.address, base=page.base, cover=page.cover, printed=head.printed())
    text, flag = text_at(page.asked, around)
    _refuse_what_is_no_article(page, head, text, flag)
    article = _article(page, head, text, flag)
    return replace(article, outlet=outlet_of(page.address, source), fetched=fetched)


def _article(page: _Page, head: _Head, text: Text, flag: str) -> Article:
    sapo = " ".join(one.text for one in head.sapo if one.text) or None
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
        flags=(*([flag] if flag else []), *unknown, *head.when.flags, *elsewhere),
    )


def _opened(body: bytes, url: str, source: Source | None, content_type: str | None, fetched: datetime | None) -> _Page:
    check_bytes(url, body)
    tree = parse(decode(body, content_type))
    if tree is None:
        raise ExtractError(url, "no-article", "nothing in it")
    data = structured(tree)
    scripts = " ".join(f"{script.get('src') or ''} {script.text or ''}" for script in tree.iter("script"))
    etree.strip_elements(tree, "script", with_tail=False)
    dom = Dom(tree)
    day = fetched.astimezone(VIETNAM).date() if fetched else None
    families = [FAMILIES.get(source.family or "") if source else None, family_of(url, dom, day)]
    known = list(dict.fromkeys(family for family in families if family))
    own = selectors_on(source.former, source.selectors, day) if source else ()
    shared = [layer for family in known for layer in selectors_on(family.former, family.selectors, day)]
    return _Page(
        asked=Asked(
            dom=dom,
            data=data,
            layers=(*own, *shared, GENERIC),
            names=names_of(data, url, source),
        ),
        url=url,
        address=address_of(tree, data, url, source),
        base=base_of(tree, url),
        cover=tuple(selector for family in known for selector in family.cover),
        scripts=scripts,
    )


def _head(page: _Page) -> _Head:
    title = title_of(page.asked)
    if title is None:
        raise ExtractError(page.url, what_it_is(page.asked.dom, page.scripts), "no title")
    place = trusted_place(page.asked)
    sapo = sapo_of(page.asked, title)
    by, printed_by = byline_of(page.asked)
    return _Head(
        title=title,
        sapo=sapo,
        by=by,
        printed_by=printed_by,
        when=published_of(page.asked, title.element, place.element if place else None),
        rubric=rubric_of(page.asked, title.text),
        tags=tags_of(page.asked),
    )


def _refuse_what_is_no_article(page: _Page, head: _Head, text: Text, flag: str) -> None:
    """A page found by its family's selectors is believed; of others a short text may be an error's or a robot check's."""
    if (text.lines and not flag) or sum(map(len, text.paragraphs)) >= _LITTLE_TEXT:
        return
    kind = what_it_is(page.asked.dom, page.scripts)
    told = bool(head.sapo) and looks_like_article(page.url or page.address, page.asked.data)
    if kind != "no-article" or not (text.lines or told):
        raise ExtractError(page.url, kind)

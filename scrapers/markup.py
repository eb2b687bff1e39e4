"""Bytes of a page → text → tree, and how the tree is asked.

lxml with CSS compiled to XPath: on real pages this takes a tenth of BeautifulSoup's time, which alone
would spend more than the whole budget of a page (benchmarks/extraction.py has the figures).
"""

import html
import re
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from cssselect import SelectorError
from lxml import etree
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from digest.errors import CatalogueError
from digest.text import one_line

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_UNSEEN = ("style", "noscript", "svg", "iframe", "template", "object", "canvas")
# What XML, and so lxml, refuses in a text that is moved about, raw or as a reference.
_CONTROL = bytes([*range(9), 0x0B, 0x0C, *range(0x0E, 0x20)])
_CONTROL_REFERENCE = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01]|6553[45])(?!\d)|[xX]0*(?:[0-8bcBCeEfF]|1[\da-fA-F]|[fF]{3}[efEF])(?![\da-fA-F]));?"
)
_NO_CHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
_STRAY_END = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d{0,2});", re.IGNORECASE)
_SOUP_CONTAINS = re.compile(r":-soup-contains(?:-own)?\(")
_HEAD_BYTES = 4096
_MOST_TAGS = 200_000  # the largest real pages have a quarter of it; more would hold up a worker for minutes


def decode(body: bytes, content_type: str | None = None) -> str:
    """The page's text: valid UTF-8 first, then byte order mark, header, meta, detection. Never fails.

    UTF-8 goes first because headers and metas lie more often than a long text is valid UTF-8 by accident.
    """
    for mark, name in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if body.startswith(mark):
            return body[len(mark) :].decode(name, errors="replace")
    try:
        return body.decode("utf-8")
    except UnicodeError:
        return _of_another_set(body, content_type)


def _of_another_set(body: bytes, content_type: str | None) -> str:
    from bs4.dammit import EncodingDetector  # noqa: PLC0415 - a fifth of a second, for the few pages that are not UTF-8

    from scrapers.charsets import decoded  # noqa: PLC0415 - as above

    stated = EncodingDetector.find_declared_encoding(body[:_HEAD_BYTES], is_html=True, search_entire_document=True)
    return decoded(body, [*_CHARSET.findall(content_type or ""), *([stated] if stated else [])])


def parse(text: str) -> HtmlElement | None:
    """The tree without comments; None where the text holds no element at all.

    End tags of html and body are left out: one that stands too early (baotayninh) would cut the page off.
    """
    cleaned = _STRAY_END.sub("", _DECLARATION.sub("", _CONTROL_REFERENCE.sub("", text), count=1))
    if cleaned.count("<") > _MOST_TAGS:
        cleaned = "<".join(cleaned.split("<", _MOST_TAGS)[:_MOST_TAGS])
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        tree = document_fromstring(_encoded(cleaned), parser=parser)
    except etree.LxmlError:  # "Document is empty": nothing but blanks, comments or declarations
        return None
    etree.strip_elements(tree, *_UNSEEN, with_tail=False)
    for form in tree.iter("form"):
        if _is_frame(form):  # ASP.NET puts the whole page into one
            form.tag = "div"
    for line_break in tree.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    return tree


def _encoded(text: str) -> bytes:
    body = text.encode("utf-8", errors="replace").translate(None, _CONTROL)
    for character in _NO_CHARACTERS:
        body = body.replace(character, b"")
    return body


def _is_frame(form: HtmlElement) -> bool:
    parent = form.getparent()
    return (parent is not None and parent.tag == "body") or any(
        form.find(f".//{tag}") is not None for tag in ("h1", "form")
    )


@lru_cache(maxsize=4096)
def compiled(selector: str) -> CSSSelector:
    """A CSS selector ready to use; CatalogueError where it is none.

    `:-soup-contains("x")` is understood as `:contains("x")`, which ignores case here.
    """
    try:
        return CSSSelector(_SOUP_CONTAINS.sub(":contains(", selector), translator="html")
    except (SelectorError, RecursionError) as error:
        raise CatalogueError(f"selector {selector!r} cannot be used: {error}") from error


def select(tree: HtmlElement, selector: str) -> list[HtmlElement]:
    """All elements that match, in document order."""
    found = compiled(selector)(tree)
    return [one for one in found if isinstance(one, HtmlElement)] if isinstance(found, list) else []


def text_of(element: HtmlElement) -> str:
    """The element's text on one line; the `content` of a meta. Blocks inside are parted by blanks."""
    if element.tag == "meta":
        return clean(element.get("content") or "")
    pieces: list[str] = []
    for node in element.iter():
        if node.tag in BLOCKS:
            pieces.append(" ")
        if node.tag != "script":
            pieces.append(node.text or "")
        if node is not element:
            if node.tag in BLOCKS:
                pieces.append(" ")
            pieces.append(node.tail or "")
    return clean("".join(pieces))


def clean(text: str) -> str:
    """One line of text, with entities that were escaped twice or three times undone."""
    for _ in range(2):
        if "&" not in text or not _ENTITY.search(text):
            break
        text = html.unescape(text)
    return one_line(text)


def attribute(element: HtmlElement, *names: str) -> str:
    """The first of the attributes that says something, stripped; "" for none."""
    return next((value.strip() for name in names if (value := element.get(name)) and value.strip()), "")


def base_of(tree: HtmlElement, url: str) -> str:
    """The address that relative links count from.

    `<base href>` is honoured only where it names the root of the page's own host: on real sites any other value
    (baocantho: `/static/templates/…`) turns links to nonsense that the site's own menu does not follow.
    """
    for base in tree.iter("base"):
        whole = absolute(url, base.get("href") or "")
        parts = urlsplit(whole) if whole else None
        if parts and parts.path in ("", "/") and parts.hostname == urlsplit(url).hostname:
            return whole
    return url


def absolute(base: str, link: str) -> str:
    """The link as an http(s) address without fragment, "" where it is none (`javascript:`, `data:`, broken)."""
    try:
        whole = urljoin(base, link.strip()).partition("#")[0]
        parts = urlsplit(whole)
    except ValueError:
        return ""
    return whole if parts.scheme in ("http", "https") and parts.hostname else ""

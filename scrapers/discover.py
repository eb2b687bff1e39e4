"""Section pages → links to articles, with the part of the page each stood in.

What an article's address looks like is the source's pattern, else a handful of shapes that Vietnamese sites use.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from digest.model import Link, Zone
from scrapers.identity import path_with_query, same_article, without_tracking
from scrapers.markup import absolute, attribute, base_of, clean, decode, parse, text_of
from scrapers.source import Source

_SHAPES = re.compile(
    r"-(?:post|postid|[adi]|c\d+a)\d{3,}(?:\.\w{2,5})?/?$"  # F1, F5, one-off shapes
    r"|-\d{5,}(?:\.\w{2,5})?/?$"  # F2, F3, F6
    r"|/\d{6}/[^/]+/?$"  # F4
    r"|---?(?:id)?\d+/?$"
    r"|/(?:19|20)\d\d/\d{1,2}/(?:\d{1,2}/)?[^/]+-[^/]+/?$"
    r"|[?&](?:itemid|mabb|newsid|articleid)=\d+",
    re.IGNORECASE,
)
_WORDY = re.compile(
    r"/[^/.]*(?:-[^/.-]+){4,}(?:\.\w{2,5})?/?$"
)  # no number, but five words: few sections are called so
_NUMBERED = re.compile(r"\d{3,}[^/]*/?$")
_NO_ARTICLE = re.compile(
    r"/(?:topics?|chu-de|tags?|su-kien|dong-su-kien|events?|tac-gia|authors?|tim-kiem|search)/", re.IGNORECASE
)
_NO_PAGE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|pdf|docx?|xlsx?|zip|rar|mp[34]|css|js|xml|rss)$", re.IGNORECASE)
_LEAST_WORDS = 4

_SIDE = re.compile(
    r"(?:^|[-_\s])(?:aside|side(?:bar)?|right|mostview(?:ed)?|most-view(?:ed)?|xem-?nhieu|doc-?nhieu|lsub|news-sub|focus-sub"
    r"|widget)(?:$|[-_\s])",
    re.IGNORECASE,
)
_MENU = re.compile(
    r"(?:^|\s)(?:main-?|top-?|site-?|mobile-?|mega-?|bottom-?)?(?:menu|nav|navbar|navigation|breadcrumbs?|footer)(?:$|\s)",
    re.IGNORECASE,
)
_HIDDEN_CLASSES = frozenset({"hidden", "d-none", "hide"})
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_LEAD = re.compile(r"(?:^|[-_\s])(?:desc(?:ription)?|sapo|lead|summary|intro)(?:$|[-_\s])", re.IGNORECASE)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ZONES: tuple[Zone, ...] = ("main", "side", "hidden_in_markup", "menu")  # the best of them counts


@dataclass(frozen=True, slots=True, kw_only=True)
class _Anchor:
    """One anchor: its target, where it stood, what it says and how much that is a headline."""

    url: str
    zone: Zone
    title: str
    rank: int  # 0 no words, 1 a standfirst, 2 an attribute, 3 plain text, 4 a heading


def read_listing(body: bytes, url: str, source: Source | None = None) -> list[Link]:
    """The articles a section page links to, in the page's order, one entry an article.

    `url` is the page's own address. Links to other sites are left out. A page without any gives an empty list.
    """
    tree = parse(decode(body))
    if tree is None:
        return []
    articles: dict[str, list[_Anchor]] = {}
    own = same_article(url, source)
    for anchor in _anchors(tree, url, source):
        key = same_article(anchor.url, source)
        if key != own:
            articles.setdefault(key, []).append(anchor)
    return [_link(anchors) for anchors in _wanted(list(articles.values()), source)]


def looks_like_article(url: str, source: Source | None = None) -> bool:
    """Whether the address has the shape of an article's."""
    path = path_with_query(url)
    if _NO_PAGE.search(urlsplit(url).path):
        return False
    if source is not None and source.exclude_pattern and re.search(source.exclude_pattern, path):
        return False
    if source is not None and source.article_pattern:
        return re.search(source.article_pattern, path) is not None
    return bool((_SHAPES.search(path) or _WORDY.search(path)) and not _NO_ARTICLE.search(path))


def _anchors(tree: HtmlElement, url: str, source: Source | None) -> Iterator[_Anchor]:
    base = base_of(tree, url)
    for element in tree.iter("a"):
        href = (element.get("href") or "").strip()
        target = without_tracking(absolute(base, href)) if href and not href.startswith("#") else ""
        if target and _is_same_site(target, url, source) and looks_like_article(target, source):
            title, rank = _title(element)
            yield _Anchor(url=target, zone=_zone(element), title=title, rank=rank)


def _is_same_site(target: str, url: str, source: Source | None) -> bool:
    host = (urlsplit(target).hostname or "").removeprefix("www.")
    domains = {(urlsplit(url).hostname or "").removeprefix("www.")}
    if source is not None:
        domains |= {source.domain, *source.aliases}
    return any(host == domain or host.endswith("." + domain) for domain in domains)


def _zone(element: HtmlElement) -> Zone:
    in_heading = False
    zone: Zone = "main"
    for node in (element, *element.iterancestors()):
        name = f"{node.get('class', '')} {node.get('id', '')}"
        in_heading = in_heading or node.tag in _HEADINGS
        if _is_hidden(node):
            return "hidden_in_markup"
        if node.tag in ("nav", "footer") or (not in_heading and _MENU.search(name)):
            return "menu"
        if node.tag == "aside" or _SIDE.search(name):
            zone = "side"
    return zone


def _is_hidden(node: HtmlElement) -> bool:
    if "hidden" in node.attrib or _HIDDEN_STYLE.search(node.get("style", "")):
        return True
    return not _HIDDEN_CLASSES.isdisjoint(node.get("class", "").split())


def _title(element: HtmlElement) -> tuple[str, int]:
    text = text_of(element)
    around = [element, *element.iterancestors()][:4]
    inside = [node for node in element.iter() if node.tag in _HEADINGS]
    if text and any(node.tag in _HEADINGS for node in around):
        return text, 4
    heading = text_of(inside[0]) if inside and isinstance(inside[0], HtmlElement) else ""
    if heading:
        return heading, 4
    if text and any(char.isalpha() for char in text):
        is_lead = any(node.tag == "p" or _LEAD.search(node.get("class", "")) for node in around[:2])
        return text, 1 if is_lead else 3
    pictures = [attribute(node, "alt", "title") for node in element.iter("img")]
    said = clean(attribute(element, "title", "aria-label") or next(filter(None, pictures), ""))
    return said, 2 if said else 0


def _wanted(articles: list[list[_Anchor]], source: Source | None) -> list[list[_Anchor]]:
    """Without the links whose address proves little and whose words are no headline's.

    A site without a pattern that numbers some of its articles numbers all: what has no number is a section or topic.
    """
    sure = [_is_numbered(anchors) for anchors in articles]
    has_pattern = source is not None and source.article_pattern is not None
    doubtful_count = has_pattern or not any(sure)
    return [
        anchors
        for anchors, is_sure in zip(articles, sure, strict=True)
        if is_sure or (doubtful_count and _reads_like_article(anchors))
    ]


def _is_numbered(anchors: list[_Anchor]) -> bool:
    path = path_with_query(anchors[0].url)
    return bool(_SHAPES.search(path) or _NUMBERED.search(path))


def _reads_like_article(anchors: list[_Anchor]) -> bool:
    words = [word for word in _best(anchors).title.split() if any(char.isalnum() for char in word)]
    return len(words) >= _LEAST_WORDS and _WORDY.search(path_with_query(anchors[0].url)) is not None


def _link(anchors: list[_Anchor]) -> Link:
    zone = min((anchor.zone for anchor in anchors), key=_ZONES.index)
    return Link(url=anchors[0].url, title=_best(anchors).title, zone=zone)


def _best(anchors: list[_Anchor]) -> _Anchor:
    """The anchor that is most a headline, the longest of these."""
    return max(anchors, key=lambda anchor: (anchor.rank, len(anchor.title)))

"""Which article a page is: its canonical address, its outlet's name, whether address and title belong together."""

import re
from itertools import pairwise
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from digest.model import Article
from digest.text import fold, slug
from scrapers.extraction.structured import Structured
from scrapers.markup import absolute, attribute
from scrapers.source import Source

_SECOND_LEVEL = frozenset({"com", "org", "gov", "net", "edu", "info", "name", "ac", "int"})
_EXTENSION = re.compile(r"\.(?:html?|aspx?|php|chn|tpo|antd|vnp|ldo|bbg|vov)$")
_MARK = re.compile(r"^(?:post|postid|event|[aicd])?\d[\da-f]*$|^[0-9a-f]{7}$|^(?:c\d+)?a\d+$")
_SECTION = re.compile(r"^(?:/[a-z][a-z0-9-]{1,40}){1,3}(?:\.html?)?/?$")
# A title, a slug of fewer words, and an empty word say nothing ("Xem thêm", /tin-tuc/123).
_TELLING = 4
_LITTLE_WORDS = "va cua cac cho tai trong voi nam ngay o de duoc co la nhung mot ve tu den theo tren khi da se"
_EMPTY = frozenset(_LITTLE_WORDS.split())
_SHARED = 0.34
_RETOLD = 0.3
_HALF = 0.5
_SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+){3,}")


def address_of(tree: HtmlElement, data: Structured, url: str, source: Source | None) -> str:
    """The article's address: `rel=canonical` or `og:url` where it stays with the outlet, else the one given."""
    links = [attribute(link, "href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower()]
    for told in (*links, data.meta("og:url")):
        whole = absolute(url, told) if told else ""
        is_own = whole and _same_outlet(whole, url, source) and not (_is_home(whole) and not _is_home(url))
        if is_own and _may_name(whole, url):
            return whole
    return url


def _may_name(address: str, url: str) -> bool:
    """Not the one address that a careless site gives to all its pages: an article with a number keeps it."""
    try:
        own, told = _ids(urlsplit(url).path), _ids(urlsplit(address).path)
    except ValueError:
        return False
    return not own or bool(own & told) or _slug_words(address) == _slug_words(url)


def _same_outlet(address: str, url: str, source: Source | None) -> bool:
    host = _host(address)
    if not url:
        return True
    own = [_host(url)] + ([source.domain, *source.aliases] if source else [])
    return any(registered(host) == registered(one.lower()) for one in own if "." in one)


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def registered(host: str) -> str:
    """`www.baocantho.com.vn` → `baocantho.com.vn`."""
    labels = host.rstrip(".").split(".")
    return ".".join(labels[-3:] if len(labels) > 2 and labels[-2] in _SECOND_LEVEL else labels[-2:])


def _is_home(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.path in ("", "/") and not parts.query


def outlet_of(address: str, source: Source | None) -> str | None:
    """As printed: the source's own spelling, else the address's domain with a capital; None without an address."""
    if source:
        return source.outlet
    host = _host(address).removeprefix("www.")
    return host[:1].upper() + host[1:] if host else None


def names_of(data: Structured, url: str, source: Source | None) -> frozenset[str]:
    """Folded names under which the outlet may appear where an author or a title is expected."""
    host = _host(url).removeprefix("www.")
    told = [
        *data.names,
        data.meta("dc.publisher", "copyright", "apple-mobile-web-app-title"),
        host,
        *host.split(".")[:-1],
    ]
    if source:
        told += [source.id, source.name, source.domain, source.outlet, *source.aliases]
    names = {fold(name) for name in told if len(name) > 1}
    return frozenset(names | {name.removeprefix("báo ").removesuffix(" điện tử") for name in names})


def slug_differs(address: str, title: str) -> bool:
    """Whether the words of the address and of the title have nothing in common, as when an id leads to another piece.

    An address without at least four words says nothing. A title changed after publishing still shares words.
    """
    try:
        path = unquote(urlsplit(address).path).lower()
    except ValueError:
        return False
    words = max(_SLUG.findall(path), key=len, default="")
    told = {word for word in words.split("-") if len(word) > 1 and not word.isdigit()}
    return len(told) >= 4 and not told & set(slug(title).split("-"))


def looks_like_article(url: str, data: Structured) -> bool:
    """Whether JSON-LD or address speak for an article. og:type does not count: sections say "article" too (cafef)."""
    if data.is_article and not _is_home(url):
        return True
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    last = parts.path.rstrip("/").rsplit("/", 1)[-1]
    return last.count("-") >= 6 or bool(re.search(r"\d{4,}|id=\d", f"{last}?{parts.query}", re.IGNORECASE))


def is_other_article(asked_url: str, link_title: str, article: Article) -> bool:
    """Whether the page asked for by its id answered with another piece.

    So it is where neither the words of the address asked for nor the title that the listing gave are found again in the
    page's title and own address, nor in its text: a piece whose headline was changed still tells what the old one said.
    Where address and title say too little (an id alone, "Xem thêm") there is nothing to compare, and it is not.
    """
    told = [words for words in (_telling(_slug_words(asked_url)), _telling(_words(link_title))) if words]
    own_address = [] if article.url in (None, asked_url) else _slug_words(article.url or "")
    page = (_words(article.title), own_address)
    if not told or any(_alike(words, other) for words in told for other in page if other):
        return False
    text = _pairs(_words(" ".join((article.title, article.sapo or "", *article.paragraphs))))
    return not any(_share(_pairs(words), text) >= _RETOLD for words in told)


def leads_elsewhere(asked_url: str, answered_url: str) -> bool:
    """Whether an article's address was answered by the home page or a section's: the piece is gone (a soft 404)."""
    if _slug_words(asked_url) == _slug_words(answered_url) or _is_home(asked_url):
        return False
    try:
        asked, answered = urlsplit(asked_url), urlsplit(answered_url)
    except ValueError:
        return False
    if _is_home(answered_url):
        return True
    if not _ids(asked.path).isdisjoint(_ids(answered.path)):
        return False
    was_article = bool(re.search(r"\d{3,}", asked.path + asked.query)) or len(_slug_words(asked_url)) >= _TELLING
    return (
        was_article and not answered.query and bool(_SECTION.match(answered.path)) and _nests(asked.path, answered.path)
    )


def _ids(path: str) -> set[str]:
    return set(re.findall(r"\d{3,}", path))


def _nests(path: str, section: str) -> bool:
    """Whether a section's address is a short one or the beginning of the article's."""
    return path.startswith(_EXTENSION.sub("", section).rstrip("/")) or len(_slug_words(section)) < _TELLING


def _slug_words(address: str) -> list[str]:
    """The words of an address's longest part, without ids and extension."""
    try:
        path = unquote(urlsplit(address).path).lower()
    except ValueError:
        return []
    parts = (_EXTENSION.sub("", part).split("-") for part in path.split("/"))
    return max(([word for word in part if word and not _MARK.match(word)] for part in parts), key=len, default=[])


def _words(text: str) -> list[str]:
    return [word for word in slug(text).split("-") if word]


def _telling(words: list[str]) -> list[str]:
    return words if len(words) >= _TELLING and len(set(words) - _EMPTY) >= _TELLING - 1 else []


def _alike(one: list[str], other: list[str]) -> bool:
    """Whether two headlines share a third of the shorter one's words, and two of them side by side."""
    few, many = sorted((set(one) - _EMPTY, set(other) - _EMPTY), key=len)
    shared = len(few & many) >= max(1, _SHARED * len(few))
    return shared and (bool(_pairs(one) & _pairs(other)) or len(few & many) >= _HALF * len(few))


def _pairs(words: list[str]) -> set[tuple[str, str]]:
    return set(pairwise(words))


def _share(pairs: set[tuple[str, str]], among: set[tuple[str, str]]) -> float:
    return len(pairs & among) / len(pairs) if pairs else 0.0

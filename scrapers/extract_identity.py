"""Which article a page is: its canonical address, its outlet's name, whether address and title belong together."""

import re
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from digest.text import fold, slug
from scrapers.markup import absolute, attribute
from scrapers.source import Source
from scrapers.structured import Structured

_SECOND_LEVEL = frozenset({"com", "org", "gov", "net", "edu", "info", "name", "ac", "int"})
_SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+){3,}")


def address_of(tree: HtmlElement, data: Structured, url: str, source: Source | None) -> str:
    """The article's address: `rel=canonical` or `og:url` where it stays with the outlet, else the one given."""
    links = [attribute(link, "href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower()]
    for told in (*links, data.meta("og:url")):
        whole = absolute(url, told) if told else ""
        if whole and _same_outlet(whole, url, source) and not (_is_home(whole) and not _is_home(url)):
            return whole
    return url


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
    return last.count("-") >= 6 or bool(re.search(r"\d{4,}", last + parts.query))

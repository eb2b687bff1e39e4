"""The next page of a section: by the source's own template, else by what the page itself links to."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from lxml.html import HtmlElement

from digest.text import bare
from scrapers.identity import same_article
from scrapers.markup import absolute, base_of, text_of
from scrapers.source import Source

_EXTENSION = re.compile(r"\.(?:html?|aspx?|php|chn|tpo|antd|vnp|ldo|bbg|vov)$", re.IGNORECASE)
_PARAMETER = re.compile(r"(?:^|[_-])(?:p|pg|page|trang|paged|cur|page_?(?:index|no|num|number|id))$", re.IGNORECASE)
# What may follow a section's address: /trang-2, /trang2, /page/2, /p2, -p2, -page2, -trang-2, /2
_SUFFIX = re.compile(r"(?:[-/](?:trang|page|p|pg)[-_/=]?|/)(\d{1,4})/?", re.IGNORECASE)
_LAST_SUFFIX = re.compile(_SUFFIX.pattern + "$", re.IGNORECASE)
_FEW_DIGITS = re.compile(r"[0-9]{1,4}")
_NEXT = re.compile(
    r"(?:xem )?(?:trang|bai|tin) (?:sau|tiep|tiep theo|ke|ke tiep)|tiep(?: theo)?|sau|next(?: page)?|[>›»→]+"
)
_SAYS_NEXT = re.compile(r"(?:^|[\s_-])next(?:$|[\s_-])", re.IGNORECASE)
_LONGEST_WORDS = 20


@dataclass(frozen=True, slots=True)
class _Pager:
    """A link that leads to a page of the same section: which one, and whether it is called the next."""

    url: str
    number: int | None
    is_called_next: bool


def paged(section: str, template: str, number: int) -> str:
    """The address of page `number` of a section; the first is the section itself.

    A template that begins with `?` sets parameters; with `/`, it follows the path without its ending and slash; any
    other goes before the ending (`-p{page}`: `/kinh-te.html` → `/kinh-te-p2.html`). `{page-1}` counts from zero.
    """
    if number <= 1:
        return section
    suffix = template.replace("{page}", str(number)).replace("{page-1}", str(number - 1))
    parts = urlsplit(section)
    if suffix.startswith(("?", "&")):
        changed = dict(parse_qsl(suffix[1:], keep_blank_values=True))
        kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name not in changed]
        return parts._replace(query=urlencode([*kept, *changed.items()]), fragment="").geturl()
    path = parts.path.rstrip("/")
    ending = _EXTENSION.search(path)
    stem = path[: ending.start()] if ending else path
    after = "" if suffix.startswith("/") or not ending else ending.group()
    return parts._replace(path=stem + suffix + after, fragment="").geturl()


def section_of(url: str, number: int, source: Source) -> str:
    """The section whose page `number` stands at this address: the address itself where no declared one fits."""
    if number <= 1 or source.paging is None:
        return url
    return next((page for page in source.pages if paged(page, source.paging, number) == url), url)


def next_page(tree: HtmlElement, asked: str, url: str, number: int, source: Source) -> str | None:
    """The address of the page after page `number`, None where there is none, or none that may be asked.

    `asked` is the address of this page, `url` where it was found in the end: sites send readers of a page that is not
    there to the first one, and then there is no next. A page on another host is refused, and so is this page itself.
    """
    if number >= source.most_pages or (number > 1 and same_article(url) != same_article(asked)):
        return None
    section = section_of(asked, number, source)
    if source.paging is not None and section in source.pages:
        return paged(section, source.paging, number + 1)
    known = {same_article(address) for address in (asked, url)}
    return _chosen([link for link in _pagers(tree, url) if same_article(link.url) not in known], number)


def _chosen(links: Iterable[_Pager], number: int) -> str | None:
    """The link with the next number; one that is called next and has no number only where none has."""
    found = list(links)
    numbers = {link.number for link in found if link.number is not None}
    wanted = number if 0 in numbers else number + 1
    right = [link.url for link in found if link.number == wanted]
    named = [link.url for link in found if link.is_called_next and link.number is None and not numbers]
    return next(iter(right or named), None)


def _pagers(tree: HtmlElement, url: str) -> Iterator[_Pager]:
    base, section = base_of(tree, url), _Section.of(url)
    for element in tree.iter("a", "link"):
        target = absolute(base, element.get("href") or "")
        if not target or _host(target) != _host(url):
            continue
        is_next = "next" in (element.get("rel") or "").lower().split()
        number = section.number_of(target)
        is_called_next = is_next or (section.is_near(target) and _is_called_next(element))
        if number is not None or is_called_next:
            yield _Pager(target, number, is_called_next)


@dataclass(frozen=True, slots=True)
class _Section:
    """What the addresses of a section's pages have in common: the path up to the page's number, other parameters."""

    stem: str
    parameters: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, url: str) -> "_Section":
        parts = urlsplit(url)
        path = _EXTENSION.sub("", parts.path).rstrip("/")
        found = _LAST_SUFFIX.search(path)
        others = {(name, value) for name, value in parse_qsl(parts.query) if not _PARAMETER.search(name)}
        return cls(path[: found.start()] if found else path, frozenset(others))

    def number_of(self, target: str) -> int | None:
        """Which page of the section an address is, None where it is none of it."""
        parts = urlsplit(target)
        path, pairs = _EXTENSION.sub("", parts.path).rstrip("/"), parse_qsl(parts.query)
        if not path.startswith(self.stem) or not self.parameters.issubset(pairs):
            return None
        found = _SUFFIX.fullmatch(path, len(self.stem))
        values = [value for name, value in pairs if _PARAMETER.search(name)] if path == self.stem else []
        numbers = [found.group(1)] if found else values
        return next((int(value) for value in numbers if _FEW_DIGITS.fullmatch(value)), None)

    def is_near(self, target: str) -> bool:
        """Whether an address without a number may be a page of the section all the same."""
        return _EXTENSION.sub("", urlsplit(target).path).rstrip("/") == self.stem


def _is_called_next(element: HtmlElement) -> bool:
    if _SAYS_NEXT.search(f"{element.get('class', '')} {element.get('id', '')}"):
        return True
    said = element.get("aria-label") or element.get("title") or text_of(element)
    return len(said) <= _LONGEST_WORDS and _NEXT.fullmatch(bare(said)) is not None


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.").removeprefix("m.")

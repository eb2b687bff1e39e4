"""What a page says of itself for machines: JSON-LD, Open Graph and other metas. It fills gaps; it is not believed first.

On real pages the headline here may be escaped twice or differ from the printed one, the author may be the paper, and
a description may be a cut-off lead.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml.html import HtmlElement

from scrapers.markup import clean

Node = dict[str, Any]
_ARTICLE_TYPES = frozenset(
    {
        "AnalysisNewsArticle",
        "Article",
        "BackgroundNewsArticle",
        "BlogPosting",
        "LiveBlogPosting",
        "NewsArticle",
        "OpinionNewsArticle",
        "Report",
        "ReportageNewsArticle",
        "ReviewNewsArticle",
    }
)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_COMMENT = re.compile(r"<!--|-->|/\*\s?<!\[CDATA\[\s?\*/|<!\[CDATA\[|\]\]>")
_DEPTH = 6
# A page that gives its address as "Trang chủ > …" does not say a rubric with its first step.
_HOME = frozenset({"trang chủ", "trang nhất", "home", "trangchu", "homepage", "trang chu"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Structured:
    """Everything as text, "" and () where the page says nothing. `names` are names of the outlet, not of people."""

    metas: dict[str, str] = field(default_factory=dict)
    headline: str = ""
    description: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    section: str = ""
    breadcrumb: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    is_article: bool = False

    def meta(self, *keys: str) -> str:
        """The first of these metas that says something."""
        return next((self.metas[key] for key in keys if self.metas.get(key)), "")


def structured(tree: HtmlElement) -> Structured:
    """All that the page's metas and scripts of JSON-LD say."""
    metas = _metas(tree)
    nodes = [node for script in tree.iter("script") if _is_ld(script) for node in _nodes(_loaded(script.text or ""))]
    article = next((node for node in nodes if _types(node) & _ARTICLE_TYPES), {})
    trail = next((node for node in nodes if "BreadcrumbList" in _types(node)), {})
    names = [metas.get("og:site_name", ""), *_names(article.get("publisher"))]
    names += [
        name for node in nodes if _types(node) & {"Organization", "NewsMediaOrganization"} for name in _names(node)
    ]
    return Structured(
        metas=metas,
        headline=_text(article.get("headline")),
        description=_text(article.get("description")),
        authors=tuple(_names(article.get("author"))),
        published=_text(article.get("datePublished")),
        section=_text(article.get("articleSection")),
        breadcrumb=tuple(_steps(trail)),
        names=tuple(name for name in names if name),
        is_article=bool(article),
    )


def without_home(steps: list[str]) -> list[str]:
    """A breadcrumb's steps, each once, without the home page."""
    kept: list[str] = []
    for step in steps:
        name = step.strip(" >»/|")
        if name and name.lower() not in _HOME and name not in kept:
            kept.append(name)
    return kept


def _metas(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        key = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        if key:
            found.setdefault(key.strip().lower(), clean(meta.get("content") or ""))
    return found


def _is_ld(script: HtmlElement) -> bool:
    return "ld+json" in (script.get("type") or "").lower()


def _loaded(text: str) -> object:
    """Scripts of real pages hold raw line ends, comments and trailing commas; what is beyond that says nothing."""
    text = _COMMENT.sub("", text).strip().rstrip(";")
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: object, depth: int = 0) -> Iterator[Node]:
    """The objects at the top, in lists and in @graph; not those inside an ItemList, which are other articles."""
    if depth > _DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        yield from _nodes(value.get("@graph"), depth + 1)


def _types(node: Node) -> frozenset[str]:
    kind = node.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return frozenset(name for name in kinds if isinstance(name, str))


def _text(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return clean(value) if isinstance(value, str) else ""


def _names(value: object) -> list[str]:
    people = value if isinstance(value, list) else [value]
    names = [person.get("name") if isinstance(person, dict) else person for person in people]
    return [name for name in map(_text, names) if name]


def _steps(trail: Node) -> Iterator[str]:
    items = trail.get("itemListElement")
    for entry in items if isinstance(items, list) else ():
        if isinstance(entry, dict):
            item = entry.get("item")
            yield _text(entry.get("name")) or (_text(item.get("name")) if isinstance(item, dict) else "")

"""By what each field of an article was found: which layer of selectors, and which of the declared ones find nothing."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from digest.model import Article, Page
from digest.text import fold
from scrapers.dom import Dom
from scrapers.extraction.families import FAMILIES, family_of
from scrapers.extraction.families_generic import GENERIC
from scrapers.markup import decode, parse, text_of
from scrapers.source import Selectors, Source

By = Literal["declared", "family", "generic", "fallback", "other"]

FIELDS = ("title", "sapo", "author", "time", "body")
_BEGINNING = 60  # letters that tell one paragraph from another


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldFound:
    """One field of an article: `by` is None where the page gave none.

    "other" is what the page says for machines (JSON-LD, metas), or in its text (a signature at its end). `silent` are
    the source's own selectors of the field where not one of them matches anything. `missed` is a field of which the
    source has no selectors of its own, whose family has some, and not one of these finds anything.
    """

    field: str
    by: By | None
    silent: tuple[str, ...] = ()
    missed: bool = False


def found_by(page: Page, article: Article, source: Source) -> tuple[FieldFound, ...]:
    """What found each field of the article that was read from the page."""
    tree = parse(decode(page.body))
    if tree is None:
        return ()
    etree.strip_elements(tree, "script", with_tail=False)
    dom = Dom(tree)
    layers = tuple(_layers(page.url, source, dom))
    return tuple(_found(field, article, source, layers, dom) for field in FIELDS)


def _found(
    field: str, article: Article, source: Source, layers: tuple[tuple[By, Selectors], ...], dom: Dom
) -> FieldFound:
    by = _by(field, article, layers, dom)
    missed = by not in {"declared", "family"} and _misses(field, source, dom)
    return FieldFound(field=field, by=by, silent=_silent(field, source, dom), missed=missed)


def _layers(url: str, source: Source, dom: Dom) -> Iterator[tuple[By, Selectors]]:
    yield "declared", source.selectors
    for family in (FAMILIES.get(source.family or ""), family_of(url, dom)):
        if family:
            yield "family", family.selectors
    yield "generic", GENERIC


def _by(field: str, article: Article, layers: tuple[tuple[By, Selectors], ...], dom: Dom) -> By | None:
    fits = _fits(field, article)
    if fits is None:
        return None
    if field == "body" and "fallback" in article.flags:
        return "fallback"
    if field == "time" and not {"time-from-data", "time-from-feed"}.isdisjoint(article.flags):
        return "other"
    for by, selectors in layers:
        for selector in _of(selectors, field):
            if any(fits(fold(text_of(element))) for element in dom.select(selector)[:30]):
                return by
    return "other"


def _fits(field: str, article: Article) -> Callable[[str], bool] | None:
    """Whether a folded text holds the article's value; None where the article has none."""
    if field == "time":
        return _tells_time if article.published else None
    author = (article.author or "").partition(",")[0]
    told = {"title": article.title, "sapo": article.sapo, "author": author, "body": "".join(article.paragraphs[:1])}
    key = fold(told[field] or "")[:_BEGINNING]
    return (lambda text: key in text) if key else None


def _tells_time(text: str) -> bool:
    return len(re.findall(r"\d", text)) >= 4


def _silent(field: str, source: Source, dom: Dom) -> tuple[str, ...]:
    own = _of(source.selectors, field)
    return () if any(dom.select(selector) for selector in own) else own


def _misses(field: str, source: Source, dom: Dom) -> bool:
    """Whether the family alone should have found the field and nothing is where its selectors look."""
    family = FAMILIES.get(source.family or "")
    if family is None or _of(source.selectors, field):
        return False
    selectors = _of(family.selectors, field)
    fits = _tells_time if field == "time" else bool
    return bool(selectors) and not any(
        fits(text_of(element)) for selector in selectors for element in dom.select(selector)
    )


def _of(selectors: Selectors, field: str) -> tuple[str, ...]:
    found: tuple[str, ...] = getattr(selectors, field)
    return found

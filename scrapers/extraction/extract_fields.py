"""Single fields of a page: each from the first selector, in order of trust, that yields a sensible text."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lxml.html import HtmlElement

from digest.text import fold
from scrapers.dom import Dom
from scrapers.extraction.byline import NOBODY, Byline, is_agency, read_byline
from scrapers.extraction.families_generic import GENERIC
from scrapers.extraction.structured import Structured, without_home
from scrapers.markup import clean, text_of
from scrapers.source import Selectors

# Marks that newsrooms set for their own pages, not subjects of the piece.
_INNER_TAGS = frozenset(fold(tag) for tag in ("Tin nóng", "Tin nổi bật", "Tin mới", "Nổi bật", "Tiêu điểm", "Hot"))
_LABEL = re.compile(r"^(?:từ khóa|từ khoá|tags?|chủ đề|xem thêm.*|thẻ|#)\s*:?$", re.IGNORECASE)
_OTHER_PIECES = re.compile(
    r"(?<![a-z])(?:related\w*|relate|comments?|sidebar|list-news|most-?read|story|card|item-news)(?![a-z])"
)
_OUTSIDE = frozenset({"aside", "footer", "nav", "form"})
_BYLINE = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A text and the element that held it."""

    element: HtmlElement
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A page to ask: its tree, the selectors in order of trust, its own data, folded names of its outlet."""

    dom: Dom
    layers: tuple[Selectors, ...]
    data: Structured
    names: frozenset[str]

    def selectors(self, field: str) -> list[str]:
        """The selectors of one field over all layers, in order of trust."""
        return [selector for layer in self.layers for selector in getattr(layer, field)]


def find(
    dom: Dom, selectors: Iterable[str], accept: Callable[[HtmlElement, str], bool] = lambda _, text: bool(text)
) -> list[Found]:
    """What the first selector matches whose matches hold an accepted text: those matches, in document order."""
    for selector in selectors:
        found = [Found(element=element, text=text_of(element)) for element in dom.select(selector)[:30]]
        accepted = [one for one in found if accept(one.element, one.text)]
        if accepted:
            return accepted
    return []


def find_any(dom: Dom, selectors: Iterable[str]) -> list[HtmlElement]:
    """What the first selector that matches anything matches."""
    return next((found for selector in selectors if (found := dom.select(selector))), [])


def byline_of(asked: Asked) -> tuple[Byline, list[Found]]:
    """Who the page prints as author, and what said so."""

    def accept(element: HtmlElement, text: str) -> bool:
        return element.tag != "meta" and 0 < len(text) <= _BYLINE

    note = NOBODY
    for selector in asked.selectors("author"):
        found = find(asked.dom, (selector,), accept)[:4]
        if selector in GENERIC.author:
            found = [one for one in found if not any(map(of_other_pieces, one.element.iterancestors()))]
        read = [read_byline(_without_address(one.element), asked.names) for one in found]
        people = list(dict.fromkeys(by.author for by in read if by.author))
        if people:
            remark = next((by.note for by in read if by.note), None)
            return Byline(author=", ".join(people), note=remark), found
        agency = next((Byline(note=one.text) for one in found if is_agency(one.text)), NOBODY)
        note = next((by for by in read if by.note), note if note.note else agency)
    return note, []


def of_other_pieces(element: HtmlElement) -> bool:
    """Whether an element is a margin or a list of other pieces, by its tag or name."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
    return element.tag in _OUTSIDE or bool(_OTHER_PIECES.search(names))


def _without_address(element: HtmlElement) -> str:
    """The text of a by-line without the mail address that stands beside the name in a link of its own."""
    text = text_of(element)
    if "@" not in text:
        return text
    parts = [node.text or "" for node in element.iter() if isinstance(node.tag, str)]
    return clean(
        " ".join(part for part in (*parts, *(node.tail or "" for node in element.iterdescendants())) if "@" not in part)
    )


def told_author(asked: Asked) -> Byline:
    """The author of JSON-LD or a meta, where it is a person."""
    metas = (asked.data.meta("article:author"), asked.data.meta("author"))
    told = [read_byline(name, asked.names) for name in (*asked.data.authors, *metas)]
    authors = [by for by in told[: len(asked.data.authors)] if by.author]
    if len(authors) > 1:
        return Byline(author=", ".join(dict.fromkeys(by.author for by in authors if by.author)))
    return next((by for by in told if by.author), NOBODY)


def rubric_of(asked: Asked, title: str) -> str | None:
    """The outlet's own heading, "A > B"."""
    shown = [one.text for one in find(asked.dom, asked.selectors("rubric"))]
    section = asked.data.meta("article:section", "articlesection")
    for steps in (list(asked.data.breadcrumb), shown, [asked.data.section], [section]):
        kept = [step for step in without_home(steps) if fold(step) not in asked.names and fold(step) != fold(title)]
        if kept and all(len(step) <= 60 for step in kept):
            return " > ".join(kept[:4])
    return None


def tags_of(asked: Asked) -> tuple[str, ...]:
    """The tags shown, else those of the meta `news_keywords`; marks for the newsroom's own use are left out."""
    shown = [one.text for one in find(asked.dom, asked.selectors("tags"))]
    told = asked.data.meta("news_keywords").split(",")
    for tags in (shown, told):
        cleaned = [tag.strip(" ,;#.\n") for tag in tags]
        kept = {fold(tag): tag for tag in reversed(cleaned) if 1 < len(tag) <= 80 and not _LABEL.match(tag)}
        wanted = [tag for key, tag in reversed(kept.items()) if key not in _INNER_TAGS]
        if wanted:
            return tuple(wanted)
    return ()

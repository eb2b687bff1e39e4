"""Single fields of a page: each from the first selector, in order of trust, that yields a sensible text."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from digest.text import fold
from scrapers.byline import NOBODY, Byline, read_byline, without_prefix
from scrapers.dom import Dom
from scrapers.families import GENERIC
from scrapers.lines import Text
from scrapers.markup import BLOCKS, text_of
from scrapers.source import Selectors
from scrapers.structured import Structured, without_home

# Marks that newsrooms set for their own pages, not subjects of the piece.
_INNER_TAGS = frozenset(fold(tag) for tag in ("Tin nóng", "Tin nổi bật", "Tin mới", "Nổi bật", "Tiêu điểm", "Hot"))
_LABEL = re.compile(r"^(?:từ khóa|từ khoá|tags?|chủ đề|xem thêm.*|thẻ|#)\s*:?$", re.IGNORECASE)
_SITE_TAIL = re.compile(r"\s+[-|–—»]\s+[^-|–—»]{2,60}$")
_MAX_TITLE = 400
_SAPO = range(20, 2000)  # letters
_FEW = 3


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


def title_of(asked: Asked) -> Found | None:
    """The printed headline; without one the data's, where that is not the site's name (baodaklak)."""

    def accept(element: HtmlElement, text: str) -> bool:
        return 3 < len(text) <= _MAX_TITLE and fold(text) not in asked.names and element.tag != "meta"

    found = find(asked.dom, asked.selectors("title"), accept)
    if found:
        return found[0]
    titles = [text_of(title) for title in asked.dom.root.iter("title")]
    told = [_without_tail(text, asked.names) for text in (asked.data.meta("og:title"), asked.data.headline, *titles)]
    likely = [text for text in told if len(text) > 8 and fold(text) not in asked.names]
    printed = find(asked.dom, ("h1", "h2"), accept)
    for text in likely:
        agreed = next((one for one in printed if fold(one.text) == fold(text)), None)
        if agreed:
            return agreed
    if printed and printed[0].element.tag == "h1":
        return max(printed, key=lambda one: len(one.text))
    return Found(element=asked.dom.root, text=likely[0]) if likely else None


def _without_tail(text: str, names: frozenset[str]) -> str:
    """`Headline - Báo X` → `Headline`, where the tail is a name of the outlet."""
    tail = _SITE_TAIL.search(text)
    return text[: tail.start()] if tail and fold(tail[0].strip(" -|–—»")) in names else text


def sapo_of(asked: Asked, title: str) -> list[Found]:
    """The standfirst's elements (several where it has paragraphs), without the outlet's prefix; [] for none.

    A selector that reaches into the text means its first match alone.
    """

    def accept(element: HtmlElement, text: str) -> bool:
        return len(text) in _SAPO and element.tag not in ("meta", "title") and fold(text) != fold(title)

    bodies = {body for selector in asked.selectors("body") for body in asked.dom.select(selector)}
    for selector in asked.selectors("sapo"):
        matches = asked.dom.select(selector)[: _FEW + 1]
        if selector in GENERIC.sapo and len(matches) > _FEW:
            continue  # standfirsts of a list of other pieces
        inside = any(above in bodies for match in matches[:1] for above in match.iterancestors())
        for label in [] if inside else _labels(asked, matches):
            label.drop_tree()
        found = [Found(element=match, text=text_of(match)) for match in (matches[:1] if inside else matches)]
        wholes = [one for one in map(_whole, found) if one and accept(one.element, one.text)]
        if wholes:
            first = wholes[0]
            rest = [one for one in wholes[1:_FEW] if one.element.getparent() is first.element.getparent()]
            return [Found(element=first.element, text=without_prefix(first.text, asked.names)), *rest]
    return []


def _labels(asked: Asked, sapo: Sequence[HtmlElement]) -> list[HtmlElement]:
    """What a site puts before its standfirst's first word (a place's name, a button)."""
    selectors = asked.selectors("drop")
    return [
        part for one in sapo for selector in selectors for part in asked.dom.select(selector, one) if part is not one
    ]


def _whole(found: Found) -> Found | None:
    """A bold lead is a standfirst only when it is its whole paragraph, not the first words of one."""
    if found.element.tag in BLOCKS:
        return found
    block = next((above for above in found.element.iterancestors() if above.tag in BLOCKS), None)
    if block is None or block.tag == "body":
        return found
    whole = text_of(block)
    bold = sum(len(text_of(part)) for part in block if part.tag in ("strong", "b", "em", "span"))
    return Found(element=block, text=whole) if max(len(found.text), bold) >= 0.9 * len(whole) else None


def described(asked: Asked, text: Text, title: str) -> tuple[str | None, Text]:
    """A standfirst that no selector found, and the text without it.

    The page's own description counts when it is printed, whole, above the text or as its first paragraph, or where the
    source declares a meta as its standfirst; so does a first paragraph in bold. A description that is cut off or merely
    begins the text is none.
    """
    first = text.lines[0] if text.lines else None
    declared = any(selector.startswith("meta") for selector in asked.selectors("sapo"))
    told = [asked.data.meta("og:description"), asked.data.description, asked.data.meta("description")]
    for description in (without_prefix(_without_tail(one, asked.names), asked.names) for one in told):
        key = fold(description)
        if len(description) not in _SAPO or key == fold(title) or description.endswith(("...", "…")):
            continue
        if first and key == fold(without_prefix(first.text, asked.names)) and len(text.lines) > 1:
            return description, text.without_first()
        printed = declared or key in fold(text_of(asked.dom.root))
        if printed and not any(key in fold(line.text) for line in text.lines):
            return description, text
    if first and first.bold > 0.95 and first.kind == "p" and len(first.text) >= 60 and len(text.lines) > 2:
        return without_prefix(first.text, asked.names), text.without_first()
    return None, text


def byline_of(asked: Asked) -> tuple[Byline, list[Found]]:
    """Who the page prints as author, and what said so."""

    def accept(element: HtmlElement, text: str) -> bool:
        return element.tag != "meta" and 0 < len(text) <= 120

    note = NOBODY
    for selector in asked.selectors("author"):
        found = find(asked.dom, (selector,), accept)[:4]
        read = [read_byline(one.text, asked.names) for one in found]
        people = list(dict.fromkeys(by.author for by in read if by.author))
        if people:
            remark = next((by.note for by in read if by.note), None)
            return Byline(author=", ".join(people), note=remark), found
        note = next((by for by in read if by.note), note)
    return note, []


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

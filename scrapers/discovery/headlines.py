"""What an anchor says, and how much that is a headline."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from digest.text import bare
from scrapers.discovery.zones import HEADINGS
from scrapers.markup import BLOCKS, attribute, clean, text_of

NOTHING, LEAD, ATTRIBUTE, TEXT, HEADING = range(5)
_LEAD = re.compile(
    r"(?:^|[-_\s])(?:desc(?:ription)?|sapo|lead|summary|intro|excerpt|trich|tom-?tat)(?:$|[-_\s])", re.IGNORECASE
)
_TITLE = re.compile(r"(?:^|[-_\s])(?:title|headline|heading|tieu-?de|tit)(?:$|[-_\s])", re.IGNORECASE)
# Inside an anchor beside the headline: the time, a count, the section, a mark.
_BESIDE = re.compile(
    r"(?:^|[-_\s])(?:time|date|datetime|ngay|clock|pub(?:date|lish\w*)|comments?|count|total|views?|luot-?xem|cate(?:gory)?|chuyen-?muc"
    r"|label|badge|tag|icon|rank|stt|number|num|duration|author|source|meta)(?:$|[-_\s])",
    re.IGNORECASE,
)
_BESIDE_TAGS = frozenset({"time", "small", "sup", "button", "figcaption"})
_GENERIC = re.compile(
    r"(?:xem|doc|chi) (?:tiep|them|chi tiet|tat ca|ngay|tiet|toan van|bai viet)|tiep|chi tiet|tai ve|tai xuong|download|xem|doc|"
    r"(?:read|see|view) more|more|\d* ?(?:binh luan|comments?|phan hoi|y kien|luot xem|luot doc)|chia se|in bai|anh|video|audio|"
    r"(?:\d+ )?(?:giay|phut|gio|ngay|tuan|thang) truoc"
)
_BULLETS = " \t>»›•·–—-+*|"
_DOTS = re.compile(r"\s*(?:\.{2,}|…)$")
_BREAK = "\x00"
_INLINE = frozenset({"span", "i", "em", "label", "div"})
_FIGURES = re.compile(r"[\s\d/:.,|()\-–hg]+")
_WORD = re.compile(r"\w+")
_TIME_WORDS = re.compile(
    r"(?:(?:\d+(?:[hg]\d*)?|thu|hai|ba|tu|nam|sau|bay|chu nhat|cn|ngay|thang|luc|cap nhat|am|pm|sa|ch|gmt|gio|phut|hom (?:nay|qua))(?: |$))+"
)
_MOST_NODES = 200
_HEADLINE_WORDS = 5
_LABEL_WORDS = 5
_LONGEST_GENERIC = 60
_LEAST_SHARED = 12
_LONGEST_HEADLINE = 220
_LONGEST_TEXT = 1000


@dataclass(frozen=True, slots=True)
class Said:
    """The words of one anchor and their rank, from `NOTHING` to `HEADING`; `attribute` is what its title or alt says."""

    text: str
    rank: int
    attribute: str = ""


def said_by(element: HtmlElement) -> Said:
    """What an anchor says. One around a whole part of the page (it was never closed) says nothing."""
    if not is_small(element, _MOST_NODES):
        return Said("", NOTHING)
    pictures = [attribute(node, "alt", "title") for node in element.iter("img")]
    aside = clean(attribute(element, "title", "aria-label") or next(filter(None, pictures), "")).strip(_BULLETS)[
        :_LONGEST_TEXT
    ]
    text, rank = _text(element)
    if rank == NOTHING:
        return Said(aside, ATTRIBUTE, aside) if _is_words(aside) else Said("", NOTHING)
    return Said(_mended(text, aside), rank, aside)


def is_small(element: HtmlElement, most: int) -> bool:
    """Whether an element holds at most so many others: more would take long to read, and again for each around it."""
    return next(islice(element.iter(), most + 1, None), None) is None


def best_of(said: Iterable[Said]) -> Said:
    """The words that are most a headline: by rank, then what an attribute repeats, then the longest."""
    known = list(said)
    attributes = {one.attribute.casefold() for one in known if one.attribute}
    return max(known, key=lambda one: (one.rank, one.text.casefold() in attributes, len(one.text)))


def _text(element: HtmlElement) -> tuple[str, int]:
    around = [element, *islice(element.iterancestors(), 3)]
    inner = _inner_title(element)
    text = _own_text(inner if inner is not None else element)[:_LONGEST_TEXT]
    if not _is_words(text):
        return "", NOTHING
    if inner is not None or any(node.tag in HEADINGS for node in around):
        return text, HEADING
    is_lead = any(node.tag == "p" or _LEAD.search(node.get("class", "")) for node in around[:2])
    is_titled = any(_TITLE.search(node.get("class", "")) for node in around[:2])
    if is_titled:
        return text, HEADING
    return text, LEAD if is_lead or len(text) > _LONGEST_HEADLINE else TEXT


def _inner_title(element: HtmlElement) -> HtmlElement | None:
    """What is marked as the headline inside an anchor that holds more: a heading, else something called a title."""
    inner = [node for node in element.iter() if isinstance(node, HtmlElement) and node is not element]
    headings = (node for node in inner if node.tag in HEADINGS and text_of(node))
    titles = (node for node in inner if _is_called_title(node) and _is_words(text_of(node)))
    heading = next(headings, None)
    return heading if heading is not None else next(titles, None)


def _is_called_title(node: HtmlElement) -> bool:
    name = node.get("class", "")
    return bool(_TITLE.search(name)) and not _BESIDE.search(name)


def _own_text(element: HtmlElement) -> str:
    """The text without the time, counts and marks that stand in it; of several blocks the first that may be a headline."""
    blocks = [clean(block).strip(_BULLETS) for block in _blocks(element)]
    wordy = [block for block in blocks if len(block.split()) >= _HEADLINE_WORDS]
    longest = max(blocks, key=len, default="")
    return next(iter(wordy), longest) or text_of(element).strip(_BULLETS)


def _blocks(element: HtmlElement) -> list[str]:
    pieces: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        if event == "start":
            pieces.append(_BREAK if node.tag in BLOCKS else "")
            if node is not element and _is_beside(node):
                walk.skip_subtree()
            else:
                pieces.append(node.text or "")
        elif node is not element:
            pieces.extend((_BREAK if node.tag in BLOCKS else "", node.tail or ""))
    return "".join(pieces).split(_BREAK)


def _is_beside(node: etree._Element) -> bool:
    if node.tag in _BESIDE_TAGS or _BESIDE.search(node.get("class", "")) or _LEAD.search(node.get("class", "")):
        return True
    is_last = node.tag in _INLINE and node.getnext() is None and not (node.tail or "").strip()
    return (
        is_last
        and len(node) == 0
        and _FIGURES.fullmatch(node.text or "") is not None
        and bool((node.text or "").strip())
    )


def _is_words(text: str) -> bool:
    """Whether it says something: more than figures, a time, or `Xem tiếp`."""
    if not any(char.isalpha() for char in text):
        return False
    if len(text) > _LONGEST_GENERIC:
        return True
    plain = " ".join(_WORD.findall(bare(text)))
    return not _GENERIC.fullmatch(plain) and not _TIME_WORDS.fullmatch(plain)


def _mended(text: str, aside: str) -> str:
    """The text as the title attribute (or the picture's) completes it, or frees it of what stands before and after."""
    if not aside or aside == text or _DOTS.search(aside):
        return text
    whole, full = text.casefold(), aside.casefold()
    cut = _DOTS.sub("", whole)
    if cut != whole:
        return aside if len(cut) >= _LEAST_SHARED and full.startswith(cut) else text
    before, found, after = whole.partition(full)
    if not found or len(full) < _LEAST_SHARED:
        return text
    is_label = not after.strip() and len(before.split()) <= _LABEL_WORDS and len(full.split()) >= _HEADLINE_WORDS
    is_count = not before.strip() and after.startswith(" ") and not _is_words(after)
    return aside if is_label or is_count else text

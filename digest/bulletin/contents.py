"""The contents of a bulletin: its lines without numbers, leaders and pages, and which item each belongs to."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from digest.bulletin.lines import Line
from digest.text import fold, one_line

_NUMBERED = re.compile(r"\s*(\d{1,3})\.(?:\s+(?=\S)|(?=[^\W\d_]))")
_PAGE = re.compile(r"\d{1,4}$")
_BARE_PAGE = re.compile(r"\s(\d{1,4})$")
_LEADER = " \t.…·_|"
_NEXT = re.compile(r"(?:^|(?<=\d\s))(\d{1,3})\.\s+(?=\S)")
_ALIKE = 0.5  # of the words of the longer one
_NEARLY = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the contents; a section's has no number, an item's may have lost it. `anchor` is where it leads."""

    text: str
    number: int | None = None
    is_title: bool = False
    anchor: str | None = None
    page: int | None = None


def entries_of(lines: Sequence[Line], *, is_title: Callable[[str], bool] = str.isupper) -> list[Entry]:
    """The entries, each of which stands on its line, over two, or several on one line behind each other.

    `is_title` says whether words without a number are a section's title.
    """
    expected = 1
    made: list[Entry] = []
    for line in lines:
        for piece in _pieces(line.text, expected):
            entry = _entry(piece, line.anchor)
            entry = replace(entry, is_title=entry.number is None and is_title(entry.text))
            expected = entry.number + 1 if entry.number is not None else expected
            if made and line.role == "" and _goes_on(made[-1], entry):
                made[-1] = replace(made[-1], text=f"{made[-1].text} {entry.text}", page=entry.page)
            else:
                made.append(entry)
    return _without_bare_pages(made)


def _goes_on(last: Entry, entry: Entry) -> bool:
    """Whether an entry is the second line of the one before: neither title nor number, and that one lacks its page."""
    return entry.number is None and not entry.is_title and last.number is not None and last.page is None


def same_words(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether two lines begin and end alike and share most words: between, the contents may shorten."""
    alike = len(set(words) & set(others))
    return words[-2:] == others[-2:] and words[:1] == others[:1] and alike >= _NEARLY * max(len(words), len(others))


def is_numbered(text: str) -> bool:
    """Whether a line begins as an item's line in the contents does."""
    return _NUMBERED.match(text) is not None


def without_number(text: str) -> str:
    """The line without the number of its item."""
    return _NUMBERED.sub("", text, count=1)


def has_page(text: str) -> bool:
    """Whether a leader parts a page's number from the words before it."""
    return _parted(text)[1] is not None


def without_page(text: str) -> str:
    """The line without leader and page, where a leader tells the page from the words."""
    return _parted(text)[0]


def _parted(text: str) -> tuple[str, int | None]:
    """The words of a line, and the page that a leader parts from them."""
    plain = text.rstrip()
    digits = _PAGE.search(plain[-5:])
    before = plain[: len(plain) - len(digits.group())] if digits else plain
    words = before.rstrip(_LEADER)
    gap = before[len(words) :]
    dots = len(gap.replace(" ", "").replace("\t", ""))
    if digits and (dots > 1 or any(mark in gap for mark in ("\t", "|", "  "))):
        return one_line(words), int(digits.group())
    if "\t" in gap or (not digits and dots > 3):
        return one_line(words), None
    return one_line(plain), None


def lines_of_items(entries: Sequence[Entry], headlines: Sequence[str], anchors: Sequence[str | None]) -> list[str]:
    """The contents line of each item: by its anchor, else in the order of both, else the one most alike.

    An item that none belongs to has its headline.
    """
    chosen = _chosen([entry for entry in entries if not entry.is_title], headlines, anchors)
    return [_with_own_dots(line, headline) for line, headline in zip(chosen, headlines, strict=True)]


def _chosen(items: Sequence[Entry], headlines: Sequence[str], anchors: Sequence[str | None]) -> list[str]:
    by_anchor = {entry.anchor: entry.text for entry in items if entry.anchor}
    if by_anchor:  # an item that was made from a copy has the place of the other, which comes first
        return [by_anchor.pop(anchor or "", headline) for headline, anchor in zip(headlines, anchors, strict=True)]
    if len(items) == len(headlines):
        return [entry.text for entry in items]
    same = {fold(entry.text): entry.text for entry in items}
    folded = set(map(fold, headlines))
    rest = [(_words(entry.text), entry.text) for entry in items if fold(entry.text) not in folded]
    return [same.get(fold(headline)) or _most_alike(rest, headline) for headline in headlines]


def _with_own_dots(line: str, headline: str) -> str:
    """A leader is taken off with the dots that are the headline's own."""
    return headline if headline.rstrip(" .…") == line else line


def _pieces(text: str, expected: int) -> Iterator[str]:
    """The entries on a line: a number begins one only where it goes on counting."""
    begins = [0]
    first = _NUMBERED.match(text)
    number = int(first.group(1)) if first else expected - 1
    for found in _NEXT.finditer(text):
        if found.start() and int(found.group(1)) == number + 1:
            begins.append(found.start())
            number += 1
    for begin, end in zip(begins, [*begins[1:], len(text)], strict=True):
        yield text[begin:end]


def _entry(text: str, anchor: str | None) -> Entry:
    numbered = _NUMBERED.match(text)
    words, page = _parted(text[numbered.end() :] if numbered else text)
    return Entry(text=words, number=int(numbered.group(1)) if numbered else None, anchor=anchor, page=page)


def _without_bare_pages(entries: Sequence[Entry]) -> list[Entry]:
    """Pages that one blank parts from the words: they are pages where they never fall, and every line has one."""
    found = [_BARE_PAGE.search(entry.text) if entry.page is None else None for entry in entries]
    pages = [int(one.group(1)) if one else entry.page for one, entry in zip(found, entries, strict=True)]
    known = [page for page in pages if page is not None]
    if len(known) < len(entries) or known != sorted(known):
        return list(entries)
    return [
        replace(entry, text=entry.text[: one.start()].rstrip(" .…"), page=page) if one else entry
        for one, entry, page in zip(found, entries, pages, strict=True)
    ]


def _most_alike(entries: Sequence[tuple[frozenset[str], str]], headline: str) -> str:
    """The entry that shares most of the longer one's words."""
    wanted = _words(headline)
    scored = ((len(words & wanted) / max(len(words), len(wanted), 1), text) for words, text in entries)
    score, text = max(scored, default=(0.0, ""))
    return text if score >= _ALIKE else headline


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())

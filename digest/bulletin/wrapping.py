"""The paragraphs of a text file whose lines were broken at a page's width."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from digest.bulletin.contents import has_page, is_numbered, same_words, without_number, without_page
from digest.bulletin.lines import DASH, ENDS, OTHER_MARK, Line, joined
from digest.bulletin.pages import ADDRESS, Printed
from digest.bulletin.source_lines import TO_TOP, closing_of
from digest.text import fold, one_line

_LEAST = 40  # letters: shorter lines say nothing of a page's width
_PERCENTILE = 0.9
_PARTED = 0.04  # of the lines stand below a gap where gaps part paragraphs
_INSET = 3  # blanks
_ROOM = 0.12  # of the width, by which a full line falls short of it where letters are not of one width
_SHORT = 0.25
_NUMBERED = re.compile(r"(?:\(?\d{1,2}(?:\.\d{1,2}){0,3}[.)]|[a-zđ][.)]|[IVX]{1,5}[.)])\s")
_REST_OF_ADDRESS = re.compile(r"[\w.~%/?=&#+:@!,;()-]+", re.ASCII)
_BREAKS = (0, *(at + 1 for at, letter in enumerate(TO_TOP) if letter == " "))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """How the file parts its paragraphs: by gaps wider than `gap`, by insets from `left`, or by its lines' width alone."""

    width: int
    gap: int
    by_gaps: bool
    left: int
    by_insets: bool


def unwrapped(lines: Sequence[Printed]) -> list[Line]:
    """The paragraphs; each has the number of its first line."""
    layout = _layout(lines)
    reader = _Reader(layout)
    for line in lines:
        reader.read(line)
    return [line if has_page(line.text) else replace(line, text=one_line(line.text)) for line in reader.made]


@dataclass(slots=True)
class _Reader:
    """The paragraphs so far, and the headlines that the contents name."""

    layout: _Layout
    made: list[Line] = field(default_factory=list)
    last: Printed | None = None
    headlines: list[list[str]] = field(default_factory=list)

    def read(self, line: Printed) -> None:
        """Put a line to the paragraph before it, or begin one with it."""
        if self.last and not self.begins(self.made[-1].text, self.last, line):
            text = self.made[-1].text
            text = f"{text}{line.text}" if ADDRESS.match(text) else _together(text, line.text)
            self.made[-1] = replace(self.made[-1], text=text)
        else:
            if self.made and has_page(self.made[-1].text):
                self.headlines.append(fold(without_number(without_page(self.made[-1].text))).split())
            self.made.append(Line(text=line.text, number=line.number))
        self.last = line

    def begins(self, text: str, last: Printed, line: Printed) -> bool:
        """Whether the line begins a paragraph; `text` is the one before it."""
        if self.is_at_headline and any(same_words(words, fold(text).split()) for words in self.headlines):
            return True
        return _begins(text, last, line, self.layout, heads=self.is_at_headline)

    @property
    def is_at_headline(self) -> bool:
        """Whether the last paragraph stands where headlines do: below a title, an item's end, an address."""
        before = self.made[-2].text if len(self.made) > 1 else ""
        return bool(before.isupper() or ADDRESS.match(before) or closing_of(before))


def _together(text: str, more: str) -> str:
    """Two lines as one, blanks of a leader kept."""
    return joined([text, more]) if not has_page(more) else f"{text} {more}"


def _layout(lines: Sequence[Printed]) -> _Layout:
    wide = sorted(len(one_line(line.text)) for line in lines if len(line.text) >= _LEAST and " " in line.text)
    steps = Counter(line.gap for line in lines if not line.turned)
    gap = 1 if steps[1] > steps[0] + sum(count for step, count in steps.items() if step > 1) else 0
    parted = sum(count for step, count in steps.items() if step > gap)
    indents = Counter(line.indent for line in lines if len(line.text) >= _LEAST)
    left = min((indent for indent, count in indents.items() if count >= _PARTED * len(lines)), default=0)
    inset = sum(count for indent, count in indents.items() if left + _INSET <= indent)
    return _Layout(
        width=wide[int(_PERCENTILE * (len(wide) - 1))] if wide else _LEAST,
        gap=gap,
        by_gaps=parted >= _PARTED * len(lines),
        left=left,
        by_insets=inset >= _PARTED * len(lines),
    )


def _begins(text: str, last: Printed, line: Printed, layout: _Layout, *, heads: bool) -> bool:
    """Whether the line begins a paragraph; `text` is the paragraph so far, `heads` says that it may be a headline."""
    if ADDRESS.match(text):
        return _REST_OF_ADDRESS.fullmatch(line.text) is None
    if _is_top(text, line.text):
        return False
    return _parts(text, line.text) or _begins_here(text, last, line, layout, heads=heads)


def _begins_here(text: str, last: Printed, line: Printed, layout: _Layout, *, heads: bool) -> bool:
    """Whether the place of the line tells that a paragraph begins with it."""
    ended = bool(ENDS.search(text))
    if any(mark.match(line.text) for mark in (DASH, OTHER_MARK, _NUMBERED)):
        return ended or not _is_full(last, line, layout)
    if line.turned:
        goes_on = line.text[:1].islower() or _is_full(last, line, layout, ended=heads)
        return not goes_on or (ended and not text.endswith(";"))
    if layout.by_gaps or line.gap > layout.gap:
        return line.gap > layout.gap
    if layout.by_insets and ended:
        return line.indent >= layout.left + _INSET
    return not _is_full(last, line, layout, ended=ended or heads)


def _parts(text: str, line: str) -> bool:
    """What parts two paragraphs whatever stands between them: an item's end, a title, a line of the contents."""
    if ADDRESS.match(line) or has_page(text) or closing_of(text):
        return True
    if text.isupper() != line.isupper():
        return True
    return is_numbered(line) and has_page(line)


def _is_top(text: str, line: str) -> bool:
    """Whether the words of the link to the top go on, or follow, on the line."""
    begun = text[-len(TO_TOP) :]
    return any(begun.endswith(TO_TOP[:at].rstrip()) and line.startswith(TO_TOP[at:]) for at in _BREAKS if text)


def _is_full(last: Printed, line: Printed, layout: _Layout, *, ended: bool = True) -> bool:
    """Whether the width alone ended the last line: the next line's first word had no room on it."""
    taken = last.indent - layout.left + len(one_line(last.text)) + 1 + len(line.text.split(maxsplit=1)[0])
    return taken > layout.width * (1 - (_ROOM if ended else _SHORT))

"""What stands below the contents, item by item."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from digest.bulletin.lines import ADDRESS, Line
from digest.bulletin.source_lines import Closing, SourceLine, closing_of
from digest.bulletin.titles import Titles
from digest.errors import InputError
from digest.text import fold, one_line

_ALSO = re.compile(r"Cùng nội dung:\s*(?=\S)", re.IGNORECASE)
_E_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_HEADLINE = 200  # characters
_ENDS = re.compile(r"[.;:!?…]$")
_BLANKS = re.compile(r"\s+")


@dataclass(slots=True)
class Found:
    """An item as it is found; `source` is empty until its end is reached."""

    headline: str
    section: tuple[str, str]
    anchor: str | None = None
    paragraphs: list[Line] = field(default_factory=list)
    source: SourceLine = field(default_factory=SourceLine)
    closed: bool = False
    url: str | None = None
    addressed: bool = False
    also: list[tuple[str, str | None]] = field(default_factory=list)


@dataclass(slots=True)
class Body:
    """The items so far, and what a person should look at."""

    items: list[Found] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_body(lines: Sequence[Line], *, titles: Titles, labels: tuple[str, ...], headlines: Sequence[str] = ()) -> Body:
    """The items in these paragraphs; `headlines` are those that the contents name. InputError, field "sections"."""
    reader = _Reader(lines, titles, labels, frozenset(map(fold, headlines)), _ends_from(lines, labels))
    for at, line in enumerate(lines):
        reader.read(at, line)
    reader.close()
    return reader.body


@dataclass(slots=True)
class _Reader:
    lines: Sequence[Line]
    titles: Titles
    labels: tuple[str, ...]
    headlines: frozenset[str]
    ends: list[bool]
    body: Body = field(default_factory=Body)
    section: tuple[str, str] | None = None

    @property
    def item(self) -> Found | None:
        return self.body.items[-1] if self.body.items else None

    @property
    def is_open(self) -> bool:
        """Whether an item's end is still to come."""
        return self.item is not None and not self.item.closed

    def read(self, at: int, line: Line) -> None:
        """Take one paragraph to where it belongs."""
        title = self.title(line)
        if title:
            self.end_unclosed()
            self.section = title
        elif line.role == "headline" or (self.is_open and fold(line.text) in self.headlines):
            self.end_unclosed()
            self.begin(line)
        elif self.is_open:
            self.add(line)
        elif not self.belongs_to_last(line):
            self.between(at, line)

    def title(self, line: Line) -> tuple[str, str] | None:
        """The section that the line is the title of; InputError where it is the title of none that is known."""
        if line.role not in ("", "section"):
            return None
        known = self.titles.of(line.text) if line.role == "section" or line.text.isupper() else None
        if known is None and line.role == "section":
            raise self.titles.unknown(line.text, line.number)
        return known

    def begin(self, line: Line) -> None:
        """Open an item with its headline."""
        if self.section is None:
            raise InputError(
                f"{one_line(line.text)!r} stands above every section; known: {self.titles.names}",
                line=line.number,
                field="sections",
            )
        self.body.items.append(Found(headline=one_line(line.text), section=self.section, anchor=line.anchor))

    def add(self, line: Line) -> None:
        """Add a paragraph to the open item, which may end with it."""
        item = self.body.items[-1]
        closing = closing_of(line.text, self.labels)
        text = closing.words if closing else line.text
        if text := one_line(text):
            item.paragraphs.append(replace(line, text=text))
        if closing:
            self.end(item, closing, line)

    def end(self, item: Found, closing: Closing, line: Line) -> None:
        item.source, item.closed = closing.source, True
        item.url = next((url for words, url in line.links if words.strip() == closing.source.text), None)

    def belongs_to_last(self, line: Line) -> bool:
        """Whether the line is what follows an item's source line: its address, the outlets that ran it too."""
        item = self.item
        if item is None:
            return False
        if ADDRESS.match(line.text) and not item.addressed:
            item.url, item.addressed = _BLANKS.sub("", line.text), True
            return True
        if also := _ALSO.match(line.text):
            links = dict(line.links)
            names = [name.strip() for name in one_line(line.text[also.end() :]).split(",")]
            item.also += [(name, links.get(name)) for name in names if name]
            return True
        return False

    def between(self, at: int, line: Line) -> None:
        """A line after an item's end: the next item's headline, or what stands below the last one."""
        if not self.ends[at + 1] or (line.role == "text" and not _may_be_headline(line.text)):
            self.tail(line)
        elif line.role == "" and line.text.isupper() and self.is_headline(self.lines[at + 1]):
            raise self.titles.unknown(line.text, line.number)
        else:
            self.begin(line)

    def is_headline(self, line: Line) -> bool:
        """Whether the line is a headline, so that the one before it is a section's title."""
        return _may_be_headline(line.text) and closing_of(line.text, self.labels) is None

    def tail(self, line: Line) -> None:
        """What belongs to no item: the line that says how to reach the office, a remark."""
        if not _E_MAIL.search(line.text):
            self.body.notes.append(f"left out, it stands outside every item: {_begin_of(line.text)}")

    def end_unclosed(self) -> None:
        """The item before ends without a source line."""
        if self.is_open:
            item = self.body.items[-1]
            item.closed = True
            self.body.notes.append(f"item {len(self.body.items)} has no source line: {_begin_of(item.headline)}")

    def close(self) -> None:
        """The lines are at their end."""
        self.end_unclosed()


def _ends_from(lines: Sequence[Line], labels: tuple[str, ...]) -> list[bool]:
    """For each line, and for the end: whether an item ends there or later, before another is known to begin."""
    ends = [False]
    for line in reversed(lines):
        marked = line.role in ("headline", "section")
        ends.append(not marked and (ends[-1] or closing_of(line.text, labels) is not None))
    return ends[::-1]


def _may_be_headline(text: str) -> bool:
    return len(text) <= _HEADLINE and not _ENDS.search(text.strip())


def _begin_of(text: str) -> str:
    plain = one_line(text)
    return plain if len(plain) <= 60 else f"{plain[:59]}…"

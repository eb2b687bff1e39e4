"""What stands below the contents, item by item."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from digest.bulletin.around import Around
from digest.bulletin.contents import same_words, without_number
from digest.bulletin.lines import Line, joined
from digest.bulletin.pages import ADDRESS
from digest.bulletin.source_lines import Closing, SourceLine, closing_of
from digest.bulletin.titles import Titles
from digest.errors import InputError
from digest.model import Chart
from digest.text import fold, one_line

_ALSO = re.compile(r"Cùng nội dung:\s*(?=\S)", re.IGNORECASE)
_E_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_HEADLINE = 200  # characters
_ENDS = re.compile(r"[.;:!?…]$")
_SAID = re.compile(r"[.!?…:][”\"’)\]]*$")
_BLANKS = re.compile(r"\s+")
_NOTHING = Around()
_ADDRESSED = re.compile(
    r"\(?(?:(?:nguồn|link|xem|chi tiết|địa chỉ|đường dẫn)[^:]{0,20}:\s*)?(https?://[^()]+(?:\([^()]*\)[^()]*)*)\)?",
    re.IGNORECASE,
)


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
    charts: list[Chart] = field(default_factory=list)


@dataclass(slots=True)
class Body:
    """The items so far, and what a person should look at."""

    items: list[Found] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_body(
    lines: Sequence[Line],
    *,
    titles: Titles,
    labels: tuple[str, ...],
    headlines: Sequence[str] = (),
    printed: Around = _NOTHING,
) -> Body:
    """The items in these paragraphs; `headlines` are those that the contents name. InputError, field "sections"."""
    often = Counter(_BLANKS.sub("", line.text) for line in lines if ADDRESS.match(line.text))
    repeated = frozenset(address for address, count in often.items() if count > 1)
    reader = _Reader(
        lines, titles, labels, frozenset(map(fold, headlines)), repeated, _ends_from(lines, labels), printed
    )
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
    repeated: frozenset[str]  # addresses
    ends: list[bool]
    printed: Around
    body: Body = field(default_factory=Body)
    section: tuple[str, str] | None = None
    torn: bool = False  # by something that a page repeats

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
        if self.is_open and (self.is_foot(line) or (title == self.section and line.role == "")):
            self.torn = True
        elif title:
            self.end_unclosed()
            self.open(title, line)
        elif line.role == "headline" or (self.is_open and fold(self.words(line)) in self.headlines):
            self.end_unclosed()
            self.begin(line)
        elif self.is_open:
            self.add(line)
        elif not self.belongs_to_last(line):
            self.between(at, line)

    def title(self, line: Line) -> tuple[str, str] | None:
        """The section that the line is the title of; InputError where it is the title of none that is known."""
        named = fold(self.words(line)) in self.headlines and not self.titles.is_exact(line.text)
        if line.role not in ("", "section") or (named and line.role == ""):
            return None
        sure = line.text.isupper() or (self.titles.is_exact(line.text) and not self.is_open)
        known = self.titles.of(line.text) if line.role == "section" or sure else None
        if known is None and line.role == "section":
            raise self.titles.unknown(line.text, line.number)
        return known

    def open(self, title: tuple[str, str], line: Line) -> None:
        """Go on to a section; a title that is not quite the section's is told."""
        self.section = title
        if not self.titles.is_exact(line.text):
            self.body.notes.append(f"the title {one_line(line.text)!r} is read as {title[1]!r}")

    def is_foot(self, line: Line) -> bool:
        """Whether the line is a page's foot within an item: an address that stands elsewhere too."""
        return ADDRESS.match(line.text) is not None and _BLANKS.sub("", line.text) in self.repeated

    def begin(self, line: Line) -> None:
        """Open an item with its headline."""
        if self.section is None:
            raise InputError(
                f"{one_line(line.text)!r} stands above every section; known: {self.titles.names}",
                line=line.number,
                field="sections",
            )
        self.body.items.append(Found(headline=self.words(line), section=self.section, anchor=line.anchor))

    def words(self, line: Line) -> str:
        """The headline without the number that some offices print before it, which the contents have too."""
        words = without_number(line.text)
        numbered = words != line.text and any(same_words(one.split(), fold(words).split()) for one in self.headlines)
        return one_line(words if numbered else line.text)

    def add(self, line: Line) -> None:
        """Add a paragraph to the open item, which may end with it."""
        item = self.body.items[-1]
        if line.chart:
            item.charts.append(line.chart)
            return
        closing = closing_of(line.text, self.labels)
        text = closing.words if closing else line.text
        last = item.paragraphs[-1] if item.paragraphs else None
        if text := one_line(text):
            if self.torn and last and last.kind == "p" and not _SAID.search(last.text):
                item.paragraphs[-1] = replace(last, text=joined([last.text, text]))
            else:
                item.paragraphs.append(replace(line, text=text))
        self.torn = False
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
        if address := _ADDRESSED.fullmatch(line.text.strip()):
            url = _BLANKS.sub("", address[1])
            if not item.addressed:
                item.url, item.addressed = url, True
                return True
            return url in self.repeated
        if closing := closing_of(line.text, self.labels):
            return closing.to_top and not closing.words and not closing.source.text
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
        elif line.role == "" and line.text.isupper() and self.is_title_of_none(at):
            raise self.titles.unknown(line.text, line.number)
        else:
            self.begin(line)

    def is_title_of_none(self, at: int) -> bool:
        """Whether the line stands where a section's title does: it is no headline, and one follows it."""
        text = self.lines[at + 1].text
        follows = _may_be_headline(text) and closing_of(text, self.labels) is None
        return follows and fold(self.words(self.lines[at])) not in self.headlines

    def tail(self, line: Line) -> None:
        """What belongs to no item: the line that says how to reach the office, a remark."""
        known = self.printed.is_below(line.text) or _E_MAIL.search(line.text) or line.text.strip().isdigit()
        if not known:
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

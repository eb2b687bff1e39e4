"""The lines of a bulletin as a document gives them, and the lines of a text file."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from digest.bulletin.chart_words import chart_of_lines
from digest.bulletin.markup import without_marks
from digest.bulletin.pages import ADDRESS, printed_lines
from digest.bulletin.source_lines import closing_of
from digest.model import Chart, Kind
from digest.text import one_line

# What the document itself says of a line: nothing, an entry of its contents, a heading of one of two ranks, plain text,
# the head of its pages.
Role = Literal["", "contents", "section", "headline", "text", "head"]

_LONG = 160  # letters: no page is wide enough for such a line
_WIDE = 60
_HEADING = 120
_HEADLINE = 100  # letters: a longer line without an end was torn
ENDS = re.compile(r"[.;:!?…)\]”\"/]$")
_MOSTLY = 0.6
_SOME = 0.2
DASH = re.compile(r"-\s+(?=\S)")
OTHER_MARK = re.compile(r"[–—•+*·▪➢❖]\s*(?=\S)")
_COUNT = re.compile(r"(\d{1,3})\.\s+(?=\S)")
_OTHER_COUNT = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,2}|[a-zđ]|[IVX]{1,5})[.)/]\s*(?=\S)")
_CELLS = " | "
_CLOSE = re.compile(r"\w-$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A paragraph, or a line of a text file: `follows` says that no blank line parts it from the one before.

    `anchor` names the place of a heading, or the place a line of the contents leads to. `links` are the words that
    lead out of the document, with their addresses. `chart` is what the line is, whose text is then its title; `captions`
    counts those of pictures that were left out behind it. `number` counts the lines of a text file from 1.
    """

    text: str
    kind: Kind = "p"
    role: Role = ""
    anchor: str | None = None
    links: tuple[tuple[str, str], ...] = ()
    chart: Chart | None = None
    captions: int = 0
    follows: bool = False
    number: int | None = None


def is_unwrapped(texts: Sequence[str]) -> bool:
    """Whether each line of a text file is a paragraph as it is, none broken at a page's width."""
    lengths = [len(text) for text in texts if " " in text.strip()]
    if sum(length for length in lengths if length > _LONG) > _SOME * sum(lengths):
        return True
    wide = [text.rstrip() for text in texts if len(text.rstrip()) >= _WIDE]
    return sum(bool(ENDS.search(text)) for text in wide) >= _MOSTLY * len(wide)


def lines_of_text(texts: Sequence[str]) -> list[Line]:
    """The lines of a text file that say something, each as it is; what a page's end tore is put together again."""
    made: list[Line] = []
    for line in printed_lines(texts):
        text, links = without_marks(line.text)
        if made and line.turned and _is_torn(made[-1].text, text):
            last = made.pop()
            made.append(replace(last, text=joined([last.text, text]), links=last.links + links))
        elif text:
            made.append(Line(text=text, links=links, follows=line.gap == 0 and bool(made), number=line.number))
    return made


def _is_torn(text: str, more: str) -> bool:
    """Whether a paragraph that a page's end stands behind goes on: a headline is shorter, and what follows has a capital."""
    if ENDS.search(text) or ADDRESS.match(text) or ADDRESS.match(more) or closing_of(text):
        return False
    return more[:1].islower() or (len(text) > _HEADLINE and not _COUNT.match(text))


def paragraphs_of_blocks(lines: Sequence[Line], *, from_pages: bool, labels: tuple[str, ...]) -> list[Line]:
    """The lines as paragraphs.

    In a text `from_pages` what stands between two blank lines is one paragraph, unless hardly a line stands alone.
    Elsewhere each line is one, and several that follow each other are the entries of a list or the rows of a table.
    An item's end, with one of the `labels`, ends a paragraph too, and an address is one of its own.
    """
    blocks = list(_blocks(lines, labels))
    alone = sum(len(block) == 1 for block in blocks)
    if from_pages and 2 * alone >= len(blocks):
        return _with_rows([replace(block[0], text=joined(line.text for line in block)) for block in blocks])
    told = [line for block in blocks for line in (_entries(block) if len(block) > 1 else block)]
    return _with_headings(_with_rows(told), labels)


def _with_rows(lines: Sequence[Line]) -> list[Line]:
    return [
        replace(line, kind="row") if line.kind == "p" and _CELLS in line.text and line.chart is None else line
        for line in lines
    ]


def _with_headings(lines: Sequence[Line], labels: tuple[str, ...]) -> list[Line]:
    """A text file shows a heading by nothing but its shortness."""
    return [
        replace(line, kind="h") if line.number and heads(line) and not closing_of(line.text, labels) else line
        for line in lines
    ]


def heads(line: Line) -> bool:
    """Whether a paragraph is a heading as far as its text tells: short, no sentence, no list's entry, no address."""
    plain = (
        line.kind == "p"
        and line.chart is None
        and not line.follows
        and len(line.text) <= _HEADING
        and not ENDS.search(line.text)
    )
    return plain and not any(shape.match(line.text) for shape in (ADDRESS, DASH, OTHER_MARK, _OTHER_COUNT))


def _blocks(lines: Sequence[Line], labels: tuple[str, ...]) -> Iterator[list[Line]]:
    block: list[Line] = []
    for line in lines:
        if block and not (line.follows and _goes_on(block, line, labels)):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _goes_on(block: Sequence[Line], line: Line, labels: tuple[str, ...]) -> bool:
    """Whether a line that follows the block's last may belong to it."""
    if ADDRESS.match(block[0].text):
        return " " not in line.text  # an address broken over lines
    return not ADDRESS.match(line.text) and closing_of(block[-1].text, labels) is None


def joined(texts: Iterable[str]) -> str:
    """Lines as one. Vietnamese is not hyphenated: the hyphen at a line's end is a real one."""
    first, *rest = texts
    for more in rest:
        first += more if _CLOSE.search(first) else f" {more}"
    return one_line(first)


def _entries(block: Sequence[Line]) -> Iterator[Line]:
    """Lines that follow each other, without the marks that print put before them; those of a chart as one."""
    if chart := chart_of_lines([one_line(line.text) for line in block]):
        yield replace(block[0], text=chart.title, chart=chart)
        return
    count = 0
    for line in block:
        entry = marked(line, count + 1)
        count = count + 1 if entry.kind == "oli" else 0
        yield entry


def counted(lines: Sequence[Line]) -> list[Line]:
    """Lines of known kinds: entries of lists lose the marks that print put before them."""
    made: list[Line] = []
    count = 0
    for line in lines:
        if line.kind in ("li", "oli"):
            made.append(replace(marked(line, count + 1), kind=line.kind))
        else:
            made.append(line)
        count = count + 1 if line.kind == "oli" else 0
    return made


def marked(line: Line, count: int) -> Line:
    """A line of a list or a table with its kind; a mark that print puts there (`-`, or its `count`) is taken off."""
    text = one_line(line.text)
    if dash := DASH.match(text):
        return replace(line, text=text[dash.end() :], kind="li")
    if (number := _COUNT.match(text)) and int(number.group(1)) == count:
        return replace(line, text=text[number.end() :], kind="oli")
    if OTHER_MARK.match(text):
        return replace(line, text=text, kind="li")
    if _OTHER_COUNT.match(text):
        return replace(line, text=text, kind="oli")
    return line

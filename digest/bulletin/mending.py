"""Paragraphs that a page's width tore where they may not be: source lines over two lines, headlines over several."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from digest.bulletin.contents import same_words, without_number
from digest.bulletin.lines import ENDS, Line, joined
from digest.bulletin.pages import ADDRESS
from digest.bulletin.source_lines import closing_of
from digest.bulletin.titles import Titles
from digest.text import fold

_SOURCE = 200  # characters
_HEADLINE = 3  # lines


def mended(lines: Sequence[Line], *, headlines: Sequence[str], titles: Titles, labels: tuple[str, ...]) -> list[Line]:
    """The paragraphs with torn source lines and headlines whole; `headlines` are those of the contents."""
    mender = _Mender(lines, [fold(headline).split() for headline in headlines], titles, labels)
    made: list[Line] = []
    at = 0
    while at < len(lines):
        count = mender.count(at, made[-1].text if made else "")
        made.append(_together(lines[at : at + count]))
        at += count
    return made


@dataclass(frozen=True, slots=True)
class _Mender:
    lines: Sequence[Line]
    headlines: Sequence[list[str]]
    titles: Titles
    labels: tuple[str, ...]

    def count(self, at: int, before: str) -> int:
        """How many lines from there on are one paragraph; `before` is the one before."""
        if _is_torn_source(self.lines[at : at + 2], self.labels):
            return 2
        if self.lines[at].role == "" and self.ends(before):
            return next((count for count in range(_HEADLINE, 1, -1) if self.is_headline(at, count)), 1)
        return 1

    def ends(self, before: str) -> bool:
        """Whether a headline may follow."""
        return bool(self.titles.of(before) or ADDRESS.match(before) or closing_of(before, self.labels))

    def is_headline(self, at: int, count: int) -> bool:
        """Whether these lines together are one that the contents name."""
        pieces = [line.text for line in self.lines[at : at + count]]
        if len(pieces) < count or any(ENDS.search(piece) for piece in pieces[:-1]):
            return False
        words = fold(without_number(" ".join(pieces))).split()
        return any(same_words(one, words) for one in self.headlines)


def _is_torn_source(pair: Sequence[Line], labels: tuple[str, ...]) -> bool:
    """Whether a bracket opens at the end of the first line and closes an item on the second."""
    if len(pair) < 2 or any(line.role not in ("", "text") for line in pair):
        return False
    (before, after), opening = (line.text for line in pair), pair[0].text.rfind("(")
    if opening < max(0, len(before) - _SOURCE) or ")" in before[opening:] or closing_of(before, labels):
        return False
    whole = closing_of(joined([before[opening:], after]), labels)
    return whole is not None and not whole.words and whole.source.day is not None


def _together(lines: Sequence[Line]) -> Line:
    links = tuple(link for line in lines for link in line.links)
    return replace(lines[0], text=joined([line.text for line in lines]), links=links) if len(lines) > 1 else lines[0]

"""The proof that what is printed stands in its source: every sentence, in the source's order, every gap marked.

Compared are sentences, letter for letter; blanks between them and points and strokes at their ends (the press closes
with "./.") do not count. A "…" that stands alone, or ends a sentence, may be a gap.
"""

import re
from collections.abc import Iterator, Sequence

from classifiers.condense import CUT_MARK
from classifiers.sentences import split

# What closes a sentence, and the "./." of an article, with any kind of blank.
_POINTS = "./" + "".join(letter for letter in map(chr, range(0x3001)) if letter.isspace())
_ALONE = re.compile(rf"(?:^|(?<=\s)){CUT_MARK}(?=\s|$)")
# Articles are compared as strings of one letter a sentence, which `str.find` searches in linear time.
_BREAK, _GAP, _UNKNOWN, _TOO_MANY = "\n", "…", "\x00", "\x01"
_FIRST, _MOST = 0x3000, 0x10FFFF
_GAPS = re.compile(rf"{_BREAK}*{_GAP}[{_BREAK}{_GAP}]*")


def stands_in(source: Sequence[str], printed: Sequence[str]) -> bool:
    """Whether every sentence of the printed paragraphs stands in the source's, in the source's order."""
    letters: dict[str, str] = {}
    whole = _spelt(source, letters, learning=True)
    place = 0
    for letter in _spelt(printed, letters, learning=False):
        if letter not in (_BREAK, _GAP):
            place = whole.find(letter, place) + 1
            if not place:
                return False
    return True


def gaps_are_marked(source: Sequence[str], printed: Sequence[str]) -> bool:
    """Whether the printed paragraphs are the source's but for gaps that are marked; nothing printed hides nothing.

    It implies `stands_in`. Where no mark stands, the source runs on unbroken, its paragraphs parted as they are there.
    """
    letters: dict[str, str] = {}
    whole = _spelt(source, letters, learning=True).replace(_GAP, "")
    first, *others = _GAPS.split(_spelt(printed, letters, learning=False))
    if not others:
        return first in ("", whole)
    *inner, last = others
    if not whole.startswith(first):
        return False
    place = len(first)
    for run in inner:
        found = whole.find(run, place)
        if found < 0:
            return False
        place = found + len(run)
    return whole.endswith(last) and len(whole) - len(last) >= place


def _spelt(paragraphs: Sequence[str], letters: dict[str, str], *, learning: bool) -> str:
    """The paragraphs as one letter a sentence, with breaks between them and possible gaps."""
    return _BREAK.join(filter(None, ("".join(_letters(text, letters, learning=learning)) for text in paragraphs)))


def _letters(text: str, letters: dict[str, str], *, learning: bool) -> Iterator[str]:
    for number, piece in enumerate(_ALONE.split(text)):
        if number:
            yield _GAP
        for sentence in split(piece):
            words = sentence.rstrip(_POINTS)
            if learning and words not in letters:
                code = _FIRST + len(letters)
                letters[words] = chr(code) if code <= _MOST else _TOO_MANY
            if words:
                yield letters.get(words, _UNKNOWN)
            if sentence.endswith(CUT_MARK):
                yield _GAP

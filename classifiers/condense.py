"""Shortening an article without changing a word: whole sentences, in their order, by cutting the tail or by rank.

What is left out shows: "…" stands at the end of a paragraph whose end, or what followed it, is missing, at the
beginning of one whose beginning is missing, and between two sentences that were not neighbours. `classifiers.standing`
proves it. A passage (`classifiers.passages`) is printed whole or not at all.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from classifiers.passages import Entry, Passage, Sentence, passages_of, sentences_of
from classifiers.ranking import by_rank
from digest.model import Kind

CUT_MARK = "…"
_TOLERANCE = 0.10  # an article this much too long is still printed whole
_ENOUGH = 0.85  # of the words allowed: below it the next paragraph is begun and cut by sentences
# "./." and its spellings; what is left is a beginning of the source ("theo./." → "theo.", "theo ./." → "theo").
_CLOSING_MARK = re.compile(r"(?:\s+\.|\s+|(?<=\.)|^\.?)/\s*\.\s*$")
_LONGEST_CLOSING_MARK = 32  # characters: a search over a long text would take quadratic time on blanks


@dataclass(frozen=True, slots=True, kw_only=True)
class Condensed:
    """What is left to print; `kinds` runs beside `paragraphs`; `cut` says whether anything was left out."""

    paragraphs: tuple[str, ...]
    kinds: tuple[Kind, ...]
    cut: bool


@dataclass(frozen=True, slots=True)
class _Read:
    """An article ready to be cut."""

    entries: tuple[Entry, ...]
    sentences: tuple[Sentence, ...]
    passages: tuple[Passage, ...]

    @property
    def words(self) -> int:
        return sum(passage.words for passage in self.passages)


def condense(
    paragraphs: Sequence[str], kinds: Sequence[Kind], *, words: int, keep_closing_mark: bool = False
) -> Condensed:
    """A beginning of the article of about `words` syllables; the whole where it is at most a tenth longer.

    `kinds` may be shorter than `paragraphs` (missing means text). The article's own closing "./." is dropped
    unless `keep_closing_mark`. Whole paragraphs may make it a tenth longer than `words`, too. At least one passage is
    printed, however small `words` is.
    """
    read = _read(paragraphs, kinds, keep_closing_mark=keep_closing_mark)
    if _fits(read, words):
        return _printed(read, range(len(read.passages)))
    return _printed(read, range(_beginning(read, words)))


def condense_by_rank(
    paragraphs: Sequence[str],
    kinds: Sequence[Kind],
    *,
    words: int,
    keep_closing_mark: bool = False,
    headline: str = "",
) -> Condensed:
    """The article's weightiest passages in their order, at most `words` syllables (marks of cuts not counted).

    The lead comes first, then sentences with decisions, figures, deadlines and documents' numbers, then the rest, each
    by rank; how things were until now does not count as weighty, a figure of the `headline` counts most. What leans on
    the passage before it comes with it, a list with its lead-in is printed whole or not at all. Whole where it is at most a tenth longer; at least one
    passage is printed, however small `words` is. Arguments as for `condense`.
    """
    read = _read(paragraphs, kinds, keep_closing_mark=keep_closing_mark)
    if _fits(read, words):
        return _printed(read, range(len(read.passages)))
    return _printed(read, by_rank(read.sentences, read.passages, words, headline))


def without_closing_mark(text: str) -> str:
    """The text without white space around it and without the press's "./." at its end."""
    text = text.strip()
    return (text[:-_LONGEST_CLOSING_MARK] + _CLOSING_MARK.sub("", text[-_LONGEST_CLOSING_MARK:])).rstrip()


def _read(paragraphs: Sequence[str], kinds: Sequence[Kind], *, keep_closing_mark: bool) -> _Read:
    entries = tuple(_clean(paragraphs, kinds, keep_closing_mark=keep_closing_mark))
    sentences = tuple(sentences_of(entries))
    return _Read(entries, sentences, tuple(passages_of(entries, sentences)))


def _clean(paragraphs: Sequence[str], kinds: Sequence[Kind], *, keep_closing_mark: bool) -> Iterator[Entry]:
    for index, paragraph in enumerate(paragraphs):
        text = paragraph.strip() if keep_closing_mark else without_closing_mark(paragraph)
        if text:
            yield text, kinds[index] if index < len(kinds) else "p"


def _fits(read: _Read, words: int) -> bool:
    return read.words <= int(words * (1 + _TOLERANCE))


def _beginning(read: _Read, words: int) -> int:
    """How many passages to print: whole paragraphs; where that is too little, sentences of the next one."""
    paragraphs_end = passages_end = total = in_paragraphs = 0
    for number, passage in enumerate(read.passages, 1):
        total += passage.words
        if total <= words:
            passages_end = number
        if total <= int(words * (1 + _TOLERANCE)) and _ends_paragraph(read, passage):
            paragraphs_end, in_paragraphs = number, total
    enough = in_paragraphs >= words * _ENOUGH
    return max(paragraphs_end, 0 if enough else passages_end, 1)


def _ends_paragraph(read: _Read, passage: Passage) -> bool:
    following = passage.last + 1
    return (
        following == len(read.sentences)
        or read.sentences[following].paragraph != read.sentences[passage.last].paragraph
    )


def _printed(read: _Read, chosen: Iterable[int]) -> Condensed:
    """The chosen passages as paragraphs, every gap marked."""
    numbers = [
        index for number in chosen for index in range(read.passages[number].first, read.passages[number].last + 1)
    ]
    texts: list[str] = []
    kinds: list[Kind] = []
    for position, index in enumerate(numbers):
        before = numbers[position - 1] if position else -1
        sentence = read.sentences[index]
        gap = before + 1 != index
        if position and read.sentences[before].paragraph == sentence.paragraph:
            previous = read.sentences[before]
            between = read.entries[sentence.paragraph][0][previous.end : sentence.start]
            texts[-1] = f"{_marked(texts[-1])} {sentence.text}" if gap else f"{texts[-1]}{between}{sentence.text}"
            continue
        if gap and texts and _left_behind(read, before, index):
            texts[-1] = _marked(texts[-1])
        texts.append(f"{CUT_MARK} {sentence.text}" if sentence.start else sentence.text)
        kinds.append(read.entries[sentence.paragraph][1])
    cut = len(numbers) < len(read.sentences)
    if texts and numbers[-1] + 1 < len(read.sentences):
        texts[-1] = _marked(texts[-1])
    return Condensed(paragraphs=tuple(texts), kinds=tuple(kinds), cut=cut)


def _left_behind(read: _Read, before: int, index: int) -> bool:
    """Whether anything is missing between two sentences apart from the beginning of the second's paragraph."""
    return read.sentences[before + 1].paragraph != read.sentences[index].paragraph


def _marked(text: str) -> str:
    return text if text.endswith(CUT_MARK) else f"{text} {CUT_MARK}"

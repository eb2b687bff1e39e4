"""Shortening an article without changing a word: the tail is cut by whole paragraphs, then by whole sentences.

What is printed is always a beginning of the source: each paragraph stands in it from its first letter on, in order.
A cut end is marked " …". A list of clauses is kept whole or left out with the line that leads into it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from classifiers.sentences import spans
from digest.model import Kind

CUT_MARK = "…"
_TOLERANCE = 0.10  # an article this much too long is still printed whole
_ENOUGH = 0.85  # of the words allowed: below it the next paragraph is begun and cut by sentences
# "./." and its spellings; what is left is a beginning of the source ("theo./." → "theo.", "theo ./." → "theo").
_CLOSING_MARK = re.compile(r"(?:\s+\.|\s+|(?<=\.)|^\.?)/\s*\.\s*$")
_CLAUSE_END = (";", ":")
_SENTENCE_END = (".", ".”", "!", "?", "…")
_LIST_KINDS = ("li", "oli", "row")


@dataclass(frozen=True, slots=True, kw_only=True)
class Condensed:
    """What is left to print; `kinds` runs beside `paragraphs`; `cut` says whether anything was left out."""

    paragraphs: tuple[str, ...]
    kinds: tuple[Kind, ...]
    cut: bool


@dataclass(frozen=True, slots=True)
class _Block:
    """Paragraphs that stand or fall together; only the last may be cut, and only where `divisible`."""

    texts: tuple[str, ...]
    kinds: tuple[Kind, ...]

    @property
    def size(self) -> int:
        return sum(count_words(text) for text in self.texts)

    @property
    def divisible(self) -> bool:
        leading = all(kind == "h" for kind in self.kinds[:-1])
        return leading and self.kinds[-1] in ("p", "q") and not self.texts[-1].endswith(_CLAUSE_END)


def count_words(text: str) -> int:
    """Length as the newsroom counts it: syllables, split on blanks."""
    return len(text.split())


def condense(
    paragraphs: Sequence[str], kinds: Sequence[Kind], *, words: int, keep_closing_mark: bool = False
) -> Condensed:
    """The article up to about `words` syllables, whole where it is at most a tenth longer.

    `kinds` may be shorter than `paragraphs` (missing means text). The article's own closing "./." is dropped
    unless `keep_closing_mark`. At least one sentence is printed, however small `words` is.
    """
    blocks = list(_blocks(list(_clean(paragraphs, kinds, keep_closing_mark=keep_closing_mark))))
    limit = int(words * (1 + _TOLERANCE))
    taken: list[_Block] = []
    total = 0
    for block in blocks:
        if total + block.size > limit:
            break
        taken.append(block)
        total += block.size
    if len(taken) == len(blocks):
        return _printed(taken, cut=False)
    begun = _with_begun(taken, blocks[len(taken)], total, words)
    return _printed(begun, cut=begun != blocks)


def _clean(paragraphs: Sequence[str], kinds: Sequence[Kind], *, keep_closing_mark: bool) -> Iterator[tuple[str, Kind]]:
    for index, paragraph in enumerate(paragraphs):
        text = paragraph.strip()
        if not keep_closing_mark:
            text = _CLOSING_MARK.sub("", text)
        if text:
            yield text, kinds[index] if index < len(kinds) else "p"


def _blocks(entries: Sequence[tuple[str, Kind]]) -> Iterator[_Block]:
    """The article in blocks: a subheading with what follows it, a lead-in with its list, each other text alone."""
    texts: list[str] = []
    kinds: list[Kind] = []
    for text, kind in entries:
        if texts and not _joins(texts[-1], kinds[-1], kind):
            yield _Block(tuple(texts), tuple(kinds))
            texts, kinds = [], []
        texts.append(text)
        kinds.append(kind)
    if texts:
        yield _Block(tuple(texts), tuple(kinds))


def _joins(before: str, before_kind: Kind, kind: Kind) -> bool:
    if before_kind == "h" or before.endswith(_CLAUSE_END):
        return True
    # Entries that are sentences of their own may be parted; clauses of one sentence never.
    return kind in _LIST_KINDS and before_kind in _LIST_KINDS and not before.endswith(_SENTENCE_END)


def _with_begun(taken: Sequence[_Block], block: _Block, total: int, words: int) -> list[_Block]:
    """What was taken, and the beginning of the next block where too little was taken."""
    if taken and (total >= words * _ENOUGH or not block.divisible):
        return list(taken)
    if not block.divisible:
        return [block]  # the article opens with a list: longer is better than torn
    room = words - total - sum(count_words(text) for text in block.texts[:-1])
    begun = _beginning(block.texts[-1], room, at_least_one=not taken)
    return [*taken, _Block((*block.texts[:-1], begun), block.kinds)] if begun else list(taken)


def _beginning(text: str, room: int, *, at_least_one: bool) -> str:
    """The longest beginning of `text` of whole sentences within `room` syllables that tears no quotation."""
    sentences = spans(text)
    ends = [end for _, end in sentences if _quotes_closed(text[:end])]
    fitting = [end for end in ends if count_words(text[:end]) <= room]
    if fitting:
        return text[: fitting[-1]]
    return text[: (ends or [sentences[0][1]])[0]] if at_least_one else ""


def _quotes_closed(text: str) -> bool:
    return text.count("“") <= text.count("”") and text.count('"') % 2 == 0


def _printed(blocks: Sequence[_Block], *, cut: bool) -> Condensed:
    texts = [text for block in blocks for text in block.texts]
    if cut and texts and not texts[-1].endswith(CUT_MARK):
        texts[-1] = f"{texts[-1]} {CUT_MARK}"
    return Condensed(paragraphs=tuple(texts), kinds=tuple(kind for block in blocks for kind in block.kinds), cut=cut)

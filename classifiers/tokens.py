"""Text as the classifiers see it: syllables by a plain pattern, words by underthesea.

Both are keys: lower case, tone placement folded (hoà = hòa), every digit as 0. They are compared, never shown; `spans`
gives the places of the syllables in the text itself, so that evidence can be quoted from it.
"""

import functools
import logging
import re
from collections.abc import Callable, Sequence

from digest.text import fold

# A form feed, a blank line or the end of a sentence; underthesea is linear in practice only sentence by sentence.
_SENTENCE_END = re.compile(r"(?<=[.!?…;:])\s+|\n+")
_SYLLABLE = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")
# A syllable's key as Vietnamese writes it: an onset, vowels with their breve, circumflex or horn, an end, and the tone,
# which behind a stop is one of two.
_VIETNAMESE = re.compile(
    "(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx])?"
    "(?:[aeo]\\u0302|a\\u0306|[ou]\\u031b|[aeiouy]){1,3}"
    "(?:(?:ng|nh|[mn])?[\\u0300\\u0301\\u0303\\u0309\\u0323]?|(?:ch|[cpt])[\\u0301\\u0323])"
)
# Past this many characters a "sentence" is a text without punctuation: cut, or the segmenter takes ages over it.
_LONGEST_SENTENCE = 1000
# A syllable of Vietnamese has at most seven letters; longer runs are addresses, codes or noise.
_LONGEST_SYLLABLE = 24


def syllables(text: str) -> list[str]:
    """The keys of the syllables, in order; as many as `spans` gives."""
    return [_key(syllable) for syllable in _SYLLABLE.findall(text)]


def spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each syllable in `text`."""
    return [match.span() for match in _SYLLABLE.finditer(text)]


def words(text: str) -> list[str]:
    """The keys of the words as underthesea segments them, their syllables joined by a low line; punctuation left out."""
    segment = _segmenter()
    found: list[str] = []
    for sentence in _sentences(text):
        found += ["_".join(syllables(word)) for word in segment(sentence)]
    return [word for word in found if word]


def warm_up() -> None:
    """Load the segmenter now: its first call from several threads at once fails."""
    words("một cửa")


def has_mark(syllable: str) -> bool:
    """Whether a syllable's key is one that Vietnamese alone could write: with its marks, in its order of letters."""
    return not syllable.isascii() and _VIETNAMESE.fullmatch(syllable) is not None


def _sentences(text: str) -> list[str]:
    # A text in capitals alone would be taken for one long row of names.
    spoken = text.lower() if text.isupper() else text
    # The segmenter is not written in Python and refuses halves of surrogate pairs.
    spoken = spoken.encode("utf-8", "ignore").decode()
    whole = [part for part in _SENTENCE_END.split(spoken) if part.strip()]
    return [part[at : at + _LONGEST_SENTENCE] for part in whole for at in range(0, len(part), _LONGEST_SENTENCE)]


@functools.lru_cache(maxsize=200_000)
def _key(syllable: str) -> str:
    if syllable.isascii():
        return _DIGIT.sub("0", syllable[:_LONGEST_SYLLABLE].lower())
    return fold(_DIGIT.sub("0", syllable[:_LONGEST_SYLLABLE]))


@functools.cache
def _segmenter() -> Callable[[str], Sequence[str]]:
    # underthesea configures the root logger when it is imported; the application's own setting is put back.
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    from underthesea import word_tokenize  # noqa: PLC0415 - half a second that only judging needs

    root.handlers[:] = handlers
    root.setLevel(level)
    segment: Callable[[str], Sequence[str]] = word_tokenize
    return segment

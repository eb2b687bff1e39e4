"""Who wrote an article of a monthly, as it stands below it: names, with their office or the outlet of a reprint."""

import re
from dataclasses import dataclass

_LONGEST = 110  # characters
_DEGREES = re.compile(r"^(?:(?:PGS|GS|TS|Ths|ThS|CN|KS|NCS|BS|LS)\.?\s*)+", re.IGNORECASE)
_BRACKETS = re.compile(r"(?P<names>.+?)\s*\((?P<outlet>[^()]{3,80})\)")
_BETWEEN = re.compile(r"\s+[-–]\s+|\s*,\s*|\s+và\s+")
_ENDS = re.compile(r"[.;:!?…”\"]$")


@dataclass(frozen=True, slots=True, kw_only=True)
class ByLine:
    """The author, and the outlet of a reprint; an own article has none."""

    author: str
    outlet: str | None = None


def by_line_of(text: str) -> ByLine | None:
    """The by-line that is the whole of this line; None where it is none."""
    if len(text) > _LONGEST or _ENDS.search(text):
        return None
    bracketed = _BRACKETS.fullmatch(text)
    names = bracketed["names"] if bracketed else text
    first = _BETWEEN.split(_DEGREES.sub("", names))[0]
    if not _is_name(first) or text.isupper():
        return None
    return ByLine(author=names, outlet=bracketed["outlet"]) if bracketed else ByLine(author=text)


def by_line_at_the_end(text: str) -> tuple[str, ByLine] | None:
    """The text before a name that its last line runs into, and the name."""
    words = text.split()
    count = next((at for at, word in enumerate(reversed(words)) if not word[0].isupper()), len(words))
    if _ENDS.search(text) or not 2 <= count <= 4 or count == len(words):
        return None
    return " ".join(words[:-count]), ByLine(author=" ".join(words[-count:]))


def _is_name(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= 5 and all(word[0].isupper() and word.isalpha() for word in words)

"""Sentences of Vietnamese press text, cut so that nothing is lost and nothing is torn.

underthesea's `sent_tokenize` runs over line ends, cuts after `GS.TS.` and inside `Nhandan.vn`, and pushes a closing
quotation mark on to the next sentence; where a cut is doubtful this splitter does not cut.
"""

import re

_OPENING = "\"'“‘«([„"
# Closing marks, then quotation marks and brackets that belong to them, then a blank or the end; or a line's end.
# The look behind keeps a long row of points from being read anew from each of them.
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s|$)|\n")
_BLANKS = re.compile(r"\s*")
_WORD_BEFORE = re.compile(r"[^\W_]+$")
# An entry's number right at the start or after a colon or semicolon: `1.`, `a.`, `IV.`, `2.1.`, `- 3.`
# … and of a clause: `Điều 5.`
_ENTRY_NUMBER = re.compile(
    r"(?:^|[:;]\s+)[-–•+*]?\s*(?:(?:Điều|Khoản|Chương|Mục|Phần|Phụ lục)\s+)?(?:(?:\d{1,3}\.)*\d{1,3}|[a-zđA-ZĐ]|[IVX]{1,5})\.$"
)
_ABBREVIATIONS = frozenset(
    [
        "tp",
        "tx",
        "tt",
        "gs",
        "pgs",
        "ts",
        "ths",
        "bs",
        "bscki",
        "bsckii",
        "ckii",
        "cki",
        "ks",
        "kts",
        "ls",
        "cn",
        "nxb",
        "đ",
        "đc",
        "tr",
        "vd",
        "nv",
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "st",
        "jr",
        "sr",
        "co",
        "ltd",
        "corp",
        "inc",
        "no",
        "vs",
        "đh",
        "cđ",
        "thpt",
        "ubnd",
        "hđnd",
    ]
)
_LONGEST_LOOK = 60


def split(text: str) -> list[str]:
    """The sentences of `text` in order, without the blanks between them.

    Only white space is left out, and only between sentences: joined with the original blanks they give `text` back.
    A line end always ends a sentence.
    """
    return [text[start:end] for start, end in spans(text)]


def spans(text: str) -> list[tuple[int, int]]:
    """Where the sentences of `text` stand: half-open, in order, white space trimmed off both ends."""
    found: list[tuple[int, int]] = []
    start = _blanks_end(text, 0)
    for match in _END.finditer(text):
        if match.end() <= start:  # one of several line ends
            continue
        if match.group() == "\n" or _ends_here(text, start, match):
            _add_trimmed(found, text, start, match.end())
            start = _blanks_end(text, match.end())
    _add_trimmed(found, text, start, len(text))
    return found


def _blanks_end(text: str, position: int) -> int:
    """The first place from `position` on that is not blank: where a sentence begins must not depend on blanks."""
    blanks = _BLANKS.match(text, position)
    return blanks.end() if blanks else position


def _add_trimmed(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        begin = start + piece.index(stripped[0])
        found.append((begin, begin + len(stripped)))


def _ends_here(text: str, start: int, match: re.Match[str]) -> bool:
    follower = _next_letter(text, match.end())
    if follower and not (follower.isupper() or follower.isdigit() or follower in _OPENING):
        return False
    return not (follower and match.group() == "." and _is_short_form(text, start, match.end()))


def _next_letter(text: str, position: int) -> str:
    """The next character on this line that is not a blank."""
    rest = text[position : position + _LONGEST_LOOK].lstrip(" \t\u00a0\u3000\v\f\r")
    return "" if rest.startswith("\n") else rest[:1]


def _is_short_form(text: str, start: int, end: int) -> bool:
    """Whether the point before `end` belongs to an abbreviation, an initial or an entry's number."""
    tail = text[max(start, end - _LONGEST_LOOK) : end]
    if _ENTRY_NUMBER.search(tail if end - start <= _LONGEST_LOOK else f"… {tail}"):
        return True
    word = _WORD_BEFORE.search(tail[:-1])
    if word is None:
        return False
    return word.group().lower() in _ABBREVIATIONS or (len(word.group()) == 1 and word.group().isupper())

"""Provinces that only what stands before them gives away: "UBND TP.HA NOI", "tinh Thanh Hoa", "TP.HN", "tỉnh TTH".

Letters without marks spell many words, and two letters anything; after "UBND", "TP" or "tỉnh" they are a province.
"""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from digest.places_data.tables import tables
from digest.text import bare

_CITY, _PROVINCE = {"HN": "01", "ĐN": "48"}, {"ĐN": "75", "TTH": "46", "BRVT": "77"}
_EITHER = {"HN": "01", "HCM": "79", "TTH": "46"}
# A cue, and what two or three letters after it mean.
_CUES = {
    cue: short
    for short, cues in (
        (_CITY, ("TP", "T.P", "thành phố", "Thành phố", "THÀNH PHỐ", "thanh pho", "Thanh pho", "THANH PHO")),
        (_PROVINCE, ("tỉnh", "Tỉnh", "TỈNH", "tinh", "Tinh", "TINH")),
        (_EITHER, ("UBND", "HĐND", "HDND", "công an", "Công an", "cong an", "Cong an", "CONG AN")),
    )
    for cue in cues
}
# It begins with plain letters, so that a search skips to them; what stands before is looked at afterwards.
_CUE = re.compile(
    rf"({'|'.join(map(re.escape, _CUES))})\.?\s?(?=(?P<words>[A-ZĐ][A-Za-z]*(?:[ -]{{1,3}}[A-Z][A-Za-z]*){{0,3}}))"
)
_WORD = re.compile(r"[^ -]+")
_SPACES = re.compile(r"[ -]+")


@dataclass(frozen=True, slots=True)
class Cued:
    """A province's code and where its name stands."""

    code: str
    start: int
    end: int


@functools.cache
def _bare_names() -> dict[str, str]:
    return {_SPACES.sub(" ", bare(one.name)): code for code, one in tables().provinces.items()}


def cued(text: str) -> Iterator[Cued]:
    """The provinces that a text names without marks, or by two or three letters, after a word that says so."""
    for match in _CUE.finditer(text):
        words, start = match["words"], match.end()
        if match.start() and text[match.start() - 1].isalnum():
            continue
        short = _CUES[match[1]]
        for last in reversed(list(_WORD.finditer(words))):
            name = words[: last.end()]
            code = _bare_names().get(_SPACES.sub(" ", name.lower())) or short.get(name)
            if code:
                yield Cued(code, start, start + last.end())
                break

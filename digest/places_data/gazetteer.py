"""Finding the names of places in text: provinces in all their spellings, and units that say their province.

Names are looked up syllable by syllable in tables keyed by their first. What stands before a name decides whether it is
the province ("tỉnh Phú Yên"), a unit of that name ("xã Phú Yên"), a street, or part of a person's name.
"""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from digest.places_data.cued import cued
from digest.places_data.tables import WORD, Level, Name, Names, Tables, fold_word, tables
from digest.text import fold

MOST_TEXT = 20_000  # characters of one text that are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A place named in a text: its province's code, where it stands, how it is written there.

    `level` "city" is a city or district known without its kind; "landmark" an airport or the like.
    """

    code: str
    start: int
    end: int
    text: str
    level: Level


@dataclass(frozen=True, slots=True)
class _Text:
    """A text and its words: as written, folded where needed, with their places."""

    text: str
    words: list[tuple[str, int, int]]

    def between(self, position: int) -> str:
        """What stands between the word before and the word at `position`."""
        return self.text[self.words[position - 1][2] : self.words[position][1]]

    def folded(self, position: int) -> str:
        return fold_word(self.words[position][0]) if position >= 0 else ""


def _words(text: str) -> frozenset[str]:
    return frozenset(fold_word(word) for word in text.split())


_KINDS = {
    fold(word): kind
    for kind, words in {
        "phường": "phường p",
        "xã": "xã x",
        "quận": "quận q",
        "huyện": "huyện h",
        "thành phố": "tp",
        "thị xã": "tx",
    }.items()
    for word in words.split()
}
_TWO_WORD_KINDS = {
    (fold(first), fold(second)): kind
    for first, second, kind in (
        ("thành", "phố", "thành phố"),
        ("thị", "xã", "thị xã"),
        ("thị", "trấn", "thị trấn"),
        ("đặc", "khu", "đặc khu"),
        ("quận", "ủy", "quận"),
        ("huyện", "ủy", "huyện"),
        ("thị", "ủy", "thị xã"),
        ("thành", "ủy", "thành phố"),
    )
}
_GENERAL = _words("cấp xã phường các 2")  # "cấp xã", "xã, phường", "các xã" and the province's name
_NOT_A_PLACE = _words("đường cầu chợ sông hồ đèo thôn ấp làng bản buôn lộ hầm clb núi vịnh phố")
# … but not in these: "yêu cầu", "nhu cầu", "toàn cầu", "văn bản", "cơ bản", "nông thôn"
_ORDINARY = frozenset(tuple(fold(pair).split()) for pair in ("yêu cầu", "nhu cầu", "toàn cầu", "văn bản", "nông thôn"))
_HCM, _NUMBERS = "79", frozenset(str(number) for number in range(1, 13))
_CAPITAL, _HANOI = fold("đô"), fold("Hà")
_HONORIFICS = _words("ông bà anh chị cô em cậu thầy nsnd nsưt")
SURNAMES = _words(
    "nguyễn trần lê phạm huỳnh hoàng phan vũ võ đặng bùi đỗ hồ ngô dương lý đào đinh trịnh mai lương tô tạ châu thái "
    "nông quách cao lưu đoàn vương trương kiều chu triệu văn thị hứa bế"
)


# What stands before a place that is only part of the name of somebody: a university, a newspaper, a company.
_SOMEBODY = re.compile(
    r"(?:đại học|\bĐH|học viện|(?<!bệnh )\bviện (?!kiểm sát|KSND)|hiệp hội|\bbáo(?! cáo)|tạp chí|công ty|tập đoàn|CTCP|"
    r"nhà xuất bản|NXB|sở giao dịch|sở GDCK)(?:\s+[\w.&-]+){0,2}\s+$",
    re.IGNORECASE,
)


def mentions_of(text: str, *, merged: bool) -> tuple[Mention, ...]:
    """Every place of `text` that says its province, in order; `merged`: units as of 1/7/2025 on, else before."""
    return _kept(text[:MOST_TEXT], merged)


@functools.lru_cache(maxsize=8)  # title, standfirst and body of one article, which several readers ask for
def _kept(text: str, merged: bool) -> tuple[Mention, ...]:  # noqa: FBT001 - a key of the cache
    found = list(_mentions(text, merged=merged))
    taken = {at for one in found for at in range(one.start, one.end)}
    also = [
        Mention(code=one.code, start=one.start, end=one.end, text=text[one.start : one.end], level="province")
        for one in cued(text)
        if one.start not in taken
    ]
    return tuple(sorted([*found, *also], key=lambda one: one.start) if also else found)


def names_somebody(text: str, start: int) -> bool:
    """Whether the place at `start` is part of the name of a university, a newspaper or a company."""
    return bool(_SOMEBODY.search(text[max(0, start - 70) : start]))


def _mentions(text: str, *, merged: bool) -> Iterator[Mention]:
    read = _Text(text, [(match.group(), *match.span()) for match in WORD.finditer(text)])
    known = tables()
    begins = [at for at, (word, _, _) in enumerate(read.words) if word[0].isupper() or word == "thủ" or word.isdigit()]
    beyond = 0
    for position in begins:
        if position < beyond:
            continue
        name, length = _name_at(known, read, position, merged=merged)
        if name is not None:
            start, end = read.words[position][1], read.words[position + length - 1][2]
            yield Mention(code=name.code, start=start, end=end, text=text[start:end], level=name.level)
        beyond = position + length


def _name_at(known: Tables, read: _Text, position: int, *, merged: bool) -> tuple[Name | None, int]:
    """The place that starts at a word, None where none does; how many words to go on by."""
    if read.words[position][0].isdigit():
        return _numbered_district(read, position), 1
    bare = _longest(known.bare, read, position)
    kind = _kind_before(read, position, bare)
    if kind:
        unit = _unit(known, kind, read, position, merged=merged)
        if unit is not None and (bare is None or len(unit.rest) >= len(bare.rest)) and not _own_city(kind, bare):
            return unit, 1 + len(unit.rest)
    if bare is None:
        return None, 1
    if bare.level == "landmark" and _of_another_country(read, position + len(bare.rest)):
        return None, 1 + len(bare.rest)
    refused = not bare.code or (kind and kind != "thành phố") or (not kind and _means_other(read, position))
    return (None if refused else bare), 1 + len(bare.rest)


def _numbered_district(read: _Text, position: int) -> Name | None:
    """Only TP.HCM numbered its districts: "quận 3", "Q.10"."""
    numbered = read.words[position][0] in _NUMBERS and _kind_before(read, position, None) == "quận"
    return Name((), _HCM, "district") if numbered else None


def _own_city(kind: str, bare: Name | None) -> bool:
    return kind == "thành phố" and bare is not None and bare.level == "province"


def _unit(known: Tables, kind: str, read: _Text, position: int, *, merged: bool) -> Name | None:
    places = [known.after, known.before] if merged else [known.before]
    found = [_longest(place.get(kind, {}), read, position) for place in places]
    if kind == "thành phố":
        found.append(_longest(known.after_city, read, position))
    return next((name for name in found if name is not None), None)


def _kind_before(read: _Text, position: int, bare: Name | None) -> str:
    """The kind of unit named just before a word; empty where none is, or where it only speaks of units in general."""
    if not position or read.between(position) not in (" ", ".", ". "):
        return ""
    before, earlier = read.folded(position - 1), read.folded(position - 2)
    two_words = _TWO_WORD_KINDS.get((earlier, before))
    if two_words:
        return two_words
    kind = _KINDS.get(before, "")
    if kind in ("phường", "xã") and bare is not None and bare.level == "province":
        written = read.words[position][0]
        if earlier in _GENERAL or earlier.isdigit() or written.upper().startswith("TP"):
            return ""
    return kind


def _longest(names: Names, read: _Text, position: int) -> Name | None:
    for name in names.get(read.folded(position), ()):
        if _continues(name, read, position):
            return name
    return None


def _continues(name: Name, read: _Text, position: int) -> bool:
    if position + len(name.rest) >= len(read.words):
        return False
    for offset, syllable in enumerate(name.rest, position + 1):
        word = read.words[offset][0]
        between = read.between(offset)
        if (
            not (word[0].isupper() or word.isdigit() or name.level == "landmark")
            or len(between) > 3
            or between.strip(" .-–")
        ):
            return False
        if fold_word(word) != syllable:
            return False
    return True


def _means_other(read: _Text, position: int) -> bool:
    """Whether the word before makes it a street, a river, a club or a person."""
    if not position or read.between(position) != " ":
        return False
    before = read.folded(position - 1)
    if before in _NOT_A_PLACE and (read.folded(position - 2), before) in _ORDINARY:
        return False
    if before in _NOT_A_PLACE or (before in _HONORIFICS and read.words[position - 1][0] != "Bà"):
        return True
    return _in_a_person(read, position)


def _of_another_country(read: _Text, last: int) -> bool:
    """Whether "thủ đô" at its last word goes on with a name other than Hà Nội's."""
    if fold_word(read.words[last][0]) != _CAPITAL or last + 1 == len(read.words) or read.between(last + 1) != " ":
        return False
    return read.words[last + 1][0][0].isupper() and read.folded(last + 1) != _HANOI


def _in_a_person(read: _Text, position: int) -> bool:
    """Whether up to three capitalised words just before begin with a surname."""
    for index in range(position - 1, max(-1, position - 4), -1):
        if read.between(index + 1) != " " or not read.words[index][0][0].isupper():
            return False
        if read.folded(index) in SURNAMES:
            return True
    return False

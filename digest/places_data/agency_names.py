"""Finding the names of agencies in a text: "Bộ VH-TT-DL", "Sở TN&MT", "UBND", in any of their forms."""

import functools
import itertools
import re
import tomllib
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from digest.places_data.tables import WORD, fold_word

_FILE = Path(__file__).with_name("agencies.toml")
_AND = fold_word("và")
_FIRST_GAP = re.compile(r"[ .–-]{1,2}")
_GAP = re.compile(r"[\s.,&–-]{1,3}")
# Heads of a ministry and of a department; who they head follows: "Bộ trưởng Nội vụ".
_CHIEFS = {"Bộ": ("Bộ trưởng", "Thứ trưởng"), "Cục": ("Cục trưởng",)}
# Written small as often as not: "công an tỉnh", "phó thủ tướng".
_SMALL = frozenset(fold_word(word) for word in ("công", "thủ", "phó", "tỉnh", "thành", "nguyên", "cựu", "đại", "đội"))
_LISTED = frozenset(fold_word(word) for word in ("sở", "bộ"))
_MORE = re.compile(r"(?:,| và) (?=[A-ZĐÂ])")
_SAME_SOUND = (("ủy", "uỷ"), ("òa", "oà"), ("óa", "oá"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An agency, or a kind of local one; `until`, `now`: from when what other agency does its work.

    `alone`: the name says an agency without its place, too; `central`: then it says this central one.
    """

    name: str
    local: bool = False
    alone: bool = False
    central: str = ""
    since: date | None = None
    until: date | None = None
    now: str = ""

    def on(self, day: date) -> str:
        """The name of what does its work on a day."""
        return self.now if self.until is not None and day >= self.until else self.name


@dataclass(frozen=True, slots=True)
class Spotted:
    """An agency's name in a text; `by_chief` where only its head is named."""

    entry: Entry
    start: int
    end: int
    by_chief: bool = False


@dataclass(frozen=True, slots=True)
class Forms:
    """Entries by their words' key (None: a longer name that is no agency), how keys begin, their first words."""

    entries: Mapping[str, tuple[Entry | None, bool]]
    beginnings: Container[str]
    first: re.Pattern[str]


@functools.cache
def forms() -> Forms:
    """All forms, read once."""
    raw = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    found: dict[str, tuple[Entry | None, bool]] = {}
    heads: set[str] = set()
    beginnings: set[str] = set()
    for form, entry, by_chief in _forms(raw):
        words = [word for word in WORD.findall(form) if fold_word(word) != _AND]
        for variant in _variants(words):
            key = " ".join(fold_word(word) for word in variant)
            found[key] = entry, by_chief
            beginnings |= {key[:at] for at, char in enumerate(key) if char == " "}
        heads |= _cases(words[0])
    # It begins with plain letters, so that a search skips to them; what stands before is looked at afterwards.
    first = re.compile(rf"(?:{'|'.join(sorted(heads, key=len, reverse=True))})(?!\w)")
    return Forms(found, beginnings, first)


def _cases(word: str) -> set[str]:
    """The ways a head is written: with a capital, in capitals, small where that is usual."""
    small = {word.lower(), *(word.lower().replace(one, other) for one, other in _SAME_SOUND)}
    usual = {way for way in small if fold_word(way) in _SMALL}
    return {*usual, *(way.upper() for way in small), *(way[0].upper() + way[1:] for way in small), word}


def _forms(raw: Mapping[str, Any]) -> Iterator[tuple[str, Entry | None, bool]]:
    for level in ("central", "local"):
        for fields in raw[level]:
            others = fields.pop("forms", ())
            entry = Entry(local=level == "local", **fields)
            for form in (entry.name, *others):
                yield form, entry, False
                yield from ((chief, entry, True) for chief in _chiefs(form))
    yield from ((name, None, False) for name in raw["others"]["names"])


def _chiefs(form: str) -> Iterator[str]:
    head, _, rest = form.partition(" ")
    yield from (f"{title} {rest}" for title in _CHIEFS.get(head, ()) if rest)


def _variants(words: list[str]) -> Iterator[list[str]]:
    """The words with neighbouring abbreviations written together or apart: GD-ĐT, GDĐT."""
    joints = [at for at in range(1, len(words)) if words[at - 1].isupper() and words[at].isupper()]
    for chosen in itertools.chain.from_iterable(itertools.combinations(joints, n) for n in range(len(joints) + 1)):
        variant: list[str] = []
        for at, word in enumerate(words):
            if at in chosen:
                variant[-1] += word
            else:
                variant.append(word)
        yield variant


def spotted(text: str) -> Iterator[Spotted]:
    """The agencies a text names, in order, the longest name at each place."""
    known = forms()
    end = 0
    for match in known.first.finditer(text):
        if match.start() < end or (match.start() and text[match.start() - 1].isalnum()):
            continue
        keys, ends = _keys(text, match.start(), known)
        one = _longest(match.start(), keys, ends, known)
        if one is None:
            continue
        end = one.end
        if one.entry is None:
            continue
        yield Spotted(one.entry, one.start, end, one.by_chief)
        for other in _listed(text, keys[0], end, known):
            yield other
            end = other.end


@dataclass(frozen=True, slots=True)
class _Found:
    entry: Entry | None
    start: int
    end: int
    by_chief: bool


def _longest(start: int, keys: list[str], ends: list[int], known: Forms) -> _Found | None:
    """The longest of some keys that is a name."""
    at = next((at for at in range(len(keys) - 1, -1, -1) if keys[at] in known.entries), None)
    return _Found(known.entries[keys[at]][0], start, ends[at], known.entries[keys[at]][1]) if at is not None else None


def _listed(text: str, head: str, end: int, known: Forms) -> Iterator[Spotted]:
    """What goes on with others of its kind: "Sở Tài chính, Nội vụ và Y tế"."""
    while head in _LISTED and (more := _MORE.match(text, end)):
        keys, ends = _keys(text, more.end(), known, head)
        one = _longest(more.end(), keys, ends, known)
        # "Bộ Quốc phòng, Công an tỉnh": the police may be anybody's.
        if one is None or one.entry is None or one.entry.name == "Bộ Công an":
            return
        yield Spotted(one.entry, one.start, one.end)
        end = one.end


def _keys(text: str, at: int, known: Forms, head: str = "") -> tuple[list[str], list[int]]:
    """The keys of the words at a place, one, two, three … of them, while a name may begin so; where each ends."""
    keys = [head] if head else []
    ends = [at] if head else []
    while match := WORD.match(text, at):
        word = fold_word(match.group())
        if word != _AND:
            keys.append(f"{keys[-1]} {word}" if keys else word)
            ends.append(match.end())
        gap = (_GAP if len(keys) > 1 else _FIRST_GAP).match(text, match.end())
        if gap is None or not keys or keys[-1] not in known.beginnings:
            break
        at = gap.end()
    return keys, ends

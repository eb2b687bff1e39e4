"""Vietnamese written in the font encodings of before Unicode, recognised by what it says and converted.

A line is converted where that turns noise into Vietnamese: the share of valid syllables rises by a quarter or more, to
60 % or more. A line with a letter that only Unicode has is left alone, whatever else it holds. What is too short to
show (a heading, a name) follows the rest of its document. VIQR is never guessed: its marks are ordinary punctuation.
"""

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

from scrapers.documents.syllables import is_acronym, is_syllable, share

Encoding = Literal["vni", "tcvn3"]
ENCODINGS: tuple[Encoding, ...] = ("vni", "tcvn3")

_RISE = 0.25
_ENOUGH = 0.6
_WORDS_THAT_SPEAK = 20  # for a document; below that its short lines are left as they are
_UNICODE_ONLY = re.compile("[ăđĩũơưạ-ỹĂĐĨŨƠƯẠ-Ỹ]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_WORD = re.compile(r"[^\W\d_]+")
_RAW_WORD = re.compile(r"[^\s\d.,;:!?()\[\]{}\"“”/…|<>=*+\-–]+")
_HYPHENED = re.compile(r"(?<![\w-])(?:[^\W\d_]+-[^\W\d_]*|-[^\W\d_]+)(?![\w-])")
_SENTENCE = re.compile(r"(?<=[^\W\d_A-Z]{2}[.!?…])(\s+)([^\W\d_])")
_SYMBOLS = range(0xF020, 0xF100)  # where Word keeps the characters of a font that calls itself a symbol font
_FONT_OF_VNI = re.compile(r"^vni[-_ ]?", re.IGNORECASE)
_FONT_OF_TCVN3 = re.compile(r"^\.?vn(?!i)[a-z]", re.IGNORECASE)
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_CAPITALS = re.compile(r"[a-z ]H(?:[-,]|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Font:
    """What a font's name tells; `capitals`: it shows small letters as capitals."""

    encoding: Encoding
    capitals: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """Lines after conversion, and the encodings that were found in them."""

    lines: tuple[str, ...]
    found: tuple[Encoding, ...] = ()


def decode(text: str, encoding: Encoding) -> str:
    """The Unicode text (NFC) of a text known to be in this encoding."""
    return _from_vni(text) if encoding == "vni" else _from_tcvn3(text)


def of_font(name: str) -> Font | None:
    """The encoding that a font stands for: `VNI-Times`, `ABCDEF+.VnTimeH`; None for any other font."""
    plain = _SUBSET.sub("", name.strip())
    if _FONT_OF_VNI.match(plain):
        return Font(encoding="vni")
    if _FONT_OF_TCVN3.match(plain):
        return Font(encoding="tcvn3", capitals=bool(_CAPITALS.search(plain)))
    return None


def decode_run(text: str, font: Font) -> str:
    """A run of text set in a legacy font."""
    plain = decode("".join(chr(ord(char) - 0xF000) if ord(char) in _SYMBOLS else char for char in text), font.encoding)
    return plain.upper() if font.capitals else plain


def font_lies(text: str) -> bool:
    """Whether a text holds letters that no legacy font can show: it was converted, and its font's name left behind."""
    return bool(_UNICODE_ONLY.search(unicodedata.normalize("NFC", text)))


def encoding_of(line: str) -> Encoding | None:
    """The encoding in which one line of running text is written; None for Unicode and for what cannot be told."""
    if not _NOT_ASCII.search(line) or font_lies(line):
        return None
    before, _ = share(line)
    after, _, best = max(_read_as(line, encoding) for encoding in ENCODINGS)
    return best if after >= max(_ENOUGH, before + _RISE) else None


def _read_as(line: str, encoding: Encoding) -> tuple[float, int, Encoding]:
    """How well a line reads in an encoding: its share of syllables, and the fewer signs such as `©` are left within."""
    text = decode(line, encoding)
    return share(text)[0], -sum(char > "\x7f" and not char.isalnum() for char in text), encoding


def mend(lines: Sequence[str]) -> Mended:
    """The lines of one document, each converted where it needs to be."""
    told = [encoding_of(line) for line in lines]
    counted: Counter[Encoding] = Counter()
    for line, encoding in zip(lines, told, strict=True):
        if encoding:
            counted[encoding] += len(line.split())
    if not counted:
        return Mended(lines=tuple(lines))
    majority, words = counted.most_common(1)[0]
    if words >= _WORDS_THAT_SPEAK:
        told = [own or (majority if _belongs(line, majority) else None) for own, line in zip(told, lines, strict=True)]
    mended = (decode(line, own) if own else line for own, line in zip(told, lines, strict=True))
    return Mended(lines=tuple(mended), found=tuple(one for one in ENCODINGS if one in counted))


def mend_text(text: str) -> str:
    """The same for a text of several lines."""
    return "\n".join(mend(text.split("\n")).lines)


def _belongs(line: str, encoding: Encoding) -> bool:
    """Whether a line reads better in its document's encoding: the words that change were mostly noise, and none is now."""
    if not _NOT_ASCII.search(line) or font_lies(line):
        return False
    pairs = ((word, decode(word, encoding)) for word in _RAW_WORD.findall(line))
    changed = [(was, now) for was, now in pairs if was != now]
    noise = sum(not is_syllable(was) for was, _ in changed)
    return noise * 2 > len(changed) and all(_is_said(now) for _, now in changed)


def _is_said(text: str) -> bool:
    return all(is_syllable(word) or is_acronym(word) for word in _WORD.findall(text))


def _from_vni(text: str) -> str:
    table, pattern = _table("vni")
    return unicodedata.normalize("NFC", pattern.sub(lambda found: table[found.group()], text))


def _from_tcvn3(text: str) -> str:
    table, pattern = _table("tcvn3")
    plain = unicodedata.normalize("NFC", pattern.sub(lambda found: table[found.group()], text))
    lines = _HYPHENED.sub(_with_u_horn, plain).split("\n")
    return _SENTENCE.sub(_begun, "\n".join(map(_capitals_of, lines)))


def _with_u_horn(found: re.Match[str]) -> str:
    """`ư` is stored as the soft hyphen, and what reads PDF or cleans text makes a hyphen of it: `ng-ời` is `người`."""
    whole = found.group().replace("-", "ư")
    return whole if is_syllable(whole) else found.group()


def _capitals_of(line: str) -> str:
    """The encoding has no capital letters with tones: `NGHị ĐịNH Số` is `NGHỊ ĐỊNH SỐ`, but `Bộ GTVT` stays.

    A word with one sure letter or none (`Số`, `ở`) is judged by the words beside it.
    """
    words = list(_WORD.finditer(line))
    told = [_case_of(word.group()) for word in words]
    if not any(told):
        return line
    before, after = _nearest(told), _nearest(told[::-1])[::-1]
    pieces, end = [], 0
    for word, own, left, right in zip(words, told, before, after, strict=True):
        capital = own or (own is None and left is not False and right is not False and bool(left or right))
        pieces += [line[end : word.start()], word.group().upper() if capital else word.group()]
        end = word.end()
    return "".join([*pieces, line[end:]])


def _case_of(word: str) -> bool | None:
    """Whether a word is in capitals; None where its sure letters do not tell. Acronyms tell nothing of their line."""
    sure = [letter for letter in word if letter not in _toned_small()]
    if not all(map(str.isupper, sure)):
        return False
    return True if len(sure) > 1 and not is_acronym(word) else None


def _nearest(told: Sequence[bool | None]) -> list[bool | None]:
    """For each place, the last certain answer before it."""
    nearest: list[bool | None] = []
    last = None
    for own in told:
        nearest.append(last)
        last = own if own is not None else last
    return nearest


def _begun(found: re.Match[str]) -> str:
    return found[1] + (found[2].upper() if found[2] in _toned_small() else found[2])


@functools.cache
def _toned_small() -> frozenset[str]:
    table, _ = _table("tcvn3")
    letters = set(table.values())
    return frozenset(letter for letter in letters if letter.islower() and letter.upper() not in letters)


@functools.cache
def _table(encoding: Encoding) -> tuple[dict[str, str], re.Pattern[str]]:
    """Characters as stored → letter, and what finds them, longest first."""
    told = (files("scrapers.documents") / "encodings" / f"{encoding}.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in told.splitlines() if not line.startswith("#"))
    table = {"".join(chr(int(code, 16)) for code in codes.split()): letter for letter, codes in rows}
    # A capital whose mark was typed small is that capital.
    mixed = {stored[0] + stored[1:].lower(): letter for stored, letter in table.items() if len(stored) > 1}
    table = mixed | table
    return table, re.compile("|".join(map(re.escape, sorted(table, key=len, reverse=True))))

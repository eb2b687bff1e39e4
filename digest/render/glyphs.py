"""Which characters fonts can set, and a visible mark in place of those they cannot."""

import struct
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from digest.errors import RenderError

MARK = "□"  # U+25A1, which every shipped font has
_NAMED = 8  # characters a note names one by one; a page of Chinese need not be listed
# Not text: control, format (joiners, byte order marks), surrogates, private use, unassigned.
_NO_TEXT = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_LAYOUT = frozenset("\n\t")


def is_text(char: str) -> bool:
    """Whether the character stands for something a reader sees, or for a line's end or a blank."""
    return char in _LAYOUT or unicodedata.category(char) not in _NO_TEXT


def covered(*fonts: Path) -> frozenset[str]:
    """The characters of the TrueType fonts' character maps; RenderError names a font that cannot be read."""
    known: set[str] = set()
    for font in fonts:
        try:
            known.update(map(chr, _code_points(font.read_bytes())))
        except (OSError, struct.error, ValueError) as error:
            raise RenderError(f"font {font}: cannot be read: {error}") from error
    return frozenset(known)


def settable(
    tree: dict[str, Any], *, format_name: str, shows: Callable[[str], bool] = is_text
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The tree of plain values with `MARK` for each character that `shows` refuses, and a note on each of these.

    Only the values of objects and lists change, never the keys. An object's own `number` says where a character stood.
    """
    sieve = _Sieve(shows=shows)
    shown: dict[str, Any] = sieve.clean(tree, 0)
    return shown, tuple(_notes(sieve.lost, format_name))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sieve:
    """`known` is what stands for each character met so far; `lost` counts by place those that got the mark."""

    shows: Callable[[str], bool]
    known: dict[str, str] = field(default_factory=dict)
    lost: dict[str, Counter[int]] = field(default_factory=dict)

    def clean(self, value: Any, place: int) -> Any:
        if isinstance(value, str):
            return self._text(value, place)
        if isinstance(value, dict):
            here = value.get("number")
            inside = here if isinstance(here, int) else place
            return {name: self.clean(inner, inside) for name, inner in value.items()}
        return [self.clean(inner, place) for inner in value] if isinstance(value, list) else value

    def _text(self, value: str, place: int) -> str:
        if value.isascii() and value.isprintable():
            return value
        letters = Counter(value)
        for char in letters.keys() - self.known.keys():
            self.known[char] = _stand_in(char, self.shows)
        for char in sorted(letters):
            if self.known[char] == MARK != char:
                self.lost.setdefault(char, Counter())[place] += letters[char]
        return value.translate({ord(char): self.known[char] for char in letters if self.known[char] != char})


def _stand_in(char: str, shows: Callable[[str], bool]) -> str:
    if is_text(char) and (char in _LAYOUT or shows(char)):
        return char
    return " " if unicodedata.category(char) in {"Zs", "Zl", "Zp"} else MARK


def _notes(lost: dict[str, Counter[int]], format_name: str) -> Iterator[str]:
    for char, places in list(lost.items())[:_NAMED]:
        named = f"U+{ord(char):04X} {unicodedata.name(char, '')}".strip()
        items = ", ".join(f"item {place}" for place in sorted(places) if place)
        where = f" ({items})" if items else ""
        yield f"{format_name}: {named} cannot be shown, {MARK} stands in its place{where}"
    rest = [places.total() for places in list(lost.values())[_NAMED:]]
    if rest:
        yield f"{format_name}: {len(rest)} more characters ({sum(rest)} times) cannot be shown, {MARK} stands there"


def _code_points(font: bytes) -> Iterator[int]:
    """All code points of the Unicode character maps (formats 4 and 12) of a TrueType file."""
    tables = struct.unpack_from(">H", font, 4)[0]
    records = [struct.unpack_from(">4sIII", font, 12 + 16 * place) for place in range(tables)]
    start = next((offset for tag, _, offset, _ in records if tag == b"cmap"), None)
    if start is None:
        raise ValueError("it has no character map")
    for place in range(struct.unpack_from(">H", font, start + 2)[0]):
        at = start + struct.unpack_from(">I", font, start + 8 + 8 * place)[0]
        form = struct.unpack_from(">H", font, at)[0]
        if form == 4:
            yield from _segments(font, at)
        elif form == 12:
            yield from _groups(font, at)


def _segments(font: bytes, at: int) -> Iterator[int]:
    """Format 4: ranges of the first plane. A range may hold gaps, which point to glyph 0."""
    count = struct.unpack_from(">H", font, at + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", font, at + 14)
    starts, deltas, offsets = (struct.unpack_from(f">{count}H", font, at + 16 + 2 * count * part) for part in (1, 2, 3))
    for place, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offset:
                slot = at + 16 + 6 * count + 2 * place + offset + 2 * (code - first)
                glyph = struct.unpack_from(">H", font, slot)[0]
                if glyph == 0:
                    continue
            if (glyph + delta) % 0x10000:
                yield code


def _groups(font: bytes, at: int) -> Iterator[int]:
    """Format 12: ranges of all planes."""
    for place in range(struct.unpack_from(">I", font, at + 12)[0]):
        first, last, _ = struct.unpack_from(">III", font, at + 16 + 12 * place)
        yield from range(first, last + 1)

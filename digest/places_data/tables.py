"""The tables of places: provinces with their spellings, units that say their province, read from the data beside."""

import functools
import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from digest.text import fold

_FOLDER = Path(__file__).parent
WORD = re.compile(r"[^\W_]+")

Field = Literal["title", "sapo", "body"]
Level = Literal["province", "city", "district", "commune", "landmark"]
_DISTRICTS = ("quận", "huyện", "thị xã", "thành phố")
# Longer names that hold a province's: an ocean, newspapers, a king.
_OTHER_NAMES = ("Thái Bình Dương", "Sài Gòn Giải Phóng", "Sài Gòn Tiếp Thị", "Hà Nội Mới", "Bình Định Vương")

fold_word = functools.lru_cache(maxsize=1 << 15)(fold)


@dataclass(frozen=True, slots=True, kw_only=True)
class Province:
    """One of the 63 of before 1/7/2025; `now` is the name since, equal to `name` where it stayed."""

    code: str
    name: str
    now: str
    before_2025: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name in folded syllables after its first; an empty code marks a longer name that is not a place."""

    rest: tuple[str, ...]
    code: str
    level: Level


Names = dict[str, list[Name]]


@dataclass(frozen=True, slots=True)
class Tables:
    """What is known of places; names lie by their folded first syllable, the longest first."""

    provinces: dict[str, Province]
    headlines: dict[str, str]  # the forms of headlines by name, where they differ from it
    also_communes: frozenset[str]
    bare: Names
    after_city: Names
    before: dict[str, Names]  # by kind of unit
    after: dict[str, Names]


@functools.cache
def tables() -> Tables:
    """All tables, read once."""
    raw = tomllib.loads((_FOLDER / "provinces.toml").read_text(encoding="utf-8"))
    entries = raw["province"]
    units = json.loads((_FOLDER / "units.json").read_text(encoding="utf-8"))
    return Tables(
        provinces={entry["code"]: _province(entry) for entry in entries},
        headlines=raw["headlines"],
        also_communes=frozenset(raw["also_communes"]),
        bare=_table([*((name, "", "province") for name in _OTHER_NAMES), *_bare_names(entries)]),
        after_city=_table(
            (name, entry["code"], "province") for entry in entries for name in entry.get("after_city", ())
        ),
        before={kind: _table(_units(kind, names)) for kind, names in units["before"].items()},
        after={kind: _table(_units(kind, names)) for kind, names in units["after"].items()},
    )


def _province(entry: dict[str, Any]) -> Province:
    name = entry["name"]
    return Province(
        code=entry["code"],
        name=name,
        now=entry.get("now", name),
        before_2025=entry.get("before_2025", name),
    )


_Row = tuple[str, str, Level]


def _bare_names(entries: Iterable[dict[str, Any]]) -> Iterator[_Row]:
    for entry in entries:
        code = entry["code"]
        yield from ((name, code, "province") for name in (entry["name"], *entry.get("aliases", ())))
        yield from ((name, code, "city") for name in entry.get("known", ()))
        yield from ((name, code, "landmark") for name in entry.get("landmarks", ()))


def _units(kind: str, by_code: dict[str, list[str]]) -> Iterator[_Row]:
    level: Level = "district" if kind in _DISTRICTS else "commune"
    return ((name, code, level) for code, names in by_code.items() for name in names)


def _table(rows: Iterable[_Row]) -> Names:
    """Names by their folded first syllable, the longest first; of equal names the first given wins."""
    table: Names = {}
    seen: set[tuple[str, ...]] = set()
    for name, code, level in rows:
        first, *rest = (fold_word(word) for word in WORD.findall(name))
        if (first, *rest) not in seen:
            seen.add((first, *rest))
            table.setdefault(first, []).append(Name(tuple(rest), code, level))
    for names in table.values():
        names.sort(key=lambda name: -len(name.rest))
    return table

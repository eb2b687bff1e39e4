"""All units below the province, of before and after 1/7/2025, by name."""

import functools
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, cast

from digest.places_data.tables import WORD, fold_word, tables

_FOLDER = Path(__file__).parent

Kind = Literal["quận", "huyện", "thị xã", "thành phố", "phường", "xã", "thị trấn", "đặc khu"]
_DISTRICTS = ("quận", "huyện", "thị xã", "thành phố")
_SPELLINGS = {
    fold_word(other): fold_word(one)
    for one, others in (("đắk", "đăk đắc đak"), ("ea", "êa"), ("drăng", "đrăng"), ("krông", "krong"))
    for other in others.split()
}
_TWO_WORDS = ("thị xã", "thành phố", "thị trấn", "đặc khu")


@dataclass(frozen=True, slots=True)
class Row:
    """A unit: `code` its province's (of its time), `former` whether it ended by 1/7/2025, `until` when, if before.

    `district` is what a former commune belonged to, `to` the units that a former one became part of.
    """

    kind: Kind
    name: str
    code: str
    former: bool = False
    district: str = ""
    to: tuple[str, ...] = ()
    until: date | None = None


def is_district(kind: Kind) -> bool:
    """Whether units of the kind stood between province and commune; these all ended on 1/7/2025."""
    return kind in _DISTRICTS


def split(unit: str) -> tuple[Kind, str]:
    """`thị trấn Cần Giuộc` → kind and name."""
    kind, _, name = unit.partition(" ")
    if unit.startswith(_TWO_WORDS):
        second, _, name = name.partition(" ")
        kind = f"{kind} {second}"
    return cast("Kind", kind), name


def key_of(words: Iterable[str]) -> str:
    """What a name is looked up by: its words folded, Đăk as Đắk, numbers without leading noughts."""
    return " ".join(
        word.lstrip("0") if word.isdigit() else _SPELLINGS.get(fold_word(word), fold_word(word)) for word in words
    )


@functools.cache
def rows() -> dict[str, tuple[Row, ...]]:
    """Every unit under the key of its name, the present ones first."""
    raw = json.loads((_FOLDER / "communes.json").read_text(encoding="utf-8"))
    extra = tomllib.loads((_FOLDER / "former_districts.toml").read_text(encoding="utf-8"))["district"]
    found: dict[str, list[Row]] = {}
    for row in (*_present(raw["now"]), *_former(raw["then"], raw["now"]), *_earlier(extra)):
        found.setdefault(key_of(WORD.findall(row.name)), []).append(row)
    return {key: tuple(named) for key, named in found.items()}


def rows_of(unit: str, code: str) -> list[Row]:
    """The rows of a former unit of a province by its full name: `thành phố Thủ Đức`."""
    kind, name = split(unit)
    named = rows()[key_of(WORD.findall(name))]
    return [row for row in named if (row.kind, row.code, row.former) == (kind, code, True)]


def _present(now: Mapping[str, list[str]]) -> Iterator[Row]:
    for code, units in now.items():
        for unit in units:
            kind, name = split(unit)
            yield Row(kind, name, code)


def _former(then: Mapping[str, dict[str, dict[str, list[int]]]], now: Mapping[str, list[str]]) -> Iterator[Row]:
    provinces = tables().provinces
    codes = {province.name: code for code, province in provinces.items()}
    for code, districts in then.items():
        units = now[codes[provinces[code].now]]
        for district, communes in districts.items():
            whole = dict.fromkeys(units[at] for places in communes.values() for at in places)
            yield Row(*split(district), code, former=True, to=tuple(whole))
            for commune, places in communes.items():
                if commune:
                    kind, name = split(commune)
                    to = tuple(units[at] for at in places)
                    yield Row(kind, name, code, former=True, district=split(district)[1], to=to)


def _earlier(districts: Iterable[Mapping[str, Any]]) -> Iterator[Row]:
    for entry in districts:
        for unit in entry["names"]:
            yield Row(*split(unit), entry["code"], former=True, to=tuple(entry["to"]), until=entry["until"])

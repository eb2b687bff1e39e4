"""Make `communes.json` from a mapping of administrative units such as underthesea ships.

    python -m digest.places_data.make_communes MAPPING.json > digest/places_data/communes.json

All units of both sides of 1/7/2025, each with its kind, the old ones with what became of them.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

NOTICE = (
    "Administrative units of before and after 1/7/2025 and what each became. Facts derived from "
    "address/data/mapping.json of underthesea (made from vietnamadminunits), licensed under the Apache License 2.0."
)
# Pairs that differ by one mark in one district lost their spelling in the mapping; its keys still tell it.
_PAIRS = (
    "xã cẩm giang, xã cẩm giàng, xã thanh an, xã thạnh an, xã ba tô, xã ba tơ, xã sơn hà, xã sơn hạ, xã văn lang, "
    "xã văn lăng, xã tân thành, xã tân thạnh, xã lộc thành, xã lộc thạnh, phường hương vân, phường hương văn, "
    "xã phú thành, xã phú thạnh, xã ia bang, xã ia băng, phường sa pa, phường sa pả, xã trực hùng, xã trực hưng, "
    "xã nậm càn, xã nậm cắn, xã nghi văn, xã nghi vạn, xã châu bình, xã châu bính, xã đông thành, xã đồng thành, "
    "xã trà don, xã trà dơn, xã tam dân, xã tam đàn, xã bình thanh, xã bình thạnh, xã hoằng phú, xã hoằng phụ, "
    "xã hoằng quý, xã hoằng quỳ, xã hoằng thanh, xã hoằng thành, xã hoằng đông, xã hoằng đồng, xã hoa lộc, "
    "xã hòa lộc, xã nga thanh, xã nga thành, xã vĩnh hùng, xã vĩnh hưng, xã đông thạnh, xã minh quán, xã minh quân"
)
_SPELT = {name.replace(" ", ""): name for name in _PAIRS.split(", ")}
_TWO_WORDS = ("Thành phố", "Thị xã", "Thị trấn", "Đặc khu")


def communes(mapping: Mapping[str, Any]) -> dict[str, Any]:
    """`{notice, now, then}`.

    `now`: province's code → its units; `then`: former province's code → district → commune → places in the list of
    `now` of the province it is in. A district without communes (an island) has the empty name as its commune.
    """
    codes = {entry["name"]: entry["code"] for entry in mapping["old_province_names"].values()}
    codes |= {entry["name"]: codes.get(entry["name"], entry["code"]) for entry in mapping["province_names"].values()}
    now: defaultdict[str, list[str]] = defaultdict(list)
    then: defaultdict[str, dict[str, dict[str, list[int]]]] = defaultdict(dict)
    rows = sorted(mapping["ward_mapping"], key=_order)
    for row in rows:
        listed = now[codes[row["new_province"]]]
        if (unit := _name(row, "new")) not in listed:
            listed.append(unit)
        district = then[codes[row["old_province"]]].setdefault(_small(row["old_district"]), {})
        places = district.setdefault(_name(row, "old"), [])
        if listed.index(unit) not in places:
            places.append(listed.index(unit))
    return {"notice": NOTICE, "now": dict(sorted(now.items())), "then": dict(sorted(then.items()))}


def _order(row: Mapping[str, Any]) -> tuple[str, ...]:
    """What got most of a commune that was divided (`is_default`) comes before what got the rest."""
    keys = (row["old_province_key"], row["old_district_key"], row["old_ward_key"])
    return (*keys, "0" if row.get("is_default", True) else "1", row["new_ward_key"])


def _name(row: Mapping[str, Any], side: str) -> str:
    written = row[f"{side}_ward"].strip()
    key = row[f"{side}_ward_key"]
    if written or not key:
        return _small(written)
    kind, *words = _SPELT[key].split()
    return " ".join([kind, *(word.capitalize() for word in words)])


def _small(name: str) -> str:
    """`Thị trấn Cần Giuộc` → `thị trấn Cần Giuộc`: as it is written inside a sentence."""
    kind = next((kind for kind in _TWO_WORDS if name.startswith(kind)), "")
    return kind.lower() + name[len(kind) :] if kind else name[:1].lower() + name[1:]


def main(arguments: list[str]) -> None:
    """Read the mapping named by the first argument and print the units as JSON, a province a line."""
    made = communes(json.loads(Path(arguments[0]).read_text(encoding="utf-8")))
    sys.stdout.write(json.dumps(made, ensure_ascii=False).replace('}, "', '},\n"').replace('], "', '],\n"') + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])

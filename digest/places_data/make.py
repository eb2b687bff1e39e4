"""Make `units.json` from a mapping of administrative units such as underthesea ships.

    python -m digest.places_data.make MAPPING.json > digest/places_data/units.json

Only names that say one province are kept: a commune's name that several provinces share shows nothing by itself.
"""

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

NOTICE = (
    "Names of units that stand in one province alone among units of their kind, under that province's code. Facts "
    "derived from address/data/mapping.json of underthesea, licensed under the Apache License 2.0."
)
_KIND = re.compile(r"^(Thành phố|Thị xã|Thị trấn|Đặc khu|Phường|Huyện|Quận|Xã) (?=\D)", re.IGNORECASE)
_Units = dict[str, dict[str, list[str]]]


def units(mapping: Mapping[str, Any]) -> dict[str, Any]:
    """`{notice, before, after}`; `before` and `after` 1/7/2025: kind of unit → province's code → names, sorted."""
    codes = {entry["name"]: entry["code"] for entry in mapping["old_province_names"].values()}
    codes |= {entry["name"]: codes.get(entry["name"], entry["code"]) for entry in mapping["province_names"].values()}
    rows = mapping["ward_mapping"]
    before = [(row[level], codes[row["old_province"]]) for row in rows for level in ("old_district", "old_ward")]
    after = [(row["new_ward"], codes[row["new_province"]]) for row in rows]
    return {"notice": NOTICE, "before": _only_here(before), "after": _only_here(after)}


def _only_here(pairs: Iterable[tuple[str, str]]) -> _Units:
    where: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for unit, code in pairs:
        match = _KIND.match(unit.strip())
        if match:
            where[match.group(1).lower(), unit.strip()[match.end() :]].add(code)
    found: _Units = {}
    for (kind, name), codes in sorted(where.items()):
        if len(codes) == 1:
            found.setdefault(kind, {}).setdefault(min(codes), []).append(name)
    return found


def main(arguments: list[str]) -> None:
    """Read the mapping named by the first argument and print the units as JSON."""
    made = units(json.loads(Path(arguments[0]).read_text(encoding="utf-8")))
    sys.stdout.write(json.dumps(made, ensure_ascii=False).replace('], "', '],\n"').replace('}, "', '},\n"') + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])

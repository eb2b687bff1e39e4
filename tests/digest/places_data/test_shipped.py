"""The shipped tables of units are what the mapping in underthesea makes, and say what the resolutions made."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from digest.places_data import communes, make, make_communes
from digest.places_data.tables import tables


@pytest.fixture(scope="module")
def mapping_path() -> Path:
    spec = importlib.util.find_spec("underthesea")  # not imported: that takes seconds
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "address" / "data" / "mapping.json"


@pytest.mark.parametrize(("maker", "name"), [(make, "units.json"), (make_communes, "communes.json")])
def test_a_shipped_table_is_what_the_mapping_makes(
    maker: ModuleType, name: str, mapping_path: Path, capsys: pytest.CaptureFixture[str]
):
    maker.main([str(mapping_path)])
    shipped = Path(make.__file__).with_name(name).read_text(encoding="utf-8")
    assert capsys.readouterr().out == shipped
    assert "Apache License" in json.loads(shipped)["notice"]


def test_the_provinces_and_their_mergers_are_those_of_the_mapping(mapping_path: Path):
    mapping: dict[str, Any] = json.loads(mapping_path.read_text(encoding="utf-8"))
    old = {key: (entry["code"], entry["short"]) for key, entry in mapping["old_province_names"].items()}
    new = {key: entry["short"].replace("Hồ Chí Minh", "TP.HCM") for key, entry in mapping["province_names"].items()}
    expected = {
        old[key][0]: (old[key][1].replace("Hồ Chí Minh", "TP.HCM"), new[now])
        for key, now in mapping["province_mapping"].items()
    }
    assert {code: (one.name, one.now) for code, one in tables().provinces.items()} == expected


def test_there_are_as_many_units_as_the_resolutions_made():
    present = [row for found in communes.rows().values() for row in found if not row.former]
    assert len(present) == 3321
    assert sum(row.kind == "đặc khu" for row in present) == 13


def test_every_district_of_earlier_years_became_one_that_is_known():
    earlier = [row for found in communes.rows().values() for row in found if row.until is not None]
    assert earlier
    assert all(communes.rows_of(unit, row.code) for row in earlier for unit in row.to)

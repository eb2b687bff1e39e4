import json
from datetime import date

import pytest

from classifiers.labels import CORRECTIONS, corrected, label_from, labelled_from, read_corrections
from digest.errors import InputError

LINE = {
    "id": "a1",
    "set": "day",
    "day": "2026-03-02",
    "title": "Xã trả hồ sơ sớm",
    "sapo": None,
    "paragraphs": [],
    "rel": 2,
    "section": "dia_phuong",
    "areas": ["tthc"],
    "provinces": ["Gia Lai"],
}


def test_a_line_becomes_an_article_with_its_label():
    row = labelled_from(LINE)
    assert (row.day, row.sample, row.article.title) == (date(2026, 3, 2), "day", "Xã trả hồ sơ sớm")
    assert row.label.relevant
    assert (row.label.section, row.label.areas, row.label.provinces) == ("dia_phuong", ("tthc",), ("Gia Lai",))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"rel": 3}, "rel"),
        ({"section": "the_thao"}, "section"),
        ({"section": None}, "section"),
        ({"areas": ["x"]}, "areas"),
        ({"set": "other"}, "set"),
        ({"areas": "tthc"}, "areas"),
    ],
)
def test_a_label_out_of_shape_names_its_field_and_line(change, field):
    with pytest.raises(InputError) as caught:
        labelled_from(LINE | change, source="l.jsonl", number=4)
    assert (caught.value.field, caught.value.line) == (field, 4)


def test_an_irrelevant_item_needs_no_section():
    assert not label_from({"id": "b", "rel": 0, "section": None}).relevant


def test_corrections_hold_over_the_file_and_rel_0_clears_the_rest(tmp_path):
    path = tmp_path / "c.toml"
    path.write_text(
        '[[correction]]\nid = "a1"\nreason = "r"\nrel = 0\n[[correction]]\nid = "a2"\nreason = "r"\nareas = ["so"]\n',
        "utf-8",
    )
    rows = [labelled_from(LINE | {"id": name}) for name in ("a1", "a2", "a3")]
    first, second, third = corrected(rows, read_corrections(path))
    assert (first.label.rel, first.label.section, first.label.areas) == (0, None, ())
    assert (second.label.rel, second.label.areas) == (2, ("so",))
    assert third == rows[2]


@pytest.mark.parametrize(
    "text", ["not toml", '[[correction]]\nid = "a"\n', '[[correction]]\nid = "a"\nreason = "r"\nsection = "x"\n']
)
def test_a_broken_corrections_file_is_named(tmp_path, text):
    path = tmp_path / "c.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError) as caught:
        read_corrections(path)
    assert caught.value.source == str(path)


def test_the_shipped_corrections_can_be_read():
    assert all(json.dumps(fields) for fields in read_corrections(CORRECTIONS).values())


def test_a_line_of_what_an_office_printed_may_lack_section_and_areas():
    line = {"id": "a", "title": "Một cửa", "rel": 1, "set": "decided"}
    row = labelled_from(line)
    assert (row.sample, row.label.section, row.label.detailed) == ("decided", None, False)
    assert labelled_from(line | {"areas": ["so"]}).label.detailed
    assert labelled_from(line | {"set": "active", "section": "quan_ly"}).label.detailed
    with pytest.raises(InputError, match="a relevant item needs a section"):
        labelled_from(line | {"set": "active"})

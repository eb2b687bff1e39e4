import hashlib
import io
import json
import os
import pickle
import stat
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from classifiers import modelfile
from classifiers.features import Vocabulary
from classifiers.outputs import OUTPUTS
from digest.errors import ModelError, OutputError
from tests.classifiers.fakes import a_small_model


class Bomb:
    """Unpickling this writes a file; loading a model must never do that."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return (Path.touch, (self.path,))


@pytest.fixture
def written(tmp_path):
    path = tmp_path / "m.npz"
    modelfile.write(a_small_model(), path)
    return path


def with_member(path, name, data, *, rehash=True):
    """The model file with one member replaced, its hash in the card made to fit."""
    with zipfile.ZipFile(path) as archive:
        members = {entry: archive.read(entry) for entry in archive.namelist()}
    members[name] = data
    if rehash and name != "model.json":
        card = json.loads(members["model.json"])
        card["members"][name] = hashlib.sha256(data).hexdigest()
        members["model.json"] = json.dumps(card).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for entry, content in members.items():
            archive.writestr(entry, content)
    return path


def array_bytes(array, *, allow_pickle=False):
    packed = io.BytesIO()
    np.lib.format.write_array(packed, array, allow_pickle=allow_pickle)
    return packed.getvalue()


def test_what_is_written_is_read_again(written):
    model, again = a_small_model(), modelfile.read(written)
    assert again.vocabulary.grams == model.vocabulary.grams
    assert np.array_equal(again.weights, model.weights)
    assert np.array_equal(again.bias, model.bias)
    assert again.card.name == model.card.name
    assert again.learnt is not None
    assert model.learnt is not None
    assert np.array_equal(again.learnt.ids, model.learnt.ids)
    assert np.array_equal(again.learnt.stretches, model.learnt.stretches)
    assert set(again.card.members) == {
        *("vocabulary.json", "gram_weights.npy", "weights.npy", "bias.npy"),
        *("learnt_ids.npy", "learnt_stretches.npy"),
    }


def test_the_same_model_gives_the_same_bytes(written):
    assert modelfile.to_bytes(modelfile.read(written)) == written.read_bytes()


def test_the_shipped_model_gives_its_own_bytes_again():
    assert modelfile.to_bytes(modelfile.read()) == modelfile.SHIPPED.read_bytes()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 half a zip", b"{}", pickle.dumps([1])])
def test_a_file_that_is_no_model_is_refused_by_name(tmp_path, content):
    path = tmp_path / "m.npz"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=r"m\.npz.*diembao train"):
        modelfile.read(path)


def test_a_missing_model_is_named(tmp_path):
    with pytest.raises(ModelError, match=r"absent\.npz: cannot be read"):
        modelfile.read(tmp_path / "absent.npz")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_model_cut_short_is_refused(written, share):
    content = written.read_bytes()
    written.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(ModelError, match="damaged"):
        modelfile.read(written)


def test_a_flipped_byte_is_noticed(written):
    content = bytearray(written.read_bytes())
    content[len(content) // 2] ^= 0xFF
    written.write_bytes(bytes(content))
    with pytest.raises(ModelError, match="damaged"):
        modelfile.read(written)


def test_a_pickle_in_an_array_is_never_run(written, tmp_path):
    trap = tmp_path / "ran"
    data = array_bytes(np.array([Bomb(trap)], dtype=object), allow_pickle=True)
    with pytest.raises(ModelError, match="damaged"):
        modelfile.read(with_member(written, "weights.npy", data))
    assert not trap.exists()


def test_a_model_of_another_version_says_which(written):
    with zipfile.ZipFile(written) as archive:
        card = json.loads(archive.read("model.json"))
    with pytest.raises(ModelError, match="format 99, this program reads"):
        modelfile.read(with_member(written, "model.json", json.dumps(card | {"format": 99}).encode()))


@pytest.mark.parametrize("content", [b"[]", b"{", b'{"format": 1}', b"\xff\xfe"])
def test_a_broken_card_is_refused(written, content):
    with pytest.raises(ModelError):
        modelfile.read(with_member(written, "model.json", content))


def test_a_member_that_was_exchanged_is_refused(written):
    data = array_bytes(np.zeros(12))
    with pytest.raises(ModelError, match=r"bias\.npy is not what"):
        modelfile.read(with_member(written, "bias.npy", data, rehash=False))


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("weights.npy", np.zeros((3, 2))),
        ("bias.npy", np.zeros(3)),
        ("bias.npy", np.full(12, np.nan)),
        ("gram_weights.npy", np.zeros(5)),
        ("bias.npy", np.array(["x"] * 12)),
    ],
)
def test_arrays_that_do_not_fit_are_refused(written, name, array):
    with pytest.raises(ModelError):
        modelfile.read(with_member(written, name, array_bytes(array)))


def test_a_missing_member_is_refused(written, tmp_path):
    bare = tmp_path / "bare.npz"
    with zipfile.ZipFile(written) as archive, zipfile.ZipFile(bare, "w") as cut:
        cut.writestr("model.json", archive.read("model.json"))
    with pytest.raises(ModelError):
        modelfile.read(bare)


def test_a_file_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(tmp_path):
    path = tmp_path / "big.npz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("model.json", "{}")
        archive.writestr("weights.npy", b"\0" * (65 * 1024 * 1024))
    with pytest.raises(ModelError, match="more than"):
        modelfile.read(path)


def test_a_vocabulary_of_the_wrong_shape_is_refused(written):
    with pytest.raises(ModelError):
        modelfile.read(with_member(written, "vocabulary.json", b'{"head": [1]}'))
    with pytest.raises(ModelError):
        modelfile.read(with_member(written, "vocabulary.json", b'{"head": []}'))


def test_a_model_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match=r"m\.npz"):
        modelfile.write(a_small_model(), tmp_path / "file" / "m.npz")


def test_the_shipped_model_is_small_and_carries_its_figures():
    assert modelfile.SHIPPED.stat().st_size < 6_000_000
    card = modelfile.read().card
    assert card.rows > 0
    assert {"rel_f1", "core_recall", "section_macro_f1"} <= set(card.figures)


def test_a_vocabulary_lists_its_blocks_one_after_the_other():
    grams = {"head": ["a"], "title": ["a", "b"], "words": [], "body": [], "rules": ["r"], "pairs": []}
    vocabulary = Vocabulary(grams, np.ones(4))
    assert [vocabulary.column("head", "a"), vocabulary.column("title", "b"), vocabulary.column("rules", "r")] == [
        0,
        2,
        3,
    ]


def card_with(path, **fields):
    with zipfile.ZipFile(path) as archive:
        card = json.loads(archive.read("model.json"))
    return with_member(path, "model.json", json.dumps(card | fields).encode())


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        (
            {"outputs": ["relevance", "section:the_thao"]},
            "answers relevance, section:the_thao, where this program asks",
        ),
        ({"outputs": list(reversed(OUTPUTS))}, "where this program asks relevance, section:chu_truong"),
        ({"slope": 0}, "slope is 0.0, and must be above 0"),
        ({"slope": -2.5}, "slope is -2.5, and must be above 0"),
        ({"sharpness": -1}, "sharpness is -1.0"),
        ({"line": 1.2}, "line is 1.2, and must lie between 0 and 1"),
        ({"line": -0.1}, "line is -0.1"),
        ({"second_area": 7}, "second_area is 7.0"),
        ({"name": "../../nha"}, "has no proper name"),
        ({"name": ""}, "has no proper name"),
        ({"base": "/etc/passwd"}, "has no proper name"),
    ],
)
def test_a_card_that_means_something_else_is_refused_with_file_and_remedy(written, fields, reason):
    with pytest.raises(ModelError) as caught:
        modelfile.read(card_with(written, **fields))
    assert reason in str(caught.value)
    assert str(written) in str(caught.value)
    assert "diembao train --rollback" in str(caught.value)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999", "-1e999"])
def test_a_constant_that_is_no_number_is_refused(written, number):
    with zipfile.ZipFile(written) as archive:
        card = json.loads(archive.read("model.json"))
    raw = json.dumps(card | {"offset": "HERE"}).replace('"HERE"', number)
    with pytest.raises(ModelError, match=r"m\.npz.*diembao train"):
        modelfile.read(with_member(written, "model.json", raw.encode()))


def test_a_constant_beside_its_bounds_is_read(written):
    assert modelfile.read(card_with(written, line=1, first_area=0)).card.line == 1


def test_a_link_in_the_archive_is_refused(written):
    link = zipfile.ZipInfo("weights-too.npy")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(written, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(ModelError, match="is a link or a folder"):
        modelfile.read(written)


def test_a_member_twice_or_a_crowd_of_them_is_refused(written):
    with zipfile.ZipFile(written, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("model.json", "{}")
    with pytest.raises(ModelError, match="too many members, or one twice"):
        modelfile.read(written)
    with zipfile.ZipFile(written, "w") as archive:
        for n in range(40):
            archive.writestr(f"m{n}", "")
    with pytest.raises(ModelError, match="too many members"):
        modelfile.read(written)


def test_another_way_of_packing_is_refused(written):
    with zipfile.ZipFile(written, "a", zipfile.ZIP_LZMA) as archive:
        archive.writestr("more", "x" * 1000)
    with pytest.raises(ModelError, match="packed in a way that models are not"):
        modelfile.read(written)


def header_of(shape, kind="<f4"):
    packed = io.BytesIO()
    np.lib.format.write_array_header_1_0(packed, {"descr": kind, "fortran_order": False, "shape": shape})
    return packed.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        header_of((10**12,)),
        header_of((2**40, 2**40)),
        header_of((-12,)) + b"\0" * 48,
        header_of((12,)) + b"\0" * 47,
        header_of((12,)) + b"\0" * 49,
        header_of((12,), "<M8[D]") + b"\0" * 96,
        array_bytes(np.asfortranarray(np.zeros((2, 6)))),
        b"\x93NUMPY\x03\x00" + b"\0" * 100,
        b"",
    ],
    ids=["huge", "beyond counting", "negative", "short", "long", "dates", "fortran", "version", "empty"],
)
def test_an_array_that_promises_something_else_than_it_holds_is_refused(written, data):
    with pytest.raises(ModelError):
        modelfile.read(with_member(written, "bias.npy", data))


def test_a_gram_that_stands_twice_is_refused(written):
    with zipfile.ZipFile(written) as archive:
        grams = json.loads(archive.read("vocabulary.json"))
    grams["head"][1] = grams["head"][0]
    with pytest.raises(ModelError, match="a gram twice"):
        modelfile.read(with_member(written, "vocabulary.json", json.dumps(grams).encode()))


def test_gram_weights_that_are_no_numbers_are_refused(written):
    size = len(a_small_model().vocabulary.weights)
    with pytest.raises(ModelError, match="gram_weights hold what is no number"):
        modelfile.read(with_member(written, "gram_weights.npy", array_bytes(np.full(size, np.nan, dtype=np.float32))))


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("learnt_ids.npy", np.zeros(72)),
        ("learnt_ids.npy", np.zeros(3, dtype=np.uint64)),
        ("learnt_stretches.npy", np.zeros((72, 3), dtype=np.uint32)),
    ],
)
def test_a_record_of_rows_that_does_not_fit_is_refused(written, name, array):
    with pytest.raises(ModelError, match="does not fit its stretches"):
        modelfile.read(with_member(written, name, array_bytes(array)))


def test_a_model_from_before_there_was_a_record_is_read_without_one(tmp_path):
    modelfile.write(replace(a_small_model(), learnt=None), tmp_path / "m.npz")
    assert modelfile.read(tmp_path / "m.npz").learnt is None


def test_a_folder_or_a_pipe_is_no_model(tmp_path):
    os.mkfifo(tmp_path / "ong")
    for path in (tmp_path, tmp_path / "ong"):
        with pytest.raises(ModelError, match="is no file"):
            modelfile.read(path)


def test_figures_and_how_they_were_measured_stand_on_the_card(tmp_path):
    told = modelfile.measured(
        a_small_model(), figures={"rel_f1": 0.5}, intervals={"rel_f1": (0.4, 0.6)}, how="on two days", program="0.1.0"
    )
    modelfile.write(told, tmp_path / "m.npz")
    card = modelfile.read(tmp_path / "m.npz").card
    assert (card.figures, card.intervals) == ({"rel_f1": 0.5}, {"rel_f1": (0.4, 0.6)})
    assert (card.measured, card.program, card.name) == ("on two days", "0.1.0", a_small_model().card.name)

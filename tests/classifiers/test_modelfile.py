import hashlib
import io
import json
import pickle
import zipfile
from pathlib import Path

import numpy as np
import pytest

from classifiers import modelfile
from classifiers.features import Vocabulary
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
    assert set(again.card.members) == {"vocabulary.json", "gram_weights.npy", "weights.npy", "bias.npy"}


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

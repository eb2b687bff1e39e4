import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import msgspec
import numpy as np
import pytest

from classifiers import modelfile
from digest.errors import CannotRun, ModelError, OutputError
from digest.pipeline.model_store import MOST_KEPT, ModelStore, alone, current, kept, model_named, put_in_use, roll_back
from tests.classifiers.fakes import a_small_model

SHIPPED = modelfile.read().card.name


def a_model(name, *, base=None):
    """The small model under another name, a little different."""
    model = a_small_model()
    card = msgspec.structs.replace(model.card, name=name, base=base)
    return modelfile.Model(
        card=card,
        vocabulary=model.vocabulary,
        weights=model.weights,
        bias=model.bias + np.float64(len(name)),
        learnt=model.learnt,
    )


@pytest.fixture
def store(tmp_path):
    return ModelStore(in_use=tmp_path / "kho" / "model.diembao")


def names(store):
    return [card.name for card in kept(store)]


def files(store):
    return sorted(path.name.removesuffix(".diembao") for path in store.folder.glob("*.diembao"))


def test_the_shipped_model_is_in_use_until_another_is(store):
    assert current(store).card.name == SHIPPED
    put_in_use(store, a_model("m1"))
    assert current(store).card.name == "m1"
    assert names(store) == ["m1", SHIPPED]


def test_rolling_back_walks_to_the_shipped_model_and_then_refuses(store):
    put_in_use(store, a_model("m1"))
    put_in_use(store, a_model("m2"))
    whole = modelfile.to_bytes(a_model("m1"))
    assert roll_back(store) == ("m2", "m1")
    assert store.in_use.read_bytes() == whole
    assert roll_back(store) == ("m1", SHIPPED)
    assert not store.in_use.exists()
    with pytest.raises(CannotRun, match=f"no model is kept from before {SHIPPED}"):
        roll_back(store)


def test_a_model_that_was_rolled_back_from_is_not_on_the_way_of_the_next(store):
    put_in_use(store, a_model("m1"))
    put_in_use(store, a_model("m2"))
    roll_back(store)
    put_in_use(store, a_model("m3"))
    assert names(store) == ["m3", "m1", SHIPPED]
    assert roll_back(store) == ("m3", "m1")


def test_going_to_and_fro_between_two_models_never_walks_in_a_circle(store):
    for name in ("m1", "m2", "m1"):
        put_in_use(store, a_model(name))
    assert [roll_back(store)[1] for _ in range(3)] == ["m2", "m1", SHIPPED]
    with pytest.raises(CannotRun):
        roll_back(store)


def test_a_shipped_model_that_the_program_no_longer_ships_comes_back_from_its_copy(store):
    older = a_model("judge-2020-01-01-00000000")
    put_in_use(store, older)
    put_in_use(store, a_model("m1"))
    assert roll_back(store) == ("m1", older.card.name)
    assert store.in_use.read_bytes() == modelfile.to_bytes(older)


def test_the_model_another_was_learnt_onto_is_kept_with_it(store):
    put_in_use(store, a_model("m1", base=SHIPPED))
    for n in range(2, MOST_KEPT + 3):
        put_in_use(store, a_model(f"m{n}", base="m1"))
    assert len(names(store)) == MOST_KEPT
    assert "m2" not in files(store)
    assert model_named(store, "m1") is not None
    for _ in range(MOST_KEPT - 1):
        roll_back(store)
    with pytest.raises(CannotRun):
        roll_back(store)


def test_a_damaged_model_in_use_is_named_and_left_by_rolling_back(store):
    put_in_use(store, a_model("m1"))
    put_in_use(store, a_model("m2"))
    store.in_use.write_bytes(b"half")
    with pytest.raises(ModelError, match="--rollback"):
        current(store)
    assert roll_back(store) == ("an unreadable model", "m2")
    assert current(store).card.name == "m2"


def test_a_damaged_kept_model_is_passed_over(store):
    for name in ("m1", "m2", "m3"):
        put_in_use(store, a_model(name))
    store.path_of("m2").write_bytes(b"half")
    assert names(store) == ["m3", "m1", SHIPPED]
    assert roll_back(store) == ("m3", "m1")


def test_a_damaged_copy_is_written_again_when_its_model_leaves(store):
    put_in_use(store, a_model("m1"))
    store.path_of("m1").write_bytes(b"half")
    put_in_use(store, a_model("m2"))
    assert roll_back(store) == ("m2", "m1")


def test_a_model_that_lay_there_before_anything_was_kept_is_kept_too(store):
    store.in_use.parent.mkdir()
    modelfile.write(a_model("hand-made"), store.in_use)
    put_in_use(store, a_model("m1"))
    assert names(store) == ["m1", "hand-made"]


def test_a_spoilt_history_is_named(store):
    put_in_use(store, a_model("m1"))
    (store.folder / "history.json").write_text('{"no": "list"}')
    with pytest.raises(CannotRun, match=r"history\.json: cannot be read .*; remove it"):
        roll_back(store)


def test_two_at_once_do_not_get_in(store):
    with alone(store), pytest.raises(CannotRun, match="another `diembao train` is at work"), alone(store):
        pass
    with alone(store):
        assert True in {path.name == "lock" for path in store.folder.iterdir()}


def test_a_home_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(OutputError, match="models: cannot be written"),
        alone(ModelStore(in_use=tmp_path / "file" / "model.diembao")),
    ):
        pass


# A child that does what `train` or `--rollback` does at the end, and is killed inside or behind its n-th write.
CHILD = """
import os, signal, sys
from pathlib import Path
from digest import files
from digest.pipeline import model_store
from classifiers import modelfile

store = model_store.ModelStore(in_use=Path(sys.argv[1]))
act, at, moment, new = sys.argv[2], int(sys.argv[3]), sys.argv[4], modelfile.read(Path(sys.argv[5]))
done, real = 0, files.write_whole

def write(path, data):
    global done
    done += 1
    if done == at and moment == "inside":
        Path(path).with_name(f".{Path(path).name}.{os.getpid()}.part").write_bytes(data[: len(data) // 2])
        os.kill(os.getpid(), signal.SIGKILL)
    real(path, data)
    if done == at:
        os.kill(os.getpid(), signal.SIGKILL)

model_store.write_whole = write
with model_store.alone(store):
    model_store.put_in_use(store, new) if act == "train" else model_store.roll_back(store)
"""


def killed(store, act, at, moment, new):
    """Whether the child was killed at that write; False where it had fewer."""
    child = subprocess.run(
        [sys.executable, "-c", CHILD, store.in_use, act, str(at), moment, new],
        cwd=Path(__file__).parents[3],
        env=dict(os.environ),  # noqa: TID251 - the child finds this checkout as we do
        check=False,
    )
    assert child.returncode in {0, -signal.SIGKILL}
    return child.returncode != 0


@pytest.fixture(scope="module")
def beginnings(tmp_path_factory):
    """An office that went from the shipped model to m1 to m2, and the file of m3."""
    folder = tmp_path_factory.mktemp("truoc")
    store = ModelStore(in_use=folder / "kho" / "model.diembao")
    for name in ("m1", "m2"):
        put_in_use(store, a_model(name))
    modelfile.write(a_model("m3"), folder / "m3")
    return folder


@pytest.mark.parametrize("moment", ["inside", "behind"])
@pytest.mark.parametrize("act", ["train", "rollback"])
def test_a_kill_at_any_write_leaves_a_whole_model_and_the_way_back(tmp_path, beginnings, act, moment):
    left = {"m3": ["m3", "m2", "m1", SHIPPED], "m2": ["m2", "m1", SHIPPED], "m1": ["m1", SHIPPED]}
    deaths, is_alive, in_use = 0, False, ""
    while not is_alive:
        home = tmp_path / str(deaths)
        shutil.copytree(beginnings / "kho", home)
        store = ModelStore(in_use=home / "model.diembao")
        is_alive = not killed(store, act, deaths + 1, moment, beginnings / "m3")
        deaths += not is_alive
        in_use = current(store).card.name
        assert in_use in {"m2", "m3" if act == "train" else "m1"}
        assert names(store) == left[in_use]
        with alone(store):
            assert roll_back(store) == (in_use, left[in_use][1])
    assert deaths == 3  # the history, the file in use, and the model's own file or the history again
    assert in_use == ("m3" if act == "train" else "m1")


def test_what_was_in_use_is_told_from_the_history_file_by_name_alone(store):
    put_in_use(store, a_model("m1"))
    assert json.loads((store.folder / "history.json").read_text()) == ["m1", SHIPPED]

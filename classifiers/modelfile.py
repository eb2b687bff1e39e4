"""A model as a file: arrays and JSON in one zip, loaded without running anything that stands in it.

Members: `model.json` (version, figures, what the outputs mean), `vocabulary.json` (grams by block), and arrays in
numpy's own format. The same model gives the same bytes. Object arrays, which would need pickle, are refused.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import numpy as np
import numpy.typing as npt

from classifiers import modelfile_checks as checks
from classifiers.features import BLOCKS, Floats, Vocabulary
from classifiers.learnt import SAMPLED, Learnt
from classifiers.outputs import OUTPUTS
from digest.archives import UNREADABLE
from digest.errors import ModelError
from digest.files import write_whole

T = TypeVar("T")
FORMAT = 1
SHIPPED = Path(__file__).parent / "shipped" / "judge.npz"
_MEMBERS = ("vocabulary.json", "gram_weights.npy", "weights.npy", "bias.npy")
_LEARNT = ("learnt_ids.npy", "learnt_stretches.npy")
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_REMEDY = (
    "choose another file, train one with `diembao train`, go back with `diembao train --rollback`, "
    "or leave the model out to use the shipped one"
)


class Card(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a model says of itself. `outputs` names the columns of its weights.

    A probability is `logistic(slope × score + offset)`; `line` is the probability at which an article is selected.
    `figures` were measured as `measured` says, `intervals` are their 95 % intervals; `days` are the wholly labelled days
    among its rows. A model learnt onto another names it as `base`; `rows` and `data_hash` are then of what was added.
    """

    format: int
    name: str
    trained: date
    data_hash: str
    rows: int
    outputs: tuple[str, ...]
    slope: float
    offset: float
    line: float
    sharpness: float
    first_area: float
    second_area: float
    figures: dict[str, float] = {}
    intervals: dict[str, tuple[float, float]] = {}
    measured: str = ""
    days: tuple[date, ...] = ()
    base: str | None = None
    program: str = ""
    members: dict[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A card, a vocabulary and the linear weights (columns × outputs) with their bias.

    `learnt` is the record of its rows, None in a file that was written before there was one.
    """

    card: Card
    vocabulary: Vocabulary
    weights: npt.NDArray[np.float32]
    bias: Floats
    learnt: Learnt | None = None


def measured(
    model: Model, *, figures: dict[str, float], intervals: dict[str, tuple[float, float]], how: str, program: str
) -> Model:
    """The model with its figures on its card, how they were measured, and the program's version."""
    card = msgspec.structs.replace(model.card, figures=figures, intervals=intervals, measured=how, program=program)
    return replace(model, card=card)


def write(model: Model, path: str | Path) -> None:
    """Write the model whole or not at all; OutputError names the file."""
    write_whole(path, to_bytes(model))


def to_bytes(model: Model) -> bytes:
    """The file's content: the same model gives the same bytes."""
    grams = {block: list(model.vocabulary.grams[block]) for block in BLOCKS}
    members = {
        "vocabulary.json": json.dumps(grams, ensure_ascii=False, separators=(",", ":")).encode(),
        "gram_weights.npy": _array_bytes(model.vocabulary.weights.astype(np.float32)),
        "weights.npy": _array_bytes(model.weights.astype(np.float16)),
        "bias.npy": _array_bytes(model.bias.astype(np.float64)),
    }
    if model.learnt is not None:
        members["learnt_ids.npy"] = _array_bytes(model.learnt.ids)
        members["learnt_stretches.npy"] = _array_bytes(model.learnt.stretches)
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in members.items()}
    card = msgspec.json.format(msgspec.json.encode(msgspec.structs.replace(model.card, members=hashes)), indent=1)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in {"model.json": card, **members}.items():
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data, compresslevel=9)
    return packed.getvalue()


def read(path: Path | None = None) -> Model:
    """The model in `path`, or the shipped one. ModelError names the file, what is wrong with it and the remedy."""
    return _opened(path or SHIPPED, _unpack)


def read_card(path: Path | None = None) -> Card:
    """What the model says of itself, without the rest of the file. ModelError as `read`."""
    return _opened(path or SHIPPED, _card)


def _opened(place: Path, take: Callable[[zipfile.ZipFile], T]) -> T:
    try:
        if place.exists() and not place.is_file():
            raise _refused(place, "is no file")
        with zipfile.ZipFile(place) as archive:
            checks.check_archive(archive)
            return take(archive)
    except OSError as error:
        raise _refused(place, f"cannot be read: {error.strerror or error}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise _refused(place, f"is damaged or not a model of this program ({error})") from error
    except UNREADABLE as error:
        raise _refused(place, f"is no model file or is damaged ({error})") from error


def _refused(place: Path, reason: str) -> ModelError:
    return ModelError(f"model {place}: {reason}; {_REMEDY}")


def _unpack(archive: zipfile.ZipFile) -> Model:
    card = _card(archive)
    members = {name: _member(archive, name, card.members) for name in _MEMBERS}
    grams = msgspec.json.decode(members["vocabulary.json"], type=dict[str, list[str]])
    checks.check_grams(grams.values())
    model = Model(
        card=card,
        vocabulary=Vocabulary(grams, _array(members, "gram_weights.npy").astype(np.float64)),
        weights=_array(members, "weights.npy").astype(np.float32),
        bias=_array(members, "bias.npy").astype(np.float64),
        learnt=_learnt(archive, card.members),
    )
    _check_shapes(model)
    return model


def _card(archive: zipfile.ZipFile) -> Card:
    raw = archive.read("model.json")
    _check_format(json.loads(raw))
    card = msgspec.json.decode(raw, type=Card)
    _check_card(card)
    return card


def _check_format(raw: object) -> None:
    version = raw.get("format") if isinstance(raw, dict) else None
    if version != FORMAT:
        raise ValueError(f"is of format {version!r}, this program reads {FORMAT}")


def _member(archive: zipfile.ZipFile, name: str, hashes: Mapping[str, str]) -> bytes:
    data = archive.read(name)
    if hashlib.sha256(data).hexdigest() != hashes.get(name):
        raise ValueError(f"{name} is not what the model was written with")
    return data


def _learnt(archive: zipfile.ZipFile, hashes: Mapping[str, str]) -> Learnt | None:
    if not set(_LEARNT) & set(hashes):
        return None
    members = {name: _member(archive, name, hashes) for name in _LEARNT}
    ids, stretches = (_array(members, name) for name in _LEARNT)
    if ids.dtype != np.uint64 or stretches.dtype != np.uint32 or stretches.shape != (*ids.shape, SAMPLED):
        raise ValueError(f"the record of {ids.shape} rows does not fit its stretches {stretches.shape}")
    return Learnt(ids=ids, stretches=stretches)


def _check_card(card: Card) -> None:
    for name in (card.name, card.base):
        if name is not None:
            checks.check_name(name)
    checks.check_outputs(card.outputs, OUTPUTS)
    checks.check_numbers(
        positive={"slope": card.slope, "sharpness": card.sharpness},
        shares={"line": card.line, "first_area": card.first_area, "second_area": card.second_area},
        others={"offset": card.offset} | card.figures,
    )


def _check_shapes(model: Model) -> None:
    size, outputs = model.vocabulary.size, len(model.card.outputs)
    if model.weights.shape != (size, outputs) or model.vocabulary.weights.shape != (size,):
        raise ValueError(f"weights {model.weights.shape} do not fit {size} grams and {outputs} outputs")
    if model.bias.shape != (outputs,):
        raise ValueError(f"bias {model.bias.shape} does not fit {outputs} outputs")
    checks.check_finite(weights=model.weights, bias=model.bias, gram_weights=model.vocabulary.weights)


def _array_bytes(array: npt.NDArray[Any]) -> bytes:
    packed = io.BytesIO()
    np.lib.format.write_array(packed, np.ascontiguousarray(array), allow_pickle=False)
    return packed.getvalue()


def _array(members: Mapping[str, bytes], name: str) -> npt.NDArray[Any]:
    return checks.array_of(name, members[name])

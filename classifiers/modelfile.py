"""A model as a file: arrays and JSON in one zip, loaded without running anything that stands in it.

Members: `model.json` (version, figures, what the outputs mean), `vocabulary.json` (grams by block), and arrays in
numpy's own format. The same model gives the same bytes. Object arrays, which would need pickle, are refused.
"""

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from classifiers.features import BLOCKS, Floats, Vocabulary
from digest.errors import ModelError
from digest.files import write_whole

FORMAT = 1
SHIPPED = Path(__file__).parent / "shipped" / "judge.npz"
# A shipped model unpacks to a third of this; more is not one of ours.
_MOST_BYTES = 64 * 1024 * 1024
_MEMBERS = ("vocabulary.json", "gram_weights.npy", "weights.npy", "bias.npy")
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_REMEDY = "choose another file, train one with `diembao train`, or leave the model out to use the shipped one"


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """What a model says of itself. `outputs` names the columns of its weights.

    A probability is `logistic(slope × score + offset)`; `line` is the probability at which an article is selected.
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
    members: dict[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A card, a vocabulary and the linear weights (columns × outputs) with their bias."""

    card: Card
    vocabulary: Vocabulary
    weights: npt.NDArray[np.float32]
    bias: Floats


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
    place = path or SHIPPED
    try:
        with zipfile.ZipFile(place) as archive:
            return _unpack(archive)
    except OSError as error:
        raise _refused(place, f"cannot be read: {error.strerror or error}") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise _refused(place, f"is no model file or is damaged ({error})") from error
    except (ValueError, KeyError, TypeError) as error:
        raise _refused(place, f"is damaged or not a model of this program ({error})") from error


def _refused(place: Path, reason: str) -> ModelError:
    return ModelError(f"model {place}: {reason}; {_REMEDY}")


def _unpack(archive: zipfile.ZipFile) -> Model:
    size = sum(entry.file_size for entry in archive.infolist())
    if size > _MOST_BYTES:
        raise ValueError(f"unpacks to {size} bytes, more than {_MOST_BYTES}")
    raw = archive.read("model.json")
    _check_format(json.loads(raw))
    card = msgspec.json.decode(raw, type=Card)
    members = {name: _member(archive, name, card.members) for name in _MEMBERS}
    grams = msgspec.json.decode(members["vocabulary.json"], type=dict[str, list[str]])
    vocabulary = Vocabulary(grams, _array(members["gram_weights.npy"]).astype(np.float64))
    model = Model(
        card=card,
        vocabulary=vocabulary,
        weights=_array(members["weights.npy"]).astype(np.float32),
        bias=_array(members["bias.npy"]).astype(np.float64),
    )
    _check_shapes(model)
    return model


def _check_format(raw: object) -> None:
    version = raw.get("format") if isinstance(raw, dict) else None
    if version != FORMAT:
        raise ValueError(f"is of format {version!r}, this program reads {FORMAT}")


def _member(archive: zipfile.ZipFile, name: str, hashes: Mapping[str, str]) -> bytes:
    data = archive.read(name)
    if hashlib.sha256(data).hexdigest() != hashes.get(name):
        raise ValueError(f"{name} is not what the model was written with")
    return data


def _check_shapes(model: Model) -> None:
    size, outputs = model.vocabulary.size, len(model.card.outputs)
    if model.weights.shape != (size, outputs) or model.vocabulary.weights.shape != (size,):
        raise ValueError(f"weights {model.weights.shape} do not fit {size} grams and {outputs} outputs")
    if model.bias.shape != (outputs,):
        raise ValueError(f"bias {model.bias.shape} does not fit {outputs} outputs")
    if not (np.isfinite(model.weights).all() and np.isfinite(model.bias).all()):
        raise ValueError("weights that are no numbers")


def _array_bytes(array: npt.NDArray[Any]) -> bytes:
    packed = io.BytesIO()
    np.lib.format.write_array(packed, np.ascontiguousarray(array), allow_pickle=False)
    return packed.getvalue()


def _array(data: bytes) -> npt.NDArray[Any]:
    array: npt.NDArray[Any] = np.lib.format.read_array(io.BytesIO(data), allow_pickle=False)
    return array

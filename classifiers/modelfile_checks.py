"""What a model file must be before anything in it is used. Each refusal is a ValueError that says what is wrong."""

import io
import math
import re
import stat
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

# A shipped model unpacks to a third of this; more is not one of ours.
MOST_BYTES = 64 * 1024 * 1024
_MOST_MEMBERS = 16
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_IS_ENCRYPTED = 1
# A model's name becomes a file's name.
_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{0,99}")


def check_archive(archive: zipfile.ZipFile) -> None:
    """Refuse what no model of ours has, before anything is unpacked."""
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > _MOST_MEMBERS or len(set(names)) < len(names):
        raise ValueError("has too many members, or one twice")
    for entry in entries:
        if stat.S_ISLNK(entry.external_attr >> 16) or entry.is_dir():
            raise ValueError(f"{entry.filename!r} is a link or a folder")
        if entry.flag_bits & _IS_ENCRYPTED or entry.compress_type not in _PACKINGS:
            raise ValueError(f"{entry.filename!r} is encrypted or packed in a way that models are not")
    size = sum(entry.file_size for entry in entries)
    if size > MOST_BYTES:
        raise ValueError(f"unpacks to {size} bytes, more than {MOST_BYTES}")


def check_name(name: str) -> None:
    """Refuse a name that could lead out of the folder models are kept in."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"has no proper name ({name[:40]!r})")


def check_outputs(given: Sequence[str], wanted: Sequence[str]) -> None:
    """Refuse columns that mean something else here."""
    if tuple(given) != tuple(wanted):
        raise ValueError(f"answers {', '.join(given)[:200]}, where this program asks {', '.join(wanted)}")


def check_numbers(positive: Mapping[str, float], shares: Mapping[str, float], others: Mapping[str, float]) -> None:
    """Refuse constants that turn scores into nonsense; `shares` lie between 0 and 1."""
    for name, value in {**positive, **shares, **others}.items():
        if not math.isfinite(value):
            raise ValueError(f"{name} is {value}, which is no number to reckon with")
    for name, value in positive.items():
        if value <= 0:
            raise ValueError(f"{name} is {value}, and must be above 0")
    for name, value in shares.items():
        if not 0 <= value <= 1:
            raise ValueError(f"{name} is {value}, and must lie between 0 and 1")


def check_grams(blocks: Iterable[Sequence[str]]) -> None:
    """Refuse a gram that stands for two columns."""
    for grams in blocks:
        if len(set(grams)) < len(grams):
            raise ValueError("vocabulary.json has a gram twice")


def array_of(name: str, data: bytes) -> npt.NDArray[Any]:
    """The numbers of a member in numpy's own format; nothing is allocated beyond what the member holds."""
    stream = io.BytesIO(data)
    if np.lib.format.read_magic(stream) != (1, 0):
        raise ValueError(f"{name} is of another version of numpy's format")
    try:
        shape, is_fortran, kind = np.lib.format.read_array_header_1_0(stream)
    except ValueError as error:  # numpy's words name a remedy that is none here
        raise ValueError(f"{name} has no header of numpy's format") from error
    # Object arrays need pickle, which runs code.
    if kind.hasobject or kind.kind not in "fu" or is_fortran:
        raise ValueError(f"{name} holds {kind}, no plain numbers")
    if min(shape, default=0) < 0 or math.prod(shape) * kind.itemsize != len(data) - stream.tell():
        raise ValueError(f"{name} of shape {shape} is cut short or too long")
    return np.frombuffer(data, dtype=kind, offset=stream.tell()).reshape(shape)


def check_finite(**arrays: npt.NDArray[Any]) -> None:
    """Refuse weights that are no numbers."""
    for name, array in arrays.items():
        if not np.isfinite(array).all():
            raise ValueError(f"{name} hold what is no number")

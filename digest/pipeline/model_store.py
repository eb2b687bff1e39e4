"""The office's models: the one in use, the ones before it, and the way back.

The file in use lies in the office's home and is the only truth of what is in use: one rename changes it. Beside it, the
folder `models` keeps each model that was in use by its name, and `history.json` their names, the latest first. The
history is written before a change; names above the model in use are of a change that a kill cut off, and are ignored.
"""

import contextlib
import fcntl
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from classifiers import modelfile
from classifiers.modelfile import Card, Model
from digest.errors import CannotRun, ModelError, OutputError
from digest.files import write_whole

_FOLDER, _SUFFIX, _HISTORY, _LOCK = "models", ".diembao", "history.json", "lock"
# Three megabytes each.
MOST_KEPT = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelStore:
    """`in_use` is the file that every command reads where it is there; the shipped model stands in for it."""

    in_use: Path

    @property
    def folder(self) -> Path:
        """Where the models that were in use lie."""
        return self.in_use.parent / _FOLDER

    def path_of(self, name: str) -> Path:
        """Where the model of that name is kept."""
        return self.folder / f"{name}{_SUFFIX}"


@contextlib.contextmanager
def alone(store: ModelStore) -> Iterator[None]:
    """Hold the store; CannotRun where another holds it. The hold ends with the process, however that ends."""
    try:
        store.folder.mkdir(parents=True, exist_ok=True)
        lock = (store.folder / _LOCK).open("w")
    except OSError as error:
        raise OutputError(f"{store.folder}: cannot be written: {error.strerror}; set home to another folder") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CannotRun(f"{store.folder}: another `diembao train` is at work; wait until it has ended") from error
        yield


def current(store: ModelStore) -> Model:
    """The model in use. ModelError names the file and the remedy."""
    return modelfile.read(_file_in_use(store))


def model_named(store: ModelStore, name: str) -> Model | None:
    """A kept model, or the shipped one by its name; None where it is neither or cannot be read."""
    try:
        return modelfile.read(_file_named(store, name))
    except ModelError:
        return None


def put_in_use(store: ModelStore, new: Model) -> None:
    """The new model in place of the one in use, which is kept with the model it was learnt onto. Hold the store."""
    old = modelfile.read_card(_file_in_use(store))
    before, content = _settled(store, old.name), modelfile.to_bytes(new)
    _keep(store, old.name, _file_in_use(store).read_bytes())
    for base in filter(None, (old.base, new.card.base)):
        if _file_named(store, base).is_file():
            _keep(store, base, _file_named(store, base).read_bytes())
    _keep(store, new.card.name, content)
    _write_history(store, [new.card.name, *before])
    write_whole(store.in_use, content)
    _clear(store)


def roll_back(store: ModelStore) -> tuple[str, str]:
    """Bring the model before back: the names of the one that leaves and of the one that is in use now. Hold the store.

    CannotRun where none is kept. A kept file that cannot be read is passed over for the one before it.
    """
    leaving = _name_in_use(store)
    history = _settled(store, leaving) if leaving else _history(store)
    for place in range(1 if leaving else 0, len(history)):
        name = history[place]
        if model_named(store, name) is None:
            continue
        # Settled first: a kill behind the change must not find the model in use further up.
        _write_history(store, history)
        if name == modelfile.read_card().name:
            store.in_use.unlink(missing_ok=True)
        else:
            write_whole(store.in_use, store.path_of(name).read_bytes())
        _write_history(store, history[place:])
        return leaving or "an unreadable model", name
    raise CannotRun(f"{store.folder}: no model is kept from before {leaving or 'the unreadable one in use'}")


def kept(store: ModelStore) -> list[Card]:
    """The cards of the model in use and of those before it, the latest first; a damaged one is left out."""
    found = [modelfile.read_card(_file_in_use(store))]
    for name in _settled(store, found[0].name)[1:]:
        with contextlib.suppress(ModelError):
            found.append(modelfile.read_card(_file_named(store, name)))
    return found


def _file_in_use(store: ModelStore) -> Path:
    # A link that leads nowhere is a model that is lost, which must be told, not passed over.
    return store.in_use if store.in_use.exists() or store.in_use.is_symlink() else modelfile.SHIPPED


def _file_named(store: ModelStore, name: str) -> Path:
    return modelfile.SHIPPED if name == modelfile.read_card().name else store.path_of(name)


def _keep(store: ModelStore, name: str, content: bytes) -> None:
    path = store.path_of(name)
    if not path.is_file() or path.read_bytes() != content:
        write_whole(path, content)


def _name_in_use(store: ModelStore) -> str | None:
    try:
        return current(store).card.name
    except ModelError:
        return None


def _settled(store: ModelStore, name: str) -> list[str]:
    """The history from the model in use downwards."""
    history = _history(store)
    return history[history.index(name) :] if name in history else [name]


def _history(store: ModelStore) -> list[str]:
    try:
        return msgspec.json.decode((store.folder / _HISTORY).read_bytes(), type=list[str])
    except FileNotFoundError:
        return []
    except (OSError, msgspec.MsgspecError) as error:
        raise CannotRun(
            f"{store.folder / _HISTORY}: cannot be read ({error}); remove it to forget older models"
        ) from error


def _write_history(store: ModelStore, names: list[str]) -> None:
    write_whole(store.folder / _HISTORY, json.dumps(names[:MOST_KEPT], indent=1).encode())


def _clear(store: ModelStore) -> None:
    """Remove the models that no way leads back to."""
    names = set(_history(store))
    for name in tuple(names):
        with contextlib.suppress(ModelError):
            base = modelfile.read_card(store.path_of(name)).base
            names |= {base} if base else set()
    for path in store.folder.glob(f"*{_SUFFIX}"):
        if path.name.removesuffix(_SUFFIX) not in names:
            path.unlink(missing_ok=True)

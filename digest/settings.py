"""One frozen Settings, checked at start. Read by the composition root alone, which hands single values down.

A value comes from the command's option, else the environment (DIEMBAO_…), else the settings file, else the default.
The settings file is TOML: `diembao.toml` in the working folder, or the file DIEMBAO_SETTINGS names.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

import msgspec

from digest.errors import SettingsError

FILE_NAME = "diembao.toml"
# In home: the model that `diembao train` put in use.
MODEL_FILE = "model.diembao"
_PATHS = ("home", "model")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything an office sets.

    `home` holds the database and what was published. `database` is an SQLAlchemy address (default: SQLite in home).
    `sources` are the office's own catalogue files, laid over the shipped catalogue, or standing alone where
    `shipped_sources` is false. `contact` stands in the User-Agent, so that an outlet knows whom
    to write to. `model` is the file named, else the one that `diembao train` put in use in home, else None: the shipped
    one. `processes` read pages and judge articles side by side.
    """

    home: Path
    database: str
    profile: str = "cchc"
    sources: tuple[Path, ...] = ()
    shipped_sources: bool = True
    model: Path | None = None
    contact: str | None = None
    processes: int = 2


def load(environment: Mapping[str, str], *, folder: Path) -> Settings:
    """The settings as the environment and the settings file have them; `folder` is the working folder."""
    named = environment.get("DIEMBAO_SETTINGS")
    file = Path(named) if named else folder / FILE_NAME
    raw: dict[str, object] = _read(file) if named or file.is_file() else {}
    for name in ("home", "database", "profile", "model", "contact"):
        value = environment.get(f"DIEMBAO_{name.upper()}")
        if value:
            raw[name] = value
    raw.setdefault("home", str(_default_home(environment, folder)))
    raw.setdefault("database", f"sqlite:///{Path(str(raw['home'])) / 'diembao.db'}")
    for key, given in raw.items():
        if "\0" in str(given):
            raise SettingsError(f"settings {file}, key {key}: holds a NUL character, which no path or name can")
    try:
        settings = msgspec.convert(raw, Settings, dec_hook=_path)
    except msgspec.ValidationError as error:
        message, _, place = str(error).partition(" - at `$.")
        raise SettingsError(f"settings {file}, key {place.rstrip('`') or '(top)'}: {message}") from error
    trained = settings.home / MODEL_FILE
    if settings.model is None and trained.exists():
        settings = replace(settings, model=trained)
    if settings.processes < 1:
        raise SettingsError(f"settings {file}, key processes: needs at least 1, got {settings.processes}")
    return settings


def _toml(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))  # Notepad writes the mark at the beginning
    except UnicodeDecodeError as error:
        raise SettingsError(f"settings {file}: is not UTF-8 text; save it as UTF-8") from error
    except (OSError, tomllib.TOMLDecodeError, RecursionError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise SettingsError(f"settings {file}: {reason}") from error


def _read(file: Path) -> dict[str, object]:
    raw = _toml(file)
    known = {field.name for field in fields(Settings)}
    for key in raw:
        if key not in known:
            raise SettingsError(f"settings {file}, key {key}: unknown; known: {', '.join(sorted(known))}")
    # A path in the file is meant from where the file lies.
    for name in _PATHS:
        if isinstance(raw.get(name), str):
            raw[name] = str(file.parent / str(raw[name]))
    profile = raw.get("profile")
    if isinstance(profile, str) and ("/" in profile or profile.endswith(".toml")):
        raw["profile"] = str(file.parent / profile)
    sources = raw.get("sources")
    if isinstance(sources, list):
        raw["sources"] = [str(file.parent / name) if isinstance(name, str) else name for name in sources]
    return raw


def _default_home(environment: Mapping[str, str], folder: Path) -> Path:
    data = environment.get("XDG_DATA_HOME")
    if data:
        return Path(data) / "diembao"
    user = environment.get("HOME")
    return Path(user) / ".local" / "share" / "diembao" if user else folder / "diembao-home"


def _path(kind: type, value: object) -> object:
    if kind is Path and isinstance(value, str):
        return Path(value)
    raise TypeError("expected a path as text")

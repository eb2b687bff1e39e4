"""What `doctor` says of one thing it looked at."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

State = Literal["ok", "warn", "fail"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing looked at. `remedy` says what to do where it is not in order; what fails keeps something from running."""

    name: str
    state: State
    said: str
    remedy: str = ""


def ok(said: str) -> Check:
    """In order."""
    return Check(name="", state="ok", said=said)


def warn(said: str, remedy: str) -> Check:
    """It costs something."""
    return Check(name="", state="warn", said=said, remedy=remedy)


def fail(said: str, remedy: str) -> Check:
    """It keeps something from running."""
    return Check(name="", state="fail", said=said, remedy=remedy)


def may_be_written(folder: Path) -> bool:
    """Tried with a file that is gone at once: the rights alone tell nothing of /proc or a disk mounted for reading."""
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        return False
    try:
        tempfile.TemporaryFile(dir=folder).close()
    except OSError:
        return False
    return True

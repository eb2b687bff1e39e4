"""What a file can hold: a view without the characters that XML and UTF-8 know no form for, and a note of them."""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar, cast

from digest.render.view import View

_UNSTORABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production Char
_T = TypeVar("_T")


def storable(view: View) -> tuple[View, tuple[str, ...]]:
    """The view with such characters dropped, and one note that names them by code point; no note where none was."""
    dropped: set[str] = set()
    held = _held(view, dropped)
    if not dropped:
        return view, ()
    names = ", ".join(f"U+{ord(char):04X}" for char in sorted(dropped))
    return held, (f"characters that no file can hold were left out: {names}",)


def _held(value: _T, dropped: set[str]) -> _T:
    if isinstance(value, str):
        dropped.update(_UNSTORABLE.findall(value))
        return cast("_T", _UNSTORABLE.sub("", value))
    if isinstance(value, tuple):
        return cast("_T", tuple(_held(inner, dropped) for inner in value))
    if is_dataclass(value) and not isinstance(value, type):
        changed: Mapping[str, object] = {
            field.name: _held(getattr(value, field.name), dropped) for field in fields(value)
        }
        return cast("_T", replace(value, **changed))
    return value

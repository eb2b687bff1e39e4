"""The bulletin as PDF: PDF/A-2a and PDF/UA-1 at once, set by typst from one JSON value."""

import base64
import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from digest.render.glyphs import settable
from digest.render.sheet import drawn, sheet
from digest.render.typesetting import Typeset, printable, typeset
from digest.render.view import Rendition, View

_STRINGS = {"title", "heading", "line", "aloud"}  # what becomes a bookmark or is read aloud
_LONGEST = 8000  # characters of one: PDF/A holds no string above 32,767 bytes


def pdf(view: View, *, setter: Callable[[str, date, Mapping[str, bytes]], Typeset] = typeset) -> Rendition:
    """The issue on the profile's paper; RenderError when it cannot be set. A note for each character without glyph.

    A server gives `typesetting.typeset_apart` as `setter`.
    """
    shown, notes = settable(sheet(view), format_name="pdf", shows=printable().__contains__)
    cut: list[int] = []
    shown = _shortened(drawn(shown), cut)
    notes += tuple(f"pdf: a heading of {count} characters is cut after {_LONGEST}" for count in dict.fromkeys(cut))
    if shown["logo"]:  # typst reads no base64
        _, _, data = shown["logo"].pop("src").partition(",")
        shown["logo"]["bytes"] = list(base64.b64decode(data))
    files = {figure.picture.sha256: figure.picture.data for item in view.items for figure in item.figures}
    made, warnings = setter(json.dumps(shown, ensure_ascii=False), view.issue.date, files)
    return Rendition(data=made, notes=(*notes, *warnings))


def _shortened(value: Any, cut: list[int], name: str = "") -> Any:
    """The tree with an ellipsis in place of what is too long for a string of a PDF; `cut` takes the lengths."""
    if isinstance(value, dict):
        return {key: _shortened(inner, cut, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_shortened(inner, cut, name) for inner in value]
    if name not in _STRINGS or not isinstance(value, str) or len(value) <= _LONGEST:
        return value
    cut.append(len(value))
    return f"{value[: _LONGEST - 1]}…"

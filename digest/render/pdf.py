"""The bulletin as PDF: PDF/A-2a and PDF/UA-1 at once, set by typst from one JSON value."""

import base64
import json
from collections.abc import Callable, Mapping
from datetime import date

from digest.render.glyphs import settable
from digest.render.sheet import drawn, sheet
from digest.render.typesetting import Typeset, printable, typeset
from digest.render.view import Rendition, View


def pdf(view: View, *, setter: Callable[[str, date, Mapping[str, bytes]], Typeset] = typeset) -> Rendition:
    """The issue on the profile's paper; RenderError when it cannot be set. A note for each character without glyph.

    A server gives `typesetting.typeset_apart` as `setter`.
    """
    shown, notes = settable(sheet(view), format_name="pdf", shows=printable().__contains__)
    if shown["logo"]:  # typst reads no base64
        _, _, data = shown["logo"].pop("src").partition(",")
        shown["logo"]["bytes"] = list(base64.b64decode(data))
    files = {figure.picture.sha256: figure.picture.data for item in view.items for figure in item.figures}
    made, warnings = setter(json.dumps(drawn(shown), ensure_ascii=False), view.issue.date, files)
    return Rendition(data=made, notes=(*notes, *warnings))

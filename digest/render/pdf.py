"""The bulletin as PDF: PDF/A-2a and PDF/UA-1 at once, set by typst from one JSON value."""

import functools
import json
from collections.abc import Callable
from datetime import date

from digest.render.glyphs import covered, settable
from digest.render.sheet import sheet
from digest.render.typesetting import FONTS, Typeset, typeset
from digest.render.view import Rendition, View


def pdf(view: View, *, setter: Callable[[str, date], Typeset] = typeset) -> Rendition:
    """The issue on the profile's paper; RenderError when it cannot be set. A note for each character without glyph.

    A server gives `typesetting.typeset_apart` as `setter`.
    """
    shown, notes = settable(sheet(view), format_name="pdf", shows=_glyphs().__contains__)
    made, warnings = setter(json.dumps(shown, ensure_ascii=False), view.issue.date)
    return Rendition(data=made, notes=(*notes, *warnings))


@functools.cache
def _glyphs() -> frozenset[str]:
    """What can be set upright and bold, in italics too, or in the face that stands in for both."""
    serif = [covered(font) for font in sorted(FONTS.glob("LiberationSerif-*.ttf"))]
    return frozenset.intersection(*serif) | covered(FONTS / "DejaVuSans.ttf")

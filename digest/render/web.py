"""The issue as one web page that asks nothing of anywhere: for the phone, the screen, print and the dark."""

from digest.render.glyphs import settable
from digest.render.sheet import drawn, sheet
from digest.render.templating import filled
from digest.render.view import Rendition, View


def web_page(view: View) -> Rendition:
    """The page in UTF-8; RenderError where the profile's colour is none."""
    shown, notes = settable(sheet(view), format_name="html")
    return Rendition(data=filled("bulletin/page.html.j2", drawn(shown)).encode(), notes=notes)

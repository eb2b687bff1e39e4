"""The issue as one web page that asks nothing of anywhere: for the phone, the screen, print and the dark."""

import base64

from digest.pictures import Picture
from digest.render.glyphs import settable
from digest.render.sheet import drawn, sheet
from digest.render.templating import filled
from digest.render.view import Rendition, View


def web_page(view: View) -> Rendition:
    """The page in UTF-8; RenderError where the profile's colour is none."""
    shown, notes = settable(sheet(view), format_name="html")
    files = {figure.picture.sha256: _in_place(figure.picture) for item in view.items for figure in item.figures}
    return Rendition(data=filled("bulletin/page.html.j2", drawn(shown) | {"files": files}).encode(), notes=notes)


def _in_place(picture: Picture) -> str:
    """The picture inside the page: one file with one hash, and no request to anywhere."""
    return f"data:{picture.mime};base64,{base64.b64encode(picture.data).decode()}"

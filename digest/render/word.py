"""The issue as a Word file; the same issue gives the same bytes."""

import io
import shutil
import zipfile
from collections.abc import Callable, Mapping

from digest.errors import RenderError
from digest.model import Chart
from digest.render.colours import palette
from digest.render.links import office_colour
from digest.render.storable import storable
from digest.render.view import Rendition, View
from digest.render.word_body import entries_of, fill
from digest.render.word_charts import Drawn, drawn_charts
from digest.render.word_office import with_office_ids
from digest.render.word_pages import TIMEOUT, pages_of
from digest.render.word_styles import CHARACTER_STYLES, blank, style_rules

_ZIP_DAY = (1980, 1, 1, 0, 0, 0)  # the archive's own times say nothing; the document's properties carry the day
_PASSES = 3
_AFTER_COVER = 2
_UNSETTLED = "docx: page numbers in the contents may be off by one: update them in Word (F9 in the contents)"
_LATER = "Word works the numbers out when the file is opened, or press F9 in the contents"


def word(view: View, *, office: str | None = "soffice", timeout: float = TIMEOUT) -> Rendition:
    """The Word file. Page numbers come from LibreOffice (`office`: its name on PATH or its path; None: do without).

    Where it is missing or fails, the contents carry no numbers and a note says so. `timeout` is in seconds.
    """
    shown, notes = storable(view)
    colour = palette(office_colour(view.profile)).accent
    charts, lost = drawn_charts(shown.items, colour)
    notes += lost
    names = [entry.bookmark for entry in entries_of(shown)] if view.profile.layout.contents else []
    without = _built(shown, None, charts)
    if not names:
        return Rendition(data=without, notes=notes)
    path = shutil.which(office) if office else None
    if path is None:
        return Rendition(data=without, notes=(*notes, f"docx: no page numbers, LibreOffice is not there; {_LATER}"))
    try:
        made, settled = _numbered(
            shown, without, charts, lambda document: pages_of(document, names, office=path, timeout=timeout)
        )
    except RenderError as error:
        return Rendition(data=without, notes=(*notes, f"docx: no page numbers: {error}; {_LATER}"))
    return Rendition(data=made, notes=notes if settled else (*notes, _UNSETTLED))


def _numbered(
    view: View, document: bytes, charts: Mapping[Chart, Drawn], measure: Callable[[bytes], dict[str, int]]
) -> tuple[bytes, bool]:
    """The file with its numbers, laid out again until they stay: a number can push a line, and with it a page.

    Contents longer than their cover are followed by the text: a page that held their end alone would be almost empty.
    """
    pages = measure(document)
    unbroken = view.profile.layout.cover and min(pages.values()) > _AFTER_COVER
    for _ in range(_PASSES):
        document = _built(view, pages, charts, unbroken=unbroken)
        measured = measure(document)
        if measured == pages:
            return document, True
        pages = measured
    return _built(view, pages, charts, unbroken=unbroken), False


def _built(view: View, pages: dict[str, int] | None, charts: Mapping[Chart, Drawn], *, unbroken: bool = False) -> bytes:
    document = blank(view)
    fill(document, view, pages, charts, unbroken=unbroken)
    if view.profile.layout.base_docx is not None:
        with_office_ids(document, {rule.id: rule.name for rule in style_rules(view)} | CHARACTER_STYLES)
    buffer = io.BytesIO()
    document.save(buffer)
    return packed(buffer)


def packed(archive: io.BytesIO) -> bytes:
    """A Word file as python-docx saved it: the same members in the same order, without the moment of packing."""
    packed = io.BytesIO()
    with zipfile.ZipFile(archive) as loose, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as tight:
        for name in loose.namelist():
            member = zipfile.ZipInfo(name, _ZIP_DAY)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0  # else the file tells the system it was made on
            tight.writestr(member, loose.read(name))
    return packed.getvalue()

"""The issue as an Atom feed of one entry: its headlines, each a link to the article."""

import uuid
from datetime import datetime

from digest.render.glyphs import settable
from digest.render.sheet import sheet
from digest.render.templating import filled
from digest.render.view import OPENING_HOUR, Rendition, View


def atom(view: View) -> Rendition:
    """UTF-8 XML. The ids follow from profile and day, so that a reader knows a corrected version as the same entry."""
    profile, day = view.profile, view.issue.date
    values = {
        **sheet(view),
        "series": profile.name,
        "author": profile.imprint.issuer or profile.imprint.maker or profile.name,
        "feed_id": _id(profile.id),
        "entry_id": _id(f"{profile.id}/{day}"),
        "moment": datetime.combine(day, OPENING_HOUR).isoformat(),
    }
    shown, notes = settable(values, format_name="atom")
    return Rendition(data=filled("bulletin/feed.xml.j2", shown).encode(), notes=notes)


def _id(name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"diembao:{name}").urn

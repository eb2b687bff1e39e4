"""A View as plain values, the one shape that the PDF's and the page's templates read. Pure.

Consecutive list entries become one list with the mark each entry shows, addresses become links that may be followed,
and every anchor is unique, whatever numbers the issue carries.
"""

import base64
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any

from digest.logo import logo_at
from digest.model import Also
from digest.profile import Profile
from digest.render.bars import drawn_bars
from digest.render.colours import palette
from digest.render.figures import figures
from digest.render.links import link_target, office_colour
from digest.render.marks import NO_ITEMS, SAME_STORY, ends_in_text, listed
from digest.render.view import Figure, ItemView, View

CONTENTS = "muc-luc"

Sheet = dict[str, Any]


def sheet(view: View) -> Sheet:
    """The whole issue; RenderError where the profile's colour is none."""
    profile = view.profile
    colour = office_colour(profile)
    used = {CONTENTS}
    return {
        "title": view.title,
        "running_head": view.running_head,
        "hash": view.hash,
        "notice": view.notice,
        "day": view.issue.date.isoformat(),
        "by": profile.imprint.issuer or profile.imprint.maker,
        "masthead": asdict(view.masthead),
        "palette": asdict(palette(colour)),
        "layout": _layout(profile),
        "contents": CONTENTS,
        "same_story": SAME_STORY,
        "no_items": NO_ITEMS,
        "has_pictures": any(item.figures for item in view.items),
        "has_charts": any(item.charts for item in view.items),
        "highest": max((item.number for item in view.items), default=0),
        "sections": [
            {
                "anchor": _unique(section.anchor, used),
                "title": section.title,
                "entries": [_entry(item, _unique(item.anchor, used), profile) for item in section.items],
            }
            for section in view.sections
        ],
        "imprint": list(view.imprint),
        "logo": _logo(profile),
        "contact": {"words": view.contact.removesuffix(profile.imprint.email), "email": profile.imprint.email},
    }


def drawn(shown: Sheet) -> Sheet:
    """The sheet with each chart's drawing (`digest.render.bars`), made of the words as they are shown: after `glyphs.settable`."""
    for section in shown["sections"]:
        for entry in section["entries"]:
            for chart in entry["charts"]:
                chart.update(drawn_bars(chart, shown["palette"]["accent"]))
    return shown


def has_byline(item: ItemView, profile: Profile) -> bool:
    """Whether the item's last line is whose it is, at the right: an own article's, and every one of a monthly."""
    return item.entry.origin == "own" or profile.source_line.form == "author-first"


def runs_on(item: ItemView, profile: Profile) -> bool:
    """Whether the source line follows the last words on their line."""
    return ends_in_text(item) and not has_byline(item, profile)


def parted(item: ItemView, profile: Profile) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
    """The pictures before the text (below a bold standfirst), and those after it.

    Of several the first opens the article where its last line stands alone, so that two never fill a page.
    """
    if item.bold_lead and not runs_on(item, profile):
        return item.figures[:1], item.figures[1:]
    return item.figures, ()


def _layout(profile: Profile) -> Sheet:
    """Without the Word base: a path of this machine is nobody else's business."""
    return {name: value for name, value in asdict(profile.layout).items() if name != "base_docx"}


def _picture(figure: Figure, item: ItemView) -> Sheet:
    return {
        "file": figure.picture.sha256,
        "wide": figure.picture.width,
        "high": figure.picture.height,
        "caption": figure.caption,
        "aloud": figure.caption or item.headline,
    }


def _entry(item: ItemView, anchor: str, profile: Profile) -> Sheet:
    before, after = parted(item, profile)
    return {
        "number": item.number,
        "anchor": anchor,
        "headline": item.headline,
        "heading": item.heading,
        "line": item.contents_line,
        "groups": _groups(item),
        "bold_lead": item.bold_lead,
        "pictures": [_picture(figure, item) for figure in before],
        "more_pictures": [_picture(figure, item) for figure in after],
        "charts": [figures(chart) for chart in item.charts],
        "ends_in_text": runs_on(item, profile),
        "byline": has_byline(item, profile),
        "source": item.source_line,
        "top": item.top_label,
        "href": link_target(item.url),
        "address": item.url if item.print_address else None,
        "also": [_also(other) for other in item.also],
    }


def _logo(profile: Profile) -> Sheet | None:
    """The office's logo as a data address; None where it has none."""
    if profile.masthead.logo is None:
        return None
    logo = logo_at(Path(profile.masthead.logo))
    return {
        "src": f"data:{logo.media};base64,{base64.b64encode(logo.data).decode()}",
        "format": {"image/png": "png", "image/jpeg": "jpg", "image/svg+xml": "svg"}[logo.media],
        "alt": f"Biểu trưng {profile.imprint.issuer or profile.masthead.name}",
    }


def _also(other: Also) -> Sheet:
    return {"outlet": other.outlet, "href": link_target(other.url)}


def _groups(item: ItemView) -> list[Sheet]:
    """Neighbours of one kind as one group; `marks` runs beside `texts`."""
    marked = zip(item.blocks, listed(item.blocks), strict=True)
    groups = []
    for kind, entries in groupby(marked, lambda entry: entry[0].kind):
        marks, texts = zip(*(words for _, words in entries), strict=True)
        groups.append({"kind": kind, "texts": list(texts), "marks": list(marks)})
    return groups


def _unique(anchor: str, used: set[str]) -> str:
    """The anchor, with a count behind it where an issue uses one number twice."""
    count, name = 1, anchor
    while name in used:
        count += 1
        name = f"{anchor}-{count}"
    used.add(name)
    return name

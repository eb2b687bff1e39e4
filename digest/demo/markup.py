"""What a page's template is given: times in each site's writing, grouped blocks, and what the page tells machines."""

import html
import json
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from digest.demo.press import Block, Outlet, Piece, shown
from digest.model import VIETNAM

_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
_IN_LISTS = {"li": "ul", "oli": "ol", "row": "table"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """One moment as sites write it; `colon` and `american` are the two feed forms that mislead date readers."""

    day: str
    minute: str
    weekday: str
    iso: str
    rfc: str
    colon: str
    american: str


def stamp_of(moment: datetime) -> Stamp:
    """The moment in Việt Nam's time, in every writing."""
    local = moment.astimezone(VIETNAM)
    dated = f"{local:%a, %d %b %Y %H:%M:%S}"
    return Stamp(
        day=f"{local:%d/%m/%Y}",
        minute=f"{local:%H:%M}",
        weekday=_WEEKDAYS[local.weekday()],
        iso=f"{local:%Y-%m-%dT%H:%M:%S}+07:00",
        rfc=f"{dated} +0700",
        colon=f"{dated} +07:00",
        american=f"{local.month}/{local.day}/{local:%Y} {local.hour % 12 or 12}:{local:%M:%S %p}",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Blocks that stand in one element: `tag` is ul, ol, table or the block's own kind."""

    tag: str
    blocks: tuple[Block, ...]

    @property
    def block(self) -> Block:
        """The only block of a group that is no list."""
        return self.blocks[0]


def groups_of(piece: Piece) -> tuple[Group, ...]:
    """The piece's blocks in order as the page shows them, neighbouring list entries and table rows together."""
    groups: list[Group] = []
    for kind, run in groupby((shown(block, piece.outlet) for block in piece.blocks), key=lambda block: block.kind):
        if kind in _IN_LISTS:
            groups.append(Group(tag=_IN_LISTS[kind], blocks=tuple(run)))
        else:
            groups.extend(Group(tag=kind, blocks=(block,)) for block in run)
    return tuple(groups)


def json_ld(piece: Piece) -> str:
    """The page's JSON-LD with its family's habits: entities, a day without a time, the paper for an author."""
    outlet, told = piece.outlet, piece.told
    stamp = stamp_of(told.published)
    by_hand = outlet.family in ("F1", "F2") and told.author is not None
    author: dict[str, Any] = {"@type": "Person", "name": told.author} if by_hand else {"name": outlet.name}
    node: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": {"@type": "WebPage", "@id": f"https://{outlet.domain}{piece.path}"},
        "headline": _headline(told.title, outlet),
        "description": told.sapo,
        "datePublished": stamp.iso[:10] if outlet.family == "F5" else stamp.iso,
        "author": author,
        "publisher": {"@type": "Organization", "name": outlet.name},
    }
    # "</" would end the script element early.
    return json.dumps(node, ensure_ascii=False).replace("</", "<\\/")


def _headline(title: str, outlet: Outlet) -> str:
    if "escaped-twice" in outlet.traps:
        return html.escape(_entities(title))
    return _entities(title) if "entities" in outlet.traps else title


def _entities(text: str) -> str:
    return html.escape(text).encode("ascii", "xmlcharrefreplace").decode("ascii")

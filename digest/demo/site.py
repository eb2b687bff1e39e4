"""A whole site as values: every address of an outlet and what it answers."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from digest.demo.markup import groups_of, json_ld, stamp_of
from digest.demo.press import Broken, Outlet, Piece, SectionPage, path_of
from digest.files import read_bytes

PICTURES = Path(__file__).with_name("pictures")

_RELATED = 3
_FEEDS = {"rss-colon": "colon", "rss-american": "american", "rss": "rfc", "atom": "iso"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What one address answers."""

    status: int
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of a feed or a section page: a piece, or a page that turns out broken."""

    path: str
    title: str
    sapo: str
    published: datetime
    rubric: str


def templates() -> Environment:
    """The templates of the demo sites; a name that is not given is an error."""
    return Environment(
        loader=PackageLoader("templates", "demo"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def replies(outlet: Outlet, pieces: tuple[Piece, ...], base: str, pages: Environment) -> dict[str, Reply]:
    """Every path of the outlet's site at `base` (no slash at the end); `pieces` are the outlet's own."""
    entries = _entries(outlet, pieces)
    common: dict[str, Any] = {"outlet": outlet, "base": base, "entries": entries, "stamp_of": stamp_of}
    answers = {"/robots.txt": _text(pages.get_template("robots.txt.j2").render(common), "text/plain")}
    answers |= {path: _feed(pages, common, template, listed) for path, template, listed in _feeds(outlet, entries)}
    answers |= {page.path: _section(pages, common, page) for page in outlet.sections}
    answers |= {piece.path: _article(pages, common, piece) for piece in pieces}
    answers |= {broken_path(outlet, broken): _broken(pages, common, broken) for broken in outlet.broken}
    answers |= {f"/anh/{name}.png": _picture(name) for piece in pieces for name in _pictures(piece)}
    return answers


def broken_path(outlet: Outlet, broken: Broken) -> str:
    """Where a broken page stands."""
    return path_of(outlet.family, broken.slug, broken.published, broken.rubric)


def _entries(outlet: Outlet, pieces: tuple[Piece, ...]) -> tuple[Entry, ...]:
    """Newest first, as feeds and section pages have them."""
    known = [
        Entry(
            path=piece.path,
            title=piece.told.title,
            sapo=piece.told.sapo,
            published=piece.told.published,
            rubric=piece.told.rubric,
        )
        for piece in pieces
    ]
    known += [
        Entry(
            path=broken_path(outlet, broken),
            title=broken.title,
            sapo="",
            published=broken.published,
            rubric=broken.rubric,
        )
        for broken in outlet.broken
    ]
    return tuple(sorted(known, key=lambda entry: entry.published, reverse=True))


def _feeds(outlet: Outlet, entries: tuple[Entry, ...]) -> list[tuple[str, str, tuple[Entry, ...]]]:
    feeds = []
    if outlet.feed_path is not None:
        feeds.append((outlet.feed_path, "atom.xml.j2" if outlet.feed == "atom" else "rss.xml.j2", entries))
    if outlet.empty_feed_path is not None:
        feeds.append((outlet.empty_feed_path, "rss.xml.j2", ()))
    return feeds


def _feed(pages: Environment, common: dict[str, Any], template: str, entries: tuple[Entry, ...]) -> Reply:
    outlet: Outlet = common["outlet"]
    writing = _FEEDS[outlet.feed or "rss"]
    xml = pages.get_template(template).render(common | {"entries": entries, "writing": writing})
    return _text(xml, "application/atom+xml" if outlet.feed == "atom" else "application/rss+xml")


def _section(pages: Environment, common: dict[str, Any], page: SectionPage) -> Reply:
    outlet: Outlet = common["outlet"]
    listed = [entry for entry in common["entries"] if entry.rubric.split(" > ")[0] == page.title]
    template = pages.get_template(f"{outlet.family.lower()}_list.html.j2")
    return _html(template.render(common | {"page": page, "listed": listed}), outlet)


def _article(pages: Environment, common: dict[str, Any], piece: Piece) -> Reply:
    outlet = piece.outlet
    others = [entry for entry in common["entries"] if entry.path != piece.path]
    given = {
        "piece": piece,
        "told": piece.told,
        "stamp": stamp_of(piece.told.published),
        "steps": piece.told.rubric.split(" > "),
        "groups": groups_of(piece),
        "json_ld": json_ld(piece),
        "related": others[:_RELATED],
    }
    return _html(pages.get_template(f"{outlet.family.lower()}.html.j2").render(common | given), outlet)


def _broken(pages: Environment, common: dict[str, Any], broken: Broken) -> Reply:
    status = HTTPStatus.OK if broken.kind == "captcha" else HTTPStatus.INTERNAL_SERVER_ERROR
    body = pages.get_template(f"{broken.kind}.html.j2").render(common)
    return Reply(status=status, content_type="text/html; charset=utf-8", body=body.encode())


def _pictures(piece: Piece) -> list[str]:
    return [block.picture for block in piece.blocks if block.picture is not None]


def _picture(name: str) -> Reply:
    return Reply(status=HTTPStatus.OK, content_type="image/png", body=read_bytes(PICTURES / f"{name}.png"))


def _html(text: str, outlet: Outlet) -> Reply:
    kind = "text/html; charset=utf-8" if outlet.charset_in_header else "text/html"
    return Reply(status=HTTPStatus.OK, content_type=kind, body=text.encode())


def _text(text: str, kind: str) -> Reply:
    return Reply(status=HTTPStatus.OK, content_type=f"{kind}; charset=utf-8", body=text.encode())

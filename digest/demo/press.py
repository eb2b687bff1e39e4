"""The invented press: outlets and their pieces, read from data/*.toml.

One file is one outlet. A piece's `body` is plain text, one paragraph a line, marked at the line's start:
`## ` subheading, `- ` and `1. ` list entries, `> ` quotation, `| ` table row (cells split by ` | `),
`! name` or `! name: caption` a picture of pictures/. A reprint has no body: it takes the other outlet's piece named in
`reprint_of` (`outlet/slug`) and leaves out the paragraphs counted (from 1) in `without`.
"""

import re
import tomllib
import zlib
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec

from digest.errors import InputError
from digest.model import VIETNAM, Article, Image, Kind
from digest.text import slug as slug_of

DATA = Path(__file__).with_name("data")

FeedKind = Literal["rss-colon", "rss-american", "rss", "atom"]
BrokenKind = Literal["captcha", "error"]
_MARKS: tuple[tuple[str, Kind], ...] = (("## ", "h"), ("- ", "li"), ("> ", "q"), ("| ", "row"))
_NUMBER = re.compile(r"^\d{1,2}\. ")
_PICTURE = re.compile(r"! (?P<name>[a-z-]+)(?:: (?P<caption>.+))?")


class SectionPage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A section page; `title` is the first step of the rubric of the pieces it lists."""

    path: str
    title: str


class Broken(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A page that is announced like any other and cannot be read: an anti-robot page (200) or an error (500)."""

    slug: str
    title: str
    published: datetime
    rubric: str
    kind: BrokenKind


class Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A piece as its file tells it. `section` is the bulletin's, None for other news."""

    slug: str
    title: str
    sapo: str
    published: datetime
    rubric: str
    body: str = ""
    author: str | None = None
    author_note: str | None = None
    tags: tuple[str, ...] = ()
    section: str | None = None
    provinces: tuple[str, ...] = ()
    reprint_of: str | None = None
    without: tuple[int, ...] = ()


class Outlet(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An invented outlet: who it is, how its site is built, what it published."""

    id: str
    name: str
    domain: str
    kind: str
    family: str
    licence: str
    sections: tuple[SectionPage, ...]
    province: str | None = None
    feed: FeedKind | None = None
    feed_path: str | None = None
    empty_feed_path: str | None = None
    collected_by_pages: bool = False
    charset_in_header: bool = True
    html_lists: bool = True
    traps: tuple[str, ...] = ()
    articles: tuple[Told, ...] = ()
    broken: tuple[Broken, ...] = ()

    @property
    def printed_name(self) -> str:
        """The outlet as a bulletin prints it: `Baoluavang.example`."""
        return self.domain.capitalize()


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One thing in a body: a paragraph of some kind, or a picture (then `text` is its caption, possibly empty)."""

    kind: Kind | Literal["picture"]
    text: str
    picture: str | None = None

    @property
    def cells(self) -> list[str]:
        """The cells of a table row."""
        return self.text.split(" | ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One readable article page of one outlet."""

    outlet: Outlet
    told: Told
    blocks: tuple[Block, ...]

    @property
    def key(self) -> str:
        """`outlet/slug`, unique in the newsroom."""
        return f"{self.outlet.id}/{self.told.slug}"

    @property
    def path(self) -> str:
        """Where the page stands on its site."""
        return path_of(self.outlet.family, self.told.slug, self.told.published, self.told.rubric)


def load(folder: Path = DATA) -> tuple[Outlet, ...]:
    """The outlets of a folder in the order of their file names; InputError names file and field."""
    return tuple(_outlet(path) for path in sorted(folder.glob("*.toml")))


def _outlet(path: Path) -> Outlet:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        return msgspec.convert(raw, Outlet)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InputError(str(error), source=path.name) from error


def pieces_of(outlets: tuple[Outlet, ...]) -> tuple[Piece, ...]:
    """Every readable piece, outlet by outlet, reprints filled from the piece they reprint."""
    bodies = {f"{outlet.id}/{told.slug}": told.body for outlet in outlets for told in outlet.articles}
    return tuple(
        Piece(outlet=outlet, told=told, blocks=_body(told, bodies)) for outlet in outlets for told in outlet.articles
    )


def _body(told: Told, bodies: dict[str, str]) -> tuple[Block, ...]:
    if told.reprint_of is None:
        return blocks_of(told.body)
    if told.reprint_of not in bodies:
        raise InputError(f"{told.slug}: there is no piece {told.reprint_of!r}", field="articles[].reprint_of")
    blocks = blocks_of(bodies[told.reprint_of])
    texts = [block for block in blocks if block.kind != "picture"]
    return tuple(block for number, block in enumerate(texts, 1) if number not in told.without)


def blocks_of(body: str) -> tuple[Block, ...]:
    """The blocks of a body text."""
    return tuple(_block(line.strip()) for line in body.splitlines() if line.strip())


def _block(line: str) -> Block:
    if picture := _PICTURE.fullmatch(line):
        return Block(kind="picture", text=picture["caption"] or "", picture=picture["name"])
    if _NUMBER.match(line):
        return Block(kind="oli", text=line)
    for mark, kind in _MARKS:
        if line.startswith(mark):
            return Block(kind=kind, text=line.removeprefix(mark))
    return Block(kind="p", text=line)


def path_of(family: str, slug: str, published: datetime, rubric: str) -> str:
    """An article's address on a site of the family; its number comes from the slug, so it never changes."""
    number = zlib.crc32(slug.encode())
    moment = published.astimezone(VIETNAM)
    match family:
        case "F1":
            return f"/{slug}-post{100_000 + number % 900_000}.html"
        case "F2" | "F6":
            return f"/{slug}-{100_000 + number % 900_000}.html"
        case "F3":
            return f"/{slug}-102{moment:%y%m%d%H%M%S}{number % 1000:03}.htm"
        case "F4":
            return f"/{_category(rubric)}/{moment:%Y%m}/{slug}-{number % 0x10000000:07x}/"
        case "F5":
            return f"/{slug}-a{10_000 + number % 190_000}.html"
        case _:
            raise ValueError(f"no address shape for family {family!r}")


def _category(rubric: str) -> str:
    return slug_of(rubric.split(" > ", maxsplit=1)[0])


def article_of(piece: Piece, base: str) -> Article:
    """What a faultless reader gets from the piece's page on the site at `base` (no slash at the end)."""
    told, outlet = piece.told, piece.outlet
    texts = [shown(block, outlet) for block in piece.blocks if block.kind != "picture"]
    return Article(
        id=piece.key,
        url=f"https://{outlet.domain}{piece.path}",
        outlet=outlet.printed_name,
        title=told.title,
        sapo=told.sapo,
        paragraphs=tuple(block.text for block in texts),
        kinds=tuple(block.kind for block in texts if block.kind != "picture"),
        images=tuple(
            Image(src=f"{base}/anh/{block.picture}.png", caption=block.text or None)
            for block in piece.blocks
            if block.kind == "picture"
        ),
        author=told.author,
        author_note=told.author_note,
        published=told.published.astimezone(VIETNAM),
        rubric=told.rubric,
        tags=told.tags,
    )


def shown(block: Block, outlet: Outlet) -> Block:
    """The block as the page shows it: an HTML list writes dash or number itself, else editors type them in paragraphs."""
    if block.kind not in ("li", "oli"):
        return block
    if outlet.html_lists:
        return replace(block, text=_NUMBER.sub("", block.text))
    return replace(block, kind="p", text=f"- {block.text}" if block.kind == "li" else block.text)

"""The pictures of an office's own articles: files beside the articles, made anew apart and kept as the press's are."""

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from digest.errors import ExtractError, InputError
from digest.model import Image, Issue, Item, Kept
from digest.pictures import MOST_AN_ITEM, Picture, caption_of, illustrated_item, items_of, pixels_wide, with_items
from digest.profile import Profile
from digest.text import normalise
from scrapers.pictures.sandbox import remade_apart
from storage.database import begin, open_database
from storage.pictures import Origin, keep_picture

_LARGEST = 20  # megabytes, as of the press's pictures
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_LINK = 'profile {profile}, key copyright.pictures: "link"; pictures of own articles left out: {count}'


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPictured:
    """The issue with the pictures of its own items, and a note for each that is not printed."""

    issue: Issue
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """A picture's copy, and the SHA-256 of the file it was made of."""

    picture: Picture
    original: str


@dataclass(slots=True)
class _Album:
    """What the files gave so far, by `Image.src`; which of it is printed, by the file's hash; what could not be had."""

    read: Callable[[str], _Made]
    known: dict[str, _Made | InputError] = field(default_factory=dict)
    printed: dict[str, tuple[_Made, str | None]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def illustrated(self, item: Item) -> Item:
        """The item with the copies of its first pictures; the press's as it is."""
        if item.origin != "own" or not item.images:
            return item
        kept: dict[str, Kept] = {}
        for image in item.images:
            if image.src in kept:
                continue
            if made := self._made(item, image, full=len(kept) == MOST_AN_ITEM):
                credit = caption_of(image.caption).credit
                copy = made.picture
                kept[image.src] = Kept(sha256=copy.sha256, width=copy.width, height=copy.height, credit=credit)
                self.printed[made.original] = (made, credit)
        return illustrated_item(item, kept, asked={image.src for image in item.images})

    def _made(self, item: Item, image: Image, *, full: bool) -> _Made | None:
        """The copy; None, and a note, where it is not printed."""
        if full:
            self._note(item, image, f"only {MOST_AN_ITEM} of an item are printed")
            return None
        if image.src not in self.known:
            try:
                self.known[image.src] = self.read(image.src)
            except InputError as error:
                self.known[image.src] = error
        found = self.known[image.src]
        if isinstance(found, InputError):
            self._note(item, image, found.message)
            return None
        return found

    def _note(self, item: Item, image: Image, why: str) -> None:
        self.notes.append(f"picture {image.src} of “{' '.join(item.headline.split())}”: {why}")


def picture_own(issue: Issue, profile: Profile, *, folder: Path, database: str, moment: datetime) -> OwnPictured:
    """The draft with the pictures that its own items name: files in `folder`, where the articles lie.

    Each is made anew and kept in the database, which is made where there is none yet. One that cannot be had costs
    itself alone: a note names it, and an item that none is left of is flagged "no-picture".
    """
    count = sum(len(item.images) for item in items_of(issue) if item.origin == "own")
    if not count:
        return OwnPictured(issue=issue)
    if profile.copyright.pictures == "link":
        return OwnPictured(issue=with_items(issue, _bare), notes=(_LINK.format(profile=profile.id, count=count),))
    width = pixels_wide(profile.layout.text_width)
    album = _Album(read=lambda src: _remade(src, folder, width))
    made = with_items(issue, album.illustrated)
    if album.printed:
        _keep(album.printed.values(), database, width=width, moment=moment)
    return OwnPictured(issue=made, notes=tuple(dict.fromkeys(album.notes)))


def _bare(item: Item) -> Item:
    """An own item that no copy is printed of, whatever its line said."""
    return illustrated_item(item, {}, asked=()) if item.origin == "own" else item


def _remade(src: str, folder: Path, width: int) -> _Made:
    """InputError says in its message why there is none."""
    body = _read(src, folder)
    try:
        picture = remade_apart(body, url=src, width=width)
    except ExtractError as error:
        raise InputError(f"{error.kind.replace('-', ' ')} ({error.detail})") from error
    return _Made(picture=picture, original=hashlib.sha256(body).hexdigest())


def _read(src: str, folder: Path) -> bytes:
    """The file's bytes; nothing outside the folder is opened, not through a link either."""
    if _ADDRESS.match(src):
        raise InputError("is an address, and a draft fetches nothing; save it beside the articles and give its name")
    if Path(src).is_absolute() or ".." in Path(src).parts:
        raise InputError("must be a path below the articles' folder, without ..")
    try:
        path = _found(src, folder).resolve(strict=True)
        if not path.is_relative_to(folder.resolve()):
            raise InputError("leads out of the articles' folder")
        if not path.is_file():
            raise InputError("is no file")
        with path.open("rb") as file:
            body = file.read((_LARGEST << 20) + 1)
    except (OSError, RuntimeError, ValueError) as error:  # links in a ring; a name that no file can have
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "it leads nowhere"
        raise InputError(f"cannot be read: {reason}") from error
    if len(body) > _LARGEST << 20:
        raise InputError(f"has more than {_LARGEST} MB")
    return body


def _found(src: str, folder: Path) -> Path:
    """Where the file is: its name may be written in another form of Unicode than `digest.wire` gave the article's."""
    path = folder
    for part in Path(src).parts:
        there = path / part
        alike = [] if there.exists() else [entry for entry in path.iterdir() if normalise(entry.name) == part]
        path = alike[0] if alike else there
    return path


def _keep(printed: Iterable[tuple[_Made, str | None]], database: str, *, width: int, moment: datetime) -> None:
    engine = open_database(database)
    try:
        with begin(engine) as session:
            for made, credit in printed:
                origin = Origin(
                    # Two issues may have a `lop.png` each: the bytes name the picture.
                    address=f"own:{made.original}",
                    source="",
                    original=made.original,
                    asked_width=width,
                    fetched=moment,
                    credit=credit,
                )
                keep_picture(session, made.picture, origin)
    finally:
        engine.dispose()

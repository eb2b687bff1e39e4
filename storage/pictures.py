"""Copies of pictures, each kept once, and the addresses they came from."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from digest.errors import StorageError
from digest.model import Issue, Kept
from digest.pictures import Mime, Picture, printed_pictures
from storage.rows import pieces, upsert
from storage.schema import PictureAddressRow, PictureRow

_MIMES: dict[str, Mime] = {"image/jpeg": "image/jpeg", "image/png": "image/png"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a copy comes from: its address, whose picture it is, when it was fetched.

    `original` is the SHA-256 of the bytes as fetched, `asked_width` how many pixels wide the copy was to be at most.
    """

    address: str
    source: str
    original: str
    asked_width: int
    fetched: datetime
    credit: str | None = None


def keep_picture(session: Session, picture: Picture, origin: Origin) -> None:
    """Keep the copy as what its address shows. The same bytes are kept once, wherever they come from."""
    if session.get(PictureRow, picture.sha256) is None:
        row = {
            "sha256": picture.sha256,
            "mime": picture.mime,
            "width": picture.width,
            "height": picture.height,
            "data": picture.data,
        }
        upsert(session, PictureRow, row, key=("sha256",))
    address = {
        "address": origin.address,
        "asked_width": origin.asked_width,
        "sha256": picture.sha256,
        "source": origin.source,
        "original": origin.original,
        "credit": origin.credit,
        "fetched": origin.fetched,
    }
    upsert(session, PictureAddressRow, address, key=("address", "asked_width"))


def kept_pictures(session: Session, addresses: Collection[str], *, width: int) -> dict[str, Kept]:
    """What is kept of the addresses' pictures in copies made for that width, by address."""
    known: dict[str, Kept] = {}
    for piece in pieces(addresses):
        rows = (
            select(  # all but the bytes
                PictureAddressRow.address,
                PictureAddressRow.credit,
                PictureRow.sha256,
                PictureRow.width,
                PictureRow.height,
            )
            .join(PictureRow, PictureRow.sha256 == PictureAddressRow.sha256)
            .where(PictureAddressRow.address.in_(piece), PictureAddressRow.asked_width == width)
        )
        for row in session.execute(rows):
            known[row.address] = Kept(sha256=row.sha256, width=row.width, height=row.height, credit=row.credit)
    return known


def picture_by_hash(session: Session, sha256: str) -> Picture | None:
    """The copy of that hash; None where it is not kept, StorageError where it is damaged."""
    row = session.get(PictureRow, sha256)
    if row is None:
        return None
    if row.mime not in _MIMES:
        raise StorageError(f"picture {sha256} in the database is damaged: type {row.mime}; restore the last backup")
    return Picture(sha256=row.sha256, mime=_MIMES[row.mime], width=row.width, height=row.height, data=row.data)


def pictures_of(session: Session, issue: Issue) -> dict[str, Picture]:
    """The copies that the issue prints, by the address (`Image.src`) of the picture; one that is gone is left out."""
    printed = printed_pictures(issue)
    found = {sha256: picture_by_hash(session, sha256) for sha256 in dict.fromkeys(printed.values())}
    return {src: picture for src, sha256 in printed.items() if (picture := found[sha256])}

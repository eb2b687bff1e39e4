"""Copies of pictures and the addresses they came from."""

import hashlib
from dataclasses import replace

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from digest.errors import StorageError
from digest.model import Image, Kept
from digest.pictures import Picture, illustrated
from storage.issues import issue_of, save_draft
from storage.pictures import Origin, keep_picture, kept_pictures, picture_by_hash, pictures_of
from storage.schema import PictureAddressRow, PictureRow
from tests.fakes import at
from tests.storage.fakes import DAY, an_issue, an_item

ADDRESS = "https://baolua.example/anh-1.jpg"
OTHER = "https://baomay.example/anh-9.jpg"


def a_picture(data: bytes = b"\xff\xd8\xff\x00mot") -> Picture:
    return Picture(sha256=hashlib.sha256(data).hexdigest(), mime="image/jpeg", width=1299, height=866, data=data)


def an_origin(**fields: object) -> Origin:
    known: dict[str, object] = {
        "address": ADDRESS,
        "source": "baolua",
        "original": "0" * 64,
        "asked_width": 1299,
        "fetched": at("2026-03-02 07:30"),
        "credit": "Lê Bến",
    }
    return Origin(**(known | fields))  # type: ignore[arg-type]  # the caller names real fields


def test_a_copy_is_kept_whole_with_its_credit(session: Session):
    keep_picture(session, a_picture(), an_origin())
    assert picture_by_hash(session, a_picture().sha256) == a_picture()
    kept = Kept(sha256=a_picture().sha256, width=1299, height=866, credit="Lê Bến")
    assert kept_pictures(session, [ADDRESS, OTHER], width=1299) == {ADDRESS: kept}
    assert session.scalars(select(PictureAddressRow.fetched)).one() == at("2026-03-02 07:30")


def test_what_was_never_kept_is_not_there(session: Session):
    assert picture_by_hash(session, "f" * 64) is None
    assert kept_pictures(session, [ADDRESS], width=1299) == {}
    assert kept_pictures(session, [], width=1299) == {}


def test_the_same_bytes_are_kept_once_wherever_they_come_from(session: Session):
    keep_picture(session, a_picture(), an_origin())
    keep_picture(session, a_picture(), an_origin(address=OTHER, credit=None))
    keep_picture(session, a_picture(), an_origin())
    assert session.scalar(select(func.count()).select_from(PictureRow)) == 1
    kept = kept_pictures(session, [ADDRESS, OTHER], width=1299)
    assert {address: one.credit for address, one in kept.items()} == {ADDRESS: "Lê Bến", OTHER: None}


def test_an_address_tells_what_it_showed_last_and_the_copy_before_stays(session: Session):
    later = a_picture(b"\xff\xd8\xff\x00hai")
    keep_picture(session, a_picture(), an_origin())
    keep_picture(session, later, an_origin(original="1" * 64))
    assert kept_pictures(session, [ADDRESS], width=1299)[ADDRESS].sha256 == later.sha256
    assert picture_by_hash(session, a_picture().sha256) == a_picture()


def test_another_width_has_a_copy_of_its_own(session: Session):
    small = replace(a_picture(b"\xff\xd8\xff\x00nho"), width=640, height=427)
    keep_picture(session, a_picture(), an_origin())
    keep_picture(session, small, an_origin(asked_width=640))
    assert kept_pictures(session, [ADDRESS], width=640)[ADDRESS].width == 640
    assert kept_pictures(session, [ADDRESS], width=1299)[ADDRESS].width == 1299


def test_very_many_addresses_are_looked_up(session: Session):
    keep_picture(session, a_picture(), an_origin())
    many = [f"https://baolua.example/{number}.jpg" for number in range(1_200)]
    assert list(kept_pictures(session, [*many, ADDRESS], width=1299)) == [ADDRESS]


def test_a_stored_issue_has_its_pictures_by_address(session: Session):
    images = (Image(src=ADDRESS), Image(src=OTHER), Image(src="https://baomay.example/khong-in.jpg"))
    keep_picture(session, a_picture(), an_origin())
    gone = Kept(sha256="e" * 64, width=9, height=9)
    known = kept_pictures(session, [ADDRESS], width=1299) | {OTHER: gone}
    save_draft(session, replace(illustrated(an_issue(an_item(1, images=images)), known), hash=None))
    stored = issue_of(session, "cchc", DAY)
    assert stored is not None
    assert pictures_of(session, stored) == {ADDRESS: a_picture()}
    assert pictures_of(session, an_issue()) == {}


def test_a_copy_of_an_unknown_type_is_damage(session: Session):
    keep_picture(session, a_picture(), an_origin())
    session.execute(update(PictureRow).values(mime="image/svg+xml"))
    with pytest.raises(StorageError, match="damaged: type image/svg"):
        picture_by_hash(session, a_picture().sha256)

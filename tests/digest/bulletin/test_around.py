"""What a profile prints around its items: heads of pages, contact line, imprint."""

from dataclasses import replace
from datetime import date

import pytest

from digest.bulletin.around import Around, around, number_in
from digest.bulletin.daily import read_daily
from digest.bulletin.titles import titles_of
from digest.profile import Profile, load
from digest.profile_parts import Imprint
from tests.digest.bulletin.fakes import DAILY, daily
from tests.digest.render.fakes import DAY

IMPRINT = Imprint(
    issuer="Sở Nội vụ Hạ Nguồn",
    licence="Số 12/GP-STTTT",
    copies=1200,
    place="Hạ Nguồn",
    contact="Bạn đọc góp ý qua Ban biên tập",
    email="bantin@hanguon.example",
)
HEAD = "ĐIỂM BÁO CẢI CÁCH HÀNH CHÍNH – 02/03/2026"


def _profile() -> Profile:
    return replace(load("cchc-2023"), imprint=IMPRINT)


def _read(text: str, profile: Profile | None = None):
    own = profile or _profile()
    return read_daily(daily(text), titles=titles_of(own), profile=own)


def test_the_head_of_a_page_that_stands_only_once_is_no_text_of_an_item():
    torn = DAILY.replace("Người dân gọi đó là\n", f"Người dân gọi đó là\n\n{HEAD}\n")
    assert torn != DAILY
    assert _read(torn) == _read(DAILY)
    without = replace(_profile(), layout=replace(_profile().layout, running_head=False))
    assert HEAD in str(_read(torn, without))


def test_the_head_of_another_day_is_text():
    other = HEAD.replace("02/03", "03/03")
    assert other in str(_read(DAILY.replace("Người dân gọi đó là\n", f"Người dân gọi đó là\n\n{other}\n")))


def test_a_head_in_capitals_among_the_contents_is_no_unknown_section():
    assert _read(DAILY.replace("2. Hạ Nguồn", f"{HEAD}\n2. Hạ Nguồn")) == _read(DAILY)


def test_the_offices_contact_line_and_imprint_are_left_out_without_a_word():
    printed = "\n\n".join((IMPRINT.contact, *IMPRINT.lines))
    assert _read(f"{DAILY}\n{printed}\n") == _read(DAILY)
    strange = "Phòng in của huyện thực hiện"
    notes = _read(f"{DAILY}\n{printed}\n\n{strange}\n").notes
    assert f"left out, it stands outside every item: {strange}" in notes


def test_lines_below_that_a_pages_width_made_one_are_still_known():
    known = around(_profile(), DAY, None)
    assert known.is_below(f"{IMPRINT.contact}: {IMPRINT.email} {' '.join(IMPRINT.lines)}")
    assert not known.is_below(f"{IMPRINT.contact} và một câu của biên tập viên")


def test_without_a_profile_nothing_is_known():
    assert around(None, DAY, 3) == Around()
    assert not Around().is_head("")
    assert not Around().is_below("Một câu")


@pytest.mark.parametrize(
    ("heads", "number"),
    [
        (["BẢN TIN ĐIỆN TỬ LÚA VÀNG SỐ 05/2023"], 5),
        (["Bản tin lúa", "Lúa vàng – Số: 112/2023 "], 112),
        (["BẢN TIN SỐ 05/2022"], None),
        (["Thông báo số 05/2023 của xã"], None),
        ([], None),
    ],
)
def test_the_number_stands_at_the_end_of_the_pages_head(heads, number):
    assert number_in(heads, date(2023, 5, 31).year) == number

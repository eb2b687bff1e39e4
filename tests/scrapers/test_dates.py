"""Dates in every shape that pages and feeds were seen to use."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import VIETNAM
from scrapers.dates import read, read_moment
from tests.fakes import at

SHAPES = {
    "07-03-2026 - 00:01 AM": "2026-03-07 00:01",
    "07-03-2026 - 14:05 PM": "2026-03-07 14:05",
    "2026-03-07T08:52:11.000 +07:00": "2026-03-07 08:52:11",
    "2026-03-01T09:51:00+07:00": "2026-03-01 09:51",
    "2026-03-07T08:52:11+0700": "2026-03-07 08:52:11",
    "2026-03-07T01:52Z": "2026-03-07 08:52",
    "2026-03-06T20:30:00-05:00": "2026-03-07 08:30",
    "2026-03-07T00:01:00": "2026-03-07 00:01",
    "2026/03/07 10:20": "2026-03-07 10:20",
    "9/14/2026 6:44:00 PM": "2026-09-14 18:44",
    "6/6/2026 6:44:00 PM": "2026-06-06 18:44",
    "Mon, 14 Sep 2026 18:48:23 +07:00": "2026-09-14 18:48:23",
    "Wed, 23 Sep 2026 17:02:29 GMT+7": "2026-09-23 17:02:29",
    "Mon, 02 Mar 2026 01:30:00 GMT": "2026-03-02 08:30",
    "March 7, 2026 8:52 AM": "2026-03-07 08:52",
    "Thứ Bảy, 7/3/2026, 08:52 (GMT+7)": "2026-03-07 08:52",
    "Thứ Bảy, 07/03/2026 - 08:52": "2026-03-07 08:52",
    "07/03/2026   08:52 (GMT+07:00)": "2026-03-07 08:52",
    "- 07/03/2026 08:47": "2026-03-07 08:47",
    "08/01/2026 - 18:21": "2026-01-08 18:21",
    "Chủ nhật, 22/11/2026 06:00": "2026-11-22 06:00",
    "07.03.2026 | 10:20": "2026-03-07 10:20",
    "08:40 , 07/03/2026": "2026-03-07 08:40",
    "Thứ Năm, 17:05 12/03/2026": "2026-03-12 17:05",
    "20/02/2026 08h47'": "2026-02-20 08:47",
    "8 giờ 30 ngày 7/3/2026": "2026-03-07 08:30",
    "Cập nhật lúc 10:15, ngày 7/3/2026": "2026-03-07 10:15",
    "07/03/2026 cập nhật lúc 08:47": "2026-03-07 08:47",
    "07:30 07/03/2026 - Cập nhật: 09:00 08/03/2026": "2026-03-07 07:30",
    "Thứ Bảy, 07/03/2026 07:30 - Cập nhật: 09:00 08/03/2026": "2026-03-07 07:30",
    "7 Tháng Ba, 2026 9:05 CH": "2026-03-07 21:05",
    "12:10 SA, 07/03/2026": "2026-03-07 00:10",
    "Sat Mar 07 08:52:11 +0700 2026": "2026-03-07 08:52:11",
    "Sat Mar  7 01:52:11 UTC 2026": "2026-03-07 08:52:11",
    "Sat Mar 07 2026 08:52:11 GMT+0700 (Indochina Time)": "2026-03-07 08:52:11",
    "Mon, 02 Mar 26 07:30:00 +0700": "2026-03-02 07:30",
    "Mon, 02 Mar 2026 07:30:00 EST": "2026-03-02 19:30",
    "Mon, 02 Mar 2026 07:30:00 ICT": "2026-03-02 07:30",
    "/Date(1772848331000+0700)/": "2026-03-07 08:52:11",
    "3:15 chiều 7/3/2026": "2026-03-07 15:15",
    "8:30 tối, ngày 7/3/2026": "2026-03-07 20:30",
    "1:20 trưa 7/3/2026": "2026-03-07 13:20",
    "11:20 trưa 7/3/2026": "2026-03-07 11:20",
    "11:50 đêm 7/3/2026": "2026-03-07 23:50",
    "12:10 đêm 7/3/2026": "2026-03-07 00:10",
    "7 Thg 3, 2026 08:52": "2026-03-07 08:52",
    "07–03–2026 08:52": "2026-03-07 08:52",
    "Saturday, 3/7/2026 6:44:00 PM": "2026-03-07 18:44",
    "Thứ Bảy, 7/3/2026 6:44:00 PM": "2026-03-07 18:44",
}
DAYS = {
    "ngày 7 tháng 3 năm 2026": "2026-03-07",
    "ngày 25 tháng chạp năm 2026": "2026-12-25",
    "03/04/2025": "2025-04-03",
    "2026-03-07": "2026-03-07",
    "2026-03-07+07:00": "2026-03-07",
    "07/03/2026 25:10": "2026-03-07",
    "07/03/2026 (đã đọc 08/03/2026 09:10)": "2026-03-07",
}
NONE = (
    "",
    "2 giờ trước",
    "31/2/2026",
    "13/13/2026",
    "07/03/26",
    "3/2026",
    "Nghị quyết 254/2025/QH15",
    "0001-01-01T00:00:00",
    "1772843936",
    "Giấy phép số 12/GP-BTTTT ngày 05/06/2019",
    "© Bản quyền 01/01/2024",
    "5/6/2026 6:44:00 PM",
    "Thu, 5/6/2026 6:44:00 PM",
    "/Date(9999999999999)/",
    "x" * 190 + " 07/03/2026 08:47",
)
_PIECES = [
    *("07/03/2026", "2026-03-07", "7 thg 3, 2026", "Mar 7 ", "2026", "26", "08:52", ":11", "T", "Z", "+07:00", "-9999"),
    *(
        " ",
        ", ",
        "GMT",
        "EST",
        " CH",
        "đêm",
        "thứ 2 ",
        "Sat ",
        "/Date(",
        "1772848331000",
        ")/",
        "31",
        "/",
        "9/14/2026 ",
    ),
]


@pytest.mark.parametrize(("text", "moment"), SHAPES.items())
def test_a_time_is_read_to_the_minute_in_vietnam(text: str, moment: str) -> None:
    reading = read(text)
    assert reading is not None
    assert (reading.moment, reading.has_time) == (at(moment), True)
    assert read_moment(text) == at(moment)


@pytest.mark.parametrize(("text", "day"), DAYS.items())
def test_a_day_alone_is_its_midnight_and_says_so(text: str, day: str) -> None:
    reading = read(text)
    assert reading is not None
    assert (reading.moment, reading.has_time) == (at(f"{day} 00:00"), False)


@pytest.mark.parametrize("text", NONE)
def test_no_date_is_better_than_a_wrong_one(text: str) -> None:
    assert read_moment(text) is None


def test_the_month_comes_first_only_when_the_source_says_so() -> None:
    assert read_moment("5/6/2026 6:44:00 PM", month_first=True) == at("2026-05-06 18:44")
    assert read_moment("9/14/2026 6:44:00 PM", month_first=True) == at("2026-09-14 18:44")
    assert read_moment("5/6/2026 18:44") == at("2026-06-05 18:44")


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.datetimes(min_value=datetime(1990, 1, 2), max_value=datetime(2100, 12, 30)))  # noqa: DTZ001 - made aware below
def test_what_is_written_day_first_is_read_back(moment: datetime) -> None:
    aware = moment.replace(second=0, microsecond=0, tzinfo=VIETNAM)
    assert read_moment(f"Thứ Hai, {moment.day}/{moment.month}/{moment.year}, {moment.hour}:{moment.minute:02}") == aware
    assert read_moment(aware.isoformat()) == aware
    assert read_moment(f"{aware:%a, %d %b %Y %H:%M:%S %z}") == aware


@settings(derandomize=True, deadline=None, max_examples=300)
@given(
    st.text(max_size=80)
    | st.from_regex(r"[\d/:.\-+ TZAPMCHSthngày]{0,40}")
    | st.lists(st.sampled_from(_PIECES), max_size=12).map("".join)
)
def test_any_text_gives_an_aware_moment_or_none(text: str) -> None:
    for month_first in (False, True):
        moment = read_moment(text, month_first=month_first)
        assert moment is None or (moment.tzinfo is VIETNAM and 1989 <= moment.year <= 2101)


@pytest.mark.parametrize("piece", ["1", "1/", "07/03/", " ", "12:", "+", "jan ", "ngay 1 thang ", "a ̀", "(", "date("])
def test_long_texts_are_given_up_at_once(piece: str) -> None:
    assert read_moment(piece * (200_000 // len(piece))) is None

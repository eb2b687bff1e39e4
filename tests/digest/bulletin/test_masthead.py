"""The day of issue, or what to do where there is none or more than one."""

from datetime import date

import pytest

from digest.bulletin.masthead import masthead_of
from digest.errors import InputError
from tests.digest.bulletin.fakes import lines

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    "texts",
    [
        ("THỨ HAI", "Phát hành: 02/03/2026"),
        ("Phát hành ngày 2/3/2026",),
        ("Thứ Hai, 2.3.2026",),
        ("Hạ Nguồn, ngày 02 tháng 3 năm 2026",),
        ("Theo Nghị quyết ngày 01/01/2026", "Phát hành: 02/03/2026"),
    ],
)
def test_the_day_is_read_as_offices_write_it(texts):
    assert masthead_of(lines(*texts), day=None).day == DAY


def test_the_number_is_read_and_a_given_day_is_enough():
    read = masthead_of(lines("Số 41", "Số 41/BC"), day=DAY)
    assert (read.day, read.number) == (DAY, 41)
    assert masthead_of([], day=DAY).number is None


@pytest.mark.parametrize(
    ("texts", "day", "said"),
    [
        (("Bản tin",), None, "give it with --date"),
        (("Phát hành: 02/03/2026", "Phát hành: 03/03/2026"), None, "02/03/2026, 03/03/2026; leave one of them"),
        (("Phát hành: 02/03/2026",), date(2026, 3, 3), "the masthead says 02/03/2026, the day given is 03/03/2026"),
        (("Phát hành: 31/02/2026",), None, "31/02/2026 is no day"),
        (("Phát hành: 02/03/0026",), None, "give it with --date"),
    ],
)
def test_no_day_or_several_are_an_error_with_its_remedy(texts, day, said):
    with pytest.raises(InputError, match=said) as caught:
        masthead_of(lines(*texts), day=day)
    assert caught.value.field == "date"


def test_another_day_than_the_issue_compared_with_names_the_option_that_named_it():
    with pytest.raises(InputError) as caught:
        masthead_of(lines("Phát hành: 02/03/2026"), day=date(2026, 3, 3), given="--against")
    assert caught.value.message == (
        "the masthead says 02/03/2026, the issue before is of 03/03/2026; name with --against the issue that was edited"
    )


def test_a_slip_in_the_weekday_or_the_year_is_told_and_stays():
    read = masthead_of(lines("Năm 2025", "THỨ BA", "Phát hành: 02/03/2026"), day=None)
    assert read.day == DAY
    assert read.notes == (
        "the masthead says THỨ BA, but 02/03/2026 is THỨ HAI",
        "the masthead says Năm 2025, but the issue is of 02/03/2026",
    )

"""Vietnamese working days: Tết, days in lieu, swapped Saturdays; windows of time between issues.

The calendar is the package `holidays`; what it does not know yet stands in `DECREED`, and an office's own decisions
come in as `overrides` (day → worked or not), which win over both.
"""

import functools
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

import holidays

from digest.model import VIETNAM
from digest.patterns import WEEKDAYS

# Civil servants had 2/1/2026 off and worked on Saturday 10/1/2026 instead.
DECREED: Mapping[date, bool] = MappingProxyType({date(2026, 1, 2): False, date(2026, 1, 10): True})
NO_OVERRIDES: Mapping[date, bool] = MappingProxyType({})
_ONE_DAY = timedelta(days=1)


def weekday_name(day: date) -> str:
    """The weekday as the masthead prints it: `THỨ HAI` … `CHỦ NHẬT`."""
    return WEEKDAYS[day.weekday()]


def is_working_day(day: date, overrides: Mapping[date, bool] = NO_OVERRIDES) -> bool:
    """Whether state offices work on `day`."""
    if day in overrides:
        return overrides[day]
    if day in DECREED:
        return DECREED[day]
    return _calendar(day.year).is_working_day(day)


def previous_working_day(day: date, overrides: Mapping[date, bool] = NO_OVERRIDES) -> date:
    """The last working day before `day`, `day` itself not counted."""
    before = day - _ONE_DAY
    while not is_working_day(before, overrides):
        before -= _ONE_DAY
    return before


def window(
    day: date, working_days_before: int = 1, overrides: Mapping[date, bool] = NO_OVERRIDES
) -> tuple[datetime, datetime]:
    """What an issue of `day` may print: moments from the first, included, to the second, not included.

    It opens at midnight (Việt Nam) of the `working_days_before`-th working day before, so that after a weekend or a
    holiday nothing since the last issue is lost, and closes at the midnight that ends `day`.
    """
    first = day
    for _ in range(working_days_before):
        first = previous_working_day(first, overrides)
    return _midnight(first), _midnight(day + _ONE_DAY)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, VIETNAM)


@functools.lru_cache(maxsize=32)
def _calendar(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("VN", years=year, expand=False)

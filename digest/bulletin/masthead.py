"""What stands above the contents: the issue's day, its number."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from digest.bulletin.lines import Line
from digest.errors import InputError
from digest.text import one_line
from digest.workdays import weekday_name

_FIGURES = r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})"
_RELEASED = re.compile(rf"phát hành(?:\s+ngày)?\s*:?\s*{_FIGURES}", re.IGNORECASE)
_ANY = re.compile(rf"(?<!\d){_FIGURES}(?!\d)")
_WORDS = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
_NUMBER = re.compile(r"số\s*:?\s*(\d{1,5})(?:\s*/\s*(?:19|20|21)\d\d)?(?:\s+[–—-]\s.*)?", re.IGNORECASE)
_WEEKDAYS = re.compile(r"\b(thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật)\b", re.IGNORECASE)
_FIRST_YEAR, _LAST_YEAR = 1900, 2199

Given = Literal["--date", "--against"]
_OTHERWISE: dict[Given, str] = {
    "--date": "the day given is {day:%d/%m/%Y}; leave --date out or name the file meant",
    "--against": "the issue before is of {day:%d/%m/%Y}; name with --against the issue that was edited",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Masthead:
    """The day and number of an issue, and what a person should look at."""

    day: date
    number: int | None = None
    notes: tuple[str, ...] = ()


def masthead_of(lines: Sequence[Line], *, day: date | None, given: Given = "--date") -> Masthead:
    """The masthead; `day` is what the person says who brings the bulletin in, by the option `given`.

    InputError, field "date", where no day or several stand there, or another than `day`.
    """
    texts = [one_line(line.text) for line in lines]
    found = list(dict.fromkeys(_days(texts)))
    if len(found) > 1:
        named = ", ".join(f"{one:%d/%m/%Y}" for one in found)
        raise InputError(f"the masthead names several days: {named}; leave one of them", field="date")
    if found and day and found[0] != day:
        otherwise = _OTHERWISE[given].format(day=day)
        raise InputError(f"the masthead says {found[0]:%d/%m/%Y}, {otherwise}", field="date")
    if not (found or day):
        raise InputError("no day of issue is found (Phát hành: 11/12/2023); give it with --date", field="date")
    known = found[0] if found else day
    assert known is not None  # noqa: S101 - one of both is there
    numbers = [int(match.group(1)) for text in texts if (match := _NUMBER.fullmatch(text.strip()))]
    return Masthead(day=known, number=numbers[0] if numbers else None, notes=tuple(_doubts(texts, known)))


def _days(texts: Sequence[str]) -> Iterator[date]:
    """The days in the words that say the day of issue; where none do, every day there is."""
    released = [match.groups() for text in texts for match in _RELEASED.finditer(text)]
    others = [match.groups() for text in texts for shape in (_ANY, _WORDS) for match in shape.finditer(text)]
    for day, month, year in released or others:
        try:
            found = date(int(year), int(month), int(day))
        except ValueError as error:
            raise InputError(f"{day}/{month}/{year} is no day; correct it", field="date") from error
        if _FIRST_YEAR <= found.year <= _LAST_YEAR:
            yield found


def _doubts(texts: Sequence[str], day: date) -> Iterator[str]:
    """A weekday or a year that is not the day's: a slip of the printed issue, which is none of ours to mend."""
    weekdays = [match.group(1).upper() for text in texts if (match := _WEEKDAYS.fullmatch(text.strip()))]
    if weekdays and weekdays[0] != weekday_name(day):
        yield f"the masthead says {weekdays[0]}, but {day:%d/%m/%Y} is {weekday_name(day)}"
    years = [int(match.group(1)) for text in texts if (match := re.fullmatch(r"năm (\d{4})", text.strip().lower()))]
    if years and years[0] != day.year:
        yield f"the masthead says Năm {years[0]}, but the issue is of {day:%d/%m/%Y}"

"""Dates as Vietnamese pages and feeds write them: day first, +07:00 where no zone is given, None rather than a guess.

A month comes first only where that is certain (`9/14/2026`, or a weekday proves it) or the caller knows the source
writes so. A text that speaks of a licence holds the licence's date, not the article's, and gives None.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo

from digest.model import VIETNAM
from digest.text import bare

_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_WORDS = (
    *(
        (name, number)
        for number, name in enumerate(["mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi"], 1)
    ),
    *(("tu", 4), ("gieng", 1), ("muoi mot", 11), ("muoi hai", 12), ("chap", 12)),
)
_MONTH_WORDS = dict(_WORDS)
_NOT_THE_ARTICLES = re.compile(r"giay phep|\bgp\b|gp-|\bgpbc\b|licen[cs]e|ban quyen|copyright|\bthanh lap\b")
_MAX_LENGTH = 200
_YEARS = range(1990, 2101)

_YEAR_FIRST = re.compile(r"(?<![\d/.-])(?P<y>\d{4})([-/.])(?P<m>\d{1,2})\2(?P<d>\d{1,2})(?!\d|[-/]\d)")
_DAY_FIRST = re.compile(r"(?<![\d/-])(?P<d>\d{1,2})\s*([-/.])\s*(?P<m>\d{1,2})\s*\2\s*(?P<y>\d{4})(?!\d|[-/]\d)")
_NAMED = re.compile(
    rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?P<m>{'|'.join(_MONTHS)})[a-z]*\.?,?[\s-]+(?P<y>\d{{4}})\b"
)
_NAMED_FIRST = re.compile(
    rf"\b(?P<m>{'|'.join(_MONTHS)})[a-z]*\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})\b"
)
_IN_WORDS = re.compile(
    r"\b(?:ngay\s+)?(?P<d>\d{1,2})[\s,]+th(?:ang\s+|g\.?\s*)(?P<m>\d{1,2}|"
    + "|".join(sorted(_MONTH_WORDS, key=len, reverse=True))
    + r")[\s,]+(?:nam\s+)?(?P<y>\d{4})\b"
)
_SHAPES = (_YEAR_FIRST, _DAY_FIRST, _IN_WORDS, _NAMED, _NAMED_FIRST)
# Rewritten before reading: `Sat Mar 07 08:52:11 +0700 2026`, and the two figures RFC 822 gave a year.
_YEAR_LAST = re.compile(
    rf"\b({'|'.join(_MONTHS)})\s+(\d{{1,2}})\s+(\d{{1,2}}:\d\d(?::\d\d)?)\s+((?:[a-z]{{1,4}})?(?:[+-]\d\d:?\d\d)?\s*)(\d{{4}})\b"
)
_SHORT_YEAR = re.compile(rf"^([a-z]{{3}},\s+\d{{1,2}}\s+(?:{'|'.join(_MONTHS)})\s+)(\d\d)(?=\s+\d{{1,2}}:\d\d)")
_SCRIPTED = re.compile(r"/?date\((\d{12,13})(?:[+-]\d{4})?\)/?")  # .NET's JSON: milliseconds since 1970
_DASHES = str.maketrans("–—−", "---")
_TIME = re.compile(
    r"(?<![\d:.,/+-])(?P<h>[01]?\d|2[0-3])\s?(?::|h|g|gio)\s?(?P<min>[0-5]\d)(?!\d)(?::(?P<s>[0-5]\d)(?:[.,]\d+)?)?"
    r"(?:\s*(?P<half>am|pm|sa|ch|sang|trua|chieu|toi|dem)\b|['’]?(?![\w:]))?"
)
_ISO_TIME = re.compile(r"t(?P<h>[01]\d|2[0-3]):(?P<min>[0-5]\d)(?::(?P<s>[0-5]\d)(?:[.,]\d+)?)?(?P<half>)")
_ONLY_LINKING = re.compile(r"[\W_]*(?:luc|vao|hoi|at)?[\W_]*")
_DIGIT = re.compile(r"\d")
_ZONE = re.compile(
    r"^\s*\(?\s*(?:(?P<name>z|gmt|utc?|ict|[ecmp][sd]t)(?![\w+-]))?"
    r"(?:(?:gmt|utc)?\s*(?P<sign>[+-])(?P<h>\d{1,2}):?(?P<min>[0-5]\d)?(?!\d))?"
)
# The names of RFC 822, in hours, and Indochina's own.
_ZONES = {
    **dict.fromkeys(("z", "gmt", "utc", "ut"), 0),
    **dict.fromkeys(("ict",), 7),
    **dict.fromkeys(("edt",), -4),
    **dict.fromkeys(("est", "cdt"), -5),
    **dict.fromkeys(("cst", "mdt"), -6),
    **dict.fromkeys(("mst", "pdt"), -7),
    **dict.fromkeys(("pst",), -8),
}
# From which hour to which a word means the half of the day after noon.
_LATER = {**dict.fromkeys(("pm", "ch", "chieu", "toi"), (1, 11)), "trua": (1, 3), "dem": (8, 11)}
_WEEKDAYS = (
    r"\b(?:thu (?:hai|2)|mon(?:day)?)\b",
    r"\b(?:thu (?:ba|3)|tue(?:s(?:day)?)?)\b",
    r"\b(?:thu (?:tu|4)|wed(?:nesday)?)\b",
    r"\b(?:thu (?:nam|5)|thu(?:rsday|rs)|thu(?=,))",
    r"\b(?:thu (?:sau|6)|fri(?:day)?)\b",
    r"\b(?:thu (?:bay|7)|sat(?:urday)?)\b",
    r"\b(?:chu nhat|cn|sun(?:day)?)\b",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A moment in Asia/Ho_Chi_Minh; where the text gave the day alone, `has_time` is False and it is midnight."""

    moment: datetime
    has_time: bool


def read_moment(text: str, *, month_first: bool = False) -> datetime | None:
    """The moment a text names, aware, in Asia/Ho_Chi_Minh (midnight for a day alone), or None."""
    reading = read(text, month_first=month_first)
    return reading.moment if reading else None


def read(text: str, *, month_first: bool = False) -> Reading | None:
    """As `read_moment`, saying whether a time of day was given.

    The first date of the text counts; its time is the one that follows it, else the nearest one before it.
    """
    plain = _rewritten(bare(text[: _MAX_LENGTH + 1]))
    if len(plain) > _MAX_LENGTH or _NOT_THE_ARTICLES.search(plain):
        return None
    scripted = _SCRIPTED.fullmatch(plain)
    if scripted:
        moment = datetime.fromtimestamp(int(scripted.group(1)) // 1000, VIETNAM)
        return Reading(moment=moment, has_time=True) if moment.year in _YEARS else None
    found = min((match for shape in _SHAPES if (match := shape.search(plain))), key=_start, default=None)
    if found is None:
        return None
    clock, rest = _clock(plain[: found.start()], plain[found.end() :])
    if month_first or not _perhaps_american(found, clock):
        day = _day(found, month_first=month_first)
    else:
        day = _by_weekday(found, plain)
    if day is None:
        return None
    if clock is None:
        return Reading(moment=datetime.combine(day, time(), VIETNAM), has_time=False)
    moment = datetime.combine(day, _time(clock), _zone(rest))
    return Reading(moment=moment.astimezone(VIETNAM), has_time=True)


def _rewritten(plain: str) -> str:
    """Shapes of old standards in the order that all others use."""
    usual = _YEAR_LAST.sub(r"\2 \1 \5 \3 \4", plain.translate(_DASHES))
    return _SHORT_YEAR.sub(r"\g<1>20\2", usual)


def _start(match: re.Match[str]) -> int:
    return match.start()


def _day(match: re.Match[str], *, month_first: bool) -> date | None:
    year, first, second = int(match["y"]), int(match["d"]), _month(match["m"])
    if match.re is _DAY_FIRST and (month_first or (second > 12 >= first and match[2] == "/")):
        first, second = second, first
    if year not in _YEARS:
        return None
    try:
        return date(year, second, first)
    except ValueError:
        return None


def _month(text: str) -> int:
    return int(text) if text.isdigit() else _MONTHS.get(text[:3]) or _MONTH_WORDS[text]


def _perhaps_american(found: re.Match[str], clock: re.Match[str] | None) -> bool:
    """`5/6/2026 6:44:00 PM` is how American software writes 6 May; a Vietnamese one would write CH. Not to be guessed."""
    if found.re is not _DAY_FIRST or found[2] != "/" or clock is None:
        return False
    looks_so = clock["half"] in ("am", "pm") and clock["s"] is not None
    return looks_so and int(found["d"]) <= 12 and int(found["m"]) <= 12 and found["d"] != found["m"]


def _by_weekday(found: re.Match[str], plain: str) -> date | None:
    """The reading of the two whose weekday the text names."""
    named = {number for number, name in enumerate(_WEEKDAYS) if re.search(name, plain)}
    days = [day for first in (False, True) if (day := _day(found, month_first=first))]
    right = [day for day in days if day.weekday() in named]
    return right[0] if len(right) == 1 and len(named) == 1 else None


def _clock(before: str, after: str) -> tuple[re.Match[str] | None, str]:
    """The time that belongs to the date between the two texts, and what follows that time (a zone perhaps)."""
    iso = _ISO_TIME.match(after)
    if iso:
        return iso, after[iso.end() :]
    following = _TIME.search(after)
    gap = after[: following.start()] if following else ""
    if following and _ONLY_LINKING.fullmatch(gap):
        return following, after[following.end() :]
    preceding = next(reversed(list(_TIME.finditer(before))), None)
    if preceding and not _DIGIT.search(before, preceding.end()):
        return preceding, before[preceding.end() :]
    return (following, after[following.end() :]) if following and not _DIGIT.search(gap) else (None, "")


def _time(match: re.Match[str]) -> time:
    """A stray AM or PM beside a 24-hour time (`00:01 AM`, `14:05 PM`) changes nothing."""
    hour, half = int(match["h"]), match["half"]
    first, last = _LATER.get(half, (0, -1))
    if first <= hour <= last:
        hour += 12
    elif half in ("am", "sa", "dem") and hour == 12:
        hour = 0
    return time(hour, int(match["min"]), int(match["s"] or 0))


def _zone(rest: str) -> tzinfo:
    match = _ZONE.match(rest)
    if match and match["sign"]:
        offset = timedelta(hours=int(match["h"]), minutes=int(match["min"] or 0))
        if offset <= timedelta(hours=14):
            return timezone(-offset if match["sign"] == "-" else offset)
    return timezone(timedelta(hours=_ZONES[match["name"]])) if match and match["name"] else VIETNAM

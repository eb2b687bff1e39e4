"""A source's own rhythm: how often it prints, on which days, and how long its usual pauses are.

Days are those of Asia/Ho_Chi_Minh, which knows no summer time. Pauses are measured on a clock that stands still on
the weekdays on which the source never prints, and on public holidays (Tết above all), so that a quiet Sunday or a
holiday makes no source look dead. Each source is compared with itself alone.
"""

import functools
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate, pairwise

from digest.model import VIETNAM
from digest.workdays import is_working_day

SPAN = timedelta(days=28)
WEEK = timedelta(days=7)
_DAY = timedelta(days=1)
_LEAST_GAP = timedelta(hours=6)
_SHARE = 0.9
_FEW = 5
_MANY = 40  # gaps; of a source that prints less than daily, every gap counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Yield:
    """How much came, beside how much usually comes; None where nothing of that kind was observed yet.

    `articles` are all that are known of the 28 days, also of days before the source was first asked. `usual_today` is what the same weekdays brought up to the same hour.
    """

    articles: int
    per_working_day: float | None
    today: int
    usual_today: float | None
    week: int
    usual_week: float | None


def yield_of(times: Sequence[datetime], *, since: datetime, now: datetime) -> Yield:
    """The yield of a source observed from `since` on (28 days at most count).

    What it printed before counts as well; only what is usual is told from observed days, for of the others it is not
    known how much was missed.
    """
    since = max(since, now - SPAN)
    known = [moment.astimezone(VIETNAM) for moment in times if now - SPAN <= moment <= now]
    today = _day(now)
    before = [day for day in _days(_day(since), today) if not is_holiday(day)][1:]  # the first was seen in part only
    counts = Counter(moment.date() for moment in known)
    working = [day for day in before if is_working_day(day)]
    alike = [day for day in before if day.weekday() == today.weekday()]
    hour = now.astimezone(VIETNAM).time()
    by_now = Counter(moment.date() for moment in known if moment.time() <= hour)
    weeks_before = (now - WEEK - since) / WEEK
    earlier = sum(since <= moment < now - WEEK for moment in known)
    return Yield(
        articles=len(known),
        per_working_day=_mean(counts[day] for day in working),
        today=counts[today],
        usual_today=_mean(by_now[day] for day in alike),
        week=sum(moment >= now - WEEK for moment in known),
        usual_week=earlier / weeks_before if weeks_before >= 1 else None,
    )


def usual_gap(times: Sequence[datetime]) -> timedelta | None:
    """The normal gap between two articles on the source's own clock; None where fewer than five are known.

    Nine tenths of the time lie in gaps no longer than this. Counting time, not gaps, lets one night weigh as much as
    the twenty short gaps of the day before it. The longest of many is left out: one pause is no habit. Less than six
    hours is no silence of a daily bulletin's concern.
    """
    times = rhythm_of(times)
    if len(times) < _FEW:
        return None
    rests = rests_of(times)
    gaps = sorted(other - one for one, other in pairwise(_on_clock(times, rests)))
    if len(gaps) >= _MANY:
        gaps.pop()
    aim = sum(gaps, timedelta()) * _SHARE
    usual = next(gap for gap, so_far in zip(gaps, accumulate(gaps), strict=True) if so_far >= aim)
    return max(usual, _LEAST_GAP)


def rhythm_of(times: Sequence[datetime]) -> list[datetime]:
    """What of it tells the rhythm: the 28 days up to the last article, or the last five articles if these are more."""
    ordered = sorted(times)
    recent = [moment for moment in ordered if moment >= ordered[-1] - SPAN]
    return max(recent, ordered[-_FEW:], key=len)


def rests_of(times: Collection[datetime]) -> frozenset[int]:
    """The weekdays (Monday 0) on which nothing was printed."""
    return frozenset(range(7)) - {_day(moment).weekday() for moment in times}


def clock_between(start: datetime, end: datetime, rests: Collection[int]) -> timedelta:
    """The time between two moments without rest days and holidays."""
    first, last = _on_clock((start, end), rests)
    return max(last - first, timedelta())


def _on_clock(ordered: Sequence[datetime], rests: Collection[int]) -> Iterator[timedelta]:
    """What the source's clock shows at each moment; it begins with the first one's day."""
    day, passed = _day(ordered[0]), timedelta()
    for moment in ordered:
        here = moment.astimezone(VIETNAM)
        while day < here.date():
            passed += _DAY * _counts(day, rests)
            day += _DAY
        yield passed + (here - datetime.combine(day, time.min, VIETNAM)) * _counts(day, rests)


def _counts(day: date, rests: Collection[int]) -> bool:
    return day.weekday() not in rests and not is_holiday(day)


@functools.lru_cache(maxsize=4096)
def is_holiday(day: date) -> bool:
    """Whether the day is in a run of three days off or more: Tết with its weekends, not a plain weekend."""
    off = [not is_working_day(day + _DAY * offset) for offset in range(-2, 3)]
    return any(all(off[start : start + 3]) for start in range(3))


def _day(moment: datetime) -> date:
    return moment.astimezone(VIETNAM).date()


def _days(first: date, end: date) -> Iterator[date]:
    return (first + _DAY * number for number in range((end - first).days))


def _mean(counts: Iterable[int]) -> float | None:
    known = list(counts)
    return sum(known) / len(known) if known else None

"""How a source is: what it brought against its own rhythm, how its pages could be read, and what a person must know.

Values in, values out. An alert is raised by a source's own history alone; on a day on which everybody rests nobody is
silent. What one cause explains is said once: a source that cannot be reached is not also called silent.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from digest.model import VIETNAM
from digest.pipeline.alerts import alert
from digest.pipeline.report import Alert
from digest.pipeline.rhythm import SPAN, WEEK, Yield, clock_between, rests_of, rhythm_of, usual_gap, yield_of
from scrapers.fetching.hosts import host_key
from scrapers.source import Source
from storage.health import Printed
from storage.rounds import SourceRound

State = Literal["well", "alert", "new", "rare", "unasked"]

LATELY = timedelta(days=3)
_OUT_OF_REACH = timedelta(hours=6)
_FEW_ROUNDS = 2
_FEW = 5
_FEW_READ = 10
_FIELDS = {
    "standfirst": frozenset({"no-sapo", "sapo-from-feed"}),
    "author": frozenset({"no-author"}),
    "time": frozenset({"no-time", "time-from-feed"}),
    "text": frozenset({"no-body"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What is known of a source, oldest first.

    `rounds` are those of 28 days, the older ones summed up day by day, `printed` the articles of 28 days, or the last ones where these are few. `unread`
    counts by kind the articles that could not be had lately (`LATELY`). `resting` are the hosts left alone at this
    moment, and until when.
    """

    rounds: Sequence[SourceRound] = ()
    printed: Sequence[Printed] = ()
    unread: Mapping[str, int] = field(default_factory=dict)
    resting: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """A source's standing. `last_success` is when an article last came in, `last_article` when it was published.

    `gap` is the normal pause in hours of the source's own clock. `fallback` is the share of articles that no selector
    of the source or its family read lately, `fallback_before` the best week's before. `failed` counts the failures of
    the last three days by kind, listings and articles.
    """

    source: str
    state: State
    last_success: datetime | None
    last_article: datetime | None
    last_answer: datetime | None
    brought: Yield
    gap: float | None
    fallback: float | None
    fallback_before: float | None
    failed: dict[str, int]
    resting_until: datetime | None
    alerts: tuple[Alert, ...]


def health_of(source: Source, history: History, now: datetime) -> SourceHealth:
    """The standing of a source at a moment."""
    printed = [one for one in history.printed if one.moment <= now]
    times = [one.moment for one in printed]
    alerts = tuple(_alerts(source, history, printed, now))
    answered = [round_.ended for round_ in history.rounds if round_.answered]
    gap = usual_gap(times)
    fallback, before = _fallback(history.rounds)
    return SourceHealth(
        source=source.id,
        state=_state(history, printed, alerts, now),
        last_success=_latest(one.fetched for one in printed),
        last_article=_latest(times),
        last_answer=_latest(answered),
        brought=yield_of(times, since=_observed_since(history, now), now=now),
        gap=None if gap is None else round(gap / timedelta(hours=1), 1),
        fallback=fallback,
        fallback_before=before,
        failed=_failed(round_ for round_ in history.rounds if round_.ended > now - LATELY),
        resting_until=resting_until(source, history.resting),
        alerts=alerts,
    )


def _state(history: History, printed: Sequence[Printed], alerts: Sequence[Alert], now: datetime) -> State:
    if alerts:
        return "alert"
    if not history.rounds:
        return "unasked"
    if now - _observed_since(history, now) < WEEK:
        return "new"
    return "well" if len(printed) >= _FEW else "rare"


def _alerts(source: Source, history: History, printed: Sequence[Printed], now: datetime) -> Iterable[Alert]:
    yield from _reach(source, history, printed, now)
    yield from _unread(source, history, printed, now)
    yield from _lost_selectors(source, history.rounds, printed)
    ways = [round_.way for round_ in history.rounds if round_.way][-3:]
    if ways == ["home"] * 3 and (source.feeds or source.pages or source.sitemaps):
        yield alert(source.id, "home-only")


def _reach(source: Source, history: History, printed: Sequence[Printed], now: datetime) -> Iterable[Alert]:
    """What is wrong with reaching the source or with what it gives; one thing at a time."""
    answered = [round_.ended for round_ in history.rounds if round_.answered]
    tried = [round_ for round_ in history.rounds if not answered or round_.ended > answered[-1]]
    since = answered[-1] if answered else (tried[0].ended if tried else now)
    until = resting_until(source, history.resting)
    if len(tried) >= _FEW_ROUNDS and now - since >= _OUT_OF_REACH:
        yield alert(source.id, "unreachable", since=since, kinds=_failed(tried))
    elif until is not None:
        yield alert(source.id, "breaker-open", until=until)
    elif answered and now - _observed_since(history, now) >= WEEK:
        yield from _silence(source, printed, listened=answered[-1], now=now)


def _silence(source: Source, printed: Sequence[Printed], *, listened: datetime, now: datetime) -> Iterable[Alert]:
    """A source is silent only as far as it was listened to: a machine that was off says nothing of it."""
    if not printed:
        yield alert(source.id, "never")
        return
    times = [one.moment for one in printed]
    last, gap = max(times), usual_gap(times)
    if gap is None:
        # Too rare to have a rhythm; a whole span without anything is worth a look all the same.
        if min(listened, now) - last > SPAN:
            yield alert(source.id, "silent", since=last)
        return
    rests = rests_of(rhythm_of(times))
    if clock_between(last, min(listened, now), rests) > 2 * gap:
        yield alert(source.id, "silent", since=last, gap=gap)


def _unread(source: Source, history: History, printed: Sequence[Printed], now: datetime) -> Iterable[Alert]:
    """Most articles cannot be had."""
    failed = sum(history.unread.values())
    had = sum(one.fetched > now - LATELY for one in printed)
    if failed >= _FEW and failed > had:
        yield alert(source.id, "failing", kinds=_ranked(history.unread), count=failed, of=failed + had)


def _lost_selectors(source: Source, rounds: Sequence[SourceRound], printed: Sequence[Printed]) -> Iterable[Alert]:
    fallback, before = _fallback(rounds)
    lost = [name for name, flags in _FIELDS.items() if _is_lost(flags, printed)]
    if fallback is not None and before is not None and fallback >= 0.5 and before <= 0.2:
        lost = ["text"]  # where the text is not found any more, little else is
    if lost:
        yield alert(source.id, "selector-lost", fields=lost)


def _is_lost(flags: frozenset[str], printed: Sequence[Printed]) -> bool:
    """Whether a field that nearly every article had is missing from nearly all of the last ones."""
    arrived = sorted(printed, key=lambda one: one.fetched)
    lacking = [not flags.isdisjoint(one.flags) for one in arrived]
    before, lately = lacking[:-_FEW_READ], lacking[-_FEW_READ:]
    return (
        len(before) >= 2 * _FEW_READ
        and sum(before[: len(before) // 2]) <= 0.1 * (len(before) // 2)
        and sum(lately) >= 8
    )


def _fallback(rounds: Sequence[SourceRound]) -> tuple[float | None, float | None]:
    """The share of the newest ten articles or more that no declared selector read, and that of the best week before.

    The best week, not all the time before: else a selector that is lost for a fortnight would become the usual thing.
    """
    lately: list[SourceRound] = []
    rest = list(rounds)
    while rest and sum(round_.kept for round_ in lately) < _FEW_READ:
        lately.append(rest.pop())
    weeks: dict[tuple[int, int], list[SourceRound]] = {}
    for round_ in rest:
        weeks.setdefault(round_.ended.isocalendar()[:2], []).append(round_)
    shares = [share for week in weeks.values() if (share := _share(week, least=_FEW_READ)) is not None]
    return _share(lately, least=_FEW), min(shares, default=None)


def _share(rounds: Sequence[SourceRound], *, least: int) -> float | None:
    kept = sum(round_.kept for round_ in rounds)
    return round(sum(round_.fallback for round_ in rounds) / kept, 3) if kept >= least else None


def resting_until(source: Source, resting: Mapping[str, datetime]) -> datetime | None:
    """Until when a host of the source's listings is left alone; None where none is."""
    addresses = (*source.feeds, *source.pages, *source.sitemaps, source.home or f"https://{source.domain}/")
    return _latest(resting[host] for host in map(host_key, addresses) if host in resting)


def _latest(moments: Iterable[datetime]) -> datetime | None:
    """The latest of moments, by Việt Nam's clock: a person reads it."""
    return max((moment.astimezone(VIETNAM) for moment in moments), default=None)


def _failed(rounds: Iterable[SourceRound]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for round_ in rounds:
        total.update(round_.failed)
    return _ranked(total)


def _ranked(counts: Mapping[str, int]) -> dict[str, int]:
    """The counts, the greatest first."""
    return dict(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])))


def _observed_since(history: History, now: datetime) -> datetime:
    """Since when the source is collected, as far as the last 28 days tell."""
    known = [round_.ended for round_ in history.rounds[:1]] + [one.fetched for one in history.printed]
    return max(min(known, default=now), now - SPAN)

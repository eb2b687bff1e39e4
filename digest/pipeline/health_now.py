"""The sources' health as the database tells it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine

from digest.pipeline.health import LATELY, History, SourceHealth, health_of, resting_until
from digest.pipeline.report import Alert
from digest.pipeline.rhythm import SPAN
from scrapers.source import Source
from storage.database import reading
from storage.health import printed_last, printed_since, resting_hosts, rounds_by_source, unread_since

_FEW = 5
_ENOUGH = 20


def alerts_now(engine: Engine, sources: Sequence[Source], now: datetime) -> tuple[Alert, ...]:
    """What a person should know of the sources that are collected, in the order of the sources."""
    return tuple(alert for health in healths_now(engine, sources, now) for alert in health.alerts)


def resting_now(engine: Engine, sources: Sequence[Source], now: datetime) -> dict[str, datetime]:
    """Until when runs leave a host of a source alone, by the ids of those sources of which that is so."""
    with reading(engine) as session:
        resting = resting_hosts(session, now)
    return {source.id: until for source in sources if (until := resting_until(source, resting)) is not None}


def healths_now(engine: Engine, sources: Sequence[Source], now: datetime) -> tuple[SourceHealth, ...]:
    """The standing of each source that is collected, in the order of the sources."""
    with reading(engine) as session:
        rounds = rounds_by_source(session, now - SPAN, now - LATELY)
        printed = printed_since(session, now - SPAN)
        unread = unread_since(session, now - LATELY)
        resting = resting_hosts(session, now)
        healths = []
        for source in sources:
            if source.not_collected:
                continue
            known = printed.get(source.id, [])
            if len(known) < _FEW and source.id in rounds:
                known = printed_last(session, source.id, _ENOUGH)  # it prints seldom, or has ceased to
            history = History(
                rounds=rounds.get(source.id, ()),
                printed=known,
                unread=unread.get(source.id, {}),
                resting=resting,
            )
            healths.append(health_of(source, history, now))
    return tuple(healths)

"""Collecting into the database: what one round brought, what failed, and how the sources are."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Engine

from digest.choose import Window
from digest.model import Article
from digest.pipeline.drafting import issue_window
from digest.pipeline.health_now import alerts_now
from digest.pipeline.reading import read_page
from digest.pipeline.records import DatabaseRecords
from digest.pipeline.report import Report, Trouble, counted
from digest.profile import Profile
from scrapers.collecting.collect import collect
from scrapers.collecting.rounds import Tally
from scrapers.collecting.workers import Processes
from scrapers.fetching.fetch import Fetcher
from scrapers.source import Source
from storage import runs
from storage.articles import articles_of_window
from storage.database import begin, open_database, reading
from storage.rounds import forget_rounds

_ROUNDS_KEPT = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collecting:
    """What is asked, in whose name, the clock that dates what comes, and how many processes read it."""

    sources: tuple[Source, ...]
    contact: str
    clock: Callable[[], datetime]
    processes: int = 2


def collect_into(  # noqa: PLR0913 - named where it is called
    engine: Engine, collecting: Collecting, report: Report, *, run: int, window: Window, advance: Callable[[int], None]
) -> Report:
    """One round through the sources; the report with its figures and what the sources' health alerts to."""
    records = DatabaseRecords(engine, clock=collecting.clock, run=run)
    tally = asyncio.run(_collect(collecting, records, window, advance))
    troubles = tuple(
        Trouble(stage=failure.stage, kind=failure.kind, subject=failure.url, detail=failure.detail)
        for failure in records.failures
    )
    now = collecting.clock()
    with begin(engine) as session:
        forget_rounds(session, now - _ROUNDS_KEPT)
    return replace(
        report,
        sources=tally.sources,
        collected=records.new,
        known=tally.known + tally.kept - records.new,
        unchanged=tally.unchanged,
        outside=tally.outside,
        failed=counted(trouble.kind for trouble in troubles),
        troubles=troubles,
        alerts=alerts_now(engine, collecting.sources, now),
    )


def collect_day(
    database: str, collecting: Collecting, *, profile: Profile, day: date, advance: Callable[[int], None]
) -> tuple[list[Article], Report]:
    """Collecting alone, as a run of its own, for the window of the profile's issue of that day.

    The articles are all that the database now holds of these sources in that window, oldest first.
    """
    engine = open_database(database)
    try:
        with begin(engine) as session:
            run = runs.start_run(session, day=day, profile=profile.id, moment=collecting.clock())
        window = issue_window(profile, day)
        begun = Report(day=day, profile=profile.id)
        report = collect_into(engine, collecting, begun, run=run, window=window, advance=advance)
        with begin(engine) as session:
            figures = {"collected": report.collected, "failed": report.failed}
            runs.finish_run(session, run, moment=collecting.clock(), outcome="collected", report=figures)
        return known_articles(engine, profile, day, collecting.sources), report
    finally:
        engine.dispose()


def known_articles(engine: Engine, profile: Profile, day: date, sources: Sequence[Source]) -> list[Article]:
    """What the database holds of these sources in the window of the profile's issue of that day, oldest first."""
    window = issue_window(profile, day)
    with reading(engine) as session:
        return articles_of_window(session, window.start, window.end, sources=[source.id for source in sources])


async def _collect(
    collecting: Collecting, records: DatabaseRecords, window: Window, advance: Callable[[int], None]
) -> Tally:
    done = 0

    def progress(tally: Tally) -> None:
        nonlocal done
        advance(tally.sources - done)
        done = tally.sources

    with Processes(min(collecting.processes, len(collecting.sources) or 1)) as workers:
        async with Fetcher(contact=collecting.contact, clock=collecting.clock) as fetcher:
            return await collect(
                collecting.sources,
                fetcher=fetcher,
                records=records,
                extract=read_page,
                day_range=(window.start, window.end),
                clock=collecting.clock,
                workers=workers,
                progress=progress,
            )

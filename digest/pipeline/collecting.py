"""Collecting into the database: each article with its page in a transaction of its own, each failure noted."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Engine

from digest.choose import Window
from digest.model import Article, Page
from digest.pipeline.drafting import issue_window
from digest.pipeline.report import Report, Trouble, counted
from digest.profile import Profile
from scrapers.collect import Collected, Failure, Tally, collect
from scrapers.extract import extract
from scrapers.fetch import Fetcher
from scrapers.source import Source
from storage import runs
from storage.articles import articles_of_window, keep_article
from storage.database import begin, open_database, reading
from storage.pages import keep_page, seen_addresses


@dataclass(frozen=True, slots=True, kw_only=True)
class Collecting:
    """What is asked, in whose name, and the clock that dates what comes."""

    sources: tuple[Source, ...]
    contact: str
    clock: Callable[[], datetime]


def collect_into(  # noqa: PLR0913 - named where it is called
    engine: Engine, collecting: Collecting, report: Report, *, run: int, window: Window, advance: Callable[[int], None]
) -> Report:
    """One round through the sources; the report with its figures."""
    round_ = _Round(engine=engine, clock=collecting.clock, run=run, advance=advance)
    tally = asyncio.run(_collect(collecting, round_, window))
    troubles = tuple(
        Trouble(stage=failure.stage, kind=failure.kind, subject=failure.url, detail=failure.detail)
        for failure in round_.failures
    )
    return replace(
        report,
        sources=tally.sources,
        collected=round_.new,
        known=tally.known + tally.kept - round_.new,
        outside=tally.outside,
        failed=counted(trouble.kind for trouble in troubles),
        troubles=troubles,
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


class _Round:
    """The callbacks of one round, and what they counted."""

    def __init__(
        self, *, engine: Engine, clock: Callable[[], datetime], run: int, advance: Callable[[int], None]
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._run = run
        self._advance = advance
        self._sources_done = 0
        self.new = 0
        self.failures: list[Failure] = []

    def seen(self, identities: Collection[str]) -> set[str]:
        with reading(self._engine) as session:
            return seen_addresses(session, identities)

    def keep(self, collected: Collected) -> None:
        with begin(self._engine) as session:
            page = keep_page(session, collected.page, collected.source.id)
            self.new += keep_article(
                session,
                collected.article,
                source=collected.source.id,
                page_id=page,
                identities=collected.identities,
            )

    def fail(self, failure: Failure) -> None:
        self.failures.append(failure)
        with begin(self._engine) as session:
            if failure.page:
                keep_page(session, failure.page, failure.source)
            runs.record_failure(
                session,
                self._run,
                stage=failure.stage,
                kind=failure.kind,
                subject=failure.url,
                detail=failure.detail,
                moment=self._clock(),
            )

    def progress(self, tally: Tally) -> None:
        self._advance(tally.sources - self._sources_done)
        self._sources_done = tally.sources


async def _collect(collecting: Collecting, round_: _Round, window: Window) -> Tally:
    async with Fetcher(contact=collecting.contact, clock=collecting.clock) as fetcher:
        return await collect(
            collecting.sources,
            fetcher=fetcher,
            seen=round_.seen,
            keep=round_.keep,
            fail=round_.fail,
            day_range=(window.start, window.end),
            extract=_read,
            progress=round_.progress,
        )


def _read(page: Page, source: Source) -> Article:
    return extract(page.body, url=page.url, source=source, fetched=page.fetched, content_type=_content_type(page))


def _content_type(page: Page) -> str | None:
    return next((value for name, value in page.headers if name.lower() == "content-type"), None)

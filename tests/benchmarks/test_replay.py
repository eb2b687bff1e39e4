"""The short form of `benchmarks.collecting`: a real server in a process of its own, a real database, no clock held."""

import asyncio
from dataclasses import asdict
from pathlib import Path

import pytest

from benchmarks.replay_run import Plan, failed_by_source, kept_by_source, misjudged, serving
from benchmarks.replay_sites import Site, placed, source_of
from benchmarks.replay_text import DAY
from benchmarks.replay_ways import WAYS
from digest.pipeline.drafting import issue_window
from digest.pipeline.reading import read_page
from digest.pipeline.records import DatabaseRecords
from digest.profile import load
from scrapers.collecting.collect import collect
from scrapers.collecting.workers import Processes
from scrapers.fetching.fetch import Fetcher, Limits
from storage import runs
from storage.database import begin, open_database

CLEAN = Plan(hosts=6, pages=4, latency=0.01, delay=0.02)
BAD = Plan(pages=2, latency=0.01, delay=0.02, ways=True)


class Replay:
    """What came of a plan: failures and articles by outlet, and how politely it was asked."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        with serving(plan) as (ports, _server):
            self.sites = placed(asdict(plan) | {"ports": ports})
            self._collect(plan, folder / "diembao.db")
        self.failed = failed_by_source(folder / "diembao.db")
        self.kept = kept_by_source(folder / "diembao.db")

    def misjudged(self, site: Site) -> list[str]:
        return misjudged(site, self.failed.get(site.id, {}), self.kept.get(site.id, {}))

    def _collect(self, plan: Plan, database: Path) -> None:
        engine = open_database(f"sqlite:///{database}")
        with begin(engine) as session:
            run = runs.start_run(session, day=DAY.date(), profile="cchc", moment=DAY)
        records = DatabaseRecords(engine, clock=lambda: DAY, run=run)
        asyncio.run(self._round(plan, records))
        engine.dispose()

    async def _round(self, plan: Plan, records: DatabaseRecords) -> None:
        window = issue_window(load("cchc"), DAY.date())
        limits = Limits(seconds=5.0, first_pause=0.05, longest_wait=3.0)
        fetching = Fetcher(contact="https://diembao.example/", clock=lambda: DAY, limits=limits)
        with Processes(2) as workers:
            async with fetching as fetcher:
                await collect(
                    [source_of(site, delay=plan.delay) for site in self.sites],
                    fetcher=fetcher,
                    records=records,
                    extract=read_page,
                    day_range=(window.start, window.end),
                    clock=lambda: DAY,
                    workers=workers,
                )


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Replay:
    return Replay(BAD, tmp_path_factory.mktemp("bad"))


def test_every_article_of_outlets_that_answer_well_is_kept_and_read_exactly(tmp_path):
    replay = Replay(CLEAN, tmp_path)
    assert [line for site in replay.sites for line in replay.misjudged(site)] == []
    assert sum(len(articles) for articles in replay.kept.values()) == CLEAN.hosts * CLEAN.pages


@pytest.mark.parametrize("number", range(len(WAYS)), ids=[way.name for way in WAYS])
def test_an_outlet_that_misbehaves_costs_itself_alone_and_is_counted_under_its_kind(bad: Replay, number: int):
    assert bad.misjudged(bad.sites[number]) == []

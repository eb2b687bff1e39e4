"""What a page costs when each part of the work is done alone, on one core."""

import asyncio
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import trafilatura

from benchmarks.replay_pages import address_of
from benchmarks.replay_run import Plan, serving
from benchmarks.replay_sites import Site, placed, source_of
from benchmarks.replay_text import DAY
from digest.model import Article, Page
from scrapers.extraction.extract import extract
from scrapers.fetching.fetch import Fetcher
from scrapers.source import Source
from storage.articles import keep_article
from storage.database import begin, open_database
from storage.pages import keep_page

CORES = len(os.sched_getaffinity(0))
_SAMPLE = Plan(hosts=12, pages=10, latency=0.0, delay=0.0, seed=7)
_ROUNDS = 2


def alone() -> dict[str, float]:
    """Processor milliseconds a page of each part, and of trafilatura with and without metadata."""
    with serving(_SAMPLE) as (ports, _server):
        known = {
            "hosts": _SAMPLE.hosts,
            "pages": _SAMPLE.pages,
            "seed": _SAMPLE.seed,
            "misbehaving": False,
            "ways": False,
        }
        start = time.process_time()
        told = asyncio.run(_fetched(placed(known | {"ports": ports})))
        fetching = (time.process_time() - start) / len(told) * 1000
    return {
        "fetch": fetching,
        "extract": _milliseconds(lambda: [_read(page, source) for page, source in told], len(told)),
        "keep": _keeping([(page, source, _read(page, source)) for page, source in told]),
        "trafilatura": _milliseconds(
            lambda: [trafilatura.bare_extraction(page.body, with_metadata=True) for page, _ in told], len(told)
        ),
        "trafilatura_text": _milliseconds(lambda: [trafilatura.extract(page.body) for page, _ in told], len(told)),
    }


async def _fetched(wanted: list[Site]) -> list[tuple[Page, Source]]:
    async with Fetcher(contact="https://diembao.example/", clock=lambda: DAY) as fetcher:
        rows = await asyncio.gather(*(_of_site(fetcher, site) for site in wanted))
    return [pair for row in rows for pair in row]


async def _of_site(fetcher: Fetcher, site: Site) -> list[tuple[Page, Source]]:
    source = source_of(site, delay=0.0)
    urls = [site.base + address_of(site.system, piece) for piece in site.pieces()]
    return [(await fetcher.fetch(url, source=source, kind="page"), source) for url in urls]


def _read(page: Page, source: Source) -> Article:
    return extract(
        page.body, url=page.url, source=source, fetched=page.fetched, content_type="text/html; charset=utf-8"
    )


def _milliseconds(work: Callable[[], object], count: int) -> float:
    """Of the fastest round."""
    best = float("inf")
    for _ in range(_ROUNDS):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best / count * 1000


def _keeping(told: list[tuple[Page, Source, Article]]) -> float:
    with tempfile.TemporaryDirectory(prefix="replay-") as folder:
        engine = open_database(f"sqlite:///{Path(folder, 'diembao.db')}")
        start = time.process_time()
        for page, source, article in told:
            with begin(engine) as session:
                keep_article(
                    session,
                    article,
                    source=source.id,
                    page_id=keep_page(session, page, source.id),
                    identities=(page.url,),
                )
        took = time.process_time() - start
        engine.dispose()
    return took / len(told) * 1000

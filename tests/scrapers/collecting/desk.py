"""Rounds with records in memory, and the articles they meet."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from digest.model import Article, Page
from scrapers.collecting.collect import collect
from scrapers.collecting.rounds import Tally
from scrapers.collecting.workers import Workers
from scrapers.source import Source
from tests.fakes import at
from tests.scrapers.fakes import (
    Notebook,
    OneThread,
    Web,
    a_feed,
    a_fetcher,
    a_source,
    read_title,
)

DAY = (at("2026-03-02 00:00"), at("2026-03-03 00:00"))
NOW = at("2026-03-02 07:30")
MORNING = "Mon, 02 Mar 2026 07:30:00 +07:00"
LAST_WEEK = "Mon, 23 Feb 2026 07:30:00 +07:00"


class Desk(Notebook):
    """Records of a round, and the rounds run with them."""

    def __init__(
        self,
        known: Iterable[str] = (),
        *,
        extract: Callable[[Page, Source], Article] = read_title,
        clock: Callable[[], datetime] = lambda: NOW,
        patience: int = 1_000,
    ) -> None:
        super().__init__(known, patience=patience)
        self.tallies: list[Tally] = []
        self.extract = extract
        self.clock = clock

    def run(self, *sources: Source, **fields: Any) -> Tally:
        return asyncio.run(self.round(*sources, **fields))

    async def round(
        self,
        *sources: Source,
        day_range: tuple[datetime, datetime] = DAY,
        workers: Workers | None = None,
        **fields: Any,
    ) -> Tally:
        async with a_fetcher(**fields) as fetcher:
            with OneThread() as thread:
                return await collect(
                    sources,
                    fetcher=fetcher,
                    records=self,
                    extract=self.extract,
                    day_range=day_range,
                    clock=self.clock,
                    workers=workers or thread,
                    progress=self.tallies.append,
                )

    def titles(self) -> list[str]:
        return sorted(collected.article.title for collected in self.kept)

    def kinds(self) -> list[str]:
        return sorted(failure.kind for failure in self.failed)


def article(web: Web, number: int, title: str = "Xã trả kết quả sớm") -> str:
    return web.gives(f"/tin-{number}.html", f"<html><h1>{title} {number}</h1></html>")


def fed(web: Web, *urls: str, **headers: Any) -> Source:
    return a_source(feeds=(web.gives("/rss", a_feed(*((url, "Tin", MORNING) for url in urls)), **headers),))

"""The real collector reads the newsroom: every readable page exactly, every unreadable one counted."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from digest.demo.newsroom import Newsroom
from digest.demo.press import load as load_outlets
from digest.model import Article, Page
from scrapers import catalogue
from scrapers.collecting.collect import collect
from scrapers.collecting.rounds import Collected, Failure, Tally
from scrapers.extraction.extract import extract
from scrapers.fetching.fetch import Fetcher
from scrapers.source import Source
from tests.fakes import at
from tests.scrapers.fakes import Notebook, OneThread

WINDOW = (at("2026-02-27 00:00"), at("2026-03-03 00:00"))


@dataclass
class Harvest:
    tally: Tally
    notebook: Notebook = field(default_factory=Notebook)
    gold: tuple[Article, ...] = ()
    asked: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def kept(self) -> list[Collected]:
        return self.notebook.kept

    @property
    def failed(self) -> list[Failure]:
        return self.notebook.failed

    def article(self, gold: Article) -> Article:
        (found,) = [one.article for one in self.kept if one.article.url == gold.url]
        return found


def read(page: Page, source: Source) -> Article:
    headers = {name.lower(): value for name, value in page.headers}
    content_type = headers.get("content-type")
    return extract(page.body, url=page.url, source=source, fetched=page.fetched, content_type=content_type)


async def gather(sources: tuple[Source, ...], harvest: Harvest) -> None:
    async with Fetcher(contact="bandoc@baolua.example", clock=lambda: at("2026-03-02 09:30")) as fetcher:
        with OneThread() as workers:
            harvest.tally = await collect(
                sources,
                fetcher=fetcher,
                records=harvest.notebook,
                day_range=WINDOW,
                extract=read,
                workers=workers,
                clock=lambda: at("2026-03-02 09:30"),
            )


@pytest.fixture(scope="module")
def harvest(tmp_path_factory: pytest.TempPathFactory) -> Harvest:
    file: Path = tmp_path_factory.mktemp("newsroom") / "newsroom.toml"
    found = Harvest(Tally())
    with Newsroom() as newsroom:
        file.write_text(newsroom.catalogue_toml(), encoding="utf-8")
        asyncio.run(gather(catalogue.load([file], shipped=False), found))
        found.gold = newsroom.articles
        found.asked = newsroom.requests()
    return found


def test_every_readable_page_is_kept_once(harvest: Harvest) -> None:
    assert sorted(str(one.article.url) for one in harvest.kept) == sorted(str(gold.url) for gold in harvest.gold)
    assert harvest.tally.kept == len(harvest.gold) == 52


def test_what_cannot_be_read_is_counted_by_its_kind(harvest: Harvest) -> None:
    assert Counter(failure.kind for failure in harvest.failed) == {"empty-feed": 1, "captcha": 1, "server-error": 1}


@pytest.mark.parametrize(
    "name",
    [
        "url",
        "outlet",
        "title",
        "sapo",
        "paragraphs",
        "kinds",
        "images",
        "author",
        "author_note",
        "published",
        "rubric",
        "tags",
    ],
)
def test_each_field_is_read_exactly(harvest: Harvest, name: str) -> None:
    for gold in harvest.gold:
        assert (gold.id, getattr(harvest.article(gold), name)) == (gold.id, getattr(gold, name))


def test_nothing_was_read_by_the_general_extractor(harvest: Harvest) -> None:
    flags = {flag for one in harvest.kept for flag in one.article.flags}
    assert flags <= {"no-author", "time-shown"}


def test_every_site_was_asked_for_its_robots_file_first_and_for_no_page_twice(harvest: Harvest) -> None:
    assert set(harvest.asked) == {outlet.id for outlet in load_outlets()}
    for paths in harvest.asked.values():
        assert paths[0] == "/robots.txt"
        assert len(set(paths)) == len(paths)

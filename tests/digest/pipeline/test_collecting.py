"""Rounds through a real web into a real database: what one round leaves for the next."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from digest.model import Article
from digest.pipeline.collecting import Collecting, collect_day
from digest.pipeline.report import Report
from digest.profile import load
from scrapers.source import Selectors, Source
from storage.database import open_database, reading
from storage.health import rounds_by_source
from storage.pages import latest_page
from storage.schema import BreakerRow, FailureRow
from tests.fakes import at
from tests.scrapers.fakes import Web, a_feed, a_source, a_web

DAY = date(2026, 3, 2)
MORNING = at("2026-03-02 05:00")
DATED = "Mon, 02 Mar 2026 04:30:00 +07:00"
TEXT = "Từ tuần này, bộ phận một cửa của phường nhận hồ sơ cả sáng thứ bảy và trả kết quả ngay trong buổi."


@pytest.fixture
def web() -> Iterator[Web]:
    with a_web() as running:
        yield running


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'diembao.db'}"


class Office:
    """An office's rounds, twenty minutes apart."""

    def __init__(self, database: str) -> None:
        self.database = database
        self.now = MORNING

    def round(self, *sources: Source, processes: int = 1) -> tuple[list[Article], Report]:
        collecting = Collecting(
            sources=sources, contact="bantin@tinh.example", clock=self._clock(), processes=processes
        )
        outcome = collect_day(self.database, collecting, profile=load("cchc"), day=DAY, advance=lambda _steps: None)
        self.now += timedelta(minutes=20)
        return outcome

    def _clock(self) -> Callable[[], datetime]:
        moment = self.now
        return lambda: moment

    def engine(self) -> Engine:
        return open_database(self.database)


@pytest.fixture
def office(database: str) -> Office:
    return Office(database)


def an_article(web: Web, number: int) -> str:
    body = f"<h1>Phường {number} mở cửa sáng thứ bảy</h1><div class='noi-dung'><p>{TEXT}</p><p>{TEXT} Lần {number}.</p></div>"
    return web.gives(f"/phuong-mo-cua-sang-thu-bay-{number}.html", f"<html><body>{body}</body></html>")


def a_paper(web: Web, *urls: str, **headers: Any) -> Source:
    feed = web.gives("/rss", a_feed(*((url, "Phường mở cửa sáng thứ bảy", DATED) for url in urls)), **headers)
    return a_source(feeds=(feed,), selectors=Selectors(title=("h1",), body=(".noi-dung",)))


def test_an_article_comes_with_its_page_and_is_kept_once(web: Web, office: Office):
    url = an_article(web, 10001)
    source = a_paper(web, url)
    articles, report = office.round(source)
    assert [article.title for article in articles] == ["Phường 10001 mở cửa sáng thứ bảy"]
    assert (report.sources, report.collected, report.failed) == (1, 1, {})
    articles, report = office.round(source)
    assert (len(articles), report.collected, report.known) == (1, 0, 1)
    with reading(office.engine()) as session:
        assert latest_page(session, url) is not None


def test_what_each_source_brought_is_noted(web: Web, office: Office):
    source = a_paper(web, an_article(web, 10001), web.base + "/khong-co-10002.html")
    office.round(source)
    with reading(office.engine()) as session:
        (noted,) = rounds_by_source(session, MORNING, MORNING)["baolua"]
    assert (noted.source, noted.way, noted.found, noted.kept) == ("baolua", "listings", 2, 1)
    assert noted.failed == {"not-found": 1}
    assert noted.ended == MORNING


def test_an_address_that_is_gone_is_asked_in_three_rounds_and_no_more(web: Web, office: Office):
    gone = web.base + "/khong-co-10002.html?utm_source=rss"
    source = a_paper(web, an_article(web, 10001), gone)
    reports = []
    for _ in range(4):
        reports.append(office.round(source)[1])
        office.now += timedelta(hours=2)
    assert [report.failed for report in reports] == [{"not-found": 1}] * 3 + [{}]
    assert web.paths().count("/khong-co-10002.html") == 3
    with reading(office.engine()) as session:
        noted = session.scalars(select(FailureRow).order_by(FailureRow.id)).all()
        assert [row.permanent for row in noted] == [False, False, True]
        assert {row.source for row in noted} == {"baolua"}


def test_a_passing_fault_is_never_given_up(web: Web, office: Office):
    web.gives("/tin-10002.html", "", status=500)
    source = a_paper(web, web.base + "/tin-10002.html")
    for _ in range(4):
        assert office.round(source)[1].failed == {"server-error": 1}
    an_article(web, 10002)
    web.behaviours["/tin-10002.html"] = web.behaviours["/phuong-mo-cua-sang-thu-bay-10002.html"]
    assert office.round(source)[1].collected == 1


def test_a_page_that_could_not_be_read_is_kept_for_better_rules(web: Web, office: Office):
    url = web.gives("/tin-10001.html", "<html><body><p>captcha</p></body></html>")
    assert office.round(a_paper(web, url))[1].failed == {"captcha": 1}
    with reading(office.engine()) as session:
        page = latest_page(session, url)
    assert page is not None
    assert b"captcha" in page.body


def test_validators_outlive_the_round(web: Web, office: Office):
    source = a_paper(web, an_article(web, 10001), ETag='"mot"')
    office.round(source)
    office.round(source)
    feeds = [headers for path, headers in web.asked if path == "/rss"]
    assert feeds[1]["If-None-Match"] == '"mot"'


def test_a_breaker_outlives_the_round(web: Web, office: Office):
    source = a_source(feeds=tuple(web.gives(f"/rss-{number}", "", status=500, Retry_After="0") for number in range(3)))
    office.round(source)
    with reading(office.engine()) as session:
        (standing,) = session.scalars(select(BreakerRow)).all()
        assert standing.open_until == MORNING + timedelta(minutes=10)
    office.now = MORNING + timedelta(minutes=5)
    web.asked.clear()
    assert office.round(source)[1].failed == {"host-down": 3}
    assert web.asked == []


def test_many_outlets_are_read_by_processes(web: Web, office: Office):
    with a_web() as second, a_web() as third, a_web() as fourth:
        sources = []
        for number, place in enumerate((web, second, third, fourth)):
            paper = a_paper(place, an_article(place, 10001 + number))
            sources.append(a_source(id=f"bao{number}", feeds=paper.feeds, selectors=paper.selectors))
        articles, report = office.round(*sources, processes=2)
    assert (len(articles), report.collected, report.failed) == (4, 4, {})

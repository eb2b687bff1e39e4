"""The stored pages read again by today's rules."""

import hashlib
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from digest.errors import ExtractError
from digest.model import Article, Link, Page
from digest.pipeline import again
from digest.pipeline.again import Compared, Count, Unread
from digest.pipeline.again_lines import line_of
from digest.pipeline.reading import read_page
from scrapers.collecting.from_listing import filled
from scrapers.collecting.workers import Processes
from scrapers.identity import same_article
from scrapers.source import Former, Selectors, Source
from storage.articles import article_by_id, article_by_url, keep_article
from storage.database import begin, open_database, reading
from storage.judgements import keep_judgement, unjudged
from storage.pages import keep_page
from storage.runs import record_failure, start_run
from tests.fakes import at
from tests.scrapers.fakes import OneThread, a_page, a_source
from tests.storage.fakes import a_judgement

MORNING = at("2026-03-02 08:00")
WORDS = "Bộ phận một cửa của xã Tân Lúa trả kết quả chứng thực ngay trong buổi sáng, người dân không phải quay lại."
OLD_RULES = Selectors(title=("h1",), body=("div.bai",), time=("span.gio",))
NEW_RULES = replace(OLD_RULES, sapo=("p.dan",), author=("p.nguoi",), drop=("p.quang-cao",))


def markup(number: int = 1, time: str = "02/03/2026 07:30", body: str = "bai") -> str:
    return (
        f"<html><head><title>Tin</title></head><body><h1>Một cửa trả kết quả trong ngày {number}</h1>"
        f'<span class="gio">{time}</span><p class="dan">Xã ven sông rút ngắn một nửa thời gian chứng thực.</p>'
        f'<div class="{body}"><p>{WORDS}</p><p class="quang-cao">Mua báo giấy ở quầy.</p><p>{WORDS} Lần hai.</p></div>'
        f'<p class="nguoi">Lê Bến</p></body></html>'
    )


def source_with(rules: Selectors, **fields: object) -> Source:
    return a_source(domain="baolua.example", allow_private=False, selectors=rules, **fields)


def page_of(number: int = 1, text: str | None = None, fetched=MORNING) -> Page:
    body = (text or markup(number)).encode()
    address = f"https://baolua.example/mot-cua-tra-ket-qua-a100{number}.html"
    return a_page(asked=address, url=address, body=body, fetched=fetched, sha256=hashlib.sha256(body).hexdigest())


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{tmp_path / 'diembao.db'}")
    yield engine
    engine.dispose()


def collect(engine: Engine, page: Page, *, told: Link | None = None, rules: Selectors = OLD_RULES) -> Article:
    """As a round keeps it, by yesterday's rules."""
    article = filled(read_page(page, source_with(rules)), told or Link(url=page.asked, title=""))
    with begin(engine) as session:
        keep_article(
            session,
            article,
            source="baolua",
            page_id=keep_page(session, page, "baolua"),
            identities=[same_article(page.asked)],
        )
    return article


def fail(engine: Engine, page: Page, kind: str = "no-article") -> None:
    """As a round keeps a page that it could not read."""
    with begin(engine) as session:
        keep_page(session, page, "baolua")
        run = start_run(session, day=date(2026, 3, 2), profile="cchc", moment=MORNING)
        record_failure(session, run, stage="extract", kind=kind, subject=page.asked, detail="", moment=MORNING)


def read_again(engine: Engine, rules: Selectors = NEW_RULES, **options: object) -> list[Compared | Unread]:
    source = options.pop("source", None) or source_with(rules)
    with OneThread() as workers:
        return list(again.read_again(engine, [source], workers=workers, read=read_page, **options))  # type: ignore[arg-type, list-item]  # real options


def compared(engine: Engine, **options: object) -> Compared:
    (outcome,) = read_again(engine, **options)  # type: ignore[arg-type]  # as above
    assert isinstance(outcome, Compared)
    return outcome


def stored(engine: Engine, article: Article) -> Article:
    with reading(engine) as session:
        found = article_by_id(session, article.id)
    assert found is not None
    return found


def test_the_same_rules_show_no_difference(engine):
    collect(engine, page_of())
    assert compared(engine, rules=OLD_RULES).fields == ()


def test_changed_rules_show_each_field_and_the_lines_that_went_and_came(engine):
    collect(engine, page_of())
    outcome = compared(engine)
    assert outcome.fields == ("sapo", "paragraphs", "kinds", "author", "flags")
    line = line_of(outcome)
    assert line["newly"] is False
    assert line["differs"]["author"] == {"old": None, "new": "Lê Bến"}
    assert line["differs"]["paragraphs"] == ["-Mua báo giấy ở quầy."]
    assert (line["source"], line["url"]) == ("baolua", page_of().url)


def test_nothing_is_written_until_it_is_kept(engine):
    before = stored(engine, collect(engine, page_of()))
    outcome = compared(engine)
    assert stored(engine, before) == before
    assert again.keep(engine, outcome)
    after = stored(engine, before)
    assert (after.id, after.url, after.fetched) == (before.id, before.url, before.fetched)
    assert (after.author, after.sapo) == ("Lê Bến", "Xã ven sông rút ngắn một nửa thời gian chứng thực.")
    assert compared(engine).fields == ()


def test_an_article_that_reads_otherwise_is_judged_again(engine):
    article = collect(engine, page_of())
    with begin(engine) as session:
        keep_judgement(session, article.id, a_judgement())
    assert again.keep(engine, compared(engine))
    with reading(engine) as session:
        waiting = unjudged(session, at("2026-03-01 00:00"), at("2026-03-03 00:00"), "m1")
    assert [one.id for one in waiting] == [article.id]


def test_what_only_the_feed_knew_is_neither_lost_nor_reported(engine):
    page = page_of(text=markup(time="").replace('class="dan"', 'class="khac"').replace("Xã ven", "Ở xã ven"))
    told = Link(url=page.asked, title="", sapo="Báo tóm tắt tin này.", published=at("2026-03-02 06:45"))
    article = collect(engine, page, told=told)
    assert {"sapo-from-feed", "time-from-feed"} <= set(article.flags)
    assert compared(engine, rules=OLD_RULES).fields == ()
    outcome = compared(engine)
    assert outcome.fields == ("paragraphs", "kinds", "author", "flags")
    assert again.keep(engine, outcome)
    after = stored(engine, article)
    assert (after.sapo, after.published) == ("Báo tóm tắt tin này.", at("2026-03-02 06:45"))


def test_a_standfirst_that_the_page_gives_now_takes_the_feeds_place(engine):
    article = collect(engine, page_of(), told=Link(url="x", title="", sapo="Báo tóm tắt tin này."))
    outcome = compared(engine)
    assert line_of(outcome)["differs"]["sapo"] == {
        "old": "Báo tóm tắt tin này.",
        "new": "Xã ven sông rút ngắn một nửa thời gian chứng thực.",
    }
    assert again.keep(engine, outcome)
    assert "sapo-from-feed" not in stored(engine, article).flags


def test_a_time_that_is_found_no_more_is_shown_once_and_never_erased(engine):
    def without_time(page: Page, source: Source) -> Article:
        article = read_page(page, source)
        return replace(article, published=None, flags=(*article.flags, "no-time"))

    def read() -> Compared:
        with OneThread() as workers:
            (outcome,) = again.read_again(engine, [source_with(OLD_RULES)], workers=workers, read=without_time)
        assert isinstance(outcome, Compared)
        return outcome

    article = collect(engine, page_of())
    outcome = read()
    assert outcome.fields == ("published", "flags")
    assert again.keep(engine, outcome)
    assert stored(engine, article).published == at("2026-03-02 07:30")
    assert read().fields == ()


def test_an_author_and_a_standfirst_that_are_found_no_more_are_shown_once_and_never_erased(engine):
    article = collect(engine, page_of(), rules=NEW_RULES)
    before = stored(engine, article)
    assert before.author == "Lê Bến"
    outcome = compared(engine, rules=OLD_RULES)
    assert {"author", "sapo"} <= set(outcome.fields)
    assert line_of(outcome)["differs"]["author"] == {"old": "Lê Bến", "new": None}
    assert again.keep(engine, outcome)
    after = stored(engine, article)
    assert (after.author, after.author_note, after.sapo) == (before.author, before.author_note, before.sapo)
    assert len(after.paragraphs) > len(before.paragraphs)  # the rest is today's reading
    assert compared(engine, rules=OLD_RULES).fields == ()


def test_former_selectors_read_the_pages_of_their_time(engine):
    collect(engine, page_of(text=markup(body="bai")))
    moved = replace(NEW_RULES, body=("div.khung",), drop=("p.quang-cao",))
    former = Former(until=date(2026, 3, 10), selectors=OLD_RULES)
    outcome = compared(engine, source=source_with(moved, former=(former,)))
    assert "fallback" not in outcome.new.flags


def test_a_page_that_could_not_be_read_is_read_at_last_and_kept(engine):
    page = page_of()
    fail(engine, page)
    outcome = compared(engine)
    assert outcome.old is None
    line = line_of(outcome)
    assert line["newly"] is True
    assert line["differs"]["title"] == {"old": None, "new": "Một cửa trả kết quả trong ngày 1"}
    assert all(text.startswith("+") for text in line["differs"]["paragraphs"])
    assert again.keep(engine, outcome)
    with reading(engine) as session:
        found = article_by_url(session, same_article(page.asked))
    assert found is not None
    assert found.fetched == MORNING
    assert compared(engine).fields == ()


def test_a_failed_page_whose_article_came_in_another_way_is_passed_over(engine):
    page = page_of()
    mobile = replace(page, asked="https://m.baolua.example/mot-cua-tra-ket-qua-a1001.html", sha256="1" * 64)
    fail(engine, replace(mobile, url=mobile.asked))
    collect(engine, page)
    assert [outcome.new.url for outcome in read_again(engine) if isinstance(outcome, Compared)] == [page.url]


def test_a_reading_that_lost_the_text_is_shown_and_never_kept(engine):
    def without_text(page: Page, source: Source) -> Article:
        return replace(read_page(page, source), paragraphs=(), kinds=())

    article = collect(engine, page_of())
    with OneThread() as workers:
        (outcome,) = again.read_again(engine, [source_with(NEW_RULES)], workers=workers, read=without_text)
    assert isinstance(outcome, Compared)
    assert line_of(outcome)["differs"]["paragraphs"][0].startswith("-")
    assert not again.keep(engine, outcome)
    assert stored(engine, article).paragraphs


def test_an_article_that_was_read_from_a_newer_page_in_the_meantime_stays(engine):
    article = collect(engine, page_of())
    outcome = compared(engine)
    collect(engine, page_of(text=markup().replace("Lần hai", "Lần cuối"), fetched=MORNING + timedelta(hours=1)))
    assert not again.keep(engine, outcome)
    assert "Lần cuối" in stored(engine, article).paragraphs[-1]


def test_what_cannot_be_read_costs_itself_alone_and_is_told_by_what_it_was(engine):
    for number in (1, 2, 3, 4):
        collect(engine, page_of(number))
    fail(engine, page_of(5, text="<html><body><h1>404</h1></body></html>"), "soft-404")
    with begin(engine) as session:
        keep_article(
            session,
            replace(read_page(page_of(6), None), id="la"),
            source="baola",
            page_id=keep_page(session, page_of(6), "baola"),
        )
        session.connection().exec_driver_sql("UPDATE pages SET body = x'00' WHERE id = 2")

    def picky(page: Page, source: Source) -> Article:
        if "a1003" in page.url:
            raise ExtractError(page.url, "no-article", "no title")
        return read_page(page, source)

    count = Count()
    with OneThread() as workers:
        for outcome in again.read_again(engine, [source_with(OLD_RULES)], workers=workers, read=picky):
            count.add(outcome)
    report = count.report()
    assert (report.pages, report.same, report.differing) == (6, 2, 0)
    assert report.failed == {"damaged": 1, "no-article": 1, "no-source": 1}
    assert list(report.still_unread.values()) == [1]
    assert "stays as it was read before" in report.troubles[0].detail


def test_the_report_counts_by_field_and_by_source(engine):
    for number in (1, 2):
        collect(engine, page_of(number))
    fail(engine, page_of(3))
    count = Count()
    for outcome in read_again(engine):
        count.add(outcome)
        assert isinstance(outcome, Compared)
        if again.keep(engine, outcome):
            count.add_kept()
    report = count.report()
    assert (report.pages, report.differing, report.newly, report.kept) == (3, 2, 1, 3)
    assert report.fields == {"author": 2, "flags": 2, "kinds": 2, "paragraphs": 2, "sapo": 2}
    assert report.sources == {"baolua": 3}


def test_sources_and_the_day_of_fetching_narrow_it(engine):
    collect(engine, page_of(1, fetched=MORNING - timedelta(days=2)))
    collect(engine, page_of(2))
    assert compared(engine, since=at("2026-03-02 00:00")).new.title.endswith("2")
    assert read_again(engine, only=["baonui"]) == []


def never_ends(page: Page, source: Source) -> Article:
    if "a1002" in page.url:
        time.sleep(60)
    if "a1003" in page.url:
        os._exit(1)
    return read_page(page, source)


def test_a_page_that_never_ends_or_kills_its_reader_costs_itself_alone(engine):
    for number in range(1, 5):
        collect(engine, page_of(number))
    with Processes(1, seconds=6.0) as workers:
        outcomes = list(again.read_again(engine, [source_with(OLD_RULES)], workers=workers, read=never_ends))
    assert [outcome.kind if isinstance(outcome, Unread) else "" for outcome in outcomes] == [
        "",
        "reader-hung",
        "reader-died",
        "",
    ]

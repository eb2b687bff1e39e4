"""Pages, and what need not be fetched again."""

import zlib
from datetime import UTC

import pytest
from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

from digest.errors import StorageError
from storage.articles import keep_article
from storage.database import begin
from storage.pages import (
    keep_page,
    latest_page,
    page_by_id,
    seen_addresses,
)
from storage.runs import record_failure, start_run
from storage.schema import PageRow
from tests.fakes import an_article, at
from tests.storage.fakes import DAY, a_page


def test_a_page_comes_back_as_it_was_fetched(session: Session):
    page = a_page(text="Đề án " * 1000)
    kept = page_by_id(session, keep_page(session, page, "baolua"))
    assert kept == page
    assert kept is not None
    assert kept.fetched.tzinfo is UTC


def test_bytes_are_kept_compressed(session: Session):
    page = a_page(text="Đề án " * 1000)
    row = session.get_one(PageRow, keep_page(session, page, "baolua"))
    assert len(row.body) < len(page.body) / 10


def test_the_same_bytes_fetched_again_are_one_page_with_the_newer_time(session: Session):
    first = keep_page(session, a_page(), "baolua")
    again = a_page(fetched=at("2026-03-02 09:00"), headers=(("etag", "v2"),))
    assert keep_page(session, again, "baolua") == first
    assert page_by_id(session, first) == again


def test_the_latest_page_is_found_by_either_address(session: Session):
    old, new = a_page(), a_page(text="<h1>Bản sửa</h1>", fetched=at("2026-03-02 10:00"))
    keep_page(session, new, "baolua")
    keep_page(session, old, "baolua")
    assert latest_page(session, new.asked) == new
    assert latest_page(session, new.url) == new
    assert latest_page(session, "https://baolua.example/khac") is None


def test_a_page_that_returns_to_old_bytes_is_the_latest_again(session: Session):
    old, new = a_page(), a_page(text="<h1>Bản sửa</h1>", fetched=at("2026-03-02 10:00"))
    back = a_page(fetched=at("2026-03-02 11:00"))
    for page in (old, new, back):
        keep_page(session, page, "baolua")
    assert latest_page(session, new.asked) == back


def test_an_unknown_page_is_none(session: Session):
    assert page_by_id(session, 7) is None


def test_a_damaged_page_is_named(session: Session):
    page_id = keep_page(session, a_page(), "baolua")
    session.execute(update(PageRow).values(body=zlib.compress(b"x")[:-3]))
    session.expire_all()
    with pytest.raises(StorageError, match=r"page 1 \(https://baolua.example/a1\) is damaged.*restore"):
        page_by_id(session, page_id)


def test_addresses_of_a_kept_article_are_seen_asked_and_arrived_at(session: Session):
    page = a_page()
    article = an_article(url="https://baolua.example/canonical")
    keep_article(session, article, source="baolua", page_id=keep_page(session, page, "baolua"))
    known = {page.asked, page.url, "https://baolua.example/canonical"}
    assert seen_addresses(session, known | {"https://baolua.example/moi"}) == known


def test_a_page_without_an_article_is_not_seen(session: Session):
    page = a_page()
    keep_page(session, page, "baolua")
    assert seen_addresses(session, [page.asked, page.url]) == set()


def test_only_permanent_failures_are_seen(session: Session):
    run = start_run(session, day=DAY, profile="cchc", moment=at("2026-03-02 05:00"))
    for subject, permanent in (("https://a.example/gone", True), ("https://a.example/slow", False)):
        record_failure(
            session,
            run,
            stage="fetch",
            kind="status",
            subject=subject,
            detail="",
            moment=at("2026-03-02 05:01"),
            permanent=permanent,
        )
    asked = ["https://a.example/gone", "https://a.example/slow"]
    assert seen_addresses(session, asked) == {"https://a.example/gone"}


def test_a_day_of_addresses_is_asked_for_at_once(session: Session):
    keep_article(session, an_article(), source=None, page_id=None)
    many = [f"https://baolua.example/{number}" for number in range(40_000)]
    assert seen_addresses(session, [*many, str(an_article().url)]) == {an_article().url}


def test_an_article_that_failed_for_good_is_seen_under_its_identity(session: Session):
    run = start_run(session, day=DAY, profile="cchc", moment=at("2026-03-02 05:00"))
    for name, permanent in (("a1", True), ("a2", False)):
        record_failure(
            session,
            run,
            stage="fetch",
            kind="not-found",
            subject=f"https://baolua.example/{name}?utm_source=rss",
            detail="404",
            moment=at("2026-03-02 05:01"),
            permanent=permanent,
            identity=f"https://baolua.example/{name}",
        )
    keys = ["https://baolua.example/a1", "https://baolua.example/a2"]
    assert seen_addresses(session, keys) == {"https://baolua.example/a1"}


def test_a_time_without_an_offset_is_refused(engine: Engine):
    naive = a_page(fetched=at("2026-03-02 08:00").replace(tzinfo=None))
    with (
        pytest.raises(StorageError, match="a time without an offset: 2026-03-02T08:00:00") as caught,
        begin(engine) as s,
    ):
        keep_page(s, naive, "baolua")
    assert caught.value.__cause__ is not None

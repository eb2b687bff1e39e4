"""Which stored pages are worth reading again."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from storage.again import StoredPage, is_read_from, pages_to_read_again
from storage.articles import keep_article
from storage.pages import keep_page
from storage.runs import record_failure, start_run
from tests.fakes import an_article, at
from tests.storage.fakes import DAY, a_page

MORNING = at("2026-03-02 08:00")


@pytest.fixture
def run(session: Session) -> int:
    return start_run(session, day=DAY, profile="cchc", moment=MORNING)


def keep(session: Session, name: str, *, source: str = "baolua", text: str = "x", **fields: object) -> int:
    address = f"https://baolua.example/{name}"
    return keep_page(session, a_page(asked=address, url=address, text=text, **fields), source)


def fail(session: Session, run: int, name: str, *, stage: str = "extract", kind: str = "no-article") -> None:
    record_failure(
        session, run, stage=stage, kind=kind, subject=f"https://baolua.example/{name}", detail="", moment=MORNING
    )


def article(session: Session, name: str, page: int) -> None:
    address = f"https://baolua.example/{name}"
    keep_article(session, an_article(id=name, url=address), source="baolua", page_id=page)


def test_pages_that_led_to_an_article_come_in_order_and_in_pieces(session: Session):
    pages = [keep(session, name) for name in ("a", "b", "c")]
    for name, page in zip("abc", pages, strict=True):
        article(session, name, page)
    first = pages_to_read_again(session, after=0, most=2)
    assert first == [
        StoredPage(id=pages[0], source="baolua", article="a"),
        StoredPage(id=pages[1], source="baolua", article="b"),
    ]
    assert pages_to_read_again(session, after=pages[1], most=2) == [
        StoredPage(id=pages[2], source="baolua", article="c")
    ]
    assert pages_to_read_again(session, after=pages[2], most=2) == []


def test_an_older_page_of_an_article_is_not_read_again(session: Session):
    old, new = keep(session, "a", text="cũ"), keep(session, "a", text="mới")
    article(session, "a", old)
    article(session, "a", new)
    assert [page.id for page in pages_to_read_again(session, after=0, most=9)] == [new]
    assert is_read_from(session, "a", new)
    assert not is_read_from(session, "a", old)
    assert not is_read_from(session, "khong-co", old)


def test_of_a_page_that_could_not_be_read_the_newest_is_read_again(session: Session, run: int):
    keep(session, "hong", text="cũ")
    new = keep(session, "hong", text="mới", fetched=MORNING + timedelta(hours=1))
    fail(session, run, "hong")
    assert pages_to_read_again(session, after=0, most=9) == [StoredPage(id=new, source="baolua", article=None)]


def test_what_was_read_since_or_never_failed_or_was_another_article_is_left(session: Session, run: int):
    read_since = keep(session, "mot", text="cũ")
    fail(session, run, "mot")
    article(session, "mot", keep(session, "mot", text="mới"))
    keep(session, "listing")
    keep(session, "lac")
    fail(session, run, "lac", kind="wrong-article")
    keep(session, "mang")
    fail(session, run, "mang", stage="fetch")
    assert read_since not in [page.id for page in pages_to_read_again(session, after=0, most=9)]
    assert [page.article for page in pages_to_read_again(session, after=0, most=9)] == ["mot"]


def test_sources_and_the_day_of_fetching_narrow_it(session: Session):
    one = keep(session, "a", fetched=MORNING)
    other = keep(session, "b", source="baonui", fetched=MORNING - timedelta(days=1))
    article(session, "a", one)
    article(session, "b", other)
    assert [page.id for page in pages_to_read_again(session, after=0, most=9, sources=["baonui"])] == [other]
    assert [page.id for page in pages_to_read_again(session, after=0, most=9, since=MORNING)] == [one]

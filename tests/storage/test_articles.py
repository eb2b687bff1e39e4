"""Articles: one an address, renewed but never emptied, found by window."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from digest.errors import StorageError
from digest.model import Article, Image
from storage.articles import article_by_id, article_by_url, articles_of_window, keep_article
from storage.judgements import judgements_of, keep_judgement
from storage.pages import keep_page
from storage.schema import ArticleRow
from tests.fakes import an_article, at
from tests.storage.fakes import a_judgement, a_page


def _keep(session: Session, article: Article, page_id: int | None = None) -> bool:
    return keep_article(session, article, source="baolua", page_id=page_id)


def _count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(ArticleRow)) or 0


def test_an_article_comes_back_whole_with_its_times_in_viet_nam(session: Session):
    article = an_article(
        kinds=("p", "q"),
        images=(
            Image(src="https://baolua.example/1.jpg", caption="Ảnh: Bến"),
            Image(src="https://baolua.example/2.jpg"),
        ),
        author_note="CTV",
        rubric="Thời sự",
        tags=("một cửa", "khai sinh"),
        fetched=at("2026-03-02 08:00"),
        flags=("fallback",),
    )
    assert _keep(session, article) is True
    kept = article_by_id(session, "a1")
    assert kept == article
    assert kept is not None
    assert str(kept.published) == "2026-03-02 07:30:00+07:00"


def test_an_article_with_a_title_alone_comes_back(session: Session):
    _keep(session, Article(id="bare", title="Tin vắn"))
    assert article_by_id(session, "bare") == Article(id="bare", title="Tin vắn")


def test_what_is_not_stored_is_none(session: Session):
    assert article_by_id(session, "a1") is None
    assert article_by_url(session, "https://baolua.example/a1") is None


def test_keeping_an_article_again_changes_nothing(session: Session):
    _keep(session, an_article())
    assert _keep(session, an_article()) is False
    assert _count(session) == 1
    assert article_by_id(session, "a1") == an_article()


def test_the_same_address_with_another_id_is_the_same_article(session: Session):
    _keep(session, an_article(id="first"))
    assert _keep(session, an_article(id="second", title="Tít đã sửa")) is False
    kept = article_by_url(session, str(an_article().url))
    assert kept is not None
    assert (kept.id, kept.title) == ("first", "Tít đã sửa")
    assert article_by_id(session, "second") is None


def test_the_same_id_under_a_new_address_has_moved(session: Session):
    _keep(session, an_article())
    assert _keep(session, an_article(url="https://baolua.example/moi")) is False
    assert article_by_url(session, str(an_article().url)) == an_article(url="https://baolua.example/moi")


def test_a_feed_entry_and_its_page_under_another_address_are_one_article(session: Session):
    page = a_page()
    entry = an_article(id="entry", url=page.asked, paragraphs=())
    read = an_article(id="read", url="https://baolua.example/canonical")
    assert _keep(session, entry) is True
    assert _keep(session, read, keep_page(session, page, "baolua")) is False
    kept = article_by_url(session, page.asked)
    assert kept == replace(read, id="entry")
    assert article_by_url(session, "https://baolua.example/canonical") == kept


def test_a_later_feed_entry_does_not_take_the_page_address_away(session: Session):
    page = a_page()
    read = an_article(url="https://baolua.example/canonical")
    _keep(session, read, keep_page(session, page, "baolua"))
    assert _keep(session, replace(read, id="entry", url=page.asked)) is False
    assert article_by_url(session, page.asked) == read


def test_an_address_that_now_leads_to_another_article_does_not_overwrite_the_first(session: Session):
    page = a_page(asked="https://baolua.example/moi-nhat", url="https://baolua.example/1")
    first = an_article(id="1", url="https://baolua.example/1")
    _keep(session, first, keep_page(session, page, "baolua"))
    page = a_page(asked="https://baolua.example/moi-nhat", url="https://baolua.example/2", text="hai")
    second = an_article(id="2", url="https://baolua.example/2")
    assert _keep(session, second, keep_page(session, page, "baolua")) is True
    assert article_by_url(session, "https://baolua.example/1") == first
    assert article_by_url(session, "https://baolua.example/moi-nhat") == second


def test_a_reading_without_paragraphs_does_not_empty_an_article(session: Session):
    _keep(session, an_article())
    assert _keep(session, an_article(paragraphs=(), title="Chỉ có tít")) is False
    assert article_by_id(session, "a1") == an_article()


def test_what_a_new_reading_does_not_know_stays(session: Session):
    page_id = keep_page(session, a_page(), "baolua")
    _keep(session, an_article(), page_id)
    keep_article(session, an_article(url=None, published=None, author=None), source=None, page_id=None)
    assert article_by_id(session, "a1") == an_article(author=None)
    row = session.get_one(ArticleRow, "a1")
    assert (row.source, row.page_id) == ("baolua", page_id)


def test_an_article_without_a_time_stays_on_the_day_it_was_first_seen(session: Session):
    _keep(session, an_article(published=None, fetched=at("2026-03-02 08:00")))
    _keep(session, an_article(published=None, fetched=at("2026-03-03 08:00")))
    kept = article_by_id(session, "a1")
    assert kept is not None
    assert kept.fetched == at("2026-03-02 08:00")


def test_a_first_time_of_fetching_is_taken_late(session: Session):
    _keep(session, an_article())
    _keep(session, an_article(fetched=at("2026-03-03 08:00")))
    assert article_by_id(session, "a1") == an_article(fetched=at("2026-03-03 08:00"))


def test_a_changed_text_is_judged_again_and_an_unchanged_one_is_not(session: Session):
    _keep(session, an_article())
    keep_judgement(session, "a1", a_judgement())
    _keep(session, an_article(author="Người Khác", fetched=at("2026-03-03 08:00")))
    assert judgements_of(session, ["a1"], "m1") == {"a1": a_judgement()}
    _keep(session, an_article(paragraphs=("Đoạn đã viết lại.",)))
    assert judgements_of(session, ["a1"], "m1") == {}


def test_a_window_is_half_open_and_falls_back_on_the_time_of_fetching(session: Session):
    start, end = at("2026-03-02 00:00"), at("2026-03-03 00:00")
    times: dict[str, dict[str, object]] = {
        "before": {"published": at("2026-03-01 23:59"), "fetched": start},
        "late": {"published": at("2026-03-02 23:59")},
        "first": {"published": start},
        "end": {"published": end},
        "fetched": {"published": None, "fetched": at("2026-03-02 12:00")},
        "fetched-later": {"published": None, "fetched": end},
        "never": {"published": None},
    }
    for name, known in times.items():
        _keep(session, an_article(id=name, url=f"https://baolua.example/{name}", **known))
    found = articles_of_window(session, start, end)
    assert [article.id for article in found] == ["first", "fetched", "late"]


def test_a_row_that_is_not_of_the_shape_is_named(session: Session):
    _keep(session, an_article())
    session.execute(update(ArticleRow).values(tags=[1]))
    session.expire_all()
    with pytest.raises(StorageError, match=r"article a1 in the database is damaged: .*tags.*restore"):
        article_by_id(session, "a1")

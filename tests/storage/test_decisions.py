"""Editors' decisions are added and never changed; the last of an article and profile speaks."""

from dataclasses import replace
from datetime import UTC

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from digest.errors import StorageError
from digest.model import Decision
from storage.articles import keep_article
from storage.database import begin, reading
from storage.decisions import decided, keep_decisions
from storage.schema import DecisionRow
from tests.fakes import an_article, at
from tests.storage.fakes import DAY


def a_decision(article: str = "a1", **fields: object) -> Decision:
    known: dict[str, object] = {
        "article": article,
        "profile": "cchc",
        "day": DAY,
        "deed": "keep",
        "moment": at("2026-03-02 09:00"),
        "section": "dia_phuong",
    }
    return Decision(**(known | fields))  # type: ignore[arg-type]  # the caller names real fields


def _keep(session: Session, *ids: str) -> None:
    for article_id in ids:
        article = an_article(id=article_id, url=f"https://baolua.example/{article_id}")
        keep_article(session, article, source=None, page_id=None)


def _rows(session: Session) -> int:
    return session.scalars(select(func.count(DecisionRow.id))).one()


def test_a_decision_comes_back_with_its_article(session: Session):
    _keep(session, "a1")
    decision = a_decision(deed="insert", by="bien-tap-2")
    keep_decisions(session, [decision])
    assert decided(session) == [(an_article(id="a1", url="https://baolua.example/a1"), decision)]


def test_the_same_decision_told_twice_is_one_row(session: Session):
    dropped = a_decision(deed="drop", section=None)
    same_moment = replace(dropped, moment=dropped.moment.astimezone(UTC))
    keep_decisions(session, [dropped, a_decision("a2"), dropped])
    keep_decisions(session, [same_moment])
    keep_decisions(session, [])
    assert _rows(session) == 2


def test_what_differs_in_any_field_is_another_row(session: Session):
    first = a_decision()
    others = [
        replace(first, article="a2"),
        replace(first, profile="tinh"),
        replace(first, day=DAY.replace(day=3)),
        replace(first, deed="move"),
        replace(first, section=None),
        replace(first, by="bien-tap-2"),
        replace(first, section=None, by="dia_phuong"),
    ]
    assert keep_decisions(session, [first, *others]) == 8
    assert _rows(session) == 8


def test_a_decision_told_again_at_another_moment_is_not_kept_again(session: Session):
    first = a_decision()
    again = replace(first, moment=at("2026-03-02 17:00"))
    assert keep_decisions(session, [first, a_decision("a2")]) == 2
    assert keep_decisions(session, [again]) == 0
    assert keep_decisions(session, [replace(first, moment=at("2026-03-02 08:00"))]) == 0
    assert _rows(session) == 2


def test_a_decision_that_was_changed_and_changed_back_is_kept_each_time(session: Session):
    _keep(session, "a1")
    kept, dropped = a_decision(), a_decision(deed="drop", section=None, moment=at("2026-03-02 10:00"))
    back = replace(kept, moment=at("2026-03-02 11:00"))
    assert [keep_decisions(session, [one]) for one in (kept, dropped, back, back)] == [1, 1, 1, 0]
    assert [decision for _, decision in decided(session)] == [back]
    assert keep_decisions(session, [kept, dropped, back]) == 0  # all of them are told already


def test_an_older_decision_that_arrives_late_does_not_speak_for_the_last(session: Session):
    _keep(session, "a1")
    last = a_decision(deed="drop", section=None, moment=at("2026-03-02 10:00"))
    assert keep_decisions(session, [last, a_decision(), replace(last, moment=at("2026-03-02 11:00"))]) == 2
    assert [decision for _, decision in decided(session)] == [last]


def test_the_last_decision_of_an_article_and_profile_speaks(session: Session):
    _keep(session, "a1")
    later = a_decision(deed="drop", section=None, moment=at("2026-03-02 10:00"))
    other = a_decision(profile="tinh")
    keep_decisions(session, [later, a_decision(), other])
    assert [decision for _, decision in decided(session)] == [later, other]


def test_of_one_moment_the_decision_that_arrived_later_speaks(session: Session):
    _keep(session, "a1")
    keep_decisions(session, [a_decision(), a_decision(deed="move", section="phan_tich")])
    assert [decision.deed for _, decision in decided(session)] == ["move"]


def test_decisions_on_articles_that_are_not_stored_wait_for_them(session: Session):
    keep_decisions(session, [a_decision()])
    assert decided(session) == []
    _keep(session, "a1")
    assert [article.id for article, _ in decided(session)] == ["a1"]


def test_decisions_come_in_the_order_of_day_article_and_profile(session: Session):
    _keep(session, "a1", "a2")
    day_before = DAY.replace(day=1)
    keep_decisions(
        session,
        [
            a_decision("a2"),
            a_decision("a1", profile="tinh"),
            a_decision("a1"),
            a_decision("a2", profile="bo", day=day_before),
        ],
    )
    order = [(decision.day, decision.article, decision.profile) for _, decision in decided(session)]
    assert order == [(day_before, "a2", "bo"), (DAY, "a1", "cchc"), (DAY, "a1", "tinh"), (DAY, "a2", "cchc")]


def test_a_damaged_decision_names_its_row(engine: Engine):
    with begin(engine) as session:
        _keep(session, "a1")
        keep_decisions(session, [a_decision()])
        session.execute(text("UPDATE decisions SET deed = 'forget'"))
    with pytest.raises(StorageError, match="decision 1 in the database is damaged"), reading(engine) as session:
        decided(session)


@pytest.mark.parametrize("deed", ["move", "insert"])
def test_leaving_an_article_where_it_was_put_is_no_new_decision(session: Session, deed: str):
    put = a_decision(deed=deed, section="quan_ly")
    later = at("2026-03-02 10:00")
    assert keep_decisions(session, [put]) == 1
    assert keep_decisions(session, [a_decision(section="quan_ly", moment=later)]) == 0
    assert keep_decisions(session, [a_decision(section="dia_phuong", moment=later)]) == 1

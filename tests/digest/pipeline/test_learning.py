from dataclasses import replace
from datetime import date

import pytest

from classifiers.judge import Judge
from classifiers.labels import Label
from digest.model import Decision
from digest.pipeline.learning import decided_rows, labelled_of, undecided
from storage.articles import keep_article
from storage.database import begin, open_database, reading
from storage.decisions import keep_decisions
from storage.judgements import keep_judgement, unjudged
from tests.classifiers.fakes import a_small_model
from tests.fakes import an_article, at

DAY = date(2026, 3, 2)


def a_decision(article, deed, **fields):
    known = Decision(article=article, profile="cchc", day=DAY, deed=deed, moment=at("2026-03-02 09:00"))
    return replace(known, **fields)


def rows_of(*decisions):
    return labelled_of([(an_article(id=decision.article), decision) for decision in decisions])


@pytest.mark.parametrize(
    ("deed", "section", "rel"),
    [("keep", "quan_ly", 1), ("insert", "linh_vuc", 1), ("move", "dia_phuong", 1), ("drop", None, 0)],
)
def test_what_an_editor_did_is_a_label_without_areas(deed, section, rel):
    (row,) = rows_of(a_decision("a1", deed, section=section))
    assert row.label == Label(id="a1", rel=rel, section=section, detailed=False)
    assert (row.day, row.sample, row.article.id) == (DAY, "decided", "a1")


def test_a_section_that_is_none_of_the_five_teaches_relevance_alone():
    (row,) = rows_of(a_decision("a1", "keep", section="tin_tinh"))
    assert (row.label.rel, row.label.section) == (1, None)


def test_an_article_that_one_profile_prints_is_relevant_whatever_the_other_does():
    (row,) = rows_of(
        a_decision("a1", "keep", section="quan_ly"),
        a_decision("a1", "drop", profile="tinh", moment=at("2026-03-02 10:00")),
    )
    assert (row.label.rel, row.label.section) == (1, "quan_ly")


def test_of_two_profiles_that_print_it_the_later_names_the_section():
    earlier, later = (
        a_decision("a1", "keep", section="quan_ly"),
        a_decision("a1", "move", section="dia_phuong", profile="tinh", moment=at("2026-03-02 10:00")),
    )
    assert rows_of(earlier, later) == rows_of(later, earlier)
    assert rows_of(earlier, later)[0].label.section == "dia_phuong"


def test_rows_come_by_day_and_article_in_any_order_of_decisions():
    told = [
        a_decision("b", "drop", day=date(2026, 3, 3)),
        a_decision("c", "drop"),
        a_decision("a", "drop", day=date(2026, 3, 3)),
    ]
    assert [row.article.id for row in rows_of(*told)] == ["c", "a", "b"]
    assert rows_of(*told) == rows_of(*reversed(told))


@pytest.fixture
def office(tmp_path):
    engine = open_database(f"sqlite:///{tmp_path / 'd.db'}")
    with begin(engine) as session:
        for number in range(6):
            article = an_article(
                id=f"a{number}",
                url=f"https://baolua.example/{number}.html",
                published=at(f"2026-03-0{1 + number} 08:00"),
            )
            keep_article(session, article, source=None, page_id=None)
        keep_decisions(
            session,
            [
                a_decision("a1", "keep", section="quan_ly"),
                a_decision("a3", "drop", day=date(2026, 3, 4)),
                a_decision("gone", "drop"),
            ],
        )
    yield engine
    engine.dispose()


def test_decisions_of_stored_articles_become_rows(office):
    assert [(row.article.id, row.label.rel) for row in decided_rows(office)] == [("a1", 1), ("a3", 0)]


def test_articles_of_the_decided_days_that_nobody_decided_are_drawn_alike_each_time(office):
    rows = decided_rows(office)
    assert [article.id for article in undecided(office, rows)] == ["a2"]
    wider = [rows[0], replace(rows[1], day=date(2026, 3, 6))]
    assert {article.id for article in undecided(office, wider)} == {"a2", "a4", "a5"}
    assert undecided(office, wider, most=2) == undecided(office, wider)[:2]
    assert undecided(office, [replace(row, day=None) for row in rows]) == []


def test_a_change_of_model_leaves_the_days_articles_to_be_judged_again(office):
    window = at("2026-03-01 00:00"), at("2026-03-07 00:00")
    judge = Judge(a_small_model())
    with begin(office) as session:
        for article in unjudged(session, *window, judge.card.name):
            keep_judgement(session, article.id, judge.judge(article, day=DAY))
    with reading(office) as session:
        assert unjudged(session, *window, judge.card.name) == []
        assert len(unjudged(session, *window, "judge-2026-04-06-learnt-onto-it")) == 6

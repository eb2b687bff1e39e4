"""The day chosen from the database: news of what was printed, the tray, what came too late."""

from datetime import date

import pytest

from digest import choose as rules
from digest.model import StoryMark
from digest.pipeline.selecting import late_stories, select_day, tray_of_day
from storage.database import begin, open_database
from storage.issues import issue_of
from tests.digest.fakes import a_candidate
from tests.digest.pipeline.office import CARD, DAY, PROFILE, Office
from tests.fakes import an_article, at

BEFORE = date(2026, 2, 27)
PLAN = an_article(
    id="cu",
    url="https://baolua.example/cu.html",
    title="Tỉnh lấy ý kiến dự thảo quy định bỏ giấy hẹn",
    sapo="Dự thảo được lấy ý kiến đến giữa tháng ba.",
    published=at("2026-02-26 08:00"),
)


@pytest.fixture
def office(tmp_path):
    engine = open_database(f"sqlite:///{tmp_path / 'kho.db'}")
    yield Office(engine)
    engine.dispose()


def selected(office, **options):
    return select_day(office.engine, PROFILE, DAY, model=CARD.name, line=CARD.line, **options)


def chosen_ids(office):
    return [pick.candidate.article.id for pick in selected(office).draft.selection.chosen]


def test_a_printed_story_returns_only_through_what_has_news(office):
    story = {"story": "s1", "lead": False}
    copy = a_candidate("chep", title=PLAN.title, sapo=PLAN.sapo, paragraphs=PLAN.paragraphs, **story)
    news = a_candidate(
        "moi",
        title="Tỉnh ban hành quy định bỏ giấy hẹn",
        sapo="Quyết định số 12/2026/QĐ-UBND có hiệu lực từ ngày 15/3.",
        **story,
    )
    office.day(copy, news, told=[(PLAN, StoryMark(story="s1", lead=True))])
    office.issue(PLAN, day=BEFORE)
    made = selected(office)
    assert [pick.candidate.article.id for pick in made.draft.selection.chosen] == ["moi"]
    assert [(drop.candidate.article.id, drop.rule) for drop in made.draft.selection.dropped] == [
        ("chep", rules.PRINTED_BEFORE)
    ]
    assert (made.relevant, made.stories) == (2, 1)


def test_the_days_tray_is_had_again_from_the_database(office):
    near = a_candidate("sat", relevance=round(CARD.line - 0.05, 4))
    far = a_candidate("xa", relevance=0.01)
    office.day(a_candidate("a"), near, far)
    (drop,) = tray_of_day(office.engine, PROFILE, DAY, model=CARD.name, line=CARD.line)
    assert (drop.candidate.article.id, drop.rule, drop.short) == ("sat", rules.NOT_RELEVANT, 0.05)


def test_what_was_collected_after_the_last_run_waits(office):
    office.day(a_candidate("a"))
    office.keep(a_candidate("b").article)
    assert chosen_ids(office) == ["a"]


def test_the_catalogues_kind_of_outlet_moves_the_rank(office):
    office.day(a_candidate("a"), a_candidate("b"))
    made = selected(office, kind_of=lambda article: "central_gov" if article.id == "b" else "journal")
    ranks = {
        pick.candidate.article.id: rank.score
        for pick, rank in zip(made.draft.selection.chosen, made.draft.selection.ranks, strict=True)
    }
    assert ranks["b"] > ranks["a"]


def test_late_are_the_stories_that_an_approved_issue_lacks(office):
    lead = a_candidate("goc", story="s1")
    copy = a_candidate("chep", story="s1", lead=False)
    late = a_candidate("muon")
    office.day(lead, copy, late)
    office.issue(copy.article, status="approved")  # the desk had let another article of the story lead
    selection = selected(office).draft.selection
    with begin(office.engine) as session:
        standing = issue_of(session, PROFILE.id, DAY)
    assert [pick.candidate.article.id for pick in late_stories(selection, standing)] == ["muon"]
    assert late_stories(selection, None) == ()


def test_nothing_is_late_for_a_draft(office):
    office.day(a_candidate("a"), a_candidate("b"))
    office.issue(a_candidate("a").article)
    with begin(office.engine) as session:
        standing = issue_of(session, PROFILE.id, DAY)
    assert late_stories(selected(office).draft.selection, standing) == ()

"""Judgements and stories hang on stored articles."""

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from digest.errors import StorageError
from digest.model import Evidence, StoryMark
from storage.articles import keep_article
from storage.database import begin
from storage.judgements import judgements_of, keep_judgement, unjudged
from storage.stories import replace_stories, stories_of
from tests.fakes import an_article, at
from tests.storage.fakes import DAY, a_judgement


def _keep(session: Session, *ids: str) -> None:
    for article_id in ids:
        article = an_article(id=article_id, url=f"https://baolua.example/{article_id}")
        keep_article(session, article, source=None, page_id=None)


def test_a_judgement_comes_back_with_its_evidence(session: Session):
    _keep(session, "a1")
    judgement = a_judgement(evidence=(Evidence(field="title", text="khai sinh", weight=1.25),))
    keep_judgement(session, "a1", judgement)
    assert judgements_of(session, ["a1", "a2"], "m1") == {"a1": judgement}
    assert judgements_of(session, ["a1"], "m2") == {}
    assert judgements_of(session, [], "m1") == {}


def test_a_model_that_judges_again_replaces_its_own_judgement_only(session: Session):
    _keep(session, "a1")
    keep_judgement(session, "a1", a_judgement())
    keep_judgement(session, "a1", a_judgement(model="m2", section=None))
    judgements_of(session, ["a1"], "m1")
    keep_judgement(session, "a1", a_judgement(relevance=0.1, selected=False))
    assert judgements_of(session, ["a1"], "m1")["a1"].relevance == 0.1
    assert judgements_of(session, ["a1"], "m2") == {"a1": a_judgement(model="m2", section=None)}


def test_an_unknown_article_cannot_be_judged(engine: Engine):
    with pytest.raises(StorageError, match=r"(?i)foreign key"), begin(engine) as session:
        keep_judgement(session, "nobody", a_judgement())


def test_articles_of_the_window_wait_until_this_model_has_judged_them(session: Session):
    _keep(session, "a1", "a2")
    keep_judgement(session, "a1", a_judgement())
    start, end = at("2026-03-02 00:00"), at("2026-03-03 00:00")
    assert [article.id for article in unjudged(session, start, end, "m1")] == ["a2"]
    assert [article.id for article in unjudged(session, start, end, "m2")] == ["a1", "a2"]
    assert unjudged(session, end, at("2026-03-04 00:00"), "m1") == []


def test_stories_of_a_day_are_replaced_whole(session: Session):
    _keep(session, "a1", "a2", "a3")
    first = {"a1": StoryMark(story="s1", lead=True), "a2": StoryMark(story="s1", lead=False)}
    replace_stories(session, DAY, first)
    replace_stories(session, DAY, first)
    assert stories_of(session, DAY) == first
    replace_stories(session, DAY.replace(day=3), {"a1": StoryMark(story="s9", lead=True)})
    replace_stories(session, DAY, {"a2": StoryMark(story="s1", lead=True)})
    assert stories_of(session, DAY) == {"a2": StoryMark(story="s1", lead=True)}
    assert stories_of(session, DAY.replace(day=3)) == {"a1": StoryMark(story="s9", lead=True)}
    replace_stories(session, DAY, {})
    assert stories_of(session, DAY) == {}


def test_a_story_cannot_have_two_leads(engine: Engine):
    with begin(engine) as session:
        _keep(session, "a1", "a2")
        replace_stories(session, DAY, {"a1": StoryMark(story="s1", lead=True)})
    two = {"a1": StoryMark(story="s1", lead=True), "a2": StoryMark(story="s1", lead=True)}
    with pytest.raises(StorageError, match=r"(?i)unique"), begin(engine) as session:
        replace_stories(session, DAY, two)
    with begin(engine) as session:
        assert stories_of(session, DAY) == {"a1": StoryMark(story="s1", lead=True)}

"""What the sources' health rests on."""

from datetime import UTC, timedelta

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session

from digest.errors import StorageError
from storage.articles import keep_article
from storage.database import engine_of
from storage.health import (
    Printed,
    last_round,
    printed_last,
    printed_since,
    resting_hosts,
    revision_of,
    rounds_by_source,
    unread_since,
)
from storage.remembered import Standing, keep_standing
from storage.rounds import SourceRound, keep_round
from storage.runs import record_failure, start_run
from storage.schema import HEAD
from tests.fakes import an_article, at
from tests.storage.fakes import DAY

NOW = at("2026-03-02 09:00")


def keep(session: Session, number: int, *, source: str | None = "baolua", **fields: object) -> None:
    article = an_article(id=f"a{number}", url=f"https://baolua.example/tin-{number}.html", **fields)
    keep_article(session, article, source=source, page_id=None)


def fail(session: Session, run: int, identity: str | None, kind: str, *, source: str | None = "baolua") -> None:
    record_failure(
        session, run, stage="fetch", kind=kind, subject="x", detail="", moment=NOW, source=source, identity=identity
    )


def test_what_was_printed_is_told_by_source_oldest_first_with_its_flags(session: Session):
    keep(session, 1, published=at("2026-03-02 08:00"), fetched=at("2026-03-02 08:20"), flags=("no-sapo",))
    keep(session, 2, published=None, fetched=at("2026-03-02 07:00"), flags=("no-time",))
    keep(session, 3, source="baonui", published=at("2026-03-01 08:00"), fetched=None)
    keep(session, 4, published=at("2026-02-01 08:00"), fetched=at("2026-03-02 08:00"))
    keep(session, 5, source=None, published=at("2026-03-02 08:00"))
    found = printed_since(session, at("2026-03-01 00:00"))
    assert found == {
        "baolua": [
            Printed(moment=at("2026-03-02 07:00"), fetched=at("2026-03-02 07:00"), flags=("no-time",)),
            Printed(moment=at("2026-03-02 08:00"), fetched=at("2026-03-02 08:20"), flags=("no-sapo",)),
        ],
        "baonui": [Printed(moment=at("2026-03-01 08:00"), fetched=at("2026-03-01 08:00"))],
    }
    assert found["baolua"][0].moment.tzinfo == UTC


def test_the_last_articles_of_a_source_are_told_however_old_they_are(session: Session):
    for number in range(1, 6):
        keep(session, number, published=at(f"2025-01-0{number} 08:00"))
    keep(session, 6, source="baonui", published=at("2026-01-06 08:00"))
    assert [one.moment for one in printed_last(session, "baolua", 2)] == [
        at("2025-01-04 08:00"),
        at("2025-01-05 08:00"),
    ]
    assert printed_last(session, "khong-co", 2) == []


def test_articles_that_could_not_be_had_count_once_however_often_they_were_tried(session: Session):
    old = start_run(session, day=DAY, profile="cchc", moment=NOW - timedelta(days=9))
    runs = [start_run(session, day=DAY, profile="cchc", moment=NOW - timedelta(hours=hours)) for hours in (2, 1)]
    for run in runs:
        fail(session, run, "https://baolua.example/a", "timeout")
        fail(session, run, "https://baolua.example/b", "captcha")
    fail(session, runs[0], "https://baolua.example/c", "timeout")
    fail(session, runs[0], None, "empty-feed")
    fail(session, runs[0], "https://baolua.example/d", "timeout", source=None)
    fail(session, old, "https://baolua.example/e", "timeout")
    fail(session, runs[0], "https://baolua.example/tin-1", "timeout")
    keep_article(
        session,
        an_article(url="https://baolua.example/tin-1.html"),
        source="baolua",
        page_id=None,
        identities=["https://baolua.example/tin-1"],
    )
    assert unread_since(session, NOW - timedelta(days=3)) == {"baolua": {"captcha": 1, "timeout": 2}}


def test_older_rounds_are_summed_up_day_by_day_and_the_last_ones_told_one_by_one(session: Session):
    run = start_run(session, day=DAY, profile="cchc", moment=NOW)
    old, lately = NOW - timedelta(days=9), NOW - timedelta(hours=2)
    rounds = [
        SourceRound(
            source="baolua", ended=old, listings=2, answered=2, way="home", kept=3, fallback=1, failed={"dns": 1}
        ),
        SourceRound(source="baolua", ended=old + timedelta(hours=1), listings=2, kept=0),
        SourceRound(source="baolua", ended=old + timedelta(days=1), listings=2, failed={"dns": 2}),
        SourceRound(source="baonui", ended=NOW - timedelta(days=40), listings=1, answered=1),
        SourceRound(source="baolua", ended=lately, listings=2, answered=2, unchanged=1, way="sitemap", kept=4),
        SourceRound(source="baolua", ended=NOW, listings=2, failed={"timeout": 2}),
        SourceRound(source="baonui", ended=NOW, listings=1, answered=1, unchanged=1),
    ]
    for round_ in rounds:
        keep_round(session, run, round_)
    assert rounds_by_source(session, NOW - timedelta(days=28), lately) == {
        "baolua": [
            SourceRound(source="baolua", ended=old, listings=4, answered=2, kept=3, fallback=1),
            SourceRound(source="baolua", ended=old + timedelta(days=1), listings=2),
            rounds[4],
            rounds[5],
        ],
        "baonui": [rounds[6]],
    }


def test_only_hosts_that_are_left_alone_at_this_moment_rest(session: Session):
    keep_standing(session, "baolua.example", Standing(failures=3, open_until=NOW + timedelta(minutes=10)))
    keep_standing(session, "baonui.example", Standing(failures=3, open_until=NOW))
    keep_standing(session, "baobien.example", Standing(failures=1))
    assert resting_hosts(session, NOW) == {"baolua.example": NOW + timedelta(minutes=10)}


def test_the_last_round_is_that_of_any_source(session: Session):
    assert last_round(session) is None
    run = start_run(session, day=DAY, profile="cchc", moment=NOW)
    keep_round(session, run, SourceRound(source="baolua", ended=NOW))
    keep_round(session, run, SourceRound(source="baonui", ended=NOW + timedelta(minutes=2)))
    assert last_round(session) == NOW + timedelta(minutes=2)


def test_the_schemas_revision_is_told_without_making_one(engine: Engine, tmp_path):
    assert revision_of(engine) == HEAD
    empty = engine_of(f"sqlite:///{tmp_path / 'rong.db'}")
    assert revision_of(empty) is None
    other = create_engine(f"sqlite:///{tmp_path / 'khac.db'}")
    with other.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num TEXT)"))
    assert revision_of(other) is None
    for one in (empty, other):
        one.dispose()


def test_a_file_that_is_no_database_is_named(tmp_path):
    (tmp_path / "hong.db").write_text("không phải cơ sở dữ liệu" * 99)
    engine = engine_of(f"sqlite:///{tmp_path / 'hong.db'}")
    with pytest.raises(StorageError, match=r"hong\.db"):
        revision_of(engine)
    engine.dispose()

"""The sources' health as the database tells it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from digest.pipeline.health_now import alerts_now, healths_now, resting_now
from storage.articles import keep_article
from storage.database import begin, open_database
from storage.remembered import Standing, keep_standing
from storage.rounds import SourceRound, keep_round
from storage.runs import record_failure, start_run
from tests.fakes import an_article, at
from tests.scrapers.fakes import a_source

NOW = at("2026-03-27 18:30")
DAY = timedelta(days=1)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{tmp_path / 'diembao.db'}")
    yield engine
    engine.dispose()


def source(name: str, **fields: object):
    return a_source(id=name, domain=f"{name}.example", feeds=(f"https://{name}.example/rss",), **fields)


def ask(session: Session, name: str, **fields: object) -> int:
    """A round every day of four weeks."""
    run = start_run(session, day=NOW.date(), profile="cchc", moment=NOW - timedelta(hours=1))
    for days in range(27, -1, -1):
        known = {"listings": 1, "answered": 1, "way": "listings"} | fields
        keep_round(session, run, SourceRound(source=name, ended=NOW - DAY * days, **known))  # type: ignore[arg-type]  # real fields by name
    return run


def keep(session: Session, name: str, days_ago: int, hour: int = 8) -> None:
    moment = NOW - DAY * days_ago + timedelta(hours=hour - 18)
    key = f"{name}-{days_ago}-{hour}"
    article = an_article(id=key, url=f"https://{name}.example/{key}", published=moment, fetched=moment)
    keep_article(session, article, source=name, page_id=None)


def test_each_collected_source_is_told_in_order_and_the_others_are_not(engine):
    with begin(engine) as session:
        ask(session, "baolua")
        for days in range(28):
            keep(session, "baolua", days)
            keep(session, "baolua", days, 14)
    sources = [source("baonui"), source("baolua"), source("baobien", not_collected="no listing is known")]
    one, other = healths_now(engine, sources, NOW)
    assert (one.source, one.state, one.brought.articles) == ("baonui", "unasked", 0)
    assert (other.source, other.state, other.brought.articles) == ("baolua", "well", 56)
    assert alerts_now(engine, sources, NOW) == ()


def test_what_the_tables_know_becomes_alerts(engine):
    with begin(engine) as session:
        ask(session, "baolua")
        for days in range(40, 70):
            keep(session, "baolua", days)
        run = ask(session, "baonui")
        keep(session, "baonui", 1)
        for number in range(6):
            record_failure(
                session,
                run,
                stage="fetch",
                kind="captcha",
                subject="x",
                detail="",
                moment=NOW,
                source="baonui",
                identity=f"https://baonui.example/{number}",
            )
        ask(session, "baobien", answered=0, failed={"dns": 1})
        keep_standing(session, "baogio.example", Standing(failures=3, open_until=NOW + timedelta(minutes=9)))
    sources = [source(name) for name in ("baolua", "baonui", "baobien", "baogio")]
    assert [(alert.source, alert.kind) for alert in alerts_now(engine, sources, NOW)] == [
        ("baolua", "silent"),
        ("baonui", "failing"),
        ("baobien", "unreachable"),
        ("baogio", "breaker-open"),
    ]


def test_who_is_left_alone_at_this_moment_is_told_and_until_when(engine):
    with begin(engine) as session:
        keep_standing(session, "baolua.example", Standing(failures=3, open_until=NOW + DAY))
        keep_standing(session, "baonui.example", Standing(failures=3, open_until=NOW - DAY))
    assert resting_now(engine, [source("baolua"), source("baonui")], NOW) == {"baolua": NOW + DAY}

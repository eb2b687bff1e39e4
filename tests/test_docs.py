"""The guides' tables hold every word that a report, an article or an alert can carry."""

import re
from pathlib import Path

import pytest

from digest.model import Article, Link
from digest.pipeline import alerts
from scrapers.collecting import collect
from scrapers.collecting.from_listing import filled
from scrapers.documents import reading
from scrapers.extraction import extract, verdict
from scrapers.fetching import fetch
from scrapers.pictures import formats
from tests.fakes import at

ROOT = Path(__file__).parents[1]
OF_A_PIPELINE = re.compile(r"\b(?:Trouble|Unread)\([^)]*\bkind=\"([a-z-]+)\"")


def words_of(page: str, heading: str) -> list[str]:
    """What stands in code in the first column of the table below the heading, in order."""
    _, _, below = (ROOT / "docs" / page).read_text(encoding="utf-8").partition(f"# {heading}\n")
    section = re.split(r"^#", below, maxsplit=1, flags=re.MULTILINE)[0]
    columns = re.findall(r"^\| (`[^|]*) \|", section, re.MULTILINE)
    return [word for column in columns for word in re.findall(r"`([^`]+)`", column)]


def flags_from_a_listing() -> set[str]:
    link = Link(url="https://baolua.example/a", title="Tít", sapo="Sa-pô", published=at("2026-03-02 08:00"))
    return set(filled(Article(id="a", title=""), link).flags)


def kinds_of_the_pipeline() -> set[str]:
    return {kind for file in (ROOT / "digest").rglob("*.py") for kind in OF_A_PIPELINE.findall(file.read_text("utf-8"))}


def test_the_shapes_explain_every_flag_of_an_article_and_no_other():
    told = words_of("shapes.md", "Flags of an article")
    listed = flags_from_a_listing()
    assert listed == {"title-from-feed", "sapo-from-feed", "time-from-feed"}
    assert sorted(told) == sorted({*extract.FLAGS, *reading.FLAGS, *listed})


def test_the_guide_to_health_explains_every_kind_of_failure_and_no_other():
    told = words_of("health.md", "Kinds of failure")
    found = kinds_of_the_pipeline()
    assert {"no-source", "damaged", "not-made"} <= found
    assert sorted(told) == sorted(
        {*fetch.KINDS, *verdict.KINDS, *collect.KINDS, *reading.KINDS, *formats.KINDS, *found}
    )


def test_the_guide_to_health_explains_every_alert_and_no_other():
    assert sorted(words_of("health.md", "Alerts")) == sorted(alerts.KINDS)


@pytest.mark.parametrize(("page", "heading"), [("shapes.md", "Flags of an article"), ("health.md", "Kinds of failure")])
def test_every_row_of_a_table_says_something_in_every_column(page: str, heading: str):
    text = (ROOT / "docs" / page).read_text(encoding="utf-8").partition(f"# {heading}\n")[2]
    rows = re.findall(r"^\|(.*)\|$", re.split(r"^#", text, maxsplit=1, flags=re.MULTILINE)[0], re.MULTILINE)
    columns = {len(row.split("|")) for row in rows}
    assert len(columns) == 1
    assert all(cell.strip() for row in rows for cell in row.split("|"))

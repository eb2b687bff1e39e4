from datetime import date

import pytest

from digest.choose import Printed
from digest.pipeline.store import PrintedItem, printed_as, printed_if_known
from storage.database import open_database
from tests.digest.pipeline.office import DAY, Office
from tests.fakes import an_article

MONDAY, TUESDAY = date(2026, 2, 23), date(2026, 2, 24)
ONE = an_article(id="mot", url="https://baolua.example/mot.html")
TWO = an_article(id="hai", url="https://baolua.example/hai.html")


@pytest.fixture
def office(tmp_path):
    engine = open_database(f"sqlite:///{tmp_path / 'kho.db'}")
    yield Office(engine)
    engine.dispose()


def item(day, number, article):
    return PrintedItem(day=day, number=number, article=article.id, url=article.url)


def test_an_articles_own_item_comes_before_its_storys_and_the_newest_before_the_older(office):
    office.issue(TWO, ONE, day=MONDAY)
    office.issue(TWO, day=TUESDAY)
    assert printed_as(office.engine, "cchc", DAY, ONE, {"mot", "hai"}) == item(MONDAY, 2, ONE)
    assert printed_as(office.engine, "cchc", DAY, TWO, ()) == item(TUESDAY, 1, TWO)
    moved = an_article(id="khac", url=TWO.url)
    assert printed_as(office.engine, "cchc", DAY, moved, ()) == item(TUESDAY, 1, TWO)


def test_an_article_that_no_issue_had_was_printed_as_nothing(office):
    office.issue(TWO, day=MONDAY)
    assert printed_as(office.engine, "cchc", DAY, ONE, {"mot"}) is None


def test_an_office_without_a_database_has_printed_nothing_and_one_with_it_what_stands_there(office, tmp_path):
    office.issue(ONE, day=MONDAY)
    there = printed_if_known(f"sqlite:///{tmp_path / 'kho.db'}", "cchc", DAY)
    assert there == Printed(articles=frozenset({"mot"}), urls=frozenset({str(ONE.url)}))
    assert printed_if_known(f"sqlite:///{tmp_path / 'khong.db'}", "cchc", DAY) == Printed()
    assert not (tmp_path / "khong.db").exists()

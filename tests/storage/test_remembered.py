"""What is remembered of addresses and hosts."""

from sqlalchemy.orm import Session

from storage.remembered import Answer, Standing, answer_of, keep_answer, keep_standing, standing_of
from tests.fakes import at

FEED = "https://baolua.example/rss"


def test_of_a_new_address_and_a_new_host_nothing_is_remembered(session: Session):
    assert answer_of(session, FEED) == Answer()
    assert standing_of(session, "baolua.example") == Standing()


def test_the_last_answer_is_remembered_as_it_was_sent(session: Session):
    first = Answer(etag='W/"1"', last_modified="Mon, 02 Mar 2026 00:00:00 GMT", covers_from=at("2026-03-01 00:00"))
    keep_answer(session, FEED, first)
    assert answer_of(session, FEED) == first
    second = Answer(last_modified="Mon, 02 Mar 2026 01:00:00 GMT", fresh_until=at("2026-03-02 08:10"))
    keep_answer(session, FEED, second)
    assert answer_of(session, FEED) == second


def test_how_a_host_stands_is_remembered(session: Session):
    keep_standing(session, "baolua.example", Standing(failures=3, open_until=at("2026-03-02 08:10")))
    assert standing_of(session, "baolua.example") == Standing(failures=3, open_until=at("2026-03-02 08:10"))
    keep_standing(session, "baolua.example", Standing())
    assert standing_of(session, "baolua.example") == Standing()

"""What a listing adds to an article."""

from datetime import timedelta

from scrapers.collecting.from_listing import filled
from tests.fakes import an_article, at
from tests.scrapers.fakes import a_link


def test_a_page_that_knows_keeps_what_it_knows():
    article = an_article()
    link = a_link(title="Khác", sapo="Khác", published=at("2026-03-01 01:00"))
    assert filled(article, link) == article


def test_gaps_are_filled_and_flagged():
    article = an_article(title="", sapo=None, published=None, flags=("no-sapo", "no-time", "fallback"))
    better = filled(article, a_link(title="Tin", sapo="Tóm tắt.", published=at("2026-03-02 07:30")))
    assert (better.title, better.sapo, better.published) == ("Tin", "Tóm tắt.", at("2026-03-02 07:30"))
    assert better.flags == ("fallback", "sapo-from-feed", "time-from-feed", "title-from-feed")


def test_a_listing_that_knows_nothing_adds_nothing():
    article = an_article(sapo=None, published=None, flags=("no-sapo", "no-time"))
    assert filled(article, a_link()) == article


def test_the_hour_of_the_same_day_is_taken_from_the_listing():
    article = an_article(published=at("2026-03-02 00:00"), flags=("day-only",))
    assert filled(article, a_link(published=at("2026-03-02 07:30"))).published == at("2026-03-02 07:30")
    other_day = a_link(published=at("2026-03-02 07:30") + timedelta(days=1))
    assert filled(article, other_day) == article


def test_a_time_of_next_week_is_no_time():
    article = an_article(published=at("2026-03-09 07:30"), fetched=at("2026-03-02 08:00"), flags=("time-shown",))
    assert filled(article, a_link()).published is None
    assert filled(article, a_link()).flags == ("no-time",)
    assert filled(article, a_link(published=at("2026-03-02 07:30"))).published == at("2026-03-02 07:30")

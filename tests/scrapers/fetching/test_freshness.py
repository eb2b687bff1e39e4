from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.fetching.freshness import LONGEST, fresh_until, lifetime, moment_of
from tests.scrapers.fakes import a_page
from tests.scrapers.fetching.fakes import unhurried

NOW = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
DATE = "Mon, 02 Mar 2026 00:30:00 GMT"
IN_TEN_MINUTES = "Mon, 02 Mar 2026 00:40:00 GMT"


def seconds(**headers: str) -> float | None:
    """For how long, None where it is not said."""
    lasting = lifetime([(name.replace("_", "-"), value) for name, value in headers.items()], now=NOW)
    return None if lasting is None else lasting.total_seconds()


@pytest.mark.parametrize(
    ("cache_control", "wanted"),
    [
        *(("max-age=60", 60), ("public, MAX-AGE=60", 60), ('max-age="60"', 60), ("max-age = 60", 60)),
        *(("private, max-age=60, must-revalidate", 60), ("max-age=0", 0), ("max-age=60, max-age=30", 30)),
        *(("no-cache", 0), ("no-store, max-age=60", 0), ('no-cache="Set-Cookie", max-age=60', 0)),
        *(("max-age=-1", 0), ("max-age=", 0), ("max-age=1.5", 0), ("max-age=nhiều", 0), ("max-age=0060", 60)),
        *(("", None), ("public", None), ("s-maxage=60", None), (",,=,", None)),
    ],
)
def test_cache_control_says_how_long(cache_control, wanted):
    assert seconds(Cache_Control=cache_control) == wanted


def test_a_number_without_end_means_for_ever():
    lasting = seconds(cache_control="max-age=" + "9" * 5000)
    assert lasting is not None
    assert lasting > 86400 * 365


def test_repeated_headers_count_as_one():
    headers = [("Cache-Control", "public"), ("cache-control", "max-age=60"), ("Age", "10"), ("age", "50")]
    assert lifetime(headers, now=NOW) == timedelta(seconds=50)


@pytest.mark.parametrize(("age", "wanted"), [("20", 40), ("60", 0), ("600", 0), ("cũ", 60), ("-5", 60)])
def test_what_it_has_aged_on_the_way_is_taken_off(age, wanted):
    assert seconds(cache_control="max-age=60", age=age) == wanted


@pytest.mark.parametrize(
    ("headers", "wanted"),
    [
        ({"expires": IN_TEN_MINUTES}, 600),
        ({"expires": IN_TEN_MINUTES, "date": "Mon, 02 Mar 2026 00:35:00 GMT"}, 300),
        ({"expires": IN_TEN_MINUTES, "date": "hôm nay"}, 600),
        ({"expires": DATE, "date": IN_TEN_MINUTES}, 0),
        ({"expires": "0"}, 0),
        ({"expires": "-1"}, 0),
        ({"expires": "Mon, 02 Mar 2026 07:40:00 +07:00"}, 0),
        ({"expires": IN_TEN_MINUTES, "cache_control": "max-age=60"}, 60),
        ({"expires": IN_TEN_MINUTES, "cache_control": "public"}, 600),
        ({"expires": IN_TEN_MINUTES, "vary": "*"}, 0),
        ({"expires": IN_TEN_MINUTES, "vary": "Accept-Encoding"}, 600),
    ],
)
def test_expires_counts_where_no_age_is_given(headers, wanted):
    assert seconds(**headers) == wanted


def test_a_page_is_fresh_for_an_hour_at_most():
    page = a_page(headers=(("cache-control", "max-age=31536000"),))
    assert fresh_until(page.headers, now=page.fetched) == page.fetched + LONGEST
    assert fresh_until([("Cache-Control", "max-age=60")], now=NOW) == NOW + timedelta(minutes=1)


@pytest.mark.parametrize("cache_control", ["no-store", "max-age=0", "public"])
def test_what_must_not_be_kept_or_does_not_say_may_be_asked_for_again(cache_control):
    assert fresh_until([("Cache-Control", cache_control)], now=NOW) is None


def test_a_date_without_a_zone_is_none():
    assert moment_of(DATE) == NOW
    assert moment_of("Mon, 02 Mar 2026 07:30:00 +07:00") is None
    assert moment_of("Mon, 02 Mar 2026 00:30:00 -0000") is None


NAMES = st.sampled_from(["cache-control", "Expires", "date", "AGE", "vary", "x"])
LETTERS = 'maxgenostrcvy-=,; "*0123456789:+GMTJun\x00'


@unhurried
@given(st.lists(st.tuples(NAMES, st.text(max_size=40) | st.text(LETTERS, max_size=60))))
def test_any_headers_give_an_hour_at_most_or_nothing(headers):
    until = fresh_until(headers, now=NOW)
    assert until is None or NOW < until <= NOW + LONGEST


@unhurried
@given(st.text(max_size=60) | st.text(LETTERS, max_size=60))
def test_any_text_is_an_aware_moment_or_none(text):
    moment = moment_of(text)
    assert moment is None or moment.utcoffset() is not None

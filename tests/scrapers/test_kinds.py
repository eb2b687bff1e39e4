"""Every kind of failure is judged once: whose fault it is, and whether it lasts."""

from scrapers.collecting import collect
from scrapers.documents import reading
from scrapers.extraction import verdict
from scrapers.fetching import fetch
from scrapers.kinds import HOST_ANSWERS, HOST_FAULTS, LASTING, PASSING
from scrapers.pictures import formats

NEVER_ASKED = {"bad-address", "refused-address", "robots"}
OF_FEEDS = {"empty-feed", "not-a-feed"}  # told of what was fetched


def test_every_kind_either_lasts_or_passes():
    kinds = {*fetch.KINDS, *verdict.KINDS, *collect.KINDS, *reading.KINDS, *formats.KINDS}
    assert kinds == LASTING | PASSING
    assert LASTING.isdisjoint(PASSING)


def test_every_way_a_request_ends_says_whether_the_host_is_there():
    assert set(fetch.KINDS) == HOST_FAULTS | HOST_ANSWERS | NEVER_ASKED | OF_FEEDS
    assert HOST_FAULTS.isdisjoint(HOST_ANSWERS)

"""A source's health on made-up histories."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from digest.pipeline.alerts import KINDS, alert
from digest.pipeline.health import History, SourceHealth, health_of
from storage.health import Printed
from storage.rounds import SourceRound
from tests.fakes import at
from tests.scrapers.fakes import a_source

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
FEED = "https://baolua.example/rss/home.rss"


def rounds(first: str, last: str, every: timedelta = 6 * HOUR, **fields: object) -> list[SourceRound]:
    """Rounds in which the source answered; name what differs."""
    known: dict[str, object] = {"source": "baolua", "listings": 2, "answered": 2, "way": "listings"}
    ended, end, made = at(first), at(last), []
    while ended <= end:
        made.append(SourceRound(ended=ended, **(known | fields)))  # type: ignore[arg-type]  # real fields by name
        ended += every
    return made


def printed(times: Sequence[datetime], flags: tuple[str, ...] = ()) -> list[Printed]:
    return [Printed(moment=moment, fetched=moment + timedelta(minutes=20), flags=flags) for moment in times]


def office_days(first: str, last: str, hours: Sequence[int] = (8, 10, 14, 16)) -> list[datetime]:
    """A portal's articles: four on each weekday."""
    day, end, times = at(first), at(last), []
    while day <= end:
        times += [day + HOUR * hour for hour in hours if day.weekday() < 5]
        day += DAY
    return times


def health(now: str, history: History, **fields: object) -> SourceHealth:
    source = a_source(**({"domain": "baolua.example", "feeds": (FEED,)} | fields))
    return health_of(source, history, at(now))


def kinds(one: SourceHealth) -> list[str]:
    return [alert.kind for alert in one.alerts]


def test_a_source_that_prints_as_ever_is_well():
    history = History(
        rounds=rounds("2026-03-02 00:00", "2026-03-27 18:00", kept=1),
        printed=printed(office_days("2026-03-02 00:00", "2026-03-27 00:00")),
    )
    one = health("2026-03-27 18:30", history)
    assert (one.state, one.alerts, one.gap, one.fallback) == ("well", (), 16.0, 0.0)
    assert one.last_article == at("2026-03-27 16:00")
    assert one.last_success == at("2026-03-27 16:20")
    assert one.last_answer == at("2026-03-27 18:00")
    assert one.last_answer is not None
    assert one.last_answer.utcoffset() == 7 * HOUR
    assert (one.brought.today, one.brought.usual_today) == (4, 4.0)


def silent_at(now: str, last_article: str, first: str = "2026-03-02 00:00") -> bool:
    history = History(
        rounds=rounds(first, now),
        printed=printed(office_days(first, last_article)),
    )
    return "silent" in kinds(health(now, history))


def test_a_source_is_silent_after_twice_its_normal_gap():
    assert not silent_at("2026-03-25 22:00", "2026-03-24 00:00")
    assert silent_at("2026-03-26 08:00", "2026-03-24 00:00")


def test_a_quiet_weekend_makes_no_weekday_paper_silent():
    assert not silent_at("2026-03-29 23:00", "2026-03-27 00:00")
    assert not silent_at("2026-03-30 23:00", "2026-03-27 00:00")
    assert silent_at("2026-03-31 08:00", "2026-03-27 00:00")


def test_at_tet_nobody_is_silent_and_afterwards_who_stays_away_is():
    assert not silent_at("2026-02-22 23:00", "2026-02-13 00:00", first="2026-01-20 00:00")
    assert silent_at("2026-02-24 08:00", "2026-02-13 00:00", first="2026-01-20 00:00")


def test_a_silence_lasts_as_long_as_it_lasts():
    """Its rhythm is that of its last 28 days, not of the last 28 days."""
    gone = printed(office_days("2026-01-20 00:00", "2026-02-12 00:00"))[-20:]
    one = health("2026-03-30 09:00", History(rounds=rounds("2026-03-02 09:00", "2026-03-30 09:00"), printed=gone))
    assert kinds(one) == ["silent"]
    assert (one.brought.articles, one.last_article) == (0, at("2026-02-12 16:00"))
    (said,) = one.alerts
    assert said.said == "no new article since 12/02/2026 16:00; its longest usual pause is 16 hours"
    assert said.said_vi == "không có bài mới từ 12/02/2026 16:00; bình thường chỉ cách nhau lâu nhất 16 giờ"
    assert "diembao sources check baolua" in said.remedy


def test_a_machine_that_was_off_makes_no_source_silent():
    history = History(
        rounds=rounds("2026-03-02 00:00", "2026-03-20 18:00"),
        printed=printed(office_days("2026-03-02 00:00", "2026-03-20 00:00")),
    )
    assert kinds(health("2026-03-27 09:00", history)) == []


def test_a_weekly_paper_is_silent_after_two_weeks():
    tuesdays = printed([at("2026-02-24 09:00") + 7 * DAY * week for week in range(5)])
    assert (
        kinds(
            health("2026-04-06 23:00", History(rounds=rounds("2026-03-10 00:00", "2026-04-06 23:00"), printed=tuesdays))
        )
        == []
    )
    late = health("2026-04-07 13:00", History(rounds=rounds("2026-03-10 00:00", "2026-04-07 13:00"), printed=tuesdays))
    assert kinds(late) == ["silent"]


def test_a_source_that_prints_hardly_ever_is_rare_and_silent_only_after_a_whole_span():
    one = printed([at("2026-03-03 09:00")])
    rare = health("2026-03-27 09:00", History(rounds=rounds("2026-03-01 00:00", "2026-03-27 00:00"), printed=one))
    assert (rare.state, rare.alerts, rare.gap) == ("rare", (), None)
    late = health("2026-04-02 09:00", History(rounds=rounds("2026-03-06 00:00", "2026-04-02 00:00"), printed=one))
    assert late.alerts[0].said == "no new article since 03/03/2026 09:00"


def test_a_source_of_a_few_days_is_new_whatever_it_brings():
    begun = rounds("2026-03-05 00:00", "2026-03-09 18:00")
    quiet = health(
        "2026-03-09 18:30", History(rounds=begun, printed=printed(office_days("2026-03-05 00:00", "2026-03-05 00:00")))
    )
    assert (quiet.state, quiet.alerts) == ("new", ())
    nothing = health("2026-03-09 18:30", History(rounds=begun))
    assert (nothing.state, nothing.last_article) == ("new", None)


def test_right_after_the_first_round_all_articles_known_of_28_days_count_and_nothing_is_usual_yet():
    times = office_days("2026-02-27 00:00", "2026-03-09 00:00")
    first = [Printed(moment=moment, fetched=at("2026-03-09 18:00")) for moment in times]
    one = health("2026-03-09 18:30", History(rounds=rounds("2026-03-09 18:00", "2026-03-09 18:00"), printed=first))
    assert (one.state, one.brought.articles, one.brought.week) == ("new", 28, 20)
    assert (one.brought.usual_today, one.brought.usual_week, one.brought.per_working_day) == (None, None, None)
    assert one.last_success == at("2026-03-09 18:00")


def test_a_source_that_was_never_asked_says_so():
    assert health("2026-03-09 18:30", History()).state == "unasked"


def test_a_source_that_answers_for_a_week_without_an_article_never_gave_one():
    asked = rounds("2026-03-02 00:00", "2026-03-09 06:00")
    assert kinds(health("2026-03-09 06:30", History(rounds=asked))) == ["never"]


def test_a_source_out_of_reach_is_unreachable_with_the_main_kind_and_not_silent_too():
    down = rounds("2026-03-20 00:00", "2026-03-27 18:00", answered=0, way=None, failed={"timeout": 2, "dns": 1})
    history = History(
        rounds=[*rounds("2026-03-02 00:00", "2026-03-19 18:00"), *down],
        printed=printed(office_days("2026-03-02 00:00", "2026-03-19 00:00")),
    )
    one = health("2026-03-27 18:30", history)
    assert kinds(one) == ["unreachable"]
    assert one.alerts[0].said == "no listing could be read since 19/03/2026 18:00 (mostly timeout)"
    assert one.failed == {"timeout": 24, "dns": 12}
    assert one.last_answer == at("2026-03-19 18:00")


def test_a_passing_fault_is_not_unreachable():
    up = rounds("2026-03-02 00:00", "2026-03-27 12:00")
    blip = rounds("2026-03-27 12:20", "2026-03-27 13:00", 20 * timedelta(minutes=1), answered=0)
    news = printed(office_days("2026-03-02 00:00", "2026-03-27 00:00"))
    assert kinds(health("2026-03-27 13:10", History(rounds=[*up, *blip], printed=news))) == []
    assert kinds(health("2026-03-27 20:00", History(rounds=[*up, blip[0]], printed=news))) == []


def test_a_source_that_never_answered_is_unreachable_since_it_was_first_asked():
    asked = rounds("2026-03-27 06:00", "2026-03-27 12:00", answered=0, failed={"dns": 2})
    (said,) = health("2026-03-27 12:10", History(rounds=asked)).alerts
    assert (said.kind, said.said) == ("unreachable", "no listing could be read since 27/03/2026 06:00 (mostly dns)")
    assert kinds(health("2026-03-27 06:10", History(rounds=asked[:1]))) == []


def test_a_host_that_is_left_alone_is_said_with_its_hour():
    history = History(
        rounds=rounds("2026-03-02 00:00", "2026-03-27 12:00"),
        printed=printed(office_days("2026-03-02 00:00", "2026-03-27 00:00")),
        resting={"baolua.example": at("2026-03-27 12:40"), "baonui.example": at("2026-03-27 15:00")},
    )
    one = health("2026-03-27 12:30", history)
    assert kinds(one) == ["breaker-open"]
    assert one.resting_until == at("2026-03-27 12:40")
    assert "until 27/03/2026 12:40" in one.alerts[0].said


def test_a_source_of_which_most_articles_cannot_be_had_is_failing():
    history = History(
        rounds=rounds("2026-03-02 00:00", "2026-03-27 18:00"),
        printed=printed(office_days("2026-03-02 00:00", "2026-03-27 00:00")),
        unread={"captcha": 13, "timeout": 1},
    )
    (said,) = health("2026-03-27 18:30", history).alerts
    assert (said.kind, said.said) == (
        "failing",
        "14 of 26 articles of the last three days could not be had (mostly captcha)",
    )
    fewer = History(rounds=history.rounds, printed=history.printed, unread={"captcha": 12})
    assert kinds(health("2026-03-27 18:30", fewer)) == []
    few = History(rounds=history.rounds, unread={"captcha": 4})
    assert "failing" not in kinds(health("2026-03-27 18:30", few))


def test_selectors_that_stopped_matching_are_lost_for_as_long_as_a_good_week_is_remembered():
    good = rounds("2026-03-02 00:00", "2026-03-13 18:00", kept=2)
    bad = rounds("2026-03-14 00:00", "2026-03-25 18:00", kept=2, fallback=2)
    news = printed(office_days("2026-03-02 00:00", "2026-03-25 00:00"))
    one = health("2026-03-25 18:30", History(rounds=[*good, *bad], printed=news))
    assert (one.fallback, one.fallback_before, kinds(one)) == (1.0, 0.0, ["selector-lost"])
    assert one.alerts[0].said == "the selectors do not find the text any more"
    assert one.alerts[0].said_vi == "quy tắc đọc trang không còn tìm thấy nội dung bài"


def test_a_source_that_the_general_reader_always_read_has_lost_nothing():
    always = rounds("2026-03-02 00:00", "2026-03-25 18:00", kept=2, fallback=2)
    news = printed(office_days("2026-03-02 00:00", "2026-03-25 00:00"))
    assert kinds(health("2026-03-25 18:30", History(rounds=always, printed=news))) == []


@pytest.mark.parametrize(
    ("flag", "field"),
    [("no-author", "author"), ("no-sapo", "standfirst"), ("sapo-from-feed", "standfirst"), ("time-from-feed", "time")],
)
def test_a_field_that_was_always_there_and_is_gone_is_a_lost_selector(flag, field):
    times = office_days("2026-03-02 00:00", "2026-03-25 00:00")
    news = [*printed(times[:-10]), *printed(times[-10:], (flag,))]
    one = health("2026-03-25 18:30", History(rounds=rounds("2026-03-02 00:00", "2026-03-25 18:00"), printed=news))
    assert [(alert.kind, alert.said) for alert in one.alerts] == [
        ("selector-lost", f"the selectors do not find the {field} any more")
    ]


def test_a_field_that_is_now_and_then_missing_is_not_lost():
    times = office_days("2026-03-02 00:00", "2026-03-25 00:00")
    asked = rounds("2026-03-02 00:00", "2026-03-25 18:00")
    often = printed(times, ("no-author",))
    assert kinds(health("2026-03-25 18:30", History(rounds=asked, printed=often))) == []
    some = [*printed(times[:-7]), *printed(times[-7:], ("no-author",))]
    assert kinds(health("2026-03-25 18:30", History(rounds=asked, printed=some))) == []


def test_links_from_the_home_page_alone_are_said_where_better_was_declared():
    history = History(
        rounds=rounds("2026-03-02 00:00", "2026-03-25 18:00", way="home"),
        printed=printed(office_days("2026-03-02 00:00", "2026-03-25 00:00")),
    )
    assert kinds(health("2026-03-25 18:30", history)) == ["home-only"]
    assert kinds(health("2026-03-25 18:30", history, feeds=())) == []
    back = History(rounds=[*history.rounds, *rounds("2026-03-25 18:20", "2026-03-25 18:20")], printed=history.printed)
    assert kinds(health("2026-03-25 18:30", back)) == []


def test_an_article_dated_in_the_future_hides_no_silence():
    times = [*office_days("2026-03-02 00:00", "2026-03-23 00:00"), at("2026-12-31 08:00")]
    history = History(rounds=rounds("2026-03-02 00:00", "2026-03-27 18:00"), printed=printed(times))
    assert kinds(health("2026-03-27 18:30", history)) == ["silent"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_alert_has_its_sentences_in_both_languages_and_a_remedy(kind):
    made = alert(
        "baolua", kind, since=at("2026-03-02 08:00"), until=at("2026-03-02 09:00"), gap=70 * HOUR, fields=["time"]
    )
    for text in (made.said, made.said_vi, made.remedy):
        assert text
        assert "{" not in text
    if kind == "silent":
        assert "3 days" in made.said

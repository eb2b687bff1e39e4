"""`diembao why` has one clear line for every fate of an article."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from digest.model import Also, StoryMark
from digest.pipeline.versions import Deed, keep_version
from digest.pipeline.why import why
from storage import runs
from storage.database import begin, open_database
from storage.rounds import SourceRound, keep_round
from tests.digest.fakes import a_candidate
from tests.digest.pipeline.office import CARD, DAY, PROFILE, Office
from tests.fakes import an_article, at
from tests.scrapers.fakes import a_source

SOURCES = (
    a_source(domain="baolua.example"),
    a_source(id="nghi", domain="baonghi.example", outlet="Baonghi.example", not_collected="it has no feed"),
)


@pytest.fixture
def office(tmp_path):
    engine = open_database(f"sqlite:///{tmp_path / 'kho.db'}")
    yield Office(engine)
    engine.dispose()


def answer(office, candidate, *, day=DAY, profile=PROFILE):
    url = candidate if isinstance(candidate, str) else candidate.article.url
    return why(office.engine, url, sources=SOURCES, profile=profile, day=day, model=None)


def test_an_address_that_was_never_fetched_says_what_is_known_of_its_outlet(office):
    assert answer(office, "https://la.example/a.html") == "not fetched: its outlet is not in the catalogue"
    assert answer(office, "https://baonghi.example/a.html") == (
        "not fetched: Baonghi.example is not collected: it has no feed"
    )
    assert answer(office, "https://baolua.example/a.html") == (
        "not fetched: Baolua.example was never asked; diembao collect asks it"
    )


@pytest.mark.parametrize(
    ("answered", "said"),
    [
        ((0,), "Baolua.example was asked, last 02/03/2026 06:00, and could never be read"),
        ((1, 0), "Baolua.example could not be read since 02/03/2026 06:00"),
        ((1,), "no feed or section page of Baolua.example led to it, or only with a time outside the window"),
    ],
)
def test_an_address_nothing_led_to_says_when_its_outlet_could_be_read(office, answered, said):
    with begin(office.engine) as session:
        run = runs.start_run(session, day=DAY, profile=PROFILE.id, moment=at("2026-03-02 06:00"))
        for hours, count in enumerate(answered):
            ended = at(f"2026-03-02 0{6 + hours}:00")
            keep_round(session, run, SourceRound(source="baolua", ended=ended, answered=count))
    assert answer(office, "https://baolua.example/a.html") == f"not fetched: {said}"


def test_an_article_that_could_not_be_read_names_the_failure(office):
    url = "https://baolua.example/hong.html"
    moment = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    with begin(office.engine) as session:
        run = runs.start_run(session, day=DAY, profile=PROFILE.id, moment=moment)
        runs.record_failure(
            session, run, stage="fetch", kind="server-error", subject=url, detail="503", moment=moment, permanent=True
        )
    assert answer(office, url) == "unread: fetch failed: server-error 503; it is not asked again"


def test_an_article_of_no_known_day_asks_for_one(office):
    office.keep(an_article(published=None, fetched=None))
    said = answer(office, "https://baolua.example/mot-cua-a1.html", day=None)
    assert said == "collected, but its day is not known: name one with --date"


def test_an_article_outside_the_window_names_both(office):
    office.keep(an_article(published=at("2026-02-20 08:00")))
    assert answer(office, "https://baolua.example/mot-cua-a1.html") == (
        "issue of 2026-03-02: dropped by rule outside-window: published 20/02/2026 08:00, "
        "its articles are of 27/02/2026 00:00 to 03/03/2026 00:00"
    )


def test_an_article_that_came_after_the_last_run_says_so_for_its_own_day(office):
    office.keep(an_article())
    assert answer(office, "https://baolua.example/mot-cua-a1.html", day=None) == (
        "issue of 2026-03-02: collected, but not judged for that day: run diembao run for it"
    )


def test_what_is_far_below_the_line_says_how_far(office):
    far = a_candidate("xa", relevance=0.05)
    office.day(far)
    assert answer(office, far) == (
        f"issue of 2026-03-02: dropped by rule not-relevant: "
        f"below the line by {CARD.line - 0.05:.2f} (0.05, line {CARD.line:.2f})"
    )


def test_what_a_quota_kept_out_is_a_near_miss(office):
    local = [a_candidate(f"h{n}", provinces=("Huế",), relevance=0.95 - n / 10) for n in range(3)]
    office.day(*local)
    said = answer(office, local[2])
    assert said.startswith("issue of 2026-03-02: near miss, dropped by rule province-full: Huế has its items; 0.")
    assert said.endswith(" behind the last of them")


def test_what_is_a_little_below_the_line_is_a_near_miss_by_the_profiles_margin(office):
    near = a_candidate("sat", relevance=round(CARD.line - 0.03, 4))
    office.day(near)
    assert answer(office, near).startswith(
        "issue of 2026-03-02: near miss, dropped by rule not-relevant: below the line by 0.03 ("
    )
    strict = replace(PROFILE, choice=replace(PROFILE.choice, near_miss=0.01))
    assert answer(office, near, profile=strict).startswith("issue of 2026-03-02: dropped by rule not-relevant: ")


def test_a_reprint_names_the_address_of_the_article_that_leads(office):
    lead, copy = a_candidate("goc", story="s"), a_candidate("chep", story="s", lead=False)
    office.day(lead, copy)
    assert answer(office, copy) == (
        "issue of 2026-03-02: dropped by rule reprint: https://goc.example/bai-goc.html leads the story"
    )


def test_a_reprint_named_with_an_item_names_the_item(office):
    lead, copy = a_candidate("goc", story="s"), a_candidate("chep", story="s", lead=False)
    office.day(lead, copy)
    office.issue(lead.article, also=(Also(outlet="Chep.example", url=copy.article.url),))
    assert answer(office, copy) == (
        "issue of 2026-03-02: dropped by rule reprint: https://goc.example/bai-goc.html leads the story, "
        "printed as item 1 in CẢI CÁCH ĐỊA PHƯƠNG"
    )


def test_a_printed_article_names_its_item_and_what_its_score_is_made_of(office):
    one, two = a_candidate("a"), a_candidate("b", relevance=0.8)
    office.day(one, two)
    office.issue(one.article, two.article, status="published")
    said = answer(office, two)
    assert said.startswith(
        "issue of 2026-03-02: printed as item 2 in CẢI CÁCH ĐỊA PHƯƠNG (score 0.71 = relevance 0.64 + story 0.00 + "
    )


def test_an_item_the_desk_put_in_itself_has_no_score(office):
    weak = a_candidate("yeu", relevance=0.05)
    office.day(weak)
    office.issue(weak.article)
    assert answer(office, weak) == "issue of 2026-03-02: printed as item 1 in CẢI CÁCH ĐỊA PHƯƠNG"


def test_what_was_printed_before_names_the_issue_and_the_item(office):
    old, other = a_candidate("cu", story="s"), an_article(id="dau", url="https://baolua.example/dau.html")
    copy = a_candidate("chep", story="s", lead=False)
    office.day(old, copy)
    office.issue(other, old.article, day=date(2026, 2, 27))
    assert answer(office, old) == (
        "issue of 2026-03-02: dropped by rule printed-before: it was item 2 of the issue of 2026-02-27"
    )
    assert answer(office, copy) == (
        "issue of 2026-03-02: dropped by rule printed-before: its story was item 2 of the issue of 2026-02-27, "
        "https://cu.example/bai-cu.html"
    )


def test_a_copy_of_what_an_issue_outside_the_window_printed_names_it_too(office):
    old = an_article(id="cu", url="https://baolua.example/cu.html", published=at("2026-02-20 08:00"))
    copy = a_candidate("chep", story="s", lead=False, title=old.title, sapo=old.sapo, paragraphs=old.paragraphs)
    office.day(copy, told=[(old, StoryMark(story="s", lead=True))])
    office.issue(old, day=date(2026, 2, 23))
    assert answer(office, copy).endswith(
        "its story was item 1 of the issue of 2026-02-23, https://baolua.example/cu.html"
    )


def test_what_comes_after_the_approval_is_late(office):
    first, late = a_candidate("a"), a_candidate("muon", relevance=0.8)
    office.day(first, late)
    office.issue(first.article, status="approved")
    said = answer(office, late)
    assert said.startswith(
        "issue of 2026-03-02: late: the issue was approved before it came; it would be printed (score "
    )


def test_what_an_edited_draft_lacks_is_not_called_late(office):
    first, other = a_candidate("a"), a_candidate("khac", relevance=0.8)
    office.day(first, other)
    before = office.issue(first.article)
    keep_version(office.engine, before, replace(before, number=41), Deed(moment=at("2026-03-02 08:30")))
    said = answer(office, other)
    assert said.startswith("issue of 2026-03-02: chosen, but not in the issue as it was edited (version 2) (score ")


def test_what_is_chosen_and_not_drafted_yet_says_what_to_do(office):
    one = a_candidate("a")
    office.day(one)
    assert answer(office, one).startswith(
        "issue of 2026-03-02: chosen, but not in the draft yet: run diembao run for it (score "
    )


def test_without_a_day_the_issue_that_has_the_article_answers_else_the_last_it_was_judged_for(office):
    friday = a_candidate("sau", published=at("2026-02-27 16:10"))
    office.day(friday)
    assert answer(office, friday, day=None).startswith("issue of 2026-03-02: ")
    office.issue(friday.article, day=date(2026, 3, 3))
    assert answer(office, friday, day=None).startswith("issue of 2026-03-03: printed as item 1")


def test_an_article_of_a_weekend_belongs_to_the_next_working_day(office):
    saturday = an_article(id="bay", url="https://baolua.example/bay.html", published=at("2026-02-28 08:00"))
    office.keep(saturday)
    assert answer(office, str(saturday.url), day=None).startswith("issue of 2026-03-02: ")

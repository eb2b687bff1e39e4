from dataclasses import replace
from datetime import date

import pytest

from digest.choose import Printed
from digest.issue import all_rights
from digest.model import Judgement, Rights, StoryMark
from digest.pipeline.drafting import draft, issue_window, kinds_of, rights_of
from digest.profile import load
from tests.fakes import an_article, at
from tests.scrapers.fakes import a_source

DAY = date(2026, 3, 2)
PROFILE = load("cchc")


def drafted(article, profile=PROFILE, rights=all_rights):
    judgement = Judgement(relevance=0.9, selected=True, section="linh_vuc")
    made = draft(
        [article],
        {article.id: judgement},
        {article.id: StoryMark(story="s", lead=True)},
        profile=profile,
        day=DAY,
        printed=Printed(),
        rights=rights,
    )
    (section,) = made.issue.sections
    return section.items[0]


def test_a_mondays_window_opens_on_friday():
    window = issue_window(PROFILE, DAY)
    assert (window.start, window.end) == (at("2026-02-27 00:00"), at("2026-03-03 00:00"))


def test_an_articles_closing_mark_is_dropped_in_a_daily_and_kept_where_the_profile_says_so():
    article = an_article(paragraphs=("Hết tin./.",))
    assert drafted(article).paragraphs[-1] == "Hết tin."
    monthly = replace(PROFILE, length=replace(PROFILE.length, keep_closing_mark=True))
    assert drafted(article, monthly).paragraphs[-1] == "Hết tin./."


def test_an_article_longer_than_the_profile_allows_loses_its_tail_and_says_so():
    article = an_article(paragraphs=tuple(f"Câu thứ {n} của bài có đúng mười hai tiếng đếm được." for n in range(90)))
    item = drafted(article)
    assert sum(len(paragraph.split()) for paragraph in item.paragraphs) <= 830
    assert item.paragraphs[-1].endswith("…")
    assert item.paragraphs[:5] == (article.sapo, *article.paragraphs[:4])
    assert len(item.kinds) == len(item.paragraphs)


def of_a_source(**rights):
    """The rights of a catalogue of one source, Báo Lúa."""
    return rights_of((a_source(domain="baolua.example", names=("Lúa Online",), rights=Rights(**rights)),))


def count(item):
    return sum(len(paragraph.split()) for paragraph in item.paragraphs)


LONG = tuple(f"Câu thứ {n} của bài có đúng mười hai tiếng đếm được." for n in range(90))


@pytest.mark.parametrize("words", [1, 11, 14, 15, 30, 100, 104, 110, 333, 750, 2000])
def test_no_more_words_than_the_outlet_allows_are_printed_and_all_are_its_first(words):
    article = an_article(paragraphs=LONG)
    item = drafted(article, rights=of_a_source(text="words", words=words))
    assert count(item) <= words
    whole = (article.sapo or "", *LONG)
    *first, last = item.paragraphs or ("",)
    assert tuple(first) == whole[: len(first)]
    assert whole[len(first)].startswith(last.removesuffix(" …"))
    assert ("link-only" in item.flags) == (not item.paragraphs)


def test_the_outlets_words_bind_an_article_that_is_only_a_little_longer():
    article = an_article(sapo=None, paragraphs=LONG[:9])  # 108 words: a tenth more than 100 would be tolerated
    assert count(drafted(article, rights=of_a_source(text="words", words=100))) <= 100
    assert count(drafted(article, rights=of_a_source(text="words", words=108))) == 108


def test_a_list_that_is_longer_than_allowed_is_not_torn_but_left_out():
    article = an_article(sapo=None, paragraphs=("Ba việc phải làm gồm:", "Rà soát;", "Niêm yết;", "Báo cáo;"))
    assert drafted(article, rights=of_a_source(text="words", words=6)).paragraphs == ()


@pytest.mark.parametrize(
    ("address", "outlet", "allowed"),
    [
        ("https://www.baolua.example/mot-cua-a1.html", "Báo khác", False),
        (None, "Baolua.example", False),
        (None, "Lúa Online", False),
        (None, "Báo khác", True),
        ("https://baokhac.example/mot-cua.html", "Báo khác", True),
        (None, None, True),
    ],
)
def test_an_articles_rights_are_those_of_the_source_its_address_or_its_outlet_names(address, outlet, allowed):
    item = drafted(an_article(url=address, outlet=outlet), rights=of_a_source(text="link"))
    assert bool(item.paragraphs) == allowed


@pytest.mark.parametrize(("hours", "printed"), [(3.0, True), (3.1, False), (0, True)])
def test_a_delay_counts_from_publication_to_the_hour_the_issue_comes_out(hours, printed):
    article = an_article(published=at("2026-03-02 07:30"))  # the issue comes out at 10:30
    assert bool(drafted(article, rights=of_a_source(delay_hours=hours)).paragraphs) == printed


@pytest.mark.parametrize(
    ("address", "outlet", "kind"),
    [
        ("https://www.baolua.example/mot-cua-a1.html", "Báo khác", "ministry"),
        (None, "Lúa Online", "ministry"),
        (None, "Báo khác", None),
        (None, None, None),
    ],
)
def test_an_articles_kind_of_outlet_is_that_of_the_source_its_address_or_its_outlet_names(address, outlet, kind):
    kind_of = kinds_of((a_source(domain="baolua.example", names=("Lúa Online",), kind="ministry"),))
    assert kind_of(an_article(url=address, outlet=outlet)) == kind

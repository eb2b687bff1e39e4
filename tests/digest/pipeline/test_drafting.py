from dataclasses import replace
from datetime import date

import pytest

from digest.choose import Printed
from digest.issue import all_rights
from digest.model import Image, Judgement, Rights, StoryMark
from digest.own import OwnArticle
from digest.pipeline.drafting import draft, issue_window, kinds_of, names_of, no_name, rights_of
from digest.profile import load
from digest.profile_parts import Copyright
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


def test_a_monthly_s_window_opens_after_the_same_day_of_the_month_before():
    monthly = load("ban-tin-thang")
    opens = {day: issue_window(monthly, day).start for day in (date(2026, 3, 31), date(2026, 3, 15), date(2026, 1, 31))}
    assert opens == {
        date(2026, 3, 31): at("2026-03-01 00:00"),
        date(2026, 3, 15): at("2026-02-16 00:00"),
        date(2026, 1, 31): at("2026-01-01 00:00"),
    }
    assert issue_window(monthly, date(2026, 3, 31)).end == at("2026-04-01 00:00")


def made(profile, article=None, **options):
    article = article or an_article()
    judgement = Judgement(relevance=0.9, selected=True, section="linh_vuc", areas=("tthc",))
    return draft(
        [article],
        {article.id: judgement},
        {article.id: StoryMark(story="s", lead=True)},
        profile=profile,
        day=DAY,
        printed=Printed(),
        **options,
    ).issue


def test_a_monthly_is_numbered_by_its_month_unless_it_is_given_another_number():
    assert made(load("ban-tin-thang")).number == 3
    assert made(load("ban-tin-thang"), number=14).number == 14
    assert made(PROFILE).number is None


def test_a_monthly_prints_own_articles_beside_reprints_in_its_own_style():
    own = OwnArticle(article=an_article(id="rieng", title="Tin của Trung tâm", paragraphs=("Hết./.",)))
    catalogue = names_of((a_source(domain="baolua.example", names=("VL", "Báo điện tử Lúa")),))
    reprint = an_article(url="https://baolua.example/a.html", paragraphs=("Thân bài./.",))
    sections = made(load("ban-tin-thang"), reprint, own=(own,), name_of=catalogue).sections
    assert [(section.key, [item.headline for item in section.items]) for section in sections] == [
        ("trong_tinh", ["TIN CỦA TRUNG TÂM"]),
        ("thu_tuc", [reprint.title.upper()]),
    ]
    assert sections[0].items[0].paragraphs[-1] == "Hết./."
    assert (sections[1].items[0].outlet, sections[1].items[0].paragraphs[-1]) == ("Báo điện tử Lúa", "Thân bài./.")


def test_where_the_office_prints_no_text_of_the_press_headline_and_link_stand_alone():
    profile = replace(PROFILE, copyright=Copyright(text="link"))
    item = made(profile).sections[0].items[0]
    assert item.paragraphs == ()
    assert "link-only" in item.flags


@pytest.mark.parametrize(("policy", "kept"), [("print", 1), ("link", 0)])
def test_the_press_s_pictures_are_taken_or_stay_behind_the_link(policy, kept):
    article = an_article(images=(Image(src="https://baolua.example/a.jpg"),))
    profile = replace(PROFILE, copyright=Copyright(pictures=policy))
    assert len(made(profile, article).sections[0].items[0].images) == kept


def test_an_outlet_that_the_catalogue_does_not_name_has_no_full_name():
    assert names_of((a_source(names=()),))(an_article(url=None, outlet="Báo khác")) is None
    assert no_name(an_article()) is None


def test_a_brief_holds_few_items_of_few_words():
    brief = load("tin-nhanh")
    (section,) = made(brief, an_article(paragraphs=LONG)).sections
    assert section.key == "trong_ngay"
    assert count(section.items[0]) <= brief.length.words

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from digest.issue import all_rights, compose, contents_line, headline, printed_outlet, rights_at, source_line
from digest.model import Also, Chosen, Image, Item, Rights
from digest.profile import load
from digest.wire import content_hash
from tests.digest.fakes import a_candidate
from tests.fakes import at

DAY = date(2026, 3, 2)
PROFILE = load("cchc")


def whole(paragraphs, kinds, most, _headline):
    """Everything, or the first `most` paragraphs: a condenser whose outcome is easy to see."""
    return tuple(paragraphs)[:most], tuple(kinds)[:most]


def composed(*picks, profile=PROFILE, rights=all_rights):
    return compose(picks, profile=profile, day=DAY, condense=whole, rights=rights)


def only_item(pick, rights):
    (section,) = composed(pick, rights=lambda _article: rights).sections
    return section.items[0]


def picked(name, section="dia_phuong", **fields):
    return Chosen(candidate=a_candidate(name, section=section, **fields), section=section)


def an_item(**fields):
    known: dict[str, Any] = {
        "number": 1,
        "headline": "a",
        "contents_line": "a",
        "outlet": "Baolua.example",
        "published": date(2023, 12, 10),
    }
    return Item(**(known | fields))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"author": "Lê Bến"}, "(Baolua.example 10/12, Lê Bến)"),
        ({}, "(Baolua.example 10/12)"),
        ({"published": date(2026, 1, 5)}, "(Baolua.example 05/01)"),
        ({"published": date(2026, 3, 5)}, "(Baolua.example 05/3)"),
        ({"published": None, "author": "Lê Bến"}, "(Baolua.example, Lê Bến)"),
        ({"outlet": None}, "(10/12)"),
        ({"outlet": None, "published": None}, ""),
    ],
)
def test_the_source_line_names_what_is_known(fields, expected):
    assert source_line(an_item(**fields), PROFILE) == expected


def test_the_months_that_take_a_zero_and_the_author_are_settings():
    plain = replace(PROFILE, source_line=replace(PROFILE.source_line, padded_months=(), author=False))
    assert source_line(an_item(published=date(2026, 1, 5), author="Lê Bến"), plain) == "(Baolua.example 05/1)"


@pytest.mark.parametrize(
    ("outlet", "url", "expected"),
    [
        ("Baotanhhoa.vn", "https://baothanhhoa.vn/x", "Baotanhhoa.vn"),
        ("nhandan.vn", None, "Nhandan.vn"),
        ("Tuổi Trẻ", "https://tuoitre.vn/x.htm", "Tuoitre.vn"),
        (None, "https://www.sggp.org.vn/x.html", "Sggp.org.vn"),
        ("Báo in", None, "Báo in"),
        (None, None, None),
    ],
)
def test_an_outlet_is_printed_as_a_domain_where_one_is_known(outlet, url, expected):
    assert printed_outlet(outlet, url) == expected


def test_a_local_headline_gets_its_place_in_front_unless_it_names_one():
    assert headline("Xã ven biển số hóa hồ sơ", ("Cà Mau",), day=DAY, local=True) == "Cà Mau: Xã ven biển số hóa hồ sơ"
    assert headline("Cà Mau số hóa hồ sơ", ("Cà Mau",), day=DAY, local=True) == "Cà Mau số hóa hồ sơ"
    assert headline("Xã ven biển số hóa hồ sơ", ("Cà Mau",), day=DAY, local=False) == "Xã ven biển số hóa hồ sơ"
    assert headline("Xã ven biển số hóa hồ sơ", (), day=DAY, local=True) == "Xã ven biển số hóa hồ sơ"


@pytest.mark.parametrize(
    ("title", "provinces", "expected"),
    [
        ("Ngành thuế cắt giảm thủ tục", ("Huế",), "Huế: Ngành thuế cắt giảm thủ tục"),
        ("Huyện Phú Xuyên mở một cửa", ("Hà Nội",), "Hà Nội: Huyện Phú Xuyên mở một cửa"),
        ("Thủ đô mở một cửa", ("Hà Nội",), "Thủ đô mở một cửa"),
        ("Bắc Giang mở một cửa", ("Bắc Ninh",), "Bắc Giang mở một cửa"),
        ("Bắc Giang mở một cửa", ("Bắc Giang",), "Bắc Giang mở một cửa"),
        ("Thành phố Hồ Chí Minh mở một cửa", ("TP.HCM",), "Thành phố Hồ Chí Minh mở một cửa"),
        ("Phường 5 mở một cửa", ("TP.HCM",), "TP.HCM: Phường 5 mở một cửa"),
        ("Học Quảng Ninh, tỉnh mở một cửa", ("Cà Mau",), "Cà Mau: Học Quảng Ninh, tỉnh mở một cửa"),
        ("Quảng Ninh và Cà Mau mở một cửa", ("Cà Mau",), "Quảng Ninh và Cà Mau mở một cửa"),
        ("Vũng Tàu: Phường mở một cửa", ("TP.HCM",), "Vũng Tàu: Phường mở một cửa"),
        ("SỞ NỘI VỤ MỞ MỘT CỬA", ("Cà Mau",), "CÀ MAU: SỞ NỘI VỤ MỞ MỘT CỬA"),
        ("CÀ MAU MỞ MỘT CỬA", ("Cà Mau",), "CÀ MAU MỞ MỘT CỬA"),
        ("Xã mở một cửa", ("Thừa Thiên Huế",), "TT-Huế: Xã mở một cửa"),
        ("TT-Huế mở một cửa", ("Huế",), "TT-Huế mở một cửa"),
    ],
)
def test_what_names_a_place_is_its_province_under_any_of_its_names(title, provinces, expected):
    assert headline(title, provinces, day=DAY, local=True) == expected


def test_before_the_mergers_a_province_is_named_by_its_name_of_then():
    then = date(2023, 12, 11)
    assert headline("Bắc Giang mở một cửa", ("Bắc Giang",), day=then, local=True) == "Bắc Giang mở một cửa"
    assert headline("Bắc Ninh mở một cửa", ("Bắc Giang",), day=then, local=True) == "Bắc Giang: Bắc Ninh mở một cửa"


def test_headlines_and_contents_take_their_short_forms_and_the_body_none():
    title = "Thừa Thiên Huế: Doanh nghiệp chấm điểm các sở, ngành, lãnh đạo yêu cầu từng đơn vị báo cáo trước ngày 15/3"
    text = "Tỉnh Thừa Thiên Huế để doanh nghiệp chấm điểm."
    (section,) = composed(picked("a", title=title, provinces=("Thừa Thiên Huế",), sapo=text, paragraphs=())).sections
    (item,) = section.items
    assert item.headline == title.replace("Thừa Thiên Huế", "TT-Huế")
    assert item.contents_line == item.headline.replace("Doanh nghiệp", "DN")
    assert item.paragraphs == (text,)


def test_a_profile_may_keep_every_line_as_it_is():
    title = "Thừa Thiên Huế: Doanh nghiệp chấm điểm các sở, ngành, lãnh đạo yêu cầu từng đơn vị báo cáo trước ngày 15/3"
    plain = replace(PROFILE, contents=replace(PROFILE.contents, shorten=False))
    (section,) = composed(picked("a", title=title, provinces=("Huế",)), profile=plain).sections
    assert (section.items[0].headline, section.items[0].contents_line) == (title, title)


def test_a_short_contents_line_is_the_headline_and_a_long_one_takes_customary_abbreviations():
    short = "Cà Mau: Doanh nghiệp chấm điểm sở ngành"
    assert contents_line(short, PROFILE.contents) == short
    long = "Cà Mau: Doanh nghiệp chấm điểm sở ngành, lãnh đạo tỉnh yêu cầu từng đơn vị báo cáo trước ngày 15/3"
    assert contents_line(long, PROFILE.contents) == long.replace("Doanh nghiệp", "DN")


def test_numbers_run_on_across_sections_and_empty_sections_are_left_out():
    issue = composed(picked("a", "chu_truong"), picked("b", "quan_ly"), picked("c", "quan_ly"))
    assert [(section.key, [item.number for item in section.items]) for section in issue.sections] == [
        ("chu_truong", [1]),
        ("quan_ly", [2, 3]),
    ]
    assert issue.hash == content_hash(issue)


def test_an_item_carries_its_article_as_it_stands():
    (section,) = composed(picked("a", provinces=("Huế",), author="Lê Bến", published=at("2026-03-01 23:30"))).sections
    (item,) = section.items
    assert item.paragraphs[0] == "Bộ phận một cửa của xã trả kết quả ngay trong buổi sáng."
    assert len(item.paragraphs) == 3
    assert (item.article, item.outlet, item.author, item.published) == ("a", "A.example", "Lê Bến", date(2026, 3, 1))
    assert item.flags == ()


def test_a_body_that_begins_with_its_standfirst_prints_it_once():
    (section,) = composed(picked("a", sapo="Một cửa.", paragraphs=("Một  cửa.", "Hai giờ."), kinds=("p",))).sections
    assert section.items[0].paragraphs == ("Một  cửa.", "Hai giờ.")
    assert section.items[0].kinds == ("p", "p")


def test_what_is_not_known_is_flagged():
    pick = picked("a", outlet=None, url=None, author=None, published=None)
    (item,) = composed(pick).sections[0].items
    assert item.flags == ("no-outlet", "no-date", "no-author", "no-address")


def test_other_outlets_of_the_story_are_printed_as_domains():
    pick = picked("a")
    also = (Also(outlet="Tuổi Trẻ", url="https://tuoitre.vn/x.htm"), Also(outlet="Báo in"))
    pick = replace(pick, candidate=replace(pick.candidate, also=also))
    (item,) = composed(pick).sections[0].items
    assert [other.outlet for other in item.also] == ["Tuoitre.vn", "Báo in"]


def test_of_a_source_that_lets_its_link_alone_be_printed_headline_source_and_link_are_left():
    pick = picked("a", images=(Image(src="https://a.example/1.jpg"),), provinces=("Huế",))
    item = only_item(pick, Rights(text="link"))
    assert (item.paragraphs, item.kinds, item.images) == ((), (), ())
    assert item.flags == ("link-only",)
    full = only_item(pick, Rights())
    assert (item.headline, item.contents_line, item.url) == (full.headline, full.contents_line, full.url)
    assert source_line(item, PROFILE) == source_line(full, PROFILE)
    assert len(full.images) == 1


def test_the_words_a_source_allows_are_what_the_condenser_is_asked_for():
    item = only_item(picked("a"), Rights(text="words", words=2))
    assert (len(item.paragraphs), len(item.kinds), item.flags) == (2, 2, ())


def test_where_not_even_one_sentence_is_allowed_the_link_is_left():
    item = only_item(picked("a"), Rights(text="words", words=0))
    assert (item.paragraphs, item.flags) == ((), ("link-only",))


def test_an_article_without_text_is_no_article_whose_text_is_held_back():
    item = only_item(picked("a", sapo=None, paragraphs=()), Rights(text="words", words=2))
    assert (item.paragraphs, item.flags) == ((), ())


def test_each_item_has_the_rights_of_its_own_source():
    def rights(article):
        return Rights(text="link") if article.id == "a" else Rights()

    (section,) = composed(picked("a"), picked("b"), rights=rights).sections
    assert [bool(item.paragraphs) for item in section.items] == [False, True]


@pytest.mark.parametrize(
    ("published", "left"),
    [
        ("2026-03-02 17:59", "words"),
        ("2026-03-02 18:00", "words"),
        ("2026-03-02 18:01", "link"),
        (None, "link"),
    ],
)
def test_until_the_delay_is_over_the_link_alone_may_stand_there(published, left):
    rights = Rights(text="words", words=100, delay_hours=6)
    assert rights_at(rights, at(published) if published else None, at("2026-03-03 00:00")).text == left


def test_without_a_delay_an_unknown_time_costs_nothing():
    assert rights_at(Rights(), None, at("2026-03-03 00:00")) == Rights()

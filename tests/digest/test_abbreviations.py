from dataclasses import replace

import pytest

from digest.abbreviations import Abbreviation, Contents, ambiguities, customary, shorten
from digest.errors import ProfileError
from digest.profile import SHIPPED, parse

CCHC = (SHIPPED / "cchc.toml").read_text(encoding="utf-8")


def in_contents(line):
    return shorten(line, customary(), "contents")


def test_no_two_entries_of_the_shipped_table_can_be_taken_for_one_another():
    assert list(ambiguities(customary())) == []


def test_every_customary_spelling_is_shortened_alone_and_in_capitals():
    for entry in customary():
        for long in entry.long:
            assert shorten(f"Một: {long} là hai", [entry], entry.places[0]) == f"Một: {entry.short} là hai"
            assert shorten(long.upper(), [entry], entry.places[0]) == entry.short.upper()


def test_what_is_shortened_is_never_shortened_again():
    for entry in customary():
        line = f"Một: {entry.short} là hai"
        assert in_contents(line) == line


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Hà Nội: Doanh nghiệp chấm điểm doanh nghiệp", "Hà Nội: DN chấm điểm DN"),
        ("Doanh nghiệp chấm điểm", "DN chấm điểm"),
        ("Sửa Luật Doanh nghiệp", "Sửa Luật Doanh nghiệp"),
        ("Lấy “doanh nghiệp là trung tâm” để cải cách hành chính", "Lấy “doanh nghiệp là trung tâm” để CCHC"),
        ("Thi 'cải cách hành chính' ở xã", "Thi 'cải cách hành chính' ở xã"),
        ("Nhà doanh nghiệpxanh và siêudoanh nghiệp", "Nhà doanh nghiệpxanh và siêudoanh nghiệp"),
        ("Cải cách hành chính (CCHC) ở xã", "Cải cách hành chính (CCHC) ở xã"),
        ("Cải cách thủ tục hành chính ở xã", "Cải cách TTHC ở xã"),
        ("Doanh nghiệp nhà nước và Uỷ ban nhân dân xã", "DNNN và UBND xã"),
        ("CẢI CÁCH HÀNH CHÍNH Ở THỪA THIÊN HUẾ", "CCHC Ở TT-HUẾ"),
        ("Sở Giáo dục và Đào tạo mở cửa", "Sở GD&ĐT mở cửa"),
        ("Cán bộ, công chức, viên chức học số", "CBCCVC học số"),
    ],
)
def test_whole_words_in_their_own_case_are_shortened_and_what_is_quoted_is_not(line, expected):
    assert in_contents(line) == expected


def test_forms_are_tried_one_after_the_other_only_until_the_line_fits():
    line = "Doanh nghiệp và cải cách hành chính"
    assert shorten(line, customary(), "contents", most=len(line)) == line
    assert shorten(line, customary(), "contents", most=len(line) - 1) == "DN và cải cách hành chính"


def test_a_headline_takes_only_what_is_customary_there():
    assert shorten("Thừa Thiên Huế: Doanh nghiệp vui", customary(), "headline") == "TT-Huế: Doanh nghiệp vui"


@pytest.mark.parametrize(
    ("one", "other", "problem"),
    [
        (("CN", ("công nghệ",)), ("cn", ("công nghiệp",)), "'cn' stands for two things"),
        (("CN", ("công nghệ",)), ("CNg", ("công nghệ",)), "'công nghệ' has two short forms"),
        (("CN", ("công nghệ",)), ("CNS", ("CN",)), "'CN' is itself a short form"),
    ],
)
def test_what_a_reader_could_not_tell_apart_is_named(one, other, problem):
    table = [Abbreviation(short=short, long=long) for short, long in (one, other)]
    assert list(ambiguities(table)) == [problem]


def test_one_spelling_may_have_two_forms_in_two_places():
    table = [
        Abbreviation(short="TT-Huế", long=("Thừa Thiên Huế",)),
        Abbreviation(short="Huế", long=("Thừa Thiên Huế",), places=("headline",)),
    ]
    assert list(ambiguities(table)) == []


def test_a_profile_may_add_its_own_drop_some_or_switch_all_off():
    own = '[contents]\nwithout = ["DN"]\n[[contents.abbreviations]]\nshort = "VP"\nlong = ["văn phòng"]\n'
    table = parse(CCHC + own, source="x").contents.table
    assert shorten("Văn phòng giúp doanh nghiệp", table, "contents") == "VP giúp doanh nghiệp"
    assert replace(Contents(), shorten=False).table == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[contents]\nwithout = ["XYZ"]\n', "key contents.without: no customary form 'XYZ'"),
        (
            '[[contents.abbreviations]]\nshort = "DN"\nlong = ["Đà Nẵng"]\n',
            "key contents.abbreviations: 'DN' stands for two",
        ),
        ('[[contents.abbreviations]]\nshort = "VP"\nlong = ["văn phòng"]\nplaces = ["body"]\n', "places"),
        ('[[contents.abbreviations]]\nshort = "VP"\nlong = []\n', "key contents.abbreviations"),
        ('[[contents.abbreviations]]\nshort = "VP"\ndai = []\n', "contents.abbreviations.dai: unknown"),
        ("[contents]\nline = 5\n", "key contents.line"),
    ],
)
def test_a_wrong_setting_is_named(text, message):
    with pytest.raises(ProfileError, match=message):
        parse(CCHC + text, source="x")

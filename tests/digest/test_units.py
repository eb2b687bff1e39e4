"""Which units below the province a text names, and in which province; the sentences are our own."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.units import Unit, units_in, units_of_article
from tests.fakes import an_article

_WORDS = st.sampled_from(
    [
        "phường",
        "xã",
        "P.",
        "Q.1",
        "Tân",
        "Định",
        "An Lạc",
        ",",
        "(",
        ")",
        "và",
        "TP.HCM",
        "cũ",
        "Hà Nội",
        "các",
        "-",
        "\x00",
    ]
)
BEFORE = date(2025, 6, 30)
AFTER = date(2025, 7, 1)


def named(text: str, day: date = AFTER, hints: tuple[str, ...] = ()) -> list[str]:
    return [f"{unit.full_name}@{unit.province or '?'}" for unit in units_in(text, day=day, hints=hints)]


def only(text: str, day: date = AFTER) -> Unit:
    (unit,) = units_in(text, day=day)
    return unit


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("phường Tân Định, TP.HCM thêm giờ trả hồ sơ", ["phường Tân Định@TP.HCM"]),
        ("PHƯỜNG TÂN ĐỊNH (TP.HCM) thêm giờ", ["phường Tân Định@TP.HCM"]),
        ("P.Tân Định, TP.HCM", ["phường Tân Định@TP.HCM"]),
        ("P. Vườn Lài, Q.10 cũ, TP.HCM", ["phường Vườn Lài@TP.HCM", "quận 10@TP.HCM"]),
        ("TX. Sông Cầu", ["thị xã Sông Cầu@Đắk Lắk"]),
        ("H.Củ Chi và Q. Gò Vấp", ["huyện Củ Chi@TP.HCM", "quận Gò Vấp@TP.HCM"]),
        ("TT.Xuân Mai, Hà Nội", ["thị trấn Xuân Mai@Hà Nội"]),
        ("Huyện ủy Củ Chi họp", ["huyện Củ Chi@TP.HCM"]),
        ("TP Thủ Đức giao ban", ["thành phố Thủ Đức@TP.HCM"]),
        ("phường 05, quận 3, TP.HCM", ["phường 5@TP.HCM", "quận 3@TP.HCM"]),
        ("đặc khu Côn Đảo", ["đặc khu Côn Đảo@TP.HCM"]),
        ("phường Xuân Hương - Đà Lạt", ["phường Xuân Hương - Đà Lạt@Lâm Đồng"]),
        ("xã Ea H'leo thuộc Đắk Lắk", ["xã Ea H'Leo@Đắk Lắk"]),
        ("xã Đăk Nhau, Đồng Nai", ["xã Đak Nhau@Đồng Nai"]),
    ],
)
def test_a_unit_is_known_by_each_way_its_kind_is_written(text: str, units: list[str]):
    assert named(text) == units


@pytest.mark.parametrize(
    "text",
    [
        "",
        "xã",
        "ông Nguyễn Thái Bình nộp hồ sơ",
        "đường Điện Biên Phủ đông xe",
        "chị Hà Nam đợi ở trường THPT Hà Nội – Amsterdam",
        "sông Tân Định và núi Ba Vì",
        "Hợp tác xã Tân Định, TP.HCM",
        "bà xã Tân Định nấu cơm",
        "phố phường Hà Nội sáng nay",
        "N.V.P. Tân Định khai",
        "XÃ HỘI AN TOÀN",
        "các xã, phường ở Tây Ninh",
        "thị trấn Grand Blanc của bang Michigan",
        "quận 1 của Paris",
        "chính quyền xã, phường 2 cấp",
        "sân bay Long Thành và cao tốc Biên Hòa - Vũng Tàu",
        "Công ty cổ phần Ánh Dương Phú Quốc",
        "Phiên chợ Hoa Đà Lạt mở cửa",
    ],
)
def test_what_only_looks_like_a_unit_is_none(text: str):
    assert named(text) == []


def test_a_name_that_provinces_share_is_decided_by_the_one_beside_it():
    assert named("xã Tân Hưng, tỉnh Tây Ninh") == ["xã Tân Hưng@Tây Ninh"]
    assert named("xã Tân Hưng (Cà Mau)") == ["xã Tân Hưng@Cà Mau"]
    assert named("xã Tân Hưng của tỉnh Đồng Nai, như ở Tây Ninh") == ["xã Tân Hưng@Đồng Nai"]


def test_else_by_one_named_in_the_text_else_by_what_it_is_said_to_be_about():
    assert named("Tây Ninh: bộ phận một cửa xã Tân Hưng làm cả thứ bảy") == ["xã Tân Hưng@Tây Ninh"]
    assert named("bộ phận một cửa xã Tân Hưng", hints=("Hà Nội", "Cà Mau")) == ["xã Tân Hưng@Cà Mau"]


def test_else_it_stays_undecided_and_says_so():
    unit = only("bộ phận một cửa xã Tân Hưng")
    assert unit.province is None
    assert unit.now == ()
    assert set(unit.candidates) == {"Hưng Yên", "Tây Ninh", "Đồng Nai", "Cà Mau"}


def test_a_university_s_city_does_not_decide_beside_another():
    text = "Đại học Công nghệ TP.HCM tặng máy tính cho phường Long Bình, quê của người Cần Thơ"
    assert named(text) == ["phường Long Bình@Cần Thơ"]


def test_a_ward_of_another_province_s_name_lies_where_it_is_said_to():
    assert named("phường Phú Yên, tỉnh Đắk Lắk") == ["phường Phú Yên@Đắk Lắk"]
    assert named("phường Vĩnh Phúc, quận Ba Đình, Hà Nội", BEFORE) == ["phường Vĩnh Phúc@Hà Nội", "quận Ba Đình@Hà Nội"]


def test_a_commune_lies_in_the_district_named_after_it():
    assert named("phường 12, quận 10", BEFORE) == ["phường 12@TP.HCM", "quận 10@TP.HCM"]
    assert named("phường An Bình, quận Ninh Kiều", BEFORE) == ["phường An Bình@Cần Thơ", "quận Ninh Kiều@Cần Thơ"]


def test_a_commune_that_ended_long_ago_is_known_by_its_district_alone():
    day = date(2017, 6, 1)
    assert named("phường Trung Tự, quận Đống Đa", day) == ["phường Trung Tự@Hà Nội", "quận Đống Đa@Hà Nội"]
    former, _ = units_in("phường Trung Tự (quận Đống Đa)", day=AFTER)
    assert (former.former, former.now) == (True, ())
    assert named("phường Trung Tự, Hà Nội", day) == []
    assert named("phường Trung Tự, phường Kim Liên", day) == ["phường Kim Liên@Hà Nội"]


def test_districts_end_and_communes_change_with_the_first_of_july():
    before, after = (only("phường 12, TP.HCM", day) for day in (BEFORE, AFTER))
    assert (before.former, after.former) == (False, True)
    before, after = (only("quận Ninh Kiều", day) for day in (BEFORE, AFTER))
    assert (before.former, before.now) == (False, ("quận Ninh Kiều",))
    assert after.former
    assert "phường Ninh Kiều" in after.now


def test_a_former_commune_knows_what_it_became():
    unit = only("xã Vạn Thạnh, tỉnh Khánh Hòa")
    assert (unit.former, unit.now) == (True, ("xã Đại Lãnh",))
    assert only("xã Vạn Thạnh, tỉnh Khánh Hòa", BEFORE).now == ("xã Vạn Thạnh",)


def test_one_of_both_times_is_the_present_one_unless_the_text_says_otherwise():
    assert not only("phường An Lạc, TP.HCM").former
    assert only("phường An Lạc cũ, TP.HCM").former
    assert only("phường An Lạc (nay là một phường rộng hơn), TP.HCM").former
    present, *former = units_in("phường Cát Lái (trước đây thuộc P.Thạnh Mỹ Lợi, TP.Thủ Đức), TP.HCM", day=AFTER)
    assert not present.former
    assert [unit.full_name for unit in former if unit.former] == ["phường Thạnh Mỹ Lợi", "thành phố Thủ Đức"]


def test_a_former_province_beside_a_unit_is_kept_as_written():
    unit = only("huyện Vĩnh Thạnh, tỉnh Bình Định")
    assert (unit.province, unit.province_as_written) == ("Gia Lai", "Bình Định")
    unit = only("huyện Vĩnh Thạnh, tỉnh Bình Định", BEFORE)
    assert (unit.province, unit.province_as_written) == ("Bình Định", "Bình Định")
    present, former = units_in("xã Vĩnh Thạnh, tỉnh Gia Lai (trước đây thuộc H.Vĩnh Thạnh, tỉnh Bình Định)", day=AFTER)
    assert (present.full_name, present.province_as_written, present.former) == ("xã Vĩnh Thạnh", "Gia Lai", False)
    assert (former.full_name, former.province_as_written, former.former) == ("huyện Vĩnh Thạnh", "Bình Định", True)


def test_a_unit_of_a_province_that_is_not_known_to_have_it_is_believed():
    unit = only("xã Phình Hồ, tỉnh Cà Mau")
    assert (unit.full_name, unit.province, unit.now) == ("xã Phình Hồ", "Cà Mau", ())


def test_lists_go_on_with_units_of_the_same_kind():
    assert named("xã Vạn Tường và Đông Sơn nhận hồ sơ") == ["xã Vạn Tường@Quảng Ngãi", "xã Đông Sơn@Quảng Ngãi"]
    assert named("các xã Chợ Mới, An Châu, tỉnh An Giang") == ["xã Chợ Mới@An Giang", "xã An Châu@An Giang"]
    assert named("xã Chợ Mới, xã An Châu và phường Long Xuyên, tỉnh An Giang") == [
        "xã Chợ Mới@An Giang",
        "xã An Châu@An Giang",
        "phường Long Xuyên@An Giang",
    ]
    assert named("xã An Châu, Long An và người thân") == ["xã An Châu@Tây Ninh"]


def test_well_known_cities_need_no_kind_and_communes_only_their_province_beside():
    assert named("hồ sơ nộp ở Nha Trang") == ["thành phố Nha Trang@Khánh Hòa"]
    assert named("hồ sơ nộp ở Nha Trang, Tam Kỳ và Huế") == [
        "thành phố Nha Trang@Khánh Hòa",
        "thành phố Tam Kỳ@Đà Nẵng",
    ]
    assert named("hồ sơ nộp ở Hòa Thịnh, Đắk Lắk") == ["xã Hòa Thịnh@Đắk Lắk"]
    assert named("hồ sơ nộp ở Hòa Thịnh, ngay sáng nay") == []
    assert named("hồ sơ nộp ở nhà máy Sao Mai, Đắk Lắk") == []
    assert named("phường Nha Trang, ngay giữa Nha Trang") == ["phường Nha Trang@Khánh Hòa"]


def test_districts_of_earlier_years_are_known_too():
    unit = only("quận 9, TP.HCM", date(2019, 5, 1))
    assert (unit.full_name, unit.province) == ("quận 9", "TP.HCM")
    assert not unit.former
    unit = only("quận 9, TP.HCM", date(2023, 5, 1))
    assert (unit.former, unit.now) == (True, ("thành phố Thủ Đức",))
    assert "phường Long Bình" in only("quận 9, TP.HCM").now


def test_hue_s_units_lay_in_thua_thien_hue_until_2025():
    assert named("Thừa Thiên Huế: xã Phú Xuân", date(2024, 12, 31)) == ["xã Phú Xuân@Thừa Thiên Huế"]
    assert named("xã Phú Xuân", date(2024, 12, 31), ("Thừa Thiên Huế",)) == ["xã Phú Xuân@Thừa Thiên Huế"]
    assert named("huyện Phú Vang", date(2025, 1, 1)) == ["huyện Phú Vang@Huế"]


def test_each_unit_is_named_once_and_where_it_was_decided():
    text = "Xã Tân Hưng thêm giờ. Bộ phận một cửa xã Tân Hưng, tỉnh Cà Mau làm cả thứ bảy."
    assert named(text) == ["xã Tân Hưng@Cà Mau"]


def test_the_fields_of_an_article_help_each_other():
    article = an_article(
        title="Tây Ninh giao chỉ tiêu", sapo="Xã Tân Hưng làm trước.", paragraphs=("Phường 1 theo sau.",)
    )
    first, second = units_of_article(article, day=AFTER)
    assert (first.field, first.province, first.text, first.start) == ("sapo", "Tây Ninh", "Xã Tân Hưng", 0)
    assert (second.field, second.province, second.former) == ("body", "Tây Ninh", True)
    alone = an_article(title="Xã Tân Hưng làm trước", sapo=None, paragraphs=())
    assert [unit.province for unit in units_of_article(alone, day=AFTER, hints=("Cà Mau",))] == ["Cà Mau"]


@given(st.text(max_size=300))
def test_no_text_makes_it_stumble(text: str):
    for day in (BEFORE, AFTER):
        for unit in units_in(text, day=day):
            assert unit.text in text


@given(st.lists(_WORDS, max_size=40))
def test_no_heap_of_words_makes_it_stumble(words: list[str]):
    for unit in units_in(" ".join(words), day=AFTER):
        assert unit.now or unit.province or unit.candidates


def test_a_text_of_a_megabyte_is_read_in_its_beginning_only():
    assert named("Xã Tam Hải thuộc Đà Nẵng. " * 40_000) == ["xã Tam Hải@Đà Nẵng"]
    assert named("\x00" * 1_000_000) == []

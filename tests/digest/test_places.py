"""Which provinces a text names, and which an article is about; the sentences are our own."""

import json
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.files import read_bytes
from digest.model import Article
from digest.places import Found, headline_form, is_same_place, provinces_in, provinces_of_article
from digest.wire import article_from
from tests.fakes import SHARED, an_article, needs_shared

BEFORE = date(2023, 12, 11)
AFTER = date(2026, 3, 2)


def written(found: tuple[Found, ...]) -> list[str]:
    return [one.as_written for one in found]


def names(found: tuple[Found, ...]) -> list[str]:
    return [one.name for one in found]


def about(title: str, sapo: str = "", *paragraphs: str, day: date = AFTER) -> list[str]:
    article = an_article(title=title, sapo=sapo or None, paragraphs=paragraphs)
    return written(provinces_of_article(article, day=day))


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("UBND TP.HCM vừa họp", "TP.HCM"),
        ("UBND TP HCM vừa họp", "TP.HCM"),
        ("UBND TPHCM vừa họp", "TP.HCM"),
        ("UBND TP. HCM vừa họp", "TP.HCM"),
        ("Thành phố Hồ Chí Minh đông dân nhất", "TP.HCM"),
        ("người Sài Gòn quen xếp hàng", "TP.HCM"),
        ("hồ sơ nộp tại Quận 3 được trả sớm", "TP.HCM"),
        ("trụ sở ở Q.10 đã cũ", "TP.HCM"),
        ("một cửa ở TP Thủ Đức", "TP.HCM"),
        ("tỉnh Thanh Hoá giao chỉ tiêu", "Thanh Hóa"),
        ("TỈNH THANH HÓA GIAO CHỈ TIÊU", "Thanh Hóa"),
        ("tỉnh Đắc Lắc giao chỉ tiêu", "Đắk Lắk"),
        ("tỉnh Đăk Lăk giao chỉ tiêu", "Đắk Lắk"),
        ("TT-Huế giao chỉ tiêu", "Huế"),
        ("Thừa Thiên - Huế giao chỉ tiêu", "Huế"),
        ("TP Huế giao chỉ tiêu", "Huế"),
        ("một huyện của BR-VT", "Bà Rịa - Vũng Tàu"),
        ("tỉnh Bà Rịa – Vũng Tàu cũ", "Bà Rịa - Vũng Tàu"),
        ("tỉnh Bắc Cạn cũ", "Bắc Kạn"),
        ("Bộ yêu cầu Quảng Ninh tạm dừng", "Quảng Ninh"),
        ("công chức cấp xã Tây Ninh đi học", "Tây Ninh"),
        ("54 xã TP.HCM đủ điều kiện", "TP.HCM"),
        ("các xã, phường Lâm Đồng thiếu người", "Lâm Đồng"),
        ("quy hoạch Thủ đô đến 2050", "Hà Nội"),
        ("dự thảo luật riêng cho thủ đô", "Hà Nội"),
        ("TP Điện Biên Phủ sắp xếp phường", "Điện Biên"),
        ("UBND TP.HA NOI hop", "Hà Nội"),
        ("UBND tinh Thanh Hoa ban hanh", "Thanh Hóa"),
        ("TP DA NANG: thong bao", "Đà Nẵng"),
        ("UBND HCM giao chỉ tiêu", "TP.HCM"),
        ("TP.HN giao chỉ tiêu", "Hà Nội"),
        ("TP ĐN giao chỉ tiêu", "Đà Nẵng"),
        ("tỉnh ĐN giao chỉ tiêu", "Đồng Nai"),
        ("UBND tỉnh TTH giao chỉ tiêu", "Huế"),
        ("tỉnh Hà Nam trước đây", "Hà Nam"),
    ],
)
def test_a_province_is_known_in_each_of_its_spellings(text: str, province: str):
    assert written(provinces_in(text, day=AFTER)) == [province]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hà",
        "Trại hè bên bờ Thái Bình Dương",
        "Phó thủ tướng Nguyễn Hòa Bình chủ trì",
        "bà Trần Thị Huế nộp hồ sơ",
        "ông Phú Yên nộp hồ sơ",
        "nhà số 3 đường Lạng Sơn",
        "báo Sài Gòn Giải Phóng đăng bài",
        "đường Điện Biên Phủ đông xe",
        "hòa bình và bình dương",
        "thủ đô Bangkok của Thái Lan",
        "quận 13 của Paris",
        "Ha Noi hop ban ve Thanh Hoa",
        "Bệnh viện TTH mở cửa",
        "tinh Than Uyen",
        "UBND Ninh",
    ],
)
def test_what_only_looks_like_a_province_is_none(text: str):
    assert provinces_in(text, day=AFTER) == ()


def test_a_unit_says_its_province_as_of_the_day():
    assert names(provinces_in("huyện Châu Đức trả hồ sơ", day=BEFORE)) == ["Bà Rịa - Vũng Tàu"]
    assert names(provinces_in("huyện Châu Đức trả hồ sơ", day=AFTER)) == ["TP.HCM"]
    assert names(provinces_in("phường Dĩ An trả hồ sơ", day=AFTER)) == ["TP.HCM"]
    assert names(provinces_in("đặc khu Phú Quốc trả hồ sơ", day=AFTER)) == ["An Giang"]
    assert names(provinces_in("Huyện ủy Quảng Ninh họp", day=BEFORE)) == ["Quảng Bình"]


def test_a_former_province_keeps_its_written_name_and_takes_the_new_one_from_the_day_of_merging():
    (found,) = provinces_in("tỉnh Bắc Giang công bố chỉ số", day=date(2025, 6, 30))
    assert (found.name, found.as_written) == ("Bắc Giang", "Bắc Giang")
    (found,) = provinces_in("tỉnh Bắc Giang công bố chỉ số", day=date(2025, 7, 1))
    assert (found.name, found.as_written) == ("Bắc Ninh", "Bắc Giang")
    assert (found.text, found.field, found.level) == ("Bắc Giang", "body", "province")


def test_hue_was_thua_thien_hue_until_2025():
    assert names(provinces_in("TT-Huế", day=date(2024, 12, 31))) == ["Thừa Thiên Huế"]
    assert names(provinces_in("TT-Huế", day=date(2025, 1, 1))) == ["Huế"]


def test_each_province_is_found_once_in_the_order_of_its_first_mention():
    text = "Lào Cai, Sơn La và Lào Cai; sau đó là TP Đà Lạt"
    assert written(provinces_in(text, day=AFTER)) == ["Lào Cai", "Sơn La", "Lâm Đồng"]


def test_a_commune_of_a_province_s_name_is_not_that_province():
    assert written(provinces_in("xã Phú Yên, TP Hà Nội", day=AFTER)) == ["Hà Nội"]


def test_a_name_the_article_gives_to_a_commune_stays_a_commune_without_its_kind():
    title = "Phú Yên trả kết quả trong ngày"
    assert about(title, "Bộ phận một cửa làm việc cả thứ bảy.", "Xã Phú Yên thuộc TP Hà Nội.") == []
    assert about(title, "Bộ phận một cửa làm việc cả thứ bảy.", "Tỉnh Phú Yên có xã Phú Yên.", day=BEFORE) == [
        "Phú Yên"
    ]


def test_the_title_decides_before_the_standfirst():
    assert about("Lai Châu giao chỉ tiêu trả hồ sơ", "Đoàn của tỉnh đã học hỏi ở Quảng Ninh.") == ["Lai Châu"]
    assert about("Một tỉnh giao chỉ tiêu trả hồ sơ", "Sở Nội vụ Lai Châu vừa công bố.") == ["Lai Châu"]


def test_units_do_not_count_beside_a_province_named_outright():
    assert about("Phường Phú Lợi thêm giờ", "Phường Phú Lợi, TP Cần Thơ trả hồ sơ buổi tối.") == ["Cần Thơ"]


def test_a_former_province_in_the_title_stays_beside_what_it_is_part_of_now():
    assert about("Trụ sở ở Bình Phước được giao lại", "UBND tỉnh Đồng Nai vừa quyết định.") == [
        "Bình Phước",
        "Đồng Nai",
    ]
    assert about("Trụ sở được giao lại", "UBND tỉnh Đồng Nai quyết định về trụ sở ở Bình Phước.") == ["Đồng Nai"]


@pytest.mark.parametrize(
    "sapo",
    [
        "Sáng 2/3, tại Hà Nội, Bộ trưởng Bộ Nội vụ chủ trì hội nghị.",
        "Bộ trưởng dự tại đầu cầu Hà Nội.",
        "Bộ trưởng trao quyết định cho Đại học Quốc gia Hà Nội.",
        "Đại biểu Trần Lan (đoàn Phú Thọ) nêu ý kiến.",
        "Cử tri tỉnh Lào Cai hỏi về lương cơ sở.",
        "Bà từng là Bí thư Tỉnh ủy Khánh Hòa.",
        "Cơ chế này giống TP.HCM.",
        "Sáu tỉnh gồm Lào Cai, Sơn La, Lai Châu, Điện Biên, Phú Thọ, Thái Nguyên được kiểm tra.",
    ],
)
def test_places_named_by_the_way_are_not_what_it_is_about(sapo: str):
    assert about("Công bố hướng dẫn mới về tiền lương", sapo) == []


def test_a_list_of_places_after_tai_is_no_venue():
    assert about("Chính phủ gỡ vướng dự án", "Chính phủ gỡ vướng các dự án tại Khánh Hòa và Tây Ninh.") == [
        "Khánh Hòa",
        "Tây Ninh",
    ]


def test_who_goes_to_a_central_post_leaves_the_province_behind():
    assert about("Bà Lê Lan làm Thứ trưởng Bộ Nội vụ", "Bà Lê Lan là Phó bí thư Tỉnh ủy Cà Mau.") == []


def test_of_a_roundup_only_the_reform_items_count():
    title = "Tin tức sáng 2-3: Xã ở Lâm Đồng thiếu cán bộ; Giá nhà Đà Nẵng tăng"
    assert about(title, "Tin đáng chú ý: Mưa to ở Huế") == ["Lâm Đồng"]


def test_a_body_that_keeps_naming_one_province_is_about_it():
    body = " ".join(
        f"Lần thứ {n}, tỉnh Sơn La đã báo cáo." for n in ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám")
    )
    assert about("Một cách làm hay", "Người dân hài lòng.", body) == ["Sơn La"]
    assert about("Một cách làm hay", "Người dân hài lòng.", "Tỉnh Sơn La đã báo cáo.") == []
    assert about("Một cách làm hay", "Người dân hài lòng.") == []


def test_headlines_have_their_own_forms():
    assert headline_form("Thừa Thiên Huế") == "TT-Huế"
    assert [headline_form(name) for name in ("Bà Rịa - Vũng Tàu", "Hà Nội")] == ["Bà Rịa - Vũng Tàu", "Hà Nội"]


def test_two_names_are_one_place_by_spelling_or_by_merger():
    assert is_same_place("TPHCM", "Thành phố Hồ Chí Minh", day=BEFORE)
    assert is_same_place("Bắc Giang", "Bắc Ninh", day=AFTER)
    assert not is_same_place("Bắc Giang", "Bắc Ninh", day=BEFORE)
    assert not is_same_place("Nơi nào", "Chốn nào", day=AFTER)


@given(st.text(max_size=300))
def test_no_text_makes_it_stumble(text: str):
    for day in (BEFORE, AFTER):
        for found in provinces_in(text, day=day):
            assert found.text in text


def test_a_text_of_a_megabyte_is_read_in_its_beginning_only():
    started = time.perf_counter()
    found = provinces_in("Xã Tam Hải thuộc Đà Nẵng. " * 40_000, day=AFTER)
    assert written(found) == ["Đà Nẵng"]
    assert time.perf_counter() - started < 2


@needs_shared
def test_provinces_reach_their_figure_on_the_labelled_items():
    right = wrong = missed = 0
    for row in map(json.loads, read_bytes(SHARED / "corpus" / "labelled.jsonl.gz").splitlines()):
        if row["rel"] == 0:
            continue
        day = date.fromisoformat(row["day"]) if row["day"] else date(2017, 6, 1)
        article: Article = article_from(row)
        found, gold = set(written(provinces_of_article(article, day=day))), set(row["provinces"])
        right, wrong, missed = right + len(found & gold), wrong + len(found - gold), missed + len(gold - found)
    assert 2 * right / (2 * right + wrong + missed) >= 0.97

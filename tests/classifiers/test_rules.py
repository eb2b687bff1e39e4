from datetime import date

import pytest

from classifiers import codebook, rules, traits
from classifiers.features import RULES, read
from tests.fakes import an_article


def keys(title, sapo=""):
    return {fired.rule.key for fired in rules.fire(title, sapo)}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Bộ phận một cửa làm việc cả thứ bảy", "procedure"),
        ("Công bố chỉ số PAR Index của các tỉnh", "index"),
        ("Hợp nhất hai sở, bộ máy gọn hơn", "apparatus"),
        ("Bổ nhiệm phó giám đốc Sở Tư pháp", "appointment"),
        ("Khiển trách trưởng phòng để dân chờ", "discipline"),
        ("Khởi tố nhóm cướp giật", "crime"),
        ("Thủ tướng ký công điện", "centre"),
        ("Sở Nội vụ tập huấn cho các xã", "province"),
        ("Cơ quan thuế gỡ vướng hóa đơn", "tax"),
        ("Vì sao dân ngại nộp hồ sơ qua mạng?", "question"),
        ("Phỏng vấn: cần thêm thời gian", "opinion"),
        ("Điểm tin 7h: ba việc đáng chú ý", "roundup"),
        ("Bộ Nội vụ hướng dẫn xếp lương", "home_ministry"),
        ("Bộ Y tế bỏ giấy chuyển viện", "sector_ministry"),
        ("Bí thư Hải Phòng thăm ba xã", "local_leader"),
        ("VNeID thêm một tiện ích", "platform"),
        ("Đổi giấy phép lái xe tại nhà", "one_service"),
        ("Xã miền núi thiếu công chức", "headcount"),
        ("Ông Lê Văn Tám giữ chức Giám đốc sở", "named_post"),
        ("Sáp nhập hai bệnh viện ở Quảng Ninh", "units_merge"),
        ("Đề án nhập ba xã thành một phường", "places_merge"),
        ("Cho tôi hỏi nộp đơn ở đâu", "asks_how"),
        ("TS Trần Văn Chín: phân cấp chưa đủ, ông nói", "expert_says"),
        ("Để dân khỏi chờ", "calls"),
    ],
)
def test_a_rule_fires_on_what_it_is_about(text, key):
    assert key in keys(text)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Bộ Y tế bỏ giấy chuyển viện", "home_ministry"),
        ("Bộ Nội vụ hướng dẫn xếp lương", "sector_ministry"),
        ("Người dân mong một lối đi, ông Tám làm vườn", "named_post"),
        ("Dân khỏi chờ để làm việc khác", "calls"),
        ("Trường cũ trồng thêm cây", "units_merge"),
    ],
)
def test_a_finer_rule_keeps_to_its_own(text, key):
    assert key not in keys(text)


def test_every_rule_has_a_key_and_a_label_of_its_own():
    assert len({rule.key for rule in codebook.RULES}) == len(codebook.RULES)
    assert len({rule.label for rule in codebook.RULES}) == len(codebook.RULES)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Bảo hiểm xã hội chi trả sớm", "district"),
        ("Môi trường trong lành hơn", "education"),
        ("Cơ sở sản xuất mở cửa", "province"),
        ("Giải pháp cho nông dân", "foreign"),
        ("Ngay sau lễ", "foreign"),
    ],
)
def test_a_rule_does_not_fire_on_a_word_inside_another(text, key):
    assert key not in keys(text)


def test_forms_of_a_headline_are_not_looked_for_in_the_standfirst():
    assert "question" not in keys("Xã trả hồ sơ sớm", "Vì sao làm được?")


def test_a_match_can_be_quoted_from_the_article_even_after_a_letter_that_grows_when_lowered():
    title = "İİ Thủ tục hành chính mới"
    fired = next(one for one in rules.fire(title, "") if one.rule.key == "procedure")
    assert title[fired.start : fired.end] == "Thủ tục hành chính"


def test_rules_have_unique_keys_and_every_key_has_a_label():
    assert len({rule.key for rule in codebook.RULES}) == len(codebook.RULES)
    assert all(traits.LABELS.values())
    assert {rule.key for rule in codebook.RULES} <= set(traits.LABELS)


@pytest.mark.parametrize(
    ("title", "sapo", "expected"),
    [
        ("Gia Lai đưa cán bộ về xã", "", {"place_title", "place_first", "place_any"}),
        ("Người dân chờ lâu tại Gia Lai và Nghệ An", "", {"place_many", "place_title"}),
        ("quy định mới", "", {"place_none", "short", "no_name", "brief"}),
        ("Thủ tướng giao UBND tỉnh báo cáo", "", {"first_centre"}),
        ("Hồ sơ trả sớm", "UBND tỉnh khen các xã", {"first_province"}),
        (" ".join(["Việc"] * 18), " ".join(["việc"] * 30), {"long"}),
    ],
)
def test_places_shapes_and_who_acts_first_are_traits(title, sapo, expected):
    found = set(read(an_article(title=title, sapo=sapo, paragraphs=()), day=date(2026, 3, 2)).grams[RULES])
    assert expected <= found

from dataclasses import replace
from datetime import date

import pytest

from digest.about import filter_of, unknown_names
from digest.profile_parts import About
from tests.digest.fakes import a_candidate

DAY = date(2026, 3, 2)


def belongs(candidate, day=DAY, **about):
    return filter_of(About(**about), day)(candidate)


def telling(*paragraphs, **fields):
    return a_candidate("a", paragraphs=paragraphs, **fields)


def test_a_digest_about_nothing_in_particular_takes_everything():
    assert belongs(telling("Không nêu cơ quan nào."))


@pytest.mark.parametrize(
    ("wanted", "text", "found"),
    [
        ("Bộ Nội vụ", "Thứ trưởng Bộ Nội vụ dự hội nghị.", True),
        ("Bộ Nội vụ", "Sở Nội vụ tỉnh Lào Cai dự hội nghị.", False),
        ("Sở Nội vụ", "Sở Nội vụ tỉnh Lào Cai dự hội nghị.", True),
        ("Sở Nội vụ Lào Cai", "Sở Nội vụ tỉnh Lào Cai dự hội nghị.", True),
        ("Sở Nội vụ Cà Mau", "Sở Nội vụ tỉnh Lào Cai dự hội nghị.", False),
        ("UBND tỉnh Lào Cai", "UBND tỉnh Lào Cai ban hành kế hoạch.", True),
        ("UBND tỉnh Lào Cai", "UBND phường Cam Đường, tỉnh Lào Cai ban hành kế hoạch.", False),
        ("Bộ Kế hoạch và Đầu tư", "Bộ Tài chính đề nghị các địa phương rà soát.", True),
        ("Tổ công tác Đề án Mây Trắng", "Sáng qua, tổ công tác Đề án mây trắng họp.", True),
        ("Tổ công tác Đề án Mây Trắng", "Tổ công tác Đề án Mây Trắngg họp.", False),
    ],
)
def test_an_agency_is_found_by_its_name_and_its_place(wanted, text, found):
    assert belongs(telling(text), agencies=(wanted,)) is found


def test_a_province_is_what_the_article_is_about_under_its_name_of_the_day_or_a_former_one():
    local = telling("Tỉnh mở thêm quầy.", provinces=("Bắc Ninh",))
    assert belongs(local, provinces=("Bắc Ninh",))
    assert belongs(local, provinces=("Bắc Giang",))
    assert not belongs(local, provinces=("Lào Cai",))
    before = replace(local, judgement=replace(local.judgement, provinces=("Bắc Giang",)))
    assert not belongs(before, day=date(2025, 3, 3), provinces=("Bắc Ninh",))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Phường Tân Định, TP.HCM trả kết quả tại nhà.", True),
        ("Phường Tân Định trả kết quả tại nhà.", True),
        ("Xã Tân Định trả kết quả tại nhà.", False),
    ],
)
def test_a_unit_is_found_by_its_kind_and_name(text, found):
    assert belongs(telling(text), units=("phường Tân Định, TP.HCM",)) is found


def test_names_that_no_table_knows_are_told():
    about = About(
        agencies=("Bộ Nội vụ", "Tổ công tác Mây Trắng"), provinces=("Huế", "Xứ Mây"), units=("phường Tân Định",)
    )
    assert unknown_names(about, DAY) == ("Tổ công tác Mây Trắng", "Xứ Mây")

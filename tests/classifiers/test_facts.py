"""Documents, figures and stages in invented sentences."""

import pytest

from classifiers.facts import DECIDED, DONE, IN_FORCE, PLANNED, SUBMITTED, Figure, documents, figures, stage


@pytest.mark.parametrize(
    "text",
    [
        "Nghị quyết số 57-NQ/TW về khoa học",
        "theo nghị quyết 57 của Bộ Chính trị",
        "57-NQ/TW",
    ],
)
def test_a_document_is_one_however_it_is_written(text):
    assert documents(text) == {"nq 57"}


def test_decrees_and_decisions_are_told_apart_by_kind_and_number():
    text = "Nghị định 178/2024/NĐ-CP, Quyết định 759/QĐ-TTg và Công điện số 10/CĐ-TTg"
    assert documents(text) == {"nđ 178", "qđ 759", "cđ 10"}


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("Nghị quyết 98: mở đường cho thành phố ven sông", "nq 98"),
        ("Chỉ thị 07 năm 2026 của tỉnh", "ct 7"),
        ("văn bản 567/TTg-NN", "ttg 567"),
        ("Tờ trình số 01-TTr/BCSĐ", "ttr 1"),
        ("Báo cáo số 506/BC-UBTCNS16", "bc 506"),
        ("Quyết định bổ nhiệm số 858/QĐ- SX", "qđ 858"),
        ("Luật số 15/2026/QH16", "qh16 15"),
        ("giấy phép 235/GP-SX", "gp 235"),
    ],
)
def test_numbers_of_every_way_of_writing_are_known(text, document):
    assert documents(text) == {document}
    assert figures(text) == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "kế hoạch 5 năm tới, quyết định 3% lãi suất, quy định 3 %",
        "kế hoạch 5 năm 2026-2030",
        "thông báo 8:30 họp",
        "kem chống nắng SPF 37/PA++",
        "thắng 3/TX",
    ],
)
def test_years_shares_and_hours_are_no_documents(text):
    assert documents(text) == frozenset()


@pytest.mark.parametrize("text", ["18.000 tỉ đồng", "18 nghìn tỷ đồng", "18 ngàn tỉ"])
def test_amounts_meet_whatever_words_of_quantity_are_used(text):
    assert figures(text) == {Figure(18e12, "")}


def test_a_figure_says_what_it_counts():
    assert figures("cắt giảm 30% thủ tục, sáp nhập 25 xã") == {Figure(30, "%"), Figure(25, "xã")}


def test_areas_are_read_however_they_are_written():
    assert figures("xưởng 700m² ở xã") == figures("xưởng 700 m2 ở xã") == {Figure(700, "m2")}


@pytest.mark.parametrize(
    "text", ["ngày 12/5/2026", "lúc 8h30", "năm 2025", "tháng 7", "từ 1-7-2025", "Nghị định 178/2024/NĐ-CP", ""]
)
def test_dates_hours_and_numbers_of_documents_are_no_figures(text):
    assert figures(text) == frozenset()


def test_a_rounded_figure_is_the_same_figure():
    assert Figure(1200e9, "").about(Figure(1230e9, ""))
    assert not Figure(5000, "người").about(Figure(14000, "người"))
    assert not Figure(5, "xã").about(Figure(5, "người"))


@pytest.mark.parametrize(
    ("text", "reached"),
    [
        ("Sở đề xuất ban hành quy chế một cửa", PLANNED),
        ("Tỉnh trình hội đồng đề án sắp xếp thôn", SUBMITTED),
        ("Hội đồng thông qua đề án sắp xếp thôn", DECIDED),
        ("Quy chế có hiệu lực trên toàn tỉnh", IN_FORCE),
        ("Tỉnh hoàn thành sắp xếp thôn", DONE),
        ("Việc học thêm không bắt buộc", None),
        ("Chợ nổi họp bên sông", None),
        ("", None),
    ],
)
def test_a_text_says_how_far_its_matter_has_come(text, reached):
    assert stage(text) == reached


def test_the_latest_stage_of_several_clauses_counts():
    assert stage("Hội đồng thông qua đề án, sẽ công bố sau") == DECIDED


@pytest.mark.parametrize(
    "text", ["\u0000" * 50, "9" * 5000, "🙂" * 3000, "tỷ " * 2000, "1." * 3000, "quyết định " * 3000]
)
def test_hostile_texts_give_an_answer(text):
    documents(text)
    figures(text)
    assert stage(text) in {None, PLANNED, DECIDED}

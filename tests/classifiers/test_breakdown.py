from datetime import date

import pytest

from classifiers.breakdown import break_down
from classifiers.labels import Label
from digest.model import SECTION_KEYS, Evidence, Judgement
from tests.fakes import an_article

WORDS = tuple(Evidence(field="title", text=text, weight=weight) for text, weight in (("một", 2.0), ("cửa", 1.0)))


def said(relevance, section=None, confidence=1.0):
    return Judgement(
        relevance=relevance,
        selected=relevance >= 0.5,
        section=section,
        section_confidence=confidence,
        evidence=(*WORDS, *WORDS),
    )


ROWS = [
    ("right", "Baolua.example", date(2026, 3, 31), said(0.95, "quan_ly"), Label(id="x", rel=2, section="quan_ly")),
    ("moved", "Baolua.example", date(2026, 3, 2), said(0.9, "quan_ly", 0.8), Label(id="x", rel=1, section="linh_vuc")),
    ("missed", "Baosong.example", date(2026, 4, 1), said(0.1, "quan_ly"), Label(id="x", rel=1, section="quan_ly")),
    ("wrong", "Baolua.example", None, said(0.99, "phan_tich"), Label(id="x", rel=0)),
    ("low", None, date(2026, 4, 2), said(0.05, "phan_tich"), Label(id="x", rel=0)),
    ("bare", "Baolua.example", date(2026, 4, 3), said(0.7, "phan_tich"), Label(id="x", rel=1, detailed=False)),
]
TOLD = break_down(
    [an_article(id=name, title=f"Bài {name}", outlet=outlet) for name, outlet, _, _, _ in ROWS],
    [day for _, _, day, _, _ in ROWS],
    [(judgement, label) for _, _, _, judgement, label in ROWS],
)


def test_each_section_has_its_own_precision_and_recall_among_relevant_items():
    section = TOLD.sections["quan_ly"]
    assert (section.said, section.true) == (3, 2)
    assert section.precision == pytest.approx(2 / 3)
    assert section.recall == 1.0
    assert section.f1 == pytest.approx(4 / 5)
    assert TOLD.sections["linh_vuc"].recall == 0.0
    assert TOLD.sections["linh_vuc"].precision is None
    assert TOLD.sections["dia_phuong"].f1 is None
    assert tuple(TOLD.sections) == SECTION_KEYS


def test_the_confusion_counts_the_whole_way_and_leaves_out_what_has_no_section():
    assert TOLD.confusion["quan_ly"]["quan_ly"] == 1
    assert TOLD.confusion["quan_ly"]["not_relevant"] == 1
    assert TOLD.confusion["linh_vuc"]["quan_ly"] == 1
    assert TOLD.confusion["not_relevant"] == dict.fromkeys(SECTION_KEYS, 0) | {"phan_tich": 1, "not_relevant": 1}
    assert sum(sum(row.values()) for row in TOLD.confusion.values()) == 5


def test_ten_bins_hold_every_item_once():
    assert [one.n for one in TOLD.bins] == [1, 1, 0, 0, 0, 0, 0, 1, 0, 3]
    assert (TOLD.bins[9].low, TOLD.bins[9].high) == (0.9, 1.0)
    assert TOLD.bins[9].said == pytest.approx((0.95 + 0.9 + 0.99) / 3)
    assert TOLD.bins[9].relevant == pytest.approx(2 / 3)
    assert TOLD.bins[2].said is None


def test_outlets_come_largest_first_and_months_in_order():
    assert list(TOLD.outlets) == ["Baolua.example", "Baosong.example", "unknown"]
    assert TOLD.outlets["Baolua.example"].n == 4
    assert {name: figures.n for name, figures in TOLD.months.items()} == {"2026-03": 2, "2026-04": 3, "unknown": 1}
    assert TOLD.months["2026-03"].precision == 1.0


def test_the_surest_error_comes_first_with_its_heaviest_evidence():
    assert [(error.id, error.said, error.label, error.sure) for error in TOLD.worst] == [
        ("wrong", "phan_tich", "not_relevant", 0.99),
        ("missed", "not_relevant", "quan_ly", 0.9),
        ("moved", "quan_ly", "linh_vuc", 0.72),
    ]
    assert TOLD.worst[0].title == "Bài wrong"
    assert TOLD.worst[0].evidence == (*WORDS, WORDS[0])


def test_no_more_than_twenty_errors_are_told():
    wrong = [(said(0.5 + at / 100, "quan_ly"), Label(id="x", rel=0)) for at in range(30)]
    told = break_down([an_article(id=f"a{at}") for at in range(30)], [None] * 30, wrong)
    assert [error.id for error in told.worst] == [f"a{at}" for at in range(29, 9, -1)]

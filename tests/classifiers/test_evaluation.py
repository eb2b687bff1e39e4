import pytest

from classifiers.evaluation import difference, evaluate, interval, without_day
from classifiers.labels import Label
from classifiers.training import prepare, whole_days
from digest.model import Judgement
from tests.classifiers.fakes import FIRST_DAY, SECOND_DAY, invented_rows


def said(relevance, *, section=None, areas=(), provinces=()):
    return Judgement(
        relevance=relevance, selected=relevance >= 0.5, section=section, areas=areas, provinces_as_written=provinces
    )


def label(rel, section=None, areas=(), provinces=()):
    return Label(id="x", rel=rel, section=section, areas=areas, provinces=provinces)


PAIRS = [
    (said(0.9, section="dia_phuong", areas=("so",), provinces=("Huế",)), label(2, "dia_phuong", ("so",), ("Huế",))),
    (said(0.2, section="quan_ly", areas=("so",)), label(2, "quan_ly", ("so", "tthc"), ("Gia Lai",))),
    (said(0.7, section="quan_ly", provinces=("Huế",)), label(1, "dia_phuong")),
    (said(0.8, section="phan_tich", areas=("so",)), label(0)),
    (said(0.1), label(0)),
]


def test_figures_count_what_their_names_say():
    figures = evaluate(PAIRS)
    assert figures.n == 5
    assert figures.precision == pytest.approx(2 / 3)
    assert figures.recall == pytest.approx(2 / 3)
    assert figures.rel_f1 == pytest.approx(2 / 3)
    assert figures.core_recall == pytest.approx(1 / 2)
    assert figures.section_macro_f1 == pytest.approx((2 / 3 + 2 / 3) / 2)
    assert figures.areas_f1 == pytest.approx(2 * 2 / (2 + 3))
    assert figures.provinces_f1 == pytest.approx(2 * 1 / (2 + 2))
    assert figures.ece == pytest.approx((0.1 + 0.8 + 0.3 + 0.8 + 0.1) / 5)
    error = (0.1**2 + 0.8**2 + 0.3**2 + 0.8**2 + 0.1**2) / 5
    assert figures.brier_skill == pytest.approx(1 - error / (0.6 * 0.4))


def test_the_names_of_the_figures_are_the_contract():
    names = "rel_f1, precision, recall, core_recall, section_macro_f1, areas_f1, provinces_f1, ece, brier_skill, n"
    assert ", ".join(evaluate(PAIRS).as_dict()) == names


def test_over_confidence_and_under_confidence_cancel_only_inside_a_bin():
    together = [(said(0.55), label(1, "quan_ly")), (said(0.55), label(0))]
    apart = [(said(1.0), label(0)), (said(0.0), label(1, "quan_ly"))]
    assert evaluate(together).ece == pytest.approx(0.05)
    assert evaluate(apart).ece == pytest.approx(1.0)


def test_nothing_to_count_is_none_and_not_zero():
    nothing = evaluate([])
    assert nothing.n == 0
    assert all(value is None for name, value in nothing.as_dict().items() if name != "n")
    assert evaluate([(said(0.1), label(0))]).brier_skill is None


def test_a_day_is_left_out_with_its_near_copies():
    rows = invented_rows()
    material = prepare(rows)
    assert whole_days(rows) == [FIRST_DAY, SECOND_DAY]
    seen, unseen = without_day(material, FIRST_DAY)
    assert [rows[at].day for at in unseen] == [FIRST_DAY] * 12
    assert not {material.groups[at] for at in seen} & {material.groups[at] for at in unseen}
    assert all(rows[at].day != FIRST_DAY for at in seen)


def test_an_interval_holds_its_figure_and_the_seed_draws_it_again():
    spread = interval(PAIRS * 8, seed=3, rounds=60)
    low, high = spread["rel_f1"]
    assert low <= 2 / 3 <= high
    assert low < high
    assert spread == interval(PAIRS * 8, seed=3, rounds=60)
    assert "n" not in spread


def test_what_an_office_did_not_say_is_not_counted_against_the_judge():
    silent = Label(id="x", rel=1, detailed=False)
    figures = evaluate([(said(0.9, section="quan_ly", areas=("so",), provinces=("Huế",)), silent)])
    assert (figures.rel_f1, figures.n) == (1.0, 1)
    assert (figures.section_macro_f1, figures.areas_f1, figures.provinces_f1) == (None, None, None)


def test_a_paired_difference_of_the_same_judgements_is_nothing_and_surely_so():
    gains = difference(PAIRS * 4, PAIRS * 4, seed=5, rounds=40)
    assert set(gains) == {name for name in evaluate(PAIRS).as_dict() if name != "n"}
    assert all(value == low == high == 0 for value, (low, high) in gains.values())


def test_a_paired_difference_is_narrower_than_the_intervals_it_compares():
    better = [(said(0.0), label) if not label.relevant else pair for pair in PAIRS * 8 for label in [pair[1]]]
    gain, (low, high) = difference(PAIRS * 8, better, seed=5, rounds=200)["rel_f1"]
    assert gain == pytest.approx(2 * 2 / (2 + 3) - 2 / 3)
    assert 0 < low < gain < high
    spread = interval(PAIRS * 8, seed=5, rounds=200)["rel_f1"]
    assert high - low < spread[1] - spread[0]


def test_nothing_to_draw_from_has_no_interval():
    assert interval([], seed=1) == {}
    assert difference([], [], seed=1) == {}

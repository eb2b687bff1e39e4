from dataclasses import replace

import numpy as np
import pytest

from classifiers import calibration, modelfile
from classifiers.judge import Judge
from classifiers.labels import Label, Labelled
from classifiers.outputs import OUTPUTS
from classifiers.splits import copy_groups, folds
from classifiers.training import fit, prepare
from digest.errors import InputError
from tests.classifiers.fakes import FIRST_DAY, SECOND_DAY, a_small_model, invented_rows
from tests.fakes import an_article


def test_the_same_rows_give_the_same_bytes():
    again = fit(prepare(invented_rows()), trained=FIRST_DAY)
    assert modelfile.to_bytes(again) == modelfile.to_bytes(a_small_model())


def test_other_labels_give_another_hash_and_name():
    other = fit(prepare(invented_rows()[:-1]), trained=FIRST_DAY)
    assert other.card.data_hash != a_small_model().card.data_hash
    assert other.card.name != a_small_model().card.name


def test_a_card_tells_rows_and_wholly_labelled_days():
    card = a_small_model().card
    assert (card.rows, card.days) == (72, (FIRST_DAY, SECOND_DAY))


def test_a_section_that_an_office_printed_teaches_that_section_and_says_nothing_of_areas():
    rows = invented_rows()
    silent = [
        replace(row, sample="decided", label=replace(row.label, areas=(), detailed=False)) if at % 6 < 3 else row
        for at, row in enumerate(rows)
    ]
    empty = [replace(row, label=replace(row.label, areas=())) if at % 6 < 3 else row for at, row in enumerate(rows)]
    unsaid, denied = (fit(prepare(given), trained=FIRST_DAY) for given in (silent, empty))
    relevance, area = OUTPUTS.index("relevance"), OUTPUTS.index("area:bo_may")
    assert np.array_equal(unsaid.weights[:, relevance], denied.weights[:, relevance])
    assert not np.array_equal(unsaid.weights[:, area], denied.weights[:, area])
    said, not_said = (Judge(model).judge(rows[7].article, day=None) for model in (unsaid, denied))
    assert "bo_may" in said.areas
    assert said.section == not_said.section == "dia_phuong"


def test_a_printed_item_without_a_section_teaches_relevance_alone():
    rows = invented_rows()
    bare = [
        replace(row, label=replace(row.label, section=None, detailed=False)) if at == 0 else row
        for at, row in enumerate(rows)
    ]
    without = fit(prepare(bare), trained=FIRST_DAY)
    assert np.array_equal(without.weights[:, 0], a_small_model().weights[:, 0])
    assert not np.array_equal(without.weights[:, 1:], a_small_model().weights[:, 1:])


def test_a_model_judges_the_same_before_and_after_it_is_written(tmp_path):
    modelfile.write(a_small_model(), tmp_path / "m.npz")
    before, after = Judge(a_small_model()), Judge.load(tmp_path / "m.npz")
    for row in invented_rows():
        assert before.judge(row.article, day=None) == after.judge(row.article, day=None)


def test_what_was_taught_is_known():
    judge = Judge(a_small_model())
    said = [(judge.judge(row.article, day=row.day), row.label) for row in invented_rows()]
    assert all(judgement.selected == label.relevant for judgement, label in said)
    assert all(judgement.section == label.section for judgement, label in said if label.relevant)


def test_a_row_read_for_its_kind_alone_teaches_sections_but_not_where_relevance_begins():
    odd = an_article(
        id="kind", title="Vườn hồng sau mưa nở rộ bên bờ suối nhỏ", sapo=None, paragraphs=(), published=None
    )
    labels = Label(id="kind", rel=1, section="phan_tich", areas=("so",))
    shown = [Labelled(article=replace(odd, id=f"kind{at}"), label=labels, sample="kind") for at in range(6)]
    fully = [replace(row, sample="active") for row in shown]
    without, kind, whole = (
        Judge(fit(prepare([*invented_rows(), *more]), trained=FIRST_DAY)).judge(odd, day=None)
        for more in ([], shown, fully)
    )
    assert not without.selected
    assert (kind.selected, kind.section) == (False, "phan_tich")
    assert (whole.selected, whole.section) == (True, "phan_tich")


def test_progress_hears_of_every_row():
    heard: list[int] = []
    prepare(invented_rows()[:5], progress=heard.append)
    assert heard == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (invented_rows()[:5], "5 labelled articles cannot teach"),
        ([row for row in invented_rows() if row.label.relevant], "no article is labelled irrelevant"),
        ([row for row in invented_rows() if row.label.section != "phan_tich"], "stands for phan_tich, tai_chinh"),
    ],
)
def test_rows_that_cannot_teach_are_refused_with_the_reason(rows, reason):
    with pytest.raises(InputError, match=reason):
        fit(prepare(rows), trained=FIRST_DAY)


def test_near_copies_share_a_group_and_a_fold():
    rows = invented_rows()
    copies = prepare([rows[0], rows[6], rows[0], rows[50]])
    assert copies.groups == [0, 1, 0, 3]
    assert folds(copies.groups, 2) == [0, 1, 0, 0]
    assert copy_groups([]) == []


def scores_of(relevant_scores, labels):
    scores = np.zeros((len(labels), len(OUTPUTS)))
    scores[:, 0] = relevant_scores
    for at, label in enumerate(labels):
        for place, output in enumerate(OUTPUTS):
            kind, _, key = output.partition(":")
            if kind != "relevance":
                scores[at, place] = 2.0 if key in (label.section, *label.areas) else -2.0
    return scores


def test_calibrated_scores_say_how_often_they_are_right():
    random = np.random.default_rng(7)
    scores = random.normal(0, 2, 4_000)
    truth = random.random(4_000) < 1 / (1 + np.exp(-(1.5 * scores - 1)))
    labels = [
        Label(id=str(at), rel=1, section="quan_ly", areas=("so",)) if hit else Label(id=str(at), rel=0)
        for at, hit in enumerate(truth)
    ]
    learned = calibration.learn(scores_of(scores, labels), labels, natural=[True] * len(labels))
    assert learned["slope"] == pytest.approx(1.5, abs=0.15)
    assert learned["offset"] == pytest.approx(-1, abs=0.15)
    assert 0.3 < learned["line"] < 0.5
    assert learned["first_area"] <= learned["second_area"] < 0.88


def test_the_line_is_chosen_on_whole_days_where_there_are_enough_of_them():
    labels = [Label(id=str(at), rel=1 if at % 2 else 0, section="quan_ly", areas=("so",)) for at in range(200)]
    right = np.array([3.0 if label.relevant else -3.0 for label in labels])
    scores = np.where(np.arange(200) < 100, right, 0.0)
    on_days = calibration.learn(scores_of(scores, labels), labels, natural=[at < 100 for at in range(200)])
    on_all = calibration.learn(scores_of(scores, labels), labels, natural=[False] * 200)
    assert on_days["line"] == 0.5
    assert on_all["line"] < 0.5

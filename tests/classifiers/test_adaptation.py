from dataclasses import replace

import numpy as np
import pytest

from classifiers import modelfile
from classifiers.adaptation import adapt
from classifiers.judge import Judge
from classifiers.training import matrix_of, prepare
from digest.errors import InputError
from tests.classifiers.fakes import LATER, a_small_model, decided_rows, invented_rows
from tests.fakes import an_article


def adapted(rows, **more):
    return adapt(a_small_model(), prepare(rows), trained=LATER, **more)


def judged(model, title):
    return Judge(model).judge(an_article(title=title, sapo=None, paragraphs=(), published=None), day=LATER)


TAX = "Hộ bán bánh ở Vĩnh Long nhận hóa đơn điện tử"
APPOINTED = "Vĩnh Long điều động, bổ nhiệm bảy giám đốc sở"


def decided_again(rows):
    """The same decisions on other articles of the same words."""
    return [
        replace(
            row,
            article=replace(row.article, id=f"{row.article.id}-2"),
            label=replace(row.label, id=f"{row.label.id}-2"),
        )
        for row in rows
    ]


def test_an_office_is_followed_in_what_it_prints_and_where():
    old, new = a_small_model(), adapted(decided_rows())
    assert judged(old, TAX).selected
    assert judged(new, TAX).relevance < judged(old, TAX).relevance - 0.4
    assert not judged(adapted([*decided_rows(), *decided_again(decided_rows())]), TAX).selected
    assert judged(old, APPOINTED).section == "quan_ly"
    assert judged(new, APPOINTED).section == "dia_phuong"


def test_what_the_office_said_nothing_of_stays_as_it_was():
    old, new = a_small_model(), adapted(decided_rows(), others=prepare(invented_rows()).readings)
    for row in invented_rows():
        before, after = (Judge(model).judge(row.article, day=None) for model in (old, new))
        is_theirs = "hóa đơn" in row.article.title or "bổ nhiệm" in row.article.title
        if not is_theirs:
            assert after.selected == before.selected, row.article.title
            assert after.areas == before.areas


def test_articles_nobody_decided_hold_the_relevance_of_their_like():
    others = prepare(invented_rows()).readings
    free, held = adapted(decided_rows()), adapted(decided_rows(), others=others)
    old = a_small_model()

    def moved(model):
        return sum(
            abs(Judge(model).judge(row.article, day=None).relevance - Judge(old).judge(row.article, day=None).relevance)
            for row in invented_rows()
        )

    assert moved(held) < moved(free)


def test_the_judgement_is_explained_by_the_words_the_office_moved():
    said = judged(adapted(decided_rows()), TAX)
    before = judged(a_small_model(), TAX)
    theirs = {one.text: one.weight for one in said.evidence if one.field == "title"}
    assert theirs
    assert all(text in TAX for text in theirs)
    earlier = {one.text: one.weight for one in before.evidence if one.field == "title"}
    assert sum(theirs.values()) < sum(earlier.values()) - 1


def test_the_same_rows_give_the_same_bytes_and_the_file_is_read_as_any_model(tmp_path):
    new = adapted(decided_rows())
    assert modelfile.to_bytes(new) == modelfile.to_bytes(adapted(decided_rows()))
    modelfile.write(new, tmp_path / "m.diembao")
    assert judged(modelfile.read(tmp_path / "m.diembao"), TAX) == judged(new, TAX)


def test_the_card_names_the_base_and_keeps_its_calibration_and_record():
    base, new = a_small_model(), adapted(decided_rows())
    assert (new.card.base, new.card.rows, new.card.trained) == (base.card.name, 48, LATER)
    assert new.card.name != base.card.name
    assert (new.card.line, new.card.slope, new.card.offset) == (base.card.line, base.card.slope, base.card.offset)
    assert new.learnt is not None
    assert new.learnt.has(["r00", "d0", "d99"]) == [True, True, False]
    assert adapt(replace(base, learnt=None), prepare(decided_rows()), trained=LATER).learnt is None


def test_decisions_teach_no_areas_and_labelled_lines_do():
    base = a_small_model()
    decided = adapted(decided_rows())
    areas = slice(6, 12)
    assert np.array_equal(decided.weights[:, areas], base.weights[:, areas])
    assert np.array_equal(decided.bias, base.bias)
    told = [
        replace(row, sample="active", label=replace(row.label, areas=("tthc",) if row.label.rel else (), detailed=True))
        for row in decided_rows()
    ]
    assert not np.array_equal(adapted(told).weights[:, areas], base.weights[:, areas])


def test_items_printed_without_a_section_teach_relevance_alone():
    base = a_small_model()
    bare = [replace(row, label=replace(row.label, section=None)) for row in decided_rows()]
    new = adapted(bare)
    assert not np.array_equal(new.weights[:, 0], base.weights[:, 0])
    assert np.array_equal(new.weights[:, 1:], base.weights[:, 1:])


def test_only_words_of_the_office_s_own_articles_move():
    rows = prepare(decided_rows())
    old, new = a_small_model(), adapt(a_small_model(), rows, trained=LATER)
    used = matrix_of(old.vocabulary, rows.readings).getnnz(axis=0) > 0
    assert 0 < used.sum() < len(used)
    assert np.array_equal(new.weights[~used], old.weights[~used])
    assert not np.array_equal(new.weights[used], old.weights[used])


def test_past_issues_alone_teach_sections_and_not_where_relevance_ends():
    printed = [row for row in decided_rows() if row.label.relevant]
    base, new = a_small_model(), adapted(printed)
    assert np.array_equal(new.weights[:, 0], base.weights[:, 0])
    assert not np.array_equal(new.weights[:, 1:6], base.weights[:, 1:6])


def test_a_handful_of_decisions_is_refused():
    with pytest.raises(InputError, match="19 decided articles teach a model nothing; it takes at least 20"):
        adapted(decided_rows()[:19])

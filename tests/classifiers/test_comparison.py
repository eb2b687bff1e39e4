from dataclasses import replace
from datetime import date, timedelta

import msgspec
import pytest

from classifiers.adaptation import adapt
from classifiers.comparison import (
    Old,
    compare,
    held_out,
    holds_nearly_all,
    how_measured,
    latest_days,
    splits_of,
    story_splits,
    verdict_of,
)
from classifiers.evaluation import evaluate
from classifiers.training import fit, prepare
from digest.errors import InputError
from tests.classifiers.fakes import FIRST_DAY, LATER, SECOND_DAY, a_small_model, decided_rows, invented_rows


def make(part):
    return fit(part, trained=FIRST_DAY)


@pytest.fixture(scope="module")
def material():
    return prepare(invented_rows())


@pytest.fixture(scope="module")
def office():
    return prepare(decided_rows())


def labels_of(material):
    return [row.label for row in material.rows]


def test_wholly_labelled_days_are_left_out_in_turn_and_stories_where_there_is_none(material):
    assert [split.name for split in splits_of(material)] == ["2026-03-02", "2026-03-03"]
    without = prepare([replace(row, sample="active") for row in invented_rows()[:30]])
    assert [split.name for split in splits_of(without, stories=3)] == [f"fold {n} of 3 by story" for n in (1, 2, 3)]


def test_no_near_copy_stands_on_both_sides(material, office):
    for split in (*splits_of(material), *story_splits(material, 4), *splits_of(office)):
        its = office if len(split.seen) + len(split.unseen) <= 48 else material
        assert not {its.groups[at] for at in split.seen} & {its.groups[at] for at in split.unseen}


def test_the_latest_days_are_held_out_and_what_comes_before_is_learnt(office):
    split = latest_days(office)
    days = [office.rows[at].day for at in split.unseen]
    assert len(split.unseen) >= 20
    assert min(days) == LATER + timedelta(days=4)
    assert all(office.rows[at].day < min(days) for at in split.seen)
    assert split.name == "2026-07-10 to 2026-07-13"


def test_a_row_without_a_day_is_learnt_and_never_held_out():
    rows = [replace(row, day=None) if at < 10 else row for at, row in enumerate(decided_rows())]
    split = latest_days(prepare(rows))
    assert set(split.unseen).isdisjoint(range(10))
    assert set(range(10)) & set(split.seen)


def test_rows_of_one_day_have_no_later_part():
    with pytest.raises(InputError, match="the rows are of 1 days: there is no later part of 20 items"):
        latest_days(prepare([replace(row, day=LATER) for row in decided_rows()]))


def test_a_model_that_has_not_learnt_the_days_is_judged_as_it_is(office):
    base = a_small_model()
    compared = compare(
        office,
        labels_of(office),
        [latest_days(office)],
        make=lambda part: adapt(base, part, trained=LATER),
        old=Old(model=base),
        common=base.learnt,
    )
    assert [way for _, way in compared.ways] == ["judged as it is: it has not learnt from them"]
    assert compared.old.n == compared.new.n == len(compared.pairs) >= 20
    assert compared.gains["rel_f1"][0] + compared.gains["section_macro_f1"][0] > 0.1
    is_better, reason = verdict_of(compared.gains)
    assert is_better
    assert "rel_f1 +" in reason


def test_a_model_that_has_learnt_the_days_is_made_anew_from_what_it_knows(material):
    old = fit(prepare(invented_rows()[:-6]), trained=FIRST_DAY)
    assert old.learnt is not None
    assert holds_nearly_all(material, old.learnt)
    made = []

    def remake(part):
        made.append(part)
        return make(part)

    compared = compare(material, labels_of(material), splits_of(material), make=make, old=Old(model=old, remake=remake))
    assert [way for _, way in compared.ways] == ["made anew without them from the rows it knows"] * 2
    known = {row.article.id for part in made for row in part.rows}
    assert not known & {row.article.id for row in invented_rows()[-6:]}
    assert all(row.day != FIRST_DAY for row in made[0].rows)
    assert all(row.day != SECOND_DAY for row in made[1].rows)


def test_the_same_recipe_on_the_same_rows_gains_nothing_and_is_not_worse(material):
    compared = compare(
        material, labels_of(material), splits_of(material), make=make, old=Old(model=a_small_model(), remake=make)
    )
    assert compared.old == compared.new
    assert all(gain == (0, (0, 0)) for gain in compared.gains.values())
    assert verdict_of(compared.gains)[0]


def test_a_model_whose_rows_are_not_here_is_judged_on_what_it_has_not_learnt(material):
    known_in_part = fit(prepare(invented_rows()[:66]), trained=FIRST_DAY)
    with pytest.raises(InputError, match="2 of the items held out are such that the model in use has not learnt"):
        compare(material, labels_of(material), splits_of(material), make=make, old=Old(model=known_in_part))


def test_a_model_that_cannot_be_made_anew_falls_back_to_what_it_has_not_learnt(material):
    def cannot(_part):
        raise InputError("too few")

    with pytest.raises(InputError, match="only 0 of the items"):
        compare(
            material, labels_of(material), splits_of(material), make=make, old=Old(model=a_small_model(), remake=cannot)
        )


def test_a_near_copy_of_what_was_learnt_is_no_fair_test():
    base = a_small_model()
    copies = [
        replace(
            row,
            article=replace(row.article, id=f"c{at}", title=f"{row.article.title} hôm nay"),
            label=replace(row.label, id=f"c{at}"),
            day=LATER + timedelta(days=at // 10),
        )
        for at, row in enumerate(invented_rows()[:40])
    ]
    material = prepare(copies)
    with pytest.raises(InputError, match="has not learnt from them"):
        compare(
            material,
            labels_of(material),
            [latest_days(material)],
            make=lambda part: adapt(base, part, trained=LATER),
            old=Old(model=base),
            common=base.learnt,
        )


def test_a_model_without_a_record_may_have_learnt_all_up_to_its_date(office):
    silent = replace(a_small_model(), learnt=None)
    later = replace(silent, card=msgspec.structs.replace(silent.card, trained=date(2026, 8, 1)))
    ways = []
    for model in (silent, later):
        compared = compare(
            office,
            labels_of(office),
            [latest_days(office)],
            make=lambda part: adapt(a_small_model(), part, trained=LATER),
            old=Old(model=model, remake=lambda part: adapt(a_small_model(), part, trained=LATER)),
        )
        ways += [way for _, way in compared.ways]
    assert ways == ["judged as it is: it has not learnt from them", "made anew without them from the rows it knows"]


def test_held_out_items_are_judged_in_the_order_of_their_parts(material):
    splits = splits_of(material)
    pairs = held_out(material, labels_of(material), splits, make=make)
    assert [label.id for _, label in pairs] == [material.rows[at].label.id for split in splits for at in split.unseen]
    assert how_measured(splits) == "on what was left out of training, near-copies too: 2026-03-02, 2026-03-03"


def test_no_model_has_learnt_what_it_judges(material):
    taught = []

    def noted(part):
        taught.append({row.day for row in part.rows})
        return make(part)

    held_out(material, labels_of(material), splits_of(material), make=noted)
    assert [FIRST_DAY in days for days in taught] == [False, True]
    assert [SECOND_DAY in days for days in taught] == [True, False]


def test_stories_left_out_in_turn_judge_every_row_once_and_well(material):
    splits = story_splits(material, 3)
    pairs = held_out(material, labels_of(material), splits, make=make)
    assert sorted(at for split in splits for at in split.unseen) == list(range(len(material.rows)))
    assert len(pairs) == len(material.rows)
    assert (evaluate(pairs).rel_f1 or 0) > 0.6


CERTAIN = {"rel_f1": (0.02, (-0.01, 0.05)), "section_macro_f1": (0.01, (-0.03, 0.06)), "core_recall": (0.0, (0.0, 0.0))}


@pytest.mark.parametrize(
    ("change", "is_better", "reason"),
    [
        ({}, True, "not worse: rel_f1 +0.020 [-0.010, +0.050] and section_macro_f1 +0.010"),
        ({"rel_f1": (-0.004, (-0.03, 0.02))}, True, "not worse"),
        ({"rel_f1": (-0.03, (-0.06, 0.01))}, False, "worse in sum: rel_f1 -0.030"),
        ({"section_macro_f1": (-0.03, (-0.06, -0.01))}, False, "clearly worse in section_macro_f1 -0.030"),
        ({"core_recall": (-0.05, (-0.09, -0.01))}, False, "clearly worse in core_recall -0.050 [-0.090, -0.010]"),
        ({"core_recall": (-0.05, (-0.09, 0.0))}, True, "nothing clearly worse"),
        ({"ece": (-0.05, (-0.09, -0.01))}, True, "not worse"),
    ],
)
def test_the_rule_of_not_worse(change, is_better, reason):
    told = verdict_of(CERTAIN | change)
    assert told[0] is is_better
    assert reason in told[1]


def test_figures_of_one_kind_decide_alone():
    assert verdict_of({"rel_f1": (0.01, (0.0, 0.02))}) == (
        True,
        "not worse: rel_f1 +0.010 [+0.000, +0.020]; nothing clearly worse",
    )

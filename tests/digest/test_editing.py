"""What editors do to a draft, and undoing it: step by step, any number, beside each other."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.editing import (
    EditConflict,
    Spot,
    Step,
    changed,
    dropped,
    item_of,
    key_of,
    moved,
    put,
    redone,
    step_between,
    undone,
    with_keys,
)
from digest.errors import InputError
from digest.model import Issue, Item
from digest.profile import load
from digest.wire import content_hash
from tests.digest.render.fakes import an_issue, an_item, issue_of

TITLES = {section.key: section.title for section in load("cchc").sections}
FIRST = an_issue(9, 3, profile="cchc")
FIRST = replace(FIRST, hash=content_hash(FIRST))
KEYS = [f"a{number}" for number in range(1, 13)]


def _shown(issue: Issue) -> dict[str, list[str]]:
    return {part.key: [key_of(item) for item in part.items] for part in issue.sections}


def _headline(words: str):
    def change(item: Item) -> Item:
        return replace(item, headline=words)

    return change


def test_an_item_is_moved_behind_another_and_numbers_run_on() -> None:
    made = moved(FIRST, TITLES, "a1", Spot(section="dia_phuong", after="a4"))
    assert _shown(made) == {
        "chu_truong": ["a2", "a3"],
        "dia_phuong": ["a4", "a1", "a5", "a6"],
        "linh_vuc": ["a7", "a8", "a9"],
    }
    assert [item.number for part in made.sections for item in part.items] == list(range(1, 10))
    assert made.hash == content_hash(made) != FIRST.hash


def test_a_section_comes_with_its_first_item_and_goes_with_its_last() -> None:
    made = moved(FIRST, TITLES, "a1", Spot(section="phan_tich"))
    assert list(_shown(made)) == ["chu_truong", "dia_phuong", "linh_vuc", "phan_tich"]
    assert made.sections[-1].title == TITLES["phan_tich"]
    assert moved(made, TITLES, "a1", Spot(section="chu_truong")) == FIRST


def test_an_item_whose_neighbour_is_gone_stands_at_the_end() -> None:
    made = put(FIRST, TITLES, an_item(10), Spot(section="chu_truong", after="gone"))
    assert _shown(made)["chu_truong"] == ["a1", "a2", "a3", "a10"]


def test_what_cannot_be_done_says_why() -> None:
    with pytest.raises(InputError, match="no section 'x'; known: chu_truong"):
        moved(FIRST, TITLES, "a1", Spot(section="x"))
    with pytest.raises(EditConflict, match="no longer in the issue") as none:
        dropped(FIRST, TITLES, "a12")
    assert (none.value.key, none.value.now) == ("a12", None)
    with pytest.raises(EditConflict, match="stands in the issue already"):
        put(FIRST, TITLES, an_item(1), Spot(section="chu_truong"))
    with pytest.raises(InputError, match="item 1 has no article"):
        key_of(an_item(1, article=None))


def test_items_of_a_past_bulletin_get_keys() -> None:
    items = (an_item(1, article=None), an_item(2), an_item(3, article=None), an_item(4, article="tin-20260302-2"))
    keyed = with_keys(issue_of(*items))
    assert [key_of(item) for item in keyed.sections[0].items] == [
        "tin-20260302-1",
        "a2",
        "tin-20260302-3",
        "tin-20260302-2",
    ]
    assert keyed.hash == content_hash(keyed)


def test_a_change_to_what_somebody_else_has_changed_is_a_conflict_with_both_texts() -> None:
    seen = item_of(FIRST, "a2")
    theirs = changed(FIRST, TITLES, "a2", _headline("Tít của người kia"), seen)
    with pytest.raises(EditConflict, match="somebody else has changed this item") as conflict:
        changed(theirs, TITLES, "a2", _headline("Tít của tôi"), seen)
    assert conflict.value.now is not None
    assert conflict.value.now.headline == "Tít của người kia"
    fresh = changed(theirs, TITLES, "a2", _headline("Tít của tôi"), conflict.value.now)
    assert item_of(fresh, "a2").headline == "Tít của tôi"


def test_moving_an_item_does_not_make_what_others_saw_of_it_old() -> None:
    seen = item_of(FIRST, "a2")
    later = dropped(FIRST, TITLES, "a1")
    assert item_of(changed(later, TITLES, "a2", _headline("Mới"), seen), "a2").headline == "Mới"


def test_a_step_names_only_what_was_touched() -> None:
    made = moved(FIRST, TITLES, "a9", Spot(section="linh_vuc"))
    (one,) = step_between(FIRST, made)
    assert (one.key, one.spot_before, one.spot_after) == (
        "a9",
        Spot(section="linh_vuc", after="a8"),
        Spot(section="linh_vuc"),
    )
    assert step_between(FIRST, FIRST) == ()


def test_one_editor_s_step_is_undone_beside_another_s() -> None:
    mine = moved(FIRST, TITLES, "a1", Spot(section="linh_vuc"))
    theirs = changed(mine, TITLES, "a5", _headline("Tít của người kia"))
    back = undone(theirs, TITLES, step_between(FIRST, mine))
    assert _shown(back) == _shown(FIRST)
    assert item_of(back, "a5").headline == "Tít của người kia"


@pytest.mark.parametrize("since", ["changed", "moved", "dropped"])
def test_a_step_on_an_item_that_was_touched_again_is_not_undone(since: str) -> None:
    mine = changed(FIRST, TITLES, "a1", _headline("Tít của tôi"))
    theirs = {
        "changed": changed(mine, TITLES, "a1", _headline("Tít của người kia")),
        "moved": moved(mine, TITLES, "a1", Spot(section="linh_vuc")),
        "dropped": dropped(mine, TITLES, "a1"),
    }[since]
    with pytest.raises(EditConflict, match="was changed again since"):
        undone(theirs, TITLES, step_between(FIRST, mine))


spots = st.builds(
    lambda section, after: Spot(section=section, after=after),
    st.sampled_from(list(TITLES)),
    st.one_of(st.none(), st.sampled_from(KEYS)),
)
deeds = st.lists(
    st.tuples(st.sampled_from(["move", "drop", "put", "change"]), st.sampled_from(KEYS), spots), max_size=12
)


def _history(doings: list[tuple[str, str, Spot]]) -> list[Issue]:
    """The issue after each deed that could be done."""
    states = [FIRST]
    for place, (deed, key, spot) in enumerate(doings):
        now = states[-1]
        try:
            if deed == "move":
                states.append(moved(now, TITLES, key, spot))
            elif deed == "drop":
                states.append(dropped(now, TITLES, key))
            elif deed == "put":
                states.append(put(now, TITLES, an_item(int(key[1:])), spot))
            else:
                states.append(changed(now, TITLES, key, _headline(f"Tít {place}")))
        except EditConflict:
            continue
    return states


@settings(max_examples=150, deadline=None)
@given(deeds)
def test_any_number_of_steps_is_undone_and_done_again(doings: list[tuple[str, str, Spot]]) -> None:
    states = _history(doings)
    steps: list[Step] = [step_between(before, after) for before, after in pairwise(states)]
    now = states[-1]
    for step, before in zip(reversed(steps), reversed(states[:-1]), strict=True):
        now = undone(now, TITLES, step)
        assert now == before
    for step, after in zip(steps, states[1:], strict=True):
        now = redone(now, TITLES, step)
        assert now == after


@settings(max_examples=100, deadline=None)
@given(deeds)
def test_many_steps_are_one_step_too(doings: list[tuple[str, str, Spot]]) -> None:
    states = _history(doings)
    whole = step_between(states[0], states[-1])
    assert undone(states[-1], TITLES, whole) == states[0]
    assert redone(states[0], TITLES, whole) == states[-1]


orders = st.permutations(KEYS[:8])


@settings(max_examples=200, deadline=None)
@given(orders, orders, st.sets(st.sampled_from(KEYS[:8])))
def test_any_order_leads_to_any_other_and_back(first: list[str], second: list[str], reworded: set[str]) -> None:
    before, after = (
        _arranged_as([an_item(int(key[1:]), headline=_words(key, reworded, state)) for key in keys])
        for state, keys in enumerate((first, second))
    )
    step = step_between(before, after)
    assert undone(after, TITLES, step) == before
    assert redone(before, TITLES, step) == after


def _words(key: str, reworded: set[str], state: int) -> str:
    return f"Tít của {key}{' đã sửa' if state and key in reworded else ''}"


def _arranged_as(items: list[Item]) -> Issue:
    made = replace(FIRST, sections=())
    last: str | None = None
    for item in items:
        made = put(made, TITLES, item, Spot(section="dia_phuong", after=last))
        last = item.article
    return made


def test_a_change_keeps_the_item_s_key() -> None:
    made = changed(FIRST, TITLES, "a1", lambda item: replace(item, article="a2", headline="Mới"))
    assert item_of(made, "a1").headline == "Mới"

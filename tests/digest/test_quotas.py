from dataclasses import replace

from digest import quotas
from digest.choose import Window, choose
from digest.profile import load
from tests.digest.fakes import a_candidate
from tests.fakes import at

PROFILE = load("cchc")
WINDOW = Window(start=at("2026-02-27 00:00"), end=at("2026-03-03 00:00"))


def selected(candidates, profile=PROFILE):
    return choose(candidates, profile=profile, window=WINDOW, line=0.5)


def chosen_ids(candidates, profile=PROFILE):
    return {pick.candidate.article.id for pick in selected(candidates, profile).chosen}


def reserving(seats, **choice):
    """The profile with so many seats for analysis."""
    sections = tuple(
        replace(rule, at_least=seats if rule.key == "phan_tich" else 0, at_most=15) for rule in PROFILE.sections
    )
    return replace(PROFILE, sections=sections, choice=replace(PROFILE.choice, **choice))


def test_a_section_with_a_reserved_seat_is_not_crowded_out_of_a_full_issue():
    many = [a_candidate(f"b{n}", relevance=0.9) for n in range(4)]
    view = a_candidate("luan", section="phan_tich", relevance=0.55)
    assert "luan" not in chosen_ids([*many, view], reserving(0, at_least=1, at_most=3))
    selection = selected([*many, view], reserving(1, at_least=1, at_most=3))
    assert "luan" in {pick.candidate.article.id for pick in selection.chosen}
    assert len(selection.chosen) == 3
    assert {drop.short for drop in selection.tray} == {0.0}


def test_a_reserved_seat_is_never_filled_from_below_the_line():
    weak = a_candidate("yeu", section="phan_tich", relevance=0.49)
    assert chosen_ids([weak, a_candidate("a")], reserving(2, at_least=2)) == {"a"}


def test_for_a_reserved_seat_an_outlet_stands_once_more():
    views = [a_candidate(f"l{n}", section="phan_tich", outlet="B.example", relevance=0.9 - n / 10) for n in range(3)]
    assert chosen_ids(views, reserving(2, at_least=0)) == {"l0", "l1"}
    assert chosen_ids(views, reserving(0, at_least=0)) == {"l0"}


def test_a_reserved_seat_opens_no_other_quota():
    views = [
        a_candidate(f"l{n}", section="phan_tich", provinces=("Huế",), outlet="B.example", relevance=0.9 - n / 10)
        for n in range(3)
    ]
    selection = selected(views, reserving(3, at_least=0))
    assert len(selection.chosen) == PROFILE.choice.per_province
    assert [(drop.rule, drop.detail) for drop in selection.tray] == [(quotas.PROVINCE_FULL, "Huế")]


def test_the_tray_says_how_far_behind_the_last_of_its_quota_a_story_is():
    local = [a_candidate(f"h{n}", provinces=("Huế",), relevance=0.9 - n / 10) for n in range(3)]
    other = a_candidate("khac", relevance=0.55)
    selection = selected([*local, other])
    (left,) = selection.tray
    scores = {
        pick.candidate.article.id: rank.score for pick, rank in zip(selection.chosen, selection.ranks, strict=True)
    }
    assert left.rank is not None
    assert left.short == round(scores["h1"] - left.rank.score, 4)


def test_a_full_section_names_itself_and_its_weakest_item():
    narrow = replace(PROFILE, sections=tuple(replace(rule, at_most=1) for rule in PROFILE.sections))
    pair = [a_candidate("a"), a_candidate("b", relevance=0.8), a_candidate("c", section="linh_vuc", relevance=0.6)]
    (left,) = selected(pair, narrow).tray
    assert (left.rule, left.detail) == (quotas.SECTION_FULL, "dia_phuong")
    assert left.short is not None
    assert left.short > 0

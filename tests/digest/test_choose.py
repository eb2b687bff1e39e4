import random
from dataclasses import replace
from typing import Any

from digest import choose as rules
from digest.choose import Printed, Window, choose, printed_section
from digest.model import Also, Candidate, Judgement, StoryMark
from digest.profile import load
from tests.fakes import an_article, at

PROFILE = load("cchc")
WINDOW = Window(start=at("2026-02-27 00:00"), end=at("2026-03-03 00:00"))


def a_candidate(name: str, **fields: Any) -> Candidate:
    """A relevant article of its own outlet and story; name what differs."""
    story = fields.pop("story", f"s-{name}")
    lead = fields.pop("lead", True)
    judged = {
        "relevance": fields.pop("relevance", 0.9),
        "section": fields.pop("section", "dia_phuong"),
        "provinces": fields.pop("provinces", ()),
    }
    judged["selected"] = fields.pop("selected", judged["relevance"] >= 0.5)
    known = {
        "id": name,
        "url": f"https://{name}.example/bai-{name}.html",
        "outlet": f"{name.capitalize()}.example",
        "title": f"Tin của {name}",
    }
    article = an_article(**(known | fields))
    return Candidate(article=article, judgement=Judgement(**judged), story=StoryMark(story=story, lead=lead))


def chosen_ids(candidates, *, profile=PROFILE, printed=None):
    selection = choose(candidates, profile=profile, window=WINDOW, printed=printed)
    return [pick.candidate.article.id for pick in selection.chosen]


def rule_of(candidates, name, **options):
    selection = choose(candidates, profile=options.pop("profile", PROFILE), window=WINDOW, **options)
    return {drop.candidate.article.id: drop.rule for drop in selection.dropped}[name]


def with_choice(**fields):
    return replace(PROFILE, choice=replace(PROFILE.choice, **fields))


def test_an_article_below_the_models_line_is_dropped_by_name():
    assert rule_of([a_candidate("a", relevance=0.2)], "a") == rules.NOT_RELEVANT


def test_an_article_outside_the_window_is_dropped_and_one_without_time_counts_as_of_the_day():
    old = a_candidate("cu", published=at("2026-02-26 23:59"))
    assert rule_of([old, a_candidate("b")], "cu") == rules.OUTSIDE_WINDOW
    assert chosen_ids([a_candidate("khong", published=None)]) == ["khong"]


def test_the_windows_end_is_the_next_days_first_moment():
    assert not WINDOW.holds(at("2026-03-03 00:00"))
    assert WINDOW.holds(at("2026-02-27 00:00"))


def test_what_the_last_issues_printed_does_not_return():
    candidates = [a_candidate("a"), a_candidate("b")]
    printed = Printed(articles=frozenset({"a"}), urls=frozenset({"https://b.example/bai-b.html"}))
    assert chosen_ids(candidates, printed=printed) == []
    assert rule_of(candidates, "b", printed=printed) == rules.PRINTED_BEFORE


def test_another_outlets_copy_of_a_printed_story_does_not_return():
    copy = a_candidate("chep", story="s-cu", lead=False)
    printed = Printed(stories=frozenset({"s-cu"}))
    assert rule_of([copy], "chep", printed=printed) == rules.PRINTED_BEFORE


def test_one_item_a_story_and_the_others_are_listed_with_it():
    lead = a_candidate("goc", story="s1", relevance=0.7)
    copy = a_candidate("chep", story="s1", lead=False, relevance=0.95, published=at("2026-03-02 09:00"))
    selection = choose([copy, lead], profile=PROFILE, window=WINDOW)
    (pick,) = selection.chosen
    assert pick.candidate.article.id == "goc"
    assert pick.candidate.judgement.relevance == 0.95
    assert pick.candidate.also == (Also(outlet="Chep.example", url="https://chep.example/bai-chep.html"),)
    assert [(drop.rule, drop.detail) for drop in selection.dropped] == [(rules.REPRINT, "goc")]


def test_a_story_whose_lead_is_too_old_is_led_by_the_earliest_inside_the_window():
    lead = a_candidate("goc", story="s1", published=at("2026-02-20 08:00"))
    late = a_candidate("sau", story="s1", lead=False, published=at("2026-03-02 09:00"))
    early = a_candidate("truoc", story="s1", lead=False, published=at("2026-03-02 08:00"))
    assert chosen_ids([lead, late, early]) == ["truoc"]


def test_one_item_an_outlet_where_enough_are_there():
    many = [a_candidate(f"b{n}", relevance=0.8) for n in range(PROFILE.choice.at_least)]
    twice = a_candidate("hai", outlet="B0.example", relevance=0.7)
    assert rule_of([*many, twice], "hai") == rules.OUTLET_FULL


def test_a_story_whose_outlet_is_taken_is_led_by_another_that_ran_it():
    many = [a_candidate(f"b{n}", relevance=0.95) for n in range(PROFILE.choice.at_least)]
    lead = a_candidate("goc", outlet="B0.example", story="s1", relevance=0.9)
    copy = a_candidate("chep", story="s1", lead=False, relevance=0.6, published=at("2026-03-02 09:00"))
    selection = choose([*many, lead, copy], profile=PROFILE, window=WINDOW)
    printed = {pick.candidate.article.id: pick.candidate for pick in selection.chosen}
    assert "goc" not in printed
    assert printed["chep"].also == (Also(outlet="B0.example", url="https://goc.example/bai-goc.html"),)
    assert [(drop.candidate.article.id, drop.rule, drop.detail) for drop in selection.dropped] == [
        ("goc", rules.REPRINT, "chep")
    ]


def test_an_outlet_stands_again_while_the_issue_is_too_thin():
    same = [a_candidate(f"b{n}", outlet="B.example", relevance=0.9 - n / 100) for n in range(12)]
    selection = choose(same, profile=PROFILE, window=WINDOW)
    assert len(selection.chosen) == PROFILE.choice.at_least
    assert {drop.rule for drop in selection.dropped} == {rules.OUTLET_FULL}


def test_two_items_a_province_at_most_and_a_central_decision_counts_under_none():
    local = [a_candidate(f"h{n}", provinces=("Huế",), relevance=0.9 - n / 100) for n in range(3)]
    central = a_candidate("tw", provinces=("Huế",), section="chu_truong", relevance=0.6)
    selection = choose([*local, central], profile=PROFILE, window=WINDOW)
    assert {pick.candidate.article.id for pick in selection.chosen} == {"h0", "h1", "tw"}
    assert [(drop.rule, drop.detail) for drop in selection.dropped] == [(rules.PROVINCE_FULL, "Huế")]


def test_a_full_section_and_a_full_issue_say_so():
    narrow = replace(PROFILE, sections=tuple(replace(rule, at_most=1) for rule in PROFILE.sections))
    pair = [a_candidate("a"), a_candidate("b", relevance=0.8)]
    assert rule_of(pair, "b", profile=narrow) == rules.SECTION_FULL
    assert rule_of(pair, "b", profile=with_choice(at_least=1, at_most=1)) == rules.ISSUE_FULL


def test_a_section_that_is_not_printed_folds_by_who_acts():
    profile = load("cchc-2023")
    local = Judgement(relevance=1, selected=True, section="linh_vuc", provinces=("Huế",))
    assert printed_section(local, profile) == "dia_phuong"
    assert printed_section(replace(local, provinces=()), profile) == "chu_truong"
    assert printed_section(replace(local, section=None), profile) == "dia_phuong"
    assert printed_section(Judgement(relevance=1, selected=True), PROFILE) == "chu_truong"


def test_the_capital_leads_then_the_older_day_and_the_softest_comes_last():
    candidates = [
        a_candidate("thi", title="Cuộc thi tìm hiểu cải cách hành chính", published=at("2026-02-27 08:00")),
        a_candidate("hcm", provinces=("TP.HCM",), published=at("2026-02-27 08:00")),
        a_candidate("moi", provinces=("Cà Mau",), published=at("2026-03-02 08:00")),
        a_candidate("cu", provinces=("Lào Cai",), published=at("2026-02-28 08:00")),
        a_candidate("hn", provinces=("Hà Nội",), published=at("2026-03-02 08:00")),
    ]
    assert chosen_ids(candidates) == ["hn", "hcm", "cu", "moi", "thi"]


def test_a_place_stays_together_with_the_province_before_its_commune():
    candidates = [
        a_candidate("xa", provinces=("Huế",), title="Xã A Lưới 2 đổi mới", published=at("2026-02-28 08:00")),
        a_candidate("khac", provinces=("Cà Mau",), published=at("2026-03-01 08:00")),
        a_candidate("tinh", provinces=("Huế",), published=at("2026-03-02 08:00")),
    ]
    assert chosen_ids(candidates) == ["tinh", "xa", "khac"]


def test_an_offices_own_province_comes_first():
    profile = with_choice(own_province="Cà Mau")
    candidates = [a_candidate("hn", provinces=("Hà Nội",)), a_candidate("cm", provinces=("Cà Mau",))]
    assert chosen_ids(candidates, profile=profile) == ["cm", "hn"]


def test_the_same_candidates_in_any_order_give_the_same_issue():
    candidates = [
        a_candidate(f"b{n}", outlet=f"O{n % 7}.example", relevance=0.9 - (n % 3) / 10, provinces=("Huế",) * (n % 2))
        for n in range(30)
    ]
    expected = chosen_ids(candidates)
    for seed in range(5):
        random.Random(seed).shuffle(candidates)  # noqa: S311 - a fixed shuffle, not a secret
        assert chosen_ids(candidates) == expected


def test_every_candidate_is_accounted_for():
    candidates = [a_candidate(f"b{n}", outlet=f"O{n % 3}.example", relevance=n / 30) for n in range(30)]
    selection = choose(candidates, profile=PROFILE, window=WINDOW)
    assert len(selection.chosen) + len(selection.dropped) == 30

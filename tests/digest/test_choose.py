import random
from dataclasses import replace

from digest import choose as rules
from digest import quotas
from digest.choose import Printed, Window, choose
from digest.model import Also
from digest.profile import load
from digest.profile_parts import About
from tests.digest.fakes import a_candidate
from tests.fakes import at

PROFILE = load("cchc")
WINDOW = Window(start=at("2026-02-27 00:00"), end=at("2026-03-03 00:00"))


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
    assert rule_of([*many, twice], "hai") == quotas.OUTLET_FULL


def test_a_story_whose_outlet_is_taken_is_led_by_another_that_ran_it():
    many = [a_candidate(f"b{n}", relevance=0.95) for n in range(PROFILE.choice.at_least)]
    lead = a_candidate("goc", outlet="B0.example", story="s1", relevance=0.85)
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
    assert {drop.rule for drop in selection.dropped} == {quotas.OUTLET_FULL}


def test_two_items_a_province_at_most_and_a_central_decision_counts_under_none():
    local = [a_candidate(f"h{n}", provinces=("Huế",), relevance=0.9 - n / 100) for n in range(3)]
    central = a_candidate("tw", provinces=("Huế",), section="chu_truong", relevance=0.6)
    selection = choose([*local, central], profile=PROFILE, window=WINDOW)
    assert {pick.candidate.article.id for pick in selection.chosen} == {"h0", "h1", "tw"}
    assert [(drop.rule, drop.detail) for drop in selection.dropped] == [(quotas.PROVINCE_FULL, "Huế")]


def test_a_full_section_and_a_full_issue_say_so():
    narrow = replace(PROFILE, sections=tuple(replace(rule, at_most=1) for rule in PROFILE.sections))
    pair = [a_candidate("a"), a_candidate("b", relevance=0.8)]
    assert rule_of(pair, "b", profile=narrow) == quotas.SECTION_FULL
    assert rule_of(pair, "b", profile=with_choice(at_least=1, at_most=1)) == quotas.ISSUE_FULL


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


def test_the_weightier_of_two_equally_relevant_stories_is_taken_first():
    one = with_choice(at_least=1, at_most=1)
    alone = a_candidate("a", provinces=("Huế",))
    twice = [a_candidate("b", story="s1", provinces=("Huế",)), a_candidate("c", story="s1", lead=False, relevance=0.4)]
    assert chosen_ids([alone, *twice], profile=one) == ["b"]


def test_a_much_more_relevant_story_comes_before_a_weightier_one():
    one = with_choice(at_least=1, at_most=1)
    local = a_candidate("xa", provinces=("Huế",), title="Xã A Lưới 2 rút ngắn thời gian", relevance=0.99)
    wide = [
        a_candidate(f"r{n}", story="s1", lead=not n, section="chu_truong", relevance=0.6, selected=True)
        for n in range(3)
    ]
    assert chosen_ids([local, *wide], profile=one) == ["xa"]


def test_the_ranks_stand_beside_the_chosen_and_their_parts_add_up():
    selection = choose([a_candidate("a"), a_candidate("b", relevance=0.7)], profile=PROFILE, window=WINDOW)
    assert len(selection.ranks) == len(selection.chosen) == 2
    for pick, rank in zip(selection.chosen, selection.ranks, strict=True):
        parts = {part.name: part for part in rank.parts}
        assert list(parts) == ["relevance", "story", "outlet", "freshness", "reach"]
        assert parts["relevance"].value == pick.candidate.judgement.relevance
        assert rank.score == round(sum(part.points for part in rank.parts), 4)


def test_what_brings_news_of_a_printed_story_stays_and_the_rest_of_it_is_dropped():
    was = a_candidate("cu", story="s1")
    copy = a_candidate("chep", story="s1", lead=False)
    news = a_candidate("moi", story="s1", lead=False)
    printed = Printed(articles=frozenset({"cu"}), stories=frozenset({"s1"}), with_news=frozenset({"moi", "cu"}))
    selection = choose([was, copy, news], profile=PROFILE, window=WINDOW, printed=printed)
    assert [pick.candidate.article.id for pick in selection.chosen] == ["moi"]
    assert selection.chosen[0].candidate.also == ()
    dropped = {drop.candidate.article.id: (drop.rule, drop.detail) for drop in selection.dropped}
    assert dropped == {"cu": (rules.PRINTED_BEFORE, "cu"), "chep": (rules.PRINTED_BEFORE, "cu")}


def test_an_article_that_was_printed_says_so_even_when_its_day_is_over():
    old = a_candidate("cu", published=at("2026-02-20 08:00"))
    assert rule_of([old], "cu", printed=Printed(articles=frozenset({"cu"}))) == rules.PRINTED_BEFORE


def test_the_tray_holds_what_a_quota_kept_out_and_then_what_is_a_little_below_the_line():
    profile = with_choice(at_least=1, at_most=2, near_miss=0.1)
    candidates = [
        a_candidate("a", relevance=0.95),
        a_candidate("b", relevance=0.9),
        a_candidate("c", relevance=0.8),
        a_candidate("d", relevance=0.7),
        a_candidate("xa", relevance=0.3),
        a_candidate("sat", relevance=0.45),
        a_candidate("vua", relevance=0.4),
    ]
    selection = choose(candidates, profile=profile, window=WINDOW, line=0.5)
    assert [(drop.candidate.article.id, drop.rule) for drop in selection.tray] == [
        ("c", quotas.ISSUE_FULL),
        ("d", quotas.ISSUE_FULL),
        ("sat", rules.NOT_RELEVANT),
        ("vua", rules.NOT_RELEVANT),
    ]
    by_name = {drop.candidate.article.id: drop for drop in selection.tray}
    assert (by_name["sat"].short, by_name["vua"].short) == (0.05, 0.1)
    scores = {drop.candidate.article.id: drop.rank.score for drop in selection.tray if drop.rank}
    least = min(rank.score for rank in selection.ranks)
    assert by_name["c"].short == round(least - scores["c"], 4) > 0
    assert set(selection.tray) <= set(selection.dropped)


def test_a_story_stands_in_the_tray_once_and_names_the_others_that_ran_it():
    lead = a_candidate("goc", story="s1", relevance=0.3)
    copy = a_candidate("chep", story="s1", lead=False, relevance=0.45)
    (near,) = choose([lead, copy], profile=PROFILE, window=WINDOW, line=0.5).tray
    assert (near.candidate.article.id, near.detail, near.short) == ("goc", "0.45", 0.05)
    assert [other.outlet for other in near.candidate.also] == ["Chep.example"]
    assert not near.candidate.judgement.selected


def test_without_the_models_line_nobody_can_say_how_far_one_missed():
    selection = choose([a_candidate("a", relevance=0.49)], profile=PROFILE, window=WINDOW)
    assert selection.tray == ()
    assert [(drop.rule, drop.short) for drop in selection.dropped] == [(rules.NOT_RELEVANT, None)]


def test_the_tray_is_the_same_for_the_candidates_in_any_order():
    candidates = [a_candidate(f"b{n}", relevance=0.3 + (n % 7) / 10, outlet=f"O{n % 4}.example") for n in range(28)]

    def tray():
        selection = choose(candidates, profile=PROFILE, window=WINDOW, line=0.5)
        return [(drop.candidate.article.id, drop.rule, drop.short) for drop in selection.tray]

    expected = tray()
    random.Random(3).shuffle(candidates)  # noqa: S311 - a fixed shuffle, not a secret
    assert tray() == expected


def test_a_window_says_how_late_in_it_a_moment_lies():
    assert WINDOW.freshness(WINDOW.start) == 0.0
    assert WINDOW.freshness(at("2026-03-01 00:00")) == 0.5
    assert WINDOW.freshness(at("2026-03-09 00:00")) == 1.0
    assert WINDOW.freshness(None) == 0.5
    assert Window(start=WINDOW.end, end=WINDOW.end).freshness(WINDOW.end) == 0.0


def test_in_a_digest_for_one_agency_a_story_that_does_not_name_it_is_dropped_by_name():
    profile = replace(PROFILE, about=About(agencies=("Bộ Nội vụ",)))
    candidates = [
        a_candidate("co", story="s1", title="Bộ Nội vụ trả lời kiến nghị"),
        a_candidate("cung", story="s1", lead=False, title="Trả lời kiến nghị của cử tri"),
        a_candidate("khac", title="Xã mở quầy lưu động"),
        a_candidate("thap", title="Xã mở chợ phiên", relevance=0.45),
    ]
    selection = choose(candidates, profile=profile, window=WINDOW, line=0.5)
    assert [pick.candidate.article.id for pick in selection.chosen] == ["co"]
    dropped = {drop.candidate.article.id: drop.rule for drop in selection.dropped}
    assert dropped == {"cung": rules.REPRINT, "khac": rules.NOT_OF_AGENCY, "thap": rules.NOT_OF_AGENCY}
    assert selection.tray == ()

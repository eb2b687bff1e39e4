from dataclasses import replace

from digest.choose import Window, choose
from digest.model import Judgement
from digest.placing import counted_province, printed_section
from digest.profile import load
from tests.digest.fakes import a_candidate
from tests.fakes import at

PROFILE = load("cchc")
WINDOW = Window(start=at("2026-02-27 00:00"), end=at("2026-03-03 00:00"))


def chosen_ids(candidates, *, profile=PROFILE):
    selection = choose(candidates, profile=profile, window=WINDOW)
    return [pick.candidate.article.id for pick in selection.chosen]


def with_choice(**fields):
    return replace(PROFILE, choice=replace(PROFILE.choice, **fields))


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


def test_places_of_one_day_stand_in_vietnamese_order_and_items_without_one_before_them():
    names = ("Vĩnh Long", "Đồng Nai", "Cà Mau", "An Giang")
    candidates = [a_candidate(f"t{n}", provinces=(name,)) for n, name in enumerate(names)]
    candidates.append(a_candidate("khong"))
    assert chosen_ids(candidates) == ["khong", "t3", "t2", "t1", "t0"]


def test_society_in_a_title_is_no_commune():
    candidates = [
        a_candidate("sau", provinces=("Huế",), title="Xã A Lưới 2 đổi mới"),
        a_candidate("truoc", provinces=("Huế",), title="Thúc đẩy phát triển kinh tế - xã hội", relevance=0.6),
    ]
    assert chosen_ids(candidates) == ["truoc", "sau"]


def test_of_one_place_and_day_the_heavier_story_comes_first():
    candidates = [
        a_candidate("nhe", provinces=("Huế",), relevance=0.6),
        a_candidate("nang", provinces=("Huế",), relevance=0.95),
    ]
    assert chosen_ids(candidates) == ["nang", "nhe"]


def test_central_decisions_stand_by_day_whatever_provinces_they_name():
    candidates = [
        a_candidate("moi", section="chu_truong", provinces=("Hà Nội",), published=at("2026-03-02 08:00")),
        a_candidate("cu", section="chu_truong", provinces=("Cà Mau",), published=at("2026-02-28 08:00")),
    ]
    assert chosen_ids(candidates) == ["cu", "moi"]


def test_a_fold_may_go_by_the_article_s_area():
    monthly = load("ban-tin-thang")
    local = Judgement(
        relevance=1, selected=True, section="linh_vuc", provinces=("Huế",), areas=("the_che", "tthc", "so")
    )
    assert printed_section(local, monthly) == "thu_tuc"
    assert printed_section(replace(local, areas=("so",)), monthly) == "chuyen_doi_so"
    assert printed_section(replace(local, areas=("the_che",)), monthly) == "kinh_nghiem"
    assert printed_section(replace(local, areas=(), provinces=()), monthly) == "chi_dao"


def test_in_a_section_of_the_bulletin_s_own_a_central_decision_still_counts_under_no_province():
    central = a_candidate("tw", section="chu_truong", provinces=("Huế",))
    local = a_candidate("dp", section="dia_phuong", provinces=("Huế",))
    assert counted_province(central, "trong_ngay") is None
    assert counted_province(local, "trong_ngay") == "Huế"
    assert counted_province(replace(local, judgement=replace(local.judgement, section=None)), "trong_ngay") == "Huế"


def test_a_section_may_stand_by_weight_or_by_time_instead_of_place():
    candidates = [
        a_candidate("hn", provinces=("Hà Nội",), published=at("2026-02-28 08:00"), relevance=0.8),
        a_candidate("nang", provinces=("Cà Mau",), published=at("2026-03-01 08:00"), relevance=0.99),
        a_candidate("moi", provinces=("Huế",), published=at("2026-03-02 08:00"), relevance=0.7),
        a_candidate("khong", published=None, relevance=0.6),
    ]
    ordered = {
        order: chosen_ids(candidates, profile=with_choice(order=order)) for order in ("score", "newest", "oldest")
    }
    assert ordered == {
        "score": ["nang", "hn", "moi", "khong"],
        "newest": ["moi", "nang", "hn", "khong"],
        "oldest": ["hn", "nang", "moi", "khong"],
    }


def test_an_opinion_that_folds_into_the_news_comes_last():
    profile = load("cchc-2023")
    candidates = [
        a_candidate("binh-luan", section="phan_tich", provinces=(), published=at("2026-02-27 08:00")),
        a_candidate("nghi-quyet", section="chu_truong", provinces=(), published=at("2026-03-02 08:00")),
    ]
    assert chosen_ids(candidates, profile=profile) == ["nghi-quyet", "binh-luan"]

import pytest

from digest.profile import Choice, Weights
from digest.ranking import OUTLET_WORTH, Reach, least_certain, level_of, no_kind, rank_of, reach_of
from scrapers.catalogue_checks import KINDS
from tests.digest.fakes import a_candidate


def ranked(*members, freshness=0.5, kind_of=no_kind, **choice):
    return rank_of(members, choice=Choice(**choice), freshness=freshness, kind_of=kind_of)


def value(rank, name):
    return {part.name: part.value for part in rank.parts}[name]


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Xã A Lưới 2 rút ngắn thời gian trả kết quả", Reach.COMMUNE),
        ("Đà Nẵng | Phường đông dân nhất mở quầy cuối tuần", Reach.COMMUNE),
        ("Huế: một phường làm thay giấy tờ cho người già", Reach.COMMUNE),
        ("Chủ tịch đặc khu Cát Hải đối thoại với dân", Reach.COMMUNE),
        ("Thị trấn Sa Pa thí điểm hẹn giờ", Reach.COMMUNE),
        ("Một huyện triển khai hàng loạt mô hình", Reach.DISTRICT),
        ("UBND quận 1 trả hồ sơ tại nhà", Reach.DISTRICT),
        ("TP.Thủ Đức bỏ giấy hẹn", Reach.DISTRICT),
        ("Thành phố Vinh số hóa hồ sơ", Reach.DISTRICT),
        ("Huyện Đông Anh có xã Cổ Loa dẫn đầu", Reach.COMMUNE),
        ("TP.HCM lập tổ kiểm tra", Reach.PROVINCE),
        ("Thành phố Hồ Chí Minh lập tổ kiểm tra", Reach.PROVINCE),
        ("Thành phố đáng sống", Reach.PROVINCE),
        ("Kiểm tra cán bộ cấp xã, cấp huyện", Reach.PROVINCE),
        ("Các phường, xã của Huế hoàn tất số hóa", Reach.PROVINCE),
        ("Xã, phường mới vận hành thông suốt", Reach.PROVINCE),
        ("Phát triển kinh tế - xã hội", Reach.PROVINCE),
        ("XÃ HỘI SỐ VÀ CHÍNH QUYỀN SỐ", Reach.PROVINCE),
        ("Hợp tác xã Bình Minh nhận hỗ trợ", Reach.PROVINCE),
        ("", Reach.PROVINCE),
    ],
)
def test_a_title_tells_of_one_unit_by_its_name_by_one_or_by_beginning_with_it(title, level):
    assert level_of(title) == level


@pytest.mark.parametrize(
    ("fields", "reach"),
    [
        ({"section": "chu_truong", "provinces": ("Huế",)}, Reach.COUNTRY),
        ({"section": "linh_vuc"}, Reach.COUNTRY),
        ({"section": "linh_vuc", "provinces": ("Huế",)}, Reach.PROVINCE),
        ({"section": "quan_ly", "provinces": ("Huế", "Lào Cai")}, Reach.PROVINCES),
        ({"title": "Nhiều địa phương tinh giản đầu mối"}, Reach.PROVINCES),
        ({"provinces": ("Huế",), "title": "Xã A Lưới 2 đổi mới"}, Reach.COMMUNE),
        ({}, Reach.PROVINCE),
    ],
)
def test_the_reach_of_a_decision_is_read_off_section_title_and_provinces(fields, reach):
    assert reach_of(a_candidate("a", **fields)) == reach


def test_what_the_offices_own_province_does_counts_as_the_countrys():
    local = a_candidate("a", provinces=("Huế",))
    assert value(ranked(local), "reach") == 0.5
    assert value(ranked(local, own_province="Huế"), "reach") == 1.0


def test_every_kind_of_outlet_of_the_catalogue_has_its_worth():
    assert set(OUTLET_WORTH) == set(KINDS)


def test_the_weightiest_outlet_of_a_story_speaks_for_it_and_an_unknown_one_is_neutral():
    story = [a_candidate("tinh", story="s"), a_candidate("bo", story="s", lead=False)]
    kinds = {"tinh": "provincial_paper", "bo": "ministry"}
    assert value(ranked(*story, kind_of=lambda article: kinds.get(article.id)), "outlet") == OUTLET_WORTH["ministry"]
    assert value(ranked(*story), "outlet") == 0.5


def test_a_story_grows_with_its_outlets_and_one_outlet_alone_counts_nothing():
    def size(count):
        return value(ranked(*(a_candidate(f"b{n}", story="s") for n in range(count))), "story")

    assert (size(1), size(2), size(5)) == (0.0, 0.5, 0.8)
    same = [a_candidate(f"b{n}", story="s", outlet="B.example") for n in range(4)]
    assert value(ranked(*same), "story") == 0.0


def test_the_points_are_the_weighted_values_and_add_up_to_the_score():
    rank = ranked(
        a_candidate("a"), freshness=0.25, weights=Weights(relevance=3, freshness=1, story=0, outlet=0, reach=0)
    )
    assert [(part.name, part.points) for part in rank.parts if part.points] == [
        ("relevance", 0.675),
        ("freshness", 0.0625),
    ]
    assert rank.score == 0.7375


def test_relevance_alone_outweighs_everything_else_together():
    strong = ranked(a_candidate("a", relevance=1.0, title="Xã A Lưới 2", provinces=("Huế",)), freshness=0.0)
    weak = ranked(
        *(a_candidate(f"b{n}", story="s", relevance=0.2, section="chu_truong") for n in range(9)),
        freshness=1.0,
        kind_of=lambda _article: "central_gov",
    )
    assert strong.score > weak.score


def test_editors_see_first_what_lies_closest_to_the_line():
    candidates = [
        a_candidate("chac", relevance=0.95),
        a_candidate("duoi", relevance=0.38),
        a_candidate("tren", relevance=0.45),
        a_candidate("ngo", relevance=0.45, section_confidence=0.3),
    ]
    assert [one.article.id for one in least_certain(candidates, line=0.4)] == ["duoi", "ngo", "tren", "chac"]

"""Which agencies a text names, and where they stand; the sentences are our own."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.agencies import Agency, agencies_in, agencies_of_article
from tests.fakes import an_article

_WORDS = st.sampled_from(
    [
        "Bộ",
        "Sở",
        "UBND",
        "tỉnh",
        "xã",
        "Công an",
        "TP.HCM",
        "GD",
        "ĐT",
        "&",
        "-",
        "và",
        "Mỹ",
        "Nội vụ",
        ",",
        "Thủ tướng",
        "\x00",
    ]
)
BEFORE = date(2025, 2, 28)
AFTER = date(2025, 3, 1)
NOW = date(2026, 3, 2)


def named(text: str, day: date = NOW, hints: tuple[str, ...] = ()) -> list[str]:
    return [one.full_name for one in agencies_in(text, day=day, hints=hints)]


def only(text: str, day: date = NOW) -> Agency:
    (agency,) = agencies_in(text, day=day)
    return agency


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Bộ Nội vụ trả lời", "Bộ Nội vụ"),
        ("BỘ NỘI VỤ TRẢ LỜI", "Bộ Nội vụ"),
        ("Bộ GD-ĐT trả lời", "Bộ Giáo dục và Đào tạo"),
        ("Bộ GD&ĐT trả lời", "Bộ Giáo dục và Đào tạo"),
        ("Bộ GDĐT trả lời", "Bộ Giáo dục và Đào tạo"),
        ("Bộ VH-TT-DL trả lời", "Bộ Văn hóa, Thể thao và Du lịch"),
        ("Bộ VHTT&DL trả lời", "Bộ Văn hóa, Thể thao và Du lịch"),
        ("Bộ Văn hoá - Thể thao - Du lịch trả lời", "Bộ Văn hóa, Thể thao và Du lịch"),
        ("Bộ trưởng Nội vụ trả lời", "Bộ Nội vụ"),
        ("Cục trưởng Hải quan trả lời", "Cục Hải quan"),
        ("Tổng Thanh tra Chính phủ trả lời", "Thanh tra Chính phủ"),
        ("Phó thủ tướng yêu cầu", "Chính phủ"),
        ("thủ tướng yêu cầu", "Thủ tướng Chính phủ"),
        ("NHNN yêu cầu", "Ngân hàng Nhà nước Việt Nam"),
        ("Cục CSGT yêu cầu", "Cục Cảnh sát giao thông"),
        ("Cục Thuế yêu cầu", "Cục Thuế"),
        ("Kho bạc Nhà nước yêu cầu", "Kho bạc Nhà nước"),
        ("MTTQ Việt Nam kêu gọi", "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam"),
        ("Sở TN&MT Hà Nội yêu cầu", "Sở Nông nghiệp và Môi trường Hà Nội"),
        ("Sở GD-ĐT TP.HCM yêu cầu", "Sở Giáo dục và Đào tạo TP.HCM"),
        ("UBND TP. HCM yêu cầu", "Ủy ban nhân dân TP.HCM"),
        ("Uỷ ban nhân dân thành phố Huế yêu cầu", "Ủy ban nhân dân Huế"),
        ("HĐND tỉnh Bắc Giang quyết nghị", "Hội đồng nhân dân Bắc Ninh"),
        ("Bí thư Tỉnh ủy Lào Cai", "Tỉnh ủy Lào Cai"),
        ("UBND P.Xuân Hương - Đà Lạt", "Ủy ban nhân dân phường Xuân Hương - Đà Lạt"),
        ("công an xã Tân Hưng, tỉnh Tây Ninh", "Công an xã Tân Hưng"),
        ("Quận ủy Gò Vấp họp", "Quận ủy quận Gò Vấp"),
        ("BHXH TP.HCM trả lương hưu", "Bảo hiểm xã hội TP.HCM"),
        ("Trung tâm Phục vụ hành chính công tỉnh Quảng Ninh", "Trung tâm Phục vụ hành chính công Quảng Ninh"),
    ],
)
def test_an_agency_is_known_in_each_of_its_forms(text: str, name: str):
    assert named(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "bộ phận một cửa",
        "Bộ sưu tập mới",
        "Bộ Quốc phòng Nga tuyên bố",
        "Bộ Tài chính Anh bỏ ưu đãi",
        "Thủ tướng Olaf Schulzen từ chức",
        "Bộ Quốc phòng cho biết, theo Tổng thống Ukraine",
        "nguyên Thủ tướng dự lễ",
        "Sở Giao dịch chứng khoán TP.HCM",
        "CLB Công an Hà Nội thắng trận",
        "Nam Định kém Công an Hà Nội 20 điểm ở V-League",
        "ứng cử đại biểu Quốc hội và HĐND các cấp",
        "bầu cử đại biểu Quốc hội khóa mới và HĐND tỉnh Lào Cai",
        "công an vào cuộc ở Lào Cai",
        "chiến sĩ công an TP.HCM",
        "Công an nhân dân",
        "UBND các tỉnh, thành phố",
        "UBND cấp xã",
        "nộp tại UBND xã hoặc UBND huyện",
        "UBND tiếp dân",
    ],
)
def test_what_only_looks_like_an_agency_is_none(text: str):
    assert named(text) == []


def test_a_ministry_that_ended_is_named_by_its_successor_from_that_day():
    text = "Bộ KH&ĐT trình đề án"
    assert [(one.name, one.as_written) for one in agencies_in(text, day=BEFORE)] == [
        ("Bộ Kế hoạch và Đầu tư", "Bộ Kế hoạch và Đầu tư")
    ]
    found = only(text, AFTER)
    assert (found.name, found.as_written, found.text) == ("Bộ Tài chính", "Bộ Kế hoạch và Đầu tư", "Bộ KH&ĐT")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Bộ Giao thông vận tải", "Bộ Xây dựng"),
        ("Bộ Tài nguyên và Môi trường", "Bộ Nông nghiệp và Môi trường"),
        ("Bộ NN&PTNT", "Bộ Nông nghiệp và Môi trường"),
        ("Bộ TT&TT", "Bộ Khoa học và Công nghệ"),
        ("Bộ LĐ-TB&XH", "Bộ Nội vụ"),
        ("Ủy ban Dân tộc", "Bộ Dân tộc và Tôn giáo"),
        ("Tổng cục Thuế", "Cục Thuế"),
    ],
)
def test_the_mergers_of_march_2025(old: str, new: str):
    assert only(f"{old} trả lời", BEFORE).name != new
    assert only(f"{old} trả lời", AFTER).name == new


def test_a_province_s_tax_office_changed_its_name_in_july_2025():
    assert named("Cục Thuế TP.HCM trả lời", date(2025, 6, 30)) == ["Cục Thuế TP.HCM"]
    assert named("Cục Thuế TP.HCM trả lời", date(2025, 7, 1)) == ["Thuế TP.HCM"]


def test_an_agency_without_its_place_stands_where_the_text_is():
    assert named("UBND TP.HCM giao Sở Xây dựng rà soát") == ["Ủy ban nhân dân TP.HCM", "Sở Xây dựng TP.HCM"]
    assert named("Sở Xây dựng đề xuất xe buýt nhỏ ở Lào Cai") == ["Sở Xây dựng Lào Cai"]
    assert named("UBND P.Xuân Hương - Đà Lạt và Sở Tài chính") == [
        "Ủy ban nhân dân phường Xuân Hương - Đà Lạt",
        "Sở Tài chính Lâm Đồng",
    ]
    assert named("Sở Xây dựng đề xuất", hints=("Lào Cai",)) == ["Sở Xây dựng Lào Cai"]
    assert named("Sở Y tế thanh tra trường cao đẳng, ĐH Y Dược TP.HCM") == ["Sở Y tế TP.HCM"]
    assert only("Sở Xây dựng đề xuất").province is None


def test_a_list_names_each_of_its_agencies():
    assert named("Lào Cai giao Sở Tài chính, Nội vụ và Y tế rà soát") == [
        "Sở Tài chính Lào Cai",
        "Sở Nội vụ Lào Cai",
        "Sở Y tế Lào Cai",
    ]
    assert named("Bộ Quốc phòng, Công an tỉnh Lào Cai") == ["Bộ Quốc phòng", "Công an Lào Cai"]
    assert named("Bộ Xây dựng, Tài chính và Người dân") == ["Bộ Xây dựng", "Bộ Tài chính"]


def test_a_level_alone_is_the_place_spoken_of():
    assert named("Ở Lào Cai, UBND tỉnh yêu cầu; công an tỉnh vào cuộc") == [
        "Ủy ban nhân dân Lào Cai",
        "Công an Lào Cai",
    ]
    assert named("Tại xã Phình Hồ, UBND xã mở thêm quầy") == ["Ủy ban nhân dân xã Phình Hồ"]
    assert named("Ở xã Phình Hồ và xã Tả Van, UBND xã mở thêm quầy") == []
    assert named("UBND tỉnh có trách nhiệm niêm yết") == []


def test_levels_tell_the_centre_from_province_district_and_commune():
    text = "Bộ Nội vụ, UBND TP Cần Thơ, UBND quận Ninh Kiều, UBND phường Cái Khế"
    levels = [one.level for one in agencies_in(text, day=date(2025, 1, 2))]
    assert levels == ["central", "province", "district", "commune"]


def test_a_name_that_is_foreign_once_is_foreign_throughout_but_a_vietnamese_head_is_at_home():
    assert named("Bộ Tư pháp Mỹ kháng cáo. Theo Bộ Tư pháp, vụ việc đã xong.") == []
    assert named("Thứ trưởng Bộ Ngoại giao Lê Lan chúc mừng kiều bào ở Úc") == ["Bộ Ngoại giao"]
    assert named("Bộ Ngoại giao Việt Nam lên tiếng về vụ việc ở Mexico") == ["Bộ Ngoại giao"]


def test_an_article_s_fields_help_each_other_and_each_agency_is_named_once():
    article = an_article(
        title="Lào Cai giao chỉ tiêu", sapo="UBND tỉnh yêu cầu Sở Nội vụ.", paragraphs=("Sở Nội vụ đã làm.",)
    )
    found = agencies_of_article(article, day=NOW)
    assert [(one.full_name, one.field) for one in found] == [
        ("Ủy ban nhân dân Lào Cai", "sapo"),
        ("Sở Nội vụ Lào Cai", "sapo"),
    ]
    assert agencies_of_article(an_article(title="Không có ai", sapo=None, paragraphs=()), day=NOW) == ()


@given(st.text(max_size=300))
def test_no_text_makes_it_stumble(text: str):
    for one in agencies_in(text, day=NOW):
        assert one.text in text


@given(
    st.lists(
        _WORDS,
        max_size=40,
    )
)
def test_no_heap_of_words_makes_it_stumble(words: list[str]):
    text = " ".join(words)
    for one in agencies_in(text, day=NOW):
        assert text[one.start :].startswith(one.text)


def test_a_text_of_a_megabyte_is_read_in_its_beginning_only():
    assert named("UBND xã Tam Hải. " * 60_000) == ["Ủy ban nhân dân xã Tam Hải"]
    assert named("x" * 1_000_000) == []

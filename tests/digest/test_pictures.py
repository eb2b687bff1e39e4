"""Which pictures an issue prints, and whose a caption says they are."""

import json
from dataclasses import replace

import pytest

from digest.errors import InputError
from digest.issue import all_rights
from digest.model import Image, Issue, Item, Kept, Rights, Section
from digest.pictures import (
    Caption,
    caption_of,
    illustrated,
    items_of,
    may_print_pictures,
    pixels_wide,
    unkept_pictures,
    wanted,
)
from digest.wire import article_from, content_hash, dump, issue_from
from tests.storage.fakes import an_issue, an_item

KEPT = Kept(sha256="a" * 64, width=1299, height=866)
OTHER = Kept(sha256="b" * 64, width=640, height=480)


def shown(*sources: str, **fields: object) -> Item:
    images = tuple(Image(src=src, caption="Họp bản - Ảnh: Lê Bến") for src in sources)
    return an_item(1, images=images, **fields)


@pytest.mark.parametrize(
    ("written", "text", "credit"),
    [
        ("Cán bộ một cửa hướng dẫn bà con - Ảnh: Lê Bến", "Cán bộ một cửa hướng dẫn bà con", "Lê Bến"),
        ("Niêm yết thủ tục tại trung tâm - Ảnh Mai Lúa", "Niêm yết thủ tục tại trung tâm", "Mai Lúa"),
        ("Tổ công tác đi bản - Nguồn: xalua.example", "Tổ công tác đi bản", "xalua.example"),
        ("Dùng thẻ tại trạm y tế. Nguồn: xalua.example", "Dùng thẻ tại trạm y tế.", "xalua.example"),
        ("Nộp hồ sơ qua mạng - Ảnh: sưu tầm.", "Nộp hồ sơ qua mạng", "sưu tầm"),
        ("Nộp hồ sơ qua mạng – Ảnh sưu tầm", "Nộp hồ sơ qua mạng", "sưu tầm"),
        ("Họp bản (Ảnh: TTXLúa/Báo Lúa)", "Họp bản", "TTXLúa/Báo Lúa"),
        ("Họp bản | ẢNH: LÊ BẾN", "Họp bản", "LÊ BẾN"),
        ("Khám bệnh ở trạm. Ảnh: Bệnh viện cung cấp", "Khám bệnh ở trạm.", "Bệnh viện cung cấp"),
        ("Ảnh: LBT", None, "LBT"),
        ("Họp bản - Ảnh minh họa: Lê Bến", "Họp bản", "Lê Bến"),
        ("Họp bản. Ảnh, video: Lê Bến - Mai Lúa", "Họp bản.", "Lê Bến - Mai Lúa"),
        ("Nguồn ảnh: Cổng thông tin điện tử xã Lúa", None, "Cổng thông tin điện tử xã Lúa"),
        ("Họp bản - Ảnh: P.V", "Họp bản", "P.V"),
        ("Họp bản\n- Ảnh :  Lê  Bến", "Họp bản", "Lê Bến"),
    ],
)
def test_a_credit_is_read_in_the_shapes_newsrooms_write(written: str, text: str | None, credit: str):
    assert caption_of(written) == Caption(text=text, credit=credit)


@pytest.mark.parametrize(
    "written",
    [
        "Trung tâm phục vụ bà con - Ảnh: Đoàn lãnh đạo xã nghe cán bộ báo cáo hoạt động của trung tâm",
        "Ảnh: Đoàn công tác nghe báo cáo",
        "Ảnh minh hoạ.",
        "Ảnh: ",
        "Toàn cảnh cuộc họp",
        "Bà con xem hình ảnh Bác Hồ",
        "Một góc triển lãm - Ảnh Bác Hồ với đồng bào các dân tộc",
        "Ảnh hưởng của mưa lũ: Nhiều nơi bị ngập",
        "Nguồn nước sạch về bản - Ảnh: Lê Bến chụp khi đoàn tới thăm",
        "Ảnh: Lê Bến, Mai Lúa, Hà Lam, Sông Lô, Núi Đá, Bản Mây, Đồng Xanh, Cỏ May",
    ],
)
def test_what_is_not_surely_a_name_is_no_credit(written: str):
    assert caption_of(written) == Caption(text=written.strip().removesuffix(" ").strip(), credit=None)


def test_no_caption_says_nothing():
    assert caption_of(None) == Caption()
    assert caption_of("  ") == Caption()


def test_a_copy_is_as_wide_as_its_print_at_two_hundred_dots_an_inch():
    assert [pixels_wide(mm) for mm in (165, 254, 1000, 0)] == [1299, 1600, 1600, 1]


def test_only_the_first_pictures_of_an_item_are_wanted_each_once():
    item = shown("https://a.example/1", "https://a.example/1", "https://a.example/2", "https://a.example/3")
    issue = an_issue(item, shown("https://a.example/1"))
    assert list(wanted(issue, each=2, rights=all_rights)) == ["https://a.example/1", "https://a.example/2"]
    assert wanted(issue, each=2, rights=all_rights)["https://a.example/1"] == item
    assert wanted(issue, each=0, rights=all_rights) == {}


def test_a_picture_that_could_not_be_had_leaves_its_place_to_the_next():
    issue = an_issue(shown("https://a.example/1", "https://a.example/2"))
    assert list(wanted(issue, each=1, rights=all_rights, without={"https://a.example/1"})) == ["https://a.example/2"]


def test_only_addresses_of_the_web_are_wanted():
    issue = an_issue(shown("data:image/png;base64,aa", "file:///etc/passwd", "http://[", "ftp://a.example/1"))
    assert wanted(issue, each=9, rights=all_rights) == {}


def test_an_outlet_that_limits_its_text_lends_no_pictures():
    assert [may_print_pictures(Rights(text=text)) for text in ("full", "words", "link")] == [True, False, False]
    assert not may_print_pictures(Rights(pictures="link"))
    issue = an_issue(shown("https://a.example/1"), shown("https://b.example/1", outlet="Baomay.example", url=None))

    def rights(article: object) -> Rights:
        return Rights(text="words", words=90) if "Baomay" in str(article) else Rights()

    assert list(wanted(issue, each=1, rights=rights)) == ["https://a.example/1"]


def test_the_offices_own_pictures_need_no_outlets_leave():
    issue = an_issue(shown("https://a.example/1", origin="own"))
    assert list(wanted(issue, each=1, rights=lambda _article: Rights(text="link"))) == ["https://a.example/1"]


def test_an_illustrated_issue_names_its_copies_and_their_credit_and_has_another_hash():
    issue = an_issue(shown("https://a.example/1", "https://a.example/2"))
    made = illustrated(issue, {"https://a.example/1": KEPT})
    (item,) = items_of(made)
    assert [image.kept for image in item.images] == [replace(KEPT, credit="Lê Bến"), None]
    assert item.flags == ()
    assert made.hash == content_hash(made) != content_hash(issue)


def test_a_picture_at_two_addresses_is_printed_once():
    issue = an_issue(shown("https://a.example/1", "https://a.example/2", "https://a.example/3"))
    pictures = {"https://a.example/1": KEPT, "https://a.example/2": KEPT, "https://a.example/3": OTHER}
    (item,) = items_of(illustrated(issue, pictures))
    assert [image.kept is not None for image in item.images] == [True, False, True]


def test_a_credit_that_is_known_otherwise_stays():
    issue = an_issue(an_item(1, images=(Image(src="https://a.example/1", caption="Họp bản"),)))
    (item,) = items_of(illustrated(issue, {"https://a.example/1": replace(KEPT, credit="Mai Lúa")}))
    assert item.images[0].kept == replace(KEPT, credit="Mai Lúa")


def test_what_a_person_should_look_at_is_flagged_and_unflagged_again():
    bare = an_item(1, images=(Image(src="https://a.example/1"),), flags=("no-author", "no-picture"))
    (item,) = items_of(illustrated(an_issue(bare), {"https://a.example/1": KEPT}))
    assert item.flags == ("no-author", "picture-no-caption", "picture-no-credit")
    (missed,) = items_of(illustrated(an_issue(item), {}, asked=["https://a.example/1"]))
    assert missed.flags == ("no-author", "no-picture")
    assert missed.images[0].kept is None
    (unasked,) = items_of(illustrated(an_issue(item), {}))
    assert unasked.flags == ("no-author",)


def test_an_issue_without_copies_keeps_the_hash_and_the_bytes_it_had():
    told = {"src": "https://a.example/1", "caption": "Họp bản"}
    issue = issue_from(
        {
            "profile": "cchc",
            "date": "2026-03-02",
            "sections": [
                {
                    "key": "dia_phuong",
                    "title": "ĐỊA PHƯƠNG",
                    "items": [{"number": 1, "headline": "Tít", "contents_line": "Tít", "images": [told]}],
                }
            ],
        }
    )
    assert list(dump(issue)["sections"][0]["items"][0]["images"]) == [told]
    assert list(dump(next(items_of(issue)))["images"]) == [told]
    assert list(dump(article_from({"title": "Tít", "images": [told]}))["images"]) == [told]
    assert content_hash(issue) == "d8c0a3fa11a313baeda809ac433e2fd27dfd4db55c9780d709382fe3ffc97668"


def test_a_kept_picture_is_read_back_from_its_json():
    issue = illustrated(an_issue(shown("https://a.example/1")), {"https://a.example/1": KEPT})
    assert issue_from(json.loads(json.dumps(dump(issue), default=str))) == issue


def test_a_copy_without_a_hash_is_no_copy():
    raw = dump(an_issue(shown("https://a.example/1")))
    raw["sections"][0]["items"][0]["images"][0]["kept"] = {"sha256": "x", "width": 1, "height": 1}
    with pytest.raises(InputError, match=r"images\[0\]\.kept\.sha256"):
        issue_from(raw)


def test_of_an_item_that_no_copy_is_kept_of_two_pictures_are_missed():
    a, b, c = (f"https://baolua.example/{name}.jpg" for name in "abc")
    copy = Kept(sha256="0" * 64, width=900, height=600)
    issue = an_issue(shown(a, b, c, c), shown(b, b), shown(), shown(a, c))
    assert unkept_pictures(issue) == 2 + 1 + 2
    assert unkept_pictures(illustrated(issue, {a: copy})) == 1


def test_an_empty_issue_has_no_pictures():
    empty = Issue(profile="cchc", date=an_issue().date, sections=(Section(key="a", title="A"),))
    assert wanted(empty, each=1, rights=all_rights) == {}
    assert illustrated(empty, {}).hash == content_hash(empty)

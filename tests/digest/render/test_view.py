"""What every rendition shows is decided once: anchors, marks, links, colours."""

from dataclasses import replace

import pytest

from digest.contrast import AA, contrast
from digest.errors import RenderError
from digest.profile import load
from digest.render.colours import DARK_PAPER, palette
from digest.render.links import link_target, office_colour
from digest.render.marks import ends_in_text, listed, standfirst, with_marks
from digest.render.sheet import sheet
from digest.render.view import UNTITLED, Block, view_of
from tests.digest.render.fakes import a_view, an_issue, an_item, issue_of

PROFILE = load("cchc-2023")


def test_an_anchor_names_the_number_and_the_article() -> None:
    view = a_view(issue_of(an_item(3, article="Bài số/7"), an_item(4, article=None)))
    assert [item.anchor for item in view.items] == ["tin-3-bai-so-7", "tin-4"]


def test_one_number_used_twice_still_gives_two_places() -> None:
    shown = sheet(a_view(issue_of(an_item(1), an_item(1))))
    assert [item["anchor"] for item in shown["sections"][0]["entries"]] == ["tin-1-a1", "tin-1-a1-2"]


def test_only_the_last_link_to_the_top_closes_the_issue() -> None:
    labels = [item.top_label for item in a_view(an_issue(5)).items]
    assert labels == ["Về đầu trang"] * 4 + ["Về đầu trang./."]


def test_a_section_without_items_is_left_out() -> None:
    issue = an_issue(2)
    empty = replace(issue.sections[1], items=())
    assert [section.anchor for section in a_view(replace(issue, sections=(empty, issue.sections[0]))).sections] == [
        "muc-chu-truong"
    ]


def test_an_own_item_is_signed_by_its_author_and_has_no_source_line() -> None:
    view = a_view(issue_of(an_item(origin="own", author="Anh Thư"), an_item(2, origin="own", author=None)))
    assert [item.source_line for item in view.items] == ["Anh Thư", ""]
    assert not ends_in_text(view.items[0])


def test_a_headline_is_one_line_and_never_empty() -> None:
    items = (
        an_item(1, headline="Hai\ndòng ", contents_line=""),
        an_item(2, headline=" ", contents_line="Dòng mục lục"),
        an_item(3, headline="", contents_line=""),
    )
    shown = [(item.headline, item.contents_line) for item in a_view(issue_of(*items)).items]
    assert shown == [("Hai dòng", "Hai dòng"), ("Dòng mục lục", "Dòng mục lục"), (UNTITLED, UNTITLED)]


def test_the_issue_s_number_is_shown_where_the_profile_wants_it() -> None:
    wants = replace(PROFILE, masthead=replace(PROFILE.masthead, show_number=True))
    issue = an_issue(1, number=41)
    assert view_of(issue, wants).masthead.number == "Số 41"
    assert view_of(issue, PROFILE).masthead.number is None


def test_the_contact_line_carries_the_office_s_address() -> None:
    imprint = replace(PROFILE.imprint, contact="Xin gửi về tòa soạn", email="toasoan@bengio.example")
    assert (
        view_of(an_issue(1), replace(PROFILE, imprint=imprint)).contact == "Xin gửi về tòa soạn: toasoan@bengio.example"
    )
    assert sheet(view_of(an_issue(1), replace(PROFILE, imprint=imprint)))["contact"] == {
        "words": "Xin gửi về tòa soạn: ",
        "email": "toasoan@bengio.example",
    }


def test_list_entries_get_a_mark_unless_they_bring_their_own() -> None:
    blocks = [
        Block(kind="li", text="Mở quầy"),
        Block(kind="li", text="– Trả hồ sơ"),
        Block(kind="li", text="-Gọi điện"),
        Block(kind="oli", text="Nhận hồ sơ"),
        Block(kind="oli", text="b) Thẩm định"),
        Block(kind="oli", text="3.Ký số"),
        Block(kind="p", text="1. Không phải danh sách"),
        Block(kind="oli", text="Đếm lại từ đầu"),
    ]
    assert list(listed(blocks)) == [
        ("-", "Mở quầy"),
        ("–", "Trả hồ sơ"),
        ("", "-Gọi điện"),
        ("1.", "Nhận hồ sơ"),
        ("b)", "Thẩm định"),
        ("", "3.Ký số"),
        ("", "1. Không phải danh sách"),
        ("1.", "Đếm lại từ đầu"),
    ]
    assert [words for _, words in with_marks(blocks)][:3] == ["- Mở quầy", "– Trả hồ sơ", "-Gọi điện"]


def test_an_item_without_words_has_no_standfirst() -> None:
    with_words, without = a_view(issue_of(an_item(1), an_item(2, paragraphs=(), kinds=()))).items
    assert standfirst(with_words) == with_words.entry.paragraphs[0]
    assert standfirst(without) == ""


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://bao.example/tin?a=1&b=2#c", "https://bao.example/tin?a=1&b=2#c"),
        ("http://bao.example:8080/tin", "http://bao.example:8080/tin"),
        ("https://báo.example/thủ tục", "https://xn--bo-mia.example/th%E1%BB%A7%20t%E1%BB%A5c"),
        ("https://bao_cu.example/", "https://bao_cu.example/"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("https://nguoi:mat@bao.example/", None),
        ("https://bao.example:cong/", None),
        ("http://[::1", None),
        ("https://bao.example/\ud83d", None),
        ("https://bao.example/" + "x" * 2000, None),
        ("//bao.example/", None),
        (None, None),
    ],
)
def test_only_a_plain_web_address_becomes_a_link(url: str | None, target: str | None) -> None:
    assert link_target(url) == target


@pytest.mark.parametrize("colour", ["red", "#c00", "#c00000; } body { display: none", "#gggggg"])
def test_a_colour_that_is_none_is_refused_by_name(colour: str) -> None:
    odd = replace(PROFILE, masthead=replace(PROFILE.masthead, colour=colour))
    with pytest.raises(RenderError, match=r"profile cchc-2023, key masthead\.colour"):
        office_colour(odd)


@pytest.mark.parametrize("colour", ["#c00000", "#0b3d91", "#ffcc00", "#ffffff", "#000000", "#777777"])
def test_every_office_s_colour_can_be_read_by_day_and_by_night(colour: str) -> None:
    shades = palette(colour)
    assert contrast(shades.on_brand, shades.brand) >= AA
    assert contrast(shades.accent, "#ffffff") >= AA
    assert contrast(shades.accent_on_dark, DARK_PAPER) >= AA

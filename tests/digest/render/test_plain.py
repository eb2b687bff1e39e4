"""Plain text in the shape of the printed bulletin, and the text to paste into a chat."""

import re
from dataclasses import replace

import pytest

from digest.model import Also, Issue
from digest.profile import load
from digest.render.plain import chat, text
from digest.render.view import view_of
from digest.wire import content_hash, issue_from, parse
from tests.digest.render.fakes import DAY, a_chart, a_view, an_issue, an_item, issue_of
from tests.digest.render.readers import joined, paragraphs_of
from tests.fakes import SHARED, needs_shared


def parts_of(issue: Issue, profile: str | None = None) -> list[str]:
    """What blank lines keep apart, without the hash that closes it."""
    made = text(a_view(issue, load(profile) if profile else None)).data.decode()
    *parts, last = made.removesuffix("\n").split("\n\n")
    assert last.startswith("Mã nội dung (SHA-256): ")
    return parts


def test_the_text_begins_with_masthead_and_contents() -> None:
    issue = an_issue(2)
    assert parts_of(issue)[:9] == [
        "Năm 2026",
        "THỨ HAI",
        "Phát hành: 02/03/2026",
        "Bản tin",
        "Điểm báo",
        "CẢI CÁCH HÀNH CHÍNH",
        "(Phát hành hàng ngày từ thứ Hai đến thứ Sáu)",
        "Trong ngày, một số vấn đề được báo chí quan tâm phản ánh:",
        (
            "CHỦ TRƯƠNG CẢI CÁCH\n"
            "1. Phường Đồi Chè số 1 bỏ giấy xác nhận cư trú ở mười hai thủ tục\n"
            "CẢI CÁCH ĐỊA PHƯƠNG\n"
            "2. Huyện Suối Vàng số 2 chấm điểm cán bộ một cửa bằng phiếu hỏi của dân"
        ),
    ]


def test_every_paragraph_stands_in_the_text() -> None:
    issue = an_issue(11, 5)
    words = joined(text(a_view(issue)).data.decode())
    assert [paragraph for paragraph in paragraphs_of(issue) if paragraph not in words] == []


def test_an_item_closes_with_its_source_and_the_way_back() -> None:
    parts = parts_of(issue_of(an_item(1), an_item(2)))
    closing = [part for part in parts if "Về đầu trang" in part]
    assert closing[0].endswith(" (Bao1.example 01/3) Về đầu trang")
    assert closing[1].endswith(" Về đầu trang./.")


def test_list_entries_stand_line_by_line() -> None:
    item = an_item(
        1,
        paragraphs=("Hai việc:", "mở quầy;", "- đóng quầy.", "Ghi chú", "Một | Hai"),
        kinds=("p", "li", "li", "h", "row"),
    )
    parts = parts_of(issue_of(item))
    assert parts[-5:] == [
        "Hai việc:",
        "- mở quầy;\n- đóng quầy.",
        "Ghi chú",
        "Một | Hai",
        "(Bao1.example 01/3) Về đầu trang./.",
    ]


def test_address_other_outlets_and_contact_follow_where_the_profile_prints_them() -> None:
    item = an_item(1, also=(Also(outlet="Bengio.example"), Also(outlet="Doiche.example")))
    parts = parts_of(issue_of(item, profile="cchc"), "cchc")
    assert parts[-3:] == [
        item.url,
        "Cùng nội dung: Bengio.example, Doiche.example",
        "Mọi ý kiến về bản tin, xin gửi về Ban biên tập",
    ]


def test_an_own_item_is_signed_on_a_line_of_its_own() -> None:
    parts = parts_of(issue_of(an_item(2, origin="own", author="Anh Thư", outlet=None, published=None, url=None)))
    assert parts[-1] == "Anh Thư Về đầu trang./."


def test_an_issue_without_items_says_so_in_both() -> None:
    empty = Issue(profile="cchc-2023", date=DAY)
    assert parts_of(empty)[-1] == "Số này không có tin, bài."
    assert chat(a_view(empty)).data.decode().split("\n\n")[1] == "Số này không có tin, bài."


def test_a_chat_text_holds_headlines_outlets_and_addresses() -> None:
    items = (an_item(1), an_item(2, outlet=None, url=None))
    issue = issue_of(*items)
    assert chat(a_view(issue)).data.decode() == (
        "Điểm báo Cải cách hành chính – Thứ Hai, 02/03/2026\n\n"
        "CHỦ TRƯƠNG CẢI CÁCH\n"
        f"1. {items[0].headline} (Bao1.example)\n"
        f"{items[0].url}\n"
        f"2. {items[1].headline}\n\n"
        f"Mã nội dung: {content_hash(issue)[:12]}\n"
    )


def test_what_no_file_can_hold_is_left_out_and_named() -> None:
    made = text(a_view(issue_of(an_item(1, paragraphs=("một\x07 hai\ud83d",), kinds=("p",)))))
    assert "một hai (Bao1.example" in made.data.decode()
    assert made.notes == ("characters that no file can hold were left out: U+0007, U+D83D",)


def test_the_number_of_the_issue_stands_in_the_masthead() -> None:
    profile = load("cchc-2023")
    numbered = replace(profile, masthead=replace(profile.masthead, show_number=True))
    assert b"\n\nS\xe1\xbb\x91 41\n\n" in text(view_of(an_issue(1, number=41), numbered)).data


def test_text_and_chat_close_with_the_hash_of_what_they_hold() -> None:
    issue = an_issue(3)
    whole, short = text(a_view(issue)).data.decode(), chat(a_view(issue)).data.decode()
    assert whole.endswith(f"\n\nMã nội dung (SHA-256): {content_hash(issue)}\n")
    assert short.endswith(f"\n\nMã nội dung: {content_hash(issue)[:12]}\n")
    assert content_hash(an_issue(4)) not in whole


@pytest.mark.parametrize(
    ("issue", "notice"),
    [
        (an_issue(2, version=2, corrects=1), "Bản đính chính, thay cho bản 1"),
        (an_issue(2, status="recalled"), "Số này đã được thu hồi"),
    ],
)
def test_what_is_special_about_a_version_is_its_first_line(issue: Issue, notice: str) -> None:
    for made in (text(a_view(issue)), chat(a_view(issue))):
        assert made.data.decode().startswith(f"{notice}\n\n")
    assert text(a_view()).data.decode().startswith("Năm 2026\n\n")
    assert chat(a_view()).data.decode().startswith("Điểm báo Cải cách hành chính – Thứ Hai, 02/03/2026\n\n")


def blocks_of(words: str) -> list[str]:
    """What blank lines keep apart, each in one line, without page numbers and the marks of links."""
    linked = re.sub(r"\[([^\]]+)\]\(#\)", r" \1", words)
    unpaged = re.sub(r"[ .]*\t\d+$", "", linked, flags=re.MULTILINE)
    return [joined(block) for block in re.split(r"\n{2,}", unpaged.strip())]


@needs_shared
def test_a_real_bulletin_s_text_stands_block_by_block_in_the_order_in_which_it_was_printed() -> None:
    seed = (SHARED / "seeds" / "004-daily-bulletin-2023-12-11.txt").read_text(encoding="utf-8")
    issue = issue_from(parse((SHARED / "bulletins" / "2023-12-11.issue.json").read_bytes()))
    made = text(a_view(issue)).data.decode()
    printed = blocks_of(seed.replace("TRƯỞNG CẢI CÁCH", "TRƯƠNG CẢI CÁCH"))  # the seed's slip
    *blocks, last = blocks_of(made)
    assert blocks == printed
    assert len(blocks) > 100
    assert last == f"Mã nội dung (SHA-256): {content_hash(issue)}"


def test_a_chart_is_told_in_words_behind_the_text_of_its_item() -> None:
    chart = a_chart(2, unit="hồ sơ", start=None, source="Sở Nội vụ", note="Sơ bộ.")
    parts = parts_of(issue_of(an_item(2, charts=(chart,))))
    assert parts[-2] == (
        "Chỉ số hài lòng của 2 xã\n"
        "Phường Đồi Chè - Huyện Suối Vàng 1: 70,25\n"
        "Huyện Suối Vàng - Huyện Suối Vàng 2: 70,50\n"
        "Đơn vị: hồ sơ.\n"
        "Sơ bộ.\n"
        "Nguồn: Sở Nội vụ"
    )


def test_a_monthly_s_by_line_stands_on_a_line_of_its_own():
    profile = load("ban-tin-thang")
    issue = replace(issue_of(an_item(2, author="Lê Bến")), profile=profile.id)
    lines = text(view_of(issue, profile)).data.decode().split("\n\n")
    assert "Lê Bến (Bao2.example) Về đầu trang" in lines


def a_masthead(**words):
    profile = load("cchc-2023")
    return replace(profile, masthead=replace(profile.masthead, **words))


@pytest.mark.parametrize(
    ("words", "heading"),
    [
        ({}, "Điểm báo Cải cách hành chính – Thứ Hai, 02/03/2026"),
        ({"title": "{name} – {date}"}, "Điểm báo – Thứ Hai, 02/03/2026"),
        ({"title": "{name} ngày {date}"}, "Điểm báo ngày 02/03/2026 (Thứ Hai)"),
        ({"title": "{name} tỉnh Hương Giang"}, "Điểm báo tỉnh Hương Giang (Thứ Hai)"),
        ({"title": "{name} số 3", "day": "THÁNG {month}"}, "Điểm báo số 3 (THÁNG 03)"),
        ({"title": "{name} {date}", "day": ""}, "Điểm báo 02/03/2026"),
    ],
)
def test_a_chat_text_is_headed_by_title_weekday_and_day(words, heading):
    assert chat(view_of(an_issue(1), a_masthead(**words))).data.decode().split("\n\n")[0] == heading


def test_a_profile_without_contents_has_none_in_its_text_either():
    issue, profile = an_issue(3), load("cchc-2023")
    bare = replace(profile, layout=replace(profile.layout, contents=False))
    words = text(view_of(issue, bare)).data.decode()
    items = [item for section in issue.sections for item in section.items]
    assert [words.count(item.headline) for item in items] == [1, 1, 1]
    assert f"1. {items[0].contents_line}" not in words
    assert profile.masthead.intro in words
    assert text(view_of(issue, profile)).data.decode().count(f"1. {items[0].contents_line}\n") == 1

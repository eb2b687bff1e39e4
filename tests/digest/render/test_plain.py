"""Plain text in the shape of the printed bulletin, and the text to paste into a chat."""

from dataclasses import replace

from digest.model import Also, Issue
from digest.profile import load
from digest.render.plain import chat, text
from digest.render.view import view_of
from tests.digest.render.fakes import DAY, a_view, an_issue, an_item, issue_of
from tests.digest.render.readers import joined, paragraphs_of


def parts_of(issue: Issue, profile: str | None = None) -> list[str]:
    """What blank lines keep apart."""
    made = text(a_view(issue, load(profile) if profile else None)).data.decode()
    assert made.endswith("\n")
    return made[:-1].split("\n\n")


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
    view = a_view(Issue(profile="cchc-2023", date=DAY))
    assert text(view).data.decode().split("\n\n")[-1] == "Số này không có tin, bài.\n"
    assert chat(view).data.decode().endswith("\n\nSố này không có tin, bài.\n")


def test_a_chat_text_holds_headlines_outlets_and_addresses() -> None:
    items = (an_item(1), an_item(2, outlet=None, url=None))
    assert chat(a_view(issue_of(*items))).data.decode() == (
        "Điểm báo Cải cách hành chính 02/03/2026 (THỨ HAI)\n\n"
        "CHỦ TRƯƠNG CẢI CÁCH\n"
        f"1. {items[0].headline} (Bao1.example)\n"
        f"{items[0].url}\n"
        f"2. {items[1].headline}\n"
    )


def test_what_no_file_can_hold_is_left_out_and_named() -> None:
    made = text(a_view(issue_of(an_item(1, paragraphs=("một\x07 hai\ud83d",), kinds=("p",)))))
    assert "một hai (Bao1.example" in made.data.decode()
    assert made.notes == ("characters that no file can hold were left out: U+0007, U+D83D",)


def test_the_number_of_the_issue_stands_in_the_masthead() -> None:
    profile = load("cchc-2023")
    numbered = replace(profile, masthead=replace(profile.masthead, show_number=True))
    assert b"\n\nS\xe1\xbb\x91 41\n\n" in text(view_of(an_issue(1, number=41), numbered)).data

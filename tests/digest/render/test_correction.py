"""What readers are told when an issue is corrected, an item taken down, an issue called back."""

import re
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from digest.bulletin.differences import differences
from digest.model import Issue
from digest.profile import load
from digest.render.correction import Announcement, correction_letter, correction_page, correction_text
from digest.wire import content_hash
from tests.digest.render.fakes import an_item, issue_of

PROFILE = load("cchc-2023")
LONG = " ".join(f"chữ{place}" for place in range(60))
ONE = an_item(1, paragraphs=(f"{LONG} gắng với dân {LONG}.", "Đoạn ngắn."), kinds=("p", "p"))
TWO = an_item(2)
BEFORE = replace(issue_of(ONE, TWO), status="published")
MENDED = replace(ONE, paragraphs=(f"{LONG} gắn với dân {LONG}.", "Đoạn ngắn."))


def _announcement(*items: object, **fields: object) -> Announcement:
    issue = replace(issue_of(*items), version=2, corrects=1)  # type: ignore[arg-type]  # they are items
    issue = replace(issue, hash=content_hash(issue))
    known: dict[str, object] = {
        "issue": issue,
        "profile": PROFILE,
        "differences": differences(BEFORE, issue, PROFILE),
        "reason": "sai chính tả <b>một chữ</b>",
    }
    return Announcement(**(known | fields))  # type: ignore[arg-type]  # the caller names real fields


def _mail(announcement: Announcement) -> EmailMessage:
    return message_from_bytes(correction_letter(announcement).data, policy=default)


def _parts(announcement: Announcement) -> tuple[str, str]:
    message = _mail(announcement)
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert html is not None
    return plain.get_content(), html.get_content()


def test_a_page_shows_what_went_and_what_came_in_whole_paragraphs() -> None:
    announcement = _announcement(MENDED, TWO)
    page = correction_page(announcement).data.decode()
    assert announcement.kind == "correction"
    assert "<h1>[Đính chính] Những thay đổi trong Điểm báo Cải cách hành chính 02/03/2026</h1>" in page
    assert "Bản 1 của số này được thay bằng bản 2." in page
    assert f"{LONG} <del>gắng</del><ins>gắn</ins> với dân {LONG}." in page
    assert "Lý do: sai chính tả &lt;b&gt;một chữ&lt;/b&gt;" in page
    assert page.count(announcement.issue.hash or "?") == 2
    assert TWO.headline not in page


def test_a_mail_is_short_and_says_before_and_now() -> None:
    plain, html = _parts(_announcement(MENDED, TWO))
    assert "    Trước: … chữ52" in plain
    assert "chữ59 gắng với dân chữ0" in plain
    assert "    Nay: … chữ52" in plain
    assert "chữ59 gắn với dân chữ0" in plain
    assert "chữ30" not in plain + html
    assert re.search(r"<del[^>]*>gắng</del>", html)
    assert len(html) < 20_000


def test_the_mail_names_itself_its_content_and_is_the_same_each_time() -> None:
    announcement = _announcement(MENDED, TWO)
    message = _mail(announcement)
    assert message["Subject"] == "[Đính chính] Những thay đổi trong Điểm báo Cải cách hành chính 02/03/2026"
    assert message["X-Diembao-SHA256"] == announcement.issue.hash
    assert correction_letter(announcement).data == correction_letter(announcement).data
    other = replace(announcement, issue=replace(announcement.issue, version=3))
    assert _mail(other)["Message-ID"] != message["Message-ID"]


def test_of_an_item_that_was_taken_down_nothing_is_repeated() -> None:
    announcement = _announcement(ONE, withheld=frozenset([TWO.number]), reason="")
    assert announcement.kind == "taken-down"
    for told in (correction_page(announcement).data.decode(), *_parts(announcement)):
        assert "[Gỡ tin]" in told
        assert "CHỦ TRƯƠNG CẢI CÁCH" in told
        assert TWO.headline not in told
        assert "Lý do" not in told


def test_beside_other_changes_the_taken_item_stays_unnamed() -> None:
    announcement = _announcement(MENDED, withheld=frozenset([TWO.number]))
    assert announcement.kind == "correction"
    page = correction_page(announcement).data.decode()
    assert "Gỡ tin" in page
    assert TWO.headline not in page
    dropped = correction_text(_announcement(MENDED))
    assert f"– {TWO.headline}\n  Bỏ tin\n" in dropped


def test_a_recalled_issue_asks_not_to_be_used() -> None:
    recalled: Issue = replace(BEFORE, status="recalled")
    announcement = Announcement(issue=recalled, profile=PROFILE, reason="in nhầm ngày")
    assert announcement.kind == "recalled"
    for told in (correction_page(announcement).data.decode(), *_parts(announcement)):
        assert "[Thu hồi] Thông báo về Điểm báo" in told
        assert "Số này đã được thu hồi. Đề nghị không sử dụng" in told
        assert "Lý do: in nhầm ngày" in told


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "{{ 7007*7 }}", "\x07\ufeff🎉 漢"])
def test_hostile_words_are_shown_and_never_run(hostile: str) -> None:
    announcement = _announcement(replace(MENDED, headline=f"Tít {hostile}"), TWO, reason=hostile)
    page = correction_page(announcement).data.decode()
    assert "<script" not in page
    assert "49049" not in page
    assert _mail(announcement)["Subject"].startswith("[Đính chính]")


def test_the_office_s_contact_closes_page_and_mail() -> None:
    imprint = replace(PROFILE.imprint, contact="Mọi ý kiến xin gửi", email="diembao@so.example", issuer="Sở Mẫu")
    announcement = _announcement(MENDED, TWO, profile=replace(PROFILE, imprint=imprint))
    for told in (correction_page(announcement).data.decode(), *_parts(announcement)):
        assert "Mọi ý kiến xin gửi: diembao@so.example" in told
    assert 'name="author" content="Sở Mẫu"' in correction_page(announcement).data.decode()


def test_a_mail_that_would_be_cut_off_names_the_changes_and_leaves_the_words_to_the_page() -> None:
    items = [
        an_item(
            number, paragraphs=tuple(f"Đoạn {place} của tin {number}: {LONG}." for place in range(9)), kinds=("p",) * 9
        )
        for number in range(1, 60)
    ]
    mended = [replace(item, paragraphs=tuple(f"{text} Thêm." for text in item.paragraphs)) for item in items]
    before, after = replace(issue_of(*items), status="published"), issue_of(*mended)
    after = replace(after, version=2, corrects=1)
    announcement = Announcement(issue=after, profile=PROFILE, differences=differences(before, after, PROFILE))
    assert all(len(told.encode()) < 90_000 for told in _parts(announcement))
    told = _parts(announcement)[1]
    assert "xem ở trang so sánh" in told
    assert items[-1].headline in told
    assert "Thêm" not in told
    assert correction_page(announcement).data.decode().count("<ins>") == 59 * 9


def test_the_issue_s_number_and_a_section_s_name_stand_for_themselves() -> None:
    issue = replace(issue_of(ONE, TWO), number=7, version=2, corrects=1)
    announcement = Announcement(issue=issue, profile=PROFILE, differences=differences(BEFORE, issue, PROFILE))
    assert "  Số\n    Nay: 7\n" in correction_text(announcement)

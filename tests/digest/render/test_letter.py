"""The mail: what a reader sees in any mail program, and what its headers say."""

import re
from dataclasses import replace
from email import message_from_bytes
from email.header import decode_header, make_header
from email.utils import parsedate_to_datetime

import pytest

from digest.errors import RenderError
from digest.model import Issue
from digest.profile import load
from digest.render.envelope import LIMIT, NOBODY
from digest.render.letter import letter
from digest.render.view import view_of
from digest.wire import content_hash
from tests.digest.render.fakes import DAY, a_view, an_issue, an_item, issue_of
from tests.digest.render.readers import Markup, html_words, joined, mail_parts, message_of, paragraphs_of

PROFILE = load("cchc-2023")
DIRECT = re.compile(r"^(?:https?://|mailto:|#)")


def test_text_comes_first_and_both_parts_hold_every_paragraph() -> None:
    issue = an_issue(11)
    made = letter(a_view(issue))
    message = message_of(made.data)
    assert [part.get_content_type() for part in message.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    for words in map(joined, (mail_parts(made.data)[0], html_words(mail_parts(made.data)[1].encode()))):
        assert [paragraph for paragraph in paragraphs_of(issue) if paragraph not in words] == []
    assert made.notes == ()


def test_headers_name_the_issue_its_day_and_an_honest_sender() -> None:
    message = message_of(letter(a_view()).data)
    assert message["Subject"] == "Điểm báo Cải cách hành chính 02/03/2026"
    assert message["From"].addresses[0].addr_spec == NOBODY
    assert message["From"].addresses[0].display_name == "Điểm báo Cải cách hành chính"
    assert parsedate_to_datetime(message["Date"]).isoformat() == "2026-03-02T07:00:00+07:00"
    assert re.fullmatch(rf"<{DAY}\.[0-9a-f]{{16}}@diembao\.invalid>", message["Message-ID"])
    assert message["Content-Language"] == "vi"


def test_the_office_s_own_address_sends_it() -> None:
    imprint = replace(PROFILE.imprint, issuer="Sở Mẫu, tỉnh Hạ Nguồn", email="toasoan@bengio.example")
    made = letter(view_of(an_issue(1), replace(PROFILE, imprint=imprint)))
    message = message_of(made.data)
    assert str(message["From"].addresses[0]) == '"Sở Mẫu, tỉnh Hạ Nguồn" <toasoan@bengio.example>'
    assert message["Message-ID"].endswith("@bengio.example>")
    assert "mailto:toasoan@bengio.example" in Markup(mail_parts(made.data)[1]).values("href")


@pytest.mark.parametrize(
    "address", ["toasoan", "a@b@c", "a b@c.example", "toasoan@bengio.example\r\nBcc: x@y.example", "@"]
)
def test_an_address_that_is_none_is_refused_by_name(address: str) -> None:
    odd = replace(PROFILE, imprint=replace(PROFILE.imprint, email=address))
    with pytest.raises(RenderError, match=r"profile cchc-2023, key imprint\.email"):
        letter(view_of(an_issue(1), odd))


def test_no_word_of_the_profile_becomes_a_header() -> None:
    odd = replace(
        PROFILE,
        masthead=replace(PROFILE.masthead, name="Điểm báo\r\nBcc: ai@bengio.example\r\n\r\n<p>"),
        imprint=replace(PROFILE.imprint, issuer="Sở\r\nX-La: 1\ud83d"),
    )
    message = message_of(letter(view_of(an_issue(1), odd)).data)
    assert message["Bcc"] is None
    assert message["X-La"] is None
    assert message["Subject"].startswith("Điểm báo Bcc: ai@bengio.example")


def test_a_correction_is_another_message_than_what_it_corrects() -> None:
    issue = an_issue(2)
    first, again, second = (
        message_of(letter(a_view(version)).data) for version in (issue, issue, replace(issue, version=2))
    )
    assert first["Message-ID"] == again["Message-ID"] != second["Message-ID"]
    assert first.get_boundary() == again.get_boundary() != second.get_boundary()


def test_what_would_be_cut_off_is_a_summary_with_links() -> None:
    issue = an_issue(60, 5)
    made = letter(a_view(issue))
    plain, html = mail_parts(made.data)
    assert len(html.encode()) <= LIMIT
    (note,) = made.notes
    assert note.endswith("it holds the first paragraph of each item with links instead")
    items = [item for section in issue.sections for item in section.items]
    assert all(item.url in Markup(html).values("href") for item in items)
    for words in (joined(plain), html_words(html.encode())):
        assert all(item.headline in words and item.paragraphs[0] in words for item in items)
        assert not [item for item in items if joined(item.paragraphs[1]) in words]
    assert all(item.url in plain for item in items if item.url)


def test_a_very_long_issue_is_cut_down_to_its_headlines() -> None:
    long = tuple(an_item(number, paragraphs=("Mở đầu. " + "chữ " * 400, "Tiếp.")) for number in range(1, 101))
    made = letter(a_view(issue_of(*long)))
    plain, html = mail_parts(made.data)
    (note,) = made.notes
    assert note.endswith("it holds headlines with links instead")
    assert len(html.encode()) <= LIMIT
    assert all(item.headline in joined(plain) and item.headline in html_words(html.encode()) for item in long)
    assert "Mở đầu." not in plain + html


def test_nothing_is_fetched_and_nobody_is_counted() -> None:
    page = Markup(mail_parts(letter(a_view(an_issue(11, 5))).data)[1])
    assert not {tag for tag, _, _ in page.attributes} & {"img", "link", "script", "iframe", "object", "form", "input"}
    assert not page.values("src") + page.values("background")
    assert all(DIRECT.match(address) for address in page.values("href"))
    assert page.open == []


def test_links_inside_lead_to_places_that_are_there() -> None:
    page = Markup(mail_parts(letter(a_view(an_issue(6))).data)[1])
    inside = [address.removeprefix("#") for address in page.values("href") if address.startswith("#")]
    assert len(inside) == 6
    assert set(inside) <= set(page.values("id"))


def test_styles_stand_on_the_elements_and_the_dark_ones_in_a_sheet() -> None:
    html = mail_parts(letter(a_view()).data)[1]
    assert "#c00000" in Markup(html).values("style", "h2")[0]
    assert "prefers-color-scheme: dark" in html
    assert 'name="color-scheme" content="light dark"' in html


def test_a_pdf_is_attached_where_it_is_given() -> None:
    message = message_of(letter(a_view(), pdf=b"%PDF-1.7 bytes").data)
    assert message.get_content_type() == "multipart/mixed"
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == "cchc-2023-2026-03-02.pdf"
    assert attached.get_content() == b"%PDF-1.7 bytes"
    assert attached.get_content_type() == "application/pdf"
    assert letter(a_view(), pdf=b"%PDF-1.7 bytes") == letter(a_view(), pdf=b"%PDF-1.7 bytes")


def test_words_of_an_item_are_never_markup() -> None:
    nasty = "<script>alert(1)</script> & {{ 7*7 }} </style>"
    item = an_item(1, headline=nasty, contents_line=nasty, paragraphs=(nasty,), url="javascript:alert(1)", outlet=nasty)
    page = Markup(mail_parts(letter(a_view(issue_of(item))).data)[1])
    assert "script" not in {tag for tag, _, _ in page.attributes}
    assert not [address for address in page.values("href") if address.startswith("javascript")]
    assert joined(" ".join(page.words)).count(nasty) == 4


def test_an_issue_without_items_and_items_without_sources_are_said_plainly() -> None:
    assert "Số này không có tin, bài." in html_words(
        mail_parts(letter(a_view(Issue(profile="cchc", date=DAY))).data)[1].encode()
    )
    bare = an_item(1, outlet=None, published=None, author=None, paragraphs=(), kinds=())
    page = Markup(mail_parts(letter(a_view(issue_of(bare))).data)[1])
    assert bare.url
    assert bare.url in joined(" ".join(page.words))


def test_kinds_other_outlets_and_printed_addresses_are_shown() -> None:
    words = html_words(mail_parts(letter(a_view(issue_of(an_item(13), profile="cchc"), load("cchc"))).data)[1].encode())
    assert "- Rà soát lại toàn bộ mẫu đơn đang dùng, đợt 13;" in words
    assert "1. Giao một đầu mối chịu trách nhiệm đến cùng, đợt 13." in words
    assert "Cùng nội dung: Bengio.example" in words
    assert words.count("https://bao13.example/cai-cach/mot-cua-13.html?tu=trang-nhat&so=13") == 1


@pytest.mark.parametrize("items", [3, 60])
def test_headers_and_both_parts_carry_the_hash_of_what_it_holds(items: int) -> None:
    issue = an_issue(items)
    made = letter(a_view(issue)).data
    plain, html = mail_parts(made)
    assert message_of(made)["X-Diembao-SHA256"] == content_hash(issue)
    assert plain.splitlines()[-1] == f"Mã nội dung (SHA-256): {content_hash(issue)}"
    assert html_words(html.encode()).endswith(f"Mã nội dung (SHA-256): {content_hash(issue)}")


@pytest.mark.parametrize("items", [2, 60])
@pytest.mark.parametrize(
    ("corrects", "status", "mark", "notice"),
    [
        (1, "published", "[Đính chính] ", "Bản đính chính, thay cho bản 1"),
        (None, "recalled", "[Thu hồi] ", "Số này đã được thu hồi"),
        (1, "recalled", "[Thu hồi] ", "Số này đã được thu hồi"),
    ],
)
def test_a_correction_and_a_recall_are_seen_in_the_list_of_mails_and_at_the_top(
    items: int, corrects: int | None, status: str, mark: str, notice: str
) -> None:
    made = letter(a_view(an_issue(items, corrects=corrects, status=status))).data
    plain, html = mail_parts(made)
    assert message_of(made)["Subject"] == f"{mark}Điểm báo Cải cách hành chính 02/03/2026"
    assert plain.splitlines()[0] == notice
    words = html_words(html.encode())
    assert words.index(notice) < words.index("Trong ngày, một số vấn đề")


def test_no_blank_of_a_long_subject_or_sender_is_lost_where_its_line_is_broken() -> None:
    name = "Văn phòng Ban Chỉ đạo a b c cải cách hành chính tỉnh Hạ Nguồn (Tổ bản tin)"
    for words in range(1, len(name.split()) + 1):
        issuer = " ".join(name.split()[:words])
        imprint = replace(PROFILE.imprint, issuer=issuer)
        profile = replace(PROFILE, imprint=imprint, masthead=replace(PROFILE.masthead, title=f"{issuer} {{date}}"))
        made = letter(view_of(an_issue(1, status="recalled"), profile)).data
        head = made.partition(b"\r\n\r\n")[0]
        plain = message_from_bytes(made)
        assert str(make_header(decode_header(plain["Subject"]))) == f"[Thu hồi] {issuer} 02/03/2026"
        assert str(make_header(decode_header(plain["From"]))) == f"{issuer} <{NOBODY}>"
        assert max(map(len, head.split(b"\r\n"))) <= 82


def test_a_recall_is_another_message_than_what_it_recalls() -> None:
    issue = an_issue(2)
    first, recall = (message_of(letter(a_view(one)).data) for one in (issue, replace(issue, status="recalled")))
    assert first["Message-ID"] != recall["Message-ID"]
    assert first["Subject"] == "Điểm báo Cải cách hành chính 02/03/2026"


def test_a_profile_without_contents_has_none_in_its_mail_unless_headlines_are_all_it_holds() -> None:
    bare = replace(PROFILE, layout=replace(PROFILE.layout, contents=False))
    issue = an_issue(6)
    items = [item for section in issue.sections for item in section.items]
    plain, html = mail_parts(letter(view_of(issue, bare)).data)
    page = Markup(html)
    for words in (joined(plain), html_words(html.encode())):
        assert [words.count(item.headline) for item in items] == [1] * 6
    assert not [address for address in page.values("href") if address.startswith("#")]
    long = tuple(an_item(number, paragraphs=("Mở đầu. " + "chữ " * 400, "Tiếp.")) for number in range(1, 101))
    words = html_words(mail_parts(letter(view_of(issue_of(*long), bare)).data)[1].encode())
    assert all(item.contents_line in words for item in long)


def test_a_summary_is_headed_by_title_weekday_and_day() -> None:
    plain = mail_parts(letter(a_view(an_issue(60, 5))).data)[0]
    assert plain.splitlines()[0] == "Điểm báo Cải cách hành chính – Thứ Hai, 02/03/2026"

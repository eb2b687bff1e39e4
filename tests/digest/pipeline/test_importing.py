"""Past bulletins from real files: our own renditions back again, Word files changed by hand, what cannot be read."""

import hashlib
import io
import json
import textwrap
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import docx
import pytest

from classifiers.labels import labelled_from
from digest.bulletin.edits import printed_paragraphs
from digest.errors import ExtractError, InputError
from digest.issue import source_line
from digest.model import Issue, Item
from digest.pipeline.bulletin_lines import lines_of
from digest.pipeline.importing import bring_issue, document_line, is_bulletin, printed_lines
from digest.profile import Profile, load, shipped_names
from digest.render.pdf import pdf
from digest.render.plain import text
from digest.render.view import view_of
from digest.render.word import word
from digest.text import fold
from digest.wire import issue_from, parse
from tests.digest.bulletin.fakes import DAILY, LONG
from tests.digest.render.fakes import DAY, an_issue, an_item
from tests.fakes import SHARED, at, needs_shared
from tests.scrapers.documents.encoders import to_vni

PROFILES = [load(name) for name in ("cchc", *(name for name in shipped_names() if name != "cchc"))]
SEEDS = SHARED / "seeds"


def _made(issue: Issue, form: str) -> bytes:
    view = view_of(issue, load(issue.profile))
    if form == "docx":
        return word(view, office=None).data
    return pdf(view).data if form == "pdf" else text(view).data


def _brought(body: bytes, **given: Any) -> Issue:
    return bring_issue(lines_of(body, name="so.bin"), PROFILES, name="so.bin", **given).issue


def _items(issue: Issue) -> list[Item]:
    return [item for section in issue.sections for item in section.items]


def _shown(item: Item, profile: Profile) -> tuple[object, ...]:
    line = source_line(item, profile) if item.origin == "press" else item.author
    others = [other.outlet for other in item.also]
    return item.number, item.headline, item.contents_line, printed_paragraphs(item), line, others, item.origin


def _assert_same_print(issue: Issue, read: Issue) -> None:
    profile = load(issue.profile)
    assert (read.profile, read.date) == (issue.profile, issue.date)
    titles = [(section.key, section.title, len(section.items)) for section in issue.sections]
    assert [(section.key, section.title, len(section.items)) for section in read.sections] == titles
    for before, after in zip(_items(issue), _items(read), strict=True):
        assert _shown(after, profile) == _shown(before, profile)


@pytest.mark.parametrize("form", ["docx", "text", "pdf"])
@pytest.mark.parametrize("sections", [2, 5])
def test_our_own_renditions_come_back_as_they_were_printed(form, sections):
    issue = an_issue(items=10, sections=sections)
    read = _brought(_made(issue, form))
    _assert_same_print(issue, read)
    if sections == 5:  # that profile prints addresses
        assert [item.url for item in _items(read)] == [item.url for item in _items(issue)]


@pytest.mark.parametrize("form", ["docx", "text"])
def test_own_items_and_items_that_know_little_come_back(form):
    odd = (
        an_item(1, origin="own", author="Trần Mây", outlet=None, published=None, url=None),
        an_item(2, author=None, published=None),
        an_item(3, outlet=None, published=None, author="Lê Bến", also=()),
        an_item(4, outlet=None, published=None, author=None),
    )
    issue = an_issue(items=4, sections=1)
    issue = replace(issue, sections=(replace(issue.sections[0], items=odd),))
    _assert_same_print(issue, _brought(_made(issue, form)))


def test_a_word_file_tells_kinds_and_addresses_that_print_does_not_show():
    issue = an_issue(items=6)
    read = _brought(_made(issue, "docx"))
    assert [item.url for item in _items(read)] == [item.url for item in _items(issue)]
    assert [item.kinds for item in _items(read)] == [item.kinds for item in _items(issue)]
    assert _items(read)[2].also == _items(issue)[2].also


def test_a_bulletin_in_an_old_font_encoding_is_read():
    read = _brought("\n".join(map(to_vni, DAILY.splitlines())).encode("latin-1", errors="replace"))
    assert [item.number for item in _items(read)] == [1, 2, 3]
    assert _items(read)[0].paragraphs[0] == LONG


def test_a_word_file_of_another_office_is_read_without_ranks():
    made = docx.Document()
    for block in DAILY.split("\n\n"):
        for line in block.strip().splitlines() if "\t" in block or block.strip().startswith("- ") else [block.strip()]:
            made.add_paragraph(line.replace("\n", ""))
    file = io.BytesIO()
    made.save(file)
    read = _brought(file.getvalue())
    assert [item.headline[:9] for item in _items(read)] == ["Gộp ba bư", "Hạ Nguồn:", "Suối Vàng"]
    assert _items(read)[1].contents_line == "Hạ Nguồn: DN chấm điểm bốn sở của tỉnh"


def test_a_word_file_whose_text_lies_elsewhere_is_read_for_its_text_alone():
    moved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_made(an_issue(items=2), "docx"))) as old, zipfile.ZipFile(moved, "w") as new:
        for name in old.namelist():
            data = old.read(name).replace(b"word/document.xml", b"word/main.xml")
            new.writestr(name.replace("word/document.xml", "word/main.xml"), data)
    lines = lines_of(moved.getvalue(), name="so.docx")
    assert {line.role for line in lines} == {""}
    assert is_bulletin(lines)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"%PDF-1.7\ncut off", "damaged"),
        (b"PK\x03\x04 cut off", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (rb"{\rtf1 Mot ban tin}", "old-word"),
        (b"<html><body>trang</body></html>", "unknown-format"),
        (f"<!-- so 1 -->\n<p>{LONG}</p>".encode("utf-16"), "unknown-format"),
        (f"{LONG}\n<table><tr><td>{LONG}</td></tr></table>".encode(), "unknown-format"),
        (b"\xef\xbb\xbf" + json.dumps({"title": LONG}).encode(), "unknown-format"),
        (json.dumps([LONG, LONG], ensure_ascii=False).encode(), "unknown-format"),
        (f"MIME-Version: 1.0\nContent-Type: text/plain\n\n{LONG}".encode(), "unknown-format"),
        (b"", "no-text"),
    ],
)
def test_a_file_that_cannot_be_read_says_which_and_why(body, kind):
    with pytest.raises(ExtractError, match=r"so\.bin") as caught:
        lines_of(body, name="so.bin")
    assert caught.value.kind == kind


@pytest.mark.parametrize(
    "head",
    [
        "Subject: =?utf-8?q?B=E1=BA=A3n_tin?=\nFrom: Phong Tin <tin@cchc.example>\nMIME-Version: 1.0",
        "Return-Path: <tin@cchc.example>",
        "From tin@cchc.example Mon Mar  2 08:00:00 2026\nX-Gui: thu\n  dong thu hai\nmessage-id: <1@cchc.example>",
        "\ufeff\r\nTo: doc@bo.example\r\nContent-Type: multipart/mixed;\r\n boundary=B",
    ],
)
def test_a_mail_is_no_document_whatever_it_holds(head):
    with pytest.raises(
        ExtractError, match=r"so\.eml: unknown-format \(it is an e-mail; save the file attached"
    ) as caught:
        lines_of(f"{head}\n\n{DAILY}".encode(), name="so.eml")
    assert caught.value.kind == "unknown-format"


def test_a_damaged_pdf_says_so_once(capfd):
    with pytest.raises(ExtractError, match="damaged"):
        lines_of(b"%PDF-1.7\ncut off", name="so.pdf")
    assert capfd.readouterr() == ("", "")


def test_captions_of_a_monthly_are_left_out_and_counted():
    lines: list[str] = []
    for title, place in (("MỘT BÀI CỦA CHÍNH TỈNH", "xã Gò Sậy"), ("HAI BÀI CỦA CHÍNH TỈNH", "bản Mây")):
        wide = [line for line in textwrap.wrap(f"{LONG} {LONG} Ở {place} cũng thế.", 88) for line in (line, "")]
        lines += [title, "", *wide, " ", "", "Quầy một cửa ở chợ phiên - Ảnh: Lê Bến", "", *wide]
        lines += [f"Cả {place} đều vui./.", "", "Trần Mây", ""]
    brought = bring_issue(lines_of("\n".join(lines).encode(), name="so.txt"), PROFILES, name="so.txt", day=DAY)
    assert not any("Ảnh" in text for item in _items(brought.issue) for text in item.paragraphs)
    assert [note.partition(":")[0] for note in brought.notes] == ["item 1", "item 2"]


def _pages(*, number: str) -> bytes:
    """A monthly of three pages whose head alone says its number."""
    made: list[str] = []
    for page, place in enumerate(("xã Gò Sậy", "bản Mây", "phố Lau"), 1):
        made += ["", f"BẢN TIN ĐIỆN TỬ LÚA VÀNG SỐ {number}", "", f"Trang {page}", ""]
        made += [f"MỘT BÀI CỦA {place.upper()}", ""]
        made += [line for line in textwrap.wrap(f"{LONG} {LONG} Ở {place} cũng thế./.", 88) for line in (line, "")]
        made += ["Trần Mây", ""]
    return "\n".join(made).encode()


def test_the_number_of_an_issue_may_stand_in_the_head_of_its_pages_alone():
    lines = lines_of(_pages(number="03/2026"), name="so.txt")
    assert is_bulletin(lines)
    issue = bring_issue(lines, PROFILES, name="so.txt", day=DAY).issue
    assert (issue.number, len(_items(issue))) == (3, 3)
    assert "LÚA VÀNG" not in str(issue)
    assert _brought(_pages(number="03/2025"), day=DAY).number is None


def test_of_two_series_with_the_same_sections_the_one_whose_topic_is_printed_is_meant():
    for profile in ("theo-don-vi", "cchc"):
        issue = replace(an_issue(items=4, sections=2), profile=profile)
        assert _brought(_made(issue, "text")).profile == profile


@pytest.mark.parametrize(
    "head", ["Kính gửi: các sở", "Note: to all", "Content-Type la gi", "Subject: hop\n\nReceived: no"]
)
def test_a_text_that_begins_like_a_letter_is_a_text(head):
    assert lines_of(f"{head}\n\n{LONG}\n\n{LONG}".encode(), name="thu.txt")[-1].text == LONG


def test_a_document_that_is_no_bulletin_is_refused_as_an_issue_and_taken_as_an_article():
    body = f"{LONG}\n\n{LONG}\n\n{LONG}".encode()
    assert not is_bulletin(lines_of(body, name="van-ban.txt"))
    with pytest.raises(InputError, match=r"van-ban\.txt: is no bulletin.*--as articles"):
        bring_issue(lines_of(body, name="van-ban.txt"), PROFILES, name="van-ban.txt")
    line = document_line(body, name="van-ban.txt")
    assert list(line["paragraphs"]) == [LONG] * 3
    assert "rel" not in line


def test_errors_name_the_file_the_line_and_the_field():
    body = DAILY.replace("\nCẢI CÁCH ĐỊA PHƯƠNG\n", "\nCHUYỆN LẠ BỐN PHƯƠNG\n").encode()
    with pytest.raises(InputError, match=r"so\.txt, line 35, field sections: the section 'CHUYỆN LẠ"):
        bring_issue(lines_of(body, name="so.txt"), PROFILES, name="so.txt")


def test_printed_items_are_articles_with_a_label_that_training_takes():
    lines = list(printed_lines(_brought(DAILY.encode())))
    rows = [labelled_from(json.loads(json.dumps(line))) for line in lines]
    assert [(row.label.rel, row.label.section, row.day) for row in rows] == [
        (1, "chu_truong", DAY),
        (1, "dia_phuong", DAY),
        (1, "dia_phuong", DAY),
    ]
    first = rows[0].article
    assert (first.sapo, first.outlet, first.published) == (LONG, "Baolua.example", at("2026-03-01 00:00"))
    assert len({row.article.id for row in rows}) == 3
    assert all("areas" not in line for line in lines)


def test_a_monthlys_articles_are_relevant_in_no_section_of_ours():
    titles = ("MỘT BÀI CỦA CHÍNH TỈNH", "HAI BÀI CỦA CHÍNH TỈNH")
    body = "\n\n".join(f"{title}\n\n{LONG} {LONG}./.\n\nLê Bến" for title in titles).encode()
    issue = _brought(body, day=DAY)
    assert [item.headline for item in _items(issue)] == list(titles)
    assert [line.get("section") for line in printed_lines(issue)] == [None, None]


@needs_shared
def test_the_real_daily_of_2023_is_the_issue_that_was_checked_by_hand():
    gold = issue_from(parse((SHARED / "bulletins" / "2023-12-11.issue.json").read_bytes()))
    read = _brought((SEEDS / "004-daily-bulletin-2023-12-11.txt").read_bytes())
    bare = [replace(item, kinds=(), flags=()) for item in _items(read)]
    assert bare == [replace(item, kinds=(), flags=()) for item in _items(gold)]
    assert [(section.key, section.title) for section in read.sections] == [
        (section.key, section.title) for section in gold.sections
    ]
    assert (read.profile, read.date, read.number) == (gold.profile, gold.date, gold.number)


@needs_shared
@pytest.mark.parametrize("form", ["docx", "text"])
def test_our_renditions_of_the_real_daily_come_back(form):
    gold = issue_from(parse((SHARED / "bulletins" / "2023-12-11.issue.json").read_bytes()))
    _assert_same_print(gold, _brought(_made(gold, form)))


# Title, author and body of each article of seed 002, folded and hashed; words and paragraphs. Read against the seed line
# by line: what is not in a body is a title, a name, a page's head, a banner, a caption or a chart.
MONTHLY = [
    ("e5a7468f33de6eed", "fda1b6cb23871742", "9d77474ba6263f55", 2788, 48),
    ("6ef0155536afa331", "ac989d023805d12e", "356e1845236298ae", 419, 3),
    ("bef8abbd444768b8", "ba838de88366ace9", "61ada65a3eb20b6e", 1078, 13),
    ("26f8d14265e8de32", "53112de2f0189eaa", "274e0cc5fe6501ff", 1165, 14),
    ("b55ffefc3c9bf7f7", "ac989d023805d12e", "df748f76e2400749", 465, 4),
    ("22b75077f594d783", "45f8297ebcb61da6", "337ebcdfa9416857", 676, 5),
    ("671051338b53187f", "193a8b7925315e35", "6bf06d5190818214", 782, 6),
    ("824338675b226fb4", "0db9cc7994d50cb3", "8d9c54efe0a322c5", 884, 10),
    ("3195acaeee1aae61", "ba838de88366ace9", "126e2bfab148bc5e", 2180, 21),
    ("d9fa1fcad85e7c8f", "0db9cc7994d50cb3", "dfceea5d99b087e2", 971, 9),
    ("bdb97ebe6e0a636c", "0892406de1cff9b2", "63bc2c2f35e38b0c", 638, 14),
    ("6876f3619cfc0e9b", "cd1ab9da6aa7b0f1", "d473ab79a2c4cae6", 2519, 24),
    ("fe7cabb161d06810", "fa9699c013957797", "69b2173fe6cd36b4", 1899, 31),
    ("61d490e58bdbd9b5", "266c2bd28b4e9493", "6e852f920019eac4", 788, 10),
    ("2d8366ad8ce666a9", "88dae8e6488854ba", "0b953c1519d735a3", 3826, 34),
]


@needs_shared
def test_the_real_monthlys_fifteen_articles_come_out():
    issue = _brought((SEEDS / "002-monthly-bulletin-2023-05.txt").read_bytes(), day=DAY)
    items = _items(issue)
    assert [len(section.items) for section in issue.sections] == [7, 4, 4]
    assert all(item.author and item.headline.isupper() for item in items)
    assert [item.number for item in items if item.origin == "press"] == [1, 13, 15]
    assert issue.profile == "ban-tin-thang"
    assert [(_hash(item.headline), _hash(item.author or ""), _hash(" ".join(item.paragraphs))) for item in items] == [
        one[:3] for one in MONTHLY
    ]
    assert [(sum(len(text.split()) for text in item.paragraphs), len(item.paragraphs)) for item in items] == [
        one[3:] for one in MONTHLY
    ]


@needs_shared
def test_the_real_monthlys_number_is_the_one_on_its_pages():
    issue = _brought((SEEDS / "002-monthly-bulletin-2023-05.txt").read_bytes(), day=date(2023, 5, 31))
    assert issue.number == 5


def _hash(text: str) -> str:
    return hashlib.sha256(fold(text).encode()).hexdigest()[:16]

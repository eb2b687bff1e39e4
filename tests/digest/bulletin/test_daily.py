"""A daily bulletin's sections and items, from the plainest text to a document with ranks."""

from dataclasses import replace
from datetime import date

import pytest

from digest.bulletin.daily import looks_daily, read_daily
from digest.bulletin.lines import Line
from digest.bulletin.reading import Reading
from digest.bulletin.titles import titles_of
from digest.errors import InputError
from digest.model import Also
from digest.profile import load
from tests.digest.bulletin.fakes import DAILY, LONG, SHORT, daily, lines

TITLES = titles_of(load("cchc-2023"))


def _read(text: str = DAILY, day: date | None = None) -> Reading:
    return read_daily(daily(text), titles=TITLES, day=day)


def _items(read: Reading):
    return [item for section in read.sections for item in section.items]


def test_sections_items_and_their_lines_come_as_they_are_printed():
    read = _read()
    assert read.day == date(2026, 3, 2)
    assert [(section.key, section.title, len(section.items)) for section in read.sections] == [
        ("chu_truong", "CHỦ TRƯƠNG CẢI CÁCH", 1),  # in the profile's spelling
        ("dia_phuong", "CẢI CÁCH ĐỊA PHƯƠNG", 2),
    ]
    first, second, third = _items(read)
    assert first.paragraphs == (LONG, "- Hồ sơ đất đai: một buổi. - Hồ sơ hộ tịch: hai giờ.", SHORT)
    assert (first.outlet, first.published, first.author) == ("Baolua.example", date(2026, 3, 1), "Lê Bến")
    assert second.headline == "Hạ Nguồn: Doanh nghiệp chấm điểm bốn sở của tỉnh"
    assert second.contents_line == "Hạ Nguồn: DN chấm điểm bốn sở của tỉnh"
    assert (second.author, second.flags) == (None, ("no-author", "no-address"))
    assert (third.number, third.published, third.author) == (3, date(2026, 2, 28), "Trần Mây, Hoàng Gió")
    assert third.contents_line == third.headline == "Suối Vàng: Trả hồ sơ trong 24 giờ"


def test_a_list_that_counts_is_no_item_and_a_hyphen_at_a_lines_end_is_real():
    assert _items(_read())[1].paragraphs == (
        LONG,
        "Kế hoạch gồm hai việc:",
        "1. Khuyến khích các sở gửi phiếu hỏi theo Công văn số 12/KH-UBND của tỉnh.",
        "2. Công bố điểm vào cuối quý.",
    )


def test_a_paragraph_that_a_page_tore_stays_torn_and_is_told():
    assert _items(_read())[2].paragraphs[0].endswith("Người dân gọi đó là")
    assert _read().notes == ("item 3: 1 of its paragraphs ends in the middle of a sentence, as if torn by a page",)


def test_addresses_and_the_other_outlets_stand_below_an_item():
    text = DAILY.replace(
        "Lê Bến)[Về đầu trang](#)",
        "Lê Bến)[Về đầu trang](#)\nhttps://baolua.example/gop-ba-\nbuoc.html\n\nCùng nội dung: Baosuoi.example, Baonui.example",
    )
    first = _items(_read(text))[0]
    assert first.url == "https://baolua.example/gop-ba-buoc.html"
    assert first.also == (Also(outlet="Baosuoi.example"), Also(outlet="Baonui.example"))
    assert len(_items(_read(text))) == 3


def test_what_stands_below_the_last_item_is_no_item():
    read = _read(f"{DAILY}\nMọi ý kiến xin gửi về: bantin@toasoan.example\n\nIn tại xưởng của tỉnh\n")
    assert len(_items(read)) == 3
    assert read.notes[0] == "left out, it stands outside every item: In tại xưởng của tỉnh"


def test_an_item_that_lost_its_source_line_is_still_one_where_the_contents_name_the_next():
    read = _read(DAILY.replace(" (Baosuoi.example 02/3) [Về đầu trang](#)", ""))
    assert [item.headline[:9] for item in _items(read)] == ["Gộp ba bư", "Hạ Nguồn:", "Suối Vàng"]
    assert _items(read)[1].outlet is None
    assert "item 2 has no source line: Hạ Nguồn: Doanh nghiệp" in read.notes[0]


def test_items_that_the_contents_do_not_list_are_told():
    read = _read(DAILY.replace("3. Suối Vàng: Trả hồ sơ trong 24 giờ\t3\n", ""))
    assert "the contents list 2 items, 3 stand below" in read.notes
    assert _items(read)[2].contents_line == _items(read)[2].headline


def test_without_contents_headlines_stand_for_their_lines():
    begin, end = DAILY.index("CHỦ TRƯỞNG"), DAILY.index("CHỦ TRƯỞNG", DAILY.index("\t3"))
    read = _read(DAILY[:begin] + DAILY[end:])
    assert [item.contents_line for item in _items(read)] == [item.headline for item in _items(read)]
    assert len(read.sections) == 2


def test_a_day_that_there_is_not_is_told():
    read = _read(DAILY.replace("02/3)", "31/2)"))
    assert _items(read)[1].published is None
    assert "item 2: (Baosuoi.example 31/2) names a day that there is not" in read.notes


@pytest.mark.parametrize(
    ("old", "new", "said", "line"),
    [
        (
            "\nCẢI CÁCH ĐỊA PHƯƠNG\n",
            "\nCHUYỆN LẠ BỐN PHƯƠNG\n",
            "the section 'CHUYỆN LẠ BỐN PHƯƠNG' is unknown; known: CHỦ",
            35,
        ),
        ("CHỦ TRƯỞNG CẢI CÁCH", "TRANG NHẤT", "the section 'TRANG NHẤT' is unknown", 24),
    ],
)
def test_an_unknown_section_is_an_error_that_names_the_line_and_the_remedy(old, new, said, line):
    with pytest.raises(InputError, match=said) as caught:
        _read(DAILY.replace(old, new))
    assert (caught.value.field, caught.value.line) == ("sections", line)
    assert "--profile" in str(caught.value)


def test_no_title_of_a_section_at_all_is_an_error():
    with pytest.raises(InputError, match="no title of a section is found; known: CHỦ TRƯƠNG CẢI CÁCH"):
        read_daily(lines("Tin", "Xong. (Baolua.example 02/3) Về đầu trang"), titles=TITLES)


def _ranked(*extra: Line) -> list[Line]:
    return [
        Line(text="Phát hành: 02/03/2026", role="text"),
        Line(text="CHỦ TRƯƠNG CẢI CÁCH\t1", role="contents", anchor="s1"),
        Line(text="1.\tViệc một\t1", role="contents", anchor="i1"),
        Line(text="CHỦ TRƯƠNG CẢI CÁCH", role="section", anchor="s1"),
        Line(text="VIỆC MỘT", role="headline", anchor="i1"),
        Line(text="Câu một.", role="text"),
        Line(
            text="Câu hai. (Baolua.example 02/3) Về đầu trang",
            role="text",
            links=(("(Baolua.example 02/3)", "https://baolua.example/1"),),
        ),
        *extra,
    ]


def test_ranks_tell_headlines_and_links_tell_addresses():
    (item,) = _items(read_daily(_ranked(), titles=TITLES))
    assert (item.headline, item.contents_line, item.url) == ("VIỆC MỘT", "Việc một", "https://baolua.example/1")


def test_a_headline_set_as_text_begins_an_item_where_one_ends_below_it():
    typed = lines("Tin gõ thêm", "Câu của tin gõ thêm.", "Xong. (Baonui.example 02/3) Về đầu trang", role="text")
    read = read_daily(_ranked(*typed), titles=TITLES)
    assert [item.headline for item in _items(read)] == ["VIỆC MỘT", "Tin gõ thêm"]
    read = read_daily(
        _ranked(*lines("Một câu để quên lại ở dưới.", *(line.text for line in typed), role="text")), titles=TITLES
    )
    assert [item.headline for item in _items(read)] == ["VIỆC MỘT", "Tin gõ thêm"]
    assert read.notes[0] == "left out, it stands outside every item: Một câu để quên lại ở dưới."


def test_an_address_left_behind_does_not_become_the_item_befores():
    addresses = lines("https://baolua.example/1", "https://baonui.example/2", role="text")
    read = read_daily(_ranked(*addresses), titles=TITLES)
    assert _items(read)[0].url == "https://baolua.example/1"
    assert read.notes == ("left out, it stands outside every item: https://baonui.example/2",)


def test_a_heading_that_is_no_known_section_or_stands_above_all_is_an_error():
    with pytest.raises(InputError, match="'Chuyện lạ' is unknown"):
        read_daily(_ranked(Line(text="Chuyện lạ", role="section")), titles=TITLES)
    headless = [line for line in _ranked() if line.role != "section"]
    with pytest.raises(InputError, match="'VIỆC MỘT' stands above every section"):
        read_daily(headless, titles=TITLES)


def test_an_item_at_the_end_without_a_source_line_is_kept_and_told():
    read = read_daily(_ranked(Line(text="Tin cụt", role="headline"), Line(text="Câu.", role="text")), titles=TITLES)
    assert [item.headline for item in _items(read)] == ["VIỆC MỘT", "Tin cụt"]
    assert "item 2 has no source line: Tin cụt" in read.notes


def test_own_items_keep_their_by_line():
    own = [replace(line, text="Trần Mây Về đầu trang") if "Câu hai" in line.text else line for line in _ranked()]
    (item,) = _items(read_daily(own, titles=TITLES))
    assert (item.origin, item.author, item.outlet, item.flags) == ("own", "Trần Mây", None, ())


def test_a_bulletin_is_known_by_where_items_end():
    assert looks_daily(daily())
    assert not looks_daily(lines(LONG, SHORT))


def test_the_issue_is_a_draft_of_the_profile_with_its_hash():
    issue = _read().issue("cchc-2023")
    assert (issue.profile, issue.date, issue.status, issue.version) == ("cchc-2023", date(2026, 3, 2), "draft", 1)
    assert issue.hash

"""The same daily as many files set it: whatever the form, the same items come out."""

import itertools
from dataclasses import replace

import pytest

from digest.model import Issue
from digest.pipeline.bulletin_lines import lines_of
from digest.pipeline.importing import Brought, bring_issue
from digest.profile import load, shipped_names
from tests.digest.bulletin.printing import MASTHEAD, a_daily, as_blocks, as_page, blocks, changed, torn

PROFILES = [load(name) for name in ("cchc", *(name for name in shipped_names() if name != "cchc"))]
DAILY = a_daily()
PARTS = blocks(DAILY)
PLAIN = blocks(DAILY, top=" Về đầu trang")


def _brought(text: str) -> Brought:
    return bring_issue(lines_of(text.encode(), name="so.txt"), PROFILES, name="so.txt")


def _bare(issue: Issue) -> Issue:
    sections = tuple(
        replace(section, items=tuple(replace(item, article=None, kinds=(), flags=()) for item in section.items))
        for section in issue.sections
    )
    return replace(issue, hash=None, sections=sections)


def _assert_same(text: str, issue: Issue = DAILY) -> Brought:
    brought = _brought(text)
    assert _bare(brought.issue) == _bare(issue)
    return brought


def test_the_form_of_2025_comes_out_with_addresses_and_without_the_contact_line():
    assert _assert_same(as_blocks(PARTS)).notes == ()


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda what, text: [f"[{text}]({text})" if what == "a" else text], id="links"),
        pytest.param(lambda what, text: [f"<{text}>" if what == "a" else text], id="bare links"),
        pytest.param(lambda what, text: [f"Nguồn: {text}" if what == "a" else text], id="source before the address"),
        pytest.param(lambda what, text: [f"{text[:30]}\n{text[30:]}" if what == "a" else text], id="broken address"),
        pytest.param(lambda what, text: [f"{text[:30]} {text[30:]}" if what == "a" else text], id="torn address"),
        pytest.param(
            lambda what, text: [{"s": f"## {text}", "h": f"**{text}**"}.get(what, text)], id="headings with marks"
        ),
        pytest.param(
            lambda what, text: [text.split(". ", 1)[-1] if what == "c" and text[0].isdigit() else text], id="no numbers"
        ),
        pytest.param(lambda what, text: [text.replace(". ", ".", 1) if what == "c" else text], id="close numbers"),
        pytest.param(lambda what, text: [text.replace(".....\t", " ") if what == "c" else text], id="bare pages"),
        pytest.param(
            lambda what, text: [f"| {text.replace('.....', ' |')} |" if what == "c" else text], id="contents as a table"
        ),
        pytest.param(
            lambda what, text: [text.replace(" số ", " số\n", 1) if what in "ch" and text[0] != "C" else text],
            id="two lines",
        ),
        pytest.param(lambda _, text: [text.replace(")[", ").[")], id="a full stop behind the source"),
        pytest.param(lambda _, text: [text.replace(")[", "[")], id="no closing bracket"),
    ],
)
def test_marks_numbers_leaders_and_addresses_in_other_forms(change):
    _assert_same(as_blocks(changed(PARTS, change)))


def test_a_headline_of_two_paragraphs_is_one_where_the_contents_name_it():
    parts = changed(PARTS, lambda what, text: [text.replace(" số ", "\n\nsố ", 1) if what == "h" else text])
    _assert_same(as_blocks(parts))


def test_headlines_with_the_numbers_of_the_contents_lose_them():
    numbers = itertools.count(1)
    parts = changed(PARTS, lambda what, text: [f"{next(numbers)}. {text}" if what == "h" else text])
    _assert_same(as_blocks(parts))


@pytest.mark.parametrize("word", ["(Bao", "Ngô", "Hoàng", "[Về"])
def test_a_source_line_over_two_paragraphs_is_one(word):
    def change(what: str, text: str) -> list[str]:
        at = text.rfind(word)
        return [text[:at].rstrip(), text[at:]] if what == "p" and at > 0 else [text]

    _assert_same(as_blocks(changed(PARTS, change)))


@pytest.mark.parametrize("top", ["", "Về đầu trang", " Về đầu trang", " [Về đầu trang](#page-1)"])
def test_the_link_to_the_top_may_be_glued_on_or_missing(top):
    _assert_same(as_blocks(blocks(DAILY, top=top)))


@pytest.mark.parametrize(
    "masthead",
    [
        ("Thứ 2", "Ngày phát hành: 02-3-2026"),
        ("THỨ HAI NGÀY 02 THÁNG 3 NĂM 2026",),
        ("Phát hành:\n02/03/2026",),
        ("Phát hành: ngày 2 tháng 3 năm 2026",),
    ],
)
def test_the_day_in_other_words(masthead):
    _assert_same(as_blocks(blocks(DAILY, masthead=(*MASTHEAD[:1], *masthead, *MASTHEAD[3:]))))


SLIPS = (
    "CHỦ TRƯỞNG CẢI CÁCH",
    "Cải cách địa phương",
    "LĨNH VỰC CẢI CÁCH:",
    "QUẢN LÍ HÀNH CHÍNH",
    "PHÂN TÍCH - BÌNH LUẬN",
)


def test_slips_in_titles_are_read_as_the_sections_they_mean_and_what_is_not_sure_is_told():
    assert _assert_same(as_blocks(blocks(DAILY, titles=SLIPS))).notes == (
        "the title 'QUẢN LÍ HÀNH CHÍNH' is read as 'QUẢN LÝ HÀNH CHÍNH'",
    )


def test_titles_may_be_counted():
    titles = [
        f"{count}. {section.title}"
        for count, section in zip(("I", "II", "III", "IV", "V"), DAILY.sections, strict=True)
    ]
    _assert_same(as_blocks(blocks(DAILY, titles=titles)))


def _with_middles(middle):
    """Every third long paragraph with a page's end in its middle."""
    count = itertools.count(1)

    def change(what: str, text: str) -> list[str]:
        if what != "p" or len(text.split()) < 50:
            return [text]
        number = next(count)
        return [torn(text, middle(number // 3)) if number % 3 == 0 else text]

    return as_blocks(changed(PARTS, change))


@pytest.mark.parametrize(
    "middle",
    [
        pytest.param(lambda page: f"\n\n{page}\n\n", id="a number"),
        pytest.param(lambda page: f"\n\n- {page} -\n\n", id="a number between strokes"),
        pytest.param(lambda page: f"\n\nTrang {page}\n\n", id="a named page"),
        pytest.param(lambda page: f"\n{page}\n\f", id="a form feed"),
        pytest.param(lambda page: f"\n\nTrang {page}/9\n\nĐIỂM BÁO NGÀY 02/03\n\nBộ Bút\n\n", id="a running head"),
        pytest.param(lambda page: f"\n\nhttps://bobut.example/tin\n\nTrang {page}\n\n", id="a foot with an address"),
        pytest.param(
            lambda _: "\n\nhttps://bao2.example/cai-cach/mot-cua-2.html?tu=trang-nhat&so=2\n\n", id="another's"
        ),
    ],
)
def test_what_pages_repeat_in_the_middle_of_paragraphs_is_gone_and_they_are_whole(middle):
    _assert_same(_with_middles(middle))


def test_a_banner_with_the_sections_title_in_the_middle_of_a_paragraph_is_gone():
    current = ""

    def change(what: str, text: str) -> list[str]:
        nonlocal current
        current = text if what == "s" else current
        return [torn(text, f"\n\n{current}\n\n") if what == "p" else text]

    _assert_same(as_blocks(changed(PARTS, change)))


@pytest.mark.parametrize("width", [80, 95])
@pytest.mark.parametrize("inset", [0, 8])
@pytest.mark.parametrize("page", [0, 45])
def test_lines_of_a_pages_width_are_paragraphs_again(width, inset, page):
    _assert_same(as_page(PLAIN, width, inset=inset, page=page))


def test_a_blank_line_below_every_line_says_nothing():
    _assert_same(as_page(PLAIN, 90).replace("\n", "\n\n"))


def test_without_blank_lines_insets_and_widths_tell_paragraphs():
    _assert_same(as_page(PLAIN, 95, inset=8, blank=False))
    texts = [_bare(_brought(as_page(PLAIN, 95, blank=False)).issue), _bare(DAILY)]
    words = [[" ".join(item.paragraphs) for section in issue.sections for item in section.items] for issue in texts]
    assert words[0] == words[1]  # a paragraph whose last line is full runs on: nothing tells its end


def test_a_hyphen_at_a_lines_end_is_real():
    long = f"{'Các sở làm theo đúng chỉ đạo của tỉnh ' * 2}tại Nghị quyết số 68/NQ-"
    text = as_page(PLAIN, 90)
    first = DAILY.sections[0].items[0]
    lead = text.index(first.paragraphs[1][:20])
    text = f"{text[:lead]}{long}\nCP và phải báo cáo trước ngày mồng Năm hằng tháng cho Chủ tịch xã.\n\n{text[lead:]}"
    assert "68/NQ-CP và phải" in _brought(text).issue.sections[0].items[0].paragraphs[1]


def test_contents_that_are_not_there_or_cannot_be_read_leave_the_headlines():
    _assert_same(as_blocks([part for part in PARTS if part[0] != "c"]))


def test_other_spellings_of_the_source_are_kept_as_they_are_printed():
    text = as_blocks(
        blocks(DAILY, top="", source=lambda item: f"(Báo Lúa {item.published:%d/%m/%Y}, Trần Mây - Lê Bến)")
    )
    items = [item for section in _brought(text).issue.sections for item in section.items]
    assert {(item.outlet, item.author) for item in items} == {("Báo Lúa", "Trần Mây - Lê Bến")}
    assert [item.published for item in items] == [
        item.published for section in DAILY.sections for item in section.items
    ]

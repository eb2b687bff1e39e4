"""The issue's words on paper: all of them, as they are, whatever they are."""

import json
from dataclasses import replace

import pytest

from digest.model import Also, Issue, Kind
from digest.profile import load
from digest.render.glyphs import MARK
from digest.render.pdf import pdf
from digest.render.view import view_of
from digest.render.web import web_page
from digest.wire import issue_from
from tests.digest.render.fakes import DAY, a_view, an_issue, an_item, issue_of
from tests.digest.render.readers import html_words, joined, paragraphs_of, pdf_words
from tests.fakes import SHARED, needs_shared

KINDS: tuple[Kind, ...] = ("p", "h", "li", "oli", "row", "q")
HOSTILE = (
    "<script>alert(1)</script>",
    '#panic("hỏng") #let a = 1',
    "$x$ và một $ lẻ",
    "{{ 7 * 7 }} {% raw %}",
    "*đậm* _nghiêng_ `mã` = đề mục",
    "@nguon <nhan> ~ -- --- ... \\u{41} \\",
    "[a](b) // lời bàn /* nữa */ https://x.example/y",
    "Tít dài ba trăm chữ cái " * 13,
)


def lost_words(issue: Issue, words: str) -> list[str]:
    return [paragraph for paragraph in paragraphs_of(issue) if paragraph not in words]


@pytest.mark.parametrize(("items", "sections"), [(1, 1), (11, 2), (60, 5)])
def test_every_paragraph_is_found_verbatim_in_the_pdf_over_lines_and_pages(items: int, sections: int) -> None:
    issue = an_issue(items, sections)
    assert lost_words(issue, pdf_words(pdf(a_view(issue)).data)) == []


@needs_shared
@pytest.mark.parametrize("profile", ["cchc-2023", "cchc"])
def test_a_real_issue_keeps_every_word(profile: str) -> None:
    issue = issue_from(json.loads((SHARED / "bulletins" / "2023-12-11.issue.json").read_bytes()))
    view = view_of(issue, load(profile))
    assert lost_words(issue, html_words(web_page(view).data)) == []
    assert lost_words(issue, pdf_words(pdf(view).data)) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_of_any_language_is_set_as_text(text: str) -> None:
    item = an_item(
        1,
        headline=text,
        contents_line=text,
        outlet=text,
        author=text,
        url=f"https://x.example/{text}",
        also=(Also(outlet=text, url=text),),
        paragraphs=(text,) * len(KINDS),
        kinds=KINDS,
    )
    rendition = pdf(a_view(issue_of(item), load("cchc")))
    words = pdf_words(rendition.data).replace(" ", "")
    assert words.count(text.replace(" ", "")) >= len(KINDS) + 6  # contents, headline, source twice, address, also
    assert rendition.notes == ()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Tên lửa 🚀 bay", f"Tên lửa {MARK} bay"),
        ("Chữ 中文 lạ", f"Chữ {MARK}{MARK} lạ"),
        ("\ufeffĐầu tệp", f"{MARK}Đầu tệp"),
        ("Riêng \ue000, chuông \x07", f"Riêng {MARK}, chuông {MARK}"),
        ("Nửa \ud83d cặp", f"Nửa {MARK} cặp"),
    ],
)
def test_what_no_font_has_gets_a_mark_and_a_note(text: str, shown: str) -> None:
    rendition = pdf(a_view(issue_of(an_item(4, headline=text, paragraphs=(text,), kinds=("p",)))))
    assert pdf_words(rendition.data).count(shown) >= 2
    assert all(note.startswith("pdf: U+") and note.endswith("(item 4)") for note in rendition.notes)
    assert len(rendition.notes) == len(set(text) - set(shown))


def test_symbols_that_the_second_font_has_are_set_without_a_note() -> None:
    rendition = pdf(a_view(issue_of(an_item(1, paragraphs=("Đạt ✓ ➜ 😀 ₫",), kinds=("p",)))))
    assert "Đạt ✓ ➜ 😀 ₫" in pdf_words(rendition.data)
    assert rendition.notes == ()


@pytest.mark.parametrize("kind", KINDS)
def test_a_blank_paragraph_of_any_kind_is_left_out(kind: Kind) -> None:
    item = an_item(1, paragraphs=("Có chữ.", " ", ""), kinds=("p", kind, kind))
    view = a_view(issue_of(item))
    assert [block.text for block in view.items[0].blocks] == ["Có chữ."]
    assert "Có chữ. (Bao1.example" in pdf_words(pdf(view).data)


@pytest.mark.parametrize("kind", KINDS)
def test_an_item_may_end_in_any_kind_and_its_source_follows(kind: Kind) -> None:
    item = an_item(1, paragraphs=("Câu đầu.", "Câu cuối."), kinds=("p", kind), author=None, published=DAY)
    words = pdf_words(pdf(a_view(issue_of(item))).data)
    assert joined(words).endswith("Câu cuối. (Bao1.example 02/3) Về đầu trang./.")


def test_the_same_issue_gives_the_same_bytes_and_another_day_others() -> None:
    issue = an_issue(5)
    first = pdf(a_view(issue)).data
    assert pdf(a_view(issue)).data == first
    assert pdf(a_view(replace(issue, date=DAY.replace(day=3)))).data != first

"""Where an item ends and what its source line says."""

from datetime import date

import pytest

from digest.bulletin.source_lines import Closing, SourceLine, closing_of

ISSUE = date(2026, 1, 2)


@pytest.mark.parametrize(
    ("text", "words", "outlet", "day", "author"),
    [
        ("Xong. (Baolua.example 02/3, Lê Bến) Về đầu trang", "Xong.", "Baolua.example", (2, 3), "Lê Bến"),
        ("Xong. (Baolua.example 02/3)[Về đầu trang](#)", "Xong.", "Baolua.example", (2, 3), None),
        ("Xong. (Báo Lúa 02/3, Lê Bến, Trần Mây)Về đầu trang./.", "Xong.", "Báo Lúa", (2, 3), "Lê Bến, Trần Mây"),
        ("Xong. (02/3, Lê Bến) Về đầu trang", "Xong.", None, (2, 3), "Lê Bến"),
        ("Xong. (Baolua.example, Lê Bến) Về đầu trang", "Xong.", "Baolua.example", (None, None), "Lê Bến"),
        ("Xong. (Baolua.example) Về đầu trang", "Xong.", "Baolua.example", (None, None), None),
        ("Xong. (Lê Bến - Trần Mây) Về đầu trang", "Xong.", None, (None, None), "Lê Bến - Trần Mây"),
        ("(Baolua.example 02/3, Lê Bến (ghi)) Về đầu trang", "", "Baolua.example", (2, 3), "Lê Bến (ghi)"),
        ("Xong. (Baolua.example 02/3, Lê Bến)", "Xong.", "Baolua.example", (2, 3), "Lê Bến"),
    ],
)
def test_a_source_line_is_read_part_by_part(text, words, outlet, day, author):
    closing = closing_of(text)
    assert closing is not None
    source = closing.source
    assert (closing.words, source.outlet, (source.day, source.month), source.author) == (words, outlet, day, author)
    assert not source.own


@pytest.mark.parametrize(
    "text",
    [
        "Hội nghị diễn ra hôm qua (Hà Nội 10/12)",
        "Kết quả công bố sau (theo Nghị quyết 27/3)",
        "Ba việc phải xong (a), (b)",
        "Lệch ngoặc (một, (hai 02/3)",
        f"Quá dài ({'lúa ' * 60}.example 02/3)",
        "Về đầu trang là một nút bấm.",
        "Một dấu đóng)",
        "(((((((((((sâu",
        "",
    ],
)
def test_what_only_looks_like_a_source_line_ends_no_item(text):
    assert closing_of(text) is None


def test_an_own_item_ends_with_its_authors_name():
    assert closing_of("Trần Mây Về đầu trang") == Closing(
        words="", source=SourceLine(text="Trần Mây", author="Trần Mây", own=True), to_top=True
    )


def test_an_item_that_knows_nothing_ends_with_the_link_to_the_top():
    assert closing_of("Kết quả có trong ngày. Về đầu trang") == Closing(
        words="Kết quả có trong ngày.", source=SourceLine(), to_top=True
    )
    closing = closing_of("Kết quả có trong ngày (điện tử) Về đầu trang")
    assert closing is not None
    assert closing.source.outlet is None


def test_a_profiles_own_words_lead_to_the_top():
    closing = closing_of("Xong. (Baolua.example 02/3) Lên trên", ("Lên trên", ""))
    assert closing is not None
    assert closing.to_top


@pytest.mark.parametrize(
    ("source", "published"),
    [
        (SourceLine(day=31, month=12), date(2025, 12, 31)),
        (SourceLine(day=2, month=1), date(2026, 1, 2)),
        (SourceLine(day=31, month=12, year=2024), date(2024, 12, 31)),
        (SourceLine(day=31, month=2), None),
        (SourceLine(), None),
    ],
)
def test_the_year_is_the_one_nearest_to_the_issue(source, published):
    assert source.published(ISSUE) == published

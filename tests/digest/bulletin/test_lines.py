"""A text file's lines, as paragraphs."""

from digest.bulletin.lines import Line, is_unwrapped, lines_of_text, marked, paragraphs_of_blocks
from digest.bulletin.source_lines import TO_TOP
from tests.digest.bulletin.fakes import LONG


def _paragraphs(text: str, *, from_pages: bool) -> list[tuple[str, str]]:
    made = paragraphs_of_blocks(lines_of_text(text.splitlines()), from_pages=from_pages, labels=(TO_TOP,))
    return [(line.kind, line.text) for line in made]


def test_a_long_line_shows_that_no_page_broke_the_lines():
    assert is_unwrapped([LONG])
    sentence = "Bộ phận một cửa của xã mở thêm buổi chiều thứ Bảy hằng tuần cho dân."
    assert is_unwrapped([sentence, sentence, ""])
    assert not is_unwrapped([sentence[:-1], sentence[:-1], sentence])
    assert is_unwrapped([])


def test_in_a_text_from_pages_a_block_is_one_paragraph():
    text = "Một câu theo Công văn 12/KH-\nUBND\ncủa tỉnh.\n\nHai.\n\n- Ba.\n- Bốn.\n\nNăm."
    assert _paragraphs(text, from_pages=True) == [
        ("p", "Một câu theo Công văn 12/KH-UBND của tỉnh."),
        ("p", "Hai."),
        ("p", "- Ba. - Bốn."),
        ("p", "Năm."),
    ]


def test_where_hardly_a_line_stands_alone_each_is_a_paragraph():
    assert _paragraphs("Một.\nHai.\n\nBa.\nBốn.", from_pages=True) == [
        ("p", "Một."),
        ("p", "Hai."),
        ("p", "Ba."),
        ("p", "Bốn."),
    ]


def test_elsewhere_lines_that_follow_each_other_are_a_list_or_a_table():
    text = "Tiêu đề con\n\nCâu.\n\n- Một;\n- Hai.\n\n1. Một;\n2. Hai;\n4. Bốn.\n\n• Một\n• Hai\n\na | b\nc | d\n\n- Một mình."
    assert _paragraphs(text, from_pages=False) == [
        ("h", "Tiêu đề con"),
        ("p", "Câu."),
        ("li", "Một;"),
        ("li", "Hai."),
        ("oli", "Một;"),
        ("oli", "Hai;"),
        ("oli", "4. Bốn."),
        ("li", "• Một"),
        ("li", "• Hai"),
        ("row", "a | b"),
        ("row", "c | d"),
        ("p", "- Một mình."),
    ]


def test_an_address_and_an_items_end_are_paragraphs_of_their_own():
    text = "Xong. (Baolua.example 02/3) Về đầu trang\nhttps://baolua.example/mot-\nbai.html\nTin sau ở đây\n\nMột.\n\nHai.\n\nBa."
    assert [text for _, text in _paragraphs(text, from_pages=True)][:3] == [
        "Xong. (Baolua.example 02/3) Về đầu trang",
        "https://baolua.example/mot-bai.html",
        "Tin sau ở đây",
    ]


def test_a_mark_that_print_does_not_put_is_the_entrys_own():
    assert marked(Line(text="– Một"), 1).text == "– Một"
    assert marked(Line(text="1.Một"), 1) == Line(text="1.Một", kind="oli")
    assert marked(Line(text="Một"), 1) == Line(text="Một")

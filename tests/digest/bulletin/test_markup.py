"""Marks around words in texts that programs made."""

import pytest

from digest.bulletin.markup import without_marks


@pytest.mark.parametrize(
    ("text", "plain", "links"),
    [
        ("Câu thường", "Câu thường", ()),
        ("## Một cửa", "Một cửa", ()),
        ("#1 trong tỉnh", "#1 trong tỉnh", ()),
        ("**Một cửa** ở __xã__", "Một cửa ở xã", ()),
        ("[**Bao1.example**](https://bao1.example/1)", "Bao1.example", (("Bao1.example", "https://bao1.example/1"),)),
        (
            "[https://bao1.example/a](https://bao1.example/a_(b))",
            "https://bao1.example/a_(b)",
            (("https://bao1.example/a", "https://bao1.example/a_(b)"),),
        ),
        ("<https://bao1.example/1>", "https://bao1.example/1", ()),
        ("trên phần mềm <https://bao1.example/1>; rồi", "trên phần mềm <https://bao1.example/1>; rồi", ()),
        ("Xong. (Bao1.example 02/3)[Về đầu trang](#)", "Xong. (Bao1.example 02/3)[Về đầu trang](#)", ()),
        ("![](anh.png) Chữ <!-- image -->", "Chữ", ()),
        (r"https://bao1.example/a\_b", "https://bao1.example/a_b", ()),
        ("| 1. Việc một | 2 |", "1. Việc một | 2", ()),
        ("|---|---|", "", ()),
    ],
)
def test_marks_go_and_words_stay(text, plain, links):
    assert without_marks(text) == (plain, links)

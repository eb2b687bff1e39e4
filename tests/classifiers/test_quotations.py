"""Where text is quoted, however the marks were typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.quotations import quotations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ông nói: “Làm ngay. Không chờ.” Rồi đi.", ["“Làm ngay. Không chờ.”"]),
        ('Ông nói: "Làm ngay." và "không chờ".', ['"Làm ngay."', '"không chờ"']),
        ('Ông nói: “Làm ngay" rồi đi.', ['“Làm ngay"']),
        ("Ông nói: ”Làm ngay“ rồi đi.", ["”Làm ngay“"]),
        ("Ông nói “có ‘một cửa’ rồi” và đi.", ["“có ‘một cửa’ rồi”"]),
        ("Ông nói «được» và 'xong'.", ["«được»", "'xong'"]),
        ("Màn hình 32\" và O'Hara không nói gì.", []),
        ("Ông nói: “Một.\n“Hai.\n“Ba.” Hết.", ["“Một.\n“Hai.\n“Ba.”"]),
        ("Ông nói: “Một và quên đóng. “Hai” thì không.", ["“Hai”"]),
        ("Đóng ” mà không mở, mở “ mà không đóng", []),
        ('Dính"liền"nhau', ['"liền"']),
        ('"', []),
        ("", []),
    ],
)
def test_quotations_are_found(text: str, expected: list[str]):
    assert [text[start:end] for start, end in quotations(text)] == expected


def test_marks_too_far_apart_are_two_slips():
    assert quotations("“Mở " + "rồi quên " * 1000 + "đóng”") == []


@given(st.text(alphabet="“”\"„«»‘’'aB ,.\n", max_size=80))
def test_quotations_are_in_order_and_apart(text: str):
    end = 0
    for start, stop in quotations(text):
        assert end <= start < stop <= len(text)
        assert not text[start].isalnum()
        assert not text[stop - 1].isalnum()
        end = stop

"""Characters that no shipped font has are replaced by a visible mark and named."""

import struct
from pathlib import Path

import pytest

from digest.errors import RenderError
from digest.render.glyphs import MARK, covered, settable
from digest.render.typesetting import FONTS

VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxy" + "".join("àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ")


@pytest.mark.parametrize("face", sorted(FONTS.glob("*.ttf")), ids=lambda face: face.stem)
def test_each_shipped_face_has_every_vietnamese_letter_and_the_mark(face: Path) -> None:
    assert set(VIETNAMESE + VIETNAMESE.upper() + "₫“”–…²" + MARK) <= covered(face)


def test_each_shipped_face_has_its_licence_beside_it() -> None:
    licences = " ".join(path.read_text(encoding="utf-8") for path in FONTS.glob("*.txt"))
    assert "SIL OPEN FONT LICENSE" in licences.upper()
    assert "Bitstream Vera" in licences


def test_what_cannot_be_shown_is_marked_and_named_with_its_item() -> None:
    tree = {"entries": [{"number": 7, "texts": ["Vui 😀😀 lắm", "\x07chuông"]}], "number": None}
    shown, notes = settable(tree, format_name="pdf", shows=lambda char: char < "\uffff")
    assert shown == {"entries": [{"number": 7, "texts": [f"Vui {MARK}{MARK} lắm", f"{MARK}chuông"]}], "number": None}
    assert notes == (
        f"pdf: U+1F600 GRINNING FACE cannot be shown, {MARK} stands in its place (item 7)",
        f"pdf: U+0007 cannot be shown, {MARK} stands in its place (item 7)",
    )


def test_many_such_characters_are_counted_instead_of_listed() -> None:
    shown, notes = settable({"title": "一二三四五六七八九十十"}, format_name="pdf", shows=str.isascii)
    assert shown == {"title": MARK * 11}
    assert len(notes) == 9
    assert notes[-1].startswith("pdf: 2 more characters (")


def test_an_odd_blank_becomes_a_plain_one_and_a_line_end_stays() -> None:
    shown, notes = settable({"text": "một\u2003hai\nba\u2028bốn"}, format_name="pdf", shows=str.isalpha)
    assert shown == {"text": "một hai\nba bốn"}
    assert notes == ()


@pytest.mark.parametrize(
    "data", [b"", b"not a font at all", struct.pack(">IHHHH", 0x10000, 0, 0, 0, 0)], ids=["empty", "text", "no map"]
)
def test_a_font_that_cannot_be_read_is_named(tmp_path: Path, data: bytes) -> None:
    font = tmp_path / "hong.ttf"
    font.write_bytes(data)
    with pytest.raises(RenderError, match=r"hong\.ttf: cannot be read"):
        covered(font)


def test_gaps_and_both_planes_of_a_character_map_are_read(tmp_path: Path) -> None:
    """A segment through a glyph table with one gap (A, C but not B), and a group beyond the first plane."""
    segments = struct.pack(">HHHHHHH", 4, 0, 0, 4, 0, 0, 0) + struct.pack(">HHH", 0x43, 0xFFFF, 0)
    segments += struct.pack(">HH", 0x41, 0xFFFF) + struct.pack(">HH", 0, 1) + struct.pack(">HH", 4, 0)
    segments += struct.pack(">HHH", 5, 0, 6)
    groups = struct.pack(">HHIII", 12, 0, 28, 0, 1) + struct.pack(">III", 0x1F600, 0x1F601, 9)
    head = struct.pack(">HH", 0, 2) + struct.pack(">HHI", 3, 1, 20) + struct.pack(">HHI", 3, 10, 20 + len(segments))
    font = tmp_path / "nho.ttf"
    font.write_bytes(
        struct.pack(">IHHHH", 0x10000, 1, 0, 0, 0) + struct.pack(">4sIII", b"cmap", 0, 28, 0) + head + segments + groups
    )
    assert covered(font) == {"A", "C", "\U0001f600", "\U0001f601"}

"""Pages that are no UTF-8: what was declared counts as far as the letters bear it out."""

import unicodedata

import pytest

from scrapers.charsets import decoded
from scrapers.extraction.extract import extract
from scrapers.markup import decode

TEXT = (
    "Ủy ban nhân dân huyện Bãi Sậy giao chỉ tiêu cải cách hành chính cho từng xã. Người dân nộp hồ sơ ở bộ phận một cửa, "
    "nhận kết quả đúng hẹn; chữ ký số được dùng rộng rãi từ quý hai."
)
# The code of each letter that the text needs, by the published tables (RFC 1456; TCVN 5712, third set).
VISCII_CODES = (
    "Ủ:9c ủ:fc ụ:f8 ỹ:db ạ:d5 ả:e4 ấ:a4 ầ:a5 ậ:a7 ắ:a1 ặ:a3 ẹ:a9 ế:aa ề:ab ể:ac ễ:ad ệ:ae ị:b8 ỉ:ef ĩ:ee ọ:f7 ố:af "
    "ồ:b0 ổ:b1 ộ:b5 ớ:be ờ:b6 ở:b7 ợ:fe ự:f1 ứ:d1 ừ:d7 ử:d8 ữ:e6 à:e0 á:e1 â:e2 ã:e3 é:e9 ê:ea ì:ec í:ed ò:f2 ó:f3 "
    "ô:f4 õ:f5 ù:f9 ú:fa ă:e5 đ:f0 ơ:bd ư:df ý:fd"
)
VISCII = {letter: int(code, 16) for letter, code in (pair.split(":") for pair in VISCII_CODES.split())}
TCVN3 = dict(
    zip(
        "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵăâêôơưđ",
        bytes.fromhex(
            "b5b6b7b8b9bbbcbdbec6c7c8c9cacbcccecfd0d1d2d3d4d5d6d7d8dcdddedfe1e2e3e4e5e6e7e8e9eaebecedeeeff1f2f3f4f5f6f7f8f9fafbfcfdfe"
            "a8a9aaabacadae"
        ),
        strict=True,
    )
)
TONES = "\u0300\u0301\u0303\u0309\u0323"


def in_viscii(text: str) -> bytes:
    return bytes(ord(letter) if letter.isascii() else VISCII[letter] for letter in text)


def in_tcvn3(text: str) -> bytes:
    """The set has no capitals with tones: they are written small."""
    return bytes(ord(letter) if letter.isascii() else TCVN3[letter.lower()] for letter in text)


def in_windows(text: str) -> bytes:
    """Letters with their tone behind them, as Windows wrote Vietnamese."""
    found = []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        plain = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
        found.append(plain + "".join(part for part in parts if part in TONES))
    return "".join(found).encode("cp1258")


@pytest.mark.parametrize("declared", [None, "windows-1252", "iso-8859-1", "windows-1258", "x-viet-tcvn5712", "utf-8"])
@pytest.mark.parametrize("written", [in_viscii, in_windows])
def test_an_old_vietnamese_set_is_known_by_its_words(declared: str | None, written: object) -> None:
    assert callable(written)
    content_type = f"text/html; charset={declared}" if declared else None
    assert decode(b"<p>" + written(TEXT) + b"</p>", content_type) == f"<p>{TEXT}</p>"


@pytest.mark.parametrize("declared", [None, "windows-1252", "windows-1258", "utf-8"])
def test_the_abc_set_comes_out_in_small_letters(declared: str | None) -> None:
    content_type = f"text/html; charset={declared}" if declared else None
    assert decode(in_tcvn3(TEXT) * 3, content_type).lower() == TEXT.lower() * 3


def test_a_page_of_an_old_portal_is_read_from_its_bytes() -> None:
    head = b'<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1258"></head><body>'
    title = in_windows("Huyện Bãi Sậy giao chỉ tiêu cải cách")
    body = (
        head + b"<h1>" + title + b'</h1><div class="news-content"><p>' + in_windows(TEXT) + b"</p></div></body></html>"
    )
    article = extract(body, url="http://baisay.example/chi-tiet.aspx?id=1203")
    assert (article.title, article.paragraphs) == ("Huyện Bãi Sậy giao chỉ tiêu cải cách", (TEXT,))


@pytest.mark.parametrize(
    ("body", "declared", "text"),
    [
        ("café déjà fermé".encode("cp1252"), ["iso-8859-1"], "café déjà fermé"),
        ("Жалоба".encode("cp1251"), ["windows-1251"], "Жалоба"),
        ("Жалоба".encode("cp1251"), ["no-such-set", "windows-1251"], "Жалоба"),
        ("日本".encode("shift_jis"), ["utf-8", "shift_jis"], "日本"),
        (b"\x81\x8d\x8f caf\xe9 caf\xe9", ["windows-1252"], "caf"),
        (b"\xff\xfe\xfd\xfc" * 9, [], ""),
        (b"\xff" * 9, ["utf-8"], "\ufffd"),
    ],
)
def test_other_sets_are_believed_as_far_as_they_can_be_read(body: bytes, declared: list[str], text: str) -> None:
    assert text in decoded(body, declared)


def test_a_long_page_with_one_broken_letter_stays_utf_8() -> None:
    body = TEXT.encode() * 9 + b"\xe1"
    assert decoded(body, []) == TEXT * 9 + "\ufffd"

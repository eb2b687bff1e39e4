import pytest

from scrapers.documents.plain import decoded, read_plain
from tests.scrapers.documents.encoders import to_tcvn3, to_vni
from tests.scrapers.documents.makers import PROSE


def wrapped(text: str, letters: int) -> list[str]:
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) >= letters:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return [*lines, line]


def kinds(text: str) -> list[tuple[str, str]]:
    return [(paragraph.kind, paragraph.text) for paragraph in read_plain(text.encode()).paragraphs]


@pytest.mark.parametrize("letters", [40, 60, 90])
@pytest.mark.parametrize("between", ["\n", "\n\n", " \r\n"])
def test_lines_that_the_width_broke_are_paragraphs_again(letters: int, between: str):
    lines = [line for prose in PROSE for line in [*wrapped(prose, letters), ""]]
    assert kinds(between.join(lines)) == [("p", prose) for prose in PROSE]


def test_headings_lists_and_numbered_paragraphs_stand_apart():
    text = "\n".join(
        [
            "XÃ VEN SÔNG TRẢ GIẤY KHAI SINH",
            "TRONG BUỔI SÁNG",
            "LÊ BẾN (*)",
            "",
            "Việc đã làm",
            "",
            *wrapped(PROSE[0], 60),
            "- Ghế ngồi cho người già ở ba ấp xa nhất, có nước uống và",
            "một đoàn viên",
            "- Nước uống",
            "1. Bà con khen.",
            "2. Cán bộ mừng.",
        ]
    )
    assert kinds(text) == [
        ("h", "XÃ VEN SÔNG TRẢ GIẤY KHAI SINH TRONG BUỔI SÁNG"),
        ("h", "LÊ BẾN (*)"),
        ("h", "Việc đã làm"),
        ("p", PROSE[0]),
        ("li", "Ghế ngồi cho người già ở ba ấp xa nhất, có nước uống và một đoàn viên"),
        ("li", "Nước uống"),
        ("p", "1. Bà con khen."),
        ("p", "2. Cán bộ mừng."),
    ]


def test_page_numbers_and_the_running_heads_beside_them_are_dropped():
    pages = []
    for at, prose in enumerate(PROSE, 1):
        pages += [*wrapped(prose, 50), "", "BẢN TIN LÚA VÀNG SỐ 3", f"Trang {at}", ""]
    assert kinds("\n".join(pages)) == [("p", prose) for prose in PROSE]


def test_a_form_feed_begins_a_page_and_a_paragraph_goes_on_over_it():
    first, second = PROSE[0][:90], PROSE[0][90:]
    lines = [*wrapped(first, 45), "\f" + wrapped(second, 45)[0], *wrapped(second, 45)[1:]]
    assert kinds("\n".join(lines)) == [("p", " ".join([*wrapped(first, 45), *wrapped(second, 45)]))]


def test_a_code_that_was_broken_at_its_hyphen_is_whole_again():
    text = "Ủy ban nhân dân xã ban hành Kế hoạch số 241/KH-\nUBND về việc mở quầy cho người già ở ba ấp xa nhất."
    assert kinds(text) == [("p", text.replace("\n", ""))]


def test_old_encodings_are_converted_line_by_line():
    told = read_plain(to_vni("\n".join(wrapped(" ".join(PROSE), 50))).encode())
    assert told.found == ("vni",)
    assert [one.text for one in told.paragraphs] == [" ".join(PROSE)]


@pytest.mark.parametrize("name", ["utf-8-sig", "utf-16", "utf-8"])
def test_unicode_is_read_by_its_marks(name: str):
    assert decoded(PROSE[0].encode(name)).lstrip("\ufeff") == PROSE[0]


def test_a_letter_that_was_cut_at_the_end_is_no_fault():
    assert decoded("Bến Đò xa".encode() + "ờ".encode()[:2]) == "Bến Đò xa"


def test_a_few_damaged_letters_leave_the_rest_of_a_text_as_it_is():
    damaged = ("Bến Đò xa bờ nên xã trả giấy sớm. " * 20).encode().replace("giấy".encode(), b"gi\xffy", 1)
    assert decoded(damaged).count("\ufffd") == 1
    assert decoded(damaged).endswith("xã trả giấy sớm. ")


def test_single_bytes_are_read_as_whichever_alphabet_gives_words():
    assert decoded(to_tcvn3(PROSE[0]).encode("latin-1")) == to_tcvn3(PROSE[0])
    assert decoded(to_vni(PROSE[0]).encode("latin-1")) == to_vni(PROSE[0])
    combined = (
        "Xã trả giấy sớm cho người dân ở ấp".replace("ả", "a\u0309").replace("ấ", "â\u0301").replace("ớ", "ơ\u0301")
    )
    combined = combined.replace("ã", "a\u0303").replace("ờ", "ơ\u0300").replace("ở", "ơ\u0309")
    assert [one.text for one in read_plain(combined.encode("cp1258")).paragraphs] == [
        "Xã trả giấy sớm cho người dân ở ấp"
    ]


def test_a_text_of_very_many_lines_is_cut_and_says_so():
    told = read_plain(b"Xa tra giay som.\n" * 200_001)
    assert told.flags == ("pages-left-out",)
    assert sum(len(one.text.split()) for one in told.paragraphs) == 800_000


def test_a_text_of_very_many_letters_is_cut_and_says_so_even_in_one_word():
    for letter in ("x", "ø", "é-"):
        told = read_plain(letter.encode() * (2 * 1024 * 1024 + 1) + b"xyz")
        assert ("pages-left-out" in told.flags) == (len(letter.encode()) > 1)


def test_a_text_whose_lines_are_whole_paragraphs_is_read_line_by_line():
    assert kinds("\n".join(PROSE)) == [("p", prose) for prose in PROSE]
    assert kinds("\n\n".join(PROSE)) == [("p", prose) for prose in PROSE]

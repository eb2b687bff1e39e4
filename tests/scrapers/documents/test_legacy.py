import re
import unicodedata

import pytest

from digest.text import fold
from scrapers.documents import legacy
from scrapers.documents.legacy import (
    Encoding,
    Font,
    decode,
    decode_run,
    encoding_of,
    font_lies,
    mend,
    mend_text,
    of_font,
)
from scrapers.documents.syllables import is_syllable, spoken
from tests.fakes import SHARED, needs_shared
from tests.scrapers.documents.encoders import LETTERS, to_tcvn3, to_vni
from tests.scrapers.documents.makers import PROSE

TEXT = "\n".join(PROSE)


def test_every_letter_survives_vni_in_both_cases():
    assert len(LETTERS) == 134
    assert [letter for letter in LETTERS if decode(to_vni(letter), "vni") != letter] == []


def test_every_small_letter_and_every_capital_without_tone_survives_tcvn3():
    wrong = [letter for letter in LETTERS if decode(to_tcvn3(letter), "tcvn3") != letter]
    assert all(letter.isupper() and letter not in "ĂÂÊÔƠƯĐ" for letter in wrong)
    assert [letter for letter in LETTERS if decode(to_tcvn3(letter), "tcvn3").lower() != letter.lower()] == []


def test_a_capital_with_a_small_mark_is_that_capital():
    assert decode("Uûy ban, Aáp, Ñaûng", "vni") == "Ủy ban, Ấp, Đảng"


@pytest.mark.parametrize(("encode", "name"), [(to_vni, "vni"), (to_tcvn3, "tcvn3")])
def test_a_text_is_recognised_by_what_it_says_and_converted(encode, name):
    assert mend_text(encode(TEXT)) == TEXT
    assert {encoding_of(encode(line)) for line in PROSE} == {name}
    assert mend(encode(TEXT).split("\n")).found == (name,)


def test_unicode_is_left_alone_composed_or_not():
    for text in (TEXT, unicodedata.normalize("NFD", TEXT), "Café São Tomé", "Ngày 3/4, 98 %", "toà và hoà", ""):
        assert mend_text(text) == text


def test_a_line_with_a_letter_that_only_unicode_has_is_left_alone_whatever_else_it_holds():
    mixed = f"{to_vni('Người dân nộp hồ sơ ở xã')} – trả kết quả trong hai giờ"
    assert mend_text(f"{to_vni(TEXT)}\n{mixed}").endswith(mixed)


def test_a_unicode_headline_above_an_old_text_stays():
    text = f"NHỮNG KẾT QUẢ NỔI BẬT\nHà Nam và toà nhà\n{to_vni(TEXT)}"
    assert mend_text(text) == f"NHỮNG KẾT QUẢ NỔI BẬT\nHà Nam và toà nhà\n{TEXT}"


def test_what_is_too_short_to_show_follows_its_document():
    for encode in (to_vni, to_tcvn3):
        assert mend_text(encode(f"Ông Đ. Q. H, UBND huyện U.M.T\n{TEXT}")).startswith("Ông Đ. Q. H, UBND huyện U.M.T")
    assert mend_text(to_vni(f"{TEXT}\nTHEO BCĐ 06: 76/NQ-CP BCĐ")).endswith("BCĐ 06: 76/NQ-CP BCĐ")


def test_alone_it_is_left_as_it_is():
    assert mend_text("Ñ. Q. H") == "Ñ. Q. H"
    assert mend_text(f"BCÑ 06\n{TEXT}").startswith("BCÑ 06")


def test_the_rest_of_a_document_does_not_spoil_names_of_other_languages():
    assert mend_text(f"{to_vni(TEXT)}\nJosé Müller, São Paulo").endswith("José Müller, São Paulo")


def test_two_encodings_in_one_document_are_both_found():
    mended = mend([*to_vni(TEXT).split("\n"), to_tcvn3(PROSE[0])])
    assert mended.lines == (*PROSE, PROSE[0])
    assert mended.found == ("vni", "tcvn3")


def test_viqr_is_never_guessed():
    text = "Nguo+`i da^n no^.p ho^` so+ qua ma.ng, tra? ke^'t qua? trong hai gio+`."
    assert mend_text(text) == text


def test_capitals_that_tcvn3_has_not_are_restored_where_the_word_or_its_neighbours_show_them():
    for text in ("NGHỊ QUYẾT CỦA HĐND XÃ VỀ Ở VÀ ĐI LẠI", "Bộ GTVT và xã Hà Mỹ", "Tổ 3 của Sở"):
        assert decode(to_tcvn3(text), "tcvn3") == text


def test_a_sentence_begins_with_a_capital_again():
    assert decode(to_tcvn3("Xã đã làm. Ông Bảy khen. Ở ấp xa cũng vậy."), "tcvn3") == (
        "Xã đã làm. Ông Bảy khen. Ở ấp xa cũng vậy."
    )
    assert decode(to_tcvn3("TP. ở xa"), "tcvn3") == "TP. ở xa"


def test_a_horned_u_that_was_made_a_hyphen_is_put_back():
    stored = to_tcvn3("người nước từ đầu, kinh tế - xã hội").replace("\u00ad", "-")
    assert decode(stored, "tcvn3") == "người nước từ đầu, kinh tế - xã hội"
    assert decode(to_tcvn3("Hà Nội-Huế, 2021-2025, Tày-Nùng"), "tcvn3") == "Hà Nội-Huế, 2021-2025, Tày-Nùng"


@pytest.mark.parametrize(
    ("name", "font"),
    [
        ("VNI-Times", Font(encoding="vni")),
        ("ABCDEF+VNI-Helve-Condense", Font(encoding="vni")),
        (".VnTime", Font(encoding="tcvn3")),
        (".VnArial NarrowH", Font(encoding="tcvn3", capitals=True)),
        ("QWERTY+.VnTimeH", Font(encoding="tcvn3", capitals=True)),
        (".VnTimeH,Bold", Font(encoding="tcvn3", capitals=True)),
        ("Times New Roman", None),
        ("Vni", Font(encoding="vni")),
        ("", None),
    ],
)
def test_a_fonts_name_tells_its_encoding(name: str, font: Font | None):
    assert of_font(name) == font


def test_a_font_of_capitals_shows_small_codes_as_capitals():
    assert decode_run(to_tcvn3("nghị quyết"), Font(encoding="tcvn3", capitals=True)) == "NGHỊ QUYẾT"


def test_words_symbol_area_holds_the_same_codes():
    stored = "".join(chr(0xF000 + ord(char)) if char != " " else char for char in to_vni("Bến Đò xa"))
    assert decode_run(stored, Font(encoding="vni")) == "Bến Đò xa"


def test_a_font_that_shows_unicode_lies():
    assert font_lies("xã ven sông, huyện Ủy")
    assert not font_lies(to_vni("xã ven sông"))


@needs_shared
def test_a_real_journal_becomes_vietnamese_and_the_other_seeds_stay():
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        mended = mend_text(text)
        if path.name.startswith("001"):
            words = list(spoken(mended))
            assert sum(map(is_syllable, words)) / len(words) >= 0.998
            assert sum(one != other for one, other in zip(text.split("\n"), mended.split("\n"), strict=True)) == 373
        else:
            assert mended == text


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", fold(text))


@pytest.mark.parametrize("encoding", legacy.ENCODINGS)
def test_lines_of_a_page_come_back_alone_too(encoding: Encoding):
    encode = {"vni": to_vni, "tcvn3": to_tcvn3}[encoding]
    for line in PROSE:
        for start in range(0, len(line), 45):
            piece = line[start : start + 60]
            assert _words(mend_text(encode(piece))) == _words(piece)


def test_of_two_encodings_that_read_alike_the_one_that_leaves_no_signs_is_meant():
    assert legacy.mend_text(to_tcvn3("từ từ từ dân cán sổ")) == "từ từ từ dân cán sổ"

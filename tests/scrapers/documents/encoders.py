"""Unicode → the old font encodings, written apart from the tables that read them.

TCVN3 follows the byte order of TCVN 5712:1993 as the C library's charmap lists it; VNI is composed: a base letter and
a character that shows its marks.
"""

import unicodedata

# Bytes A1 to FE; "_" where TCVN 5712 has marks alone or a capital that the fonts do not show.
_TCVN = "ĂÂÊÔƠƯĐăâêôơưđ______àảãáạ_ằẳẵắ_______ặầẩẫấậè_ẻẽéẹềểễếệìỉ___ĩíịò_ỏõóọồổỗốộờởỡớợù_ủũúụừửữứựỳỷỹýỵ"
_TO_TCVN3 = {letter: chr(code) for code, letter in enumerate(_TCVN, 0xA1) if letter != "_"}

_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_CIRCUMFLEX, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_ON_PLAIN = {_GRAVE: "ø", _ACUTE: "ù", _HOOK: "û", _TILDE: "õ", _DOT: "ï"}
_ON_CIRCUMFLEX = {"": "â", _GRAVE: "à", _ACUTE: "á", _HOOK: "å", _TILDE: "ã", _DOT: "ä"}
_ON_BREVE = {"": "ê", _GRAVE: "è", _ACUTE: "é", _HOOK: "ú", _TILDE: "ü", _DOT: "ë"}
_OWN_CODE = {"đ": "ñ", "í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î"}
_LETTERS = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"
LETTERS = _LETTERS + _LETTERS.upper()


def to_tcvn3(text: str) -> str:
    """As typed in .VnTime: capitals with tones become the small letter, for the encoding has none."""
    return "".join(
        _TO_TCVN3.get(letter) or _TO_TCVN3.get(letter.lower(), letter) for letter in unicodedata.normalize("NFC", text)
    )


def to_vni(text: str) -> str:
    """As typed in VNI-Times."""
    return "".join(map(_vni, unicodedata.normalize("NFC", text)))


def _vni(letter: str) -> str:
    if not letter.isalpha() or letter.isascii():
        return letter
    small = _small_vni(letter.lower())
    return small.upper() if letter.isupper() else small


def _small_vni(letter: str) -> str:
    if letter in _OWN_CODE:
        return _OWN_CODE[letter]
    base, marks = unicodedata.normalize("NFD", letter)[0], set(unicodedata.normalize("NFD", letter)[1:])
    tone = "".join(marks & _ON_PLAIN.keys())
    if _CIRCUMFLEX in marks:
        return base + _ON_CIRCUMFLEX[tone]
    if _BREVE in marks:
        return base + _ON_BREVE[tone]
    if _HORN in marks:
        base = {"o": "ô", "u": "ö"}[base]
    return base + _ON_PLAIN.get(tone, "")

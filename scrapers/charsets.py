"""Bytes that are not UTF-8 → text: what header and meta declare, the old Vietnamese sets, detection.

Before Unicode won, Vietnamese pages were written in windows-1258, in VISCII, and in TCVN3 (ABC) under the name of a
Western set, which only the page's font turned into Vietnamese. Which one it is shows in the letters: the right one
gives Vietnamese words, the others give signs inside words.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable

import charset_normalizer

# What the standard decodes these labels as; a declared ISO-8859-1 is Windows' superset in practice.
_LABELS = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "utf8": "utf-8"}
_WESTERN = frozenset(
    {"cp1252", "windows-1252", "cp1258", "windows-1258", "x-user-defined", "tcvn", "x-viet-tcvn5712", "viscii"}
)
_SAMPLE_BYTES = 65536
_UPPER_VISCII = "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
_LOWER_VISCII = {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}
_VISCII = {0x80 + place: letter for place, letter in enumerate(_UPPER_VISCII)} | _LOWER_VISCII
_LOWER_TCVN3 = (
    "B5:à B6:ả B7:ã B8:á B9:ạ BB:ằ BC:ẳ BD:ẵ BE:ắ C6:ặ C7:ầ C8:ẩ C9:ẫ CA:ấ CB:ậ CC:è CE:ẻ CF:ẽ D0:é D1:ẹ D2:ề D3:ể "
    "D4:ễ D5:ế D6:ệ D7:ì D8:ỉ DC:ĩ DD:í DE:ị DF:ò E1:ỏ E2:õ E3:ó E4:ọ E5:ồ E6:ổ E7:ỗ E8:ố E9:ộ EA:ờ EB:ở EC:ỡ ED:ớ "
    "EE:ợ EF:ù F1:ủ F2:ũ F3:ú F4:ụ F5:ừ F6:ử F7:ữ F8:ứ F9:ự FA:ỳ FB:ỷ FC:ỹ FD:ý FE:ỵ"
)
_TCVN3 = {0xA1 + place: letter for place, letter in enumerate("ĂÂÊÔƠƯĐăâêôơưđ")} | {
    int(code, 16): letter for code, letter in (pair.split(":") for pair in _LOWER_TCVN3.split())
}
_TAG = re.compile(r"<script.*?</script>|<style.*?</style>|<[^>]{0,2000}>", re.DOTALL | re.IGNORECASE)
_WORD = re.compile(r"[^\s<>()\[\]\"“”'.,;:!?/\\|-]+")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_SYLLABLE = re.compile(
    "(?:ngh?|gh?|kh|ph|th|tr|ch|nh|qu|gi|[bcdđhklmnprstvx])?"
    "(?:[aăâeêioôơuưy]|a[iouy]|â[uy]|eo|êu|iêu?|i[au]|oa[iy]?|oă|oeo?|oi|oo|ôi|ơi|uây?|u[aêiơ]|uôi?|uyê|uya|uyu|uy|"
    "ư[aiu]|ươ[iu]?|yêu?)(?P<end>ch|nh|ng|[cmnpt])?"
)
_STOPS = frozenset({"c", "ch", "p", "t"})
_ENOUGH = 0.85
_FEW_BAD = 200


def decoded(body: bytes, declared: Iterable[str]) -> str:
    """The text of bytes that are no valid UTF-8; `declared` are the sets that header and meta name, in that order.

    Never fails. A Western set is believed only where none of the old Vietnamese ones fits the letters better.
    """
    names = [_LABELS.get(name.lower(), name.lower()) for name in declared]
    for name in names:
        text = None if name == "utf-8" else _strictly(body, name)
        if text is None and name not in _WESTERN:
            continue
        return (_vietnamese(body) if name in _WESTERN else None) or (text if text is not None else _detected(body))
    lenient = body.decode("utf-8", errors="replace")
    if lenient.count("\ufffd") * _FEW_BAD < len(lenient):
        return lenient  # UTF-8 with a few bad bytes
    return _vietnamese(body) or (lenient if "utf-8" in names else _detected(body))


def _strictly(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except (LookupError, ValueError):  # a NUL in a name is a ValueError, as bytes that do not fit are
        return None


def _vietnamese(body: bytes) -> str | None:
    """The text in the old Vietnamese set that gives most Vietnamese words; None where none gives enough of them."""
    sample = body[:_SAMPLE_BYTES]
    best = max(_SETS, key=lambda decode: _share(decode(sample)))
    return best(body) if _share(best(sample)) >= _ENOUGH else None


def _windows(body: bytes) -> str:
    return unicodedata.normalize("NFC", body.decode("cp1258", errors="replace"))


def _viscii(body: bytes) -> str:
    return body.decode("latin-1").translate(_VISCII)


def _tcvn3(body: bytes) -> str:
    return body.decode("latin-1").translate(_TCVN3)


_SETS: tuple[Callable[[bytes], str], ...] = (_windows, _viscii, _tcvn3)


def _share(text: str) -> float:
    """How many of the words that are not plain ASCII are Vietnamese syllables."""
    words = [word for word in _WORD.findall(_TAG.sub(" ", text)) if not word.isascii()]
    return sum(map(_is_syllable, words)) / len(words) if words else 0.0


def _is_syllable(word: str) -> bool:
    parts = unicodedata.normalize("NFD", word.lower())
    tones = _TONES.findall(parts)
    match = _SYLLABLE.fullmatch(unicodedata.normalize("NFC", _TONES.sub("", parts)))
    if match is None or len(tones) > 1:
        return False
    return match["end"] not in _STOPS or tones in (["\u0301"], ["\u0323"])


def _detected(body: bytes) -> str:
    best = charset_normalizer.from_bytes(body[:_SAMPLE_BYTES]).best()
    return body.decode(best.encoding, errors="replace") if best is not None else body.decode("utf-8", errors="replace")

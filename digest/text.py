"""Vietnamese text: normalised once on entry, folded for look-up, sorted as a Vietnamese reader expects.

`normalise` is the only change print ever sees: NFC, look-alike letters, invisible characters. Everything else here
makes keys, which are compared and never shown.
"""

import re
import unicodedata

# Letters that look like đ/Đ and come from other keyboards: Icelandic eth, African D.
_D_LOOK_ALIKES = str.maketrans({"\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ", "\u0256": "đ"})
_D_LOOK_ALIKE = re.compile("[\u00d0\u0189\u00f0\u0256]")
# Cyrillic and Greek letters drawn like Latin ones; replaced only inside words that also hold Latin letters.
_FOREIGN = "АВЕКМНОРСТУХаеорсухіІΑΒΕΖΗΙΚΜΝΟΡΤΥΧο"
_LATIN = "ABEKMHOPCTYXaeopcyxiIABEZHIKMNOPTYXo"
_HOMOGLYPHS = str.maketrans(_FOREIGN, _LATIN)
_FOREIGN_LETTER = re.compile(f"[{_FOREIGN}]")
_WORD = re.compile(r"\w+")  # not `\w*[…]\w*`, which takes quadratic time on a long word
_HAS_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufe00-\ufe0f\ufeff\ufff9-\ufffb]"
)
_ODD_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029]")
_SPACES = re.compile(r"\s+")

_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: the dictionary's order
_TONE_RANK = {mark: rank for rank, mark in enumerate(_TONES, 1)}
_SYLLABLE = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*")
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_RANK = {letter: rank for rank, letter in enumerate(_ALPHABET, 0x110000)}


def normalise(text: str) -> str:
    r"""The text as it may be printed: NFC, `Ð` as `Đ`, no invisible characters, plain blanks.

    Line ends become "\n" and are kept; runs of blanks are kept; tone placement is kept.
    """
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text)
    if _D_LOOK_ALIKE.search(text):  # nearly never; translating a page for nothing costs more than all the rest
        text = text.translate(_D_LOOK_ALIKES)
    text = _LINE_ENDS.sub("\n", text)
    text = _ODD_SPACES.sub(" ", _INVISIBLE.sub("", text))
    return _WORD.sub(_latin_word, text) if _FOREIGN_LETTER.search(text) else text


def _latin_word(match: re.Match[str]) -> str:
    word = match.group()
    mixed = _FOREIGN_LETTER.search(word) and _HAS_LATIN.search(word)
    return word.translate(_HOMOGLYPHS) if mixed else word


def one_line(text: str) -> str:
    """`normalise`, then every run of white space as one blank, none at the ends."""
    return _SPACES.sub(" ", normalise(text)).strip()


def fold(text: str) -> str:
    """A key under which spellings of the same words meet: case, tone placement (hoà = hòa), blanks.

    Marks still count: bản, bán and bàn stay apart.
    """
    decomposed = unicodedata.normalize("NFD", one_line(text).casefold())
    return _SYLLABLE.sub(_tone_last, decomposed)


def _tone_last(match: re.Match[str]) -> str:
    syllable = match.group()
    tones = "".join(mark for mark in syllable if mark in _TONE_RANK)
    return "".join(mark for mark in syllable if mark not in _TONE_RANK) + tones if tones else syllable


def bare(text: str) -> str:
    """A key without any marks: `Cải cách` and `cai cach` meet. Too weak to be a topic's only evidence."""
    decomposed = unicodedata.normalize("NFD", one_line(text).casefold()).replace("đ", "d")
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def slug(text: str) -> str:
    """`Cải cách hành chính` → `cai-cach-hanh-chinh`."""
    return re.sub(r"[^a-z0-9]+", "-", bare(text)).strip("-")


SortKey = tuple[tuple[int, ...], tuple[int, ...], tuple[bool, ...]]


def sort_key(text: str) -> SortKey:
    """Vietnamese order in three levels, as ICU's `vi`: letters (a ă â … đ), then tones, then case."""
    letters: list[int] = []
    tones: list[int] = []
    cases: list[bool] = []
    for char in one_line(text):
        letter, tone = _letter_and_tone(char)
        letters.append(_LETTER_RANK.get(letter.lower(), ord(letter)))
        tones.append(tone)
        cases.append(letter.isupper())
    return tuple(letters), tuple(tones), tuple(cases)


def _letter_and_tone(char: str) -> tuple[str, int]:
    decomposed = unicodedata.normalize("NFD", char)
    tone = next((_TONE_RANK[mark] for mark in decomposed if mark in _TONE_RANK), 0)
    letter = unicodedata.normalize("NFC", "".join(mark for mark in decomposed if mark not in _TONE_RANK))
    return letter or char, tone

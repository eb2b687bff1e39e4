"""What a Vietnamese syllable may look like: onset × rime × tone, each with its rules of spelling.

No word list: a grammar knows a place name that no dictionary has, and nothing that is merely frequent. Loan words
(`internet`, `ki-lô-mét` in pieces such as `mét` apart) are no syllables here.
"""

import functools
import re
import unicodedata
from collections.abc import Iterable

_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
# Rimes by their first letter as it is written, without tone. Those behind `qu` and `gi` are written without u and i.
_RIMES = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu y yêm yên yêng yêt yêu
    o oc oi om on ong op ot ooc oong oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt
    oe oen oeo oet ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uôc uôi uôm uôn uông uôt uơ
    uy uya uych uyên uyêt uyn uynh uyt uyu uyp ư ưa ưc ưi ưm ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
"""
_AFTER_QU = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc ân âng ât ây e en eng eo et ê êch ên ênh êt
    i in inh it ich y ych yên yêt ynh yt ơ ơi ơn ơt ôc
"""
_FRONT = tuple("eêi")
_Y_ALONE_AFTER = frozenset(["", "h", "k", "l", "m", "n", "s", "t", "th", "v"])
# Spelt against the rules: names of places and peoples.
_NAMES = frozenset(["kạn", "kon", "kông", "kan", "kạ", "đắk", "lắk", "đăk", "pắk", "plei"])

_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_TONES_BEFORE_A_STOP = ("\u0301", "\u0323")
_STOP = re.compile(r"(?:c|ch|p|t)$")
_NUCLEUS = re.compile(r"[aăâeêioôơuưy]+")
_MARKED = "ăâêôơư"
_WORD = re.compile(r"[^\W\d_]+")
_ACRONYM = re.compile("[A-ZĐƯ]+")
_DIGIT_OR_JOINT = re.compile(r"[\d/_@&]")


def is_syllable(word: str) -> bool:
    """Whether a word is spelt as one Vietnamese syllable, in any case; either placement of the tone counts (hoà, hòa)."""
    return unicodedata.normalize("NFC", word).lower() in _syllables()


def is_acronym(word: str) -> bool:
    """`UBND`, `QĐ`, `CBCCVC`: capitals that are no syllable and carry no tone."""
    return bool(_ACRONYM.fullmatch(word)) and not is_syllable(word)


def share(text: str) -> tuple[float, int]:
    """How many of the text's words are valid syllables (0 to 1), and how many words were looked at.

    Acronyms, single letters and whatever holds digits or slashes say nothing and are left out.
    """
    words = list(spoken(text))
    return (sum(map(is_syllable, words)) / len(words), len(words)) if words else (0.0, 0)


def spoken(text: str) -> Iterable[str]:
    """The words of a text that ought to be syllables."""
    pieces = (piece for piece in unicodedata.normalize("NFC", text).split() if not _DIGIT_OR_JOINT.search(piece))
    words = (word for piece in pieces for word in _WORD.findall(piece))
    return (word for word in words if len(word) > 1 and not is_acronym(word))


@functools.cache
def _syllables() -> frozenset[str]:
    """All of them, about 25,000: built once, in some milliseconds."""
    plain = ((onset, rime) for onset in ["", *_ONSETS.split()] for rime in _rimes_after(onset))
    return _NAMES | {one for onset, rime in plain for tone in _tones_of(rime) for one in _spelt(onset, rime, tone)}


def _rimes_after(onset: str) -> Iterable[str]:
    if onset == "qu":
        return _AFTER_QU.split()
    if onset == "gi":  # gi + êng = giêng, gi + i = gi, gi + in = gin
        return [rime for rime in _RIMES.split() if not rime.startswith(("i", "y", "oa", "oe", "uy"))] + ["", "n"]
    return [rime for rime in _RIMES.split() if _fits(onset, rime)]


def _fits(onset: str, rime: str) -> bool:
    if rime.startswith("y"):
        return rime == "y" and onset in _Y_ALONE_AFTER if onset else True
    if rime.startswith("iê"):
        return onset not in ("", "c", "g", "ng")
    if onset in ("k", "gh", "ngh"):
        return rime.startswith(_FRONT)
    if onset == "c":
        return not rime.startswith((*_FRONT, "oa", "oă", "oe", "uâ", "uê", "uy", "uơ"))
    return onset not in ("g", "ng") or not rime.startswith(_FRONT)


def _tones_of(rime: str) -> Iterable[str]:
    return _TONES_BEFORE_A_STOP if _STOP.search(rime) else _TONES


def _spelt(onset: str, rime: str, tone: str) -> Iterable[str]:
    """The syllable with its tone on each letter that may carry it."""
    if onset == "gi" and rime in ("", "n"):
        onset, rime = "g", f"i{rime}"
    return [unicodedata.normalize("NFC", f"{onset}{rime[: at + 1]}{tone}{rime[at + 1 :]}") for at in _carriers(rime)]


def _carriers(rime: str) -> Iterable[int]:
    """Where the tone mark may stand: on the last letter with a mark of its own, else by old or new custom."""
    marked = [at for at, letter in enumerate(rime) if letter in _MARKED]
    if marked:
        return marked[-1:]
    nucleus = _NUCLEUS.match(rime)
    vowels = nucleus.end() if nucleus else 0
    if vowels == len(rime) == 2 and rime in ("oa", "oe", "uy"):
        return (0, 1)
    if vowels == 1 or (vowels == 2 and vowels == len(rime)):
        return (0,)
    return (1,)

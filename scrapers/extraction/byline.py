"""Who wrote it: a by-line or a signature → the author's name and the note beside it.

A by-line names people. An agency, a paper or an office is no author: it becomes the note, so that the source line stays
honest.
"""

import re
from dataclasses import dataclass

from digest.text import bare, fold, one_line

_ROLE = re.compile(
    r"^(?:(?:tin|bài|ảnh|clip|video|đồ họa|thực hiện|nội dung|tổng hợp|trình bày|thiết kế|bài viết)"
    r"(?:\s*(?:,|và|-|–|/|&|\+)\s*)?)+\s*:\s*"
    r"|^(?:tác giả|phóng viên|pv|người viết|biên soạn|tác giả bài viết|bởi|by)(?:\s*:\s*|\s+(?=[A-ZĐ]))",
    re.IGNORECASE,
)
_ACCORDING = re.compile(r"^(?:theo|nguồn)\b\s*:?\s*", re.IGNORECASE)
_NOTE = re.compile(r"\s*(\([^()]{1,60}\))\s*[.;]?$")
_CREDITS = re.compile(r"\s*[-–—;,/.|]?\s*\b(?:ảnh|clip|video|đồ họa|thiết kế)\s*:.*$", re.IGNORECASE)
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+|\b[\w-]+\.(?:vn|com|net|org)\b", re.IGNORECASE)
# Most bodies betray themselves by a small letter ("Sở Tài chính"); these are written like people.
_NOT_PEOPLE = re.compile(
    r"^(?:báo|ubnd|hđnd|tttđt|admin\w*|quản trị|bbt|editors?|webmaster|ban biên tập|bút danh|tác giả|tin|bài)\b"
    r"|^(?:user|guest|root|super)$"
    r"|\b(?:ttxvn|vtv\d*|vov\d*|vgp|vietnam\+|vietnamplus|news|times|online|reuters|bloomberg|xinhua|afp|cnn|bbc|"
    r"daily|journal|điện tử|thông tấn xã|internet|tổng hợp)\b"
    r"|^(?:tuổi trẻ|lao động|người lao động|tiền phong|thanh niên|nhân dân|dân trí|dân việt|đại đoàn kết|công lý|"
    r"hà nội mới|kinh tế đô thị|công thương|sài gòn giải phóng|quân đội nhân dân|công an nhân dân|vietnamnet|vnexpress|"
    r"tin tức|pháp luật|an ninh thủ đô|vneconomy|znews|zing|giáo dục thời đại|sức khỏe đời sống)$",
    re.IGNORECASE,
)
# Folded to bare letters: what an office, a paper or an agency that signs a piece begins with.
_OFFICE = re.compile(
    r"(?:ban (?:bien tap|to chuc|chi dao|quan ly|tuyen giao|thi dua|dan van|tiep)|bao|bo|cong (?:thong tin|ttdt)|"
    r"cuc|dai|phong|so|tap chi|"
    r"thong tan|toa soan|tong cuc|tong lien doan|trung tam|ttxvn|ttx|uy ban|ubnd|hdnd|van phong|vien|vov|vtv|vgp|"
    r"nhom (?:pv|p\.v|phong vien|tac gia)|chi cuc|hoi|lien doan|tinh|thanh (?:uy|tra)|truong|cong an|mttq|doan)\b"
)
_TITLES = re.compile(
    r"^(?:(?:pgs|gs|ts|tskh|ths|bs|bscki+|ls|kts|nsnd|nsưt|bác sĩ|tiến sĩ|thạc sĩ|luật sư|nhà báo|nhà văn|nhà thơ|"
    r"(?:đại|thượng|trung|thiếu) (?:tướng|tá|úy))\b[.,]*\s*)+",
    re.IGNORECASE,
)
_TEAM = re.compile(r"^nhóm (?:pv|p\.v|phóng viên)\b", re.IGNORECASE)
_SMALL = frozenset({"và", "-", "–", "&", "/", "de", "van", "của", "+", "|", "•"})
_ACRONYM = re.compile(r"[A-ZĐ&]{2,8}")
_AGENCY = re.compile(r"[A-ZĐ]{3,8}\b|.*\+$")
_AGENCIES = frozenset(
    {"ttxvn", "ttxvn/vietnam+", "vietnam+", "vgp", "vgp news", "bbt", "vnp", "vov", "vtv", "baotintuc", "vietnamplus"}
)
_LOOSE_END = re.compile(r"\s+\.$")
_EDGES = " -–—|,;:•*/"
_ANONYMOUS = frozenset({"PV", "CTV"})
_MAX_WORDS = 16
_FEW_WORDS = 4
_SIGNATURE = 80
_LONGEST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """`author` are people as written, `note` what stood beside them: "(tổng hợp)", "Theo", "Theo TTXVN"."""

    author: str | None = None
    note: str | None = None


NOBODY = Byline()


def read_byline(text: str, names: frozenset[str] = frozenset()) -> Byline:
    """A by-line's people and note. `names` are folded names of the outlet, which never are an author."""
    if len(text) > _LONGEST:
        return NOBODY
    rest = one_line(_ADDRESS.sub("", text)).strip(_EDGES)
    according = _ACCORDING.match(rest)
    told = rest[according.end() :] if according else _CREDITS.sub("", _ROLE.sub("", rest))
    noted = _NOTE.search(told)
    people, agency = _parted(_LOOSE_END.sub("", told[: noted.start()] if noted else told).strip(_EDGES), names)
    if not people or not _are_people(people, names):
        return Byline(note=rest) if according and people and fold(people) not in names else NOBODY
    note = noted[1] if noted else agency
    return Byline(author=people, note=one_line(f"{according[0]} {note or ''}").rstrip(" :") if according else note)


def _parted(text: str, names: frozenset[str]) -> tuple[str, str | None]:
    """`Lan Hương/VOV-Tây Bắc` → the person and where they work; two people parted by a stroke stay together."""
    people, _, behind = text.partition("/")
    behind = behind.strip(_EDGES)
    several = behind.isupper() and len(behind.split()) > 1
    outlet = behind and ((_AGENCY.match(behind) and not several) or not _are_people(behind, names))
    return (people.strip(_EDGES), behind) if outlet else (text, None)


def _are_people(text: str, names: frozenset[str]) -> bool:
    return fold(text) not in names and not _NOT_PEOPLE.search(text) and looks_like_people(text)


def looks_like_people(text: str) -> bool:
    """Names of one to eight words, each word with a capital (`và` and dashes between names apart), no figures."""
    if _TEAM.match(text):
        return True
    text = _TITLES.sub("", text)
    words = re.sub(r"[,;/]", " , ", text).split()
    if not 1 <= len(words) <= _MAX_WORDS or any(char.isdigit() for char in text) or text.endswith(("?", "!", "…", ":")):
        return False
    named = [word for word in words if word.lower() not in _SMALL and word != ","]
    if len(named) > _MAX_WORDS // 2 and len(named) == len(words):
        return False  # nobody is called by nine words; several people are parted by something
    if len(named) == 1 and _ACRONYM.fullmatch(text) and text not in _ANONYMOUS:
        return False  # a newsroom's own mark
    return bool(named) and all(word.lstrip("(“\"'")[:1].isupper() for word in named)


def is_office(text: str) -> bool:
    """Whether a short line is the name of an office, a paper or an agency rather than a sentence."""
    inner = text[: _LONGEST + 1].strip(" ().;*")
    if text.rstrip().endswith(".") and len(inner.split()) > _FEW_WORDS:
        return False
    if not 2 <= len(inner) <= _SIGNATURE or inner.endswith(("?", "!", ":", "…")) or len(inner.split()) > 12:
        return False
    return bool(_OFFICE.match(bare(inner))) or bool(_NOT_PEOPLE.search(inner) and len(inner.split()) <= 5)


def is_agency(text: str) -> bool:
    """Whether a text is nothing but an agency's mark: `(TTXVN/Vietnam+)`."""
    return bare(text.strip(" ().;*")) in _AGENCIES


def signature(text: str, names: frozenset[str] = frozenset()) -> Byline:
    """As `read_byline` for a last line of the text, where only what is plainly a name counts."""
    if len(text) > _SIGNATURE or text.endswith((":", "?", "!")):
        return NOBODY
    return read_byline(text.rstrip("."), names)

"""Who wrote it: a by-line or a signature → the author's name and the note beside it; outlets' prefixes of a standfirst.

A by-line names people. An agency or a paper is no author: it becomes the note, so that the source line stays honest.
"""

import re
from dataclasses import dataclass

from digest.text import bare, fold, one_line

_ROLE = re.compile(
    r"^(?:(?:tin|bài|ảnh|clip|video|đồ họa|thực hiện|nội dung|tổng hợp)(?:\s*(?:,|và|-|–|/|&)\s*)?)+\s*:\s*"
    r"|^(?:tác giả|phóng viên|pv|người viết|biên soạn)\s*:\s*",
    re.IGNORECASE,
)
_ACCORDING = re.compile(r"^(?:theo|nguồn)\b\s*:?\s*", re.IGNORECASE)
_NOTE = re.compile(r"\s*(\([^()]{1,60}\))\s*[.;]?$")
_CREDITS = re.compile(r"\s*[-–—;,/.]?\s*(?:ảnh|clip|video|đồ họa|thiết kế)\s*:.*$", re.IGNORECASE)
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+|\b[\w-]+\.(?:vn|com|net|org)\b", re.IGNORECASE)
# Most bodies betray themselves by a small letter ("Sở Tài chính"); these are written like people.
_NOT_PEOPLE = re.compile(
    r"^(?:báo|ubnd|hđnd|tttđt|admin\w*|quản trị|bbt|editors?|webmaster|ban biên tập)\b|^(?:user|guest)$"
    r"|\b(?:ttxvn|vtv\d*|vov\d*|vgp|vietnam\+|vietnamplus|news|times|online|reuters|bloomberg|xinhua|afp|cnn|bbc|"
    r"daily|journal|điện tử)\b"
    r"|^(?:tuổi trẻ|lao động|người lao động|tiền phong|thanh niên|nhân dân|dân trí|dân việt|đại đoàn kết|công lý|"
    r"hà nội mới|kinh tế đô thị|công thương|sài gòn giải phóng|quân đội nhân dân|công an nhân dân|vietnamnet|vnexpress)$",
    re.IGNORECASE,
)
_TEAM = re.compile(r"^nhóm (?:pv|p\.v|phóng viên)\b", re.IGNORECASE)
_SMALL = frozenset({"và", "-", "–", "&", "/", "de", "van", "của"})
_PREFIX = re.compile(
    r"^\s*(?:\((?P<brackets>[^()]{2,40})\)\s*[-–—:.]*|\[(?P<square>[^\[\]]{2,40})\]\s*[-–—:.]*"
    r"|(?P<plain>[\w&.]{2,24}(?: (?:online|điện tử))?)\s*[-–—]+)\s*(?=\S)",
    re.IGNORECASE,
)
_OUTLETS = frozenset(
    [
        "ndo",
        "tpo",
        "tto",
        "tno",
        "nldo",
        "sggpo",
        "sggp",
        "plo",
        "plvn",
        "hnmo",
        "hnm",
        "antd",
        "anttd",
        "hht",
        "qno",
        "qdnd",
        "vov",
        "vtv",
        "vgp",
        "dcsvn",
        "tbtco",
        "tctc",
        "tcdn",
        "ktdt",
        "bhg",
        "btq",
        "bdn",
        "bld",
        "bls",
        "bcb",
        "bhy",
        "bqn",
        "bnb",
        "bna",
        "bht",
        "bkh",
        "bqt",
        "bvl",
        "bdl",
        "bab",
        "blc",
        "bgl",
        "bpt",
        "bdb",
        "qbdt",
        "qbdt",
        "btv",
        "lcdt",
        "pno",
        "skds",
        "gd&td",
        "bto",
        "bto",
        "dno",
        "btno",
        "bpo",
        "vhds",
        "kts",
        "tnmt",
        "mpi",
        "dddn",
        "vnf",
        "vnn",
        "vne",
        "vneconomy",
        "cand",
        "cafef",
        "ictnews",
        "baochinhphu",
        "bcp",
        "dvo",
        "kinhtedothi",
        "thanhtra",
        "laodong",
        "dantri",
        "congthuong",
        "nhadautu",
        "bnews",
        "tin",
        "lđo",
        "ldo",
        "ldtd",
        "cl&xh",
        "bvpl",
        "bvhttdl",
        "moha",
        "moj",
    ]
)
_ACRONYM = re.compile(r"[A-ZĐ&]{2,8}")
_LOOSE_END = re.compile(r"\s+\.$")
_EDGES = " -–—|,;:•*/"
_ANONYMOUS = frozenset({"PV", "CTV"})
_MAX_WORDS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """`author` are people as written, `note` what stood beside them: "(tổng hợp)", "Theo", "Theo TTXVN"."""

    author: str | None = None
    note: str | None = None


NOBODY = Byline()


def read_byline(text: str, names: frozenset[str] = frozenset()) -> Byline:
    """A by-line's people and note. `names` are folded names of the outlet, which never are an author."""
    rest = one_line(_ADDRESS.sub("", text)).strip(_EDGES)
    according = _ACCORDING.match(rest)
    told = rest[according.end() :] if according else _CREDITS.sub("", _ROLE.sub("", rest))
    noted = _NOTE.search(told)
    people = _LOOSE_END.sub("", told[: noted.start()] if noted else told).strip(_EDGES)
    if not people or fold(people) in names or _NOT_PEOPLE.search(people) or not looks_like_people(people):
        return Byline(note=rest) if according and people and fold(people) not in names else NOBODY
    note = noted[1] if noted else None
    return Byline(author=people, note=one_line(f"{according[0]} {note or ''}").rstrip(" :") if according else note)


def looks_like_people(text: str) -> bool:
    """One to eight words, each beginning with a capital (`và` and dashes between names apart), no figures."""
    if _TEAM.match(text):
        return True
    words = text.replace(",", " ").replace(";", " ").replace("/", " ").split()
    if not 1 <= len(words) <= _MAX_WORDS or any(char.isdigit() for char in text) or text.endswith(("?", "!", "…", ":")):
        return False
    named = [word for word in words if word.lower() not in _SMALL]
    if len(named) == 1 and _ACRONYM.fullmatch(text) and text not in _ANONYMOUS:
        return False  # a newsroom's own mark
    return bool(named) and all(word.lstrip("(“\"'")[:1].isupper() for word in named)


def signature(text: str, names: frozenset[str] = frozenset()) -> Byline:
    """As `read_byline` for a last line of the text, where only what is plainly a name counts."""
    if len(text) > 80 or text.endswith((":", "?", "!")):
        return NOBODY
    return read_byline(text.rstrip("."), names)


def without_prefix(text: str, names: frozenset[str] = frozenset()) -> str:
    """A standfirst without its outlet's mark: "(Chinhphu.vn) -", "NDO -", "(PLO)-".

    A mark in brackets at the very start is always the outlet's; one without brackets only when it is known to be one,
    ends in a domain, or is one of the folded `names`: "TP.HCM - " and "Hà Nội - " are places and stay.
    """
    match = _PREFIX.match(text)
    if not match:
        return text
    rest = text[match.end() :]
    mark = match["brackets"] or match["square"] or match["plain"]
    if match["plain"]:
        key = bare(mark).removesuffix(" online").removesuffix(" dien tu").rstrip(".")
        known = key in _OUTLETS or fold(mark) in names or re.search(r"\.(?:vn|com|net)$", key)
        if not known:
            return text
    elif any(char.isdigit() for char in mark) or (
        match[0].rstrip()[-1] not in "-–—:." and not _ACRONYM.fullmatch(mark) and fold(mark) not in names
    ):
        return text  # "(Kỳ 2) - " is the piece's own
    return rest

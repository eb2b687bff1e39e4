"""An outlet's mark before a standfirst: "(Chinhphu.vn) -", "NDO -", "(PLO)-", "LĐO |"."""

import re

from digest.text import bare, fold

_PREFIX = re.compile(
    r"^\s*(?:\((?P<brackets>[^()]{2,40})\)\s*[-–—:.|]*|\[(?P<square>[^\[\]]{2,40})\]\s*[-–—:.|]*"
    r"|(?P<plain>[\w&./+]{2,28}(?: (?:online|điện tử))?)\s*[-–—|]+)\s*(?=\S)",
    re.IGNORECASE,
)
# Folded to bare letters. Papers call themselves by their initials, most with an O for "online".
_MARKS = """
    antd anttd bab baochinhphu baoquocte bcb bco bcp bdb bdl bdn bdt bgl bhg bht bhy bkh blc bld bls bna bnb bnd
    bnews bpo bpt bqn bqt btno bto btq btv bvhttdl bvl bvpl cafef cand cl&xh cmo congly congthuong daidoanket
    dangcongsan dantri danviet dbnd dcs dcsvn dddn dno dnsg dto dvo gd&td hbo hgo hgtv hht hnm hnmo hnp htv
    ictnews kgo khds khpt kinhtedothi ktdt kts laodong lcdt ldo ldtd lsrtv moha moj mpi nb&cl nbo ndo
    nguoiduatin nhadautu nldo plo plvn pno qbdt qbo qdnd qno qrt qto qtv sggp sggpo sgtt skds slo tbo tbtco tccs
    tcct tcdn tctc tgvn thanhtra thtg tin tnmt tno tpo tto ttvh ttxvn vgp vhds vietnamplus vne vneconomy vnf
    vnmedia vnn vnplus vov vtc vtv ybo
"""
_OUTLETS = frozenset(_MARKS.split())
_ACRONYM = re.compile(r"[A-ZĐ&]{2,8}")
_ONLINE = re.compile(r"[A-ZĐƯ]{1,4}O")
_NO_PAPER = frozenset({"WTO", "WHO", "NATO", "FAO", "CEO", "ISO", "ODO", "TO", "DO", "HO", "NO", "SO"})


def without_prefix(text: str, names: frozenset[str] = frozenset()) -> str:
    """A standfirst without its outlet's mark.

    A mark in brackets at the very start is always the outlet's; one without brackets only when it is known to be one,
    ends in a domain, or is one of the folded `names`: "TP.HCM - " and "Hà Nội - " are places and stay.
    """
    match = _PREFIX.match(text)
    if not match:
        return text
    rest = text[match.end() :]
    if match["plain"]:
        return rest if all(is_outlet_mark(part, names) for part in match["plain"].split("/")) else text
    mark = match["brackets"] or match["square"]
    known = _ACRONYM.fullmatch(mark) or fold(mark) in names or is_outlet_mark(mark, names)
    if any(char.isdigit() for char in mark) or (match[0].rstrip()[-1] not in "-–—:.|" and not known):
        return text  # "(Kỳ 2) - " is the piece's own
    return rest


def is_outlet_mark(mark: str, names: frozenset[str]) -> bool:
    """Whether a word or name is one by which an outlet calls itself; `names` are folded names of this one."""
    key = bare(mark).removesuffix(" online").removesuffix(" dien tu").rstrip(".")
    if key in _OUTLETS or fold(mark) in names or re.search(r"\.(?:vn|com|net|org)$", key):
        return True
    return bool(_ONLINE.fullmatch(mark)) and mark not in _NO_PAPER

"""Lines that a page's own machinery prints inside the text: headings of boxes, pointers to other pieces, bare dates."""

import re
from urllib.parse import urljoin, urlsplit

from digest.text import bare
from scrapers.dates import read
from scrapers.extraction.body import Line

PLACEHOLDER = re.compile(r"\{\{[^{}]*\}\}")
# Folded to bare letters. What could head a real passage ("Chia sẻ dữ liệu", "Giấy phép xây dựng") counts only alone.
_READERS = r"(?:quy |cac )?(?:vi|ban doc|doc gia|khan gia|thinh gia|ban)"
_FOREIGN = re.compile(
    r"(?:tin|bai|cac tin|cac bai)(?: viet| bai| tuc)? (?:lien quan|cung chuyen muc|cung muc|doc tiep)\b|"
    r"bai (?:doc|xem) tiep\b|tham khao them\b|(?:xem|doc|nghe) (?:them|tiep)(?=\s*[:\"“(]|$| tai (?:day|app|ung dung))|"
    rf"(?:xem|doc) them\b.{{0,90}}$|co the ban quan tam\b|{_READERS} (?:co the|nen) (?:quan tam|xem them|doc them)\b|"
    rf"(?:kinh )?moi {_READERS} (?:xem|don|theo doi|doc|vao|truy cap|bam|click|tham khao|nghe|cung)\b|"
    r"tai (?:ve )?(?:ung dung|app)\b|(?:nguoi dan|doc gia|ban doc) co the (?:tai|cai dat) (?:ung dung|app)\b|"
    r"giay phep (?:so )?\d|all rights reserved|"
    r"(?=.*\b(?:bao|tap chi|chung toi|kenh|fanpage|tren|online|google)\b)"
    r"(?:theo doi|follow|dang ky|quan tam|ket noi voi) .{0,60}(?:google|zalo|facebook|fanpage|youtube|tiktok|telegram)|"
    r"chon .{0,40} lam (?:bao|nguon) (?:uu tien|yeu thich)|link bai (?:goc|viet)\b|copy link\b|lay link\b|"
    r"nghe (?:bai|doc bai|noi dung|audio|podcast)\b|y kien cua ban\b|(?:gui|viet|dang nhap de) (?:gui )?binh luan\b|"
    r"tro thanh nguoi dau tien|\[(?:video|clip|infographic|e?magazine|photo|anh)\]$|luot xem\s*:?\s*\d|"
    r"bam vao day de\b|hay la nguoi dau tien|ban quyen thuoc (?:ve )?(?:bao|tap chi)\b"
)
_FOREIGN_WHOLE = re.compile(
    r"(?:tin (?:moi(?: nhat)?|nong|noi bat|khac|cung (?:chuyen )?muc|doc nhieu)|cac tin khac|cung chuyen muc|doc nhieu|"
    r"doc tiep(?: ve trang chu)?|ve trang chu|chia se(?: bai viet)?|binh luan(?: \(\d+\))?|tin lien quan|bai lien quan|"
    r"in bai(?: viet)?|tu khoa|tags?|chu de|co chu(?: .{0,12})?|mac dinh|quang cao|advertisement|tro lai|quay lai|ad|"
    r"ve dau trang|video|clip|anh|facebook|zalo|twitter|email|print|aa?[-+]?|nguon|xem chi tiet|chi tiet|"
    r"gui cho ban be|luu bai viet|bao loi|thich|like|share|tweet|(?:0|1) thich|su kien|dong su kien)\s*:?"
)
_POINTER = re.compile(r"^(?:[>»→►▶☞➤⇒]+|[-=]+>+|\[?xem:)\s*\S", re.IGNORECASE)
_BULLET = re.compile(r"^[\s*•●■◆+(\[“\"'-]+")
_TYPED = re.compile(r"^(?:&lt;|<)?!?doctype\b", re.IGNORECASE)
_LONGEST_KEY = 200
_DATE_ALONE = 45


def is_foreign(line: Line, url: str) -> bool:
    """Whether a line is no part of the text; `url` is the page's address."""
    key = bare(_BULLET.sub("", line.text)) if len(line.text) <= _LONGEST_KEY else ""
    if _FOREIGN_WHOLE.fullmatch(key) or not any(map(str.isalnum, line.text)):
        return True
    if key and _FOREIGN.match(key) and (not _is_sentence(line.text) or _invites(key)):
        return True
    if line.kind == "row":
        return False
    if line.linked > 0.9 and any(_same_site(url, href) for href in line.hrefs) and not _is_sentence(line.text):
        return True
    if _POINTER.match(line.text) or _TYPED.match(line.text):
        return True
    return 0 < len(key) <= _DATE_ALONE and _only_date(line.text)


def _is_sentence(text: str) -> bool:
    return text.rstrip("”\"')").endswith((".", ";")) and len(text.split()) > 8


def _invites(key: str) -> bool:
    """An invitation to the reader is one even as a whole sentence."""
    return bool(re.match(rf"(?:kinh )?moi {_READERS}\b|tai (?:ve )?(?:ung dung|app)\b|chon .{{0,40}} lam nguon\b", key))


def _same_site(url: str, href: str) -> bool:
    try:
        host, other = urlsplit(url).hostname or "", urlsplit(urljoin(url, href)).hostname or ""
    except ValueError:
        return False
    return host.removeprefix("www.").split(".")[-2:] == other.removeprefix("www.").split(".")[-2:]


def _only_date(text: str) -> bool:
    reading = read(text)
    return reading is not None and sum(char.isalpha() for char in text) <= 16 and (reading.has_time or len(text) <= 30)

"""Lines of an article's element → its paragraphs: boxes' leftovers, captions, repeated titles and signatures go.

Everything here is a decision over values; `scrapers.body` has read the page.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit

from digest.model import Image, Kind
from digest.text import bare, fold
from scrapers.body import Line
from scrapers.byline import NOBODY, Byline, looks_like_people, signature
from scrapers.dates import read

# Folded to bare letters. What could head a real passage ("Chia sẻ dữ liệu", "Giấy phép xây dựng") counts only alone.
_FOREIGN = re.compile(
    r"(?:tin|bai)(?: viet| bai)? lien quan\b|bai doc tiep\b|tham khao them\b|(?:xem|doc) them\b|co the ban quan tam\b|"
    r"moi (?:quy )?(?:vi|ban doc|doc gia|ban) (?:xem|don|theo doi|doc)\b|tai (?:ve )?(?:ung dung|app)\b|"
    r"(?:nguoi dan|doc gia|ban doc) co the (?:tai|cai dat) (?:ung dung|app)\b|giay phep (?:so )?\d|all rights reserved|"
    r"theo doi .{0,60}(?:google|zalo|facebook|fanpage|youtube|tiktok)|link bai goc\b|copy link\b|lay link\b|"
    r"nghe (?:bai|doc bai|noi dung)\b|y kien cua ban\b|gui binh luan\b|>>|\[(?:video|clip|infographic|e?magazine)\]$"
)
_FOREIGN_WHOLE = re.compile(
    r"(?:tin (?:moi(?: nhat)?|nong|noi bat|khac|cung (?:chuyen )?muc|doc nhieu)|cung chuyen muc|doc nhieu|chia se|binh luan|"
    r"in bai(?: viet)?|tu khoa|tags?|chu de|co chu(?: .{0,12})?|mac dinh|quang cao|advertisement|tro lai|quay lai|"
    r"ve dau trang|video|clip|anh|facebook|zalo|twitter|email|print|aa?[-+]?|nguon|\W+)\s*:?"
)
_POINTER = re.compile(r"^(?:>>+|»|→|►|▶|☞|\[?xem:)\s*\S", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\{\{[^{}]*\}\}")
_CREDIT = re.compile(
    r"(?:^|[.;(–-]\s*)(?:ảnh|đồ họa|nguồn ảnh|ảnh minh [hh]o[ạa]|minh [hh]o[ạa])\b\s*[:.(/]?", re.IGNORECASE
)
_CREDIT_ALONE = re.compile(
    r"^\(?(?:ảnh|video|clip|đồ họa|nguồn ảnh)\s*:\s*.{1,80}$|^ảnh minh (?:họa|hoạ)\.?$", re.IGNORECASE
)
_SOURCE_LINE = re.compile(r"\(?(?:(?:Theo|THEO) [A-ZĐÀ-Ỹ(]|(?:Theo|Nguồn|NGUỒN)\s*:).{1,60}[^.]")
_HEADING = 160
_SIGNED_WITHIN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """An article's text as printed; `by` is who signed it below."""

    lines: tuple[Line, ...] = ()
    images: tuple[Image, ...] = ()
    by: Byline = NOBODY

    def without_first(self) -> "Text":
        """The text from its second paragraph on."""
        return replace(self, lines=self.lines[1:])

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The paragraphs' text."""
        return tuple(line.text for line in self.lines)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The paragraphs' kinds."""
        return tuple(line.kind for line in self.lines)


def settle(
    lines: Sequence[Line], images: Sequence[Image], *, url: str, known: Sequence[str], names: frozenset[str]
) -> Text:
    """What of these lines is the article's text.

    `url` is the page's address; `known` are texts printed above the body (title, standfirst, author), which are not
    repeated; `names` are folded names of the outlet.
    """
    kept = [replace(line, text=_PLACEHOLDER.sub("", line.text).strip()) for line in lines]
    kept = [line for line in kept if line.text and not _foreign(line, url)]
    kept, pictures = _captioned(kept, list(images))
    kept = _unrepeated(kept, {fold(text) for text in known if text})
    kept, by = _signed(kept, names)
    return Text(lines=tuple(map(_with_kind, _without_orphans(kept))), images=tuple(pictures), by=by)


def _foreign(line: Line, url: str) -> bool:
    """A line of the page's own machinery: a heading of a box, a pointer to another piece, a bare date."""
    key = bare(line.text) if len(line.text) <= 160 else ""
    if _FOREIGN_WHOLE.fullmatch(key) or (_FOREIGN.match(key) and not _is_sentence(line.text)):
        return True
    if line.kind == "row":
        return False
    if line.linked > 0.9 and any(_same_site(url, href) for href in line.hrefs) and not _is_sentence(line.text):
        return True
    return bool(_POINTER.match(line.text)) or (0 < len(key) <= 45 and _only_date(line.text))


def _is_sentence(text: str) -> bool:
    return text.rstrip("”\"')").endswith((".", ";")) and len(text.split()) > 8


def _same_site(url: str, href: str) -> bool:
    try:
        host, other = urlsplit(url).hostname or "", urlsplit(urljoin(url, href)).hostname or ""
    except ValueError:
        return False
    return host.removeprefix("www.").split(".")[-2:] == other.removeprefix("www.").split(".")[-2:]


def _only_date(text: str) -> bool:
    reading = read(text)
    return reading is not None and sum(char.isalpha() for char in text) <= 16 and (reading.has_time or len(text) <= 30)


def _captioned(lines: list[Line], images: list[Image]) -> tuple[list[Line], list[Image]]:
    """A short centred or italic line under a picture, or one with a photographer's credit, is its caption."""
    kept: list[Line] = []
    for line in lines:
        credit = len(line.text) <= 100 and _CREDIT_ALONE.match(line.text)
        below = line.image is not None and line.kind == "p" and len(line.text) <= 350
        if below and line.image is not None and (credit or _looks_like_caption(line)):
            picture = images[line.image]
            images[line.image] = replace(picture, caption=picture.caption or line.text)
        elif not credit:
            kept.append(line)
    return kept, images


def _looks_like_caption(line: Line) -> bool:
    return line.italic > 0.9 or (line.centred and line.bold < 0.9) or bool(_CREDIT.search(line.text[-80:]))


def _unrepeated(lines: list[Line], known: set[str]) -> list[Line]:
    """Title, standfirst and by-line once more above or below the text are left out; a quotation of them is not."""
    edge = {*range(3), *range(len(lines) - 3, len(lines))}
    lengths = {len(text) for text in known}
    return [line for place, line in enumerate(lines) if place not in edge or not _is_known(line.text, known, lengths)]


def _is_known(text: str, known: set[str], lengths: set[int]) -> bool:
    near = any(0.5 * length <= len(text) <= length + 8 for length in lengths)  # a folded text is longer than as written
    return near and fold(text) in known


def _signed(lines: list[Line], names: frozenset[str]) -> tuple[list[Line], Byline]:
    """Cut off the signature and what stands below it; a line that only names the source is a note."""
    by = NOBODY
    for place in range(len(lines) - 1, max(len(lines) - 1 - _SIGNED_WITHIN, 0), -1):
        line = lines[place]
        found = signature(line.text, names) if line.kind in ("p", "h") else NOBODY
        styled = line.right or line.bold > 0.9 or line.italic > 0.9
        if found.author and (styled or _bare_name(found.author)):
            return lines[:place], Byline(author=found.author, note=found.note or by.note)
        if _SOURCE_LINE.fullmatch(line.text) and line.kind == "p":
            lines, by = lines[:place], Byline(note=line.text.strip("()"))
        elif len(line.text) <= 60 and fold(line.text.strip("()")) in names:
            lines = lines[:place]
        elif not styled or len(line.text) > 60:
            break
    return lines, by


def _bare_name(text: str) -> bool:
    """Two to four capitalised words and nothing else: a name even without any styling."""
    return looks_like_people(text) and 2 <= len(text.split()) <= 4 and not text.endswith(".")


def _with_kind(line: Line) -> Line:
    """A short paragraph that is bold throughout and ends like no sentence is a subheading."""
    if (
        line.kind != "p"
        or line.bold < 0.97
        or len(line.text) > _HEADING
        or line.text.endswith((".", ":", ";", ",", "”", '"'))
    ):
        return line
    return replace(line, kind="h")


def _without_orphans(lines: list[Line]) -> list[Line]:
    """A heading with nothing under it headed a box that is gone."""
    end = len(lines)
    while end and lines[end - 1].heading and end > 1:
        end -= 1
    return lines[:end]

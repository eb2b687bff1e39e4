"""Finding units below the province in a text: words that name a kind ("xã", "P.", "TX."), then a name that is known."""

import itertools
import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from digest.places_data.communes import Kind, Row, is_district, key_of, rows
from digest.places_data.gazetteer import Mention, names_somebody
from digest.places_data.tables import fold_word
from digest.text import fold

_MOST_WORDS = 6

_KINDS: dict[str, Kind] = {
    "phường": "phường",
    "p": "phường",
    "xã": "xã",
    "x": "xã",
    "quận": "quận",
    "q": "quận",
    "quận ủy": "quận",
    "huyện": "huyện",
    "h": "huyện",
    "huyện ủy": "huyện",
    "thị xã": "thị xã",
    "tx": "thị xã",
    "thị ủy": "thị xã",
    "thị trấn": "thị trấn",
    "tt": "thị trấn",
    "thành phố": "thành phố",
    "tp": "thành phố",
    "thành ủy": "thành phố",
    "đặc khu": "đặc khu",
}
_KIND_OF = {fold(words): kind for words, kind in _KINDS.items()}


def _kind_pattern() -> re.Pattern[str]:
    """Words of a kind in small letters, with capitals, in capitals; it begins with letters, so a search skips to them.

    One letter needs its full stop: "P.", "Q."; a "TT" too, or it may be anything.
    """
    words = [word for word in _KINDS if len(word) > 2] + ["tp", "tx", *(word.replace("ủy", "uỷ") for word in _KINDS)]
    long = {way for word in words if len(word) > 1 and word != "tt" for way in _ways(word)}
    short = {way for word in ("tt", "p", "q", "h", "x") for way in (word, word.upper())}
    ways = [rf"{way}(?:\. ?| )" for way in sorted(long, key=len, reverse=True)] + [
        rf"{way}\. ?" for way in sorted(short)
    ]
    return re.compile(rf"(?:{'|'.join(ways)})(?=[^\W_])")


def _ways(word: str) -> set[str]:
    return {word, word.upper(), word.title(), word[0].upper() + word[1:], word[0] + word[1:].upper()}


_KIND = _kind_pattern()
_WORD = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r" ?[-–] ?|['’]| ")
# "hợp tác xã", "bà xã", "phố phường": no commune.
_OTHER_SENSE = re.compile(r"(?<!\w)(?:[tT]ác|TÁC|HTX|[bB]à|[ôÔ]ng|[pP]hố|[tT]ấn|[lL]àng) $")
# A number that counts something: "xã, phường 2 cấp", "quận 1 của Paris".
_COUNTS = re.compile(
    r" (?:cấp|người|tháng|năm|ngày|giờ|hộ|cán bộ|đơn vị|(?:của |ở |tại )?(?:Paris|Vienna|Budapest))\b", re.IGNORECASE
)
_INTO = re.compile(r",? ?\(?(?:thuộc )?")
_MORE = re.compile(r"(, ?| và |; ?)(?=[^\W_])")
_MANY = re.compile(r"(?:\b(?:các|những|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)|\d) $", re.IGNORECASE)
_ROUTE = re.compile(
    r"(?i:sân bay|cảng|cao tốc|tuyến|cầu|đường|vịnh|biển|đảo|sông|hồ|núi|đèo|khu công nghiệp|KCN|đại học|ĐH|CLB|bệnh viện|"
    r"công ty|nhà máy|chợ|trường|ga|đồ hộp|ngã tư|ngã ba|thủy điện|hãng|đội|phố|rạch|kênh)\s(?:quốc tế\s)?(?:[A-ZĐ]\w*\s){0,2}$"
)
# "Đồ hộp Hạ Long", "KQXS Đà Lạt": part of a longer name; the first word of a sentence says nothing.
_LONGER = re.compile(r"[^\s.!?:|\"'‘“(–-]\s[A-ZĐ]\w*\s$")
_FIRM = re.compile(r"(?i:công ty|tập đoàn|CTCP)(?:\s(?!ở\b|tại\b|của\b|từ\b|đến\b|và\b)[\w.&-]+){0,5}\s$")
_JOINED = re.compile(r"\w ?[-–] ?$")
_JOINS = re.compile(r" ?[-–] ?[^\W\d_]| (?:Concert|Marathon|Festival|FC|Ultra|Open)\b")
# "ở Hòa Thịnh, Đắk Lắk": a bare name just before its province.
_PLACED = re.compile(
    r"(?:(?:^|[\s(])(?:ở|tại|từ|về|đến)\s|\()((?:[^\W_]+ ){0,4}[^\W_]+)(?:,| \()\s?(?:tỉnh |thành phố |TP\.? ?)?$"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A unit a text names: the kind it gives, what of that name there is, and its place in the text."""

    kind: Kind
    rows: tuple[Row, ...]
    start: int
    end: int
    bare: bool = False  # named without its kind


def named_units(text: str, mentions: Sequence[Mention]) -> list[Named]:
    """The units of a text in their order; `mentions` are the provinces and well-known cities it names."""
    found = list(_with_kind(text, {one.start for one in mentions if one.level == "province"}))
    taken = {at for one in found for at in range(one.start, one.end)}
    bare = {one.start: one for one in (*_placed(text, mentions), *_cities(text, mentions)) if one.start not in taken}
    return sorted([*found, *bare.values()], key=lambda one: one.start)


def _with_kind(text: str, provinces: Container[int]) -> Iterator[Named]:
    end = 0
    for match in _KIND.finditer(text):
        before = text[match.start() - 1 : match.start()]
        if match.start() < end or before.isalnum() or before == ".":  # a person's initials
            continue
        kind = _kind_of(match)
        if _OTHER_SENSE.search(text, max(0, match.start() - 5), match.start()):
            continue
        one = _named(text, kind, match.start(), match.end()) or _of_a_district(text, kind, match.start(), match.end())
        if one is None or (match.group().isupper() and one.rows[0].name.startswith("Hội ") and kind == "xã"):
            continue  # "XÃ HỘI AN TOÀN" names no commune
        yield one
        end = one.end
        many = bool(_MANY.search(text, max(0, match.start() - 6), match.start()))
        for other in itertools.takewhile(lambda it: it.start not in provinces, _listed(text, one, many=many)):
            yield other
            end = other.end


def _listed(text: str, first: Named, *, many: bool) -> Iterator[Named]:
    """What a list goes on with: "các xã A, B và C", "xã A và B" (in one province)."""
    last = first
    while more := _MORE.match(text, last.end):
        other = _named(text, first.kind, more.end(), more.end())
        if other is None or not (many or _of_one_province(last, other)) or _is_whole(text, other):
            return
        yield other
        last = other


def _of_one_province(one: Named, other: Named) -> bool:
    """Whether some province has both, in one time, of the kind named."""
    first, second = ({(row.code, row.former) for row in named.rows if row.kind == one.kind} for named in (one, other))
    codes = {code for code, _ in first & second}
    of_the_name = rows()[key_of(_WORD.findall(other.rows[0].name))]
    # "xã A, B": B may as well be the district that A is in.
    return bool(codes) and not any(row.code in codes and is_district(row.kind) for row in of_the_name)


def _is_whole(text: str, named: Named) -> bool:
    """Whether a name that a list might go on with is a longer one, of somebody or something else."""
    following = _WORD.match(text, named.end + 1)
    return bool(following) and text[named.end : named.end + 1] == " " and text[named.end + 1].isupper()


def _named(text: str, kind: Kind, start: int, begins: int) -> Named | None:
    """The longest known name at `begins` that is of the kind's level."""
    words, ends = _words(text, begins)
    for length in range(len(words), 0, -1):
        found = tuple(
            row for row in rows().get(key_of(words[:length]), ()) if is_district(row.kind) == is_district(kind)
        )
        if found and not (words[length - 1].isdigit() and _COUNTS.match(text, ends[length - 1])):
            return Named(kind, found, start, ends[length - 1])
    return None


def _of_a_district(text: str, kind: Kind, start: int, begins: int) -> Named | None:
    """A commune that is not known, but its district named after it is: many ended before the tables begin."""
    words, ends = _words(text, begins)
    into = _INTO.match(text, ends[-1]) if words and not is_district(kind) else None
    match = _KIND.match(text, into.end()) if into else None
    district = _named(text, _kind_of(match), match.start(), match.end()) if match else None
    if district is None or not is_district(district.kind):
        return None
    name = text[begins : ends[-1]]
    found = tuple(Row(kind, name, it.code, former=True, district=it.name) for it in district.rows if it.former)
    return Named(kind, found, start, ends[-1])


def _kind_of(match: re.Match[str]) -> Kind:
    return _KIND_OF[fold_word(match.group().rstrip(" ."))]


def _words(text: str, at: int) -> tuple[list[str], list[int]]:
    """The words of a possible name with their ends: capitalised ones and numbers, up to a full stop or a comma."""
    words: list[str] = []
    ends: list[int] = []
    after_mark = False
    while len(words) < _MOST_WORDS and (match := _WORD.match(text, at)):
        word = match.group()
        if not (word[0].isupper() or word.isdigit() or after_mark):
            break
        words.append(word)
        ends.append(match.end())
        between = _BETWEEN.match(text, match.end())
        if between is None:
            break
        at, after_mark = between.end(), between.group() in "'’"
    return words, ends


def _cities(text: str, mentions: Sequence[Mention]) -> Iterator[Named]:
    """Cities and districts known without their kind, except in the names of roads, airports and the like."""
    for one in mentions:
        if one.level != "city" or names_somebody(text, one.start):
            continue
        before = text[max(0, one.start - 40) : one.start]
        joined = any(pattern.search(before) for pattern in (_ROUTE, _FIRM, _LONGER, _JOINED)) or _JOINS.match(
            text, one.end
        )
        found = tuple(
            row
            for row in rows().get(key_of(_WORD.findall(one.text)), ())
            if is_district(row.kind) and row.code == one.code
        )
        if found and not joined:
            yield Named(found[0].kind, found, one.start, one.end, bare=True)


def _placed(text: str, mentions: Sequence[Mention]) -> Iterator[Named]:
    for one in mentions:
        match = _PLACED.search(text[max(0, one.start - 50) : one.start]) if one.level == "province" else None
        if match is None or not all(word[0].isupper() for word in match.group(1).split()):
            continue
        found = tuple(row for row in rows().get(key_of(match.group(1).split()), ()) if not row.former)
        start = max(0, one.start - 50) + match.start(1)
        if found:
            yield Named(found[0].kind, found, start, start + len(match.group(1)), bare=True)

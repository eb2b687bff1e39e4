"""Provinces in text: which a text names, and which an article is about, as of a day.

Since 1/7/2025 there are 34 provinces and cities where there were 63. `Found.name` is the name as of the day asked for,
`Found.as_written` the name the article uses, in the bulletin's spelling ("TP.HCM", "Huế", "Bắc Giang").
"""

import functools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from digest.model import Article
from digest.places_data.gazetteer import Mention, mentions_of, names_somebody
from digest.places_data.tables import Field, Level, Province, tables
from digest.text import fold

MERGED_ON = date(2025, 7, 1)
_HUE_RENAMED_ON = date(2025, 1, 1)

# What stands before the place of a voter, a delegate or somebody who was there before.
_OF_A_PERSON = re.compile(
    r"(?:cử tri(?! tại)|(?<!thành )(?<!tỉnh )\bđoàn(?: ĐBQH| đại biểu Quốc hội)?|ĐBQH|\btừng|(?<!tài )\bnguyên|\bcựu|trước khi|"
    r"\bgiáp(?: với)?)\b[^,.;:()–]{0,45}$",
    re.IGNORECASE,
)
_DELEGATE = re.compile(r"(?:đại biểu|ĐBQH|ĐB)\b[^.;:()]{0,40}\((?:đoàn|ĐBQH|tỉnh|TP\.?)?\s*$", re.IGNORECASE)
# Another place to measure by: "như TP.HCM".
_COMPARED = re.compile(r"(?:tương tự|(?<!cũng )như|bằng|giống)\s+(?:thành phố|tp\.?|tỉnh)?\s*$", re.IGNORECASE)
# Where a meeting was held: "Chiều 17/5, tại Hà Nội", "đầu cầu Hà Nội".
_VENUE = re.compile(
    r"(?:\b(?:tại|ở|đầu cầu|trụ sở|trung tâm hội nghị quốc gia))\s+(?:thủ đô|thành phố|tp\.?|đầu cầu)?\s*$",
    re.IGNORECASE,
)
_CENTRAL = re.compile(
    r"Thủ tướng|Chính phủ|Quốc hội|Tổng Bí thư|Chủ tịch nước|Bộ trưởng|Thứ trưởng|T\.Ư|Trung ương|TW\b|\bBộ [A-ZĐ]|"
    r"Ban Bí thư|Bộ Chính trị|Tập đoàn|toàn quốc|cả nước"
)
_TO_THE_CENTRE = re.compile(
    r"(?:làm|giữ|bổ nhiệm|phân công)\b.{0,60}(?:Cục trưởng|Vụ trưởng|Thứ trưởng|Bộ trưởng|Trung ương|T\.Ư|Kiểm toán Nhà nước)"
)
_ROUNDUP = re.compile(
    r"^(?:tin tức (?:sáng|trưa|chiều|tối)|điểm tin|tin (?:sáng|trưa|chiều|tối)\b|bản tin)", re.IGNORECASE
)
_REFORM = re.compile(
    r"cán bộ|công chức|viên chức|biên chế|hành chính|chính quyền|cơ chế|số hóa|chuyển đổi số|cấp phép|thủ tục|sáp nhập|trụ sở|"
    r"trực thuộc|UBND|VNeID|\bxã\b|phường",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[:;|\n]")
_OFTEN, _MOSTLY = 8, 0.8  # times a body names its place, and its share of all places there
_FAR = 4  # characters to the next place; nearer it is a list, not a venue
_MOST = 5  # more provinces than this in a standfirst are the whole country


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A province: its name as of the day, its name as the text has it, the words that say so and their field.

    `level` tells whether these words name the province itself or a unit of it (a city, a district, a commune).
    """

    name: str
    as_written: str
    text: str
    field: Field = "body"
    level: Level = "province"


def provinces_in(text: str, *, day: date) -> tuple[Found, ...]:
    """Every province a text names, itself or by a unit of it, in the order of first mention."""
    return _distinct(_found(mention, day, "body") for mention in mentions_of(text, merged=day >= MERGED_ON))


def provinces_of_article(article: Article, *, day: date) -> tuple[Found, ...]:
    """The provinces an article is about: those of the title, else of the standfirst, else the one the body is full of.

    Left out are datelines and venues of central events, delegates' and voters' provinces, places in the names of
    universities, newspapers and companies, and the places of a roundup of many items.
    """
    return _of_article(article, day)


@functools.lru_cache(maxsize=4)  # the readers of units and agencies ask again for what the judge has asked for
def _of_article(article: Article, day: date) -> tuple[Found, ...]:
    sapo_text = article.sapo or ""
    if _ROUNDUP.match(article.title):
        parts = [part for part in _PARTS.split(f"{article.title}\n{sapo_text}") if _REFORM.search(part)]
        return _distinct(one for part in parts for one in _subjects(part, "title", day, central=False))
    title = _without_communes(_subjects(article.title, "title", day, central=False), article)
    central = bool(_CENTRAL.search(article.title) or _CENTRAL.search(sapo_text))
    sapo = _without_communes(_subjects(sapo_text, "sapo", day, central=central), article)
    if title and not (_only_communes(title) and any(one.level == "province" for one in sapo)):
        return _distinct([*title, *_successors(title, sapo)])
    if _TO_THE_CENTRE.search(article.title):
        return ()
    found = _distinct(_without_former(sapo))
    return (found if len(found) <= _MOST else ()) or _of_body(article.paragraphs, day)


def headline_form(name: str) -> str:
    """A province's name as headlines have it: "TT-Huế"."""
    return tables().headlines.get(name, name)


def is_same_place(one: str, other: str, *, day: date) -> bool:
    """Whether two names, in any spelling, are one province on that day: Bắc Giang is Bắc Ninh since 1/7/2025."""
    names = [[found.name for found in provinces_in(text, day=day)] or [fold(text)] for text in (one, other)]
    return names[0] == names[1]


def name_on(province: Province, day: date) -> str:
    """The name that a province of before 1/7/2025, or what it is part of since, has on a day."""
    if day >= MERGED_ON:
        return province.now
    return province.before_2025 if day < _HUE_RENAMED_ON else province.name


def _subjects(text: str, field: Field, day: date, *, central: bool) -> list[Found]:
    """The places of a text that may be what it is about; units count only where no province is named outright."""
    places = mentions_of(text, merged=day >= MERGED_ON)
    followers = [*(one.start for one in places), len(text) + 2 * _FAR][1:]
    named = [
        one
        for one, following in zip(places, followers, strict=True)
        if not _aside(text, one, field, central=central and following - one.end > _FAR)
    ]
    outright = [one for one in named if one.level == "province"]
    return [_found(one, day, field) for one in outright or named]


def _aside(text: str, mention: Mention, field: Field, *, central: bool) -> bool:
    """Whether a place is named by the way: in somebody's name, as a venue, as where a speaker comes from."""
    before = text[max(0, mention.start - 70) : mention.start]
    if names_somebody(text, mention.start) or _COMPARED.search(before):
        return True
    if field == "title":
        return False
    return bool(_OF_A_PERSON.search(before) or _DELEGATE.search(before) or (central and _VENUE.search(before)))


def _without_communes(found: Sequence[Found], article: Article) -> list[Found]:
    """A name that the article gives to a commune ("xã Phú Yên"), and never to a province, is that commune."""
    if not any(one.level == "province" and one.text in tables().also_communes for one in found):
        return list(found)
    whole = "\n".join((article.title, article.sapo or "", *article.paragraphs))
    return [one for one in found if one.text not in tables().also_communes or not _is_commune_in(whole, one.text)]


def _is_commune_in(text: str, name: str) -> bool:
    named = re.search(rf"(?<!cấp )(?<!các )(?<!, )(?<!\d )\b(?:phường|xã) {name}\b", text, re.IGNORECASE)
    outright = re.search(rf"(?:tỉnh|tỉnh ủy|thành phố|TP\.?) ?{name}\b", text, re.IGNORECASE)
    return bool(named) and not outright


def _only_communes(found: Sequence[Found]) -> bool:
    """Communes of one name lie in several provinces: a province named outright knows better."""
    return all(one.level == "commune" for one in found)


def _successors(title: Sequence[Found], sapo: Sequence[Found]) -> list[Found]:
    """Of the standfirst what the title's former provinces are part of now."""
    former = {one.name for one in title if one.as_written != one.name}
    return [one for one in sapo if one.as_written == one.name and one.name in former]


def _without_former(found: Sequence[Found]) -> list[Found]:
    """Former provinces are left out beside the one they are part of now."""
    written = {one.as_written for one in found}
    return [one for one in found if one.name == one.as_written or one.name not in written]


def _of_body(paragraphs: Sequence[str], day: date) -> tuple[Found, ...]:
    """The one province that a body names again and again, where it does."""
    counts: Counter[str] = Counter()
    first: dict[str, Found] = {}
    for mention in mentions_of("\n".join(paragraphs), merged=day >= MERGED_ON):
        found = _found(mention, day, "body")
        first.setdefault(found.as_written, found)
        counts[found.as_written] += 1
    if not counts:
        return ()
    (name, count), *_ = counts.most_common(1)
    return (first[name],) if count >= _OFTEN and count >= _MOSTLY * counts.total() else ()


def _found(mention: Mention, day: date, field: Field) -> Found:
    province = tables().provinces[mention.code]
    named = mention.level == "province"
    return Found(
        name=name_on(province, day),
        as_written=province.name if named else name_on(province, day),
        text=mention.text,
        field=field,
        level=mention.level,
    )


def _distinct(found: Iterable[Found]) -> tuple[Found, ...]:
    first: dict[str, Found] = {}
    for one in found:
        first.setdefault(one.as_written, one)
    return tuple(first.values())

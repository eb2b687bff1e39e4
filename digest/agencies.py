"""Agencies in text: central ones and those of a province, a district, a commune, each with its place.

"Sở Xây dựng" means a province's: the one named beside it, else the one named last before it, else the one the text is
about. An agency keeps its written name beside the name of what does its work on the day: Bộ Kế hoạch và Đầu tư is part
of Bộ Tài chính since 1/3/2025. Ministries and parliaments of other countries, and football clubs of the police, are none.
"""

import bisect
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from digest.model import Article
from digest.places import MERGED_ON, name_on, provinces_of_article
from digest.places_data.agency_names import Entry, Spotted, spotted
from digest.places_data.communes import is_district
from digest.places_data.gazetteer import SURNAMES, names_somebody
from digest.places_data.reading import Read, read_article, read_text
from digest.places_data.tables import Field, fold_word, tables
from digest.units import Unit, every_unit

Level = Literal["central", "province", "district", "commune"]

_COUNTRIES = (
    "Mỹ|Nga|Trung Quốc|Nhật(?: Bản)?|Hàn Quốc|Triều Tiên|Thái Lan|Ukraine|Israel|Iran|Ấn Độ|Campuchia|Lào(?! Cai)|Indonesia|"
    "Malaysia|Philippines|Singapore|Myanmar|Úc|Australia|New Zealand|Canada|Brazil|Mexico|Venezuela|Cuba|Pakistan|"
    "Afghanistan|Qatar|Ả Rập Xê Út|Ai Cập|Thổ Nhĩ Kỳ|Syria|Iraq|Lebanon|Belarus|Ba Lan|Hà Lan|Tây Ban Nha|Thụy Điển|"
    "Thụy Sĩ|Na Uy|Đan Mạch|Phần Lan|Hungary|Slovakia|Romania|Bulgaria|Serbia|Hy Lạp|Đài Loan|Hồng Kông|Nam Phi|Nigeria|"
    "Argentina|Colombia|Nepal|Bangladesh|Sri Lanka|Mông Cổ|Kazakhstan|UAE|Timor Leste|Greenland|Italy"
)
_SHORT_COUNTRIES = "Anh|Pháp|Đức|Ý|Bỉ|Séc|EU"  # persons' names, too
_ABROAD_AFTER = re.compile(rf"\s(?:của\s|nước\s)?(?:{_COUNTRIES}|{_SHORT_COUNTRIES}|này|nước này|nước ngoài)\b")
_ABROAD = re.compile(rf"\b(?:{_COUNTRIES}|Tổng thống|Nhà Trắng|Điện Kremlin)\b")
_AT_HOME = re.compile(r"\bViệt\b|\bVN\b|VNĐ|TP\.?\s?HCM")
_SPORT = re.compile(r"V-League|\bCLB\b|\bHLV\b|bóng đá|tiền đạo|thủ môn|bàn thắng|trận đấu|Cúp Quốc gia", re.IGNORECASE)
_ELECTED = re.compile(r"\b(?:bầu cử|ứng cử|trúng cử|bầu)\b[^.;:]{0,60}$", re.IGNORECASE)
_BEFORE_PLACE = re.compile(r"\s?\(?\s?(?:tỉnh |thành phố |TP\.? ?|T\.P\.? ?|của |Thủ đô )?", re.IGNORECASE)
# "công an" in small letters is the police in general, but for "công an tỉnh", "công an xã".
_PLACED = re.compile(r" (?:tỉnh|thành phố|xã|phường|quận|huyện|thị xã|thị trấn|đặc khu)\b")
_FOLLOWING = re.compile(r"\s([^\W\d_]+)")
_GENERAL = re.compile(r"\s(?:các|cấp|nhân dân)\b", re.IGNORECASE)
_LEVEL = re.compile(
    r"\s(?:(tỉnh|thành phố|TP|địa phương)|(quận|huyện|thị xã)|(xã|phường|thị trấn|đặc khu))(?:,|\.|\)|;|:|\s|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """An agency a text names.

    `name` is the full name of what does its work on the day, `as_written` the full name of what the text calls it,
    `text` the words, from `start` of their field on. `province` (as of the day) is where a local agency stands, None
    where nothing tells; `unit` the district or commune it belongs to.
    """

    name: str
    as_written: str
    text: str
    start: int
    level: Level
    field: Field = "body"
    province: str | None = None
    unit: str | None = None

    @property
    def full_name(self) -> str:
        """`Sở Xây dựng TP.HCM`, `Ủy ban nhân dân phường Tân Định`."""
        return " ".join(part for part in (self.name, self.unit or self.province) if part)


def agencies_in(text: str, *, day: date, hints: Sequence[str] = ()) -> tuple[Agency, ...]:
    """Every agency a text names, once, in order; `hints` are provinces it is known to be about, likeliest first."""
    return _agencies([read_text(text, "body", merged=day >= MERGED_ON)], day, hints)


def agencies_of_article(article: Article, *, day: date, hints: Sequence[str] = ()) -> tuple[Agency, ...]:
    """Every agency that title, standfirst and body name; `hints`: say, the province of the outlet."""
    about = [found.name for found in provinces_of_article(article, day=day)]
    return _agencies(read_article(article, day >= MERGED_ON), day, [*about, *hints])


@dataclass(frozen=True, slots=True)
class _Place:
    """A province or unit at its place in a text."""

    start: int
    province: str
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class _Text:
    """A text with the places it names in order, and what is known from the texts beside it."""

    read: Read
    places: Sequence[_Place]
    elsewhere: str  # the province that stands for an agency before which none is named; may be empty
    communes: Mapping[str, Unit]


def _agencies(fields: Sequence[Read], day: date, hints: Sequence[str]) -> tuple[Agency, ...]:
    seen = [list(spotted(one.text)) for one in fields]
    if not any(seen):
        return ()
    abroad = _abroad(fields, seen)
    sport = any(_SPORT.search(one.text) for one in fields)
    found: dict[tuple[str, str | None, str | None], Agency] = {}
    for text, names in zip(_texts(fields, day, hints), seen, strict=True):
        for one in names:
            if one.entry.name in abroad or (sport and one.entry.name == "Công an") or _is_elected(text, one):
                continue
            agency = _agency(text, one, day)
            if agency is not None:
                found.setdefault((agency.name, agency.province, agency.unit), agency)
    return tuple(found.values())


def _abroad(fields: Sequence[Read], seen: Sequence[Sequence[Spotted]]) -> set[str]:
    """The names that these texts use for agencies of another country."""
    pairs = [
        (one.text, name) for one, names in zip(fields, seen, strict=True) for name in names if not name.entry.local
    ]
    abroad = {name.entry.name for text, name in pairs if _ABROAD_AFTER.match(text, name.end) or _a_stranger(text, name)}
    somewhere_else = any(_ABROAD.search(one.text) for one in fields)
    at_home = any(one.mentions or _AT_HOME.search(one.text) for one in fields) or any(_of_a_native(*it) for it in pairs)
    if somewhere_else and not at_home:
        abroad |= {name.entry.name for _, name in pairs if not name.entry.name.startswith("Cục")}
    return abroad


def _a_stranger(text: str, name: Spotted) -> bool:
    """Whether the head of government or of a ministry has a name that begins with no Vietnamese surname."""
    headed = name.by_chief or text[name.start : name.end].lower().endswith("thủ tướng")
    following = _FOLLOWING.match(text, name.end)
    return headed and following is not None and following[1][0].isupper() and fold_word(following[1]) not in SURNAMES


def _of_a_native(text: str, name: Spotted) -> bool:
    """Whether somebody with a Vietnamese surname is named right after it: its minister, its spokesman."""
    following = _FOLLOWING.match(text, name.end)
    return following is not None and following[1][0].isupper() and fold_word(following[1]) in SURNAMES


def _is_elected(text: _Text, one: Spotted) -> bool:
    """Whether a people's council is only what somebody stands for."""
    council = one.entry.name in ("Hội đồng nhân dân", "Quốc hội")
    return council and bool(_ELECTED.search(text.read.text, max(0, one.start - 80), one.start))


def _texts(fields: Sequence[Read], day: date, hints: Sequence[str]) -> Iterator[_Text]:
    units = every_unit(fields, day=day, hints=hints)
    placed = [_places(one, its, day) for one, its in zip(fields, units, strict=True)]
    named = [place.province for places in placed for place in places if place.province]
    # Better a university's province than none.
    aside = [name_on(tables().provinces[it.code], day) for one in fields for it in one.mentions]
    elsewhere = next(iter([*named, *hints, *aside]), "")
    communes = {unit.full_name: unit for its in units for unit in its if not is_district(unit.kind)}
    for one, places in zip(fields, placed, strict=True):
        yield _Text(one, places, elsewhere, communes)


def _places(one: Read, units: Sequence[Unit], day: date) -> list[_Place]:
    provinces = tables().provinces
    named = [
        _Place(mention.start, name_on(provinces[mention.code], day))
        for mention in one.mentions
        if mention.level != "commune" and not names_somebody(one.text, mention.start)
    ]
    # A unit comes before the city of the same name that the gazetteer sees at its place.
    return sorted(
        [*(_Place(unit.start, unit.province or "", unit) for unit in units), *named], key=lambda one: one.start
    )


def _agency(text: _Text, one: Spotted, day: date) -> Agency | None:
    if not one.entry.local:
        return _central(text, one, one.entry.name, one.entry.on(day))
    whole = text.read.text
    if _GENERAL.match(whole, one.end) or (
        whole[one.start :].startswith("công an") and not _PLACED.match(whole, one.end)
    ):
        return None
    beside = _beside(text, one)
    if beside is not None:
        return _local(text, one, day, beside.province, beside.unit)
    return _without_place(text, one, day, _LEVEL.match(whole, one.end))


def _beside(text: _Text, one: Spotted) -> _Place | None:
    """The place right after an agency's name, or the unit that the name is part of: "Quận ủy Thủ Đức"."""
    at = bisect.bisect_left(text.places, one.start, key=lambda it: it.start)
    following = next((it for it in text.places[at : at + 3] if it.start == one.start or it.start >= one.end), None)
    if following is None or following.start == one.start:
        return following
    return following if _BEFORE_PLACE.fullmatch(text.read.text, one.end, following.start) else None


def _without_place(text: _Text, one: Spotted, day: date, level: re.Match[str] | None) -> Agency | None:
    """A local agency whose place the text says by its level ("UBND tỉnh", "UBND xã"), or leaves to be known."""
    kind = (level.lastindex or 0) if level else 0
    if kind > 1:
        # "UBND xã" is that of the one commune spoken of; of several, and of districts, it is any.
        unit = next(iter(text.communes.values())) if kind == 3 and len(text.communes) == 1 else None
        return _local(text, one, day, unit.province or "", unit) if unit else None
    province = _nearest(text, one)
    if level and province:
        return _local(text, one, day, province, None)
    if one.entry.central:
        return _central(text, one, one.entry.central, one.entry.central)
    return _local(text, one, day, province, None) if one.entry.alone and _may_stand_alone(one.entry, province) else None


def _may_stand_alone(entry: Entry, province: str) -> bool:
    """A "Sở Nội vụ" is some province's; "UBND" and "HĐND" are of any level, where nothing tells whose."""
    return bool(province) or entry.name.startswith("Sở ")


def _nearest(text: _Text, one: Spotted) -> str:
    """The province named last before it, else the first of the texts beside."""
    before = text.places[: bisect.bisect_left(text.places, one.start, key=lambda it: it.start)]
    return next((place.province for place in reversed(before) if place.province), "") or text.elsewhere


def _central(text: _Text, one: Spotted, written: str, name: str) -> Agency:
    return Agency(
        name=name,
        as_written=written,
        text=text.read.text[one.start : one.end],
        start=one.start,
        level="central",
        field=text.read.field,
    )


def _local(text: _Text, one: Spotted, day: date, province: str, unit: Unit | None) -> Agency:
    level: Level = "province" if unit is None else "district" if is_district(unit.kind) else "commune"
    return Agency(
        name=one.entry.on(day),
        as_written=one.entry.name,
        text=text.read.text[one.start : one.end],
        start=one.start,
        level=level,
        field=text.read.field,
        province=province or None,
        unit=unit.full_name if unit else None,
    )

"""Units below the province in text: districts and communes of before and after 1/7/2025, each in its province.

Many names are shared: there are communes called Tân Thành in a dozen provinces, and persons, streets and rivers are
named alike. A unit is known by its kind ("xã", "P.", "huyện ủy"), well-known cities by their name alone. Which of several
it is, the province named beside it decides, then a province named elsewhere in the text, then one that is handed in;
else it stays undecided, and `Unit.candidates` says between which.
"""

import bisect
import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from digest.model import Article
from digest.places import MERGED_ON, name_on, provinces_of_article
from digest.places_data.communes import Kind, Row, is_district, rows_of
from digest.places_data.gazetteer import Mention, names_somebody
from digest.places_data.reading import Read, read_article, read_text
from digest.places_data.tables import Field, tables
from digest.places_data.unit_names import Named

_BESIDE = re.compile(
    r"[\s,)]*(?:[(–-]?\s?(?:thuộc|của|ở|nay (?:là|thuộc)|trước đây (?:là|thuộc))\s|\(|[–-]\s)?\s?(?:tỉnh |thành phố |TP\.? ?|"
    r"thủ đô )?",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"\s?(?:,|-|–)?\s?\(?(?:(?:trước đây|cũ|nay) (?:là|thuộc) |thuộc |của )?", re.IGNORECASE)
_ALONGSIDE = re.compile(r"(?:,| và|;)\s", re.IGNORECASE)
_FORMER_AFTER = re.compile(
    r"[\s,(]*(?:cũ\b|trước đây\b(?! (?:là|thuộc|gọi))|trước (?:khi )?sáp nhập|nay (?:là|thuộc)\b)", re.IGNORECASE
)
_FORMER_BEFORE = re.compile(r"(?:trước đây|nguyên|vốn)(?: là| thuộc)\s(?:[^()]*)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit a text names.

    `kind` is the text's own, in full ("phường" for "P."); `text` the words that name it, from `start` of its field on.
    `province` is the province's name as of the day, None where several have such a unit and nothing decides
    (`candidates` then names these); `province_as_written` the former or present name the text puts beside it, if any.
    `former` says that the unit had ended by the day; `now` what it is on that day: itself, or its successors, the one
    that got most of it first.
    """

    name: str
    kind: Kind
    text: str
    start: int
    field: Field = "body"
    province: str | None = None
    province_as_written: str | None = None
    candidates: tuple[str, ...] = ()
    former: bool = False
    now: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        """`phường Tân Định`."""
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class _Choice:
    """The rows a unit may be, its province's mention where one beside it decided."""

    rows: tuple[Row, ...]
    mention: Mention | None = None


def units_in(text: str, *, day: date, hints: Sequence[str] = ()) -> tuple[Unit, ...]:
    """Every unit a text names, once, in order; `hints` are provinces it is known to be about, likeliest first."""
    return units_of([read_text(text, "body", merged=day >= MERGED_ON)], day=day, hints=hints)


def units_of_article(article: Article, *, day: date, hints: Sequence[str] = ()) -> tuple[Unit, ...]:
    """Every unit that title, standfirst and body name; `hints`: say, the province of the outlet."""
    about = [found.name for found in provinces_of_article(article, day=day)]
    return units_of(read_article(article, day >= MERGED_ON), day=day, hints=[*about, *hints])


def units_of(fields: Sequence[Read], *, day: date, hints: Sequence[str] = ()) -> tuple[Unit, ...]:
    """The units of texts that belong together, each once; one named without its kind is that named with it."""
    found: dict[tuple[str, str, str | None], Unit] = {}
    with_kind: set[str] = {named.rows[0].name for one in fields for named in one.named if not named.bare}
    for one, units in zip(fields, every_unit(fields, day=day, hints=hints), strict=True):
        for named, unit in zip(one.named, units, strict=True):
            if not (named.bare and named.rows[0].name in with_kind):
                found.setdefault((unit.kind, unit.name, unit.province), unit)
    return _without_undecided(found.values())


def every_unit(fields: Sequence[Read], *, day: date, hints: Sequence[str] = ()) -> list[list[Unit]]:
    """Of each text every mention of a unit."""
    context = list(dict.fromkeys([*(_home(one.code, day) for one in _outright(fields)), *hints]))
    return [
        [
            _unit(one, named, _decided(one, named, choice, context, day), day)
            for named, choice in zip(one.named, _choices(one, day), strict=True)
        ]
        for one in fields
    ]


def _outright(fields: Iterable[Read]) -> list[Mention]:
    """The provinces that texts name, not by a commune, nor as part of a university's or a company's name."""
    named = ((it, one) for it in fields for one in it.mentions if one.level != "commune")
    return [one for it, one in named if not names_somebody(it.text, one.start)]


def _without_undecided(units: Iterable[Unit]) -> tuple[Unit, ...]:
    """Without units that are decided elsewhere in the text."""
    units = list(units)
    known = {(unit.kind, unit.name) for unit in units if unit.province}
    return tuple(unit for unit in units if unit.province or (unit.kind, unit.name) not in known)


def _home(code: str, day: date) -> str:
    """The province of a code on the day."""
    return name_on(tables().provinces[code], day)


def _choices(one: Read, day: date) -> list[_Choice]:
    """What stands beside each unit: its district, its province, a unit that has these; read from the end."""
    choices: list[_Choice] = []
    following: Named | None = None
    for named in reversed(one.named):
        choice = _beside(one, named, day)
        if choice.mention is None and following is not None:
            choice = _by_the_next(one.text, named, following, choices[-1], day)
        choices.append(choice)
        following = named
    return choices[::-1]


def _beside(one: Read, named: Named, day: date) -> _Choice:
    """The rows of a unit that lie in the province named right after it; all where none is."""
    at = bisect.bisect_left(one.mentions, named.end, key=lambda it: it.start)
    mention = next((it for it in one.mentions[at : at + 2] if it.level != "commune"), None)
    if mention is None or not _BESIDE.fullmatch(one.text, named.end, mention.start):
        return _Choice(named.rows)
    if mention.level != "province" and is_district(named.kind):  # "Nha Trang, Tam Kỳ": two cities
        return _Choice(named.rows)
    if mention.level == "province":
        exact = tuple(row for row in named.rows if row.former and row.code == mention.code)
        if exact and tables().provinces[mention.code].now != tables().provinces[mention.code].name:
            return _Choice(exact, mention)
    home = _home(mention.code, day)
    inside = tuple(row for row in named.rows if _home(row.code, day) == home)
    # A province named outright is believed even where it is not known to have such a unit: lists grow old.
    return (
        _Choice(inside, mention) if inside or (mention.level == "province" and not named.bare) else _Choice(named.rows)
    )


def _by_the_next(text: str, named: Named, following: Named, its: _Choice, day: date) -> _Choice:
    """A commune lies in the district named after it; units listed together lie in the province named after them."""
    gap = text[named.end : following.start]
    if is_district(following.kind) and not is_district(named.kind) and _WITHIN.fullmatch(gap):
        inside = _inside(named.rows, its.rows, day, also_present="(" in gap)
        if inside:
            return _Choice(inside, its.mention)
    if its.mention is not None and (_WITHIN.fullmatch(gap) or _ALONGSIDE.fullmatch(gap)):
        home = _home(its.mention.code, day)
        inside = tuple(row for row in named.rows if _home(row.code, day) == home)
        return _Choice(inside, its.mention) if inside else _Choice(named.rows)
    return _Choice(named.rows)


def _inside(rows: Sequence[Row], districts: Sequence[Row], day: date, *, also_present: bool) -> tuple[Row, ...]:
    """Of some communes those in a district; "xã A (huyện B cũ)" speaks of the present one where B was."""
    inside = tuple(row for row in rows for it in districts if (row.district, row.code) == (it.name, it.code))
    homes = {_home(it.code, day) for it in districts} if also_present else set[str]()
    return (*(row for row in rows if not row.former and _home(row.code, day) in homes), *inside)


def _decided(one: Read, named: Named, choice: _Choice, others: Sequence[str], day: date) -> _Choice:
    """The rows that are left when everything that decides has been asked; of one province, or of several."""
    if not choice.rows:
        return choice
    former = _FORMER_AFTER.match(one.text, named.end) or _FORMER_BEFORE.search(
        one.text[max(0, named.start - 60) : named.start]
    )
    ranks = _ranked(named, choice.rows, former_first=day < MERGED_ON or bool(former))
    if choice.mention is not None:
        return _Choice(ranks[0], choice.mention)
    for rows, home in itertools.product(ranks, others):
        inside = tuple(row for row in rows if _home(row.code, day) == home)
        if inside:
            return _Choice(inside)
    return _Choice(ranks[0])


def _ranked(named: Named, rows: Sequence[Row], *, former_first: bool) -> list[tuple[Row, ...]]:
    """Rows by what the writer means: units of the time before others, the kind as written before others."""
    keys = sorted({(row.former is not former_first, row.kind != named.kind) for row in rows})
    return [
        tuple(row for row in rows if (row.former is not former_first, row.kind != named.kind) == key) for key in keys
    ]


def _unit(one: Read, named: Named, choice: _Choice, day: date) -> Unit:
    rows = choice.rows
    provinces = list(dict.fromkeys(_home(row.code, day) for row in rows))
    mention = choice.mention
    known = rows[0] if rows and len(provinces) == 1 else None
    unit = Unit(
        name=(rows or named.rows)[0].name,
        kind=named.kind,
        text=one.text[named.start : named.end],
        start=named.start,
        field=one.field,
        former=bool(rows) and all(_has_ended(row, day) for row in rows),
        now=_now(known, day) if known else (),
    )
    if mention is not None:
        province = tables().provinces[mention.code]
        written = province.name if mention.level == "province" else None
        return replace(unit, province=name_on(province, day), province_as_written=written)
    if len(provinces) == 1:
        return replace(unit, province=provinces[0])
    return replace(unit, candidates=tuple(provinces))


def _has_ended(row: Row, day: date) -> bool:
    return row.former and day >= (row.until or MERGED_ON)


def _now(row: Row, day: date) -> tuple[str, ...]:
    """What a unit is on the day: itself, or what it became part of, and that in turn."""
    if not _has_ended(row, day):
        return (f"{row.kind} {row.name}",)
    if row.until is None or day < MERGED_ON:
        return row.to
    return tuple(name for unit in row.to for later in rows_of(unit, row.code) for name in later.to)

"""The values of `digest.model` as JSON: read with the bad field named, written in one order.

Reading is tolerant where the contract is (a missing field, an unknown field, null for unknown) and strict elsewhere
(a wrong type, a time without an offset). Text is normalised here, once, on entry.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar, cast

import msgspec

from digest.errors import InputError
from digest.model import AREA_KEYS, LINK_ONLY, SECTION_KEYS, VIETNAM, Article, Issue, Item, Judgement, StoryMark
from digest.text import normalise, one_line

Raw = dict[str, Any]
_T = TypeVar("_T")
_DEEPEST = 20  # an issue's image stands six levels deep
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


def parse(line: str | bytes, *, source: str = "", number: int | None = None) -> Raw:
    """One JSON object; InputError names the source and the line."""
    try:
        raw = json.loads(line, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise InputError(f"not JSON: {reason}", source=source, line=number) from error
    if not isinstance(raw, dict):
        raise InputError("expected a JSON object", source=source, line=number)
    if _is_deeper(raw, _DEEPEST):
        raise InputError("not JSON of ours: nested too deeply", source=source, line=number)
    return raw


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number in JSON")


def _is_deeper(raw: object, levels: int) -> bool:
    """Whether lists and objects stand inside one another more than `levels` times."""
    inner = [raw]
    for _ in range(levels):
        inner = [
            one
            for outer in inner
            for one in (outer.values() if isinstance(outer, dict) else outer if isinstance(outer, list) else ())
            if isinstance(one, dict | list)
        ]
        if not inner:
            return False
    return True


def dump(value: object) -> Raw:
    """A value as plain JSON types, fields in the order of its class."""
    raw = cast("Raw", msgspec.to_builtins(value))
    if isinstance(value, Issue):
        if value.corrects is None:
            del raw["corrects"]
        for item in (item for section in raw["sections"] for item in section["items"]):
            if not item["charts"]:  # an issue without charts keeps the bytes and the hash it had before there were any
                del item["charts"]
            _drop_unkept(item)
    if isinstance(value, Article | Item):
        _drop_unkept(raw)
    return raw


def _drop_unkept(raw: Raw) -> None:
    """A picture of which no copy is kept keeps the bytes and the hash it had before there were any."""
    for image in raw["images"]:
        if image["kept"] is None:
            del image["kept"]


def dumps(raw: Mapping[str, Any], *, indent: int | None = None) -> str:
    """JSON text with Vietnamese letters as they are."""
    return json.dumps(raw, ensure_ascii=False, indent=indent)


def article_from(raw: Raw, *, source: str = "", number: int | None = None) -> Article:
    """An article from its line. A line without `id` gets one from its address, else from its text."""
    known = _only(raw, Article)
    for name in ("published", "fetched"):
        _replace(known, name, moment_from, source, number)
    known.setdefault("id", _derived_id(known))
    if "title" in known and isinstance(known["title"], str):
        known["title"] = one_line(known["title"])
    return _convert(known, Article, source, number)


def judgement_from(raw: Raw, *, source: str = "", number: int | None = None) -> Judgement | None:
    """The judgement on an article's line, None where the line was not judged yet."""
    if raw.get("relevance") is None:
        return None
    judgement = _convert(_only(raw, Judgement), Judgement, source, number)
    sections = (judgement.section,) if judgement.section else ()
    for field, given, keys in (("section", sections, SECTION_KEYS), ("areas", judgement.areas, AREA_KEYS)):
        for key in given:
            if key not in keys:
                message = f"{key!r} is unknown; known: {', '.join(keys)}"
                raise InputError(message, source=source, line=number, field=field)
    if not 0 <= judgement.relevance <= 1:
        raise InputError("not between 0 and 1", source=source, line=number, field="relevance")
    return judgement


def story_from(raw: Raw, *, source: str = "", number: int | None = None) -> StoryMark | None:
    """The story on an article's line, None where stories were not grouped yet."""
    if raw.get("story") is None:
        return None
    return _convert(_only(raw, StoryMark), StoryMark, source, number)


def issue_from(raw: Raw, *, source: str = "") -> Issue:
    """An issue from its JSON, text normalised."""
    known = cast("Raw", _clean(raw))
    try:
        _printed_day(known)
    except (TypeError, ValueError) as error:
        raise InputError(str(error), source=source, field="sections[].items[].published") from error
    issue = _convert(known, Issue, source, None)
    _check_size(issue, source)
    if not _FIRST_YEAR <= issue.date.year <= _LAST_YEAR:
        raise InputError(f"not between {_FIRST_YEAR} and {_LAST_YEAR}", source=source, field="date")
    return issue


def _check_size(issue: Issue, source: str) -> None:
    """InputError for what no bulletin is: setting it would take minutes and gigabytes."""
    items = [item for section in issue.sections for item in section.items]
    sizes = [
        ("sections[].items", "items in an issue", len(items), 2_000),
        ("headline", "characters", max((len(item.headline) for item in items), default=0), 50_000),
        ("contents_line", "characters", max((len(item.contents_line) for item in items), default=0), 50_000),
        ("paragraphs", "paragraphs in an item", max((len(item.paragraphs) for item in items), default=0), 5_000),
        (
            "paragraphs[]",
            "characters",
            max((len(text) for item in items for text in item.paragraphs), default=0),
            200_000,
        ),
    ]
    for field, what, size, most in sizes:
        if size > most:
            place = field if field.startswith("sections") else f"sections[].items[].{field}"
            raise InputError(f"{size} {what}; at most {most} are printed", source=source, field=place)


def content_hash(issue: Issue) -> str:
    """SHA-256 (hex) of what is printed: profile, number, date and sections; not version, status and what it corrects.

    Of an item's flags only the one that decides what is printed counts.
    """
    bare = tuple(
        replace(section, items=tuple(replace(item, flags=_printed_flags(item)) for item in section.items))
        for section in issue.sections
    )
    printed = dump(replace(issue, sections=bare))
    for name in ("hash", "status", "version", "corrects"):
        printed.pop(name, None)
    canonical = json.dumps(printed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def _printed_flags(item: Item) -> tuple[str, ...]:
    return (LINK_ONLY,) if LINK_ONLY in item.flags else ()


def moment_from(text: object) -> datetime:
    """An aware moment from ISO 8601; a day alone is its midnight in Việt Nam; ValueError for anything else."""
    if not isinstance(text, str):
        raise TypeError(f"expected a time as text, got {type(text).__name__}")
    cleaned = text.strip().replace(" +", "+")
    if len(cleaned) == len("2023-12-11"):
        return datetime.combine(day_from(cleaned), datetime.min.time(), VIETNAM)
    moment = datetime.fromisoformat(cleaned)
    if moment.tzinfo is None:
        raise ValueError(f"time without an offset: {text!r}; write it as 2023-12-11T07:00:00+07:00")
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise ValueError(f"{text!r} is not between {_FIRST_YEAR} and {_LAST_YEAR}")
    return moment


def day_from(text: str) -> date:
    """A day from ISO 8601; ValueError for what is none, and for a year that no bulletin can have."""
    day = date.fromisoformat(text)
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueError(f"{text!r} is not between {_FIRST_YEAR} and {_LAST_YEAR}")
    return day


def _replace(raw: Raw, name: str, read: Callable[[object], object], source: str, number: int | None) -> None:
    if name not in raw:
        return
    try:
        raw[name] = read(raw[name])
    except (TypeError, ValueError) as error:
        raise InputError(str(error), source=source, line=number, field=name) from error


def _only(raw: Raw, kind: type) -> Raw:
    names = kind.__dataclass_fields__  # type: ignore[attr-defined]  # every caller passes a dataclass
    return cast("Raw", _clean({name: raw[name] for name in names if name in raw}))


def _clean(value: object) -> object:
    """The same tree with text normalised and what says nothing (null, a blank text in an object) left out."""
    if isinstance(value, str):
        return normalise(value).strip()
    if isinstance(value, dict):
        cleaned = {name: _clean(inner) for name, inner in value.items()}
        return {name: inner for name, inner in cleaned.items() if inner is not None and inner != ""}
    if isinstance(value, list | tuple):
        return [_clean(inner) for inner in value]
    return value


def _convert(raw: object, kind: type[_T], source: str, number: int | None) -> _T:
    try:
        return msgspec.convert(raw, kind, builtin_types=(datetime,))
    except msgspec.ValidationError as error:
        message, _, place = str(error).partition(" - at `")
        field = place.rstrip("`").removeprefix("$").removeprefix(".")
        raise InputError(message, source=source, line=number, field=field) from error


def _derived_id(raw: Raw) -> str:
    text = (raw.get("title"), raw.get("sapo"), raw.get("paragraphs"))
    seed = raw.get("url") or json.dumps(text, ensure_ascii=False, default=str)
    return hashlib.sha256(str(seed).encode()).hexdigest()[:16]


def _printed_day(raw: Raw) -> Raw:
    """An item's `published` is a day; a full time, as an article has it, is cut to its Vietnamese day."""
    sections = raw.get("sections")
    for section in sections if isinstance(sections, list) else ():
        items = section.get("items") if isinstance(section, dict) else None
        for item in items if isinstance(items, list) else ():
            published = item.get("published") if isinstance(item, dict) else None
            if isinstance(published, str) and len(published) > len("2023-12-11"):
                item["published"] = moment_from(published).astimezone(VIETNAM).date().isoformat()
    return raw

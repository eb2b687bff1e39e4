"""A profile: one bulletin series as data (TOML), checked at load.

A profile is a file of `digest/profiles/`, or a file of the office given by its path; every key not known and every
value of a wrong type is one ProfileError that names the file, the key and the remedy.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from digest.errors import ProfileError
from digest.model import SECTION_KEYS

Millimetres = Annotated[float, Meta(ge=5, le=80)]
Hour = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")  # it becomes part of file names
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
SHIPPED = Path(__file__).with_name("profiles")


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionRule:
    """A printed section and how many items it takes at most."""

    key: str
    title: str
    at_most: Annotated[int, Meta(ge=1, le=500)] = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """Where the items of a section that is not printed go: `with_province` when a province acts, else `otherwise`."""

    key: str
    with_province: str
    otherwise: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Masthead:
    """The words at the top of page 1, as the readers know them."""

    kicker: str = "Bản tin"
    name: str = "Điểm báo"
    topic: str = "CẢI CÁCH HÀNH CHÍNH"
    frequency: str = "(Phát hành hàng ngày từ thứ Hai đến thứ Sáu)"
    intro: str = "Trong ngày, một số vấn đề được báo chí quan tâm phản ánh:"
    show_number: bool = False
    logo: str | None = None
    colour: str = "#c00000"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """How many items, and how they are spread."""

    at_least: Annotated[int, Meta(ge=0, le=500)] = 10
    at_most: Annotated[int, Meta(ge=1, le=500)] = 20
    per_outlet: Annotated[int, Meta(ge=1, le=500)] = 1
    per_province: Annotated[int, Meta(ge=1, le=500)] = 2
    window_days: Annotated[int, Meta(ge=0, le=60)] = 1  # working days before the day whose articles still count
    first_provinces: tuple[str, ...] = ("Hà Nội", "TP.HCM")
    own_province: str | None = None
    places_leading_headlines: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """How much of an article is printed."""

    words: Annotated[int, Meta(ge=20, le=100_000)] = 750
    keep_closing_mark: bool = False  # an article's own "./."


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """`(Baolua.example 10/12, Lê Bến)`; in the official style months 1 and 2 take a zero, the others none."""

    padded_months: tuple[Annotated[int, Meta(ge=1, le=12)], ...] = (1, 2)
    author: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The page as it is printed; lengths in millimetres, sizes in points."""

    paper: Literal["a4", "19x27"] = "a4"
    margin_top: Millimetres = 20
    margin_bottom: Millimetres = 20
    margin_left: Millimetres = 30
    margin_right: Millimetres = 15
    font_size: Annotated[float, Meta(ge=6, le=30)] = 13
    page_number: Literal["bottom-right", "bottom-centre", "top-centre"] = "bottom-centre"
    running_head: bool = True
    print_address: bool = False
    back_to_top: str = "Về đầu trang"
    closing: str = "./."


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """Who issues, who makes, how to reach them."""

    issuer: str = ""
    maker: str = ""
    contact: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """The day's steps, HH:MM in Việt Nam."""

    collect: Hour = "05:00"
    draft: Hour = "07:30"
    freeze: Hour = "09:30"
    submit: Hour = "10:00"
    publish: Hour = "10:30"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One bulletin series."""

    id: str
    name: str
    sections: tuple[SectionRule, ...]
    folds: tuple[Fold, ...] = ()
    masthead: Masthead = Masthead()
    choice: Choice = Choice()
    length: Length = Length()
    source_line: SourceLine = SourceLine()
    layout: Layout = Layout()
    imprint: Imprint = Imprint()
    hours: Hours = Hours()

    def title_on(self, day: date) -> str:
        """The document's title, as metadata and mail subjects carry it."""
        return f"{self.masthead.name} {self.masthead.topic.capitalize()} {day:%d/%m/%Y}"


def shipped_names() -> tuple[str, ...]:
    """The ids of the profiles in the package."""
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.toml")))


def load(name: str) -> Profile:
    """A shipped profile by its id, or a profile file by its path (with a slash or ending in .toml)."""
    is_path = "/" in name or name.endswith(".toml")
    path = Path(name) if is_path else SHIPPED / f"{name}.toml"
    try:
        text = path.read_text(encoding="utf-8-sig")  # Notepad writes the mark at the beginning
    except UnicodeDecodeError as error:
        raise ProfileError(f"profile {name}: is not UTF-8 text; save it as UTF-8") from error
    except (OSError, ValueError) as error:
        known = ", ".join(shipped_names())
        reason = error.strerror if isinstance(error, OSError) else "no file's name"
        raise ProfileError(f"profile {name}: {reason}; give a file's path or one of: {known}") from error
    return parse(text, source=str(path) if is_path else name)


def parse(text: str, *, source: str) -> Profile:
    """A profile from TOML text; `source` is the name messages use."""
    try:
        raw = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ProfileError(f"profile {source}: not TOML: {error}") from error
    _refuse_unknown(raw, Profile, source, "")
    try:
        profile = msgspec.convert(raw, Profile)
    except msgspec.ValidationError as error:
        message, _, place = str(error).partition(" - at `$.")
        raise ProfileError(f"profile {source}, key {place.rstrip('`') or '(top)'}: {message}") from error
    _check(profile, source)
    return profile


def _refuse_unknown(raw: object, kind: type, source: str, prefix: str) -> None:
    """msgspec passes unknown keys of a dataclass by; a misspelt setting must not be."""
    if not isinstance(raw, dict):
        return
    fields = {field.name: field.type for field in msgspec.inspect.type_info(kind).fields}  # type: ignore[attr-defined]
    for key, value in raw.items():
        if key not in fields:
            raise ProfileError(f"profile {source}, key {prefix}{key}: unknown; known here: {', '.join(sorted(fields))}")
        inner = fields[key]
        entries = value if isinstance(value, list) else [value]
        item = getattr(inner, "item_type", inner)
        for entry in entries:
            if isinstance(item, msgspec.inspect.DataclassType):
                _refuse_unknown(entry, item.cls, source, f"{prefix}{key}.")


def _check(profile: Profile, source: str) -> None:
    problem = next(chain(_contradictions(profile), _misfits(profile)), None)
    if problem:
        raise ProfileError(f"profile {source}{problem}")


def _contradictions(profile: Profile) -> Iterator[str]:
    """What no single value shows: keys that name nothing, sections without a home, limits the wrong way round."""
    printed = [section.key for section in profile.sections]
    folded = {rule.key for rule in profile.folds}
    goals = {goal for rule in profile.folds for goal in (rule.with_province, rule.otherwise)}
    if not printed or len(set(printed)) != len(printed):
        yield ", key sections: needs at least one section, each key once"
    for key in (*printed, *sorted(folded)):
        if key not in SECTION_KEYS:
            yield f": unknown section {key!r}; known: {', '.join(SECTION_KEYS)}"
    for key in SECTION_KEYS:
        if key not in printed and key not in folded:
            yield f": section {key!r} is neither printed nor folded; add a [[folds]] entry for it"
    for goal in sorted(goals.difference(printed)):
        yield f", key folds: folds into {goal!r}, which is not printed"
    if profile.choice.at_least > profile.choice.at_most:
        yield ", key choice.at_least: greater than at_most"


def _misfits(profile: Profile) -> Iterator[str]:
    """Texts that are not of their shape."""
    for key, value, shape, example in (
        ("id", profile.id, _ID, "cchc"),
        ("masthead.colour", profile.masthead.colour, _COLOUR, "#c00000"),
        ("imprint.email", profile.imprint.email or "a@b.vn", _EMAIL, "bantin@tinh.example"),
    ):
        if not shape.fullmatch(value):
            yield f", key {key}: {value!r} will not do; write it like {example}"

"""A profile: one bulletin series as data (TOML), checked at load.

A profile is a file of `digest/profiles/`, or a file of the office given by its path; every key not known and every
value of a wrong type is one ProfileError that names the file, the key and the remedy. A logo and a Word base lie beside
their profile.
"""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from digest.abbreviations import Contents
from digest.errors import ProfileError
from digest.logo import logo_at
from digest.patterns import filled
from digest.profile_checks import problems
from digest.profile_parts import (
    About,
    Approval,
    Copyright,
    Fold,
    Hours,
    Imprint,
    Masthead,
    Numbering,
    SectionRule,
    SourceLine,
)
from digest.word_base import base_at

Millimetres = Annotated[float, Meta(ge=5, le=80)]
SHIPPED = Path(__file__).with_name("profiles")


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What counts how much when stories are ranked (`digest.ranking`): shares of their sum."""

    relevance: Annotated[float, Meta(gt=0, le=100)] = 1.0
    story: Annotated[float, Meta(ge=0, le=100)] = 0.1
    outlet: Annotated[float, Meta(ge=0, le=100)] = 0.05
    freshness: Annotated[float, Meta(ge=0, le=100)] = 0.05
    reach: Annotated[float, Meta(ge=0, le=100)] = 0.05

    @property
    def beside_relevance(self) -> float:
        """The sum of the others."""
        return self.story + self.outlet + self.freshness + self.reach


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """How many items, and how they are spread."""

    at_least: Annotated[int, Meta(ge=0, le=500)] = 10
    at_most: Annotated[int, Meta(ge=1, le=500)] = 20
    per_outlet: Annotated[int, Meta(ge=1, le=500)] = 1
    per_province: Annotated[int, Meta(ge=1, le=500)] = 2
    window: Literal["days", "month"] = "days"  # "month": since the same day of the month before
    window_days: Annotated[int, Meta(ge=0, le=60)] = 1  # working days before the day whose articles still count
    order: Literal["place", "score", "newest", "oldest"] = "place"  # inside a section
    first_provinces: tuple[str, ...] = ("Hà Nội", "TP.HCM")
    own_province: str | None = None
    near_miss: Annotated[float, Meta(ge=0, le=1)] = 0.15  # so far below the line a story still stands in the tray
    weights: Weights = Weights()
    places_leading_headlines: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """How much of an article is printed."""

    words: Annotated[int, Meta(ge=20, le=100_000)] = 750
    cut: Literal["tail", "rank"] = "tail"  # a longer one: its beginning, or its weightiest sentences for a brief
    keep_closing_mark: bool = False  # an article's own "./."


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
    page_word: Annotated[str, Meta(max_length=20)] = ""  # before the number: "Trang"
    running_head: bool = True
    print_address: bool = False
    contents: bool = True  # the list at the beginning; without it the file's bookmarks lead to the items
    cover: bool = False  # masthead and contents have page 1 to themselves
    sections: Literal["plain", "banner"] = "plain"  # how their titles stand: in the office's colour, or in a box of it
    sections_on_new_pages: bool = False
    headlines: Literal["left", "centre"] = "left"
    capital_headlines: bool = False
    bold_standfirst: bool = False
    back_to_top: str = "Về đầu trang"
    closing: str = "./."
    base_docx: str | None = None  # the office's own Word file: its styles, page, head and foot

    @property
    def text_width(self) -> float:
        """Millimetres between the margins."""
        return {"a4": 210.0, "19x27": 190.0}[self.paper] - self.margin_left - self.margin_right


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One bulletin series."""

    id: str
    name: str
    sections: tuple[SectionRule, ...]
    folds: tuple[Fold, ...] = ()
    masthead: Masthead = field(default_factory=Masthead)
    choice: Choice = Choice()
    length: Length = Length()
    contents: Contents = field(default_factory=Contents)
    source_line: SourceLine = field(default_factory=SourceLine)
    layout: Layout = Layout()
    imprint: Imprint = field(default_factory=Imprint)
    hours: Hours = field(default_factory=Hours)
    numbering: Numbering = field(default_factory=Numbering)
    copyright: Copyright = field(default_factory=Copyright)
    about: About = field(default_factory=About)
    approval: Approval = field(default_factory=Approval)

    def title_on(self, day: date, number: int | None = None) -> str:
        """The document's title, as metadata and mail subjects carry it."""
        return self.filled(self.masthead.title, day, number) or self.name

    def filled(self, pattern: str, day: date, number: int | None) -> str:
        """A pattern of the masthead as the issue of that day and number prints it."""
        return filled(pattern, day=day, number=number, name=self.masthead.name, topic=self.masthead.topic)


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
    return _with_files(parse(text, source=str(path) if is_path else name), path)


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


def _with_files(profile: Profile, path: Path) -> Profile:
    """The profile with the whole paths of its logo and its Word base, once these were found to be good."""
    masthead, layout = profile.masthead, profile.layout
    if masthead.logo is not None:
        masthead = replace(masthead, logo=_beside(path, "masthead.logo", masthead.logo, logo_at))
    if layout.base_docx is not None:
        layout = replace(layout, base_docx=_beside(path, "layout.base_docx", layout.base_docx, base_at))
    return replace(profile, masthead=masthead, layout=layout)


def _beside(path: Path, key: str, name: str, looked_at: Callable[[Path], object]) -> str:
    file = path.parent.resolve() / name
    try:
        looked_at(file)
    except ProfileError as error:
        raise ProfileError(f"profile {path}, key {key}: {error}") from error
    return str(file)


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
    problem = next(problems(profile), None)
    if problem:
        raise ProfileError(f"profile {source}{problem}")

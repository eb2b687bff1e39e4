"""Labels as people gave them: reading them, and the corrections that hold over what a file says."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from digest.errors import InputError
from digest.model import AREA_KEYS, SECTION_KEYS, Article
from digest.wire import Raw, article_from

CORRECTIONS = Path(__file__).parent / "corrections.toml"
# How an item came to be labelled: every item of a day, picked by keyword, picked where a model was unsure; read once;
# read for its section and areas alone, which says nothing of where relevance begins; or decided by an office, which
# printed it in a section or left it out and said nothing of areas and places.
Sample = Literal["day", "candidate", "active", "read", "kind", "decided"]
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What the codebook says of one article. `rel` is 0 (no), 1 (borderline) or 2 (core); the rest belongs to 1 and 2.

    Where it is not `detailed`, no areas and no provinces mean that nobody wrote them down.
    """

    id: str
    rel: Literal[0, 1, 2]
    section: str | None = None
    areas: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    detailed: bool = True

    @property
    def relevant(self) -> bool:
        """Whether the article belongs in the bulletin at all."""
        return self.rel >= 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """An article with its label, the day it came out and the sample it stands in."""

    article: Article
    label: Label
    day: date | None = None
    sample: Sample = "active"


class _LabelShape(msgspec.Struct):
    id: str
    rel: Literal[0, 1, 2]
    section: str | None = None
    areas: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    sample: str | None = msgspec.field(name="set", default=None)


class _RowShape(msgspec.Struct):
    day: date | None = None
    sample: Sample = msgspec.field(name="set", default="active")


class _CorrectionShape(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    reason: str
    rel: Literal[0, 1, 2] | None = None
    section: str | None = None
    areas: tuple[str, ...] | None = None
    provinces: tuple[str, ...] | None = None


def label_from(raw: Raw, *, source: str = "", number: int | None = None) -> Label:
    """A label from its line; InputError names the field."""
    shape = _convert(raw, _LabelShape, source, number)
    _check_keys(shape.section, shape.areas, source, number)
    decided = shape.sample == "decided"
    if shape.rel and shape.section is None and not decided:
        raise InputError("a relevant item needs a section", source=source, line=number, field="section")
    return Label(
        id=shape.id,
        rel=shape.rel,
        section=shape.section,
        areas=shape.areas,
        provinces=shape.provinces,
        detailed=bool(shape.areas) or not decided,
    )


def labelled_from(raw: Raw, *, source: str = "", number: int | None = None) -> Labelled:
    """A labelled article from a line that holds both; InputError names the field."""
    row = _convert(raw, _RowShape, source, number)
    article = article_from(raw, source=source, number=number)
    return Labelled(
        article=article, label=label_from(raw, source=source, number=number), day=row.day, sample=row.sample
    )


def read_corrections(path: Path = CORRECTIONS) -> dict[str, Raw]:
    """The corrected fields by article id; each entry of the file carries its reason. InputError names the file."""
    try:
        entries = tomllib.loads(path.read_text("utf-8")).get("correction", [])
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", source=str(path)) from error
    shapes = [_convert(entry, _CorrectionShape, str(path), None) for entry in entries]
    for shape in shapes:
        _check_keys(shape.section, shape.areas or (), str(path), None)
    return {shape.id: _given(shape) for shape in shapes}


def corrected(rows: Iterable[Labelled], corrections: Mapping[str, Raw]) -> list[Labelled]:
    """The rows with the corrections in place of what the file said."""
    return [_corrected(row, corrections.get(row.article.id, {})) for row in rows]


def _corrected(row: Labelled, fields: Raw) -> Labelled:
    if not fields:
        return row
    return replace(row, label=replace(row.label, **fields))


def _given(shape: _CorrectionShape) -> Raw:
    fields = {name: getattr(shape, name) for name in ("rel", "section", "areas", "provinces")}
    if shape.rel == 0:
        return {"rel": 0, "section": None, "areas": (), "provinces": ()}
    return {name: value for name, value in fields.items() if value is not None}


def _check_keys(section: str | None, areas: tuple[str, ...], source: str, number: int | None) -> None:
    if section is not None and section not in SECTION_KEYS:
        raise InputError(f"no section is called {section!r}", source=source, line=number, field="section")
    for area in areas:
        if area not in AREA_KEYS:
            raise InputError(f"no area is called {area!r}", source=source, line=number, field="areas")


def _convert(raw: object, kind: type[_T], source: str, number: int | None) -> _T:
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        message, _, place = str(error).partition(" - at `")
        field = place.rstrip("`").removeprefix("$").removeprefix(".")
        raise InputError(message, source=source, line=number, field=field) from error

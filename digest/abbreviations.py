"""Customary short forms, by place: the table `abbreviations.toml`, and how a line is shortened by it. Pure.

Only the contents and headlines are ever shortened; words inside quotation marks are somebody's, and stay.
"""

import functools
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

Place = Literal["contents", "headline"]
_TABLE = Path(__file__).with_name("abbreviations.toml")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’|«[^»]*»|(?<!\w)'[^']*'(?!\w)")
_BEGINNING = r"(?:^|(?<=[:.?!;–—-] )|(?<=[“\"(]))"


@dataclass(frozen=True, slots=True, kw_only=True)
class Abbreviation:
    """A short form, the spellings it stands for, and where it is customary."""

    short: Annotated[str, Meta(min_length=1, max_length=20)]
    long: Annotated[tuple[Annotated[str, Meta(min_length=2, max_length=100)], ...], Meta(min_length=1)]
    places: tuple[Place, ...] = ("contents",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """A bulletin's contents lines, and the short forms it uses there and in headlines."""

    line: Annotated[int, Meta(ge=30, le=500)] = 90  # characters that fit a line with its page number
    shorten: bool = True
    without: tuple[str, ...] = ()  # customary short forms that this bulletin does not use
    abbreviations: tuple[Abbreviation, ...] = ()  # its own, tried first

    @property
    def table(self) -> tuple[Abbreviation, ...]:
        """The short forms in the order in which they are tried."""
        others = tuple(entry for entry in customary() if entry.short not in self.without)
        return (*self.abbreviations, *others) if self.shorten else ()

    def problems(self) -> Iterator[str]:
        """What is wrong with the short forms, each with its key."""
        known = {entry.short for entry in customary()}
        yield from (f", key contents.without: no customary form {one!r}" for one in self.without if one not in known)
        yield from (f", key contents.abbreviations: {problem}" for problem in ambiguities(self.table))


@functools.cache
def customary() -> tuple[Abbreviation, ...]:
    """The shipped table, in the order in which its forms are tried."""
    raw = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    return msgspec.convert(raw["abbreviation"], tuple[Abbreviation, ...])


def ambiguities(table: Iterable[Abbreviation]) -> Iterator[str]:
    """What a reader could not tell apart: one short form of two entries, one spelling with two short forms."""
    shorts: set[str] = set()
    longs: dict[str, set[Place]] = {}
    for entry in table:
        if entry.short.casefold() in shorts:
            yield f"{entry.short!r} stands for two things"
        shorts.add(entry.short.casefold())
        for long in entry.long:
            if longs.setdefault(long, set()) & set(entry.places):
                yield f"{long!r} has two short forms"
            longs[long] |= set(entry.places)
    yield from (f"{long!r} is itself a short form" for long in longs if long.casefold() in shorts)


def shorten(line: str, table: Sequence[Abbreviation], place: Place, *, most: int = 0) -> str:
    """The line with the forms customary at that place, one after the other only until it has at most `most` characters.

    Whole words in their own case; an all-capital line gets all-capital forms. Text in quotation marks is left alone, and
    so are words that the line itself explains: "cải cách hành chính (CCHC)".
    """
    for entry in table:
        if len(line) <= most:
            break
        if place in entry.places:
            line = _replaced(line, entry)
    return line


def _replaced(line: str, entry: Abbreviation) -> str:
    quoted = [match.span() for match in _QUOTED.finditer(line)]

    def form(match: re.Match[str]) -> str:
        if any(start <= match.start() and match.end() <= end for start, end in quoted):
            return match.group()
        return entry.short.upper() if match.group().isupper() else entry.short

    return _pattern(entry).sub(form, line)


@functools.cache
def _pattern(entry: Abbreviation) -> re.Pattern[str]:
    spellings = [one for long in sorted(entry.long, key=len, reverse=True) for one in _spellings(long)]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(spellings)})(?![\w-])(?! ?\({re.escape(entry.short)}\))")


def _spellings(long: str) -> Iterator[str]:
    """As written, in capitals, and of a common noun with a capital where a sentence begins."""
    yield from (re.escape(long), re.escape(long.upper()))
    if long[0].islower():
        yield _BEGINNING + re.escape(long[0].upper() + long[1:])

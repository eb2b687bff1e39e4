"""Whether an article is about what a digest for one agency is about: it names the agency, a unit, or is of the province.

A profile's names are read by the same tables as the articles, so that "Sở KH&ĐT" finds Sở Kế hoạch và Đầu tư, and
"Bộ Kế hoạch và Đầu tư" after 1/3/2025 what does its work. A name that no table knows is found by its words alone.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from digest.agencies import Agency, agencies_in, agencies_of_article
from digest.model import Article, Candidate
from digest.places import is_same_place, provinces_in
from digest.profile_parts import About
from digest.text import one_line
from digest.units import Unit, units_in, units_of_article

Filter = Callable[[Candidate], bool]


@dataclass(frozen=True, slots=True)
class _Wanted:
    agencies: tuple[Agency, ...]
    units: tuple[Unit, ...]
    provinces: tuple[str, ...]
    words: tuple[re.Pattern[str], ...]


def filter_of(about: About, day: date) -> Filter:
    """Whether a candidate belongs into the digest of that day; of a digest about nothing in particular, every one."""
    if not about.names:
        return lambda _candidate: True
    wanted = _Wanted(
        agencies=tuple(agency for name in about.agencies for agency in agencies_in(name, day=day)),
        units=tuple(unit for name in about.units for unit in units_in(name, day=day)),
        provinces=about.provinces,
        words=tuple(_as_words(name) for name in unknown_names(about, day)),
    )
    return lambda candidate: _is_about(candidate, wanted, day)


def unknown_names(about: About, day: date) -> tuple[str, ...]:
    """The names that no table knows on the day: these are found by their words alone."""
    tables: tuple[tuple[Iterable[str], Callable[[str], Iterable[object]]], ...] = (
        (about.agencies, lambda name: agencies_in(name, day=day)),
        (about.units, lambda name: units_in(name, day=day)),
        (about.provinces, lambda name: provinces_in(name, day=day)),
    )
    return tuple(name for names, found in tables for name in names if not any(True for _ in found(name)))


def _as_words(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(one_line(name))}(?!\w)", re.IGNORECASE)


def _is_about(candidate: Candidate, wanted: _Wanted, day: date) -> bool:
    article = candidate.article
    judged = candidate.judgement
    of_province = any(
        is_same_place(name, found, day=day)
        for name in wanted.provinces
        for found in (*judged.provinces, *judged.provinces_as_written)
    )
    return of_province or any(_matches(article, wanted, day))


def _matches(article: Article, wanted: _Wanted, day: date) -> Iterator[bool]:
    """The dear questions, the cheapest first."""
    if wanted.words:
        text = one_line("\n".join((article.title, article.sapo or "", *article.paragraphs)))
        yield any(pattern.search(text) for pattern in wanted.words)
    if wanted.agencies:
        named = agencies_of_article(article, day=day)
        yield any(_is_agency(one, other) for one in wanted.agencies for other in named)
    if wanted.units:
        units = units_of_article(article, day=day)
        yield any(_is_unit(one, other) for one in wanted.units for other in units)


def _is_agency(wanted: Agency, found: Agency) -> bool:
    """The same name, and the same place as far as the profile tells one."""
    if wanted.name != found.name or wanted.unit != found.unit:
        return False
    return wanted.province is None or wanted.province == found.province


def _is_unit(wanted: Unit, found: Unit) -> bool:
    """The same name and kind; the same province, where it is known of both."""
    known = wanted.province is not None and found.province is not None
    return wanted.full_name == found.full_name and (not known or wanted.province == found.province)

"""A source: one outlet as declared data. Which page holds what is data too: selectors by family, then by source."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Selectors:
    """CSS selectors (soupsieve), tried in order; the first that yields text wins. `drop` removes all it matches."""

    title: tuple[str, ...] = ()
    sapo: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    time: tuple[str, ...] = ()
    rubric: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One outlet.

    `outlet` is how the bulletin prints it (`Nhandan.vn`). `aliases` are other domains and spellings of the same
    outlet. `family` names a site family of `scrapers/families.py` ("F1" … "F6"), None for a site of its own.
    `feeds`, `pages` (section pages) are absolute addresses. `article_pattern` and `exclude_pattern` are regular
    expressions searched in the path with query. `sitemaps` may hold `{year}` and `{month}`. `key_parameters` are
    query parameters that are part of an article's identity. `feed_month_first`: the feed writes its dates as
    9/14/2026. `delay` is seconds between two requests to one host. `allow_private` lets a source of one's own
    network (or the demo) be fetched. A source that is declared but not collected says why in `not_collected`.
    """

    id: str
    name: str
    domain: str
    outlet: str
    kind: str
    family: str | None = None
    aliases: tuple[str, ...] = ()
    province_old: str | None = None
    province_new: str | None = None
    feeds: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    article_pattern: str | None = None
    exclude_pattern: str | None = None
    key_parameters: tuple[str, ...] = ()
    feed_month_first: bool = False
    selectors: Selectors = Selectors()
    delay: float = 2.0
    allow_private: bool = False
    not_collected: str | None = None
    note: str | None = None

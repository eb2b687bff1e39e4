"""A source: one outlet as declared data. Which page holds what is data too: selectors by family, then by source."""

from dataclasses import dataclass, field
from datetime import date

from digest.model import Rights


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
class Former:
    """Selectors that held for pages fetched before the day `until` (Asia/Ho_Chi_Minh)."""

    until: date
    selectors: Selectors


@dataclass(frozen=True, slots=True, kw_only=True)
class Tls:
    """Exceptions from strict TLS that a person made for one source; without any it is strict.

    `trust` holds certificates (PEM) that count as trusted beside the usual ones, where a server sends an incomplete
    chain; `name` is the host the certificate is made out to, where that is another one; `weak` lets short keys of an
    old server pass. The certificate is checked all the same.
    """

    trust: str | None = None
    name: str | None = None
    weak: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One outlet.

    `outlet` is how the bulletin prints it (`Nhandan.vn`). `aliases` are other domains and spellings of the same
    outlet. `family` names a site family of `scrapers/extraction/families.py` ("F1" … "F6"), None for a site of its own.
    `feeds`, `pages` (section pages) are absolute addresses. `article_pattern` and `exclude_pattern` are regular
    expressions searched in the path with query. `sitemaps` may hold `{year}` and `{month}` (or `{month:02}`). `key_parameters` are
    query parameters that are part of an article's identity. `feed_month_first`: the feed writes its dates as
    9/14/2026. `delay` is seconds between two requests to one host. `allow_private` lets a source of one's own
    network (or the demo) be fetched. A source that is declared but not collected says why in `not_collected`.

    `names` are further names that citations use and that are no domains; `successor` is the id of the source that took
    this one over. `paging` is what follows a section page's address for its page `{page}` (`?page={page}`,
    `/trang-{page}.html`; `{page-1}` where they are counted from zero), followed to at most `most_pages`; without it a page's own link to the next one is. `home` is
    asked where every listing fails (`https://<domain>/` if not given; none for a source that allows private
    addresses). `documents`: links to PDF, DOCX and text files are articles too. `former` are selectors of earlier
    times, `rights` what may be printed, `tls` what is excepted from strict TLS.
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
    former: tuple[Former, ...] = ()
    names: tuple[str, ...] = ()
    successor: str | None = None
    paging: str | None = None
    most_pages: int = 3
    home: str | None = None
    documents: bool = False
    rights: Rights = field(default_factory=Rights)
    tls: Tls = Tls()
    delay: float = 2.0
    allow_private: bool = False
    not_collected: str | None = None
    note: str | None = None

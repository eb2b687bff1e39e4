"""What the catalogue says of one outlet, in words for a person."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from digest.model import Rights
from scrapers.source import Selectors, Source, Tls

_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "central_gov": "a portal of the central government",
        "ministry": "a ministry",
        "national_paper": "a national paper",
        "provincial_paper": "a provincial paper",
        "provincial_gov": "a local portal",
        "journal": "a journal",
    }
)
_LABEL = 15  # characters


def explain(source: Source, known: Mapping[str, Source]) -> str:
    """The outlet in some fifteen lines; `known` holds all sources by id."""
    parts = (
        ("printed as", [source.outlet]),
        ("also cited as", [", ".join(source.names)] if source.names else []),
        ("addresses", [", ".join((source.domain, *source.aliases))]),
        ("place", _place(source)),
        ("taken over by", _successor(source, known)),
        ("collected", [f"no: {source.not_collected}" if source.not_collected else "yes"]),
        ("found through", list(_ways(source))),
        ("an article has", list(_articles(source))),
        ("read by", list(_reading(source))),
        ("asked", [f"one request at a time, {_number(source.delay)} s apart, as its robots.txt allows"]),
        ("may be printed", [_rights(source.rights)]),
        ("exceptions", list(_exceptions(source)) or ["none"]),
        ("note", [source.note] if source.note else []),
    )
    lines = [f"{source.id}: {source.name}, {_KINDS[source.kind]}"]
    for label, texts in parts:
        lines += [f"  {label if place == 0 else '':<{_LABEL}}{text}" for place, text in enumerate(texts)]
    return "\n".join(lines)


def _place(source: Source) -> list[str]:
    now, before = source.province_new, source.province_old
    if not (now or before):
        return []
    if now and before and now != before:
        return [f"{now} (before 1/7/2025: {before})"]
    return [now or f"{before} (before 1/7/2025)"]


def _successor(source: Source, known: Mapping[str, Source]) -> list[str]:
    return [f"{source.successor}: {known[source.successor].name}"] if source.successor else []


def _ways(source: Source) -> Iterator[str]:
    yield from (f"feed {url}" for url in source.feeds)
    for url in source.pages:
        more = source.paging or "by its own link to the next page"
        yield (
            f"section page {url}, up to {source.most_pages} pages ({more})"
            if source.most_pages > 1
            else (f"section page {url}, its first page")
        )
    before = "where these bring nothing: " if source.feeds or source.pages else ""
    yield from (f"{before}sitemap {url}" for url in source.sitemaps)
    home = source.home or (None if source.allow_private else f"https://{source.domain}/")
    if home and home not in source.pages and not source.not_collected:
        yield f"where nothing else brings a link: home page {home}"


def _articles(source: Source) -> Iterator[str]:
    if source.article_pattern:
        yield f"an address that matches {source.article_pattern}"
    elif source.exclude_pattern or source.key_parameters or source.documents:
        yield "an address that looks like an article's"
    if source.exclude_pattern:
        yield f"none that matches {source.exclude_pattern}"
    if source.key_parameters:
        yield f"an identity of its address with the parameters {', '.join(source.key_parameters)}"
    if source.documents:
        yield "or the address of a PDF, Word or text file"


def _reading(source: Source) -> Iterator[str]:
    own = _named(source.selectors)
    if own:
        yield f"selectors of its own for {own}"
    for one in reversed(source.former):
        yield f"on pages fetched before {one.until}: selectors for {_named(one.selectors)}"
    then = "then " if own else ""
    if source.family:
        yield f"{then}the selectors of family {source.family}"
    then = "then " if own or source.family else ""
    yield f"{then}what its markup shows: a family's selectors, those most sites share, the general reader (flagged)"


def _named(selectors: Selectors) -> str:
    return ", ".join(field for field in Selectors.__dataclass_fields__ if getattr(selectors, field))


def _rights(rights: Rights) -> str:
    limited = f"the first {rights.words} words, in whole sentences"
    said = {"full": "the whole text", "words": limited, "link": "headline, source line and link"}[rights.text]
    if rights.text == "full" and rights.pictures == "link":
        said += ", without its pictures"
    if not rights.delay_hours or rights.text == "link":
        return said
    return f"{said}; headline, source line and link until {_number(rights.delay_hours)} h after publication"


def _exceptions(source: Source) -> Iterator[str]:
    if source.feed_month_first:
        yield "its feeds write the month before the day"
    if source.allow_private:
        yield "may lie at a private address"
    yield from _tls(source.tls)


def _tls(tls: Tls) -> Iterator[str]:
    if tls.trust:
        yield f"TLS: certificates in {tls.trust} are trusted as well"
    if tls.name:
        yield f"TLS: its certificate may be made out to {tls.name}"
    if tls.weak:
        yield "TLS: short keys of an old server pass"


def _number(value: float) -> str:
    return f"{value:g}"

"""The catalogue: every outlet as declared data (TOML), checked once at load.

The package ships the files of `SHIPPED`; an office adds files of its own. An entry there with a known `id` overrides
that source field by field, any other is a new source. Every wrong value is one CatalogueError that names the file,
the source and the field.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from digest.errors import CatalogueError
from scrapers.markup import compiled
from scrapers.source import Selectors, Source

FOLDER = Path(__file__).with_name("sources")
SHIPPED = (
    "government.toml",
    "ministries.toml",
    "papers_national.toml",
    "papers_north.toml",
    "papers_centre.toml",
    "papers_south.toml",
    "portals_local.toml",
    "journals.toml",
)
KINDS = ("central_gov", "ministry", "national_paper", "provincial_paper", "provincial_gov", "journal")

_ID = re.compile(r"[a-z0-9_]+")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
_FAMILY = re.compile(r"F[1-9]")
_LONGEST_DELAY = 3600.0

Raw = dict[str, Any]


class _FieldError(Exception):
    """A wrong value of one entry, before file and source are known."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def load(extra: Sequence[Path] = (), *, shipped: bool = True) -> tuple[Source, ...]:
    """The shipped sources, then those of `extra`, whose entries add or override by id. CatalogueError on any slip.

    Without the shipped ones only the files in `extra` count.
    """
    entries: dict[str, tuple[Raw, str]] = {}
    for path in (*(FOLDER / name for name in SHIPPED if shipped), *extra):
        ids_here: set[str] = set()
        for raw in _read(path):
            name = _id_of(raw, path)
            if name in ids_here or (name in entries and path.parent == FOLDER):
                raise _error(path, name, "id", "is declared twice")
            ids_here.add(name)
            older = entries[name][0] if name in entries else {}
            entries[name] = (_laid_over(older, raw), str(path))
    sources = tuple(_source(raw, path) for raw, path in entries.values())
    _refuse_shared_names(sources, [path for _, path in entries.values()])
    return sources


def find(sources: Iterable[Source], url: str) -> Source | None:
    """The source an address (or a bare host, as citations have it) belongs to: the longest domain or alias it ends in."""
    host = _host(url)
    best: tuple[int, Source] | None = None
    for source in sources:
        for domain in (source.domain, *source.aliases):
            if (host == domain or host.endswith("." + domain)) and (best is None or len(domain) > best[0]):
                best = (len(domain), source)
    return best[1] if best else None


def _host(url: str) -> str:
    try:
        host = urlsplit(url if "://" in url else "//" + url.strip()).hostname
    except ValueError:
        return ""
    return (host or "").rstrip(".")


def _read(path: Path) -> list[Raw]:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CatalogueError(f"catalogue {path}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise CatalogueError(f"catalogue {path}: not TOML: {error}") from error
    unknown = sorted(set(raw) - {"sources"})
    if unknown:
        raise CatalogueError(f"catalogue {path}, key {unknown[0]}: unknown; a file holds [[sources]] entries alone")
    entries = raw.get("sources", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise CatalogueError(f"catalogue {path}, key sources: each entry begins with [[sources]]")
    return entries


def _id_of(raw: Raw, path: Path) -> str:
    name = raw.get("id")
    if not isinstance(name, str) or not _ID.fullmatch(name):
        where = f"source {raw.get('domain') or raw.get('name') or '?'}"
        raise CatalogueError(f"catalogue {path}, {where}, field id: small letters, digits and _ are needed")
    return name


def _laid_over(older: Raw, newer: Raw) -> Raw:
    """The newer entry's fields over the older one's; selectors one by one, so that one can be mended alone."""
    selectors = newer.get("selectors")
    if isinstance(selectors, dict) and isinstance(older.get("selectors"), dict):
        newer = newer | {"selectors": older["selectors"] | selectors}
    return older | newer


def _source(raw: Raw, path: str) -> Source:
    try:
        _refuse_unknown(raw)
        source = msgspec.convert(raw, Source)
        _check(source)
    except msgspec.ValidationError as error:
        message, _, place = str(error).partition(" - at `$")
        missing = re.search(r"missing required field `(\w+)`", message)
        field = missing.group(1) if missing else place.strip("`.")
        raise _error(path, raw["id"], field, message) from error
    except _FieldError as error:
        raise _error(path, raw["id"], error.field, str(error)) from error
    return source


def _error(path: str | Path, source: str, field: str, message: str) -> CatalogueError:
    return CatalogueError(f"catalogue {path}, source {source}, field {field}: {message}")


def _refuse_unknown(raw: Raw) -> None:
    """msgspec passes unknown keys of a dataclass by; a misspelt field must not be."""
    selectors = raw.get("selectors")
    for prefix, known, given in (("", Source, raw), ("selectors.", Selectors, selectors)):
        names = list(known.__dataclass_fields__)
        for key in given if isinstance(given, dict) else ():
            if key not in names:
                raise _FieldError(prefix + key, f"unknown; known here: {', '.join(names)}")


def _check(source: Source) -> None:
    if source.kind not in KINDS:
        raise _FieldError("kind", f"{source.kind!r} is none of {', '.join(KINDS)}")
    if source.family is not None and not _FAMILY.fullmatch(source.family):
        raise _FieldError("family", f"{source.family!r} is no family; leave it out for a site of its own")
    if not 0 <= source.delay <= _LONGEST_DELAY:
        raise _FieldError("delay", f"{source.delay} is not between 0 and {_LONGEST_DELAY:.0f} seconds")
    if source.not_collected is None and not (source.feeds or source.pages or source.sitemaps):
        raise _FieldError("feeds", "has no feed, section page or sitemap: give one, or a reason in not_collected")
    for fields, check in _CHECKS:
        for field in fields:
            for value in _values(source, field):
                check(field, value)
    _check_selectors(source.selectors)


def _values(source: Source, field: str) -> tuple[str, ...]:
    value = getattr(source, field)
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value


def _check_address(field: str, url: str) -> None:
    try:
        parts = urlsplit(url)
        port_is_right = parts.port is None or parts.port > 0
    except ValueError:
        parts, port_is_right = urlsplit(""), False
    if parts.scheme not in ("http", "https") or not parts.hostname or not port_is_right or " " in url:
        raise _FieldError(field, f"{url!r} is no whole http or https address")


def _check_pattern(field: str, pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise _FieldError(field, f"{pattern!r} is no regular expression: {error}") from error


def _check_host(field: str, host: str) -> None:
    if not _HOST.fullmatch(host):
        raise _FieldError(field, f"{host!r} is no host name in small letters")


_CHECKS: tuple[tuple[tuple[str, ...], Callable[[str, str], None]], ...] = (
    (("domain", "aliases"), _check_host),
    (("feeds", "pages", "sitemaps"), _check_address),
    (("article_pattern", "exclude_pattern"), _check_pattern),
)


def _check_selectors(selectors: Selectors) -> None:
    for field in Selectors.__dataclass_fields__:
        for selector in getattr(selectors, field):
            try:
                compiled(selector)
            except CatalogueError as error:
                raise _FieldError(f"selectors.{field}", str(error)) from error


def _refuse_shared_names(sources: Sequence[Source], paths: Sequence[str]) -> None:
    owners: dict[str, str] = {}
    for source, path in zip(sources, paths, strict=True):
        for field, names in (("domain", (source.domain,)), ("aliases", source.aliases)):
            for name in names:
                if name in owners:
                    raise _error(path, source.id, field, f"{name} belongs to source {owners[name]} already")
                owners[name] = source.id

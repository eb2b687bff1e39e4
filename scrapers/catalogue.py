"""The catalogue: every outlet as declared data (TOML), checked once at load.

The package ships the files of `SHIPPED`; an office adds files of its own. An entry there with a known `id` overrides
that source field by field (selectors one by one), any other is a new source. Every wrong value is one CatalogueError
that names the file, the source and the field. `scrapers/catalogue_checks.py` says what a right one is.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from digest.errors import CatalogueError
from digest.text import one_line
from scrapers.catalogue_checks import CHOICES, FieldError, Raw, check, check_together, refuse_unknown
from scrapers.outlet_names import name_key, own_key
from scrapers.source import Source

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

_ID = re.compile(r"[a-z0-9_]+")
_ID_SHAPE = "small letters, digits and _"
_MISSING = re.compile(r"missing required field `(\w+)`")
_ENUM = "Invalid enum value "

_LEAD_IN = re.compile(r"^\W*(?:theo|nguồn)\b\W*", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_DATE_AND_ON = re.compile(r"\s+\d{1,2}/\d{1,2}\b.*$")


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
            entries[name] = (_laid_over(older, _with_whole_paths(raw, path.parent)), str(path))
    sources = tuple(_source(raw, path, entries) for raw, path in entries.values())
    # An office's own entries last: where one clashes with a shipped one, it is the office's that can be mended.
    for name, error in check_together(sorted(sources, key=lambda one: Path(entries[one.id][1]).parent != FOLDER)):
        raise _error(entries[name][1], name, error.field, str(error))
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


def find_named(sources: Iterable[Source], citation: str) -> Source | None:
    """The source that an outlet's name means as a bulletin prints it: its domain, an alias, or any of its names.

    "Nhandan.vn", "Báo điện tử Chính phủ", "Tuổi Trẻ Online", "VnExpress - Kinh doanh", and a whole source line:
    "(Plo.vn 10/12, Lê Bến)", "Lê Bến (Báo Cà Mau)". Case, tone placement and what is customary around a name
    ("Báo", "điện tử") do not count; a name that two sources could bear means neither.
    """
    known = tuple(sources)
    for text in _readings(citation):
        found = find(known, text) or _named(known, text)
        if found:
            return found
    return None


def _readings(citation: str) -> Iterator[str]:
    """What of a citation may be the outlet, from the whole of it to its first words."""
    text = _LEAD_IN.sub("", one_line(citation))
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    yield text
    yield from _IN_BRACKETS.findall(text)
    yield _IN_BRACKETS.sub("", text)
    yield _DATE_AND_ON.sub("", text)
    yield text.partition(",")[0]
    yield text.partition(" - ")[0]


def _named(sources: Sequence[Source], text: str) -> Source | None:
    for key in (name_key, own_key):
        wanted = key(text)
        found = [one for one in sources if wanted in map(key, (one.name, one.outlet, *one.names))] if wanted else []
        if len(found) == 1:
            return found[0]
    return None


def _host(url: str) -> str:
    try:
        host = urlsplit(url if "://" in url else "//" + url.strip()).hostname
    except ValueError:
        return ""
    return (host or "").rstrip(".")


def _read(path: Path) -> list[Raw]:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))  # Notepad writes the mark at the beginning
    except OSError as error:
        raise CatalogueError(f"catalogue {path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CatalogueError(f"catalogue {path}: is not UTF-8 text; save it as UTF-8") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
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
        problem = f"is needed: {_ID_SHAPE}" if name is None else f"{name!r} will not do: {_ID_SHAPE} alone"
        raise CatalogueError(f"catalogue {path}, {where}, field id: {problem}")
    return name


def _laid_over(older: Raw, newer: Raw) -> Raw:
    """The newer entry's fields over the older one's; selectors one by one, so that one can be mended alone."""
    selectors = newer.get("selectors")
    if isinstance(selectors, dict) and isinstance(older.get("selectors"), dict):
        newer = newer | {"selectors": older["selectors"] | selectors}
    return older | newer


def _with_whole_paths(raw: Raw, folder: Path) -> Raw:
    """`tls.trust` counts from the file it stands in, whichever file is laid over it later."""
    tls = raw.get("tls")
    if isinstance(tls, dict) and isinstance(tls.get("trust"), str):
        return raw | {"tls": tls | {"trust": str(folder / tls["trust"])}}
    return raw


def _source(raw: Raw, path: str, known: Mapping[str, object]) -> Source:
    """The entry as a Source; `known` are the ids of all entries."""
    try:
        refuse_unknown(raw)
        source = msgspec.convert(raw, Source)
        check(source)
    except msgspec.ValidationError as error:
        field, message = _field_and_message(error)
        if field in ("name", "domain") and field not in raw:
            message += f"; {_nothing_to_override(raw['id'], known)}"
        raise _error(path, raw["id"], field, message) from error
    except FieldError as error:
        raise _error(path, raw["id"], error.field, str(error)) from error
    return source


def _field_and_message(error: msgspec.ValidationError) -> tuple[str, str]:
    """What msgspec found, in the words of the catalogue."""
    message, _, place = str(error).partition(" - at `$")
    field = place.strip("`.")
    missing = _MISSING.search(message)
    if missing:
        return f"{field}.{missing.group(1)}".lstrip("."), "is needed"
    if message.startswith(_ENUM) and field in CHOICES:
        return field, f"{message.removeprefix(_ENUM)} is none of {', '.join(CHOICES[field])}"
    return field, message


def _nothing_to_override(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, [one for one in known if one != name], n=1)
    meant = f"; is {near[0]} meant?" if near else ""
    return f"there is no shipped source of this id to override{meant}"


def _error(path: str | Path, source: str, field: str, message: str) -> CatalogueError:
    return CatalogueError(f"catalogue {path}, source {source}, field {field}: {message}")

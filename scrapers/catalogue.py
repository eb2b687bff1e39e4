"""The catalogue: every outlet as declared data (TOML), checked once at load.

The package ships the files of `SHIPPED`; an office adds files of its own. An entry there with a known `id` overrides
that source field by field (selectors one by one), any other is a new source. Every wrong value is one CatalogueError
that names the file, the source and the field. `scrapers/catalogue_checks.py` says what a right one is.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from digest.errors import CatalogueError
from digest.text import fold, one_line
from scrapers.catalogue_checks import FieldError, Raw, check, check_together, refuse_unknown
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

# What a citation puts around an outlet's own name, as `_key` has it: without commas, no blanks around a dash.
_BEFORE = tuple(
    fold(words) + " "
    for words in (
        "báo và phát thanh truyền hình",
        "báo và phát thanh-truyền hình",
        "báo điện tử",
        "báo",
        "cổng thông tin điện tử",
        "cổng TTĐT",
        "trang thông tin điện tử",
    )
)
_AFTER = tuple(" " + fold(words) for words in ("điện tử", "online"))
_LEAD_IN = re.compile(r"^\W*(?:theo|nguồn)\b\W*", re.IGNORECASE)
_DASH = re.compile(r"\s*[-–—]\s*")
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
    sources = tuple(_source(raw, path) for raw, path in entries.values())
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
    "(Plo.vn 10/12, Đức Minh)", "Lê Bến (Báo Cà Mau)". Case, tone placement and what is customary around a name
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
    for key in (_key, _own_key):
        wanted = key(text)
        found = [one for one in sources if wanted in map(key, (one.name, one.outlet, *one.names))] if wanted else []
        if len(found) == 1:
            return found[0]
    return None


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    return fold(_DASH.sub("-", name.replace("&", " và ").replace(",", " ")))


@lru_cache(maxsize=4096)
def _own_key(name: str) -> str:
    """The key of a name without what is customary around it: "Báo Nhân Dân điện tử" and "Nhân Dân" meet."""
    key = _key(name)
    before = next((words for words in _BEFORE if key.startswith(words)), "")
    after = next((words for words in _AFTER if key.endswith(words)), "")
    return key.removeprefix(before).removesuffix(after)


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


def _with_whole_paths(raw: Raw, folder: Path) -> Raw:
    """`tls.trust` counts from the file it stands in, whichever file is laid over it later."""
    tls = raw.get("tls")
    if isinstance(tls, dict) and isinstance(tls.get("trust"), str):
        return raw | {"tls": tls | {"trust": str(folder / tls["trust"])}}
    return raw


def _source(raw: Raw, path: str) -> Source:
    try:
        refuse_unknown(raw)
        source = msgspec.convert(raw, Source)
        check(source)
    except msgspec.ValidationError as error:
        message, _, place = str(error).partition(" - at `$")
        missing = re.search(r"missing required field `(\w+)`", message)
        field = f"{place.strip('`.')}.{missing.group(1)}".lstrip(".") if missing else place.strip("`.")
        raise _error(path, raw["id"], field, message) from error
    except FieldError as error:
        raise _error(path, raw["id"], error.field, str(error)) from error
    return source


def _error(path: str | Path, source: str, field: str, message: str) -> CatalogueError:
    return CatalogueError(f"catalogue {path}, source {source}, field {field}: {message}")

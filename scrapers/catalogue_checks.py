"""What the values of a catalogue entry must be. Each check raises one FieldError that names the field."""

import re
import ssl
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, get_args, get_type_hints
from urllib.parse import urlsplit

from digest.errors import CatalogueError
from digest.model import Rights
from scrapers.markup import compiled
from scrapers.outlet_names import bare_key, own_key
from scrapers.source import Former, Selectors, Source, Tls

KINDS = ("central_gov", "ministry", "national_paper", "provincial_paper", "provincial_gov", "journal")
CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {f"rights.{field}": get_args(get_type_hints(Rights)[field]) for field in ("text", "pictures")}
)

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
_FAMILY = re.compile(r"F[1-9]")
_PAGING = re.compile(r"[?&/-][^{}\s]*\{page(?:-1)?\}[^{}\s]*")
_LONGEST_DELAY = 3600
_MOST_PAGES = 20
_MOST_WORDS = 2000
_LONGEST_EMBARGO = 720

Raw = dict[str, Any]

_TABLES: Mapping[str, type] = MappingProxyType({"selectors": Selectors, "former": Former, "rights": Rights, "tls": Tls})


class FieldError(Exception):
    """A wrong value of one entry, before file and source are known."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def refuse_unknown(raw: Raw, kind: type = Source, place: str = "") -> None:
    """msgspec passes unknown keys of a dataclass by; a misspelt field must not be."""
    known = list(kind.__dataclass_fields__)  # type: ignore[attr-defined]  # every caller passes a dataclass
    for key, value in raw.items():
        if key not in known:
            raise FieldError(place + key, f"unknown; known here: {', '.join(known)}")
        if key in _TABLES and isinstance(value, dict):
            refuse_unknown(value, _TABLES[key], f"{place}{key}.")
        if key in _TABLES and isinstance(value, list):
            for index, entry in enumerate(value):
                if isinstance(entry, dict):
                    refuse_unknown(entry, _TABLES[key], f"{place}{key}[{index}].")


def check(source: Source) -> None:
    """The values of one source, each on its own."""
    if source.kind not in KINDS:
        raise FieldError("kind", f"{source.kind!r} is none of {', '.join(KINDS)}")
    if source.family is not None and not _FAMILY.fullmatch(source.family):
        raise FieldError("family", f"{source.family!r} is no family; leave it out for a site of its own")
    _check_range("delay", source.delay, 0, _LONGEST_DELAY, "seconds")
    _check_range("most_pages", source.most_pages, 1, _MOST_PAGES, "pages")
    if source.not_collected is None and not (source.feeds or source.pages or source.sitemaps):
        raise FieldError("feeds", "has no feed, section page or sitemap: give one, or a reason in not_collected")
    for fields, check_value in _CHECKS:
        for field in fields:
            for value in _values(source, field):
                check_value(field, value)
    _check_selectors("selectors.", source.selectors)
    _check_former(source.former)
    _check_rights(source.rights)
    _check_tls(source.tls)


def check_together(sources: Sequence[Source]) -> Iterator[tuple[str, FieldError]]:
    """What only all sources together show: the id of the source and the error; of two that clash the later is named."""
    yield from _shared_hosts(sources)
    yield from _shared_names(sources)
    successors = {source.id: source.successor for source in sources}
    for source in sources:
        if source.successor is not None and source.successor not in successors:
            yield source.id, FieldError("successor", f"{source.successor!r} is the id of no source")
        elif source.id in _line(successors, source.successor):
            yield source.id, FieldError("successor", "leads back to the source itself")


def _values(source: Source, field: str) -> tuple[str, ...]:
    value = getattr(source, field)
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value


def _check_range(field: str, value: float, least: int, most: int, unit: str) -> None:
    if not least <= value <= most:
        raise FieldError(field, f"{value} is not between {least} and {most} {unit}")


def _check_text(field: str, text: str) -> None:
    if not text.strip():
        raise FieldError(field, "is blank: leave it out, or say something")


def is_whole_address(url: str) -> bool:
    """Whether it can be asked as it stands: http or https, a host, a port that may be."""
    try:
        parts = urlsplit(url)
        port_is_right = parts.port is None or parts.port > 0
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and port_is_right and " " not in url


def _check_address(field: str, url: str) -> None:
    if not is_whole_address(url):
        raise FieldError(field, f"{url!r} is no whole http or https address")


def _check_pattern(field: str, pattern: str) -> None:
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        raise FieldError(field, f"{pattern[:80]!r} is no regular expression: {error}") from error


def _check_host(field: str, host: str) -> None:
    if not _HOST.fullmatch(host):
        raise FieldError(field, f"{host!r} is no host name in small letters")


def _check_paging(field: str, paging: str) -> None:
    if not _PAGING.fullmatch(paging):
        raise FieldError(field, f"{paging!r} must begin with ?, &, / or - and hold {{page}} once, as in ?page={{page}}")


_CHECKS: tuple[tuple[tuple[str, ...], Callable[[str, str], None]], ...] = (
    (("name", "outlet", "names", "not_collected"), _check_text),
    (("domain", "aliases"), _check_host),
    (("feeds", "pages", "sitemaps", "home"), _check_address),
    (("article_pattern", "exclude_pattern"), _check_pattern),
    (("paging",), _check_paging),
)


def _check_selectors(place: str, selectors: Selectors) -> None:
    for field in Selectors.__dataclass_fields__:
        for selector in getattr(selectors, field):
            try:
                compiled(selector)
            except CatalogueError as error:
                raise FieldError(place + field, str(error)) from error


def _check_former(former: Sequence[Former]) -> None:
    for index, one in enumerate(former):
        if index and one.until <= former[index - 1].until:
            raise FieldError(f"former[{index}].until", f"{one.until} is not after {former[index - 1].until} before it")
        _check_selectors(f"former[{index}].selectors.", one.selectors)


def _check_rights(rights: Rights) -> None:
    if (rights.words is not None) != (rights.text == "words"):
        raise FieldError("rights.words", 'stands with text = "words", and only there')
    if rights.words is not None:
        _check_range("rights.words", rights.words, 1, _MOST_WORDS, "words")
    _check_range("rights.delay_hours", rights.delay_hours, 0, _LONGEST_EMBARGO, "hours")


def _check_tls(tls: Tls) -> None:
    if tls.name is not None:
        _check_host("tls.name", tls.name)
    if tls.trust is None:
        return
    try:
        ssl.create_default_context().load_verify_locations(tls.trust)
    except OSError as error:  # an SSLError is one as well
        reason = "holds no certificate in PEM" if isinstance(error, ssl.SSLError) else error.strerror
        raise FieldError("tls.trust", f"{tls.trust}: {reason}") from error


def _shared_hosts(sources: Iterable[Source]) -> Iterator[tuple[str, FieldError]]:
    owners: dict[str, str] = {}
    for source in sources:
        for field, hosts in (("domain", (source.domain,)), ("aliases", source.aliases)):
            for host in hosts:
                if host in owners:
                    yield source.id, FieldError(field, f"{host} belongs to source {owners[host]} already")
                owners[host] = source.id


def _shared_names(sources: Iterable[Source]) -> Iterator[tuple[str, FieldError]]:
    """A name of `names` that another source goes by as well, under which a citation would mean either.

    What is customary around a name ("Báo", "điện tử") does not part two. A journal is known without its "Tạp chí" too,
    but a paper and a journal of one name are two outlets.
    """
    owners: dict[str, tuple[str, str]] = {}
    for source in sources:
        for field, name in (("name", source.name), *(("names", name) for name in source.names)):
            keys = {own_key(name), bare_key(name)} if field == "name" else {own_key(name)}
            for key in sorted(keys):
                owner, owners_field = owners.setdefault(key, (source.id, field))
                if owner != source.id and "names" in (field, owners_field):
                    yield source.id, FieldError(field, f"{name!r} is a name of source {owner} as well")


def _line(successors: Mapping[str, str | None], first: str | None) -> set[str]:
    """The successor, its own successor and so on."""
    line: set[str] = set()
    following = first
    while following is not None and following not in line:
        line.add(following)
        following = successors.get(following)
    return line

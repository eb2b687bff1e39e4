"""robots.txt by RFC 9309: what a site allows `diembao`, and how fast.

Only the groups that concern us are kept, in one pass: a library that keeps every group can be made to hold the product
of their names and rules, gigabytes out of half a megabyte.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from urllib.parse import quote

AGENT = "diembao"
LONGEST_CRAWL_DELAY = 60.0  # a site that asks for more is asked this seldom; a day has an end

_ROBOTS = "/robots.txt"
# Spellings that other readers take too.
_FIELDS = {
    **dict.fromkeys(("user-agent", "useragent", "user agent"), "agent"),
    **dict.fromkeys(("disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw"), "disallow"),
    "allow": "allow",
    **dict.fromkeys(("crawl-delay", "crawl delay"), "delay"),
}
_LINE = re.compile(r"[ \t]*([a-z]+(?:[- ](?:agent|delay))?)[ \t]*(?::|(?<=\w)[ \t])[ \t]*([^#]*)", re.IGNORECASE)
_PRODUCT = re.compile(r"[a-z_-]+", re.IGNORECASE)
_ORIGIN = re.compile(r"\A[a-z]+://[^/?]*", re.IGNORECASE)
_ESCAPE = re.compile(r"%[0-9a-f]{2}", re.IGNORECASE)
_UNRESERVED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
_KEPT_IN_PATTERN = "%/?#:;,@&=+!'()[]*"  # with `$` at the end


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a group. `pattern` is percent-encoded; `*` stands for anything, `$` at the end for the end."""

    pattern: str
    allows: bool

    def __str__(self) -> str:
        return f"{'Allow' if self.allows else 'Disallow'}: {self.pattern}"

    def matches(self, target: str) -> bool:
        """Whether it speaks of a path with query. No regular expression: others write these patterns."""
        is_whole = self.pattern.endswith("$")
        first, *middle = self.pattern.removesuffix("$").split("*")
        if not target.startswith(first):
            return False
        if not middle:
            return not is_whole or target == first
        *middle, last = middle
        at = len(first)
        for part in middle:
            found = target.find(part, at)
            if found < 0:
                return False
            at = found + len(part)
        return (len(target) - len(last) >= at and target.endswith(last)) if is_whole else target.find(last, at) >= 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """The rules of one site, those that bind first in front; without rules everything is allowed."""

    rules: tuple[Rule, ...] = ()
    crawl_delay: float | None = None

    def denial(self, url: str) -> Rule | None:
        """The rule that forbids the address, None where `diembao` may ask for it: the longest pattern decides."""
        target = _target(url)
        if target.partition("?")[0] == _ROBOTS:
            return None
        first = next((rule for rule in self.rules if rule.matches(target)), None)
        return None if first is None or first.allows else first

    def allows(self, url: str) -> bool:
        """Whether `diembao` may ask for the address."""
        return self.denial(url) is None

    def delay(self) -> float:
        """Seconds the site wants between two requests, 0 where it does not say."""
        return min(self.crawl_delay or 0.0, LONGEST_CRAWL_DELAY)


def read(body: bytes) -> Robots:
    """The rules of a robots.txt; bytes that are not UTF-8 spoil only their own line."""
    groups: dict[str, _Group] = {AGENT: _Group(), "*": _Group()}
    named: set[str] = set()  # the groups that the lines at hand belong to
    met: set[str] = set()
    is_heading = False
    for field, value in _lines(body.decode("utf-8-sig", errors="replace")):
        if field == "agent":
            named = named if is_heading else set()
            named |= {_product(value)} & groups.keys()
            met |= named
        for name in named:
            groups[name].add(field, value)
        is_heading = field == "agent"
    return groups[AGENT if AGENT in met else "*"].robots()


class _Group:
    """The lines that one name heads, wherever in the file they stand."""

    def __init__(self) -> None:
        self._rules: set[Rule] = set()
        self._crawl_delay: float | None = None

    def add(self, field: str, value: str) -> None:
        if field in ("allow", "disallow") and value:
            self._rules.add(Rule(_pattern(value), field == "allow"))
        elif field == "delay":
            self._crawl_delay = _delay(value) if self._crawl_delay is None else self._crawl_delay

    def robots(self) -> Robots:
        binding = sorted(self._rules, key=lambda rule: (-len(rule.pattern), not rule.allows, rule.pattern))
        return Robots(rules=tuple(binding), crawl_delay=self._crawl_delay)


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in re.split(r"[\r\n]+", text):
        found = _LINE.match(line)
        if found is not None and (field := _FIELDS.get(found[1].lower())):
            yield field, found[2].strip()


def _product(value: str) -> str:
    """The name a group is for: `Diembao/1.0` is `diembao`."""
    if value.startswith("*"):
        return "*"
    found = _PRODUCT.match(value)
    return found[0].lower() if found else ""


def _delay(value: str) -> float | None:
    try:
        seconds = float(value)
    except ValueError:
        return None
    return seconds if isfinite(seconds) and seconds >= 0 else None


def _target(url: str) -> str:
    """Path and query of an address, encoded as patterns are."""
    rest = _ORIGIN.sub("", url.partition("#")[0])
    return _encoded(rest if rest.startswith("/") else f"/{rest}").replace("*", "%2A")


def _pattern(value: str) -> str:
    value = value if value.startswith(("/", "*")) else f"/{value}"
    return _encoded(value.removesuffix("$")) + ("$" if value.endswith("$") else "")


def _encoded(text: str) -> str:
    """Percent-encoding of one form, so that equal addresses compare equal: only what needs it, in capitals."""
    plain = _ESCAPE.sub(lambda found: _unescaped(found[0]), text)
    return quote(plain, safe=_KEPT_IN_PATTERN, errors="replace")


def _unescaped(escape: str) -> str:
    character = chr(int(escape[1:], 16))
    return character if character in _UNRESERVED else escape.upper()

"""How long an answer holds, by its own word (RFC 9111): Cache-Control, Age, Expires.

What one would get again before that moment is the same; so it is not asked for.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST = timedelta(hours=1)  # a feed that calls itself fresh for a year would hide the day's news

_NOTHING = timedelta(0)
_FOR_EVER = timedelta(days=3650)
_MOST_DIGITS = 8  # a larger number of seconds means "for ever"


def fresh_until(headers: Iterable[tuple[str, str]], *, now: datetime) -> datetime | None:
    """The moment until which the answer is current, at most one hour from `now`; None where it may be asked for again.

    `headers` as a page carries them; `now` is the aware moment it was fetched.
    """
    lasting = lifetime(headers, now=now)
    return now + min(lasting, LONGEST) if lasting else None


def lifetime(headers: Iterable[tuple[str, str]], *, now: datetime) -> timedelta | None:
    """How long the answer holds from `now` on, zero where it must not be kept, None where it does not say."""
    said = _joined(headers)
    rules = _rules(said.get("cache-control", ""))
    if "no-store" in rules or "no-cache" in rules or said.get("vary") == "*":
        return _NOTHING
    whole = _seconds(rules["max-age"]) if "max-age" in rules else _until_expiry(said, now)
    if whole is None:
        return None
    return max(whole - _seconds(said.get("age", "")), _NOTHING)


def moment_of(value: str) -> datetime | None:
    """The aware moment of an HTTP date; None for what is no date, or does not say of which time zone."""
    try:
        moment = parsedate_to_datetime(value)
        return moment if moment.utcoffset() is not None else None
    except (ValueError, OverflowError, TypeError, IndexError):  # it was not written for what servers send
        return None


def _joined(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """A repeated Cache-Control as one list; of any other header the first counts."""
    said: dict[str, str] = {}
    for name, value in headers:
        key = name.lower()
        if key == "cache-control" and key in said:
            said[key] += "," + value
        else:
            said.setdefault(key, value.strip())
    return said


def _rules(cache_control: str) -> dict[str, str]:
    """The directives; where one is given twice it contradicts itself, and the shorter time counts."""
    rules: dict[str, str] = {}
    for directive in cache_control.lower().split(","):
        name, value = (part.strip(' \t"') for part in directive.partition("=")[::2])
        rules[name] = min(rules[name], value, key=_seconds) if name in rules else value
    return rules


def _seconds(value: str) -> timedelta:
    """A number of seconds; what is none counts as nothing: such an answer is stale (RFC 9111, 4.2.1)."""
    if not (value.isascii() and value.isdigit()):
        return _NOTHING
    digits = value.lstrip("0")
    return timedelta(seconds=int(digits or "0")) if len(digits) <= _MOST_DIGITS else _FOR_EVER


def _until_expiry(said: dict[str, str], now: datetime) -> timedelta | None:
    """From the server's own Date, since its clock may be wrong, to Expires."""
    if "expires" not in said:
        return None
    expires = moment_of(said["expires"])
    if expires is None:  # "0" and the like: it is over already
        return _NOTHING
    return max(expires - (moment_of(said.get("date", "")) or now), _NOTHING)

"""What an answer, or the lack of one, means: pure translation into FetchError kinds."""

import ssl
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

import httpx

from digest.errors import FetchError
from scrapers.transport import RefusedAddressError, UnknownHostError

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CONTENT = frozenset({HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION})
_PASSING_STATUS = frozenset({429, 502, 503, 504})
_BY_STATUS = {
    304: "not-modified",
    **dict.fromkeys((401, 402, 403, 407, 451), "forbidden"),
    **dict.fromkeys((404, 410), "not-found"),
    429: "rate-limited",
}
_LONGEST_PAUSE = 24 * 3600.0


class PassingFaultError(FetchError):
    """A fault that may be gone in a moment. `address` is where it happened, `pause` what the server asked for."""

    def __init__(self, url: str, kind: str, detail: str, *, address: str, pause: float | None = None) -> None:
        super().__init__(url, kind, detail)
        self.address = address
        self.pause = pause


def is_redirect(status: int) -> bool:
    """Whether the answer names another address."""
    return status in _REDIRECTS


def goal_of(response: httpx.Response, *, url: str, address: str) -> str:
    """Where a redirect leads to; FetchError "redirects" where it does not say."""
    goal: str = response.headers.get("location", "").strip()
    try:
        whole = urljoin(address, goal)
    except ValueError as error:
        raise FetchError(url, "redirects", f"leads to {goal}") from error
    if not goal:
        raise FetchError(url, "redirects", f"{response.status_code} without a goal")
    return whole


def check_address(address: str, *, url: str) -> None:
    """FetchError "bad-address" for anything but a whole http or https address; `url` is what was asked for."""
    try:
        parts = urlsplit(address)
        is_whole = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError as error:
        raise FetchError(url, "bad-address", str(error)) from error
    if not is_whole:
        raise FetchError(url, "bad-address", "" if address == url else f"leads to {address}")


def refuse_status(response: httpx.Response, *, url: str, address: str, now: datetime) -> None:
    """FetchError for every status that brings no content."""
    status = response.status_code
    if status in _CONTENT:
        return
    other = "server-error" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "http-status"
    kind = _BY_STATUS.get(status, other)
    if status in _PASSING_STATUS:
        pause = asked_pause(response.headers, now=now)
        raise PassingFaultError(url, kind, str(status), address=address, pause=pause)
    raise FetchError(url, kind, str(status))


def asked_pause(headers: Mapping[str, str], *, now: datetime) -> float | None:
    """Seconds that Retry-After asks for (a number or a date), at most a day, None where it says nothing."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:9]), _LONGEST_PAUSE)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:  # "-0000", which HTTP does not allow
        return None
    return min(max((moment - now).total_seconds(), 0.0), _LONGEST_PAUSE)


def fault(error: Exception, *, url: str, address: str) -> FetchError:
    """A failure of the network as a FetchError; the caller raises it from the error it was made of."""
    detail = str(error) or type(error).__name__
    if isinstance(error, RefusedAddressError):
        return FetchError(url, "refused-address", detail)
    if isinstance(error, UnknownHostError):
        return FetchError(url, "dns", detail)
    if isinstance(error, (TimeoutError, httpx.TimeoutException)):
        return FetchError(url, "timeout", detail)
    if isinstance(error, (httpx.InvalidURL, httpx.UnsupportedProtocol)):
        return FetchError(url, "bad-address", detail)
    if _has_cause(error, ssl.SSLError):
        return FetchError(url, "tls", detail)
    kind = "connect" if isinstance(error, httpx.ConnectError) else "broken"
    return PassingFaultError(url, kind, detail, address=address)


def _has_cause(error: BaseException | None, kind: type[BaseException]) -> bool:
    while error is not None:
        if isinstance(error, kind):
            return True
        error = error.__cause__ or error.__context__
    return False

"""What an answer, or the lack of one, means: pure translation into FetchError kinds."""

import re
import ssl
from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from urllib.parse import urldefrag, urljoin, urlsplit

import httpcore
import httpx

from digest.errors import FetchError
from scrapers.fetching.freshness import moment_of
from scrapers.fetching.transport import RefusedAddressError, UnknownHostError

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CONTENT = frozenset({HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION})
# Cloudflare writes 520 to 524 for an origin that stumbles.
_PASSING_STATUS = frozenset({408, 429, 502, 503, 504, *range(520, 525)})
_PASSING_WITH_PAUSE = frozenset({403, 500})  # by themselves they are final; "come again in a minute" says otherwise
_BY_STATUS = {
    304: "not-modified",
    **dict.fromkeys((401, 402, 403, 407, 451), "forbidden"),
    **dict.fromkeys((404, 410), "not-found"),
    429: "rate-limited",
}
_LONGEST_PAUSE = 24 * 3600.0
_FIRST_FREE_PORT = 1024  # below, only the web's own: a link must not make us speak to a mail server
_LAST_PORT = 65535
_WEB_PORTS = frozenset({80, 443})
_HOST = re.compile(
    r"[a-z0-9_][a-z0-9._-]*|[0-9a-f]*:[0-9a-f:.]+"
)  # a name as it goes over the wire, an IPv6 address without a zone
# Not what a handshake is judged by: the line was cut, or more is to be read.
_CUT = (ssl.SSLEOFError, ssl.SSLZeroReturnError, ssl.SSLSyscallError, ssl.SSLWantReadError, ssl.SSLWantWriteError)


class PassingFaultError(FetchError):
    """A fault that may be gone in a moment. `address` is where it happened, `pause` what the server asked for."""

    def __init__(self, url: str, kind: str, detail: str, *, address: str = "", pause: float | None = None) -> None:
        super().__init__(url, kind, detail)
        self.address = address
        self.pause = pause


def is_redirect(status: int) -> bool:
    """Whether the answer names another address."""
    return status in _REDIRECTS


def goal_of(response: httpx.Response, *, url: str, address: str) -> str:
    """Where a redirect leads to, without its fragment; FetchError "redirects" where it does not say."""
    written = next((value for name, value in response.headers.raw if name.lower() == b"location"), b"").strip()
    try:
        goal = written.decode()  # not ASCII by the rule, UTF-8 in practice
    except UnicodeDecodeError:
        goal = written.decode("latin-1")
    if not goal:
        raise FetchError(url, "redirects", f"{response.status_code} without a goal")
    try:
        return urldefrag(urljoin(address, goal)).url
    except ValueError as error:
        raise FetchError(url, "redirects", f"leads to {goal}") from error


def check_address(address: str, *, url: str) -> httpx.URL:
    """The address as it is asked for; FetchError "bad-address" for anything but a whole http or https address.

    Names and passwords in it are refused (nobody publishes them, tricks use them), and so are the ports of other
    services. `url` is what was asked for first.
    """
    try:
        whole = httpx.URL(address)
        host, port = whole.raw_host.decode(), whole.port
        is_web = whole.scheme in ("http", "https") and bool(whole.host) and "@" not in urlsplit(address).netloc
    except (ValueError, httpx.InvalidURL) as error:  # UnicodeError is a ValueError
        raise FetchError(url, "bad-address", str(error)) from error
    is_open = port is None or port in _WEB_PORTS or _FIRST_FREE_PORT <= port <= _LAST_PORT
    if not (is_web and is_open and _HOST.fullmatch(host)):
        raise FetchError(url, "bad-address", "" if address == url else f"leads to {address}")
    return whole


def refuse_status(response: httpx.Response, *, url: str, address: str, now: datetime) -> None:
    """FetchError for every status that brings no content."""
    status = response.status_code
    if status in _CONTENT:
        return
    other = "server-error" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "http-status"
    kind = _BY_STATUS.get(status, other)
    pause = asked_pause(response.headers, now=now)
    if status in _PASSING_STATUS or (status in _PASSING_WITH_PAUSE and pause is not None):
        detail = str(status) if pause is None else f"{status}; the server asks for a pause of {pause:.0f} seconds"
        raise PassingFaultError(url, kind, detail, address=address, pause=pause)
    raise FetchError(url, kind, str(status))


def asked_pause(headers: Mapping[str, str], *, now: datetime) -> float | None:
    """Seconds that Retry-After asks for (a number or a date), at most a day, None where it says nothing."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return min(float(value), _LONGEST_PAUSE)
    moment = moment_of(value)
    return None if moment is None else min(max((moment - now).total_seconds(), 0.0), _LONGEST_PAUSE)


def fault(error: Exception, *, url: str, address: str) -> FetchError:
    """A failure of the network as a FetchError; the caller raises it from the error it was made of."""
    detail = str(error) or type(error).__name__
    if isinstance(error, RefusedAddressError):
        return FetchError(url, "refused-address", detail)
    if isinstance(error, UnknownHostError):
        return FetchError(url, "dns", detail)
    if isinstance(error, (TimeoutError, httpx.TimeoutException, httpcore.TimeoutException)):
        return FetchError(url, "timeout", detail)
    is_connecting = isinstance(error, (httpx.ConnectError, httpcore.ConnectError))
    if is_connecting and _is_refused_handshake(error):
        return FetchError(url, "tls", detail)
    return PassingFaultError(url, "connect" if is_connecting else "broken", detail, address=address)


def _is_refused_handshake(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError) and not isinstance(error, _CUT):
            return True
        error = error.__cause__ or error.__context__
    return False

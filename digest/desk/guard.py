"""What stands between the desk and every request: one middleware that refuses what nobody of ours asked for.

A request that may change something must come from a page of the desk itself (Sec-Fetch-Site, else Origin) and bring the
token that belongs to the visitor's cookie, in a header or in the form. A route cannot leave that out: it is never asked.
Every answer forbids the browser whatever the desk does not need.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from starlette.datastructures import Headers, MutableHeaders
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
TOKEN_HEADER, TOKEN_FIELD = "x-csrf-token", "csrf"
MEGABYTE = 1 << 20
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the guard lets through: the cookie that names a visitor, and how long a body may be, in bytes.

    `uploads` are the beginnings of the paths that take files.
    """

    cookie: str
    longest: int = MEGABYTE
    longest_upload: int = 30 * MEGABYTE
    uploads: tuple[str, ...] = ()
    https: bool = True


Refuse = Callable[[Scope, int, str], ASGIApp]  # the page that says no: by scope, status and reason


@dataclass(frozen=True, slots=True)
class Guard:
    """The middleware around the whole application; `refuse` makes the page of a refusal."""

    app: ASGIApp
    rules: Rules
    refuse: Refuse
    draw: Callable[[], str] = field(default=lambda: secrets.token_urlsafe(18))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, or answer in the application's stead."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        nonce = self.draw()
        scope.setdefault("state", {})["nonce"] = nonce
        guarded = _guarded(send, nonce, https=self.rules.https)
        if scope["method"] in SAFE:
            await self.app(scope, receive, guarded)
            return
        request = Request(scope, receive)
        try:
            body = await self._body(request)
            reason = await self._reason(request, body)
        except _TooLongError:
            await self.refuse(scope, 413, "too-long")(scope, receive, guarded)
            return
        if reason:
            await self.refuse(scope, 403, reason)(scope, receive, guarded)
            return
        await self.app(scope, _replayed(body, receive), guarded)

    async def _body(self, request: Request) -> bytes:
        """The whole body: the token may stand in it, and what is too long must not reach a route."""
        upload = request.url.path.startswith(self.rules.uploads) if self.rules.uploads else False
        most = self.rules.longest_upload if upload else self.rules.longest
        parts: list[bytes] = []
        size = 0
        async for part in request.stream():
            size += len(part)
            if size > most:
                raise _TooLongError
            parts.append(part)
        return b"".join(parts)

    async def _reason(self, request: Request, body: bytes) -> str | None:
        """Why the request is refused; None where it is ours."""
        if not is_same_origin(request.headers, request.url.scheme):
            return "foreign"
        cookie = request.cookies.get(self.rules.cookie)
        if not cookie:
            return "no-session"
        given = request.headers.get(TOKEN_HEADER) or await _token_in_form(request.scope, body)
        return None if hmac.compare_digest(given.encode(), token_of(cookie).encode()) else "no-token"


class _TooLongError(Exception):
    """The body is longer than its path allows."""


def token_of(cookie: str) -> str:
    """The token that goes with a visitor's cookie: who cannot read the cookie cannot know it."""
    return hmac.new(cookie.encode(), b"diembao csrf", hashlib.sha256).hexdigest()


def is_same_origin(headers: Headers, scheme: str) -> bool:
    """Whether a page of the desk itself sends the request, as the browser says; False where it says nothing."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin, host = headers.get("origin"), headers.get("host")
    return origin is not None and host is not None and origin in (f"{scheme}://{host}", f"https://{host}")


def policy(nonce: str) -> str:
    """The content security policy: scripts by their nonce alone, nothing from elsewhere."""
    return (
        f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-src 'self'; "
        "frame-ancestors 'none'; object-src 'none'"
    )


def _guarded(send: Send, nonce: str, *, https: bool) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.setdefault("Content-Security-Policy", policy(nonce))
            headers.setdefault("Cache-Control", "no-store")
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            if https:
                headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        await send(message)

    return sending


def _replayed(body: bytes, receive: Receive | None = None) -> Receive:
    """The body once more for the route that is to read it, and then what `receive` has to say."""
    told = False

    async def receiving() -> Message:
        nonlocal told
        if told and receive is not None:
            return await receive()
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receiving


async def _token_in_form(scope: Scope, body: bytes) -> str:
    if not Headers(scope=scope).get("content-type", "").lower().startswith(_FORMS):
        return ""
    limits = {"max_files": 20, "max_fields": 2000, "max_part_size": len(body) + 1}
    try:
        async with Request(scope, _replayed(body)).form(**limits) as form:
            given = form.get(TOKEN_FIELD)
    except (MultiPartException, ValueError):
        return ""
    return given if isinstance(given, str) else ""

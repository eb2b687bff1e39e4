"""What a server puts on the wire."""

from dataclasses import dataclass
from typing import Literal

HTML = "text/html; charset=utf-8"
_REASONS = {
    200: "OK",
    302: "Found",
    403: "Forbidden",
    404: "Not Found",
    410: "Gone",
    429: "Too Many",
    503: "Unavailable",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """Bytes on the wire, and what becomes of the connection. With a `pause` they go out one by one, so many seconds apart."""

    data: bytes = b""
    then: Literal["open", "close", "reset", "hang"] = "open"
    pause: float = 0.0

    @classmethod
    def of(cls, body: bytes, kind: str = HTML, *, status: int = 200, **headers: str) -> "Reply":
        """A whole and honest answer; `_` in a header's name stands for `-`."""
        told = {"Content-Type": kind, "Content-Length": str(len(body))}
        told |= {name.replace("_", "-"): value for name, value in headers.items()}
        lines = [
            f"HTTP/1.1 {status} {_REASONS[status]}",
            *(f"{name}: {value}" for name, value in told.items() if value),
        ]
        return cls(data="\r\n".join([*lines, "", ""]).encode("latin-1") + body)


def page_reply(body: bytes, *, coding: str = "", kind: str = HTML) -> Reply:
    return Reply.of(body, kind, Content_Encoding=coding)


def xml_reply(body: bytes) -> Reply:
    return Reply.of(body, "application/rss+xml; charset=utf-8")


def html_reply(title: str, text: str, scripts: str = "") -> Reply:
    """A small page."""
    page = f"<!DOCTYPE html><html><head><title>{title}</title>{scripts}</head><body><h1>{title}</h1><p>{text}</p></body></html>"
    return Reply.of(page.encode())


def redirect_reply(goal: str) -> Reply:
    """Somewhere else."""
    return Reply.of(b"", status=302, Location=goal)

"""What a file is, told by its bytes: a name, an ending or a header may lie."""

import re
from typing import Literal

from digest.errors import ExtractError

KINDS = ("not-a-picture", "drawing", "ornament", "damaged", "too-large")

Format = Literal["JPEG", "PNG", "GIF", "WEBP", "AVIF", "BMP"]

_HEAD = 4096
_MARKUP = re.compile(rb"^(?:\xef\xbb\xbf|\xfe\xff|\xff\xfe)?\s*<", re.DOTALL)
_SVG = re.compile(rb"<(?:\w+:)?svg[\s>]|<!doctype\s+svg", re.IGNORECASE)
_AVIF = frozenset({b"avif", b"avis"})


def format_of(body: bytes, *, url: str) -> Format:
    """The format of a picture that is read here.

    ExtractError: "drawing" for SVG, which may hold scripts and links and is never rendered; "not-a-picture" for a page,
    data, nothing at all, or a format that no newspaper's page shows.
    """
    known = _by_magic(body)
    if known:
        return known
    if not body:
        raise ExtractError(url, "not-a-picture", "the file is empty")
    head = body[:_HEAD].replace(b"\0", b"")  # UTF-16 hides nothing
    if _MARKUP.match(head):
        if _SVG.search(head):
            raise ExtractError(url, "drawing", "it is SVG, which may hold scripts and is never rendered")
        raise ExtractError(url, "not-a-picture", "it is a page")
    if head.startswith(b"\x1f\x8b"):
        raise ExtractError(url, "drawing", "it is packed data, as SVG may be")
    raise ExtractError(url, "not-a-picture", "it is none of JPEG, PNG, GIF, WebP, AVIF and BMP")


def _by_magic(body: bytes) -> Format | None:
    if body.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if body.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if body.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return "WEBP"
    if body[4:8] == b"ftyp" and _AVIF & {body[place : place + 4] for place in range(8, 64, 4)}:
        return "AVIF"
    # "BM" begins words too: the size of the header that follows is one of a few.
    return "BMP" if body[:2] == b"BM" and body[14:18] in _BMP_HEADERS else None


_BMP_HEADERS = frozenset(size.to_bytes(4, "little") for size in (12, 40, 52, 56, 64, 108, 124))

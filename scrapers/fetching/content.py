"""What came over the wire, unpacked under a cap."""

import asyncio
import zlib
from collections.abc import AsyncIterator
from typing import Literal

from digest.errors import FetchError

Wanted = Literal["page", "feed", "sitemap", "document", "picture", "robots"]

MEGABYTE = 1024 * 1024
CAPS: dict[Wanted, int] = {
    "page": 5 * MEGABYTE,
    "feed": 15 * MEGABYTE,
    "sitemap": 50 * MEGABYTE,
    "document": 30 * MEGABYTE,
    "picture": 20 * MEGABYTE,
    "robots": MEGABYTE // 2,  # RFC 9309: a parser may stop there
}

_GZIP = b"\x1f\x8b"
_EITHER_HEADER = 32 + zlib.MAX_WBITS  # zlib tells gzip from zlib by the first bytes
_RAW = -zlib.MAX_WBITS
_SLICE = 256 * 1024
# Bounds on what costs time and brings no bytes: gzip members one after the other, and chunks of a byte each.
_MOST_MEMBERS = 1000
_MOST_CHUNKS = 50_000
_CHUNKS_IN_A_ROW = 256  # that come without a wait; then the other hosts have their turn


class _Unpacker:
    """One coding of the body, undone chunk by chunk and never beyond `cap` bytes in all."""

    def __init__(self, cap: int, *, first: bytes) -> None:
        # Some servers send bare deflate where RFC 9110 wants a zlib header. The first chunk may be a single byte.
        self._bits = _EITHER_HEADER if first[0] == _GZIP[0] or first[0] & 0x0F == 8 else _RAW
        self._one = zlib.decompressobj(self._bits)
        self._room = cap + 1
        self._members = 1
        self._is_padding = False

    def feed(self, chunk: bytes) -> bytes:
        out = bytearray()
        while chunk and self._room > 0 and not self._is_padding:
            if self._one.eof and not self._next_member(chunk):
                break
            piece = self._one.decompress(chunk, self._room)
            self._room -= len(piece)
            out += piece
            chunk = self._one.unconsumed_tail or self._one.unused_data
        return bytes(out)

    def _next_member(self, chunk: bytes) -> bool:
        """Whether more data follows the end of a stream, not padding."""
        self._is_padding = chunk[0] != _GZIP[0]
        self._members += 1
        if self._members > _MOST_MEMBERS:
            raise zlib.error(f"more than {_MOST_MEMBERS} gzip members")
        self._one = self._one if self._is_padding else zlib.decompressobj(self._bits)
        return not self._is_padding

    @property
    def is_whole(self) -> bool:
        return self._one.eof


async def read_body(
    chunks: AsyncIterator[bytes], *, coding: str, wanted: Wanted, url: str, announced: int = 0
) -> bytes:
    """The body with its content coding undone. Never holds more than the cap of its kind.

    `announced` is the Content-Length: what is too large by its own word is not read at all.
    FetchError: "too-large", "bad-encoding" (an unknown coding, spoilt or cut off data), "broken" (crumbs without end).
    A robots.txt is cut at its cap instead.
    """
    cap = CAPS[wanted]
    coding = coding.strip().lower()
    if coding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise FetchError(url, "bad-encoding", f"content coding {coding}")
    if announced > cap and wanted != "robots":
        raise _too_large(url, cap)
    packed = coding not in ("", "identity")
    body, unpacker, taken, count = bytearray(), None, 0, 0
    async for chunk in chunks:
        taken, count = taken + len(chunk), count + 1
        if packed and chunk:
            unpacker = unpacker or _Unpacker(cap, first=chunk)
            body += _fed(unpacker, chunk, url)
        else:
            body += chunk
        if max(taken, len(body)) > cap:
            if wanted == "robots":
                return bytes(body[:cap])
            raise _too_large(url, cap)
        await _breathe(count, url)
    if unpacker is not None and not unpacker.is_whole:
        raise FetchError(url, "bad-encoding", "the packed data is cut off")
    return unpacked_file(bytes(body), cap=cap, url=url)


async def _breathe(count: int, url: str) -> None:
    if count > _MOST_CHUNKS:
        raise FetchError(url, "broken", f"more than {_MOST_CHUNKS} chunks")
    if count % _CHUNKS_IN_A_ROW == 0:
        await asyncio.sleep(0)


def unpacked_file(body: bytes, *, cap: int, url: str) -> bytes:
    """The content of a file that is gzip by its bytes (`sitemap.xml.gz`), any other as it is."""
    if not body.startswith(_GZIP):
        return body
    unpacker, plain = _Unpacker(cap, first=body), bytearray()
    for start in range(0, len(body), _SLICE):
        plain += _fed(unpacker, body[start : start + _SLICE], url)
    if len(plain) > cap:
        raise _too_large(url, cap)
    if not unpacker.is_whole:
        raise FetchError(url, "bad-encoding", "the packed data is cut off")
    return bytes(plain)


def _fed(unpacker: _Unpacker, chunk: bytes, url: str) -> bytes:
    try:
        return unpacker.feed(chunk)
    except zlib.error as error:
        raise FetchError(url, "bad-encoding", str(error)) from error


def _too_large(url: str, cap: int) -> FetchError:
    return FetchError(url, "too-large", f"more than {cap // MEGABYTE} MB")

"""What came over the wire, unpacked under a cap."""

import zlib
from collections.abc import AsyncIterator
from typing import Literal

from digest.errors import FetchError

Wanted = Literal["page", "feed", "sitemap", "robots"]

MEGABYTE = 1024 * 1024
CAPS: dict[Wanted, int] = {
    "page": 5 * MEGABYTE,
    "feed": 15 * MEGABYTE,
    "sitemap": 50 * MEGABYTE,
    "robots": MEGABYTE // 2,  # RFC 9309: a parser may stop there
}

_GZIP = b"\x1f\x8b"
_EITHER_HEADER = 32 + zlib.MAX_WBITS  # zlib tells gzip from zlib by the first bytes
_RAW = -zlib.MAX_WBITS


class _Unpacker:
    """One coding of the body, undone chunk by chunk and never beyond `cap` bytes in all."""

    def __init__(self, cap: int, *, first: bytes) -> None:
        # Some servers send bare deflate where RFC 9110 wants a zlib header. The first chunk may be a single byte.
        self._bits = _EITHER_HEADER if first[0] == _GZIP[0] or first[0] & 0x0F == 8 else _RAW
        self._one = zlib.decompressobj(self._bits)
        self._room = cap + 1

    def feed(self, chunk: bytes) -> bytes:
        out = bytearray()
        while chunk and self._room > 0:
            if self._one.eof:
                if chunk[0] != _GZIP[0]:
                    break  # what follows the end of a stream is padding
                self._one = zlib.decompressobj(self._bits)
            piece = self._one.decompress(chunk, self._room)
            self._room -= len(piece)
            out += piece
            chunk = self._one.unconsumed_tail or self._one.unused_data
        return bytes(out)

    @property
    def is_whole(self) -> bool:
        return self._one.eof


async def read_body(chunks: AsyncIterator[bytes], *, coding: str, wanted: Wanted, url: str) -> bytes:
    """The body with its content coding undone. Never holds more than the cap of its kind.

    FetchError: "too-large", "bad-encoding" (an unknown coding, spoilt or cut off data). A robots.txt is cut at its
    cap instead.
    """
    cap = CAPS[wanted]
    coding = coding.strip().lower()
    if coding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise FetchError(url, "bad-encoding", f"content coding {coding}")
    packed = coding not in ("", "identity")
    body, unpacker = bytearray(), None
    async for chunk in chunks:
        if packed and chunk:
            unpacker = unpacker or _Unpacker(cap, first=chunk)
            body += _fed(unpacker, chunk, url)
        else:
            body += chunk
        if len(body) > cap:
            if wanted == "robots":
                return bytes(body[:cap])
            raise FetchError(url, "too-large", f"more than {cap // MEGABYTE} MB")
    if unpacker is not None and not unpacker.is_whole:
        raise FetchError(url, "bad-encoding", "the packed data is cut off")
    return unpacked_file(bytes(body), cap=cap, url=url)


def unpacked_file(body: bytes, *, cap: int, url: str) -> bytes:
    """The content of a file that is gzip by its bytes (`sitemap.xml.gz`), any other as it is."""
    if not body.startswith(_GZIP):
        return body
    unpacker = _Unpacker(cap, first=body)
    plain = _fed(unpacker, body, url)
    if len(plain) > cap:
        raise FetchError(url, "too-large", f"more than {cap // MEGABYTE} MB")
    if not unpacker.is_whole:
        raise FetchError(url, "bad-encoding", "the packed data is cut off")
    return plain


def _fed(unpacker: _Unpacker, chunk: bytes, url: str) -> bytes:
    try:
        return unpacker.feed(chunk)
    except zlib.error as error:
        raise FetchError(url, "bad-encoding", str(error)) from error

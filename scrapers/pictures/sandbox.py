"""A picture made anew in a process of its own.

Run as `python -m scrapers.pictures.sandbox SECONDS MEGABYTES PIXELS SIDE WIDTH` it is that process (`scrapers.apart`):
bytes on stdin; on stdout a line of JSON with type and size, then the copy.
"""

import hashlib
import sys
from dataclasses import dataclass

import msgspec

from digest.pictures import Mime, Picture
from scrapers import apart
from scrapers.pictures.formats import KINDS, format_of

_READER = apart.Reader(module="scrapers.pictures.sandbox", reads="picture", kinds=frozenset(KINDS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits(apart.Limits):
    """What one picture may cost and be. A camera's 24 megapixels take a second of the processor and 170 MB."""

    seconds: int = 10
    wall: float = 20
    megabytes: int = 1024
    pixels: int = 80_000_000
    side: int = 20_000


LIMITS = Limits()


class _Told(msgspec.Struct):
    """What the process says of the copy, before it."""

    mime: Mime
    width: int
    height: int


def remade_apart(body: bytes, *, url: str, width: int, limits: Limits = LIMITS) -> Picture:
    """The copy of a picture, at most `width` pixels wide. ExtractError with one of `formats.KINDS`."""
    format_of(body, url=url)  # what is no picture is not worth a process
    numbers = (limits.pixels, limits.side, width)
    said = apart.made_apart(_READER, body, url=url, limits=limits, numbers=numbers)
    line, _, data = said.partition(b"\n")
    told = msgspec.json.decode(line, type=_Told)
    name = hashlib.sha256(data).hexdigest()
    return Picture(sha256=name, mime=told.mime, width=told.width, height=told.height, data=data)


def main(arguments: list[str]) -> int:
    """The process."""
    return apart.serve(_READER, arguments, _remade)


def _remade(body: bytes, pixels: int, side: int, width: int) -> bytes:
    from scrapers.pictures.remaking import Bounds, remade  # noqa: PLC0415 - the library is loaded where it may be lost

    form = format_of(body, url="")
    copy = remade(body, form=form, width=width, bounds=Bounds(pixels=pixels, side=side))
    told = _Told(mime=copy.mime, width=copy.width, height=copy.height)
    return msgspec.json.encode(told) + b"\n" + copy.data


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

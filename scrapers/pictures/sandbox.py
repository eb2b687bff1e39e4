"""A picture made anew in a process of its own.

Run as `python -m scrapers.pictures.sandbox SECONDS MEGABYTES PIXELS SIDE WIDTH` it is that process: bytes on
stdin; on stdout a line of JSON with type and size, then the copy; or one line `kind: detail` on stderr. It has
processor time and memory to a limit, and is lost without harm.
"""

import hashlib
import resource
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import msgspec

from digest.errors import ExtractError
from digest.pictures import Mime, Picture
from digest.processes import end_with_parent
from scrapers.pictures.formats import KINDS, format_of

_CODE = Path(__file__).parents[2]  # what holds the packages, in a checkout and where they are installed


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one picture may cost and be. A camera's 24 megapixels take a second of the processor and 170 MB."""

    seconds: int = 10
    wall: float = 20.0
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
    numbers = (limits.seconds, limits.megabytes, limits.pixels, limits.side, width)
    command = [sys.executable, "-m", "scrapers.pictures.sandbox", *map(str, numbers)]
    try:
        ran = subprocess.run(  # noqa: S603 - no shell; every argument is ours
            command, input=body, capture_output=True, cwd=_CODE, timeout=limits.wall, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ExtractError(url, "too-large", f"reading it takes longer than {limits.wall:.0f} s") from error
    if ran.returncode == 0:
        return _picture(ran.stdout)
    raise _why(url, ran.returncode, ran.stderr.decode(errors="replace").strip())


def _picture(said: bytes) -> Picture:
    line, _, data = said.partition(b"\n")
    told = msgspec.json.decode(line, type=_Told)
    name = hashlib.sha256(data).hexdigest()
    return Picture(sha256=name, mime=told.mime, width=told.width, height=told.height, data=data)


def _why(url: str, status: int, words: str) -> ExtractError:
    if status == 1 and words:
        kind, _, detail = words.splitlines()[-1].partition(": ")
        if kind in KINDS:
            return ExtractError(url, kind, detail)
    if status in (-signal.SIGXCPU, -signal.SIGKILL):
        return ExtractError(url, "too-large", "reading it takes more processor time than a picture may")
    return ExtractError(url, "damaged", f"it cannot be read to its end (status {status})")


def main(arguments: list[str]) -> int:
    """The process."""
    seconds, megabytes, pixels, side, width = map(int, arguments)
    end_with_parent()
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from scrapers.pictures.remaking import Bounds, remade  # noqa: PLC0415 - the library is loaded where it may be lost

    body = sys.stdin.buffer.read()
    try:
        form = format_of(body, url="")
        copy = remade(body, form=form, width=width, bounds=Bounds(pixels=pixels, side=side))
    except ExtractError as error:
        sys.stderr.write(f"{error.kind}: {error.detail}\n")
        return 1
    except MemoryError:
        sys.stderr.write("too-large: reading it takes more memory than a picture may\n")
        return 1
    told = _Told(mime=copy.mime, width=copy.width, height=copy.height)
    sys.stdout.buffer.write(msgspec.json.encode(told) + b"\n" + copy.data)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

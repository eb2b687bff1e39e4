"""A PDF read in a process of its own.

Run as `python -m scrapers.documents.sandbox SECONDS MEGABYTES PAGES` it is that process: bytes on stdin, a `Told` as
JSON on stdout, or one line `kind: detail` on stderr. PDFium is well kept and fuzzed, and still C++ that reads a
stranger's bytes: it gets processor time and memory to a limit, and a process to lose.
"""

import resource
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import msgspec

from digest.errors import ExtractError
from digest.processes import end_with_parent
from scrapers.documents.document_text import Told

_CODE = Path(__file__).parents[2]  # what holds the packages, in a checkout and where they are installed


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one PDF may cost. A journal of 100 pages takes five seconds of the processor and 150 MB.

    `wall` is below the 30 seconds after which a round ends the reader of any page (`scrapers.collecting.workers`), so
    that a slow PDF is told as what it is.
    """

    seconds: int = 20
    wall: int = 28
    megabytes: int = 1024
    pages: int = 500


LIMITS = Limits()


def read_apart(body: bytes, *, url: str, limits: Limits = LIMITS) -> Told:
    """What a PDF says. ExtractError: "encrypted", "damaged", "no-text", "too-large"."""
    numbers = (str(number) for number in (limits.seconds, limits.megabytes, limits.pages))
    command = [sys.executable, "-m", "scrapers.documents.sandbox", *numbers]
    try:
        ran = subprocess.run(  # noqa: S603 - no shell; every argument is ours
            command, input=body, capture_output=True, cwd=_CODE, timeout=limits.wall, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ExtractError(url, "too-large", f"reading it takes longer than {limits.wall} s") from error
    if ran.returncode == 0:
        return msgspec.json.decode(ran.stdout, type=Told)
    raise _why(url, ran.returncode, ran.stderr.decode(errors="replace").strip())


def _why(url: str, status: int, words: str) -> ExtractError:
    if status == 1 and words:
        kind, _, detail = words.splitlines()[-1].partition(": ")
        if kind in ("encrypted", "damaged", "no-text", "too-large"):
            return ExtractError(url, kind, detail)
    if status in (-signal.SIGXCPU, -signal.SIGKILL):
        return ExtractError(url, "too-large", "reading it takes more processor time than a document may")
    if status in (-signal.SIGTRAP, -signal.SIGILL, -signal.SIGABRT):  # how PDFium ends where memory does
        return ExtractError(url, "too-large", "reading it takes more memory than a document may")
    return ExtractError(url, "damaged", f"it cannot be read to its end (status {status})")


def main(arguments: list[str]) -> int:
    """The process."""
    seconds, megabytes, pages = map(int, arguments)
    end_with_parent()
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from scrapers.documents.pdf import read_pdf  # noqa: PLC0415 - the library is loaded where it may be lost

    try:
        told = read_pdf(sys.stdin.buffer.read(), url="", most_pages=pages)
    except ExtractError as error:
        sys.stderr.write(f"{error.kind}: {error.detail}\n")
        return 1
    except MemoryError:
        sys.stderr.write("too-large: reading it takes more memory than a document may\n")
        return 1
    sys.stdout.buffer.write(msgspec.json.encode(told))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

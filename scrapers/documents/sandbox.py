"""A PDF read in a process of its own.

Run as `python -m scrapers.documents.sandbox SECONDS MEGABYTES PAGES` it is that process (`scrapers.apart`): bytes on
stdin, a `Told` as JSON on stdout.
"""

import signal
import sys
from dataclasses import dataclass

import msgspec

from scrapers import apart
from scrapers.documents.document_text import Told

_READER = apart.Reader(
    module="scrapers.documents.sandbox",
    reads="document",
    kinds=frozenset({"encrypted", "no-text"}),
    out_of_memory=frozenset({signal.SIGTRAP, signal.SIGILL, signal.SIGABRT}),  # how PDFium ends
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits(apart.Limits):
    """What one PDF may cost. A journal of 100 pages takes five seconds of the processor and 150 MB.

    `wall` is below the 30 seconds after which a round ends the reader of any page (`scrapers.collecting.workers`), so
    that a slow PDF is told as what it is.
    """

    seconds: int = 20
    wall: float = 28
    megabytes: int = 1024
    pages: int = 500


LIMITS = Limits()


def read_apart(body: bytes, *, url: str, limits: Limits = LIMITS) -> Told:
    """What a PDF says. ExtractError: "encrypted", "damaged", "no-text", "too-large"."""
    told = apart.made_apart(_READER, body, url=url, limits=limits, numbers=(limits.pages,))
    return msgspec.json.decode(told, type=Told)


def main(arguments: list[str]) -> int:
    """The process."""
    return apart.serve(_READER, arguments, _read)


def _read(body: bytes, pages: int) -> bytes:
    from scrapers.documents.pdf import read_pdf  # noqa: PLC0415 - the library is loaded where it may be lost

    return msgspec.json.encode(read_pdf(body, url="", most_pages=pages))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

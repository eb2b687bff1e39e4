"""On which pages a Word document's bookmarks fall: LibreOffice lays it out, its PDF tells."""

import json
import os
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from digest.errors import RenderError

TIMEOUT = 120.0  # seconds; 200 items take about ten
_TO_PDF = "pdf:writer_pdf_Export:" + json.dumps(
    {"ExportBookmarksToPDFDestination": {"type": "boolean", "value": "true"}}, separators=(",", ":")
)


def pages_of(document: bytes, bookmarks: Sequence[str], *, office: str, timeout: float = TIMEOUT) -> dict[str, int]:
    """The page of each bookmark (letters, digits, underscores), counted from 1; `office` is the path of soffice.

    RenderError says why where LibreOffice fails, takes longer than `timeout` seconds, or leaves a bookmark out.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="diembao-") as folder:
            places = _destinations(as_pdf(document, Path(folder), office, timeout))
    except OSError as error:
        raise RenderError(f"LibreOffice could not be run: {error}") from error
    missing = [name for name in bookmarks if name not in places]
    if missing:
        raise RenderError(f"LibreOffice's pages lack {len(missing)} of {len(bookmarks)} headings")
    return {name: places[name] for name in bookmarks}


def as_pdf(document: bytes, folder: Path, office: str, timeout: float = TIMEOUT) -> Path:
    """A profile folder of its own: two passes at once, or an open LibreOffice, must not disturb each other."""
    source = folder / "issue.docx"
    source.write_bytes(document)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", _TO_PDF, "--outdir", str(folder), str(source)]
    process = subprocess.Popen(  # noqa: S603 - no shell; every argument is ours
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        status = process.wait(timeout)
    except subprocess.TimeoutExpired as error:
        raise RenderError(f"LibreOffice took longer than {timeout:g} s") from error
    finally:
        _end(process)
    made = source.with_suffix(".pdf")
    if status or not made.is_file():
        raise RenderError(f"LibreOffice made no pages (exit {status})")
    return made


def _end(process: subprocess.Popen[bytes]) -> None:
    """soffice is a script: what it started is of its process group and would live on without it."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _destinations(path: Path) -> dict[str, int]:
    try:
        reader = PdfReader(path)
        found = reader.named_destinations
        numbers = {name: reader.get_destination_page_number(place) for name, place in found.items()}
    except (PyPdfError, ValueError, KeyError) as error:
        raise RenderError(f"LibreOffice's pages could not be read: {error}") from error
    return {_name(key): number + 1 for key, number in numbers.items() if number is not None}


def _name(destination: str) -> str:
    """LibreOffice writes a name's underscore as its two hexadecimal digits, without PDF's `#` before them."""
    return destination.removeprefix("/").replace("5F", "_")

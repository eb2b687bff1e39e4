"""One JSON value set as PDF by typst, here or in a process of its own.

Run as `python -m digest.render.typesetting DAY < value.json > issue.pdf` it is that process: typst keeps what it has
set, and a server that rendered here would grow to half a gigabyte.
"""

import contextlib
import functools
import json
import subprocess
import sys
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType

import typst

import templates
from digest.errors import RenderError
from digest.processes import end_with_parent
from digest.render.glyphs import covered
from digest.render.view import OPENING_HOUR

_TEMPLATES = Path(templates.__file__).parent
_CODE = Path(__file__).parents[2]  # what holds the packages, in a checkout and where they are installed
FONTS = _TEMPLATES / "fonts"
TEMPLATE = _TEMPLATES / "bulletin" / "bulletin.typ"
_DRAWING = b"""#set page(width: 480pt, height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%)
"""
_DRAWING_PPI = 192.0
TIMEOUT = 60.0  # seconds; 200 items take two

Typeset = tuple[bytes, tuple[str, ...]]


def typeset(data: str, day: date, pictures: Mapping[str, bytes] = MappingProxyType({})) -> Typeset:
    """The PDF, with the pictures that the value names by their hash, dated the day's opening hour, and typst's warnings; RenderError when the value cannot be set."""
    with _refusals("pdf"), _desk(pictures) as template:
        made, warnings = typst.compile_with_warnings(
            template,
            root=template.parent,
            font_paths=_fonts(),
            sys_inputs={"data": data},
            pdf_standards=["a-2a", "ua-1"],
            timestamp=datetime.combine(day, OPENING_HOUR).astimezone(UTC),  # typst wants a fixed offset
            format="pdf",
        )
    return made, tuple(f"pdf: {warning.message}" for warning in warnings)


@contextlib.contextmanager
def _desk(pictures: Mapping[str, bytes]) -> Iterator[Path]:
    """The template with the pictures beside it: inside the value each byte would be a number in words."""
    if not pictures:
        yield TEMPLATE
        return
    with tempfile.TemporaryDirectory(prefix="diembao-") as name:
        folder = Path(name)
        (folder / "pictures").mkdir()
        template = folder / TEMPLATE.name
        template.write_bytes(TEMPLATE.read_bytes())
        for sha256, data in pictures.items():
            (folder / "pictures" / sha256).write_bytes(data)
        yield template


def svg_as_png(svg: str) -> bytes:
    """The drawing as PNG, 1,280 pixels wide; RenderError when it cannot be set."""
    with _refusals("drawing"):
        made: bytes = typst.compile(
            _DRAWING, format="png", ppi=_DRAWING_PPI, font_paths=_fonts(), sys_inputs={"svg": svg}
        )
    return made


@contextlib.contextmanager
def _refusals(what: str) -> Iterator[None]:
    """What typst refuses, as RenderError."""
    try:
        yield
    except typst.TypstError as error:
        raise RenderError(f"{what}: cannot be set: {error.message}") from error
    except BaseException as error:
        # A panic inside typst (a word of 65,536 bytes) comes out beside Exception, under a name that is not exported.
        if type(error).__name__ != "PanicException":
            raise
        raise RenderError(f"{what}: cannot be set: typst gave up: {error}") from error


def typeset_apart(
    data: str, day: date, pictures: Mapping[str, bytes] = MappingProxyType({}), *, timeout: float = TIMEOUT
) -> Typeset:
    """The same from a process that ends with it; RenderError too where it takes longer than `timeout` seconds."""
    command = [sys.executable, "-m", "digest.render.typesetting", day.isoformat()]
    given = json.dumps({"data": data, "pictures": {name: b64encode(one).decode() for name, one in pictures.items()}})
    try:
        ran = subprocess.run(  # noqa: S603 - no shell; every argument is ours
            command, input=given.encode(), capture_output=True, cwd=_CODE, timeout=timeout, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise RenderError(f"pdf: setting took longer than {timeout:g} s") from error
    words = ran.stderr.decode(errors="replace").splitlines()
    if ran.returncode:
        raise RenderError(words[-1] if words else f"pdf: setting ended with {ran.returncode}")
    return ran.stdout, tuple(words)


def main(arguments: list[str]) -> int:
    """The process: the value on stdin, the PDF on stdout, warnings or the one error on stderr."""
    end_with_parent()
    try:
        given = json.loads(sys.stdin.buffer.read())
        pictures = {name: b64decode(one) for name, one in given["pictures"].items()}
        made, warnings = typeset(given["data"], date.fromisoformat(arguments[0]), pictures)
    except RenderError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.buffer.write(made)
    sys.stderr.writelines(f"{warning}\n" for warning in warnings)
    return 0


@functools.cache
def printable() -> frozenset[str]:
    """What can be set upright and bold, in italics too, or in the face that stands in for both."""
    serif = [covered(font) for font in sorted(FONTS.glob("LiberationSerif-*.ttf"))]
    return frozenset.intersection(*serif) | covered(FONTS / "DejaVuSans.ttf")


@functools.cache
def _fonts() -> typst.Fonts:
    """The shipped fonts alone: what a machine has installed must not change the bulletin."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

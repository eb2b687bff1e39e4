"""An office's logo: a PNG, JPEG or SVG beside its profile, looked at before anything is made with it.

The bytes are the office's own, yet they go into every mail: a picture of another kind, of another size than a masthead
has, or an SVG that runs or fetches something is refused with its reason.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree as ET

from digest.errors import ProfileError

Media = Literal["image/png", "image/jpeg", "image/svg+xml"]

MOST_BYTES = 300_000  # it stands in every page and file
LEAST, MOST = 32, 4000  # pixels a side
MOST_NARROW = 8  # times as wide as high, or as high as wide
_SVG = "{http://www.w3.org/2000/svg}"
_RUNS = {f"{_SVG}{name}" for name in ("script", "foreignObject", "image", "use", "animate", "set", "a")}
_FETCHES = re.compile(r"url\(\s*['\"]?\s*(?!#)|@import|expression\(", re.IGNORECASE)
_LENGTH = re.compile(r"\s*(\d{1,6}(?:\.\d+)?)\s*(?:px|pt|mm|cm)?\s*")
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # the markers of a JPEG that tell its size
_BARE = {0x01, *range(0xD0, 0xD9)}  # those without a length


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """A picture that was found to be good, `width` × `height` pixels (an SVG's own units)."""

    media: Media
    data: bytes
    width: float
    height: float


def logo_at(path: Path) -> Logo:
    """The logo in a file; ProfileError with what is wrong with it."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no file's name"
        raise ProfileError(f"logo {path.name}: {reason}; it is looked for beside the profile") from error
    if len(data) > MOST_BYTES:
        raise ProfileError(f"logo {path.name}: more than {MOST_BYTES // 1000} KB; save a smaller one")
    logo = _read(path.name, data)
    low, high = sorted((logo.width, logo.height))
    raster = logo.media != "image/svg+xml"
    if raster and not (low >= LEAST and high <= MOST):
        raise ProfileError(
            f"logo {path.name}: {logo.width:g} x {logo.height:g} pixels; a side has {LEAST} to {MOST} of them"
        )
    if high > MOST_NARROW * low:
        raise ProfileError(f"logo {path.name}: one side is more than {MOST_NARROW} times the other")
    return logo


def _read(name: str, data: bytes) -> Logo:
    if data.startswith(b"\x89PNG\r\n\x1a\n") and data[12:16] == b"IHDR" and len(data) > 24:
        width, height = (int.from_bytes(data[at : at + 4]) for at in (16, 20))
        return Logo(media="image/png", data=data, width=width, height=height)
    if data.startswith(b"\xff\xd8\xff"):
        size = _jpeg_size(data)
        if size is None:
            raise ProfileError(f"logo {name}: a JPEG that does not tell its size; save it anew")
        return Logo(media="image/jpeg", data=data, width=size[0], height=size[1])
    if b"<svg" in data[:2000]:
        return _svg(name, data)
    raise ProfileError(f"logo {name}: is no PNG, JPEG or SVG")


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Width and height from the first frame's header."""
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker in _FRAMES:
            return int.from_bytes(data[at + 7 : at + 9]), int.from_bytes(data[at + 5 : at + 7])
        at += 2 if marker in _BARE else 2 + int.from_bytes(data[at + 2 : at + 4])
    return None


def _svg(name: str, data: bytes) -> Logo:
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or b"<?xml-stylesheet" in data:
        raise ProfileError(
            f"logo {name}: an SVG with a document type or a style sheet of its own; save it as plain SVG"
        )
    try:
        root = ET.fromstring(data)  # noqa: S314 - no document type, so no entity
    except ET.ParseError as error:
        raise ProfileError(f"logo {name}: an SVG that cannot be read: {error}") from error
    for element in root.iter():
        unsafe = _unsafe(element)
        if unsafe:
            raise ProfileError(
                f"logo {name}: an SVG with {unsafe}, which a bulletin must not carry; save it as plain SVG"
            )
    size = _svg_size(root)
    if root.tag != f"{_SVG}svg" or size is None:
        raise ProfileError(f"logo {name}: an SVG that does not tell its size; give it a viewBox")
    return Logo(media="image/svg+xml", data=data, width=size[0], height=size[1])


def _unsafe(element: ET.Element) -> str | None:
    """What of an element runs or fetches something."""
    if element.tag in _RUNS:
        return f"<{_local(element.tag)}>"
    for key, value in element.attrib.items():
        name = _local(key)
        if name.startswith("on") or (name == "href" and not value.startswith("#")):
            return f"the attribute {name}"
        if _FETCHES.search(value):
            return "an address"
    return "an address" if _FETCHES.search(element.text or "") else None


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _svg_size(root: ET.Element) -> tuple[float, float] | None:
    """Of the viewBox, else of width and height."""
    box = root.get("viewBox", "").replace(",", " ").split()
    texts = box[2:] if len(box) == 4 else [root.get("width", ""), root.get("height", "")]
    lengths = [_LENGTH.fullmatch(text) for text in texts]
    sides = [float(match.group(1)) for match in lengths if match]
    return (sides[0], sides[1]) if len(sides) == 2 and all(sides) else None

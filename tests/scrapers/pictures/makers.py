"""Pictures made for the tests: a scene of many colours, a chart of few, and files that lie."""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms, ImageDraw

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="900" height="600"><script>alert(1)</script></svg>'
PAGE = "<!DOCTYPE html><html><body>Không tìm thấy</body></html>".encode()


def a_scene(width: int = 900, height: int = 600) -> Image.Image:
    """A picture of very many colours: red grows to the right, green downwards, blue is rough. Its top left is dark."""
    red = Image.linear_gradient("L").rotate(90).resize((width, height))
    green = Image.linear_gradient("L").resize((width, height))
    blue = Image.radial_gradient("L").resize((width, height)).point([(level * 37) % 256 for level in range(256)])
    return Image.merge("RGB", (red, green, blue))


def a_chart(width: int = 900, height: int = 600) -> Image.Image:
    """Bars on white."""
    chart = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(chart)
    for place in range(8):
        draw.rectangle((80 + place * 100, 500 - place * 50, 140 + place * 100, 520), fill="#c00000")
    return chart


def written(image: Image.Image, form: str = "JPEG", **options: Any) -> bytes:
    """The picture as a file."""
    file = BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def opened(data: bytes) -> Image.Image:
    """The picture in a file."""
    image = Image.open(BytesIO(data))
    image.load()
    return image


def exif(orientation: int = 1) -> Image.Exif:
    """What a camera writes: how it was held, what it is, where it was."""
    made = Image.Exif()
    made[0x0112] = orientation
    made[0x010F] = "Camera Lua"
    made.get_ifd(0x8825).update({1: "N", 2: (21.0, 1.0, 42.0)})
    return made


def srgb_profile() -> bytes:
    """An ICC profile."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def a_png_that_says(width: int, height: int, rows: bytes = b"") -> bytes:
    """A PNG whose head names a size that its data need not have: eight-bit grey."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def a_jpeg_of_many_scans(scans: int, side: int = 3_000) -> bytes:
    """A JPEG of one colour whose last scan is repeated: a few bytes each, and a walk over the whole picture."""
    body = written(Image.new("L", (side, side)), progressive=True)
    last = body[body.rindex(b"\xff\xda") : -2]
    return body[:-2] + last * scans + body[-2:]

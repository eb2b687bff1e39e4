"""Files made to harm whoever opens them: each is refused with its kind, or a copy without what harms."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from digest.errors import ExtractError
from scrapers.pictures.formats import format_of
from scrapers.pictures.remaking import Copy, remade
from tests.scrapers.pictures.makers import PAGE, SVG, a_png_that_says, a_scene, exif, opened, written

URL = "https://baolua.example/anh.jpg"
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>21,1.7N</exif:GPSLatitude></x:xmpmeta>'


def copy_of(body: bytes) -> Copy:
    return remade(body, form=format_of(body, url=URL), width=1299)


def kind_of(body: bytes) -> str:
    with pytest.raises(ExtractError) as caught:
        copy_of(body)
    return caught.value.kind


def a_jpeg_that_says(width: int, height: int) -> bytes:
    """A JPEG whose first frame names another size than it has."""
    body = written(a_scene())
    at = body.index(b"\xff\xc0") + 5
    return body[:at] + struct.pack(">HH", height, width) + body[at + 4 :]


def a_gif_that_says(width: int, height: int) -> bytes:
    body = written(a_scene(), "GIF")
    return body[:6] + struct.pack("<HH", width, height) + body[10:]


def a_bmp_that_says(width: int, height: int) -> bytes:
    body = written(a_scene(), "BMP")
    return body[:18] + struct.pack("<ii", width, height) + body[26:]


def with_chunk(name: bytes, data: bytes) -> bytes:
    """A good PNG with one more chunk behind its head."""
    body = written(a_scene(), "PNG")
    chunk = struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    return body[:33] + chunk + body[33:]


@pytest.mark.parametrize(
    "body",
    [
        a_png_that_says(40_000, 600),
        a_jpeg_that_says(40_000, 600),
        a_jpeg_that_says(65_535, 65_535),
        a_gif_that_says(65_535, 65_535),
        a_bmp_that_says(40_000, 600),
        a_bmp_that_says(2**31 - 1, 2**31 - 1),
    ],
)
def test_a_head_that_names_a_huge_size_is_believed_before_anything_is_decoded(body: bytes) -> None:
    assert kind_of(body) == "too-large"


def test_a_head_that_names_more_than_there_is_is_damage_or_printed_no_larger() -> None:
    assert kind_of(a_bmp_that_says(900, 6_000)) == "damaged"
    filled = copy_of(a_jpeg_that_says(900, 6_000))  # a JPEG that has its end is filled up in grey
    assert (filled.width, filled.height) == (300, 2000)


@pytest.mark.parametrize("magic", [b"\xff\xd8\xff", b"GIF89a", b"\x89PNG\r\n\x1a\n"])
@pytest.mark.parametrize("body", [written(a_scene(), "WEBP"), SVG, PAGE])
def test_bytes_that_begin_like_another_format_are_no_picture_of_it(magic: bytes, body: bytes) -> None:
    assert kind_of(magic + body) in ("damaged", "too-large")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF"])
@pytest.mark.parametrize("tail", [PAGE, SVG, b"PK\x03\x04" + bytes(200), b"MZ" + bytes(200)])
def test_what_hangs_behind_a_picture_is_not_copied(form: str, tail: bytes) -> None:
    clean = written(a_scene(), form)
    copy = copy_of(clean + tail)
    assert copy == copy_of(clean)
    assert tail not in copy.data


def test_where_it_was_taken_is_not_copied_whoever_wrote_it() -> None:
    text = PngInfo()
    text.add_itxt("XML:com.adobe.xmp", XMP.decode())
    text.add_text("Comment", "Bi mat")
    for body in (written(a_scene(), exif=exif(), xmp=XMP), written(a_scene(), "PNG", pnginfo=text)):
        assert b"GPSLatitude" in body
        copy = copy_of(body)
        assert not {secret for secret in (b"GPS", b"xmp", b"Bi mat", b"Camera") if secret in copy.data}
        assert opened(copy.data).getexif().get_ifd(0x8825) == {}


@pytest.mark.parametrize("name", [b"zTXt", b"iTXt", b"iCCP"])
def test_packed_words_that_swell_cost_no_more_than_the_picture(name: bytes) -> None:
    packed = zlib.compress(bytes(300_000_000), 9)
    head = {b"zTXt": b"k\0\0", b"iTXt": b"k\0\x01\0\0\0", b"iCCP": b"p\0\0"}[name]
    body = with_chunk(name, head + packed)
    assert len(body) < 2_000_000
    try:
        copy = copy_of(body)
    except ExtractError as error:
        kind = error.kind
    else:
        kind = "copied" if copy == copy_of(written(a_scene(), "PNG")) else "changed"
    assert kind in ("damaged", "copied")


def test_a_picture_that_moves_for_ever_is_its_first_frame() -> None:
    file = BytesIO()
    rest = [Image.new("L", (300, 200), level) for level in range(256)] * 8
    a_scene(300, 200).save(file, "GIF", save_all=True, append_images=rest, loop=0)
    assert (copy_of(file.getvalue()).width, copy_of(file.getvalue()).height) == (300, 200)
    moving = written(a_scene(), "PNG", save_all=True, append_images=[Image.new("RGB", (900, 600), "blue")])
    assert b"acTL" in moving
    assert copy_of(moving) == copy_of(written(a_scene(), "PNG"))


def test_a_printer_s_picture_taken_on_its_side_is_turned_and_shown_in_screen_colours() -> None:
    printed = Image.new("CMYK", (600, 900), (0, 255, 255, 0))
    printed.paste((0, 0, 0, 0), (0, 0, 600, 450))
    copy = copy_of(written(printed, quality=95, exif=exif(6)))
    shown = opened(copy.data)
    assert (shown.mode, shown.size) == ("RGB", (900, 600))
    left, right = shown.getpixel((10, 300)), shown.getpixel((890, 300))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert left[0] > 180
    assert max(left[1:]) < 80
    assert min(right) > 240

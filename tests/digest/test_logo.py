import struct
import zlib

import pytest

from digest.errors import ProfileError
from digest.logo import MOST_BYTES, logo_at

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {size}>{inside}</svg>'
BOX = 'viewBox="0 0 60 40"'


def png(width, height):
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))


def jpeg(width, height, *, before=b"\xff\xe0\x00\x04ab"):
    frame = b"\xff\xc0\x00\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00"
    return b"\xff\xd8" + before + frame


def svg(inside="", size=BOX):
    return SVG.format(size=size, inside=inside).encode()


@pytest.mark.parametrize(
    ("data", "media", "size"),
    [
        (png(300, 200), "image/png", (300, 200)),
        (jpeg(300, 200), "image/jpeg", (300, 200)),
        (jpeg(64, 64, before=b"\xff\xd0\xff\xe0\x00\x02"), "image/jpeg", (64, 64)),
        (svg('<circle r="9" fill="url(#a)"/>'), "image/svg+xml", (60, 40)),
        (svg(size='width="60px" height="40.5"'), "image/svg+xml", (60, 40.5)),
        (b'<?xml version="1.0"?>\n<!-- ve tay -->\n' + svg(), "image/svg+xml", (60, 40)),
    ],
)
def test_a_good_logo_tells_its_kind_and_size(tmp_path, data, media, size):
    (tmp_path / "hieu").write_bytes(data)
    logo = logo_at(tmp_path / "hieu")
    assert (logo.media, (logo.width, logo.height), logo.data) == (media, size, data)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"GIF89a" + b"\0" * 50, "is no PNG, JPEG or SVG"),
        (b"", "is no PNG, JPEG or SVG"),
        (png(300, 200)[:20], "is no PNG, JPEG or SVG"),
        (b"\xff\xd8\xff\xe0\x00\x04ab", "a JPEG that does not tell its size"),
        (b"\xff\xd8\xff" + b"\0" * 30, "a JPEG that does not tell its size"),
        (png(40_000, 200), "40000 x 200 pixels; a side has 32 to 4000"),
        (png(31, 31), "31 x 31 pixels"),
        (png(900, 100), "more than 8 times the other"),
        (svg(size='viewBox="0 0 1000 1"'), "more than 8 times the other"),
        (png(300, 200) + b"\0" * MOST_BYTES, "more than 300 KB"),
        (svg("<script>1</script>"), "an SVG with <script>"),
        (svg('<image href="#a"/>'), "an SVG with <image>"),
        (svg('<rect onclick="1"/>'), "an SVG with the attribute onclick"),
        (svg('<linearGradient xlink:href="https://baolua.example/a"/>'), "an SVG with the attribute href"),
        (svg('<rect fill="url(https://baolua.example/a)"/>'), "an SVG with an address"),
        (svg("<style>@import 'a.css'</style>"), "an SVG with an address"),
        (b"<!DOCTYPE svg [<!ENTITY a 'b'>]>" + svg("&a;"), "a document type"),
        (svg("<g>"), "an SVG that cannot be read"),
        (svg(size=""), "does not tell its size; give it a viewBox"),
        (svg(size='viewBox="0 0 0 40"'), "does not tell its size"),
        (b"<p><svg/></p>", "does not tell its size"),
    ],
)
def test_a_logo_that_a_bulletin_must_not_carry_is_refused_with_its_reason(tmp_path, data, reason):
    (tmp_path / "hieu.png").write_bytes(data)
    with pytest.raises(ProfileError, match=f"^logo hieu.png: .*{reason}"):
        logo_at(tmp_path / "hieu.png")


def test_a_logo_that_is_not_there_is_said_to_be_looked_for_beside_the_profile(tmp_path):
    with pytest.raises(ProfileError, match="it is looked for beside the profile"):
        logo_at(tmp_path / "khong-co.png")
    with pytest.raises(ProfileError, match="no file's name"):
        logo_at(tmp_path / "a\0b")

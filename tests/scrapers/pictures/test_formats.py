"""What a file is, by its bytes."""

import gzip

import pytest

from digest.errors import ExtractError
from scrapers.pictures.formats import format_of
from tests.scrapers.pictures.makers import PAGE, SVG, a_scene, written

URL = "https://baolua.example/anh.jpg"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "BMP"])
def test_a_format_is_told_by_its_bytes(form: str):
    assert format_of(written(a_scene(120, 120), form), url=URL) == form


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (SVG, "drawing"),
        (b"\xef\xbb\xbf  " + SVG, "drawing"),
        (SVG.decode().encode("utf-16"), "drawing"),
        (b'<!-- anh --><svg:svg xmlns:svg="http://www.w3.org/2000/svg"/>', "drawing"),
        (gzip.compress(SVG), "drawing"),
        (PAGE, "not-a-picture"),
        (b'{"error": "not found"}', "not-a-picture"),
        (b"%PDF-1.7", "not-a-picture"),
        (b"II*\0" + bytes(100), "not-a-picture"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "not-a-picture"),
        (b"BMW khai truong", "not-a-picture"),
        (b"", "not-a-picture"),
    ],
)
def test_what_is_no_picture_of_a_newspaper_is_refused_with_its_kind(body: bytes, kind: str):
    with pytest.raises(ExtractError) as caught:
        format_of(body, url=URL)
    assert (caught.value.kind, caught.value.url) == (kind, URL)

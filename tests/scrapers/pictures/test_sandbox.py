"""A picture is made anew in a process that may be lost."""

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from digest.errors import ExtractError
from scrapers.pictures import sandbox
from scrapers.pictures.sandbox import LIMITS, Limits, remade_apart
from tests.scrapers.pictures.makers import PAGE, SVG, a_jpeg_of_many_scans, a_png_that_says, a_scene, opened, written

URL = "https://baolua.example/anh.jpg"
ROOT = Path(sandbox.__file__).parents[2]

LIMITED = """
import resource
from scrapers.pictures.sandbox import main
status = main(["5", "900", "80000000", "20000", "1299"])
print(resource.getrlimit(resource.RLIMIT_AS)[0] >> 20, resource.getrlimit(resource.RLIMIT_CPU)[0], status)
"""


def error_of(body: bytes, limits: Limits = LIMITS) -> ExtractError:
    with pytest.raises(ExtractError) as caught:
        remade_apart(body, url=URL, width=1299, limits=limits)
    assert caught.value.url == URL
    return caught.value


def test_a_picture_is_made_anew_in_a_process_of_its_own():
    picture = remade_apart(written(a_scene(2000, 1000)), url=URL, width=1299)
    assert (picture.mime, picture.width, picture.height) == ("image/jpeg", 1299, 650)
    assert opened(picture.data).size == (1299, 650)
    assert picture == remade_apart(written(a_scene(2000, 1000)), url=URL, width=1299)
    assert len(picture.sha256) == 64


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (SVG, "drawing"),
        (PAGE, "not-a-picture"),
        (b"", "not-a-picture"),
        (written(a_scene(1, 1), "GIF"), "ornament"),
        (written(a_scene())[:5000], "damaged"),
        (a_png_that_says(40_000, 500), "too-large"),
        (a_png_that_says(30_000, 30_000, bytes(10_000_000)), "too-large"),
    ],
)
def test_what_is_wrong_with_it_comes_back_with_its_kind(body: bytes, kind: str):
    assert error_of(body).kind == kind


def test_a_picture_that_takes_more_memory_than_one_may_is_too_large():
    bomb = written(Image.new("RGBA", (6_000, 6_000)), "PNG")
    assert len(bomb) < 400_000
    assert error_of(bomb).kind == "ornament"  # it is decoded, and of one colour
    assert error_of(bomb, Limits(megabytes=250)).kind == "too-large"


def test_work_without_end_is_stopped():
    heavy = a_jpeg_of_many_scans(500)
    assert len(heavy) < 100_000
    assert error_of(heavy, Limits(seconds=1)).kind == "too-large"


@pytest.mark.parametrize(
    ("body", "said"), [(written(a_scene()), "900 5 0"), (written(a_scene(9, 9), "PNG"), "900 5 1")]
)
def test_the_process_has_its_limits(body: bytes, said: str):
    ran = subprocess.run([sys.executable, "-c", LIMITED], cwd=ROOT, input=body, capture_output=True, check=True)
    assert ran.stdout.decode(errors="replace").splitlines()[-1].endswith(said)

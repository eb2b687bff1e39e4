"""What a picture costs: made anew apart, beside plain Pillow in a process of its own, in the same run.

    python benchmarks/pictures.py [-o FILE.json] [--rounds N]

Seconds are processor time of the process, its start included, the median of N rounds; megabytes are its largest
resident size. Plain Pillow opens, converts, shrinks and writes, without limits, orientation, colours or checks. The
pictures are drawn here, with the grain of a photograph; the hostile ones are files that lie.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the makers of the tests' pictures

from scrapers.pictures.sandbox import LIMITS  # noqa: E402
from tests.scrapers.pictures.makers import (  # noqa: E402
    PAGE,
    SVG,
    a_chart,
    a_jpeg_of_many_scans,
    a_png_that_says,
    a_scene,
    exif,
    srgb_profile,
    written,
)

WIDTH = 1299  # the text of an A4 page at 200 dots an inch
LIMIT_NUMBERS = (LIMITS.seconds, LIMITS.megabytes, LIMITS.pixels, LIMITS.side, WIDTH)
APART = [sys.executable, "-m", "scrapers.pictures.sandbox", *map(str, LIMIT_NUMBERS)]
PLAIN = [
    *(sys.executable, "-c"),
    f"""
import sys
from io import BytesIO
from multiprocessing import get_context
from PIL import Image
Image.MAX_IMAGE_PIXELS = None
image = Image.open(BytesIO(sys.stdin.buffer.read())).convert("RGB")
image.thumbnail(({WIDTH}, 2000))
image.save(sys.stdout.buffer, "JPEG", quality=85)
""",
]


def a_photograph(width: int, height: int) -> Image.Image:
    """A scene with grain, so that it packs like a photograph."""
    grain = Image.effect_noise((width, height), 24).convert("RGB")
    return Image.blend(a_scene(width, height), grain, 0.25)


def good() -> dict[str, Callable[[], bytes]]:
    """Pictures as newspapers and offices have them."""
    return {
        "JPEG 0.5 MP, newspaper": lambda: written(a_photograph(860, 573), quality=80),
        "JPEG 2 MP": lambda: written(a_photograph(1_732, 1_155), quality=85),
        "JPEG 24 MP, camera": lambda: written(
            a_photograph(6_000, 4_000), quality=90, exif=exif(6), icc_profile=srgb_profile()
        ),
        "JPEG 2 MP, CMYK": lambda: written(a_photograph(1_732, 1_155).convert("CMYK"), quality=85),
        "WebP 2 MP": lambda: written(a_photograph(1_732, 1_155), "WEBP", quality=80),
        "AVIF 2 MP": lambda: written(a_photograph(1_732, 1_155), "AVIF", quality=70, speed=9),
        "PNG 2 MP, photograph": lambda: written(a_photograph(1_732, 1_155), "PNG", compress_level=1),
        "PNG 2 MP, chart": lambda: written(a_chart(1_732, 1_155), "PNG"),
        "PNG 24 MP, transparent": lambda: written(a_photograph(6_000, 4_000).convert("RGBA"), "PNG", compress_level=1),
    }


def hostile() -> dict[str, Callable[[], bytes]]:
    """Files that are to cost little."""
    return {
        "PNG 30,000 x 30,000 of 900 KB": lambda: a_png_that_says(30_000, 30_000, bytes(900_000_000)),
        "PNG 40 MP, one colour": lambda: a_png_that_says(6_300, 6_300, bytes(6_301 * 6_300)),
        "PNG 40 MP, transparent, one colour": lambda: written(
            Image.new("RGBA", (6_300, 6_300)), "PNG", compress_level=1
        ),
        "JPEG 80 MP, progressive, one colour": lambda: written(Image.new("RGB", (8_900, 8_900)), progressive=True),
        "PNG 40,000 wide": lambda: a_png_that_says(40_000, 400),
        "JPEG of 2,000 scans": lambda: a_jpeg_of_many_scans(2_000),
        "JPEG cut off": lambda: written(a_scene(3_000, 2_000))[:100_000],
        "GIF of 500 frames": lambda: _moving(500),
        "SVG with script": lambda: SVG,
        "page": lambda: PAGE,
        "1 x 1": lambda: written(a_scene(1, 1), "GIF"),
    }


def _moving(frames: int) -> bytes:
    file = BytesIO()
    rest = [Image.new("RGB", (900, 600), (number % 256, 0, 0)) for number in range(frames)]
    a_chart().save(file, "GIF", save_all=True, append_images=rest)
    return file.getvalue()


def drawn(name: str, file: Path) -> None:
    """Draw one; in a process of its own, as a child's largest size counts from its parent's."""
    file.write_bytes((good() | hostile())[name]())


def once(command: Sequence[str], file: Path) -> tuple[float, float, int, str]:
    """Processor seconds, resident megabytes, bytes out and how it ended."""
    with file.open("rb") as given, tempfile.TemporaryFile() as made, tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, cwd=ROOT, stdin=given, stdout=made, stderr=said)  # noqa: S603 - ours
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        words = said.read().decode(errors="replace").strip().splitlines()
        outcome = "made" if process.returncode == 0 else (words or [f"ended by signal {-process.returncode}"])[-1]
        return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, made.seek(0, os.SEEK_END), outcome


def measured(command: Sequence[str], file: Path, rounds: int) -> dict[str, Any]:
    runs = [once(command, file) for _ in range(rounds)]
    seconds = statistics.median(run[0] for run in runs)
    return {
        "seconds": round(seconds, 3),
        "megabytes": round(max(run[1] for run in runs)),
        "out": runs[0][2],
        "outcome": runs[0][3][:60],
    }


def row(name: str, file: Path, rounds: int) -> dict[str, Any]:
    """One line of the table, and the same as a value."""
    with get_context("spawn").Pool(1) as artist:
        artist.apply(drawn, (name, file))
    apart, plain = (measured(command, file, rounds) for command in (APART, PLAIN))
    shown = (f"{one['seconds']:>9.2f} {one['megabytes']:>5} {one['out'] // 1024:>6}" for one in (apart, plain))
    size = file.stat().st_size
    print(f"{name:36}{size // 1024:>8}  {'  '.join(shown)}  {apart['outcome']} | {plain['outcome']}", flush=True)
    return {"name": name, "bytes": size, "apart": apart, "plain": plain}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", "--output", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print(f"{'':36}{'KB in':>8}  {'apart: s':>9} {'MB':>5} {'KB':>6}  {'plain: s':>9} {'MB':>5} {'KB':>6}")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "picture"
        rows = [row(name, file, options.rounds if name in good() else 1) for name in good() | hostile()]
    if options.output:
        options.output.write_text(json.dumps(rows, ensure_ascii=False, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()

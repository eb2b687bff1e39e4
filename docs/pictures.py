"""Take the pictures of the docs: `diembao demo -o bulletin && python docs/pictures.py bulletin/`.

Page 1, an inner page and the last page of every shipped profile, in the greys of an office's printer, and the daily as a
web page. All texts are invented: the demo newsroom's, and for the monthly the own articles beside this file.
Needs Chromium and poppler's pdftoppm.
"""

import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from PIL import Image as Raster
from playwright.sync_api import sync_playwright

from digest import profile as profiles
from digest.charts import with_chart
from digest.model import Bar, Chart, Image, Issue, Item, Kept
from digest.pictures import Picture
from digest.profile import Profile
from digest.render.pdf import pdf
from digest.render.view import view_of
from digest.wire import issue_from, parse

HERE = Path(__file__).parent
SHOWN = HERE.parent / "digest" / "demo" / "pictures"
CHROMIUM = "/usr/bin/chromium"
WIDTHS = {"web-1280.png": (1280, 900), "web-360.png": (360, 780)}
DAY = "2026-03-02"  # the newsroom's
GREYS = 12  # enough for letters and pictures on a page of this size
DOTS = 58  # an inch
FOLD = 3  # a document of so many pages has an inner one to show
KINDS, WATERS, PLACES = (
    ("Xã", "Phường"),
    ("Bến", "Gò", "Đồi", "Suối", "Cầu", "Bản", "Vàm"),
    ("Lau", "Sậy", "Chè", "Vàng", "Gỗ", "Mây", "Đình", "Son", "Trúc", "Lúa", "Thị", "Dừa", "Sen"),
)


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "bulletin")
    take_pages(folder)
    take_screens(next(folder.glob("*.html")))


def take_pages(folder: Path) -> None:
    for name in profiles.shipped_names():
        profile = profiles.load(name)
        issue, pictures = illustrated(drafted(folder / "articles.jsonl", name), profile)
        made = pdf(view_of(issue, profile, pictures))
        with tempfile.TemporaryDirectory() as scratch:
            file = Path(scratch) / "so.pdf"
            file.write_bytes(made.data)
            subprocess.run(["pdftoppm", "-r", str(DOTS), "-gray", file, file.with_suffix("")], check=True)
            pages = sorted(Path(scratch).glob("so-*.pgm"))
            for word, page in chosen(pages):
                small = Raster.open(page).quantize(GREYS, dither=Raster.Dither.NONE)
                small.save(HERE / f"{name}-{word}.png", optimize=True)
        print(f"{name}: {len(pages)} pages")
    daily = next(folder.glob("*.pdf"))
    subprocess.run(
        ["pdftoppm", "-r", "80", "-png", "-f", "1", "-l", "1", "-singlefile", daily, HERE / "page-1"], check=True
    )


def chosen(pages: list[Path]) -> Iterator[tuple[str, Path]]:
    yield "first", pages[0]
    if len(pages) >= FOLD:
        yield "inner", pages[len(pages) // 2 if len(pages) < 2 * FOLD else FOLD]
    if len(pages) > 1:
        yield "last", pages[-1]


def drafted(articles: Path, name: str) -> Issue:
    """The day's issue of the demo newsroom's articles, and for the monthly of our own too."""
    own = ["--own", HERE / "own-articles.jsonl"] if name == "ban-tin-thang" else []
    command = [Path(sys.executable).with_name("diembao"), "draft", "--from", articles, "--date", DAY, "--profile", name]
    ran = subprocess.run([*command, *own], check=True, capture_output=True)
    return issue_from(parse(ran.stdout))


def illustrated(issue: Issue, profile: Profile) -> tuple[Issue, Mapping[str, Picture]]:
    """The issue with the newsroom's pictures where its profile prints any, and a chart of an index by commune."""
    pictures = {file.name: picture_at(file) for file in sorted(SHOWN.glob("*.png"))}
    if profile.copyright.pictures != "print":
        return issue, {}
    sections = tuple(
        replace(section, items=tuple(with_copies(item, pictures) for item in section.items))
        for section in issue.sections
    )
    shown = {image.src: pictures[name_of(image)] for one in sections for item in one.items for image in item.images}
    return with_chart(replace(issue, sections=sections), 2, index_of_communes()), shown


def with_copies(item: Item, pictures: Mapping[str, Picture]) -> Item:
    copies = tuple(
        replace(image, kept=Kept(sha256=copy.sha256, width=copy.width, height=copy.height))
        for image in item.images
        if (copy := pictures.get(name_of(image))) is not None
    )
    return replace(item, images=copies[:2])


def name_of(image: Image) -> str:
    return image.src.rpartition("/")[2]


def picture_at(file: Path) -> Picture:
    data = file.read_bytes()
    with Raster.open(file) as opened:
        width, height = opened.size
    return Picture(sha256=hashlib.sha256(data).hexdigest(), mime="image/png", width=width, height=height, data=data)


def index_of_communes() -> Chart:
    """91 invented communes and wards, the best first; the axis starts at 50 % as in the monthlies that we know."""
    names = [
        f"{KINDS[(a + b) % 2]} {water} {place}" for a, water in enumerate(WATERS) for b, place in enumerate(PLACES)
    ]
    bars = tuple(Bar(name=name, value=round(97.4 - at * 0.255, 2)) for at, name in enumerate(names))
    return Chart(
        title="Biểu đồ chỉ số hài lòng cấp xã năm 2025", rows=bars, unit="%", start=50.0, decimals=2,
        source="Văn phòng UBND tỉnh Hạ Nguồn",
    )  # fmt: skip


def take_screens(page: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for name, (width, height) in WIDTHS.items():
            tab = browser.new_page(viewport={"width": width, "height": height})
            tab.goto(page.resolve().as_uri())
            tab.screenshot(path=HERE / name)
        browser.close()


if __name__ == "__main__":
    main()

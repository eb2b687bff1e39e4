"""Take the pictures of the docs from the demo newsroom's issue: `python docs/pictures.py bulletin/`.

Needs Chromium and poppler's pdftoppm, and the files that `diembao demo -o bulletin` made.
"""

import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
CHROMIUM = "/usr/bin/chromium"
WIDTHS = {"web-1280.png": (1280, 900), "web-360.png": (360, 780)}


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "bulletin")
    page = next(folder.glob("*.html"))
    document = next(folder.glob("*.pdf"))
    subprocess.run(
        ["pdftoppm", "-r", "80", "-png", "-f", "1", "-l", "1", "-singlefile", str(document), str(HERE / "page-1")],
        check=True,
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for name, (width, height) in WIDTHS.items():
            tab = browser.new_page(viewport={"width": width, "height": height})
            tab.goto(page.resolve().as_uri())
            tab.screenshot(path=HERE / name)
        browser.close()


if __name__ == "__main__":
    main()

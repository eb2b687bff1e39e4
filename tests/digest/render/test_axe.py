"""The page as axe and a browser judge it: every profile's, at two widths, in the light and in the dark."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from digest.profile import load
from digest.render.view import View, view_of
from digest.render.web import web_page
from tests.digest.render.fakes import a_full_view, an_issue_in
from tests.digest.render.nasty import NASTY, a_nasty_issue
from tests.digest.render.test_web import CHROMIUM, CONTRASTS, QUIET

PROFILES = ("cchc", "cchc-2023", "ban-tin-thang", "tin-nhanh", "theo-don-vi")
AXE = files("axe_playwright_python").joinpath("axe.min.js")  # MPL-2.0, by Deque; the wheel carries it
RUN = """async () => {
  const found = await axe.run(document, {resultTypes: ['violations', 'incomplete', 'passes']});
  const named = results => results.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.target}`));
  const inCharts = node => document.querySelector(node.target[0]).closest(".chart");
  return {
    violations: named(found.violations),
    unsure: named(found.incomplete.map(rule => ({...rule, nodes: rule.nodes.filter(node => !inCharts(node))}))),
    passed: found.passes.map(rule => rule.id),
  };
}"""
# How many words of a chart lie on a bar, where axe cannot tell their contrast.
ON_BARS = """() => [...document.querySelectorAll(".chart svg")].flatMap(drawing => {
  const bars = [...drawing.querySelectorAll("rect")].map(bar => bar.getBoundingClientRect());
  return [...drawing.querySelectorAll("text")].map(words => words.getBoundingClientRect())
    .filter(box => bars.some(bar => bar.width && box.left < bar.right - 1 && bar.left < box.right - 1
      && box.top < bar.bottom - 1 && bar.top < box.bottom - 1));
}).length"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed")
    with sync_playwright() as player:
        chromium = player.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield chromium
        chromium.close()


def shown(browser: Browser, folder: Path, view: View, *, width: int, scheme: str = "light") -> Page:
    file = folder / "so.html"
    file.write_bytes(web_page(view).data)
    size: ViewportSize = {"width": width, "height": 800}
    page = browser.new_page(viewport=size, color_scheme="dark" if scheme == "dark" else "light")
    page.goto(file.as_uri())
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("profile_id", PROFILES)
def test_axe_finds_nothing_and_no_width_scrolls_sideways(
    browser: Browser, tmp_path: Path, profile_id: str, width: int, scheme: str
) -> None:
    page = shown(browser, tmp_path, a_full_view(load(profile_id)), width=width, scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(RUN)
    assert found["violations"] == []
    assert found["unsure"] == []
    assert min(page.evaluate(CONTRASTS)) >= 4.5
    assert page.evaluate(ON_BARS) == 0
    page.close()
    assert {"color-contrast", "html-has-lang", "image-alt", "heading-order"} <= set(found["passed"])


@pytest.mark.parametrize("items", [0, 1])
def test_axe_finds_nothing_on_a_page_of_no_or_one_item(browser: Browser, tmp_path: Path, items: int) -> None:
    profile = load("cchc")
    page = shown(browser, tmp_path, view_of(an_issue_in(profile, items), profile), width=360)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate(RUN)["violations"] == []
    page.close()


@pytest.mark.parametrize("profile_id", ["cchc", "ban-tin-thang"])
def test_a_nasty_issue_runs_nothing_asks_for_nothing_and_stays_in_its_width(
    browser: Browser, tmp_path: Path, profile_id: str
) -> None:
    profile = load(profile_id)
    page = shown(browser, tmp_path, view_of(a_nasty_issue(profile, *NASTY.values()), profile), width=360)
    assert page.evaluate("window.hit") is None
    assert page.evaluate("performance.getEntriesByType('resource').length") == 0
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate(RUN)["violations"] == []
    page.close()

"""The web page: the issue's own words, nothing from elsewhere, readable on a phone and in the dark."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from digest.model import Also
from digest.profile import load
from digest.render.glyphs import MARK
from digest.render.marks import NO_ITEMS, SAME_STORY
from digest.render.view import view_of
from digest.render.web import web_page
from tests.digest.render.fakes import a_view, an_issue, an_item, issue_of
from tests.digest.render.readers import Markup, html_words, joined, paragraphs_of

CHROMIUM = Path("/usr/bin/chromium")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HOSTILE = (
    "<script>alert('xin chào')</script>",
    "</style></title><h1>Tít giả</h1>",
    '" onmouseover="alert(1)',
    "{{ 7 * 7 }} {% raw %} #panic $x$ *đậm* @nguon \\u0000",
    "&lt;không phải dấu nhỏ hơn&gt; &amp; thế thôi",
)
# Contrast of each text with the nearest background behind it, as WCAG 2 computes it.
CONTRASTS = """() => {
  const channels = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255)
    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = channels(getComputedStyle(at).backgroundColor);
      if (colour[3] !== 0) return colour;
    }
    return [255, 255, 255];
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (texts.nextNode()) {
    if (!texts.currentNode.data.trim()) continue;
    const element = texts.currentNode.parentElement;
    const pair = [light(channels(getComputedStyle(element).color)), light(behind(element))].sort((a, b) => a - b);
    found.push((pair[1] + 0.05) / (pair[0] + 0.05));
  }
  return found;
}"""


def test_every_paragraph_stands_on_the_page_as_it_is() -> None:
    issue = an_issue(11)
    words = html_words(web_page(a_view(issue)).data)
    lost = [paragraph for paragraph in paragraphs_of(issue) if paragraph not in words]
    assert lost == []


def test_the_page_speaks_vietnamese_and_has_its_landmarks() -> None:
    page = Markup(web_page(a_view()).data.decode())
    assert page.open == []
    assert page.values("lang", "html") == ["vi"]
    tags = re.findall(r"<(header|nav|main|h1)\b", web_page(a_view()).data.decode())
    assert tags == ["header", "h1", "nav", "main"]
    assert page.values("href", "a")[0] == "#noi-dung"


def test_every_contents_line_leads_to_a_place_of_its_own() -> None:
    issue = an_issue(60, 5)
    page = Markup(web_page(a_view(issue)).data.decode())
    places = page.values("id")
    assert len(places) == len(set(places))
    inner = {href[1:] for href in page.values("href", "a") if href.startswith("#")}
    assert inner <= set(places)
    assert {f"tin-{number}-a{number}" for number in range(1, 61)} <= inner


def test_item_numbers_stand_in_the_contents_alone() -> None:
    words = html_words(web_page(a_view(issue_of(an_item(7, headline="Tít thứ nhất", contents_line="Tít gọn")))).data)
    assert "7. Tít gọn" in words
    assert "Tít thứ nhất" in words
    assert "7. Tít thứ nhất" not in words


def test_a_source_line_leads_to_the_article_and_the_address_is_printed_where_the_profile_says_so() -> None:
    item = an_item(1, url="https://bengio.example/thu-tuc?a=1&b=2", also=())
    with_address, without = (web_page(view_of(issue_of(item), load(name))).data for name in ("cchc", "cchc-2023"))
    assert Markup(with_address.decode()).values("href", "a").count("https://bengio.example/thu-tuc?a=1&b=2") == 2
    assert Markup(without.decode()).values("href", "a").count("https://bengio.example/thu-tuc?a=1&b=2") == 1
    assert "https://bengio.example/thu-tuc?a=1&b=2" in html_words(with_address)
    assert "https://" not in html_words(without)


def test_other_outlets_of_the_story_are_named_after_it() -> None:
    also = (Also(outlet="Suoivang.example", url="https://suoivang.example/1"), Also(outlet="Cauda.example"))
    data = web_page(a_view(issue_of(an_item(1, also=also)))).data
    assert f"{SAME_STORY} Suoivang.example, Cauda.example" in html_words(data).replace(" ,", ",")
    assert "https://suoivang.example/1" in Markup(data.decode()).values("href", "a")


def test_each_list_is_a_list_and_keeps_its_marks() -> None:
    item = an_item(1, paragraphs=("Mở đầu.", "Một việc", "- Hai việc", "a) Ba việc"), kinds=("p", "li", "li", "oli"))
    data = web_page(a_view(issue_of(item))).data
    assert "- Một việc - Hai việc a) Ba việc" in html_words(data)
    assert data.decode().count('<ul role="list" class="li">') == 1
    assert data.decode().count('<ul role="list" class="oli">') == 1


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_and_never_run(text: str) -> None:
    item = an_item(1, headline=text, contents_line=text, outlet=text, author=text, paragraphs=(text,), kinds=("q",))
    data = web_page(a_view(issue_of(item, replace(item, number=2, article=text)))).data
    page = Markup(data.decode())
    assert html_words(data).count(joined(text)) >= 8  # contents, headline, source line twice, paragraph, for both items
    assert page.open == []
    tags = {tag for tag, _, _ in page.attributes} | set(re.findall(r"<([a-z0-9]+)", data.decode()))
    assert not tags & {"script", "iframe", "img", "object"}
    assert [name for _, name, _ in page.attributes if name.startswith("on")] == []


def test_an_address_that_runs_code_is_no_link() -> None:
    item = an_item(1, url="javascript:alert(1)", also=(Also(outlet="Gio.example", url="data:text/html,x"),))
    page = Markup(web_page(view_of(issue_of(item), load("cchc"))).data.decode())
    assert {href.partition(":")[0] for href in page.values("href", "a") if not href.startswith("#")} == set()


def test_nothing_is_asked_of_anywhere() -> None:
    text = web_page(a_view()).data.decode()
    page = Markup(text)
    assert page.values("src") + page.values("srcset") + page.values("href", "link") + page.values("ping") == []
    assert "url(" not in text
    assert "@import" not in text
    assert "default-src 'none'" in next(value for value in page.values("content") if "default-src" in value)


def test_emoji_and_chinese_stay_and_what_is_no_text_is_marked_with_a_note() -> None:
    item = an_item(
        1, paragraphs=("Vui 😀 行政 chung.", "Chuông\x07, dấu\ufeff, riêng\ue000, nửa\ud83d."), kinds=("p", "p")
    )
    rendition = web_page(a_view(issue_of(item)))
    words = html_words(rendition.data)
    assert "Vui 😀 行政 chung." in words
    assert f"Chuông{MARK}, dấu{MARK}, riêng{MARK}, nửa{MARK}." in words
    assert sorted(note[:12] for note in rendition.notes) == [
        "html: U+0007",
        "html: U+D83D",
        "html: U+E000",
        "html: U+FEFF",
    ]


def test_an_issue_without_items_says_so_and_has_no_contents() -> None:
    data = web_page(a_view(an_issue(0))).data
    assert NO_ITEMS in html_words(data)
    assert "<nav" not in data.decode()


def test_the_office_s_contact_line_closes_the_page() -> None:
    plain = load("cchc-2023")
    office = replace(plain, imprint=replace(plain.imprint, contact="Thư gửi về", email="toasoan@bengio.example"))
    data = web_page(view_of(an_issue(1, number=12), office)).data
    assert html_words(data).endswith("Thư gửi về: toasoan@bengio.example")
    assert "mailto:toasoan@bengio.example" in Markup(data.decode()).values("href", "a")


def test_the_same_issue_gives_the_same_page() -> None:
    assert web_page(a_view()).data == web_page(a_view()).data


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed")
    with sync_playwright() as player:
        chromium = player.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield chromium
        chromium.close()


def shown(browser: Browser, folder: Path, *, width: int, scheme: str) -> tuple[Page, list[str]]:
    """The page of a long issue with a long title, word and address, and the addresses asked for while it loads."""
    long = an_item(
        61, headline="Tít dài " * 40, paragraphs=("x" * 400,), kinds=("p",), url=f"https://dai.example/{'y' * 300}"
    )
    issue = an_issue(20, 4)
    last = replace(issue.sections[-1], items=(*issue.sections[-1].items, long))
    file = folder / "so.html"
    file.write_bytes(web_page(a_view(replace(issue, sections=(*issue.sections[:-1], last)))).data)
    page = browser.new_page(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    page.goto(file.as_uri())
    return page, asked


@pytest.mark.parametrize("width", [1280, 360])
def test_a_screen_shows_the_page_without_scrolling_sideways_and_loads_nothing_else(
    browser: Browser, tmp_path: Path, width: int
) -> None:
    page, asked = shown(browser, tmp_path, width=width, scheme="light")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert len(asked) == 1
    for place in (0, 5, 24):
        link = page.locator("nav a").nth(place)
        link.click()
        target = page.locator(str(link.get_attribute("href")))
        box = target.bounding_box()
        assert box is not None
        assert -1 <= box["y"] < 800
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_can_be_read_in_both_modes(browser: Browser, tmp_path: Path, scheme: str) -> None:
    page, _ = shown(browser, tmp_path, width=1280, scheme=scheme)
    contrasts = page.evaluate(CONTRASTS)
    assert len(contrasts) > 100
    assert min(contrasts) >= 4.5
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
    assert dark is (scheme == "dark")
    page.close()


def test_print_is_black_on_white_and_without_the_skip_link(browser: Browser, tmp_path: Path) -> None:
    page, _ = shown(browser, tmp_path, width=1280, scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('article p')).color") == "rgb(0, 0, 0)"
    assert not page.locator(".skip").is_visible()
    page.close()


def test_the_keyboard_reaches_the_skip_link_first(browser: Browser, tmp_path: Path) -> None:
    page, _ = shown(browser, tmp_path, width=360, scheme="light")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "noi-dung"
    page.close()

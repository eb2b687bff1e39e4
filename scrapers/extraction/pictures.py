"""Pictures of an article: where they really are, which are pictures at all, and what stands below them."""

import re

from lxml.html import HtmlElement

from digest.model import Image
from scrapers.markup import absolute, attribute, text_of

_CAPTION = re.compile(
    r"(?<![a-z])(?:p?caption|figcaption|chu-?thich(?:-?anh)?|(?:image|img|pic|picture|photo|anh)[_-]?(?:desc\w*|caption|note))"
    r"(?![a-z])|_caption"
)
_PHOTO = re.compile(r"(?<![a-z])(?:photo|picture|image|img|pic|thumb|avatar|cover)(?![a-z])|tplcaption|photocms")
_REAL = (
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-photo-original-src",
    "data-large-src",
    "data-lazy",
    "data-srcset",
)
_NOT_A_PHOTO = re.compile(r"\.svg(?:$|\?)|/icons?[/_-]|icon-|blank\.|pixel|spacer|emoji|logo|loading\.", re.IGNORECASE)
_FIGURE_TEXT = 700


def source_of(element: HtmlElement, base: str) -> str:
    """The address of a picture as the reader gets it: `src`, or where a script finds it when `src` is a placeholder."""
    src = attribute(element, "src")
    if not src or src.startswith("data:") or "blank." in src or "loading." in src:
        src = attribute(element, *_REAL, "srcset").split(",")[0].split(" ")[0]
    whole = absolute(base, src) if src else ""
    small = any((element.get(side) or "").strip("px ") in ("0", "1") for side in ("width", "height"))
    return "" if small or _NOT_A_PHOTO.search(whole) else whole


def images_in(element: HtmlElement, base: str) -> list[Image]:
    """The pictures of a figure (or the picture itself), each once; the figure's text is the caption of the first."""
    if element.find(".//video") is not None:
        return []
    sources = dict.fromkeys(source_of(picture, base) for picture in element.iter("img"))
    images = [Image(src=src) for src in sources if src]
    caption = caption_in(element) if element.tag != "img" else ""
    if images and caption:
        images[0] = Image(src=images[0].src, caption=caption)
    return images


def caption_in(element: HtmlElement) -> str:
    """The caption inside a figure: the element named so, else all its text."""
    named = [node for node in element.iter() if node.tag == "figcaption" or is_caption(node)]
    return next((text for node in named if (text := text_of(node))), "") if named else text_of(element)


def is_caption(element: HtmlElement) -> bool:
    """Whether an element is named a caption."""
    return element.tag == "figcaption" or bool(_CAPTION.search((element.get("class") or "").lower()))


def is_figure(element: HtmlElement) -> bool:
    """A block that is there for a picture: named so, or a table around one, with no more text than a caption has."""
    if element.tag not in ("div", "table", "p", "center") or element.find(".//img") is None:
        return False
    named = _PHOTO.search(f"{element.get('class') or ''} {element.get('type') or ''}".lower())
    if not named and element.tag != "table" and not any(is_caption(node) for node in element.iter()):
        return False
    return len(text_of(element)) <= _FIGURE_TEXT and len(element.findall(".//p")) <= 3

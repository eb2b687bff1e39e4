"""An article's element → its lines and pictures, in reading order. What a line means is decided in `scrapers.extraction.lines`."""

import re
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from digest.model import Image, Kind
from scrapers.extraction.pictures import images_in, is_caption, is_figure
from scrapers.markup import BLOCKS, clean, text_of

_KINDS: dict[str, Kind] = {"h1": "h", "h2": "h", "h3": "h", "h4": "h", "h5": "h", "h6": "h", "blockquote": "q"}
_SKIPPED = frozenset(
    {
        "script",
        "form",
        "button",
        "select",
        "input",
        "textarea",
        "video",
        "audio",
        "nav",
        "footer",
        "link",
        "ins",
        "zone",
    }
)
_BOLD = frozenset({"b", "strong"})
_ITALIC = frozenset({"i", "em"})
# Whole words of class and id names: boxes that are on no site part of the text.
_BOX = re.compile(
    r"(?<![a-z])(?:relate\w*|tin-?lien-?quan\w*|lien-?quan|bai-lien-quan|tin-lq|read-?more|read-?next|xem-?them|"
    r"doc-?them|share\w*|sharing|socials?|sharemxh|ads?|adv|adzone\d*|advert\w*|adsbygoogle|banners?|quang-?cao|qc|"
    r"comments?|binh-?luan|tags?|keywords?|newsletter|subscribe|pop-?up|modal|vote|ratings?|poll|bread-?crumbs?|"
    r"pagination|audio|tts|player|copyright|powered|toolbar|print|sidebar|videostream|tin-?moi|tin-?khac|author-?box|"
    r"fb-like|google-?news|follow\w*|recommend\w*|suggest\w*|most-?read|tooltip|download-app|app-download)"
    r"(?![a-z])|(?:^|\s)(?:hidden|d-none|visually-hidden|sr-only)(?:\s|$)"
)
_UNSHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_RIGHT = re.compile(r"text-align\s*:\s*(right|end)", re.IGNORECASE)
_CENTRE = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_JUSTIFIED = re.compile(r"text-align\s*:\s*(?:justify|left|start)", re.IGNORECASE)
_ALIGNING = frozenset({"div", "center", "td", "blockquote"})
_DEPTH = 120
_MOST_LINES = 20_000  # no article has so many; a page that does shall not hold up the rest


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A block of text. `bold`, `italic`, `linked` are shares (0 to 1) of its letters.

    `heading`: the markup says so. `image` is the place of the picture that stands directly above it, among the images.
    """

    text: str
    kind: Kind = "p"
    heading: bool = False
    bold: float = 0.0
    italic: float = 0.0
    linked: float = 0.0
    right: bool = False
    centred: bool = False
    image: int | None = None
    hrefs: tuple[str, ...] = ()


@dataclass(slots=True)
class _Run:
    text: str
    bold: bool
    italic: bool
    linked: bool


@dataclass(slots=True)
class Reader:
    """Walks an element once and collects; `base` is what relative picture addresses count from."""

    base: str
    lines: list[Line] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    _known: set[str] = field(default_factory=set)
    _runs: list[_Run] = field(default_factory=list)
    _hrefs: list[str] = field(default_factory=list)
    _said: str = ""  # the last letter taken up
    _broken: bool = False  # nothing was said since the last line break
    _most: float = 0.0  # an element with more letters than this is no box, whatever it is called
    _above: int | None = None

    def read(self, element: HtmlElement) -> None:
        """Everything inside the element."""
        self._known.update(image.src for image in self.images)
        self._most = len(element.text_content()) / 2
        self._inside(element, "p", element, depth=0, bold=False, italic=False, linked=False)
        self._flush("p", element)

    def _inside(self, element: HtmlElement, kind: Kind, block: HtmlElement, *, depth: int, **style: bool) -> None:
        self._add(element.text, **style)
        for child in element:
            if len(self.lines) >= _MOST_LINES:
                return
            self._child(child, kind, block, depth + 1, style)
            self._add(child.tail, **style)

    def _child(self, child: HtmlElement, kind: Kind, block: HtmlElement, depth: int, style: dict[str, bool]) -> None:
        tag = child.tag
        if tag in _SKIPPED or (is_box(child) and len(child.text_content()) <= self._most):
            return
        if depth > _DEPTH:
            self._add(text_of(child), **style)
        elif tag == "img":
            self._picture(images_in(child, self.base))
        elif tag == "br":
            self._break(kind, block)
        elif tag == "figure" or is_figure(child):
            self._flush(kind, block)
            self._picture(images_in(child, self.base))
        elif tag == "table" and _is_grid(child):
            self._flush(kind, block)
            self._rows(child)
        elif tag in BLOCKS:
            self._flush(kind, block)
            inner = _kind_inside(child, kind)
            self._inside(child, inner, child, depth=depth, **style)
            self._flush(inner, child)
        else:
            self._inside(child, kind, block, depth=depth, **self._styled(child, style))

    def _styled(self, child: HtmlElement, style: dict[str, bool]) -> dict[str, bool]:
        if child.tag == "a":
            self._hrefs.append(child.get("href") or "")
        look = child.get("style") or ""
        return {
            "bold": style["bold"] or child.tag in _BOLD or "font-weight: bold" in look or "font-weight:bold" in look,
            "italic": style["italic"] or child.tag in _ITALIC,
            "linked": style["linked"] or child.tag == "a",
        }

    def _add(self, text: str | None, *, bold: bool, italic: bool, linked: bool) -> None:
        if text:
            self._runs.append(_Run(text, bold, italic, linked))
            said = text.rstrip()[-1:]
            self._said = said or self._said
            self._broken = self._broken and not said

    def _break(self, kind: Kind, block: HtmlElement) -> None:
        """A line break parts two paragraphs where the sentence before it has ended; so do two in a row."""
        if self._broken or not self._said or self._said in '.!?;:…”")':
            self._flush(kind, block)
        self._broken = True

    def _flush(self, kind: Kind, block: HtmlElement) -> None:
        runs, self._runs, self._said = self._runs, [], ""
        hrefs, self._hrefs = self._hrefs, []
        text = clean("".join(run.text for run in runs))
        if not text:
            return
        if is_caption(block):  # without a picture it is a video's
            self._caption(text)
            return
        line = Line(
            text=text,
            kind=kind,
            heading=kind == "h",
            bold=_share(runs, "bold"),
            italic=_share(runs, "italic"),
            linked=_share(runs, "linked"),
            right=_aligned(block, "right", _RIGHT),
            centred=_aligned(block, "center", _CENTRE),
            image=self._above,
            hrefs=tuple(hrefs),
        )
        self.lines.append(line)
        self._above = None

    def _picture(self, images: list[Image]) -> None:
        """Take up pictures that are not there yet; the text that follows stands below the last of them."""
        new = [image for image in images if image.src not in self._known]
        self.images.extend(new)
        self._known.update(image.src for image in new)
        if new and new[-1].caption is None:
            self._above = len(self.images) - 1

    def _caption(self, text: str) -> None:
        if self.images and self.images[-1].caption is None:
            self.images[-1] = Image(src=self.images[-1].src, caption=text)
            self._above = None

    def _rows(self, table: HtmlElement) -> None:
        if _links_alone(table):
            return
        for row in table.iter("tr"):
            cells = [text_of(cell) for cell in row if cell.tag in ("td", "th")]
            text = " | ".join(cell for cell in cells if cell)
            if text:
                self.lines.append(Line(text=text, kind="row"))
                self._above = None


def is_box(element: HtmlElement) -> bool:
    """Whether an element inside the text is hidden or a box of links, sharing, advertising by its name."""
    if element.get("hidden") is not None or _UNSHOWN.search(element.get("style") or ""):
        return True
    if element.tag in ("p", "h1", "h2", "h3", "span", "strong", "b", "em", "a", "img"):
        return False
    names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('type') or ''}".strip()
    return bool(names) and bool(_BOX.search(names.lower()))


def _kind_inside(element: HtmlElement, kind: Kind) -> Kind:
    if element.tag == "li":
        parent = element.getparent()
        return "oli" if parent is not None and parent.tag == "ol" else "li"
    return _KINDS.get(element.tag, kind)


def _is_grid(table: HtmlElement) -> bool:
    """A table of data: at least two rows, one of them of two cells that say something; no table inside."""
    if table.find(".//table") is not None:
        return False
    filled = [sum(bool(text_of(cell)) for cell in row if cell.tag in ("td", "th")) for row in table.iter("tr")]
    return len(filled) >= 2 and max(filled) >= 2


def _links_alone(table: HtmlElement) -> bool:
    """A table that only leads to other pieces."""
    linked = sum(len(text_of(link)) for link in table.iter("a"))
    return linked > 0 and linked >= 0.9 * sum(len(text_of(cell)) for cell in table.iter("td", "th"))


def _aligned(block: HtmlElement, side: str, style: re.Pattern[str]) -> bool:
    """Whether a block is set to one side, by itself or by the block around it."""
    around = block.getparent()
    if _is_set(block, side, style) or around is None or _JUSTIFIED.search(block.get("style") or ""):
        return _is_set(block, side, style)
    return around.tag in _ALIGNING and _is_set(around, side, style)


def _is_set(block: HtmlElement, side: str, style: re.Pattern[str]) -> bool:
    names = (block.get("class") or "").lower()
    told = (block.get("align") or "").lower() == side or (side == "center" and block.tag == "center")
    return told or f"text-{side}" in names or bool(style.search(block.get("style") or ""))


def _share(runs: list[_Run], name: str) -> float:
    total = sum(len(run.text.strip()) for run in runs)
    return sum(len(run.text.strip()) for run in runs if getattr(run, name)) / total if total else 0.0

"""Lines of an article's element → its paragraphs: boxes' leftovers, captions, repeated titles and signatures go.

Everything here is a decision over values; `scrapers.extraction.body` has read the page.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from digest.model import Image, Kind
from digest.text import fold
from scrapers.dates import read
from scrapers.extraction.body import Line
from scrapers.extraction.boilerplate import PLACEHOLDER, is_foreign
from scrapers.extraction.byline import NOBODY, Byline
from scrapers.extraction.signing import signed

_CREDIT = re.compile(
    r"(?:^|[.;(–-]\s*)(?:ảnh|đồ họa|nguồn ảnh|ảnh minh [hh]o[ạa]|minh [hh]o[ạa])\b\s*[:.(/]?", re.IGNORECASE
)
_CREDIT_ALONE = re.compile(
    r"^\(?(?:ảnh|video|clip|đồ họa|nguồn ảnh)\s*:\s*.{1,80}$|^ảnh minh (?:họa|hoạ)\.?$", re.IGNORECASE
)
_HEADING = 160
_HEAD = 3
_DATED = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """An article's text as printed; `by` is who signed it below."""

    lines: tuple[Line, ...] = ()
    images: tuple[Image, ...] = ()
    by: Byline = NOBODY

    def without_first(self) -> "Text":
        """The text from its second paragraph on."""
        return replace(self, lines=self.lines[1:])

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The paragraphs' text."""
        return tuple(line.text for line in self.lines)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The paragraphs' kinds."""
        return tuple(line.kind for line in self.lines)


def settle(
    lines: Sequence[Line], images: Sequence[Image], *, url: str, known: Sequence[str], names: frozenset[str]
) -> Text:
    """What of these lines is the article's text.

    `url` is the page's address; `known` are texts printed above the body (title, standfirst, author), which are not
    repeated; `names` are folded names of the outlet.
    """
    kept = [replace(line, text=PLACEHOLDER.sub("", line.text).strip()) for line in lines]
    kept = [line for line in kept if line.text and not is_foreign(line, url)]
    kept, pictures = _captioned(_without_head(kept), list(images))
    kept = _unrepeated(kept, {fold(text) for text in known if text})
    kept, by = signed(kept, names)
    return Text(lines=tuple(map(_with_kind, _without_orphans(kept))), images=tuple(pictures), by=by)


def _without_head(lines: list[Line]) -> list[Line]:
    """Without the by-line with its date that some sites print inside the text, above it."""
    first = next((place for place, line in enumerate(lines[:_HEAD]) if not _is_dated(line)), 0)
    return lines[first:]


def _is_dated(line: Line) -> bool:
    short = len(line.text) <= _DATED and not line.text.endswith((".", ":", ";", "?"))
    reading = read(line.text) if short and line.kind == "p" else None
    return reading is not None and reading.has_time


def _captioned(lines: list[Line], images: list[Image]) -> tuple[list[Line], list[Image]]:
    """A short centred or italic line under a picture, or one with a photographer's credit, is its caption."""
    kept: list[Line] = []
    for line in lines:
        credit = len(line.text) <= 100 and _CREDIT_ALONE.match(line.text)
        below = line.image is not None and line.kind == "p" and len(line.text) <= 350
        if below and line.image is not None and (credit or _looks_like_caption(line)):
            picture = images[line.image]
            images[line.image] = replace(picture, caption=picture.caption or line.text)
        elif not credit:
            kept.append(line)
    return kept, images


def _looks_like_caption(line: Line) -> bool:
    return line.italic > 0.9 or (line.centred and line.bold < 0.9) or bool(_CREDIT.search(line.text[-80:]))


def _unrepeated(lines: list[Line], known: set[str]) -> list[Line]:
    """Title, standfirst and by-line once more above or below the text are left out; a quotation of them is not."""
    edge = {*range(3), *range(len(lines) - 3, len(lines))}
    lengths = {len(text) for text in known}
    return [line for place, line in enumerate(lines) if place not in edge or not _is_known(line.text, known, lengths)]


def _is_known(text: str, known: set[str], lengths: set[int]) -> bool:
    near = any(0.5 * length <= len(text) <= length + 8 for length in lengths)  # a folded text is longer than as written
    return near and fold(text) in known


def _with_kind(line: Line) -> Line:
    """A short paragraph that is bold throughout and ends like no sentence is a subheading."""
    if (
        line.kind != "p"
        or line.bold < 0.97
        or len(line.text) > _HEADING
        or line.text.endswith((".", ":", ";", ",", "”", '"'))
    ):
        return line
    return replace(line, kind="h")


def _without_orphans(lines: list[Line]) -> list[Line]:
    """A heading with nothing under it headed a box that is gone."""
    end = len(lines)
    while end and lines[end - 1].heading and end > 1:
        end -= 1
    return lines[:end]

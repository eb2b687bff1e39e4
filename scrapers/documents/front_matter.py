"""What of a document is its title, standfirst, author and day; the rest is its text. None rather than a guess."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from digest.text import fold
from scrapers.dates import read
from scrapers.documents.flow import Paragraph
from scrapers.extraction.byline import looks_like_people, read_byline

_TITLE = 300  # characters
_SHORT = 200
_WITHIN = 15  # paragraphs from either end: where a title, a by-line or a date may stand
_SAME_SIZE = 0.05
_STATE = frozenset(
    {"cộng hòa xã hội chủ nghĩa việt nam", "cộng hoà xã hội chủ nghĩa việt nam", "độc lập - tự do - hạnh phúc"}
)
_BY = re.compile(r"(?:tác giả|người viết|(?:tin|bài|ảnh)(?:\s*(?:,|và|-|–)\s*(?:tin|bài|ảnh))*)\s*:", re.IGNORECASE)
_STARRED = re.compile(r"\s*\(\*+\)$")
_DAY = re.compile(r"(?:[^\W\d][\w .\-]{1,40},\s*)?ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}", re.IGNORECASE)
_SENTENCE = re.compile(r"^.{20,200}?[.!?…](?=\s|$)")
_STANDFIRST = 80  # characters at least


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What stands before the text; `rest` is the text."""

    title: str
    sapo: str | None
    author: str | None
    published: datetime | None
    rest: tuple[Paragraph, ...]


def front_of(paragraphs: Sequence[Paragraph], *, name: str | None) -> Front:
    """The parts of a document; `name` is its title where nothing in it looks like one."""
    rest = list(paragraphs)
    title = _title(rest)
    author = _author(rest)
    sapo = _sapo(rest)
    return Front(
        title=title or name or _first_sentence(rest),
        sapo=sapo,
        author=author,
        published=_published(paragraphs),
        rest=tuple(rest),
    )


def _title(rest: list[Paragraph]) -> str:
    """The headings in the largest size of the first page, one below the other, taken out of the text."""
    first = [
        at
        for at, one in enumerate(rest[:_WITHIN])
        if one.kind == "h" and one.page == rest[0].page and not _is_state(one.text) and not _STARRED.search(one.text)
    ]
    if not first:
        return ""
    largest = max(rest[at].size for at in first)
    begin = next(at for at in first if rest[at].size >= largest * (1 - _SAME_SIZE))
    end = begin + 1
    while end in first and rest[end].size >= largest * (1 - _SAME_SIZE) and _belongs(rest[begin], rest[end]):
        end += 1
    title = " ".join(one.text for one in rest[begin:end])[:_TITLE]
    del rest[begin:end]
    return title


def _belongs(first: Paragraph, line: Paragraph) -> bool:
    """A second line of a title is written as the first is."""
    return first.text.isupper() == line.text.isupper()


def _is_state(text: str) -> bool:
    """The country's name and motto above every official document."""
    return fold(text).strip(" .*-–") in {fold(one) for one in _STATE}


def _author(rest: list[Paragraph]) -> str | None:
    """A by-line that says it is one, or a name whose footnote says who that is, taken out of the text."""
    places = [*range(min(_WITHIN, len(rest))), *range(max(len(rest) - _WITHIN, _WITHIN), len(rest))]
    for at in places:
        text = rest[at].text
        if _BY.match(text) and (author := read_byline(text).author):
            del rest[at]
            return author
        name = _STARRED.sub("", text)
        if name != text and 2 <= len(name.split()) <= 5 and looks_like_people(name):
            del rest[at]
            return name
    return None


def _sapo(rest: list[Paragraph]) -> str | None:
    """A first paragraph that is bold throughout while the next is not."""
    if len(rest) > 1 and rest[0].kind == "p" and rest[0].bold and not rest[1].bold and len(rest[0].text) >= _STANDFIRST:
        return rest.pop(0).text
    return None


def _published(paragraphs: Sequence[Paragraph]) -> datetime | None:
    """The day in `Cần Thơ, ngày 3 tháng 4 năm 2026`, where such a line stands alone and names one day."""
    ends = [*paragraphs[:_WITHIN], *paragraphs[_WITHIN:][-_WITHIN:]]
    cells = (cell for one in ends for cell in one.text.split(" | "))
    readings = [read(cell) for cell in cells if _DAY.fullmatch(cell.strip().rstrip("."))]
    days = {reading.moment for reading in readings if reading}
    return days.pop() if len(days) == 1 else None


def _first_sentence(rest: Sequence[Paragraph]) -> str:
    text = rest[0].text if rest else ""
    sentence = _SENTENCE.match(text)
    if sentence or len(text) <= _SHORT:
        return sentence.group() if sentence else text
    return text[:_SHORT].rpartition(" ")[0] or text[:_SHORT]

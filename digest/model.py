"""The values that travel through a day, as frozen dataclasses.

Their JSON shapes are the contract of docs/shapes.md; `digest.wire` reads and writes them. An unknown value is
None, never an empty string; a time is aware; a day is a day in Asia/Ho_Chi_Minh.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from msgspec import Meta

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

SECTION_KEYS = ("chu_truong", "dia_phuong", "linh_vuc", "quan_ly", "phan_tich")
AREA_KEYS = ("the_che", "tthc", "bo_may", "cong_vu", "tai_chinh", "so")

LINK_ONLY = "link-only"  # the flag of an item whose outlet lets nothing but its link be printed: its address is printed

Kind = Literal["p", "h", "li", "oli", "row", "q"]
Status = Literal["draft", "review", "approved", "published", "corrected", "recalled"]
Origin = Literal["press", "own"]
Zone = Literal["main", "side", "hidden_in_markup", "menu"]
# What an editor did with an article of a draft: left it, took it out, brought it in, moved it to another section.
Deed = Literal["keep", "drop", "insert", "move"]
# What becomes of a version of an issue.
IssueDeed = Literal["edited", "approved", "signed", "corrected", "taken-down", "recalled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The copy of a picture that is kept here and printed.

    `sha256` is that of its bytes, `width` and `height` are its pixels, `credit` whose picture the caption says it is.
    """

    sha256: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
    width: Annotated[int, Meta(ge=1, le=10_000)]
    height: Annotated[int, Meta(ge=1, le=10_000)]
    credit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture of an article; `src` is absolute, or a file of the office's own article. Only an item's picture is `kept`, and only what is kept is printed."""

    src: str
    caption: str | None = None
    kept: Kept | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link found on a listing; `zone` says where on the page it stood."""

    url: str
    title: str
    zone: Zone = "main"
    published: datetime | None = None
    sapo: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Bytes as fetched from `url` (the address after redirects)."""

    url: str
    asked: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched: datetime
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What was read from a page or a feed entry.

    `kinds` runs beside `paragraphs`; shorter or missing means text ("p").
    `flags` are stable words such as "fallback" (read by the general extractor) or "time-from-feed".
    """

    id: str
    url: str | None = None
    outlet: str | None = None
    title: str = ""
    sapo: str | None = None
    paragraphs: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    images: tuple[Image, ...] = ()
    author: str | None = None
    author_note: str | None = None
    published: datetime | None = None
    rubric: str | None = None
    tags: tuple[str, ...] = ()
    fetched: datetime | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """How much of an outlet's article a bulletin may print: its whole text, its first `words`, or its link alone.

    Until `delay_hours` after publication only the link may stand there, whatever `text` allows. Its pictures may be
    printed where its whole text may, and `pictures` is "print".
    """

    text: Literal["full", "words", "link"] = "full"
    words: int | None = None
    delay_hours: float = 0.0
    pictures: Literal["print", "link"] = "print"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A stretch of the article's own text (or a rule's name) and how far it moved the judgement."""

    field: str
    text: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the classifiers make of one article. `selected` is relevance at or above the model's line."""

    relevance: float
    selected: bool
    section: str | None = None
    section_confidence: float = 0.0
    areas: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    provinces_as_written: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    model: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryMark:
    """Which story an article belongs to, and whether it leads it."""

    story: str
    lead: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Also:
    """Another outlet that ran the same story."""

    outlet: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An article with all that was made of it so far."""

    article: Article
    judgement: Judgement
    story: StoryMark
    also: tuple[Also, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A candidate that is printed, under the printed section's key."""

    candidate: Candidate
    section: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What an editor made of one article for one issue; training learns from the last one of an article and profile.

    `section` is where the article stands after it, None for a drop; `by` names nobody but the desk's own pseudonym.
    """

    article: str
    profile: str
    day: date
    deed: Deed
    moment: datetime
    section: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One line of a chart."""

    name: str
    value: Annotated[float, Meta(ge=-1e12, le=1e12)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Figures by name, printed as bars in the order given.

    `start` is where the axis begins (None: at nought), `decimals` how many every value shows (None: as many as the
    longest has). `source` is whose figures they are, without "Nguồn:".
    """

    title: str
    rows: Annotated[tuple[Bar, ...], Meta(min_length=1, max_length=500)]
    unit: str = ""
    start: Annotated[float, Meta(ge=-1e12, le=1e12)] | None = None
    decimals: Annotated[int, Meta(ge=0, le=6)] | None = None
    source: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry of an issue. `paragraphs` begin with the standfirst and are the article's own sentences."""

    number: int
    headline: str
    contents_line: str
    article: str | None = None
    paragraphs: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    outlet: str | None = None
    published: date | None = None
    author: str | None = None
    url: str | None = None
    origin: Origin = "press"
    provinces: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    also: tuple[Also, ...] = ()
    flags: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A printed section; one without items is left out of an issue."""

    key: str
    title: str
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One dated bulletin of a profile. `hash` covers what is printed, not status, version and what it corrects.

    `corrects` is the version that went out and that this one takes the place of.
    """

    profile: str
    date: date
    number: int | None = None
    version: int = 1
    status: Status = "draft"
    hash: str | None = None
    corrects: int | None = None
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueEvent:
    """Something that became of one version of an issue, in exactly the content that `issue_hash` names.

    `item` is the number, in that version, of the item that it is about; `by` names a person as the office wishes.
    """

    version: int
    deed: IssueDeed
    moment: datetime
    issue_hash: str
    item: int | None = None
    reason: str | None = None
    by: str | None = None

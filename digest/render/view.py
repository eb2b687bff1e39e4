"""What every rendition shows, decided once: words, numbers, anchors. Pure; the makers only set it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from types import MappingProxyType

from digest.issue import source_line
from digest.model import LINK_ONLY, VIETNAM, Also, Chart, Image, Issue, Item, Kind, Section
from digest.pictures import Picture
from digest.profile import Profile
from digest.text import slug
from digest.wire import content_hash

OPENING_HOUR = time(7, tzinfo=VIETNAM)  # files carry the issue's day at this hour, never the moment of making
RECALLED = "Số này đã được thu hồi"
UNTITLED = "(Không có tít)"  # a heading without words breaks a PDF's outline
_ID_LENGTH = 80  # of an article's id in an anchor; ours have sixteen characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """A finished file, and what a person should know of it (a glyph that could not be set, a missing page number)."""

    data: bytes
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Masthead:
    """Page 1 above the contents: `Năm 2023`, `THỨ HAI`, `Phát hành: 11/12/2023`, and the profile's words."""

    year: str
    weekday: str
    released: str
    kicker: str
    name: str
    topic: str
    frequency: str
    intro: str
    number: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph and its kind."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture as it is printed; `caption` is as it was written, empty where there is none."""

    picture: Picture
    caption: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """One item as it is shown. `top_label` is the words of its link to the top, with the issue's closing mark if last.

    `anchor` is the item's permanent name inside the document. Headline and contents line are one line each; `heading` is
    the headline with its number where the profile puts it there; `bold_lead` says that its first paragraph is set as a
    standfirst. `entry` is the item as the issue holds it.
    """

    number: int
    anchor: str
    headline: str
    heading: str
    bold_lead: bool
    contents_line: str
    blocks: tuple[Block, ...]
    source_line: str
    top_label: str
    url: str | None
    print_address: bool
    also: tuple[Also, ...]
    figures: tuple[Figure, ...]
    charts: tuple[Chart, ...]
    entry: Item


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """A section that has items."""

    anchor: str
    title: str
    items: tuple[ItemView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The whole issue as it is shown.

    `hash` is that of its content, which every file carries; `notice` says at the top what is special about the version,
    empty where nothing is.
    """

    issue: Issue
    profile: Profile
    title: str
    running_head: str
    hash: str
    notice: str
    masthead: Masthead
    sections: tuple[SectionView, ...]
    contact: str
    imprint: tuple[str, ...]

    @property
    def items(self) -> tuple[ItemView, ...]:
        """All items in their order."""
        return tuple(item for section in self.sections for item in section.items)

    @property
    def file_stem(self) -> str:
        """What its files are called, without ending."""
        return f"{self.issue.profile}-{self.issue.date}"


def view_of(issue: Issue, profile: Profile, pictures: Mapping[str, Picture] = MappingProxyType({})) -> View:
    """The issue in the profile's words. Sections without items are left out.

    `pictures` are the copies the issue prints, by `Image.src`; one whose hash is not the issue's is not shown.
    """
    printed = [section for section in issue.sections if section.items]
    last = printed[-1].items[-1] if printed else None
    return View(
        issue=issue,
        profile=profile,
        title=profile.title_on(issue.date, issue.number),
        running_head=profile.filled(profile.masthead.running_head, issue.date, issue.number),
        hash=content_hash(issue),
        notice=_notice(issue),
        masthead=_masthead(issue, profile),
        sections=tuple(_section(section, profile, last, pictures) for section in printed),
        contact=_contact(profile),
        imprint=profile.imprint.lines,
    )


def mark_of(issue: Issue) -> str:
    """What a list of mails shows before the title of a version that is not the first word on the day."""
    if issue.status == "recalled":
        return "[Thu hồi] "
    return "[Đính chính] " if issue.corrects is not None else ""


def _notice(issue: Issue) -> str:
    if issue.status == "recalled":
        return RECALLED
    if issue.corrects is not None:
        return f"Bản đính chính, thay cho bản {issue.corrects}"
    return ""


def _masthead(issue: Issue, profile: Profile) -> Masthead:
    words = profile.masthead
    year, day, released, number = (
        profile.filled(pattern, issue.date, issue.number)
        for pattern in (words.year, words.day, words.released, words.number)
    )
    return Masthead(
        year=year,
        weekday=day,
        released=released,
        kicker=words.kicker,
        name=words.name,
        topic=words.topic,
        frequency=words.frequency,
        intro=words.intro,
        number=(number or None) if words.show_number else None,
    )


def _section(section: Section, profile: Profile, last: Item | None, pictures: Mapping[str, Picture]) -> SectionView:
    by_section = profile.numbering.items == "by-section"
    return SectionView(
        anchor=f"muc-{slug(section.key)}",
        title=_one_line(section.title),
        items=tuple(
            _item(item, profile, pictures, number=place if by_section else item.number, is_last=item is last)
            for place, item in enumerate(section.items, 1)
        ),
    )


def _item(item: Item, profile: Profile, pictures: Mapping[str, Picture], *, number: int, is_last: bool) -> ItemView:
    layout = profile.layout
    kinds: list[Kind] = [*item.kinds]
    kinds += ["p"] * (len(item.paragraphs) - len(kinds))
    blocks = tuple(_blocks(item.paragraphs, kinds))
    headline = _one_line(item.headline) or _one_line(item.contents_line) or UNTITLED
    return ItemView(
        number=number,
        anchor=_anchor(item),
        headline=headline,
        heading=f"{number}. {headline}" if profile.numbering.headlines else headline,
        contents_line=_one_line(item.contents_line) or _one_line(item.headline) or UNTITLED,
        bold_lead=layout.bold_standfirst and len(blocks) > 1 and blocks[0].kind == "p",
        blocks=blocks,
        source_line=source_line(item, profile) if item.origin == "press" else (item.author or ""),
        top_label=layout.back_to_top + (layout.closing if is_last else ""),
        url=item.url,
        # The link is all there is of an item whose outlet lets nothing else be printed: it is printed on paper too.
        print_address=item.url is not None and (layout.print_address or LINK_ONLY in item.flags),
        also=item.also,
        figures=tuple(_figures(item.images, pictures)) if profile.copyright.pictures == "print" else (),
        charts=item.charts,
        entry=item,
    )


def _figures(images: Sequence[Image], pictures: Mapping[str, Picture]) -> Iterator[Figure]:
    for image in images:
        picture = pictures.get(image.src)
        if picture and image.kept and picture.sha256 == image.kept.sha256:
            yield Figure(picture=picture, caption=_one_line(image.caption or ""))


def _blocks(paragraphs: Sequence[str], kinds: Sequence[Kind]) -> Iterator[Block]:
    """Paragraphs that say something: a subheading without words cannot be set, and nobody misses a blank one."""
    for text, kind in zip(paragraphs, kinds, strict=False):
        if text.strip():
            yield Block(kind=kind, text=text)


def _anchor(item: Item) -> str:
    """`tin-3-5f2c…`: stands for the item as long as its number and its article are the same."""
    article = slug(item.article or "")[:_ID_LENGTH]
    return f"tin-{item.number}-{article}" if article else f"tin-{item.number}"


def _one_line(text: str) -> str:
    """A heading's line end would tear the contents apart; its letters stay as they are."""
    return " ".join(text.split())


def _contact(profile: Profile) -> str:
    imprint = profile.imprint
    ends = [part for part in (imprint.contact, imprint.email) if part]
    return ": ".join(ends)

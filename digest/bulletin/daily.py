"""The daily bulletin's lines → its sections and items.

An item ends with its source line and begins after the end of the one before; numbers stand only in the contents. So a
list that counts ("1. …") is never taken for items, and no heading is needed that a text file cannot show.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from digest.bulletin.around import Around, around
from digest.bulletin.body import Found, read_body
from digest.bulletin.contents import Entry, entries_of, has_page, is_numbered, lines_of_items, without_page
from digest.bulletin.lines import Line, paragraphs_of_blocks
from digest.bulletin.masthead import Given, masthead_of
from digest.bulletin.mending import mended
from digest.bulletin.reading import Reading, many, with_flags
from digest.bulletin.source_lines import TO_TOP, closing_of
from digest.bulletin.titles import Titles
from digest.errors import InputError
from digest.model import Also, Item, Section
from digest.profile import Profile
from digest.text import one_line, slug

_HEADS = ("muc-luc", "noi-dung", "trang", "tin-bai")  # above contents
_TORN = 3  # words that a paragraph has at least: less is a subheading of a foreign document


@dataclass(frozen=True, slots=True)
class _Parts:
    """The lines above the contents, those of the contents and those below."""

    masthead: Sequence[Line]
    contents: Sequence[Line]
    body: Sequence[Line]

    def without(self, printed: Around) -> "_Parts":
        """The parts without the heads of pages: one that stands only once nothing else tells from text."""
        contents, body = (
            [line for line in part if not printed.is_head(line.text)] for part in (self.contents, self.body)
        )
        return _Parts(self.masthead, contents, body)


def looks_daily(lines: Sequence[Line], labels: tuple[str, ...] = (TO_TOP,)) -> bool:
    """Whether items end in these lines."""
    return any(closing_of(line.text, labels) for line in lines)


def day_printed(lines: Sequence[Line], titles: Titles) -> date:
    """The day that the bulletin's masthead says. InputError as `read_daily`."""
    return masthead_of(_parts(lines, titles).masthead, day=None).day


def read_daily(  # noqa: PLR0913 - named where it is called
    lines: Sequence[Line],
    *,
    titles: Titles,
    labels: tuple[str, ...] = (TO_TOP,),
    day: date | None = None,
    given: Given = "--date",
    profile: Profile | None = None,
) -> Reading:
    """The bulletin in these lines; `labels` are the words of links to the top, `day` is its day where it is known.

    What the `profile` prints around its items is no part of them. InputError names the field: "date", "sections";
    `given` is the option that says the day.
    """
    parts = _parts(lines, titles)
    masthead = masthead_of(parts.masthead, day=day, given=given)
    printed = around(profile, masthead.day, masthead.number)
    parts = parts.without(printed)
    parts = replace(parts, contents=_whole(parts.contents, titles))
    _refuse_unknown(parts.contents, titles)
    entries = entries_of(parts.contents, is_title=lambda text: titles.of(text) is not None or text.isupper())
    from_pages = any(entry.page is not None for entry in entries)
    body = paragraphs_of_blocks(parts.body, from_pages=from_pages, labels=labels)
    headlines = [entry.text for entry in entries if not entry.is_title]
    body = mended(body, headlines=headlines, titles=titles, labels=labels)
    read = read_body(body, titles=titles, labels=labels, headlines=headlines, printed=printed)
    sections = _sections(read.items, entries, masthead.day)
    notes = (*masthead.notes, *read.notes, *_doubts(read.items, entries))
    return Reading(day=masthead.day, number=masthead.number, sections=sections, notes=notes)


def _parts(lines: Sequence[Line], titles: Titles) -> _Parts:
    """The first section's title stands in the contents and once more above the section."""
    marked = [at for at, line in enumerate(lines) if line.role == "contents"]
    if marked:
        return _Parts(lines[: marked[0]], [lines[at] for at in marked], lines[marked[-1] + 1 :])
    found = [(at, key) for at, line in enumerate(lines) if (key := _title_key(line, titles))]
    if not found:
        raise InputError(f"no title of a section is found; known: {titles.names}; name its profile", field="sections")
    first, key = found[0]
    begin = next((at for at, again in found[1:] if again == key), first)
    top = next((at for at, line in enumerate(lines[:begin]) if is_numbered(line.text)), begin)
    top = min(top, first)
    return _Parts(lines[:top], lines[top:begin], lines[begin:])


def _title_key(line: Line, titles: Titles) -> str | None:
    text = without_page(line.text).rstrip("0123456789 ")
    is_one = (text.isupper() or titles.is_exact(text)) and line.role in ("", "section")
    title = titles.of(text) if is_one else None
    return title[0] if title else None


def _whole(contents: Sequence[Line], titles: Titles) -> list[Line]:
    """The contents with entries in capitals whole: what a page's width tore off one looks like a section's title."""
    made: list[Line] = []
    for line in contents:
        last = made[-1] if made else None
        if last and line.role == "" and _goes_on(last.text, line.text, titles):
            made[-1] = replace(last, text=f"{last.text} {line.text}")
        else:
            made.append(line)
    return made


def _goes_on(last: str, text: str, titles: Titles) -> bool:
    """Whether an entry in capitals that lacks its page goes on with this line."""
    is_torn = is_numbered(last) and last.isupper() and not has_page(last)
    return is_torn and text.isupper() and has_page(text) and not (is_numbered(text) or titles.of(without_page(text)))


def _refuse_unknown(contents: Sequence[Line], titles: Titles) -> None:
    """A title in the contents that is none of ours: the lines of its section would be taken for the contents."""
    for line in contents:
        text = without_page(line.text)
        known = _title_key(line, titles) or slug(text) in _HEADS or is_numbered(line.text)
        if line.role == "" and text.isupper() and not known:
            raise titles.unknown(text, line.number)


def _sections(items: Sequence[Found], entries: Sequence[Entry], day: date) -> tuple[Section, ...]:
    contents = lines_of_items(entries, [item.headline for item in items], [item.anchor for item in items])
    grouped: dict[tuple[str, str], list[Item]] = {}
    for found, line in zip(items, contents, strict=True):
        grouped.setdefault(found.section, []).append(_item(found, line, day))
    numbers = count(1)
    return tuple(
        Section(key=key, title=title, items=tuple(replace(item, number=next(numbers)) for item in section))
        for (key, title), section in grouped.items()
    )


def _item(found: Found, contents_line: str, day: date) -> Item:
    source = found.source
    item = Item(
        number=0,  # given once all sections are known
        headline=found.headline,
        contents_line=contents_line,
        paragraphs=tuple(line.text for line in found.paragraphs),
        kinds=tuple(line.kind for line in found.paragraphs),
        outlet=source.outlet,
        published=source.published(day),
        author=source.author,
        url=found.url,
        origin="own" if source.own else "press",
        also=tuple(Also(outlet=outlet, url=url) for outlet, url in found.also),
        charts=tuple(found.charts),
    )
    return with_flags(item)


def _doubts(items: Sequence[Found], entries: Sequence[Entry]) -> list[str]:
    listed = sum(not entry.is_title for entry in entries)
    notes: list[str] = []
    if listed and listed != len(items):
        stand = "stands" if len(items) == 1 else "stand"
        notes.append(f"the contents list {many(listed, 'item')}, {len(items)} {stand} below")
    for number, item in enumerate(items, 1):
        texts = [one_line(line.text) for line in item.paragraphs if line.kind == "p"]
        torn = sum((text[-1:].isalnum() or text.endswith(",")) and len(text.split()) > _TORN for text in texts)
        if torn:
            end = "ends" if torn == 1 else "end"
            said = f"{torn} of its paragraphs {end} in the middle of a sentence, as if torn by a page"
            notes.append(f"item {number}: {said}")
        if item.source.day is not None and item.source.published(date(2000, 1, 1)) is None:
            notes.append(f"item {number}: {item.source.text} names a day that there is not")
    return notes

"""What differs between two versions of an issue, item by item and word by word. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from digest.bulletin.edits import ChangeKind, printed_paragraphs, reordered
from digest.bulletin.pairs import Placed, pairs_of
from digest.issue import source_line
from digest.model import Issue, Item
from digest.profile import Profile

DifferenceKind = ChangeKind | Literal["images", "charts", "title", "number"]
_WORDS = re.compile(r"(\w+|[^\w\s])(\s*)|(\s+)")
_LARGEST = 1_000_000  # words of one text times words of the other: a third of a second


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and whether they stayed, went or came."""

    text: str
    state: Literal["same", "gone", "new"]


Passage = tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that is otherwise in one item, or in the issue as a whole.

    `item` is its number in the newer version, a dropped one's in the older, 0 for the whole issue; `headline` and
    `section` (the title) are as they are there. Of paragraphs only those that changed are `passages`.
    """

    item: int
    headline: str
    section: str
    change: DifferenceKind
    passages: tuple[Passage, ...] = ()


def differences(before: Issue, after: Issue, profile: Profile) -> tuple[Difference, ...]:
    """What the newer version has otherwise: of the whole issue first, then its items in their order, dropped ones last."""
    pairs = pairs_of(before, after, profile)
    shifted = reordered(pairs)
    found: list[Difference] = []
    for old, new in pairs.both:
        found += _between(old, new, profile, shifted=old.item.number in shifted)
    found += [_whole(new, "inserted") for new in pairs.inserted]
    found.sort(key=lambda one: one.item)
    return (*_of_the_issue(before, after), *found, *(_whole(old, "dropped") for old in pairs.dropped))


def _of_the_issue(before: Issue, after: Issue) -> Iterator[Difference]:
    """The issue's number, and what its sections are called."""
    if before.number != after.number:
        numbers = (str(issue.number or "") for issue in (before, after))
        yield Difference(item=0, headline="", section="", change="number", passages=(words_between_whole(*numbers),))
    titles = {section.key: section.title for section in before.sections}
    for section in after.sections:
        if titles.get(section.key, section.title) != section.title:
            passage = words_between(titles[section.key], section.title)
            yield Difference(item=0, headline="", section=section.title, change="title", passages=(passage,))


def _between(old: Placed, new: Placed, profile: Profile, *, shifted: bool) -> Iterator[Difference]:
    """What became of one item."""
    if old.section.key != new.section.key:
        yield _of(new, "moved", (words_between_whole(old.section.title, new.section.title),))
    elif shifted:
        yield _of(new, "reordered", (words_between_whole(str(old.item.number), str(new.item.number)),))
    texts: tuple[tuple[DifferenceKind, str, str], ...] = (
        ("headline", old.item.headline, new.item.headline),
        ("contents_line", old.item.contents_line, new.item.contents_line),
        ("source_line", _source(old.item, profile), _source(new.item, profile)),
        ("url", old.item.url or "", new.item.url or ""),
    )
    yield from (_of(new, kind, (words_between(was, now),)) for kind, was, now in texts if was != now)
    lists: tuple[tuple[DifferenceKind, Sequence[str], Sequence[str]], ...] = (
        ("paragraphs", printed_paragraphs(old.item), printed_paragraphs(new.item)),
        ("also", _others(old.item), _others(new.item)),
        ("charts", _charts(old.item), _charts(new.item)),
    )
    yield from (_of(new, kind, tuple(_between_lists(was, now))) for kind, was, now in lists if was != now)
    # Another picture with the same caption has no words to show.
    if _kept(old.item) != _kept(new.item):
        yield _of(new, "images", tuple(_between_lists(_captions(old.item), _captions(new.item))))


def _source(item: Item, profile: Profile) -> str:
    return source_line(item, profile) if item.origin == "press" else item.author or ""


def _others(item: Item) -> list[str]:
    return [" ".join(filter(None, (other.outlet, other.url))) for other in item.also]


def words_between(before: str, after: str) -> Passage:
    """One text and the other, as words that stayed, went and came; whole where both are too long to be compared."""
    old, new = _words(before), _words(after)
    first, last = _alike(old, new)
    middle, other = old[first : len(old) - last], new[first : len(new) - last]
    if len(middle) * len(other) > _LARGEST:
        return words_between_whole(before, after)
    steps = SequenceMatcher(None, [word for word, _ in middle], [word for word, _ in other], autojunk=False)
    opcodes = [("equal", 0, first, 0, first)] if first else []
    opcodes += [(tag, a + first, b + first, c + first, d + first) for tag, a, b, c, d in steps.get_opcodes()]
    if last:
        opcodes.append(("equal", len(old) - last, len(old), len(new) - last, len(new)))
    return tuple(_pieces(old, new, opcodes))


_Word = tuple[str, str]  # and the blank behind it


def _words(text: str) -> list[_Word]:
    return [(word, blank or lone) for word, blank, lone in _WORDS.findall(text)]


def _alike(old: Sequence[_Word], new: Sequence[_Word]) -> tuple[int, int]:
    """How many words at the beginning, and at the end, are the same, blanks and all."""
    shorter = min(len(old), len(new))
    first = next((place for place in range(shorter) if old[place] != new[place]), shorter)
    rest = shorter - first
    last = next((place for place in range(rest) if old[-1 - place] != new[-1 - place]), rest)
    return first, last


def _pieces(
    old: Sequence[_Word], new: Sequence[_Word], opcodes: Sequence[tuple[str, int, int, int, int]]
) -> Iterator[Piece]:
    """The words run together: a stretch that stayed, or what went with what came in its place."""
    same, gone, come = "", "", ""
    for tag, begin, end, start, stop in opcodes:
        if tag != "equal":
            gone += "".join(map("".join, old[begin:end]))
            come += "".join(map("".join, new[start:stop]))
            continue
        for (word, blank), (_, other) in zip(old[begin:end], new[start:stop], strict=True):
            if gone or come:
                yield from _stayed(same)
                yield from _changed(gone, come)
                same = gone = come = ""
            same += word
            if blank == other:
                same += blank
            else:
                gone, come = blank, other
    yield from _stayed(same)
    yield from _changed(gone, come)


def _stayed(text: str) -> Iterator[Piece]:
    if text:
        yield Piece(text, "same")


def _changed(gone: str, come: str) -> Iterator[Piece]:
    """What went and what came in its place, without the blanks at their ends that both have."""
    blank = come[len(come.rstrip()) :] if gone and come else ""
    if not blank or not gone.endswith(blank):
        blank = ""
    if gone:
        yield Piece(gone.removesuffix(blank), "gone")
    if come:
        yield Piece(come.removesuffix(blank), "new")
    if blank:
        yield Piece(blank, "same")


def words_between_whole(before: str, after: str) -> Passage:
    """The one text gone, the other in its place."""
    if before and after:
        return (Piece(before, "gone"), Piece(" ", "same"), Piece(after, "new"))
    return (Piece(before, "gone"),) if before else (Piece(after, "new"),) if after else ()


def _between_lists(before: Sequence[str], after: Sequence[str]) -> Iterator[Passage]:
    """The texts that changed, each beside the one it comes from."""
    for tag, begin, end, start, stop in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        old, new = before[begin:end], after[start:stop]
        shared = min(len(old), len(new))
        yield from (words_between(*both) for both in zip(old[:shared], new[:shared], strict=True))
        yield from (words_between_whole(text, "") for text in old[shared:])
        yield from (words_between_whole("", text) for text in new[shared:])


def _kept(item: Item) -> list[tuple[str | None, str]]:
    return [(image.caption, image.kept.sha256) for image in item.images if image.kept]


def _captions(item: Item) -> list[str]:
    return [image.caption or image.src for image in item.images if image.kept]


def _charts(item: Item) -> list[str]:
    return [
        f"{chart.title}: {'; '.join(f'{row.name} {row.value:g}{chart.unit}' for row in chart.rows)}"
        for chart in item.charts
    ]


def _whole(one: Placed, kind: Literal["inserted", "dropped"]) -> Difference:
    headline = one.item.headline
    passage = words_between_whole(headline, "") if kind == "dropped" else words_between_whole("", headline)
    return _of(one, kind, (passage,))


def _of(one: Placed, kind: DifferenceKind, passages: tuple[Passage, ...]) -> Difference:
    return Difference(
        item=one.item.number, headline=one.item.headline, section=one.section.title, change=kind, passages=passages
    )

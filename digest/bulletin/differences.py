"""What differs between two versions of an issue, item by item and word by word. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from digest.bulletin.edits import Change, ChangeKind, edits_between
from digest.bulletin.pairs import Placed
from digest.model import Issue, Item
from digest.profile import Profile

DifferenceKind = ChangeKind | Literal["images", "charts"]
_WORDS = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and whether they stayed, went or came."""

    text: str
    state: Literal["same", "gone", "new"]


Passage = tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that is otherwise in one item.

    `item` is its number in the newer version, a dropped one's in the older; `headline` and `section` (the title) are as
    they are there. Of paragraphs only those that changed are `passages`.
    """

    item: int
    headline: str
    section: str
    change: DifferenceKind
    passages: tuple[Passage, ...] = ()


def differences(before: Issue, after: Issue, profile: Profile) -> tuple[Difference, ...]:
    """What the newer version has otherwise, its items in their order, those that were dropped last."""
    edits = edits_between(before, after, profile)
    pairs = {old.item.number: (old, new) for old, new in edits.pairs.both}
    found: list[Difference] = []
    for change in edits.changes:
        if change.change not in ("dropped", "inserted"):
            old, new = pairs[change.item]
            found.append(_told(change, old, new))
    for old, new in edits.pairs.both:
        found += _beside_text(old, new)
    found += [_whole(new, "inserted") for new in edits.pairs.inserted]
    found.sort(key=lambda one: one.item)
    return (*found, *(_whole(old, "dropped") for old in edits.pairs.dropped))


def words_between(before: str, after: str) -> Passage:
    """One text and the other, as words that stayed, went and came; a blank between two changes belongs to both."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    pieces: list[Piece] = []
    gone = come = ""
    for tag, begin, end, start, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        left, right = "".join(old[begin:end]), "".join(new[start:stop])
        if tag != "equal" or ((gone or come) and left.isspace()):
            gone, come = gone + left, come + right
            continue
        pieces += [*_changed(gone, come), Piece(left, "same")]
        gone = come = ""
    return (*pieces, *_changed(gone, come))


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


def _told(change: Change, old: Placed, new: Placed) -> Difference:
    if change.change == "moved":
        passages: tuple[Passage, ...] = (words_between_whole(old.section.title, new.section.title),)
    elif change.change in ("paragraphs", "also"):
        passages = tuple(_between_lists(_texts(change.before), _texts(change.after)))
    elif change.change == "reordered":
        passages = (words_between_whole(str(change.before), str(change.after)),)
    else:
        passages = (words_between(str(change.before or ""), str(change.after or "")),)
    return _of(new, change.change, passages)


def words_between_whole(before: str, after: str) -> Passage:
    """The one text gone, the other in its place."""
    if before and after:
        return (Piece(before, "gone"), Piece(" ", "same"), Piece(after, "new"))
    return (Piece(before, "gone"),) if before else (Piece(after, "new"),)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, tuple) else ()


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


def _beside_text(old: Placed, new: Placed) -> Iterator[Difference]:
    """Pictures and charts, which the words of an item do not tell of; a picture with the same caption has no passage."""
    if _kept(old.item) != _kept(new.item):
        yield _of(new, "images", tuple(_between_lists(_captions(old.item), _captions(new.item))))
    if old.item.charts != new.item.charts:
        yield _of(new, "charts", tuple(_between_lists(_charts(old.item), _charts(new.item))))


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

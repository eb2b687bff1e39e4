"""What an editor changed in an issue, item by item, and the issue as it stands after it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import Literal

from digest.bulletin.lines import Line, marked
from digest.bulletin.pairs import Pairs, Placed, pairs_of
from digest.issue import contents_line, source_line
from digest.model import Issue, Item, Section
from digest.profile import Profile
from digest.rising import longest_rising
from digest.text import one_line
from digest.wire import content_hash

ChangeKind = Literal[
    "dropped", "inserted", "moved", "reordered", "headline", "contents_line", "paragraphs", "source_line", "also", "url"
]
Told = str | int | tuple[str, ...] | Item | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of one item. `item` is its number before, an inserted one's its number now.

    `before` and `after` are what the change is about: a section's key, an item's number, a text, the paragraphs as they
    are printed; of an inserted item the whole of it, of a dropped one its headline.
    """

    item: int
    article: str | None
    change: ChangeKind
    before: Told = None
    after: Told = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edits:
    """The changes in the order of the items before, those of inserted items last, and which item became which.

    `after` is the issue before with what was read in its place: as a draft, of the same version, its hash its own. What
    a document does not show stays as it was: articles, addresses, provinces, images, flags.
    """

    changes: tuple[Change, ...]
    pairs: Pairs
    after: Issue


def edits_between(before: Issue, read: Issue, profile: Profile) -> Edits:
    """The changes that lead from one issue to the other."""
    pairs = pairs_of(before, read, profile)
    own_contents = not _contents_are_headlines(read)
    shifted = reordered(pairs)
    changes = [change for old in pairs.dropped for change in _dropped(old)]
    for old, new in pairs.both:
        changes += _changes(old, new, profile, contents=own_contents, reordered=old.item.number in shifted)
    changes.sort(key=lambda change: change.item)
    inserted = [
        Change(item=new.item.number, article=new.item.article, change="inserted", after=new.item)
        for new in pairs.inserted
    ]
    after = _after(before, read, pairs, profile, contents=own_contents)
    return Edits(changes=(*changes, *inserted), pairs=pairs, after=after)


def _after(before: Issue, read: Issue, pairs: Pairs, profile: Profile, *, contents: bool) -> Issue:
    known = {id(new.item): old.item for old, new in pairs.both}
    numbers = count(1)

    def item_of(item: Item) -> Item:
        old = known.get(id(item))
        made = _edited(old, item, profile, contents=contents) if old else item
        return replace(made, number=next(numbers))

    sections = tuple(
        Section(key=section.key, title=section.title, items=tuple(map(item_of, section.items)))
        for section in read.sections
    )
    made = replace(before, status="draft", sections=sections)
    return replace(made, hash=content_hash(made))


def printed_paragraphs(item: Item) -> tuple[str, ...]:
    """An item's paragraphs as print shows them, with the marks of lists, whatever marks stand in their words."""
    kinds = [*item.kinds, *["p"] * (len(item.paragraphs) - len(item.kinds))]
    shown: list[str] = []
    entry = 0
    for text, kind in zip(item.paragraphs, kinds, strict=False):
        if not text.strip():
            continue
        entry = entry + 1 if kind == "oli" else 0
        line = marked(Line(text=text), entry) if kind in ("li", "oli") else Line(text=one_line(text))
        bare = line.text == one_line(text) and line.kind != "p"  # it has a mark of its own, which is no print's
        mark = "" if bare else {"li": "- ", "oli": f"{entry}. "}.get(kind, "")
        shown.append(f"{mark}{line.text}")
    return tuple(shown)


def _contents_are_headlines(read: Issue) -> bool:
    """Whether Word has made the contents anew: it takes the headlines themselves."""
    return all(item.contents_line == item.headline for section in read.sections for item in section.items)


def _dropped(old: Placed) -> Iterator[Change]:
    yield Change(item=old.item.number, article=old.item.article, change="dropped", before=old.item.headline)


def _changes(old: Placed, new: Placed, profile: Profile, *, contents: bool, reordered: bool) -> Iterator[Change]:
    """What became of one item."""

    def told(change: ChangeKind, before: Told, after: Told) -> Change:
        return Change(item=old.item.number, article=old.item.article, change=change, before=before, after=after)

    if old.section.key != new.section.key:
        yield told("moved", old.section.key, new.section.key)
    elif reordered:
        yield told("reordered", old.item.number, new.item.number)
    edited = _edited(old.item, new.item, profile, contents=contents)
    for change, before, after in (
        ("headline", old.item.headline, edited.headline),
        ("contents_line", old.item.contents_line, edited.contents_line),
        ("paragraphs", printed_paragraphs(old.item), printed_paragraphs(edited)),
        ("source_line", _source(old.item, profile), _source(edited, profile)),
        ("also", _others(old.item), _others(edited)),
        ("url", old.item.url, edited.url),
    ):
        if before != after:
            yield told(change, before, after)  # type: ignore[arg-type]  # the words above are kinds


def _edited(old: Item, new: Item, profile: Profile, *, contents: bool) -> Item:
    """The old item with what the new one says otherwise."""
    made = old
    if one_line(old.headline) != new.headline:
        made = replace(made, headline=new.headline)
    if contents and one_line(old.contents_line) != new.contents_line:
        made = replace(made, contents_line=new.contents_line)
    elif made.headline != old.headline and (not contents or _follows(old, profile)):
        # Word does not make its contents anew by itself: the line there is still the old headline's.
        made = replace(made, contents_line=contents_line(made.headline, profile.contents))
    if printed_paragraphs(old) != printed_paragraphs(new):
        made = replace(made, paragraphs=new.paragraphs, kinds=new.kinds)
    if _source(old, profile) != _source(new, profile):
        made = replace(made, outlet=new.outlet, published=new.published, author=new.author, origin=new.origin)
    if _others(old) != _others(new):
        known = {other.outlet: other for other in old.also}
        made = replace(made, also=tuple(known.get(other.outlet, other) for other in new.also))
    return replace(made, url=new.url) if new.url and new.url != old.url else made


def _follows(item: Item, profile: Profile) -> bool:
    """Whether nobody gave the item a contents line of its own."""
    return item.contents_line in (item.headline, contents_line(item.headline, profile.contents))


def _source(item: Item, profile: Profile) -> str:
    return one_line(source_line(item, profile) if item.origin == "press" else item.author or "")


def _others(item: Item) -> tuple[str, ...]:
    return tuple(one_line(other.outlet) for other in item.also)


def reordered(pairs: Pairs) -> set[int]:
    """The numbers, before, of the fewest items whose moving inside their section makes the new order."""
    found: set[int] = set()
    stayed = [(old, new) for old, new in pairs.both if old.section.key == new.section.key]
    for key in {old.section.key for old, _ in stayed}:
        numbers = [old.item.number for old, _ in stayed if old.section.key == key]
        found |= set(numbers) - set(longest_rising(numbers))
    return found

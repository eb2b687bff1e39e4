"""What editors do to a draft: each step leads from one issue to the next, and back again. Pure.

An item is known by its key, the id of its article, whatever number it has. A step remembers what it found and what it
left of just those items that it touched, so that it can be undone after others have worked on other items.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from digest.errors import InputError
from digest.model import Issue, Item, Section
from digest.rising import longest_rising
from digest.versions import numbered
from digest.wire import content_hash

Titles = Mapping[str, str]  # a profile's sections in their order: title by key


class EditConflict(InputError):  # noqa: N818 - what happened, not a fault of the program
    """An item is no longer as the editor saw it; `key` names it, `now` is what it is (None: it is not in the issue)."""

    def __init__(self, message: str, *, key: str, now: Item | None) -> None:
        super().__init__(message)
        self.key = key
        self.now = now


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where an item stands: its section, and the item before it there (None: it is the first)."""

    section: str
    after: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """One item before and after a step; None where it is not in the issue. Numbers are left out of it: they follow."""

    key: str
    before: Item | None
    after: Item | None
    spot_before: Spot | None
    spot_after: Spot | None


Step = tuple[Touched, ...]


def key_of(item: Item) -> str:
    """What an item is known by; InputError for one without: `with_keys` gives them."""
    if not item.article:
        raise InputError(f"item {item.number} has no article", field="article")
    return item.article


def with_keys(issue: Issue) -> Issue:
    """The issue with a key for every item that has none, as those of a past bulletin."""
    taken = {item.article for part in issue.sections for item in part.items}
    free = (key for number in count(1) if (key := f"tin-{issue.date:%Y%m%d}-{number}") not in taken)

    def keyed(item: Item) -> Item:
        return item if item.article else replace(item, article=next(free))

    parts = tuple(replace(part, items=tuple(map(keyed, part.items))) for part in issue.sections)
    made = replace(issue, sections=parts)
    return replace(made, hash=content_hash(made))


def moved(issue: Issue, titles: Titles, key: str, spot: Spot) -> Issue:
    """The item at another place."""
    item = item_of(issue, key)
    return _placed(_without(issue, key), titles, item, spot)


def dropped(issue: Issue, titles: Titles, key: str) -> Issue:
    """The issue without the item."""
    item_of(issue, key)
    return _arranged(_without(issue, key), titles)


def put(issue: Issue, titles: Titles, item: Item, spot: Spot) -> Issue:
    """The issue with one item more; EditConflict where it is there already."""
    key = key_of(item)
    if key in _by_key(issue):
        raise EditConflict("this item stands in the issue already", key=key, now=_by_key(issue)[key])
    return _placed(issue, titles, item, spot)


def changed(issue: Issue, titles: Titles, key: str, change: Callable[[Item], Item], seen: Item | None = None) -> Issue:
    """The item as `change` makes it of itself; EditConflict where it is no longer what the editor has `seen`."""
    now = item_of(issue, key)
    if seen is not None and _unnumbered(seen) != _unnumbered(now):
        raise EditConflict("somebody else has changed this item meanwhile", key=key, now=now)

    def other(item: Item) -> Item:
        return replace(change(item), article=key) if item.article == key else item

    parts = tuple(replace(part, items=tuple(map(other, part.items))) for part in issue.sections)
    return _arranged(replace(issue, sections=parts), titles)


def step_between(before: Issue, after: Issue) -> Step:
    """What was done, as the items that it touched; those that only made room for another are none of them."""
    old, new = _by_key(before), _by_key(after)
    spots, places = _spots(before), _spots(after)
    shifted = _shifted(before, after)
    return tuple(
        Touched(
            key=key,
            before=old.get(key),
            after=new.get(key),
            spot_before=spots.get(key),
            spot_after=places.get(key),
        )
        for key in dict.fromkeys([*old, *new])
        if key not in old or key not in new or key in shifted or _unnumbered(old[key]) != _unnumbered(new[key])
    )


def undone(issue: Issue, titles: Titles, step: Step) -> Issue:
    """The issue as it would be without that step; EditConflict where an item it touched was touched again since."""
    return _led(issue, titles, [_reversed(one) for one in step])


def redone(issue: Issue, titles: Titles, step: Step) -> Issue:
    """The step once more, under the same condition."""
    return _led(issue, titles, step)


def item_of(issue: Issue, key: str) -> Item:
    """The item; EditConflict where it is not in the issue (any more)."""
    known = _by_key(issue)
    if key not in known:
        raise EditConflict("this item is no longer in the issue", key=key, now=None)
    return known[key]


def _led(issue: Issue, titles: Titles, step: Iterable[Touched]) -> Issue:
    """First everything that goes, then what comes or moves, in the order of its place."""
    steps = list(step)
    known, spots = _by_key(issue), _spots(issue)
    for one in steps:
        now = known.get(one.key)
        if _or_none(now) != _or_none(one.before) or _section(spots.get(one.key)) != _section(one.spot_before):
            raise EditConflict("this item was changed again since", key=one.key, now=now)
    made, going = issue, _going(steps)
    for one in steps:
        if one.before is not None and one.key in going:
            made = _without(made, one.key)
    for one in _in_order(steps, going):
        if one.after is not None and one.spot_after is not None:
            there = one.key in going
            made = _placed(made, titles, one.after, one.spot_after) if there else _exchanged(made, one.after)
    return _arranged(made, titles)


def _going(steps: Sequence[Touched]) -> set[str]:
    """The items that leave their place, and with them those that stand behind one: their neighbour is not there."""
    going = {one.key for one in steps if one.before is None or one.after is None or one.spot_before != one.spot_after}
    while more := {
        one.key for one in steps if one.key not in going and one.spot_after and one.spot_after.after in going
    }:
        going |= more
    return going


def _in_order(steps: Sequence[Touched], going: set[str]) -> list[Touched]:
    """An item that comes to stand behind another one that is placed comes after it."""
    waiting, done = list(steps), list[Touched]()
    placed: set[str | None] = set()
    while waiting:
        ready = [one for one in waiting if not one.spot_after or one.spot_after.after not in going - placed] or waiting
        done.append(ready[0])
        placed.add(ready[0].key)
        waiting.remove(ready[0])
    return done


def _reversed(one: Touched) -> Touched:
    return Touched(
        key=one.key, before=one.after, after=one.before, spot_before=one.spot_after, spot_after=one.spot_before
    )


def _shifted(before: Issue, after: Issue) -> set[str]:
    """The items that changed section, and the fewest whose moving makes the new order of the others."""
    old, new = _spots(before), _spots(after)
    found = {key for key in old.keys() & new.keys() if old[key].section != new[key].section}
    for part in after.sections:
        keys = [key_of(item) for item in part.items]
        stayed = [key for key in keys if key in old and key not in found]
        places = {key: place for place, key in enumerate(_order(before, part.key))}
        rising = longest_rising([places[key] for key in stayed])
        found |= {key for key in stayed if places[key] not in rising}
    return found


def _order(issue: Issue, section: str) -> list[str]:
    return [key_of(item) for part in issue.sections if part.key == section for item in part.items]


def _by_key(issue: Issue) -> dict[str, Item]:
    return {key_of(item): item for part in issue.sections for item in part.items}


def _spots(issue: Issue) -> dict[str, Spot]:
    found: dict[str, Spot] = {}
    for part in issue.sections:
        before: str | None = None
        for item in part.items:
            key = key_of(item)
            found[key] = Spot(section=part.key, after=before)
            before = key
    return found


def _section(spot: Spot | None) -> str | None:
    return spot.section if spot else None


def _unnumbered(item: Item) -> Item:
    return replace(item, number=0)


def _or_none(item: Item | None) -> Item | None:
    return None if item is None else _unnumbered(item)


def _without(issue: Issue, key: str) -> Issue:
    parts = tuple(
        replace(part, items=tuple(item for item in part.items if item.article != key)) for part in issue.sections
    )
    return replace(issue, sections=parts)


def _exchanged(issue: Issue, item: Item) -> Issue:
    parts = tuple(
        replace(part, items=tuple(item if one.article == item.article else one for one in part.items))
        for part in issue.sections
    )
    return replace(issue, sections=parts)


def _placed(issue: Issue, titles: Titles, item: Item, spot: Spot) -> Issue:
    """The item behind the one that the spot names; at the end where that one is no longer in the section."""
    if spot.section not in titles:
        raise InputError(f"no section {spot.section!r}; known: {', '.join(titles)}", field="section")
    whole = _arranged(issue, titles, empty=True)

    def held(part: Section) -> Section:
        if part.key != spot.section:
            return part
        keys = [one.article for one in part.items]
        at = 0 if spot.after is None else keys.index(spot.after) + 1 if spot.after in keys else len(keys)
        return replace(part, items=(*part.items[:at], item, *part.items[at:]))

    return _arranged(replace(whole, sections=tuple(map(held, whole.sections))), titles)


def _arranged(issue: Issue, titles: Titles, *, empty: bool = False) -> Issue:
    """Sections in the profile's order, numbers running on, the hash anew; sections that no profile knows come last."""
    known = {part.key: part for part in issue.sections}
    keys = [*titles, *(key for key in known if key not in titles)]
    parts = [known.get(key) or Section(key=key, title=titles[key]) for key in keys]
    made = replace(issue, sections=tuple(numbered(part for part in parts if empty or part.items)))
    return made if empty else replace(made, hash=content_hash(made))  # one with empty sections is only on its way

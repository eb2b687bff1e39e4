"""What was read of a bulletin, whatever its form, and how that is told."""

from dataclasses import dataclass, replace
from datetime import date

from digest.model import Issue, Item, Section
from digest.wire import content_hash


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The sections of a bulletin with their items, numbered through, and what a person should look at."""

    day: date
    number: int | None = None
    sections: tuple[Section, ...] = ()
    notes: tuple[str, ...] = ()

    def issue(self, profile: str) -> Issue:
        """The issue of that profile, as a draft."""
        made = Issue(profile=profile, date=self.day, number=self.number, sections=self.sections)
        return replace(made, hash=content_hash(made))


def with_flags(item: Item) -> Item:
    """The item with a flag for each part of its source that is not known; an own article has none but its author."""
    parts: dict[str, object] = {"no-author": item.author}
    if item.origin == "press":
        parts = {"no-outlet": item.outlet, "no-date": item.published, **parts, "no-address": item.url}
    return replace(item, flags=tuple(flag for flag, value in parts.items() if value is None))


def many(count: int, noun: str) -> str:
    """`1 item`, `2 items`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"

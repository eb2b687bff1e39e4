"""What was read of a bulletin, whatever its form."""

from dataclasses import dataclass, replace
from datetime import date

from digest.model import Issue, Section
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

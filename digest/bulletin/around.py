"""What a profile prints around its items: the head of its pages, how to reach the office, its imprint."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from digest.profile import Profile
from digest.text import fold

_NUMBER = re.compile(r"\bsố\s*:?\s*(\d{1,5})\s*/\s*((?:19|20|21)\d\d)\s*$", re.IGNORECASE)
_BETWEEN = " .,;:–-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """The lines of one issue, folded: the pages' `head`, and those `below` the last item, the longest first."""

    head: str = ""
    below: tuple[str, ...] = ()

    def is_head(self, text: str) -> bool:
        """Whether the line is the head of a page."""
        return bool(self.head) and fold(text) == self.head

    def is_below(self, text: str) -> bool:
        """Whether the paragraph is one of the lines below, or several of them that a page's width made one."""
        rest = fold(text)
        for line in self.below:
            rest = rest.replace(line, " ", 1)
        return not rest.strip(_BETWEEN)


def around(profile: Profile | None, day: date, number: int | None) -> Around:
    """What stands around the items of the profile's issue of that day; nothing without a profile."""
    if profile is None:
        return Around()
    head = profile.filled(profile.masthead.running_head, day, number) if profile.layout.running_head else ""
    imprint = profile.imprint
    below = {fold(line) for line in (imprint.contact, imprint.email, *imprint.lines) if line}
    return Around(head=fold(head), below=tuple(sorted(below, key=lambda line: (-len(line), line))))


def number_in(heads: Iterable[str], year: int) -> int | None:
    """The issue's number where the head of its pages ends with it: `… SỐ 05/2023`, in that year."""
    found = (match for head in heads if (match := _NUMBER.search(head)))
    return next((int(match[1]) for match in found if int(match[2]) == year), None)

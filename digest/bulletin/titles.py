"""The titles of sections, known again whatever their marks: a slip such as TRƯỞNG for TRƯƠNG is still the section."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from digest.bulletin.contents import entries_of, is_numbered
from digest.bulletin.lines import Line
from digest.errors import InputError
from digest.model import Section
from digest.profile import Profile
from digest.text import one_line, slug

_COUNTED = re.compile(r"(?:(?:phần|mục)\s+)?(?:[IVX]{1,4}|[A-E]|\d)\s*[.):–-]\s+(?=\S)", re.IGNORECASE)
_ALIKE = 0.9  # a letter or two of a title are slips


@dataclass(frozen=True, slots=True)
class Titles:
    """Key and title of each section, by its title's slug."""

    known: dict[str, tuple[str, str]] = field(default_factory=dict)

    def of(self, text: str) -> tuple[str, str] | None:
        """The section's key and title where the line is one's title, but for its marks, its number and slips."""
        plain = slug(text)
        bare = slug(_COUNTED.sub("", text.strip(), count=1))
        return self.known.get(plain) or self.known.get(bare) or (self._nearest(bare) if text.isupper() else None)

    def is_exact(self, text: str) -> bool:
        """Whether the line is a title but for its marks and capitals."""
        return slug(text) in self.known

    def _nearest(self, plain: str) -> tuple[str, str] | None:
        """The one title that is nearly the same."""
        near = [key for key in self.known if SequenceMatcher(None, key, plain, autojunk=False).ratio() >= _ALIKE]
        return self.known[near[0]] if len(near) == 1 else None

    def unknown(self, text: str, line: int | None) -> InputError:
        """The error for a title that is none of these."""
        return InputError(
            f"the section {one_line(text)!r} is unknown; known: {self.names}; "
            "correct it, or name with --profile the profile that prints it",
            line=line,
            field="sections",
        )

    @property
    def names(self) -> str:
        """The titles, for a message."""
        return ", ".join(title for _, title in self.known.values())


def own_sections(lines: Sequence[Line], titles: Titles) -> list[Section]:
    """Sections that the document itself names, as a monthly's are its own: by rank, or in its contents above numbers."""
    ranked = [line.text for line in lines if line.role == "section"]
    named = ranked or [entry.text for entry in entries_of(_contents(lines)) if entry.is_title]
    return [
        Section(key=slug(text).replace("-", "_"), title=one_line(text))
        for text in dict.fromkeys(named)
        if not titles.of(text)
    ]


def _contents(lines: Sequence[Line]) -> Sequence[Line]:
    """The run of lines that counts from 1, with the title above it."""
    first = next((at for at, line in enumerate(lines) if is_numbered(line.text) and line.follows), 0)
    end = next((at for at in range(first + 1, len(lines)) if not lines[at].follows), len(lines))
    return lines[first - 1 : end] if first else ()


def titles_of(profile: Profile, sections: Iterable[Section] = ()) -> Titles:
    """The titles that the profile prints, and those of `sections`, which an issue has printed already."""
    printed = [(rule.key, rule.title) for rule in profile.sections]
    printed += [(section.key, section.title) for section in sections]
    return Titles({slug(title): (key, title) for key, title in printed})

"""The titles of sections, known again whatever their marks: a slip such as TRƯỞNG for TRƯƠNG is still the section."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from digest.errors import InputError
from digest.model import Section
from digest.profile import Profile
from digest.text import one_line, slug


@dataclass(frozen=True, slots=True)
class Titles:
    """Key and title of each section, by its title's slug."""

    known: dict[str, tuple[str, str]] = field(default_factory=dict)

    def of(self, text: str) -> tuple[str, str] | None:
        """The section's key and title where the line is one's title."""
        return self.known.get(slug(text))

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


def titles_of(profile: Profile, sections: Iterable[Section] = ()) -> Titles:
    """The titles that the profile prints, and those of `sections`, which an issue has printed already."""
    printed = [(rule.key, rule.title) for rule in profile.sections]
    printed += [(section.key, section.title) for section in sections]
    return Titles({slug(title): (key, title) for key, title in printed})

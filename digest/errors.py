"""Everything that can go wrong on purpose, as one tree.

DiembaoError
├── UsageError          the command was asked for something it cannot mean   (exit 2)
│   └── PeopleError     what people, passwords and rights do not allow       (digest.people_checks)
├── InputError          a value in a file is not of its shape                (exit 1, or 3 where nothing can go on)
├── CannotRun           the work could not start or not finish               (exit 3)
│   ├── SettingsError   the settings file
│   ├── ProfileError    a profile file
│   ├── CatalogueError  the catalogue of sources
│   ├── ModelError      the shipped or trained model
│   ├── StorageError    the database
│   └── OutputError     a file that could not be written (read-only folder, full disk)
├── FetchError          one address could not be fetched
├── ExtractError        one page held no readable article
└── RenderError         one rendition could not be made

A message names the file, the field and the remedy: it is shown to a person as it stands.
"""

from typing import Self


class DiembaoError(Exception):
    """The root: catch this at the command line, never deeper."""


class UsageError(DiembaoError):
    """Wrong use of a command."""


class InputError(DiembaoError):
    """A value that is not of its shape.

    `source` is a file name or "<stdin>", `line` counts from 1, `field` is the path inside the value.
    """

    def __init__(
        self,
        message: str,
        *,
        source: str = "",
        line: int | None = None,
        field: str = "",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.source = source
        self.line = line
        self.field = field

    def __str__(self) -> str:
        """`file, line 3, field title: message`, of which only what is known."""
        where = [
            self.source,
            f"line {self.line}" if self.line is not None else "",
            f"field {self.field}" if self.field else "",
        ]
        place = ", ".join(part for part in where if part)
        return f"{place}: {self.message}" if place else self.message


class CannotRun(DiembaoError):  # noqa: N818 - reads as a sentence where it is raised
    """The work could not start or could not be finished."""


class SettingsError(CannotRun):
    """The settings file is missing, unreadable or holds a wrong value."""


class ProfileError(CannotRun):
    """A profile file is missing, unreadable or holds a wrong value."""


class CatalogueError(CannotRun):
    """A file of the catalogue holds a wrong value."""


class ModelError(CannotRun):
    """The model file is missing, damaged or of another version."""


class StorageError(CannotRun):
    """The database could not be opened, read or written."""


class OutputError(CannotRun):
    """A result could not be written."""


class FetchError(DiembaoError):
    """One address could not be fetched. `kind` is a stable word that reports count by.

    `happened_at` is the address on the way, after redirects, at which it failed; None where nothing was asked.
    """

    def __init__(self, url: str, kind: str, detail: str = "") -> None:
        super().__init__(f"{url}: {kind}" + (f" ({detail})" if detail else ""))
        self.url = url
        self.kind = kind
        self.detail = detail
        self.happened_at: str | None = None

    def __reduce__(self) -> tuple[type[Self], tuple[str, str, str]]:
        # An error made in another process must come back whole.
        return type(self), (self.url, self.kind, self.detail)


class ExtractError(DiembaoError):
    """One page held no readable article. `kind` is a stable word that reports count by."""

    def __init__(self, url: str, kind: str, detail: str = "") -> None:
        super().__init__(f"{url}: {kind}" + (f" ({detail})" if detail else ""))
        self.url = url
        self.kind = kind
        self.detail = detail

    def __reduce__(self) -> tuple[type[Self], tuple[str, str, str]]:
        # An error made in another process must come back whole.
        return type(self), (self.url, self.kind, self.detail)


class RenderError(DiembaoError):
    """One rendition could not be made."""

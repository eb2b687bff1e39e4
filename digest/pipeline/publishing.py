"""An issue's files: made in memory, then written whole, one after the other."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from digest.errors import RenderError, UsageError
from digest.files import write_whole
from digest.model import Issue
from digest.pictures import Picture, printed_pictures
from digest.pipeline.report import Trouble
from digest.profile import Profile
from digest.render.renditions import FORMATS
from digest.render.view import view_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One file made of an issue."""

    format: str
    path: Path
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenAll:
    """All files made of an issue, and what a person should know about them."""

    files: tuple[Written, ...]
    notes: tuple[str, ...]
    troubles: tuple[Trouble, ...] = ()

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files in the order they were asked for."""
        return tuple(file.path for file in self.files)


def formats_from(names: str) -> tuple[str, ...]:
    """`html,pdf` as format names, each once; UsageError names the unknown one and the known."""
    wanted = tuple(dict.fromkeys(name.strip() for name in names.split(",") if name.strip()))
    for name in wanted:
        if name not in FORMATS:
            raise UsageError(f"--format {name}: unknown; known: {', '.join(FORMATS)}")
    if not wanted:
        raise UsageError(f"--format: names no format; known: {', '.join(FORMATS)}")
    return wanted


def write_renditions(  # noqa: PLR0913 - named where it is called
    issue: Issue,
    profile: Profile,
    formats: Sequence[str],
    folder: Path,
    *,
    advance: Callable[[int], None],
    pictures: Mapping[str, Picture] = MappingProxyType({}),
) -> WrittenAll:
    """Every format is made before the first file is written; one that cannot be made costs itself alone."""
    view = view_of(issue, profile, pictures)
    made = []
    notes: list[str] = []
    troubles: list[Trouble] = []
    for name in formats:
        try:
            rendition = FORMATS[name].make(view)
        except RenderError as error:
            troubles.append(Trouble(stage="render", kind="not-made", subject=name, detail=str(error)))
        else:
            made.append((name, rendition.data))
            notes.extend(rendition.notes)
        advance(1)
    files = []
    for name, data in made:
        path = folder / f"{profile.id}-{issue.date}.{FORMATS[name].ending}"
        write_whole(path, data)
        files.append(Written(format=name, path=path, sha256=hashlib.sha256(data).hexdigest(), size=len(data)))
    if not profile.imprint.email:
        notes.append(f"profile {profile.id}, key imprint.email: is empty; contact line and mail name no address")
    if profile.copyright.pictures == "link" and printed_pictures(issue):
        behind = len(printed_pictures(issue))
        notes.append(
            f'profile {profile.id}, key copyright.pictures: "link"; pictures left behind their links: {behind}'
        )
    elif gone := printed_pictures(issue).keys() - pictures.keys():
        notes.append(f"pictures that the database here does not keep, left out: {len(gone)}")
    return WrittenAll(files=tuple(files), notes=tuple(dict.fromkeys(notes)), troubles=tuple(troubles))

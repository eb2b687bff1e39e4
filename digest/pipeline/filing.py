"""An issue's files, made and entered into the record; and what its readers are told when it was changed or called back."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from digest.bulletin.differences import differences
from digest.files import write_whole
from digest.model import Issue, IssueEvent, Item
from digest.pipeline.publishing import Written, WrittenAll, write_renditions
from digest.profile import Profile
from digest.render.correction import Announcement, correction_letter, correction_page
from storage.database import begin, reading
from storage.history import history_of
from storage.issues import issue_of
from storage.pictures import pictures_of
from storage.renditions import keep_rendition


def file_issue(  # noqa: PLR0913 - named where it is called
    engine: Engine,
    issue: Issue,
    profile: Profile,
    formats: Sequence[str],
    folder: Path,
    *,
    advance: Callable[[int], None],
) -> WrittenAll:
    """Make the stored issue's files in the folder, and record each with the content that it shows."""
    with reading(engine) as session:
        shown = pictures_of(session, issue)
    made = write_renditions(issue, profile, formats, folder, pictures=shown, advance=advance)
    _enter(engine, issue, made.files)
    return made


def announcement_of(engine: Engine, issue: Issue, profile: Profile) -> Announcement:
    """What readers are to know of a version that corrects another, or that was called back."""
    with reading(engine) as session:
        events = history_of(session, issue.profile, issue.date)
        before = issue_of(session, issue.profile, issue.date, issue.corrects) if issue.corrects else None
        withheld = frozenset(_taken_down(session, before, events)) if before else frozenset()
    recalled = issue.status == "recalled"
    # What led to the version before was told with it, or was nobody's business outside.
    since = [event for event in events if (issue.corrects or 0) < event.version <= issue.version]
    reasons = [event.reason for event in since if event.deed == ("recalled" if recalled else "edited")]
    return Announcement(
        issue=issue,
        profile=profile,
        differences=differences(before, issue, profile) if before and not recalled else (),
        reason="; ".join(dict.fromkeys(reason for reason in reasons if reason)),
        withheld=withheld,
    )


def _taken_down(session: Session, before: Issue, events: Sequence[IssueEvent]) -> Iterator[int]:
    """The numbers, in the version before, of the items that were taken down since, whatever became of their headlines."""
    numbers = {_mark(item): item.number for section in before.sections for item in section.items}
    for event in events:
        if event.deed == "taken-down" and event.version >= before.version:
            stood = issue_of(session, before.profile, before.date, event.version)
            items = [item for section in stood.sections for item in section.items] if stood else []
            yield from (numbers[_mark(item)] for item in items if item.number == event.item and _mark(item) in numbers)


def _mark(item: Item) -> str:
    """What an item is known by from version to version."""
    return item.article or item.url or item.headline


def file_announcement(engine: Engine, announcement: Announcement, folder: Path) -> tuple[Path, ...]:
    """Make the announcement as a page and as a short mail in the folder, and record both."""
    made = {"html": correction_page(announcement), "eml": correction_letter(announcement)}
    issue = announcement.issue
    files = []
    for ending, rendition in made.items():
        path = folder / f"{issue.profile}-{issue.date}.{announcement.kind}.{ending}"
        write_whole(path, rendition.data)
        sha256 = hashlib.sha256(rendition.data).hexdigest()
        files.append(
            Written(format=f"{announcement.kind}.{ending}", path=path, sha256=sha256, size=len(rendition.data))
        )
    _enter(engine, issue, files)
    return tuple(file.path for file in files)


def _enter(engine: Engine, issue: Issue, files: Sequence[Written]) -> None:
    """Enter the files into the record, with the content that they show."""
    with begin(engine) as session:
        for file in files:
            keep_rendition(
                session,
                profile=issue.profile,
                day=issue.date,
                version=issue.version,
                issue_hash=issue.hash or "",
                format=file.format,
                path=str(file.path.resolve()),
                sha256=file.sha256,
                size=file.size,
            )

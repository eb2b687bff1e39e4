"""An issue's files, made and entered into the record; and what its readers are told when it was changed or called back."""

from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from digest.bulletin.differences import differences
from digest.files import write_whole
from digest.model import Issue, IssueEvent
from digest.pipeline.publishing import WrittenAll, write_renditions
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
    with begin(engine) as session:
        for file in made.files:
            keep_rendition(
                session,
                profile=issue.profile,
                day=issue.date,
                version=issue.version,
                issue_hash=issue.hash or "",
                format=file.format,
                path=str(file.path),
                sha256=file.sha256,
                size=file.size,
            )
    return made


def announcement_of(engine: Engine, issue: Issue, profile: Profile) -> Announcement:
    """What readers are to know of a version that corrects another, or that was called back."""
    with reading(engine) as session:
        events = history_of(session, issue.profile, issue.date)
        before = issue_of(session, issue.profile, issue.date, issue.corrects) if issue.corrects else None
        since = [event for event in events if event.version >= (issue.corrects or issue.version)]
        withheld = frozenset(_headline(session, issue, event) for event in since if event.deed == "taken-down")
    recalled = issue.status == "recalled"
    reasons = [event.reason for event in since if event.reason and event.deed == ("recalled" if recalled else "edited")]
    return Announcement(
        issue=issue,
        profile=profile,
        differences=differences(before, issue, profile) if before and not recalled else (),
        reason="; ".join(dict.fromkeys(reasons)),
        withheld=withheld,
    )


def _headline(session: Session, issue: Issue, event: IssueEvent) -> str:
    """That of the item which was taken down, as the version that had it says."""
    stood = issue_of(session, issue.profile, issue.date, event.version)
    items = [item for section in stood.sections for item in section.items] if stood else []
    return next((item.headline for item in items if item.number == event.item), "")


def write_announcement(announcement: Announcement, folder: Path) -> tuple[Path, ...]:
    """The announcement as a page and as a short mail, in the folder."""
    stem = f"{announcement.issue.profile}-{announcement.issue.date}.{announcement.kind}"
    made = {"html": correction_page(announcement), "eml": correction_letter(announcement)}
    paths = []
    for ending, rendition in made.items():
        path = folder / f"{stem}.{ending}"
        write_whole(path, rendition.data)
        paths.append(path)
    return tuple(paths)

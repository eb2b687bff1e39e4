"""Files made of an issue, each tied to the exact content it shows."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from digest.errors import StorageError
from storage.rows import upsert
from storage.schema import IssueRow, RenditionRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """A file: `path` as it was written, `sha256` and `size` (bytes) of its content, `issue_hash` of what it shows."""

    format: str
    path: str
    sha256: str
    size: int
    issue_hash: str


def keep_rendition(  # noqa: PLR0913 - the columns, by name
    session: Session,
    *,
    profile: str,
    day: date,
    version: int,
    issue_hash: str,
    format: str,  # noqa: A002 - the field's own name
    path: str,
    sha256: str,
    size: int,
) -> None:
    """Keep where the rendition lies, in place of the one of the same content and format.

    StorageError where that version of the issue is not stored.
    """
    issue_id = _issue_id(session, profile, day, version)
    file = {"format": format, "path": path, "sha256": sha256, "size": size}
    row = {"issue_id": issue_id, "issue_hash": issue_hash} | file
    upsert(session, RenditionRow, row, key=("issue_id", "issue_hash", "format"))


def renditions_of(session: Session, *, profile: str, day: date, version: int) -> tuple[Rendition, ...]:
    """The renditions that show the version's present content, by format; those of an earlier draft are left out."""
    current = (
        select(RenditionRow)
        .join(IssueRow, (RenditionRow.issue_id == IssueRow.id) & (RenditionRow.issue_hash == IssueRow.hash))
        .where(IssueRow.profile == profile, IssueRow.date == day, IssueRow.version == version)
        .order_by(RenditionRow.format)
    )
    return tuple(
        Rendition(format=row.format, path=row.path, sha256=row.sha256, size=row.size, issue_hash=row.issue_hash)
        for row in session.scalars(current)
    )


def _issue_id(session: Session, profile: str, day: date, version: int) -> int:
    stored = select(IssueRow.id).filter_by(profile=profile, date=day, version=version)
    issue_id = session.scalars(stored).one_or_none()
    if issue_id is None:
        raise StorageError(f"issue {profile} of {day}, version {version} is not stored: save it before its renditions")
    return issue_id

"""Issues with their versions, and what they printed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Subquery, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from digest.errors import StorageError
from digest.model import Issue, Status
from digest.versions import issue_name
from digest.wire import Raw, content_hash, dump
from storage.rows import value_of
from storage.schema import IssueRow, ItemRow

_READ = ("approved", "published", "corrected")  # statuses of a version that people have read


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """An item of an earlier issue, as far as a later one must know it."""

    day: date
    article: str | None
    url: str | None
    headline: str


def save_draft(session: Session, issue: Issue) -> Issue:
    """Keep the draft as the version it says, in place of that version's draft before; it comes back with its hash.

    The same content writes nothing and gives the stored issue, whatever its status has become. StorageError: the
    version is a draft no more and its content would change, or the issue given is not a draft.
    """
    if issue.status != "draft":
        raise StorageError(f"{issue_name(issue)}: status {issue.status} cannot be saved as a draft")
    digest = content_hash(issue)
    stored = select(IssueRow).filter_by(profile=issue.profile, date=issue.date, version=issue.version)
    row = session.scalars(stored.with_for_update()).one_or_none()
    if row is not None and row.hash == digest:
        return _issue(row)
    if row is not None and row.status != "draft":
        raise StorageError(
            f"{issue_name(issue)} is {row.status}: its content may not change; correct it as a new version instead"
        )
    if _newest_version(session, issue) > issue.version:
        raise StorageError(f"{issue_name(issue)} is not the newest: its content may not change any more")
    if row is None:
        row = IssueRow(profile=issue.profile, date=issue.date, version=issue.version, status="draft")
        session.add(row)
    row.hash = digest
    row.content = _content(issue)
    session.flush()
    _replace_items(session, row.id, issue)
    return replace(issue, hash=digest)


def newest_locked(session: Session, profile: str, day: date) -> Issue | None:
    """The newest version, which nobody else gives another content or status until this transaction ends."""
    newest = select(func.max(IssueRow.version)).filter_by(profile=profile, date=day)
    chosen = select(IssueRow).filter_by(profile=profile, date=day).order_by(IssueRow.version.desc()).limit(1)
    row = session.scalars(chosen.with_for_update()).one_or_none()
    while row is not None and row.version != session.scalar(newest):
        # Whoever held the lock before has made a version that this statement could not see yet.
        row = session.scalars(chosen.with_for_update()).one_or_none()
    return None if row is None else _issue(row)


def change_draft(session: Session, before: Issue, after: Issue) -> Issue:
    """Give the stored draft `before` another content in place, flags included; it comes back with its hash.

    StorageError where that version is no draft with the content of `before`.
    """
    made = replace(after, hash=content_hash(after))
    stored = (IssueRow.profile == before.profile, IssueRow.date == before.date, IssueRow.version == before.version)
    changed = (
        update(IssueRow)
        .where(*stored, IssueRow.status == "draft", IssueRow.hash == before.hash)
        .values(hash=made.hash, content=_content(made))
        .returning(IssueRow.id)
    )
    number = session.scalars(changed, execution_options={"synchronize_session": False}).one_or_none()
    if number is None:
        raise StorageError(f"{issue_name(before)} has changed meanwhile: look at it again")
    if list(_item_rows(number, before)) != list(_item_rows(number, made)):
        _replace_items(session, number, made)
    return made


def add_version(session: Session, issue: Issue) -> Issue:
    """Keep the issue as the version it says, which must be the next one; it comes back with its hash.

    StorageError where another has made that version since.
    """
    if issue.version != _newest_version(session, issue) + 1:
        raise StorageError(
            f"{issue_name(issue)} is not the next one: another was made meanwhile; begin with the newest"
        )
    try:
        return save_draft(session, issue)
    except IntegrityError as error:  # another process was quicker, on a database that lets two write at once
        raise StorageError(f"{issue_name(issue)} was made by another meanwhile; begin with the newest") from error


def _newest_version(session: Session, issue: Issue) -> int:
    newest = select(func.max(IssueRow.version)).filter_by(profile=issue.profile, date=issue.date)
    return session.scalar(newest) or 0


def settle(session: Session, issue: Issue, status: Status) -> Issue:
    """Give the stored version another status, as long as its content is the one given.

    StorageError where it is not stored, or where its content or its status have changed since it was read.
    """
    stored = select(IssueRow).filter_by(profile=issue.profile, date=issue.date, version=issue.version)
    row = session.scalars(stored.with_for_update()).one_or_none()
    if row is None:
        raise StorageError(f"{issue_name(issue)} is not stored")
    if (row.hash, row.status) != (issue.hash, issue.status):
        raise StorageError(f"{issue_name(issue)} has changed meanwhile: look at it again")
    if content_hash(_issue(row)) != row.hash:
        raise StorageError(f"{issue_name(issue)} in the database is not what its hash says; restore the last backup")
    row.status = status
    session.flush()
    return replace(issue, status=status)


def issues_of(session: Session, profile: str | None = None) -> Iterator[Issue]:
    """Every version of every issue, of one profile or of all, the newest day first, its versions as they were made."""
    chosen = select(IssueRow).order_by(IssueRow.date.desc(), IssueRow.profile, IssueRow.version)
    if profile is not None:
        chosen = chosen.filter_by(profile=profile)
    yield from map(_issue, session.scalars(chosen.execution_options(yield_per=20)))


def issue_of(session: Session, profile: str, day: date, version: int | None = None) -> Issue | None:
    """That version of the day's issue, the newest where none is named; None where there is none."""
    chosen = select(IssueRow).filter_by(profile=profile, date=day).order_by(IssueRow.version.desc()).limit(1)
    if version is not None:
        chosen = chosen.where(IssueRow.version == version)
    row = session.scalars(chosen).one_or_none()
    return None if row is None else _issue(row)


def printed_lately(session: Session, profile: str, before: date, issues: int = 7) -> tuple[Printed, ...]:
    """The items of the last `issues` issues of the profile before that day, newest issue first, in their order.

    Versions that went out speak for their day, and its newest one: what was taken out of a corrected issue has been
    read too. A draft counts, as an office may send what it never signed here; a recalled issue does not: its items are
    free again.
    """
    last = _last_days(profile, before, issues)
    items = (
        select(IssueRow.date, ItemRow.article, ItemRow.url, ItemRow.headline)
        .join(ItemRow, ItemRow.issue_id == IssueRow.id)
        .join(last, IssueRow.date == last.c.date)
        .where(IssueRow.profile == profile)
        .where((IssueRow.version == last.c.version) | IssueRow.status.in_(_READ))
        .order_by(IssueRow.date.desc(), IssueRow.version.desc(), ItemRow.position)
    )
    return tuple(
        Printed(day=day, article=article, url=url, headline=headline)
        for day, article, url, headline in session.execute(items)
    )


def days_with(session: Session, profile: str, article_id: str) -> tuple[date, ...]:
    """The days whose issue of the profile has the article, in any version, the newest first."""
    found = (
        select(IssueRow.date)
        .join(ItemRow, ItemRow.issue_id == IssueRow.id)
        .where(IssueRow.profile == profile, ItemRow.article == article_id)
        .distinct()
        .order_by(IssueRow.date.desc())
    )
    return tuple(session.scalars(found))


def _last_days(profile: str, before: date, issues: int) -> Subquery:
    """The last days with an issue that stands, and their newest versions."""
    newest = (
        select(IssueRow.date, func.max(IssueRow.version).label("version"))
        .where(IssueRow.profile == profile, IssueRow.date < before)
        .group_by(IssueRow.date)
        .subquery()
    )
    return (
        select(IssueRow.date, IssueRow.version)
        .join(newest, (IssueRow.date == newest.c.date) & (IssueRow.version == newest.c.version))
        .where(IssueRow.profile == profile, IssueRow.status != "recalled")
        .order_by(IssueRow.date.desc())
        .limit(issues)
        .subquery()
    )


def _issue(row: IssueRow) -> Issue:
    stored = row.content | {"version": row.version, "status": row.status, "hash": row.hash}
    return value_of(Issue, stored, issue_name(row))


def _content(issue: Issue) -> Raw:
    return {name: value for name, value in dump(issue).items() if name not in ("version", "status", "hash")}


def _replace_items(session: Session, issue_id: int, issue: Issue) -> None:
    session.execute(delete(ItemRow).where(ItemRow.issue_id == issue_id))
    rows = list(_item_rows(issue_id, issue))
    if rows:
        session.execute(insert(ItemRow), rows)


def _item_rows(issue_id: int, issue: Issue) -> Iterator[Raw]:
    printed = [(section.key, item) for section in issue.sections for item in section.items]
    for position, (section, item) in enumerate(printed):
        yield {
            "issue_id": issue_id,
            "position": position,
            "number": item.number,
            "section": section,
            "article": item.article,
            "headline": item.headline,
            "outlet": item.outlet,
            "url": item.url,
        }

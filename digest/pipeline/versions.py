"""What people do with an issue as a whole: approve it, sign it, correct it, take an item down, call it back.

Each deed changes the issue and adds to its record in one transaction, or does neither.
"""

import hashlib
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from digest.errors import ExtractError, InputError, UsageError
from digest.files import write_whole
from digest.model import Issue, IssueDeed, IssueEvent
from digest.versions import (
    GONE_OUT,
    check_approvable,
    check_went_out,
    issue_name,
    next_version,
    without_item,
)
from scrapers.documents.packages import open_package
from storage.database import begin, reading
from storage.history import history_of, record_event
from storage.issues import add_version, issue_of, issues_of, newest_locked, settle
from storage.renditions import Rendition, keep_rendition, renditions_of

_HASH = re.compile(r"sha256:([0-9a-f]{64})")
_CORE = 100_000  # bytes of a Word file's properties
_LARGEST = 200 << 20  # bytes of a signed PDF
# What pypdf makes of a file that is none.
_DAMAGES = (PyPdfError, ValueError, LookupError, AttributeError, TypeError, OverflowError, RecursionError)
logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it finds wrong is our message's to say


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Who does it, when and why."""

    moment: datetime
    by: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A version with the record of its day's issue and the files that show it."""

    issue: Issue
    events: tuple[IssueEvent, ...]
    files: tuple[Rendition, ...]


def stored_issue(engine: Engine, profile: str, day: date, version: int | None = None) -> Issue:
    """The version, the newest where none is named; InputError where there is none."""
    with reading(engine) as session:
        return _stored(session, profile, day, version)


def issue_that_went_out(engine: Engine, profile: str, day: date, version: int | None = None) -> Issue:
    """The version, where none is named the newest that went out, else the newest; InputError where there is none."""
    with reading(engine) as session:
        newest = _stored(session, profile, day, version)
        return newest if version else _went_out(session, newest) or newest


def known_issue(engine: Engine, profile: str, day: date, version: int | None = None) -> Known:
    """The same with its record."""
    with reading(engine) as session:
        issue = _stored(session, profile, day, version)
        files = renditions_of(session, profile=profile, day=day, version=issue.version)
        return Known(issue=issue, events=history_of(session, profile, day), files=files)


def all_issues(engine: Engine, profile: str | None) -> Iterator[Issue]:
    """Every version of every issue, the newest day first."""
    with reading(engine) as session:
        yield from issues_of(session, profile)


def approve(engine: Engine, issue: Issue, deed: Deed, *, seen: str | None = None) -> Issue:
    """Approve that exact content; what it corrects is corrected from now on.

    UsageError where it cannot be approved, or is not the content whose hash begins with `seen`.
    """
    check_approvable(issue, seen)
    with begin(engine) as session:
        _newest(session, issue)
        approved = settle(session, issue, "approved")
        _record(session, approved, deed, "approved")
        if issue.corrects is not None:
            corrected = _stored(session, issue.profile, issue.date, issue.corrects)
            check_went_out(corrected, "corrected")
            if corrected.hash == issue.hash:
                raise UsageError(
                    f"{issue_name(issue)} says the very same as version {corrected.version}, which it corrects"
                )
            settle(session, corrected, "corrected")
            _record(session, corrected, deed, "corrected")
    return approved


def keep_version(engine: Engine, before: Issue, content: Issue, deed: Deed) -> Issue:
    """Keep `content` as the next version, a draft.

    UsageError where it prints what the one before does, or corrects one that went out without a reason.
    """
    made = next_version(before, content)
    if made.corrects is not None and not deed.reason:
        raise UsageError(f"{issue_name(before)} is {before.status}: say with --reason why it is corrected")
    with begin(engine) as session:
        _newest(session, before)
        kept = add_version(session, made)
        _record(session, kept, deed, "edited")
    return kept


def take_down(engine: Engine, issue: Issue, number: int, deed: Deed) -> Issue:
    """The next version, without that item; the record says so, and the version that had it stays stored."""
    made = next_version(issue, without_item(issue, number))
    with begin(engine) as session:
        _newest(session, issue)
        kept = add_version(session, made)
        _record(session, issue, deed, "taken-down", item=number)
        _record(session, kept, deed, "edited")
    return kept


def recall(engine: Engine, issue: Issue, deed: Deed) -> Issue:
    """Call back what went out, and with it a correction that waits to be approved; UsageError for what did not."""
    check_went_out(issue, "recalled")
    with begin(engine) as session:
        newest = newest_locked(session, issue.profile, issue.date)
        recalled = settle(session, issue, "recalled")
        _record(session, recalled, deed, "recalled")
        if newest is not None and newest.version != issue.version:
            _record(session, settle(session, newest, "recalled"), deed, "recalled")
    return recalled


def keep_signed(  # noqa: PLR0913 - named where it is called
    engine: Engine, issue: Issue, pdf: bytes, folder: Path, deed: Deed, *, name: str
) -> tuple[Path, tuple[str, ...]]:
    """Keep a PDF that was signed elsewhere in the folder, as a rendition of the version: where, and what a person should know.

    It is called after its own hash: another signed copy stands beside it. `name` is what messages call the file. InputError where the file is no PDF or shows another content; UsageError where the version was not approved.
    """
    check_went_out(issue, "signed")
    notes = tuple(_looked_at(pdf, issue, name))
    sha256 = hashlib.sha256(pdf).hexdigest()
    path = folder.resolve() / f"{issue.profile}-{issue.date}.signed-{sha256[:8]}.pdf"
    write_whole(path, pdf)
    with begin(engine) as session:
        keep_rendition(
            session,
            profile=issue.profile,
            day=issue.date,
            version=issue.version,
            issue_hash=str(issue.hash),
            format=f"signed-{sha256[:8]}",
            path=str(path),
            sha256=sha256,
            size=len(pdf),
        )
        _record(session, issue, replace(deed, reason=f"sha256:{sha256}"), "signed")
    return path, notes


def content_told(document: bytes, *, name: str) -> str | None:
    """The hash of the content that a Word file of ours says it was made from; None where it says nothing."""
    try:
        core = open_package(document, url=name, most=_CORE).read("docProps/core.xml")
    except ExtractError:  # a text, or a package that holds more than properties
        return None
    told = _HASH.search((core or b"").decode(errors="replace"))
    return told.group(1) if told else None


def _looked_at(pdf: bytes, issue: Issue, name: str) -> Iterator[str]:
    """What the file says of itself: whose content it shows, and whether somebody signed it."""
    if not pdf.startswith(b"%PDF-"):
        raise InputError("is no PDF", source=name)
    if len(pdf) > _LARGEST:
        raise InputError(f"is larger than {_LARGEST >> 20} MB", source=name)
    try:
        reader = PdfReader(BytesIO(pdf))
        if reader.is_encrypted:
            raise InputError("is protected; save it without protection and sign it then", source=name)
        told = _HASH.search(str(reader.metadata.get("/Keywords") or "") if reader.metadata else "")
        fields = reader.get_fields() or {}
        signed = any(field.get("/FT") == "/Sig" for field in fields.values())
    except _DAMAGES as error:
        raise InputError(f"cannot be read as PDF: {error}", source=name) from error
    if told and told.group(1) != issue.hash:
        raise InputError(
            f"shows the content {told.group(1)[:12]}, and {issue_name(issue)} is {str(issue.hash)[:12]}", source=name
        )
    if not told:
        yield "the PDF does not say which content it shows: compare it with the approved one by eye"
    if not signed:
        yield "the PDF holds no digital signature"


def _record(session: Session, issue: Issue, deed: Deed, done: IssueDeed, *, item: int | None = None) -> None:
    event = IssueEvent(
        version=issue.version,
        deed=done,
        moment=deed.moment,
        issue_hash=str(issue.hash),
        item=item,
        reason=deed.reason,
        by=deed.by,
    )
    record_event(session, issue, event)


def _stored(session: Session, profile: str, day: date, version: int | None) -> Issue:
    issue = issue_of(session, profile, day, version)
    if issue is None:
        which = f"version {version} of the issue" if version else "issue"
        raise InputError(f"the database has no {which} of {profile} on {day}; diembao issues list shows what it has")
    return issue


def _went_out(session: Session, newest: Issue) -> Issue | None:
    """The newest version that people outside have."""
    versions = (issue_of(session, newest.profile, newest.date, version) for version in range(newest.version, 0, -1))
    return next((one for one in versions if one and one.status in GONE_OUT), None)


def _newest(session: Session, issue: Issue) -> None:
    """UsageError where the issue is no longer the newest version as it stands; from now on nobody else changes it."""
    newest = newest_locked(session, issue.profile, issue.date)
    if newest is not None and newest.version != issue.version:
        raise UsageError(f"{issue_name(issue)} is not the newest: that is version {newest.version}; begin with it")
    if newest is None or (newest.status, newest.hash) != (issue.status, issue.hash):
        raise UsageError(f"{issue_name(issue)} has changed meanwhile: look at it again")

"""The tables. Every time is UTC through `Moment`; a day is a plain date in Asia/Ho_Chi_Minh.

A change here needs a migration beside the others (`alembic revision --autogenerate`), and HEAD moved to it.
"""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Double, ForeignKey, Index, MetaData, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

HEAD = "0007"  # the newest migration; a test holds it against the folder, so that opening need not load alembic


_LEADS = text("lead")


class Moment(TypeDecorator[datetime]):
    """An aware time, kept as UTC and given back as UTC. A time without an offset is refused with ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002, D102
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without an offset: {value.isoformat()}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002, D102
        if value is None:
            return None
        # SQLite keeps no offset; PostgreSQL answers in the session's zone.
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The common metadata: constraints carry names on every database, so that migrations can address them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Moment, float: Double, list[Any]: JSON, dict[str, Any]: JSON}  # noqa: RUF012


class PageRow(Base):
    """Bytes as fetched. The same bytes from the same address are one row, dated by the last time they were seen."""

    __tablename__ = "pages"
    __table_args__ = (UniqueConstraint("asked", "sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    asked: Mapped[str]
    url: Mapped[str] = mapped_column(index=True)
    source: Mapped[str]
    status: Mapped[int]
    headers: Mapped[list[Any]]
    body: Mapped[bytes]  # zlib
    sha256: Mapped[str]  # of the bytes before compression
    fetched: Mapped[datetime]


class ValidatorRow(Base):
    """What an address answered that lets the next request ask "only if changed", or lets it wait.

    Whatever the address listed from `covers_from` on was dealt with, so that an unchanged answer brings nothing new.
    """

    __tablename__ = "validators"

    address: Mapped[str] = mapped_column(primary_key=True)
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    fresh_until: Mapped[datetime | None]
    covers_from: Mapped[datetime | None]


class BreakerRow(Base):
    """A host that failed in a row, and until when it is left alone."""

    __tablename__ = "breakers"

    host: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    open_until: Mapped[datetime | None]


class ArticleRow(Base):
    """`digest.model.Article`, with the source that declared it and the page it was read from."""

    __tablename__ = "articles"

    id: Mapped[str] = mapped_column(primary_key=True)
    url: Mapped[str | None] = mapped_column(unique=True)
    outlet: Mapped[str | None]
    source: Mapped[str | None] = mapped_column(index=True)
    page_id: Mapped[int | None] = mapped_column(ForeignKey("pages.id"), index=True)
    title: Mapped[str]
    sapo: Mapped[str | None]
    paragraphs: Mapped[list[Any]]
    kinds: Mapped[list[Any]]
    images: Mapped[list[Any]]
    author: Mapped[str | None]
    author_note: Mapped[str | None]
    published: Mapped[datetime | None] = mapped_column(index=True)
    rubric: Mapped[str | None]
    tags: Mapped[list[Any]]
    fetched: Mapped[datetime | None] = mapped_column(index=True)
    flags: Mapped[list[Any]]


class AddressRow(Base):
    """Every address that led to an article: its own, the one asked for, the one after redirects."""

    __tablename__ = "addresses"

    address: Mapped[str] = mapped_column(primary_key=True)
    article_id: Mapped[str] = mapped_column(ForeignKey("articles.id"), index=True)


class JudgementRow(Base):
    """`digest.model.Judgement`: one an article and model."""

    __tablename__ = "judgements"

    article_id: Mapped[str] = mapped_column(ForeignKey("articles.id"), primary_key=True)
    model: Mapped[str] = mapped_column(primary_key=True)
    relevance: Mapped[float]
    selected: Mapped[bool]
    section: Mapped[str | None]
    section_confidence: Mapped[float]
    areas: Mapped[list[Any]]
    provinces: Mapped[list[Any]]
    provinces_as_written: Mapped[list[Any]]
    evidence: Mapped[list[Any]]


class StoryRow(Base):
    """A member of a story of a day. An article is in one story a day."""

    __tablename__ = "stories"
    __table_args__ = (
        # One item a story: a second lead cannot be written.
        Index("uq_stories_one_lead", "day", "story", unique=True, sqlite_where=_LEADS, postgresql_where=_LEADS),
    )

    day: Mapped[date] = mapped_column(primary_key=True)
    article_id: Mapped[str] = mapped_column(ForeignKey("articles.id"), primary_key=True)
    story: Mapped[str]
    lead: Mapped[bool]


class DecisionRow(Base):
    """`digest.model.Decision`, in the order of arrival. Rows are added, never changed.

    The article need not be stored: an item of a past issue, or one that an editor wrote, has decisions too.
    """

    __tablename__ = "decisions"
    __table_args__ = (Index(None, "article", "profile"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(unique=True)  # of the rest: NULLs would not collide in a key of columns
    article: Mapped[str]
    profile: Mapped[str]
    day: Mapped[date]
    deed: Mapped[str]
    moment: Mapped[datetime]
    section: Mapped[str | None]
    by: Mapped[str | None]


class IssueRow(Base):
    """One version of a dated bulletin. `content` is what is printed; version, status and hash are columns only."""

    __tablename__ = "issues"
    __table_args__ = (UniqueConstraint("profile", "date", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    profile: Mapped[str]
    date: Mapped[date]
    version: Mapped[int]
    status: Mapped[str]
    hash: Mapped[str]
    content: Mapped[dict[str, Any]]


class ItemRow(Base):
    """An entry of a version as it is printed now. An item need not come from a stored article."""

    __tablename__ = "items"
    __table_args__ = (UniqueConstraint("issue_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issues.id"))
    position: Mapped[int]  # from 0; `number` is what is printed
    number: Mapped[int]
    section: Mapped[str]
    article: Mapped[str | None] = mapped_column(index=True)
    headline: Mapped[str]
    outlet: Mapped[str | None]
    url: Mapped[str | None] = mapped_column(index=True)


class IssueEventRow(Base):
    """`digest.model.IssueEvent`. Rows are added, never changed: the record of what was signed, mended and called back."""

    __tablename__ = "issue_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issues.id"), index=True)
    deed: Mapped[str]
    moment: Mapped[datetime]
    issue_hash: Mapped[str]
    item: Mapped[int | None]
    reason: Mapped[str | None]
    by: Mapped[str | None]


class RenditionRow(Base):
    """A file made of exactly one content of an issue."""

    __tablename__ = "renditions"
    __table_args__ = (UniqueConstraint("issue_id", "issue_hash", "format"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issues.id"))
    issue_hash: Mapped[str]
    format: Mapped[str]
    path: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]  # bytes


class PictureRow(Base):
    """A copy of a picture that may be printed as it stands. The same bytes are one row."""

    __tablename__ = "pictures"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    mime: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    data: Mapped[bytes]


class PictureAddressRow(Base):
    """What an address showed: one copy for each width that was asked for, in pixels."""

    __tablename__ = "picture_addresses"

    address: Mapped[str] = mapped_column(primary_key=True)
    asked_width: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("pictures.sha256"), index=True)
    source: Mapped[str]
    original: Mapped[str]  # SHA-256 of the bytes as fetched
    credit: Mapped[str | None]
    fetched: Mapped[datetime]


class RunRow(Base):
    """A day's work once through. `ended` is null while it goes on, and stays null when it was killed."""

    __tablename__ = "runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(index=True)
    profile: Mapped[str]
    started: Mapped[datetime]
    ended: Mapped[datetime | None]
    outcome: Mapped[str | None]
    report: Mapped[dict[str, Any]]


class SourceRoundRow(Base):
    """What one round brought from one source: the material of its health."""

    __tablename__ = "source_rounds"
    __table_args__ = (Index(None, "source", "ended"),)  # the newest of one; health reads a span of all

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), index=True)
    source: Mapped[str]
    ended: Mapped[datetime] = mapped_column(index=True)
    day: Mapped[date]  # on which it ended
    listings: Mapped[int]
    answered: Mapped[int]
    unchanged: Mapped[int]
    way: Mapped[str | None]
    found: Mapped[int]
    known: Mapped[int]
    outside: Mapped[int]
    kept: Mapped[int]
    fallback: Mapped[int]
    failed: Mapped[dict[str, Any]]


class FailureRow(Base):
    """Something that cost itself alone and is shown. A permanent one is not tried again."""

    __tablename__ = "failures"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), index=True)
    stage: Mapped[str]
    kind: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
    source: Mapped[str | None]
    identity: Mapped[str | None] = mapped_column(index=True)  # the key under which addresses of one article meet
    detail: Mapped[str]
    moment: Mapped[datetime]
    permanent: Mapped[bool]


class UserRow(Base):
    """`digest.people.User`, with what signing in needs. The row leads from a pseudonym to a person; erasure removes it."""

    __tablename__ = "users"

    pseudonym: Mapped[str] = mapped_column(primary_key=True)  # no number: SQLite gives the last one's out again
    login: Mapped[str] = mapped_column(unique=True)  # folded
    name: Mapped[str]
    role: Mapped[str]
    password_hash: Mapped[str]
    code_secret: Mapped[str | None]
    code_step: Mapped[int | None]  # the last step of time whose code was used
    active: Mapped[bool]
    must_change: Mapped[bool]
    created: Mapped[datetime]


class DeputyRow(Base):
    """`digest.people.Deputy`."""

    __tablename__ = "deputies"

    id: Mapped[int] = mapped_column(primary_key=True)
    absent: Mapped[str] = mapped_column(ForeignKey("users.pseudonym"), index=True)
    acting: Mapped[str] = mapped_column(ForeignKey("users.pseudonym"), index=True)
    first: Mapped[date]
    last: Mapped[date]


class DeskSessionRow(Base):
    """Somebody signed in. The browser has the token, the database its hash: a copy of this table opens nothing."""

    __tablename__ = "desk_sessions"

    token_sha256: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str] = mapped_column(ForeignKey("users.pseudonym"), index=True)
    csrf: Mapped[str]
    created: Mapped[datetime]
    last_seen: Mapped[datetime]
    expires: Mapped[datetime] = mapped_column(index=True)
    needs_code: Mapped[bool]  # the password was right, the code is still to come


class AttemptRow(Base):
    """A try to sign in: a failure from its beginning until it was right."""

    __tablename__ = "attempts"
    __table_args__ = (Index(None, "login", "address"), Index(None, "address", "moment"))

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str]  # folded, as it was typed: there need be nobody of that login
    address: Mapped[str]
    moment: Mapped[datetime] = mapped_column(index=True)
    success: Mapped[bool]


class AuditRow(Base):
    """What somebody did. Rows are added, never changed (triggers see to it), and each holds the hash of the one before.

    `previous` is unique, so that the chain cannot fork whatever a program does.
    """

    __tablename__ = "audit_log"

    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # from 1, without gaps
    moment: Mapped[datetime]
    pseudonym: Mapped[str | None] = mapped_column(index=True)  # who did it; null: the server's command line
    deed: Mapped[str]
    subject: Mapped[str | None] = mapped_column(index=True)
    detail: Mapped[dict[str, Any]]
    previous: Mapped[str] = mapped_column(unique=True)
    hash: Mapped[str] = mapped_column(unique=True)


class StepRow(Base):
    """What an editor did to a draft. Rows are added, never changed.

    Numbers run from 1 without gaps through all versions of a day's issue: a screen needs to remember only one.
    """

    __tablename__ = "steps"
    __table_args__ = (Index(None, "issue_id", "by"),)

    profile: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issues.id"))  # the version that was changed
    issue_hash: Mapped[str]  # of its content after the step
    moment: Mapped[datetime]
    by: Mapped[str]  # a pseudonym
    deed: Mapped[str]
    of: Mapped[int | None]  # the step that this one undoes or redoes
    step: Mapped[list[Any]]  # `digest.editing.Step`, as `storage.steps` packs it

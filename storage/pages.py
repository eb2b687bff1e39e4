"""Pages as fetched, and which addresses need no fetching again."""

import zlib
from collections.abc import Collection

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from digest.errors import StorageError
from digest.model import Page
from storage.rows import pieces, upserted
from storage.schema import AddressRow, FailureRow, PageRow


def keep_page(session: Session, page: Page, source: str) -> int:
    """Keep the page and give its id. The same bytes from the same address stay one page, with the newer time."""
    row = {
        "asked": page.asked,
        "url": page.url,
        "source": source,
        "status": page.status,
        "headers": page.headers,
        "body": zlib.compress(page.body),
        "sha256": page.sha256,
        "fetched": page.fetched,
    }
    return upserted(session, PageRow, row, key=("asked", "sha256"))


def page_by_id(session: Session, page_id: int) -> Page | None:
    """The page, its bytes unpacked; None for an unknown id, StorageError where the bytes are damaged."""
    row = session.get(PageRow, page_id)
    return None if row is None else _page(row)


def latest_page(session: Session, url: str) -> Page | None:
    """What was fetched last from this address, asked for or arrived at."""
    newest = (
        select(PageRow)
        .where(or_(PageRow.asked == url, PageRow.url == url))
        .order_by(PageRow.fetched.desc(), PageRow.id.desc())
        .limit(1)
    )
    row = session.scalars(newest).one_or_none()
    return None if row is None else _page(row)


def seen_addresses(session: Session, addresses: Collection[str]) -> set[str]:
    """Those of the addresses (or identities) that led to a stored article, or failed for good."""
    seen: set[str] = set()
    for piece in pieces(addresses):
        led = select(AddressRow.address).where(AddressRow.address.in_(piece))
        failed = select(FailureRow.subject).where(FailureRow.subject.in_(piece), FailureRow.permanent)
        known = select(FailureRow.identity).where(FailureRow.identity.in_(piece), FailureRow.permanent)
        seen.update(session.scalars(led), session.scalars(failed))
        seen.update(identity for identity in session.scalars(known) if identity is not None)
    return seen


def _page(row: PageRow) -> Page:
    try:
        body = zlib.decompress(row.body)
    except zlib.error as error:
        raise StorageError(f"page {row.id} ({row.asked}) is damaged: {error}; restore the last backup") from error
    return Page(
        url=row.url,
        asked=row.asked,
        status=row.status,
        headers=tuple((str(name), str(value)) for name, value in row.headers),
        body=body,
        fetched=row.fetched,
        sha256=row.sha256,
    )

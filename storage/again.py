"""Which stored pages are worth reading again when the rules of reading have changed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from storage.schema import AddressRow, ArticleRow, FailureRow, PageRow


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPage:
    """A page by its id, the source it was fetched for, and the article that was read from it, if any was."""

    id: int
    source: str
    article: str | None


def pages_to_read_again(
    session: Session, *, after: int, most: int, sources: Collection[str] | None = None, since: datetime | None = None
) -> list[StoredPage]:
    """The next pages by id that led to an article, or that could not be read and whose address led to none since.

    Of several pages kept from an address that could not be read, the newest counts. `sources` are the ids of the
    sources that count, all of them if None; `since` leaves out what was fetched before.
    """
    article = select(func.min(ArticleRow.id)).where(ArticleRow.page_id == PageRow.id).scalar_subquery()
    newer = aliased(PageRow)
    failed = select(FailureRow.id).where(FailureRow.subject == PageRow.asked, FailureRow.stage == "extract")
    unread = and_(
        failed.exists(),
        ~failed.where(FailureRow.kind == "wrong-article").exists(),  # it was read well, and is another one
        ~select(AddressRow.address).where(AddressRow.address.in_((PageRow.asked, PageRow.url))).exists(),
        ~select(newer.id).where(newer.asked == PageRow.asked, newer.fetched > PageRow.fetched).exists(),
    )
    chosen = select(PageRow.id, PageRow.source, article).where(PageRow.id > after, or_(article.is_not(None), unread))
    if sources is not None:
        chosen = chosen.where(PageRow.source.in_(sources))
    if since is not None:
        chosen = chosen.where(PageRow.fetched >= since)
    rows = session.execute(chosen.order_by(PageRow.id).limit(most))
    return [StoredPage(id=page, source=source, article=led_to) for page, source, led_to in rows]


def is_read_from(session: Session, article_id: str, page_id: int) -> bool:
    """Whether the article still stands as it was read from that page: another run may have read a newer one since."""
    return session.scalars(select(ArticleRow.page_id).where(ArticleRow.id == article_id)).one_or_none() == page_id

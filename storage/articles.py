"""Articles, found by id, by any address that led to them, and by the window they belong to."""

from collections.abc import Collection
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, or_, select
from sqlalchemy.orm import Session

from digest.model import VIETNAM, Article
from digest.wire import dump
from storage.rows import upsert, value_of
from storage.schema import AddressRow, ArticleRow, JudgementRow, PageRow

_FIELDS = tuple(field.name for field in fields(Article))
_JUDGED = ("title", "sapo", "paragraphs", "rubric", "tags", "published")  # what a judgement rests on
_KEPT = ("url", "published", "source", "page_id")  # a reading that does not know these leaves what is known

OLDEST_FIRST = (func.coalesce(ArticleRow.published, ArticleRow.fetched), ArticleRow.id)


def keep_article(
    session: Session,
    article: Article,
    *,
    source: str | None,
    page_id: int | None,
    identities: Collection[str] = (),
) -> bool:
    """Keep the article; True when it is new. `identities` are further addresses by which it is known.

    A known address, else a known id, means the stored article. That one keeps its id, its address and the time it
    was first fetched, and takes the rest of the new reading as far as the reading knows it; a reading without
    paragraphs never replaces one with them. A changed text loses its judgements, so that it is judged again.
    """
    arrived = _addresses_of(session, page_id)
    columns = _columns(article) | {"source": source, "page_id": page_id}
    row = _led_to(session, article.url)
    if row is not None:
        columns["url"] = row.url
    else:
        row = _same(session, article, arrived)
    if row is None:
        session.add(ArticleRow(**columns))
        session.flush()
    elif article.paragraphs or not row.paragraphs:
        _renew(session, row, columns)
    article_id = article.id if row is None else row.id
    addresses = sorted(arrived | set(identities) | ({article.url} if article.url else set()))
    known = ({"address": address, "article_id": article_id} for address in addresses)
    upsert(session, AddressRow, *known, key=("address",))
    return row is None


def article_by_id(session: Session, article_id: str) -> Article | None:
    """The article, None for an unknown id."""
    row = session.get(ArticleRow, article_id)
    return None if row is None else article_of(row)


def article_by_url(session: Session, url: str) -> Article | None:
    """The article that this address led to: its own, the one asked for or the one arrived at."""
    row = _led_to(session, url)
    return None if row is None else article_of(row)


def articles_of_window(
    session: Session, start: datetime, end: datetime, *, sources: Collection[str] | None = None
) -> list[Article]:
    """Articles published from `start` on and before `end`, oldest first; one without that time counts as fetched.

    `sources` are the ids of the sources that count; all of them if None.
    """
    chosen = select(ArticleRow).where(in_window(start, end)).order_by(*OLDEST_FIRST)
    if sources is not None:
        chosen = chosen.where(ArticleRow.source.in_(sources))
    return [article_of(row) for row in session.scalars(chosen)]


def in_window(start: datetime, end: datetime) -> ColumnElement[bool]:
    """The condition behind `articles_of_window`: two ranges, each served by an index."""
    return or_(
        and_(ArticleRow.published >= start, ArticleRow.published < end),
        and_(ArticleRow.published.is_(None), ArticleRow.fetched >= start, ArticleRow.fetched < end),
    )


def article_of(row: ArticleRow) -> Article:
    """The value of a row, its times as they are read in Việt Nam."""
    stored = {name: getattr(row, name) for name in _FIELDS}
    for name in ("published", "fetched"):
        if stored[name] is not None:
            stored[name] = stored[name].astimezone(VIETNAM)
    return value_of(Article, stored, f"article {row.id}")


def _columns(article: Article) -> dict[str, Any]:
    # Lists, as JSON gives them back: an unchanged field must compare equal.
    plain = {name: list(value) if isinstance(value, tuple) else value for name, value in dump(article).items()}
    return plain | {"published": article.published, "fetched": article.fetched}


def _addresses_of(session: Session, page_id: int | None) -> set[str]:
    if page_id is None:
        return set()
    return {
        address
        for page in session.execute(select(PageRow.asked, PageRow.url).filter_by(id=page_id))
        for address in page
    }


def _led_to(session: Session, address: str | None) -> ArticleRow | None:
    known = select(ArticleRow).join(AddressRow).where(AddressRow.address == address)
    return session.scalars(known).one_or_none()


def _same(session: Session, article: Article, arrived: set[str]) -> ArticleRow | None:
    """The article once kept under the address its page was asked by (before its own was known), else under its id.

    Not any article that such an address once led to: an address may be given to another article.
    """
    asked = select(ArticleRow).where(ArticleRow.url.in_(arrived)).order_by(ArticleRow.id).limit(1)
    row = session.scalars(asked).one_or_none() if arrived else None
    return row or session.get(ArticleRow, article.id)


def _renew(session: Session, row: ArticleRow, columns: dict[str, Any]) -> None:
    before = [getattr(row, name) for name in _JUDGED]
    # An article without a time of its own stays in the window where it was first seen.
    stay = {"id", *(name for name in _KEPT if columns[name] is None), *({"fetched"} if row.fetched else ())}
    for name, value in columns.items():
        if name not in stay:
            setattr(row, name, value)
    if before != [getattr(row, name) for name in _JUDGED]:
        session.execute(delete(JudgementRow).where(JudgementRow.article_id == row.id))
    session.flush()

"""Reading the stored pages again by today's rules: what would be read differently, and keeping it.

An article keeps its id, its address and the moment it was first fetched; what only its listing knew (a standfirst, a
time) stays as it is, and so does an author, a standfirst or a time that a new reading does not find. A page is read by the selectors that were valid on the day it was fetched.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import Engine

from digest.errors import ExtractError, StorageError
from digest.model import Article, Link, Page
from digest.pipeline.report import Trouble, counted
from scrapers.collecting.from_listing import filled
from scrapers.collecting.workers import WorkerError, Workers
from scrapers.identity import same_article
from scrapers.source import Source
from storage.again import StoredPage, is_read_from, pages_to_read_again
from storage.articles import article_by_id, article_by_url, keep_article
from storage.database import begin, reading
from storage.pages import page_by_id

_AT_ONCE = 8  # pages in memory
_COMPARED = (
    *("title", "sapo", "paragraphs", "kinds", "images", "author", "author_note"),
    *("published", "rubric", "tags", "outlet", "flags"),
)
_HELD = {"sapo": "no-sapo", "author": "no-author", "author_note": "no-author", "published": "no-time"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A page's reading of today beside the stored one, None where the page could not be read before.

    `fields` are those that differ; `identities` are the keys of the addresses that led to the page.
    """

    page: int
    source: str
    old: Article | None
    new: Article
    fields: tuple[str, ...]
    identities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A page that cannot be read today; `before` tells whether it once could."""

    source: str
    url: str
    kind: str
    detail: str
    before: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AgainReport:
    """What reading again showed. `fields` and `sources` count what differs, `still_unread` what was and is unreadable."""

    pages: int = 0
    same: int = 0
    differing: int = 0
    newly: int = 0
    kept: int = 0
    fields: dict[str, int] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)
    still_unread: dict[str, int] = field(default_factory=dict)
    failed: dict[str, int] = field(default_factory=dict)
    troubles: tuple[Trouble, ...] = ()


def read_again(  # noqa: PLR0913 - named where it is called
    engine: Engine,
    sources: Sequence[Source],
    *,
    workers: Workers,
    read: Callable[[Page, Source], Article],
    only: Collection[str] | None = None,
    since: datetime | None = None,
) -> Iterator[Compared | Unread]:
    """Each stored page once, oldest first, a few at a time; it may be left off anywhere.

    `only` are the ids of the sources whose pages count; `since` leaves out what was fetched before.
    """
    known = {source.id: source for source in sources}
    after = 0
    with asyncio.Runner() as runner:
        while True:
            with reading(engine) as session:
                stored = pages_to_read_again(session, after=after, most=_AT_ONCE, sources=only, since=since)
            if not stored:
                return
            after = stored[-1].id
            yield from runner.run(_read_some(engine, stored, known, workers, read))


async def _read_some(
    engine: Engine,
    stored: Sequence[StoredPage],
    known: dict[str, Source],
    workers: Workers,
    read: Callable[[Page, Source], Article],
) -> list[Compared | Unread]:
    async def one(page: StoredPage) -> Compared | Unread | None:
        before = page.article is not None
        source = known.get(page.source)
        if source is None:
            detail = "the catalogue does not know its source any more"
            return Unread(source=page.source, url=f"page {page.id}", kind="no-source", detail=detail, before=before)
        try:
            with reading(engine) as session:
                body = page_by_id(session, page.id)
        except StorageError as error:
            return Unread(source=source.id, url=f"page {page.id}", kind="damaged", detail=str(error), before=before)
        if body is None:  # deleted since it was listed
            return None
        try:
            article = await workers.run(read, body, source)
        except (ExtractError, WorkerError) as error:
            return Unread(source=source.id, url=body.asked, kind=error.kind, detail=error.detail, before=before)
        return _compared(engine, page, body, article, source)

    outcomes = await asyncio.gather(*(one(page) for page in stored))
    return [outcome for outcome in outcomes if outcome is not None]


def _compared(engine: Engine, page: StoredPage, body: Page, article: Article, source: Source) -> Compared | None:
    """The comparison; None for a page that was unreadable and whose article came in another way."""
    identities = tuple(dict.fromkeys((same_article(body.asked, source), same_article(body.url, source))))
    with reading(engine) as session:
        old = article_by_id(session, page.article) if page.article else None
        if old is None:
            addresses = (article.url or body.url, *identities)
            if any(article_by_url(session, address) for address in addresses):
                return None
    new = settled(article, old) if old else filled(article, Link(url=body.url, title=""))
    fields = tuple(name for name in _COMPARED if old is None or getattr(old, name) != getattr(new, name))
    return Compared(page=page.id, source=source.id, old=old, new=new, fields=fields, identities=identities)


def settled(article: Article, old: Article) -> Article:
    """A new reading of a stored article with what its listing knew, under its id and address."""
    told = set(old.flags)
    link = Link(
        url=old.url or "",
        title=old.title if "title-from-feed" in told else "",
        sapo=old.sapo if "sapo-from-feed" in told else None,
        published=old.published if "time-from-feed" in told else None,
    )
    new = filled(replace(article, id=old.id, url=old.url, fetched=old.fetched), link)
    # What the flags say was not found and is there all the same, an earlier reading knew.
    return _with_held(new, old, [name for name, flag in _HELD.items() if flag in told])


def _with_held(new: Article, old: Article, names: Iterable[str]) -> Article:
    return replace(new, **{name: getattr(old, name) for name in names if getattr(new, name) is None})


def keep(engine: Engine, compared: Compared) -> bool:
    """Store the new reading; False where it must not replace the stored one.

    That is so where it has lost the text, and where the article was read from a newer page in the meantime. An author,
    a standfirst or a time that it does not find stays as it was: a slip in a selector must not erase.
    """
    old, new = compared.old, compared.new
    if old is not None:
        if old.paragraphs and not new.paragraphs:
            return False
        new = _with_held(new, old, _HELD)
    with begin(engine) as session:
        if old is not None and not is_read_from(session, old.id, compared.page):
            return False
        identities = () if old else compared.identities
        keep_article(session, new, source=compared.source, page_id=compared.page, identities=identities)
    return True


class Count:
    """The figures of reading again, outcome by outcome."""

    def __init__(self) -> None:
        self._figures: Counter[str] = Counter()
        self._fields: Counter[str] = Counter()
        self._sources: Counter[str] = Counter()
        self._still_unread: Counter[str] = Counter()
        self._troubles: list[Trouble] = []

    def add(self, outcome: Compared | Unread) -> None:
        """Count a page."""
        self._figures["pages"] += 1
        if isinstance(outcome, Unread):
            self._add_unread(outcome)
        elif outcome.old is None:
            self._figures["newly"] += 1
            self._sources[outcome.source] += 1
        elif outcome.fields:
            self._figures["differing"] += 1
            self._sources[outcome.source] += 1
            self._fields.update(outcome.fields)
        else:
            self._figures["same"] += 1

    def _add_unread(self, unread: Unread) -> None:
        if unread.before:
            detail = f"{unread.detail} (it stays as it was read before)".strip()
            self._troubles.append(Trouble(stage="extract", kind=unread.kind, subject=unread.url, detail=detail))
        else:
            self._still_unread[unread.kind] += 1

    def add_kept(self) -> None:
        """Count a reading that was stored."""
        self._figures["kept"] += 1

    def report(self) -> AgainReport:
        """The figures so far."""
        return AgainReport(
            **self._figures,
            fields=counted(self._fields.elements()),
            sources=counted(self._sources.elements()),
            still_unread=counted(self._still_unread.elements()),
            failed=counted(trouble.kind for trouble in self._troubles),
            troubles=tuple(self._troubles),
        )

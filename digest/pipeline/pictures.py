"""The pictures of a day's items: kept where the profile prints them and the outlet lets them be printed."""

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass, field

from sqlalchemy import Engine

from digest.issue import RightsOf, all_rights
from digest.model import Issue, Item, Kept
from digest.pictures import MOST_AN_ITEM, caption_of, illustrated, pixels_wide, wanted
from digest.pipeline.collecting import Collecting
from digest.pipeline.records import DatabaseRecords
from digest.pipeline.report import Trouble
from digest.profile import Profile
from scrapers.catalogue import find
from scrapers.collecting.guarded_fetch import Guard
from scrapers.collecting.records_thread import Aside
from scrapers.fetching.fetch import Fetcher
from scrapers.kinds import LASTING
from scrapers.pictures.fetching import Had, Missed, Wish, fetch_pictures
from scrapers.source import Source
from storage import runs
from storage.database import begin, reading
from storage.pages import seen_addresses
from storage.pictures import Origin, keep_picture, kept_pictures

_ALL = 1_000  # pictures of one article
_PASSES = 3  # an item's first picture may be a logo, and its second gone

# Of an outlet that the catalogue does not know: strict in every way, two seconds between two requests.
_UNKNOWN = Source(id="", name="", domain="", outlet="", kind="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """What a profile prints of pictures: how many an item at most, how wide (millimetres); and what outlets allow."""

    each: int
    millimetres: float
    rights: RightsOf = all_rights


def printing_of(profile: Profile, rights: RightsOf) -> Printing:
    """Two pictures an item, as wide as the text, where the profile prints any."""
    each = MOST_AN_ITEM if profile.copyright.pictures == "print" else 0
    return Printing(each=each, millimetres=profile.layout.text_width, rights=rights)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictured:
    """The issue with its pictures, how many came in and how many were there, and what could not be had."""

    issue: Issue
    fetched: int = 0
    known: int = 0
    troubles: tuple[Trouble, ...] = ()


@dataclass(slots=True)
class _Album:
    """What is known of the issue's pictures so far, by address."""

    kept: dict[str, Kept] = field(default_factory=dict)
    missed: set[str] = field(default_factory=set)
    troubles: list[Trouble] = field(default_factory=list)
    fetched: int = 0

    def add(self, had: Sized, missed: Sequence[Missed]) -> None:
        """What a pass brought."""
        for lost in missed:
            self.troubles.append(Trouble(stage="pictures", kind=lost.kind, subject=lost.url, detail=lost.detail))
        self.missed.update(one.url for one in missed)
        self.fetched += len(had)


def picture_issue(  # noqa: PLR0913 - named where it is called
    engine: Engine,
    issue: Issue,
    printing: Printing,
    collecting: Collecting | None,
    *,
    run: int,
    advance: Callable[[int], None] = lambda _count: None,
) -> Pictured:
    """The issue's pictures, each kept in the database; without `collecting` only those that are kept already.

    A picture that cannot be had costs itself alone: it is a trouble and a failure of the run, and the item's next
    picture takes its place, three times at most. One that failed for good is not asked for again.
    """
    album, width = _Album(), pixels_wide(printing.millimetres)
    if printing.each:
        _look_up(engine, wanted(issue, each=_ALL, rights=printing.rights), album, width)
    for _ in range(_PASSES if collecting else 0):
        new = {src: item for src, item in _wanted(issue, printing, album).items() if src not in album.kept}
        wishes = _wishes(new, collecting.sources if collecting else ())
        if not (collecting and wishes):
            break
        had, missed = asyncio.run(_fetched(engine, wishes, collecting, run=run, width=width, advance=advance))
        _keep(engine, had, new, width=width)
        _note(engine, missed, collecting, run=run)
        album.add(had, missed)
        _look_up(engine, [one.url for one in had], album, width)
    shown = _wanted(issue, printing, album)
    kept = {src: album.kept[src] for src in shown if src in album.kept}
    made = illustrated(issue, kept, asked={*shown, *album.missed})
    return Pictured(issue=made, fetched=album.fetched, known=len(kept) - album.fetched, troubles=tuple(album.troubles))


def _wanted(issue: Issue, printing: Printing, album: _Album) -> dict[str, Item]:
    return wanted(issue, each=printing.each, rights=printing.rights, without=album.missed)


def _look_up(engine: Engine, addresses: Collection[str], album: _Album, width: int) -> None:
    """Put into the album what earlier runs kept of the addresses, and which failed for good."""
    with reading(engine) as session:
        album.kept |= kept_pictures(session, addresses, width=width)
        album.missed |= seen_addresses(session, addresses) - album.kept.keys()


def _wishes(addresses: Mapping[str, Item], sources: Iterable[Source]) -> list[Wish]:
    known = tuple(sources)
    wishes = [Wish(url=src, source=(item.url and find(known, item.url)) or _UNKNOWN) for src, item in addresses.items()]
    return [wish for wish in wishes if not wish.source.not_collected]


async def _fetched(  # noqa: PLR0913 - named where it is called
    engine: Engine,
    wishes: list[Wish],
    collecting: Collecting,
    *,
    run: int,
    width: int,
    advance: Callable[[int], None],
) -> tuple[list[Had], list[Missed]]:
    records = DatabaseRecords(engine, clock=collecting.clock, run=run)
    async with Fetcher(contact=collecting.contact, clock=collecting.clock) as fetcher:
        with Aside() as aside:
            guard = Guard(fetcher, records, aside, collecting.clock)
            return await fetch_pictures(
                wishes, guard=guard, width=width, processes=collecting.processes, advance=advance
            )


def _keep(engine: Engine, had: Iterable[Had], items: Mapping[str, Item], *, width: int) -> None:
    with begin(engine) as session:
        for one in had:
            origin = Origin(
                address=one.url,
                source=one.source,
                original=one.original,
                asked_width=width,
                fetched=one.fetched,
                credit=_credit(items[one.url], one.url),
            )
            keep_picture(session, one.picture, origin)


def _credit(item: Item, src: str) -> str | None:
    return next((caption_of(image.caption).credit for image in item.images if image.src == src), None)


def _note(engine: Engine, missed: Iterable[Missed], collecting: Collecting, *, run: int) -> None:
    with begin(engine) as session:
        for one in missed:
            runs.record_failure(
                session,
                run,
                stage="pictures",
                kind=one.kind,
                subject=one.url,
                detail=one.detail,
                moment=collecting.clock(),
                permanent=one.kind in LASTING,
                source=one.source or None,
            )

"""Pictures of chosen articles: asked for as politely as pages, made anew apart, each by itself.

What fails costs its own picture alone and is one `Missed` with a kind of `scrapers.fetching.fetch.KINDS`,
`formats.KINDS`, "host-down" or "unfinished"; nothing here stops an issue.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from digest.errors import ExtractError, FetchError
from digest.model import Page
from digest.pictures import Picture
from scrapers.fetching.content import Wanted
from scrapers.fetching.hosts import host_key
from scrapers.pictures.sandbox import LIMITS, Limits, remade_apart
from scrapers.source import Source

UNFINISHED = "unfinished"
_SECONDS = 300.0  # for the pictures of one issue: an office waits for its draft


class Asks(Protocol):
    """What fetches an address: `scrapers.collecting.guarded_fetch.Guard`."""

    async def fetch(self, url: str, *, source: Source, kind: Wanted) -> Page:
        """The bytes at the address; FetchError."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A picture to fetch, in the name of which source (its pauses, its TLS, whether private addresses may be asked)."""

    url: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Had:
    """A picture that is there. `original` is the SHA-256 of the bytes as fetched."""

    url: str
    source: str
    picture: Picture
    original: str
    fetched: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A picture that is not, and why."""

    url: str
    source: str
    kind: str
    detail: str = ""


async def fetch_pictures(  # noqa: PLR0913 - named where it is called
    wishes: Iterable[Wish],
    *,
    guard: Asks,
    width: int,
    processes: int = 2,
    seconds: float = _SECONDS,
    limits: Limits = LIMITS,
    advance: Callable[[int], None] = lambda _count: None,
) -> tuple[list[Had], list[Missed]]:
    """Every picture, at most `width` pixels wide, or why not, in the order of the wishes.

    So many are made anew at once, and hosts are asked beside one another. What is not there after `seconds` is left.
    """
    wanted = tuple(wishes)
    apart = asyncio.Semaphore(processes)
    # One after the other at a host: after three that fail the guard leaves the rest alone.
    turns: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def one(wish: Wish) -> Had | Missed:
        try:
            async with turns[host_key(wish.url)]:
                page = await guard.fetch(wish.url, source=wish.source, kind="picture")
            async with apart:
                picture = await asyncio.to_thread(remade_apart, page.body, url=wish.url, width=width, limits=limits)
        except (FetchError, ExtractError) as error:
            return Missed(url=wish.url, source=wish.source.id, kind=error.kind, detail=error.detail)
        return Had(url=wish.url, source=wish.source.id, picture=picture, original=page.sha256, fetched=page.fetched)

    tasks = [asyncio.create_task(one(wish)) for wish in wanted]
    for task in tasks:
        task.add_done_callback(lambda _task: advance(1))
    try:
        if tasks:
            await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_EXCEPTION)
    finally:
        for task in tasks:
            task.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
    return _sorted_out(wanted, ended, seconds)


def _sorted_out(
    wanted: Iterable[Wish], ended: Iterable[Had | Missed | BaseException], seconds: float
) -> tuple[list[Had], list[Missed]]:
    had: list[Had] = []
    missed: list[Missed] = []
    for wish, one in zip(wanted, ended, strict=True):
        match one:
            case Had():
                had.append(one)
            case Missed():
                missed.append(one)
            case asyncio.CancelledError():
                detail = f"the pictures of the issue took longer than {seconds:.0f} s"
                missed.append(Missed(url=wish.url, source=wish.source.id, kind=UNFINISHED, detail=detail))
            case _:
                raise one  # a bug, or a full disk
    return had, missed

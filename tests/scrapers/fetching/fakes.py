"""One address fetched from a real server, or the way in which it failed."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import settings

from digest.errors import FetchError
from digest.model import Page
from scrapers.fetching.asking import Way
from scrapers.fetching.content import Wanted
from scrapers.fetching.fetch import KINDS, Validators
from scrapers.fetching.transport import CheckedTransport, Resolve
from scrapers.source import Source
from tests.scrapers.fakes import a_fetcher, a_source

HTML = "<html><head><title>Tin</title></head><body><p>Người dân nộp hồ sơ.</p></body></html>"
unhurried = settings(deadline=None)  # the machine may be busy
OURS = a_source()
THEIRS = a_source(allow_private=False)


def get(
    url: str,
    *,
    source: Source | None = OURS,
    kind: Wanted = "page",
    validators: Validators | None = None,
    **fields: Any,
) -> Page:
    """The page; `fields` are those of the fetcher."""

    async def work() -> Page:
        async with a_fetcher(**fields) as fetcher:
            return await fetcher.fetch(url, source=source, kind=kind, validators=validators)

    return asyncio.run(work())


def refusal(url: str, **fields: Any) -> FetchError:
    """Why the page did not come."""
    with pytest.raises(FetchError) as caught:
        get(url, **fields)
    assert caught.value.kind in KINDS
    assert caught.value.url == url
    return caught.value


def resolver(*answers: list[str]) -> Resolve:
    """Answers names from a list, the last one for ever."""
    left = list(answers)

    async def resolve(host: str, port: int) -> list[str]:  # noqa: ARG001 - the signature of a resolver
        return left.pop(0) if len(left) > 1 else left[0]

    return resolve


def resolving(*answers: list[str]) -> Callable[[Way], CheckedTransport]:
    """Transports whose names lead where a list says."""
    return by(resolver(*answers))


def by(resolve: Resolve) -> Callable[[Way], CheckedTransport]:
    """Transports that resolve names in this way."""
    return lambda way: CheckedTransport(allow_private=way.private, tls=way.tls, resolve=resolve)

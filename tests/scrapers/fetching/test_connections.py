import asyncio

import pytest

from scrapers.fetching.connections import KEPT_SECONDS, MOST_KEPT, Connections, Origin
from tests.scrapers.fakes import Clockwork, Web, a_fetcher, a_web
from tests.scrapers.fetching.fakes import HTML, OURS


class Line:
    """A connection that remembers whether it was closed."""

    def __init__(self, origin: Origin) -> None:
        self.origin = origin
        self.is_closed = False
        self.is_spent = False
        self.is_stale = False

    def is_usable(self) -> bool:
        return not self.is_stale

    def is_idle(self) -> bool:
        return not self.is_spent

    async def close(self) -> None:
        self.is_closed = True


def origin(number: int) -> Origin:
    return Origin(b"http", b"a%d.example" % number, 80)


def a_keeper(clockwork: Clockwork) -> Connections[Line]:
    return Connections(Line, ticks=clockwork.ticks)


def test_a_connection_that_is_given_back_is_taken_again():
    async def work() -> None:
        keeper = a_keeper(Clockwork())
        first = await keeper.take(origin(1))
        await keeper.give_back(first)
        assert await keeper.take(origin(2)) is not first
        assert await keeper.take(origin(1)) is first
        assert await keeper.take(origin(1)) is not first  # it is somebody's

    asyncio.run(work())


@pytest.mark.parametrize("flaw", ["is_stale", "is_spent"])
def test_one_that_cannot_be_used_again_is_closed(flaw):
    async def work() -> None:
        keeper = a_keeper(Clockwork())
        first = await keeper.take(origin(1))
        setattr(first, flaw, True)
        await keeper.give_back(first)
        assert await keeper.take(origin(1)) is not first
        assert first.is_closed

    asyncio.run(work())


def test_of_two_to_one_host_the_later_is_kept():
    async def work() -> None:
        keeper = a_keeper(Clockwork())
        first, second = await keeper.take(origin(1)), await keeper.take(origin(1))
        await keeper.give_back(first)
        await keeper.give_back(second)
        assert (first.is_closed, second.is_closed) == (True, False)

    asyncio.run(work())


def test_those_of_hosts_that_are_done_are_closed_after_a_while():
    async def work() -> None:
        clockwork = Clockwork()
        keeper = a_keeper(clockwork)
        first = await keeper.take(origin(1))
        await keeper.give_back(first)
        clockwork.now += KEPT_SECONDS
        second = await keeper.take(origin(2))
        await keeper.give_back(second)
        assert not first.is_closed
        clockwork.now += 1
        await keeper.take(origin(3))
        assert (first.is_closed, second.is_closed) == (True, False)

    asyncio.run(work())


def test_no_more_than_so_many_are_kept_and_all_are_closed_in_the_end():
    async def work() -> None:
        keeper = a_keeper(Clockwork())
        lines = [await keeper.take(origin(number)) for number in range(MOST_KEPT + 10)]
        for line in lines:
            await keeper.give_back(line)
        assert [line.is_closed for line in lines] == [True] * 10 + [False] * MOST_KEPT
        await keeper.close()
        assert all(line.is_closed for line in lines)

    asyncio.run(work())


def connections_for(web: Web, *paths: str) -> int:
    """How many connections the server saw while these were fetched."""
    ports: set[int] = set()

    async def work() -> None:
        async with a_fetcher() as fetcher:
            for path in paths:
                await fetcher.fetch(web.base + path, source=OURS, kind="page")

    def noted(path: str) -> None:
        behave = web.behaviours[path]

        def and_note(handler):
            ports.add(handler.client_address[1])
            behave(handler)

        web.does(path, and_note)

    for path in {"/robots.txt", *paths}:
        web.gives(path, HTML)
        noted(path)
    asyncio.run(work())
    return len(ports)


def test_a_host_is_asked_over_one_connection():
    with a_web() as web:
        assert connections_for(web, "/1.html", "/2.html", "/3.html") == 1

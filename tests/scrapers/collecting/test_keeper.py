"""Articles that come while a group is written share the next transaction, and none counts as kept before it is."""

import asyncio
import threading

import pytest

from digest.errors import StorageError
from scrapers.collecting.keeper import Keeper
from scrapers.collecting.records_thread import Aside
from scrapers.collecting.rounds import Collected
from tests.fakes import an_article
from tests.scrapers.fakes import Notebook, a_page, a_source


def collected(number: int) -> Collected:
    return Collected(page=a_page(), article=an_article(id=str(number)), source=a_source(), identities=(str(number),))


class SlowDisk(Notebook):
    """Writes the first group only when it is let, and notes the size of each."""

    def __init__(self) -> None:
        super().__init__()
        self.ready = threading.Event()
        self.groups: list[int] = []

    def keep(self, group):
        self.ready.wait(10)
        self.groups.append(len(group))
        super().keep(group)


def test_what_waits_is_written_together_in_its_order():
    disk = SlowDisk()

    async def work() -> None:
        with Aside() as aside:
            keeper = Keeper(disk, aside)
            tasks = [asyncio.create_task(keeper.keep(collected(number))) for number in range(120)]
            await asyncio.sleep(0.05)
            assert not any(task.done() for task in tasks)
            disk.ready.set()
            await asyncio.gather(*tasks)

    asyncio.run(work())
    assert disk.groups == [1, 50, 50, 19]
    assert [one.article.id for one in disk.kept] == [str(number) for number in range(120)]


def test_one_alone_is_written_at_once():
    disk = SlowDisk()
    disk.ready.set()

    async def work() -> None:
        with Aside() as aside:
            keeper = Keeper(disk, aside)
            for number in range(3):
                await keeper.keep(collected(number))

    asyncio.run(work())
    assert disk.groups == [1, 1, 1]


def test_a_group_that_could_not_be_written_is_told_to_each():
    class FullDisk(Notebook):
        def keep(self, _group):
            raise StorageError("ổ đĩa đầy")

    async def work() -> list[BaseException | None]:
        with Aside() as aside:
            keeper = Keeper(FullDisk(), aside)
            return await asyncio.gather(
                *(keeper.keep(collected(number)) for number in range(3)), return_exceptions=True
            )

    assert [type(outcome) for outcome in asyncio.run(work())] == [StorageError] * 3


def test_a_task_that_is_cancelled_takes_no_other_with_it():
    disk = SlowDisk()

    async def work() -> None:
        with Aside() as aside:
            keeper = Keeper(disk, aside)
            tasks = [asyncio.create_task(keeper.keep(collected(number))) for number in range(3)]
            await asyncio.sleep(0.05)
            tasks[0].cancel()
            tasks[1].cancel()
            disk.ready.set()
            with pytest.raises(asyncio.CancelledError):
                await tasks[1]
            await tasks[2]

    asyncio.run(work())
    assert "2" in [one.article.id for one in disk.kept]

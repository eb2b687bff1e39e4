"""Articles are kept in groups: what comes while one group is being written shares the next one's transaction.

A commit waits for the disk, and an article counts as kept only once it is committed; so a slow disk makes the groups
larger instead of the queue longer.
"""

import asyncio
from dataclasses import dataclass

from scrapers.collecting.records_thread import Aside
from scrapers.collecting.rounds import Collected, Records

_MOST = 50  # articles a transaction


@dataclass(slots=True)
class _Waiting:
    collected: Collected
    kept: bool = False


class Keeper:
    """Keeps articles for many tasks at once."""

    def __init__(self, records: Records, aside: Aside) -> None:
        self._records = records
        self._aside = aside
        self._waiting: list[_Waiting] = []
        self._turn = asyncio.Lock()  # its queue is in order, so whoever has it is among the first of `_waiting`

    async def keep(self, collected: Collected) -> None:
        """Return when the article is kept; the error of the records where its group could not be."""
        mine = _Waiting(collected)
        self._waiting.append(mine)
        async with self._turn:
            if mine.kept:
                return
            group = self._waiting[:_MOST]
            await self._aside(self._records.keep, [one.collected for one in group])
            del self._waiting[: len(group)]
            for one in group:
                one.kept = True

"""Records are kept in a thread of their own, one at a time: a disk that is slow to sync must not keep the loop waiting."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Self, TypeVar

_T = TypeVar("_T")


class Aside:
    """Calls a function in the thread and waits for its value; what was begun is finished, even when the round is not."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="records")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._thread.shutdown(wait=True, cancel_futures=True)

    async def __call__(self, function: Callable[..., _T], *arguments: object) -> _T:
        """The function's value, or its exception."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, function, *arguments)

"""Where pages are parsed: beside the loop that keeps two hundred sockets waiting, never in it.

In processes a page that never ends or brings its reader down costs itself alone: pebble ends that one process and
starts another, which neither a thread nor the standard library's pool can do.
"""

import asyncio
import multiprocessing
import os
import resource
import signal
from collections.abc import Callable
from concurrent.futures import CancelledError
from types import TracebackType
from typing import Protocol, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from digest.processes import end_with_parent

T = TypeVar("T")

_MOST_MEMORY = 2 * 1024**3  # bytes of address space: a page that wants more ends its own process
_PAGES_A_PROCESS = 2000  # then it is replaced: parsers never give all memory back


class WorkerError(Exception):
    """What was asked of a worker brought no answer. `kind` is "reader-hung" or "reader-died"."""

    def __init__(self, kind: str, detail: str) -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind = kind
        self.detail = detail


class Workers(Protocol):
    """What runs a function aside; its exceptions come out as they are."""

    async def run(self, function: Callable[..., T], *arguments: object) -> T:
        """The function's value; WorkerError where it gave none."""
        ...


class Processes:
    """So many processes, started when the first page comes. Functions and arguments must be picklable."""

    def __init__(self, count: int, *, seconds: float = 30.0) -> None:
        self._count = count
        self._seconds = seconds
        self._pool = self._new_pool()

    def _new_pool(self) -> ProcessPool:
        # Spawned, not forked: a fork of a process with threads may hang.
        context = multiprocessing.get_context("spawn")
        return ProcessPool(
            max_workers=self._count,
            max_tasks=_PAGES_A_PROCESS,
            initializer=_begin,
            initargs=(os.getpid(),),
            context=context,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._pool.close()  # type: ignore[no-untyped-call]
        else:
            self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    async def run(self, function: Callable[..., T], *arguments: object) -> T:
        """The function's value; WorkerError where its process had to be ended or ended by itself."""
        pool = self._pool
        try:
            return await asyncio.wrap_future(pool.schedule(function, args=arguments, timeout=self._seconds))
        except TimeoutError as error:
            raise WorkerError("reader-hung", f"not read after {self._seconds:.0f} seconds") from error
        except (ProcessExpired, MemoryError) as error:
            raise WorkerError("reader-died", str(error) or type(error).__name__) from error
        except CancelledError as error:  # the pool's own, when it was stopped under the page
            raise WorkerError("reader-died", "the reader was stopped") from error
        except RuntimeError as error:
            if pool.active:
                raise  # the function's own
            self._replace(pool)
            raise WorkerError("reader-died", "the readers were ended from outside") from error

    def _replace(self, broken: ProcessPool) -> None:
        """A pool whose idle process was ended from outside takes no more work: begin anew, once for all who notice."""
        if self._pool is broken:
            broken.stop()  # type: ignore[no-untyped-call]
            self._pool = self._new_pool()


def _begin(parent: int) -> None:
    # Ctrl-C is the parent's to answer.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    end_with_parent(parent)
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))

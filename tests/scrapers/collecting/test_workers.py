"""Reading aside: values and exceptions come back whole, a worker that hangs or dies costs one page."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from digest.errors import ExtractError, FetchError
from scrapers.collecting.workers import Processes, WorkerError
from tests.scrapers.fakes import OneThread

ROOT = Path(__file__).resolve().parents[3]


def doubled(number: int) -> int:
    return number * 2


def refused(url: str) -> None:
    raise ExtractError(url, "shell", "không có chữ")


def unfetched(url: str) -> None:
    raise FetchError(url, "empty-feed")


def greedy() -> int:
    return len(bytearray(3 * 1024**3))


def interrupted() -> int:
    os.kill(os.getpid(), signal.SIGINT)
    return 1


@pytest.fixture(params=["thread", "processes"])
def workers(request):
    with OneThread() if request.param == "thread" else Processes(1) as running:
        yield running


def test_a_value_comes_back(workers):
    assert asyncio.run(workers.run(doubled, 21)) == 42


@pytest.mark.parametrize(("function", "kind"), [(refused, "shell"), (unfetched, "empty-feed")])
def test_an_exception_comes_back_as_it_was_raised(workers, function, kind):
    with pytest.raises((ExtractError, FetchError), match=rf"^https://baolua.example/a1: {kind}") as caught:
        asyncio.run(workers.run(function, "https://baolua.example/a1"))
    assert vars(caught.value)["kind"] == kind


def test_a_page_that_wants_all_memory_costs_only_itself():
    with Processes(1) as workers:
        with pytest.raises(WorkerError, match="reader-died"):
            asyncio.run(workers.run(greedy))
        assert asyncio.run(workers.run(doubled, 1)) == 2


def test_ctrl_c_is_the_parents_to_answer():
    with Processes(1) as workers:
        assert asyncio.run(workers.run(interrupted)) == 1


def test_a_reader_that_hangs_is_ended_and_the_next_page_is_read():
    with Processes(1, seconds=1.0) as workers:
        with pytest.raises(WorkerError) as caught:
            asyncio.run(workers.run(time.sleep, 60))
        assert caught.value.kind == "reader-hung"
        assert asyncio.run(workers.run(doubled, 1)) == 2


def test_an_error_in_the_block_ends_what_is_still_being_read():
    begun = time.monotonic()

    async def work() -> None:
        with Processes(1) as workers:
            task = asyncio.create_task(workers.run(time.sleep, 60))
            await asyncio.sleep(0.5)
            task.cancel()
            raise KeyError("lỗi")

    with pytest.raises(KeyError):
        asyncio.run(work())
    assert time.monotonic() - begun < 30


def test_readers_that_were_ended_from_outside_are_replaced():
    async def work(workers: Processes) -> int:
        os.kill(await workers.run(os.getpid), signal.SIGKILL)
        for _ in range(50):
            with contextlib.suppress(WorkerError):
                return await workers.run(doubled, 21)
            await asyncio.sleep(0.1)
        return 0

    with Processes(1) as workers:
        assert asyncio.run(work(workers)) == 42


def test_no_reader_outlives_a_parent_that_was_killed():
    script = (
        "import asyncio, time\nfrom scrapers.collecting.workers import Processes\nimport os\n"
        "if __name__ == '__main__':\n"
        "    with Processes(1) as workers:\n"
        "        print(asyncio.run(workers.run(os.getpid)), flush=True)\n"
        "        time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
        parent.wait()
    for _ in range(100):
        if not Path(f"/proc/{child}/stat").exists() or " Z " in Path(f"/proc/{child}/stat").read_text():
            return
        time.sleep(0.05)
    pytest.fail(f"process {child} is still there")

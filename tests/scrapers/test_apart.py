"""Bytes are read in a process that may be lost; whatever becomes of it, one clear error is told."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from digest.errors import ExtractError
from scrapers import apart
from scrapers.apart import Limits, made_apart
from tests.scrapers.small_reader import READER

URL = "https://lua.example/thu.bin"
LIMITS = Limits(seconds=60, wall=50, megabytes=512)

PARENT = """
import subprocess, sys, time
command = [sys.executable, "-m", "tests.scrapers.small_reader", "60", "512"]
print(subprocess.Popen(command, stdin=subprocess.PIPE).pid, flush=True)
time.sleep(60)
"""


def made(body: bytes, limits: Limits = LIMITS, numbers: tuple[int, ...] = ()) -> bytes:
    return made_apart(READER, body, url=URL, limits=limits, numbers=numbers)


def error_of(body: bytes, limits: Limits = LIMITS) -> ExtractError:
    with pytest.raises(ExtractError) as caught:
        made(body, limits)
    assert caught.value.url == URL
    return caught.value


def test_the_process_has_its_limits_and_its_own_numbers():
    megabytes = 512 << 20
    assert made(b"letter", numbers=(7, 8)) == b"60 60 %d %d 0 0|letter\x07\x08" % (megabytes, megabytes)


def test_its_own_error_comes_back_with_kind_and_remedy():
    error = error_of(b"torn")
    assert (error.kind, error.detail) == ("torn", "its end is missing")


def test_more_memory_than_it_may_take_is_too_large():
    error = error_of(b"large")
    assert (error.kind, error.detail) == ("too-large", "reading it takes more memory than a letter may")


def test_work_without_end_is_stopped_by_the_processor_s_time():
    error = error_of(b"endless", Limits(seconds=1, wall=50, megabytes=512))
    assert (error.kind, error.detail) == ("too-large", "reading it takes more processor time than a letter may")


def test_a_process_that_sleeps_for_ever_is_stopped_by_the_clock(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    _instead_of_python(monkeypatch, tmp_path, "exec sleep 60")
    error = error_of(b"", Limits(seconds=1, wall=0.5, megabytes=512))
    assert (error.kind, error.detail) == ("too-large", "reading it takes longer than 0.5 s")


@pytest.mark.parametrize(
    ("end", "kind"),
    [
        ("kill -SEGV $$", "damaged"),
        ("kill -TRAP $$", "damaged"),
        ("kill -ABRT $$", "too-large"),
        ("kill -KILL $$", "too-large"),
        ("exit 1", "damaged"),
        ("exit 3", "damaged"),
        ("echo 'strange: words' >&2; exit 1", "damaged"),
        ("echo 'torn: words' >&2; exit 1", "torn"),
        ("echo 'torn: words' >&2; exit 2", "damaged"),
    ],
)
def test_however_the_process_ends_one_clear_error_comes_of_it(
    end: str, kind: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    _instead_of_python(monkeypatch, tmp_path, f"cat > /dev/null\n{end}")
    assert error_of(b"").kind == kind


def _instead_of_python(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    python = folder / "python"
    python.write_text(f"#!/bin/sh\n{script}\n")
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))


def test_the_process_ends_with_the_one_that_started_it():
    root = Path(apart.__file__).parents[1]
    parent = subprocess.Popen([sys.executable, "-c", PARENT], cwd=root, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    _until(lambda: _waits(child))
    parent.kill()
    parent.wait()
    parent.stdout.close()
    _until(lambda: not Path(f"/proc/{child}").exists() or " Z " in _state(child))


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return ""


def _waits(pid: int) -> bool:
    """Whether the process has set its limits and waits for the bytes."""
    try:
        limits = Path(f"/proc/{pid}/limits").read_text(encoding="utf-8")
    except OSError:
        return False
    return any(line.startswith("Max cpu time") and "60" in line for line in limits.splitlines())


def _until(holds) -> None:
    for _ in range(600):
        if holds():
            return
        time.sleep(0.05)
    pytest.fail("it never came to hold")

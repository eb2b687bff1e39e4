"""A stranger's bytes read in a process of their own.

The libraries that read PDF and pictures are well kept and fuzzed, and still C and C++: each file gets processor time
and memory to a limit, and a process to lose. That process is `python -m MODULE SECONDS MEGABYTES NUMBER…`: bytes on
stdin, what was made of them on stdout, or one line `kind: detail` on stderr.
"""

import resource
import signal
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from digest.errors import ExtractError
from digest.processes import end_with_parent

_CODE = Path(__file__).parents[1]  # what holds the packages, in a checkout and where they are installed
_EVERY_READER_S = frozenset({"damaged", "too-large"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one file may cost: seconds of the processor, seconds by the clock, megabytes of address space."""

    seconds: int
    wall: float
    megabytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What runs apart: the `module` that calls `serve` when it is run, and in one word what it reads.

    `kinds` of its ExtractErrors, beside "damaged" and "too-large", which any may have; `out_of_memory` are signals by
    which its library ends where memory does.
    """

    module: str
    reads: str
    kinds: frozenset[str]
    out_of_memory: frozenset[int] = frozenset()


def made_apart(reader: Reader, body: bytes, *, url: str, limits: Limits, numbers: Iterable[int]) -> bytes:
    """What the reader makes of the bytes; `numbers` are its own arguments.

    ExtractError of one of its kinds, "damaged" or "too-large".
    """
    import subprocess  # noqa: PLC0415 - the process itself does without

    arguments = map(str, (limits.seconds, limits.megabytes, *numbers))
    command = [sys.executable, "-m", reader.module, *arguments]
    try:
        ran = subprocess.run(  # noqa: S603 - no shell; every argument is ours
            command, input=body, capture_output=True, cwd=_CODE, timeout=limits.wall, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ExtractError(url, "too-large", f"reading it takes longer than {limits.wall:g} s") from error
    if ran.returncode == 0:
        return ran.stdout
    raise _why(reader, url, ran.returncode, ran.stderr.decode(errors="replace").strip())


def _why(reader: Reader, url: str, status: int, words: str) -> ExtractError:
    if status == 1 and words:
        kind, _, detail = words.splitlines()[-1].partition(": ")
        if kind in reader.kinds | _EVERY_READER_S:
            return ExtractError(url, kind, detail)
    if status in (-signal.SIGXCPU, -signal.SIGKILL):
        return ExtractError(url, "too-large", f"reading it takes more processor time than a {reader.reads} may")
    if -status in reader.out_of_memory:
        return ExtractError(url, "too-large", _too_much_memory(reader))
    return ExtractError(url, "damaged", f"it cannot be read to its end (status {status})")


def _too_much_memory(reader: Reader) -> str:
    return f"reading it takes more memory than a {reader.reads} may"


def serve(reader: Reader, arguments: Iterable[str], make: Callable[..., bytes]) -> int:
    """The process: its exit status. `make` takes the bytes and the reader's numbers, and loads its library itself."""
    seconds, megabytes, *numbers = map(int, arguments)
    end_with_parent()
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        made = make(sys.stdin.buffer.read(), *numbers)
    except ExtractError as error:
        sys.stderr.write(f"{error.kind}: {error.detail}\n")
        return 1
    except MemoryError:
        sys.stderr.write(f"too-large: {_too_much_memory(reader)}\n")
        return 1
    sys.stdout.buffer.write(made)
    return 0

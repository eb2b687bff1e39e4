"""What every process that we start does first."""

import ctypes
import os
import signal

_PR_SET_PDEATHSIG = 1  # Linux: the signal a process gets when the thread that started it ends


def end_with_parent(parent: int | None = None) -> None:
    """From now on the system ends this process with its parent: one that was killed must leave none behind.

    `parent` is the parent's number where the caller knows it: a parent that ended before this call ends us here.
    """
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if parent is not None and os.getppid() != parent:
        os._exit(1)

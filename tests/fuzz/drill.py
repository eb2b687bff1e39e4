"""Each target under atheris for a while, with what it finds written down.

    DIEMBAO_FUZZ_SECONDS=150 python -m tests.fuzz.drill [TARGET …]

A target runs in a process of its own. Whatever it raises, and whatever takes longer than two seconds of processor
time, is kept as a file of `tests/fuzz/findings/<target>/`, one a place in the code, and goes on; the suite tries each
of them again for ever. Ends with 1 where something was found.
"""

import contextlib
import hashlib
import os
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

FINDINGS = Path(__file__).with_name("findings")
_USUAL_SECONDS = 150
_HOUSE = Path(__file__).parents[2]


def run(name: str, seconds: int) -> None:
    """Fuzz one target in this process; does not return."""
    import atheris  # noqa: PLC0415 - an extra that only the drill needs

    with atheris.instrument_imports(include=["scrapers", "digest.text"]):
        from tests.fuzz.seeds import SEEDS  # noqa: PLC0415 - what is imported here is instrumented
        from tests.fuzz.targets import one  # noqa: PLC0415
    met: set[str] = set()

    def attempt(data: bytes) -> None:
        try:
            one(name, data)
        except Exception as error:  # noqa: BLE001 - this is what a fuzzer is for
            _note(name, data, error, met)

    with tempfile.TemporaryDirectory(prefix="fuzz-") as corpus:
        for number, seed in enumerate(SEEDS[name]):
            Path(corpus, str(number)).write_bytes(seed)
        folder = FINDINGS / name
        folder.mkdir(parents=True, exist_ok=True)
        options = [
            f"-max_total_time={seconds}",
            "-timeout=30",
            "-rss_limit_mb=3000",
            "-max_len=30000",
            "-len_control=20",
        ]
        atheris.Setup([name, *options, f"-artifact_prefix={folder}/", "-print_final_stats=1", corpus], attempt)
        atheris.Fuzz()


def _note(name: str, data: bytes, error: Exception, met: set[str]) -> None:
    """Keep the first input for each place that raised."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if str(_HOUSE) in frame.filename]
    ours = [frame for frame in frames if "/fuzz/" not in frame.filename] or frames
    place = f"{type(error).__name__} {Path(ours[-1].filename).name} {ours[-1].name}" if ours else type(error).__name__
    if place in met:
        return
    met.add(place)
    kept = FINDINGS / name / f"{hashlib.sha256(place.encode()).hexdigest()[:12]}.bin"
    kept.write_bytes(data)
    _tell(f"\nFOUND {place}: {error!s:.200}\n  kept as {kept.relative_to(_HOUSE)}")
    traceback.print_exception(error, limit=-6)


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(names: list[str]) -> int:
    """Every target, or the named ones, one after the other."""
    from tests.fuzz.targets import TARGETS  # noqa: PLC0415 - before the instrumented import in a child it must not be there

    seconds = int(os.environ.get("DIEMBAO_FUZZ_SECONDS", _USUAL_SECONDS))  # noqa: TID251 - the drill's own switch
    before = set(FINDINGS.rglob("*"))
    ends = []
    for name in names or TARGETS:
        _tell(f"{name}: {seconds} seconds")
        ends.append(
            subprocess.run(
                [sys.executable, "-m", "tests.fuzz.drill", "--one", name, str(seconds)], check=False
            ).returncode
        )
    found = [path for path in FINDINGS.rglob("*") if path.is_file() and path not in before]
    _tell(f"{len(found)} new findings")
    return 1 if found or any(ends) else 0


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        if sys.argv[1:2] == ["--one"]:
            run(sys.argv[2], int(sys.argv[3]))
        else:
            sys.exit(main(sys.argv[1:]))

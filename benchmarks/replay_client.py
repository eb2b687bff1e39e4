"""One collecting run against a replay server, as `diembao collect` makes it, in a process of its own.

Reads a plan as JSON from standard input, writes what it took as JSON to standard output.
"""

import json
import resource
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.replay_sites import placed, source_of
from benchmarks.replay_text import DAY
from digest.pipeline.collecting import Collecting, collect_day
from digest.profile import load


def main() -> int:
    plan = json.load(sys.stdin)
    wanted = placed(plan)
    start = time.monotonic()

    def clock() -> datetime:
        return DAY + timedelta(seconds=time.monotonic() - start)

    collecting = Collecting(
        sources=tuple(source_of(site, delay=plan["delay"]) for site in wanted),
        contact="https://diembao.example/",
        clock=clock,
        **plan["settings"],
    )
    profile = load("cchc")
    articles, report = collect_day(
        f"sqlite:///{Path(plan['database'])}", collecting, profile=profile, day=DAY.date(), advance=lambda _done: None
    )
    wall = time.monotonic() - start
    own, theirs = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    told = {
        "wall": wall,
        "cpu_main": own.ru_utime + own.ru_stime,
        "cpu_children": theirs.ru_utime + theirs.ru_stime,
        "peak_mb_main": own.ru_maxrss / 1024,
        "peak_mb_child": theirs.ru_maxrss / 1024,
        "articles": sum(1 for _ in articles),
        "collected": report.collected,
    }
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main())

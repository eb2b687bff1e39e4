"""One collecting run against a replay server, as `diembao run` makes it, in a process of its own.

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
from digest.pipeline.collecting import Collecting, collect_into
from digest.pipeline.drafting import issue_window
from digest.pipeline.report import Report
from digest.profile import load
from storage.database import begin, open_database
from storage.runs import start_run


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
    engine = open_database(f"sqlite:///{Path(plan['database'])}")
    with begin(engine) as session:
        run = start_run(session, day=DAY.date(), profile="cchc", moment=clock())
    window = issue_window(load("cchc"), DAY.date())
    report = collect_into(engine, collecting, Report(), run=run, window=window, advance=lambda _done: None)
    wall = time.monotonic() - start
    engine.dispose()
    own, theirs = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    told = {
        "wall": wall,
        "cpu_main": own.ru_utime + own.ru_stime,
        "cpu_children": theirs.ru_utime + theirs.ru_stime,
        "peak_mb_main": own.ru_maxrss / 1024,
        "peak_mb_child": theirs.ru_maxrss / 1024,
        "collected": report.collected,
    }
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main())

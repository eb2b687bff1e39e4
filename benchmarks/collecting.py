"""Collecting, replayed: outlets on this machine that answer as slowly as real ones, some of them badly.

    python -m benchmarks.collecting [-o FILE.json] [--only clean|misbehaving|load …] [--hosts N] [--pages N]
                                    [--latency S] [--delay S] [--seed N]

clean         every outlet answers well: wall time against the bound
misbehaving   every third outlet misbehaves: the good ones against the clean run, each failure against its right kind
load          ten times the pages: memory

The bound is the greater of politeness (the requests of one host, one after the other) and processor: the seconds that
fetching, extracting and keeping these pages take, each measured alone on one core, and those that the server took,
shared by the machine's cores. A run next to other work is no measurement of that: how much there was is told, and the
bound of the cores that it left free.
"""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.replay_alone import CORES, alone
from benchmarks.replay_run import Plan, replay

RUNS = ("clean", "misbehaving", "load")
WALL, GOOD_ONES, MEMORY, SPEED = 1.3, 1.2, 600.0, 1.5


def bound(plan: Plan, cost: dict[str, float], server: float, cores: float) -> dict[str, float]:
    """Seconds that nobody can go below: of politeness, of the processor, and the greater of them."""
    # robots.txt, then one listing and the pages, a turn each; the last answer is waited for.
    politeness = plan.latency + plan.pages * max(plan.delay, plan.latency) + plan.latency
    pages = plan.hosts * plan.pages
    processor = (pages * (cost["fetch"] + cost["extract"] + cost["keep"]) / 1000 + server) / cores
    return {"politeness": politeness, "processor": processor, "bound": max(politeness, processor)}


def clean(plan: Plan, cost: dict[str, float]) -> dict[str, Any]:
    told = replay(plan)
    told |= bound(plan, cost, told["server_cpu"], CORES)
    beside = bound(plan, cost, told["server_cpu"], max(CORES - told["cores_of_others"], 0.1))["bound"]
    return told | {
        "wall_to_bound": told["wall"] / told["bound"],
        "bound_of_free_cores": beside,
        "wall_to_bound_of_free_cores": told["wall"] / beside,
    }


def misbehaving(plan: Plan, reference: dict[str, Any]) -> dict[str, Any]:
    told = replay(replace(plan, misbehaving=True))
    good = [number for number in reference["whole_at"] if int(number.removeprefix("host")) % 3 != 2]
    ended = [max(run["whole_at"].get(number, float("inf")) for number in good) for run in (reference, told)]
    return told | {"good_hosts": len(good), "good_whole_at": ended[1], "good_to_clean": ended[1] / ended[0]}


def load(plan: Plan) -> dict[str, Any]:
    """Ten times the pages, answered faster so that the day ends."""
    return replay(replace(plan, pages=plan.pages * 10, latency=0.02, delay=0.05), watch_articles=False)


def table(told: dict[str, Any]) -> str:
    cost = told["alone"]
    lines = [
        "milliseconds a page, alone on one core: " + ", ".join(f"{name} {value:.2f}" for name, value in cost.items()),
        f"extraction: {told['times_as_fast']:.2f} × trafilatura with metadata, {told['times_as_fast_as_text']:.2f} × its text alone",
        f"{'run':<12} {'wall':>7} {'bound':>7} {'CPU':>7} {'server':>7} {'others':>7} {'peak MB':>8} {'kept':>6}  wrong",
    ]
    for name in (name for name in RUNS if name in told):
        run = told[name]
        lines.append(
            f"{name:<12} {run['wall']:7.1f} {run.get('bound', 0):7.1f} {run['cpu_main'] + run['cpu_children']:7.1f} {run['server_cpu']:7.1f}"
            f" {run['cores_of_others']:7.2f} {run['peak_mb_together']:8.0f} {sum(run['kept'].values()):6}  {len(run['wrong'])}"
        )
        lines += [f"    {line}" for line in run["wrong"][:20]]
    return "\n".join(lines + [f"{name}: {value:.2f}, at most {most}" for name, value, most in aims(told)])


def aims(told: dict[str, Any]) -> list[tuple[str, float, float]]:
    """What was to be reached: its name, what it came to, and the most it may come to."""
    reached = [("trafilatura's speed over ours", 1 / told["times_as_fast_as_text"], 1 / SPEED)]
    if "clean" in told:
        reached.append(("wall over bound", told["clean"]["wall_to_bound"], WALL))
    if "misbehaving" in told:
        reached.append(("good hosts over clean run", told["misbehaving"]["good_to_clean"], GOOD_ONES))
    memory = [(f"peak MB of {name}", told[name]["peak_mb_together"], MEMORY) for name in RUNS if name in told]
    return reached + memory + [(f"wrong in {name}", len(told[name]["wrong"]), 0) for name in RUNS if name in told]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("-o", "--output", type=Path, help="write the figures as JSON")
    parser.add_argument("--only", nargs="+", choices=RUNS, default=RUNS)
    for name, value in (("hosts", 200), ("pages", 30), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=value)
    for name, seconds in (("latency", 0.2), ("delay", 1.0)):
        parser.add_argument(f"--{name}", type=float, default=seconds)
    asked = parser.parse_args()
    plan = Plan(hosts=asked.hosts, pages=asked.pages, latency=asked.latency, delay=asked.delay, seed=asked.seed)
    cost = alone()
    told: dict[str, Any] = {
        "alone": cost,
        "cores": CORES,
        "times_as_fast": cost["trafilatura"] / cost["extract"],
        "times_as_fast_as_text": cost["trafilatura_text"] / cost["extract"],
    }
    runs: dict[str, Callable[[], dict[str, Any]]] = {
        "clean": lambda: clean(plan, cost),
        "misbehaving": lambda: misbehaving(plan, told["clean"]),
        "load": lambda: load(plan),
    }
    for name in RUNS:
        if name in asked.only or (name == "clean" and "misbehaving" in asked.only):
            told[name] = runs[name]()
            print(f"{name}: {told[name]['wall']:.0f} seconds", file=sys.stderr)
            if asked.output:  # after each run, as a later one may be interrupted
                asked.output.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    print(table(told))
    return 0 if all(value <= most for _, value, most in aims(told)) else 1


if __name__ == "__main__":
    sys.exit(main())

"""A replay from outside: starts server and client, watches their memory and what is kept, checks what came of it."""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.replay_sites import Site, placed

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 2**20
_LEFT = "host-down"  # what is counted once a host is given up


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A replay as asked for; `settings` are further fields of `Collecting`."""

    hosts: int = 200
    pages: int = 30
    latency: float = 0.2
    delay: float = 1.0
    seed: int = 1
    misbehaving: bool = False
    ways: bool = False
    settings: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Watched:
    """What was seen while it ran, by seconds since the start.

    `memory` is of the client and its children together; `whole_at` when a source had kept all its articles.
    """

    memory: list[tuple[float, float]] = field(default_factory=list)
    whole_at: dict[str, float] = field(default_factory=dict)


@contextmanager
def serving(plan: Plan) -> Iterator[tuple[list[int], "subprocess.Popen[str]"]]:
    """A running server: its ports, and its process, whose last line comes when its input is closed."""
    asked = [f"--hosts={plan.hosts}", f"--pages={plan.pages}", f"--latency={plan.latency}", f"--seed={plan.seed}"]
    asked += ["--misbehaving"] * plan.misbehaving + ["--ways"] * plan.ways
    command = [sys.executable, "-m", "benchmarks.replay_server", *asked]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603
        try:
            yield json.loads(_pipe(server.stdout).readline())["ports"], server
        finally:
            server.kill()


def replay(plan: Plan, *, watch_articles: bool = True) -> dict[str, Any]:
    """The figures of one run, the client's and the server's, and what was not as it must be (`wrong`)."""
    with tempfile.TemporaryDirectory(prefix="replay-") as folder, serving(plan) as (ports, server):
        database = Path(folder, "diembao.db")
        told = asdict(plan) | {"ports": ports, "database": str(database)}
        wanted = placed(told)
        before = _busy_seconds()
        watched, client = _run(told, wanted, database if watch_articles else None)
        load = _busy_seconds() - before
        server_told, _ = server.communicate()
        manners = json.loads(server_told)
        kept, failed = kept_by_source(database), failed_by_source(database)
        own = client["cpu_main"] + client["cpu_children"] + manners["cpu_seconds"]
        peak = max(memory for _, memory in watched.memory)
        return client | {
            "plan": asdict(plan),
            "server_cpu": manners["cpu_seconds"],
            "least_gap": manners["least_gap"],
            "most_at_once": manners["most_at_once"],
            "cores_of_others": max(load - own, 0.0) / client["wall"],
            "peak_mb_together": peak,
            "memory": watched.memory[:: max(len(watched.memory) // 40, 1)],
            "whole_at": watched.whole_at,
            "database_mb": database.stat().st_size / 2**20,
            "failed": failed,
            "kept": {site.id: len(kept.get(site.id, {})) for site in wanted},
            "wrong": [
                line for site in wanted for line in misjudged(site, failed.get(site.id, {}), kept.get(site.id, {}))
            ],
        }


def _run(plan: dict[str, Any], wanted: list[Site], database: Path | None) -> tuple[Watched, dict[str, Any]]:
    watched, start = Watched(), time.monotonic()
    command = [sys.executable, "-m", "benchmarks.replay_client"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as client:  # noqa: S603
        pipe = _pipe(client.stdin)
        pipe.write(json.dumps(plan))
        pipe.close()
        while client.poll() is None:
            now = time.monotonic() - start
            watched.memory.append((round(now, 1), memory_of(client.pid)))
            if database is not None and database.exists():
                _note_whole(watched, wanted, database, now)
            time.sleep(0.5)
        if client.returncode:
            raise SystemExit(f"the client ended with {client.returncode}")
        return watched, json.loads(_pipe(client.stdout).read())


def _note_whole(watched: Watched, wanted: list[Site], database: Path, now: float) -> None:
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        try:
            counts = dict(connection.execute("SELECT source, count(*) FROM articles GROUP BY source"))
        except sqlite3.OperationalError:  # the schema is being made
            return
    connection.close()
    for site in wanted:
        if counts.get(site.id) == site.pages:
            watched.whole_at.setdefault(site.id, round(now, 1))


def _pipe(pipe: Any) -> Any:
    assert pipe is not None  # noqa: S101 - asked for where the process was started
    return pipe


def memory_of(pid: int) -> float:
    """Megabytes of resident memory of a process and all below it; shared pages count in each."""
    try:
        own = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE_MB
        children = " ".join(path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")).split()
    except OSError:
        return 0.0
    return own + sum(memory_of(int(child)) for child in children)


def _busy_seconds() -> float:
    """Processor time that the whole machine spent on anything."""
    user, nice, system, _idle, _wait, *others = map(int, Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:])
    return (user + nice + system + sum(others[:2])) / _TICKS


def kept_by_source(database: Path) -> dict[str, dict[str, dict[str, Any]]]:
    """What the database holds: source → title → paragraphs and flags."""
    kept: dict[str, dict[str, dict[str, Any]]] = {}
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    for source, title, sapo, paragraphs, flags in connection.execute(
        "SELECT source, title, sapo, paragraphs, flags FROM articles"
    ):
        told = {"sapo": sapo, "paragraphs": json.loads(paragraphs), "flags": json.loads(flags)}
        kept.setdefault(source, {})[title] = told
    connection.close()
    return kept


def failed_by_source(database: Path) -> dict[str, dict[str, int]]:
    """What the database says of failures: source → kind → how many."""
    failed: dict[str, dict[str, int]] = {}
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    for source, kind, count in connection.execute("SELECT source, kind, count(*) FROM failures GROUP BY source, kind"):
        failed.setdefault(source, {})[kind] = count
    connection.close()
    return failed


def misjudged(site: Site, failed: dict[str, int], kept: dict[str, dict[str, Any]]) -> list[str]:
    """What is not as it must be at one outlet: lost articles, foreign ones, failures of a wrong kind."""
    way = site.way
    name = f"{site.id} ({way.name if way else 'good'})"
    if way is not None and way.kind is not None:
        return _misjudged_failures(name, site, way.kind, failed, kept)
    wrong = [f"{name}: {kind} × {count}" for kind, count in failed.items()]
    pieces = list(site.pieces())
    lost = [one.title for one in pieces if one.title not in kept]
    if lost or len(kept) != len(pieces):
        wrong.append(f"{name}: {len(kept)} kept of {len(pieces)}; lost: {lost[:2]}")
    if way is not None and way.flags:
        return wrong + [f"{name}: {told['flags']}" for told in kept.values() if not way.flags & set(told["flags"])]
    misread = [
        one.title for one in pieces if one.title in kept and _text(kept[one.title]) != (one.sapo, *one.paragraphs)
    ]
    return wrong + [f"{name}: misread: {title}" for title in misread]


def _text(told: dict[str, Any]) -> tuple[str, ...]:
    return (told["sapo"], *told["paragraphs"])


def _misjudged_failures(name: str, site: Site, kind: str, failed: dict[str, int], kept: dict[str, Any]) -> list[str]:
    wrong = [f"{name}: {other} × {count}, not {kind}" for other, count in failed.items() if other not in (kind, _LEFT)]
    if kept:
        wrong.append(f"{name}: kept {len(kept)} articles")
    at_page = site.way is not None and site.way.at == "page"
    expected = 1 if _LEFT in failed or not at_page else site.pages
    if failed.get(kind, 0) < expected:
        wrong.append(f"{name}: {kind} × {failed.get(kind, 0)}, expected {expected}")
    return wrong

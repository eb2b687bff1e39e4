"""Places and agencies: provinces against the labels, units and agencies against readings by hand, speed, memory.

    python -m benchmarks.places [-o FILE.json]

Reads ../shared (see its README); without it there is nothing to measure.
"""

import argparse
import json
import statistics
import time
import tracemalloc
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from digest.agencies import Agency, agencies_of_article
from digest.files import read_bytes
from digest.model import Article
from digest.places import provinces_of_article
from digest.places_data.agency_names import forms
from digest.places_data.communes import rows
from digest.places_data.tables import tables
from digest.units import Unit, units_of_article
from digest.wire import article_from, parse

SHARED = Path(__file__).resolve().parents[2] / "shared"
READINGS = Path(__file__).with_name("place_readings.tsv")
STREAM = SHARED / "stream" / "unlabelled_2025-08_2026-05.jsonl.gz"
Figures = dict[str, Any]
_FRONT = "Ủy ban Mặt trận Tổ quốc Việt Nam"


def scores(pairs: Iterable[tuple[set[str], set[str], set[str]]]) -> Figures:
    """Precision and recall of (found, wanted, allowed) names; what is only allowed counts neither way."""
    right = wrong = missed = 0
    for found, wanted, allowed in pairs:
        right += len(found & wanted)
        wrong += len(found - wanted - allowed)
        missed += len(wanted - found)
    return {
        "precision": right / max(1, right + wrong),
        "recall": right / max(1, right + missed),
        "f1": 2 * right / max(1, 2 * right + wrong + missed),
        "right": right,
        "wrong": wrong,
        "missed": missed,
    }


def provinces() -> Figures:
    """The provinces of the relevant labelled items, as written."""
    lines = map(parse, read_bytes(SHARED / "corpus" / "labelled.jsonl.gz").splitlines())
    relevant = [row for row in lines if row["rel"]]
    pairs = []
    for row in relevant:
        day = date.fromisoformat(str(row["day"])) if row["day"] else date(2017, 6, 1)
        found = {one.as_written for one in provinces_of_article(article_from(row), day=day)}
        pairs.append((found, set(row["provinces"]), set[str]()))
    return told(f"provinces of {len(relevant)} labelled items", scores(pairs))


def told(name: str, figures: Figures) -> Figures:
    print(
        f"{name}: precision {figures['precision']:.3f}, recall {figures['recall']:.3f}, F1 {figures['f1']:.3f} "
        f"({figures['right']} right, {figures['wrong']} wrong, {figures['missed']} missed)"
    )
    return figures


def readings() -> Figures:
    """Units and agencies of items read by hand: those the rules were tuned on, and the others."""
    entries = [line.split("\t") for line in READINGS.read_text().splitlines() if not line.startswith("#")][1:]
    wanted = {entry[1] for entry in entries}
    articles = {
        row["id"]: article_from(row) for row in map(parse, read_bytes(STREAM).splitlines()) if row["id"] in wanted
    }
    measured: Figures = {}
    for half in ("tuned", "held"):
        chosen = [entry for entry in entries if entry[2] == half]
        units = [compared(unit_names(articles[id_], day), names) for day, id_, _, names, _ in chosen]
        agencies = [compared(agency_names(articles[id_], day), names) for day, id_, _, _, names in chosen]
        measured[half] = {
            "units": told(f"units, {len(chosen)} items {half}", scores(units)),
            "agencies": told(f"agencies, {len(chosen)} items {half}", scores(agencies)),
        }
    return measured


def compared(found: set[str], names: str) -> tuple[set[str], set[str], set[str]]:
    listed = {name for name in names.split("; ") if name}
    allowed = {name[1:] for name in listed if name.startswith("?")}
    return found, {name for name in listed if not name.startswith("?")}, allowed


def unit_names(article: Article, day: str) -> set[str]:
    return {unit_name(unit) for unit in units_of_article(article, day=date.fromisoformat(day))}


def unit_name(unit: Unit) -> str:
    return f"{unit.full_name}@{unit.province or '?'}"


def agency_names(article: Article, day: str) -> set[str]:
    return {agency_name(agency) for agency in agencies_of_article(article, day=date.fromisoformat(day))}


def agency_name(agency: Agency) -> str:
    name = agency.name.replace("Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam", _FRONT)
    return name if agency.level == "central" else f"{name}@{agency.unit or agency.province or '?'}"


def everything(article: Article, day: date) -> None:
    provinces_of_article(article, day=day)
    units_of_article(article, day=day)
    agencies_of_article(article, day=day)


def speed() -> Figures:
    """Processor time of provinces, units and agencies together, of feed items and of articles of about 500 words."""
    items = [article_from(parse(line)) for line in read_bytes(STREAM).splitlines()[20_000:23_000]]
    lines = map(parse, read_bytes(SHARED / "corpus" / "fulltext_2017.jsonl.gz").splitlines()[:4000])
    long = [
        article_from(row | {"paragraphs": [row["text"]]}) for row in lines if 450 <= len(row["text"].split()) <= 550
    ]
    return {
        "feed_item_ms": spent("a feed item", items, date(2026, 1, 2)),
        "article_ms": spent("an article of 500 words", long, date(2017, 6, 1)),
    }


def spent(name: str, articles: Sequence[Article], day: date) -> Figures:
    for article in articles[:300]:
        everything(article, day)
    times = []
    for article in articles[300:]:
        started = time.process_time()
        everything(article, day)
        times.append(1000 * (time.process_time() - started))
    figures = {"median": statistics.median(times), "p95": statistics.quantiles(times, n=20)[-1], "articles": len(times)}
    print(f"{name}: median {figures['median']:.2f} ms, 95th percentile {figures['p95']:.2f} ms on {len(times)}")
    return figures


def loading() -> Figures:
    """Time and memory of each table at its first use."""
    measured: Figures = {}
    for name, table in (("provinces", tables), ("units", rows), ("agencies", forms)):
        table.cache_clear()
        tracemalloc.start()
        table()
        size = tracemalloc.get_traced_memory()[0] / 1e6
        tracemalloc.stop()
        table.cache_clear()
        started = time.process_time()
        table()
        seconds = time.process_time() - started
        measured[name] = {"mb": size, "seconds": seconds}
        print(f"table of {name}: {size:.1f} MB, read in {1000 * seconds:.0f} ms")
    return measured


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=Path, help="write the figures as JSON")
    options = parser.parse_args()
    if not SHARED.is_dir():
        print("the shared real data is not beside the checkout: nothing to measure")
        return
    figures = {"loading": loading(), "provinces": provinces(), "readings": readings(), "speed": speed()}
    if options.output:
        options.output.write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()

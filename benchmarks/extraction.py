"""Extraction against hand-made gold, and against trafilatura alone, in the same run.

    python benchmarks/extraction.py [-o FILE.json] [--rounds N]

Reads ../shared/pages; where that folder is absent it says so and ends with 0. F1 is of the bag of words of standfirst
and paragraphs together; a field is exact or it is not; pages a second are processor time on one core, best of N rounds.
"""

import argparse
import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import trafilatura

from digest.model import Article
from digest.text import one_line
from scrapers.extract import extract

PAGES = Path(__file__).resolve().parents[2] / "shared" / "pages"
FIELDS = ("title", "sapo", "author", "author_note", "published", "rubric", "tags", "images")
WORD = re.compile(r"\w+")


def gold_pages(folder: Path) -> list[tuple[str, bytes, dict[str, Any]]]:
    """Name, bytes and gold of each article page."""
    names = sorted(path.stem for path in folder.glob("*_article*.json"))
    return [
        (
            name,
            gzip.decompress((folder / f"{name}.html.gz").read_bytes()),
            json.loads((folder / f"{name}.json").read_text()),
        )
        for name in names
    ]


def token_f1(found: str, wanted: str) -> float:
    """F1 of the two texts as bags of words, case folded."""
    one, other = (Counter(WORD.findall(one_line(text).casefold())) for text in (found, wanted))
    common = sum((one & other).values())
    return 2 * common / (one.total() + other.total()) if one or other else 1.0


def wanted_text(gold: dict[str, Any]) -> str:
    return "\n".join([gold["sapo"] or "", *gold["paragraphs"]])


def fields_of(article: Article) -> dict[str, Any]:
    """The article's fields in the gold's own shapes."""
    published = article.published.isoformat(timespec="minutes") if article.published else None
    images = [{"src": image.src, "caption": image.caption} for image in article.images]
    told = {name: getattr(article, name) for name in FIELDS}
    return told | {"published": published, "images": images, "tags": list(article.tags)}


def ours(body: bytes, gold: dict[str, Any]) -> dict[str, Any]:
    article = extract(body, url=gold["url"])
    found = fields_of(article)
    return {
        "f1": token_f1("\n".join([article.sapo or "", *article.paragraphs]), wanted_text(gold)),
        "same_paragraphs": list(article.paragraphs) == [one_line(text) for text in gold["paragraphs"]],
        "exact": {name: found[name] == gold[name] for name in FIELDS},
    }


def theirs(body: bytes, gold: dict[str, Any]) -> dict[str, Any]:
    found = trafilatura.bare_extraction(body, url=gold["url"], include_comments=False, with_metadata=True)
    told = {"title": found.title, "author": found.author} if found else {}
    return {
        "f1": token_f1((found.text or "") if found else "", wanted_text(gold)),
        "exact": {name: told.get(name) == gold[name] for name in ("title", "author")},
    }


def seconds(work: Callable[[], object], rounds: int) -> float:
    """Processor time of the fastest round."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def measure(rounds: int) -> dict[str, Any]:
    pages = gold_pages(PAGES)
    rows = {name: {"ours": ours(body, gold), "trafilatura": theirs(body, gold)} for name, body, gold in pages}
    ours_time = seconds(lambda: [extract(body, url=gold["url"]) for _, body, gold in pages], rounds)
    theirs_time = seconds(lambda: [theirs(body, gold) for _, body, gold in pages], rounds)
    text_time = seconds(lambda: [trafilatura.extract(body, include_comments=False) for _, body, _ in pages], rounds)
    f1s = [row["ours"]["f1"] for row in rows.values()]
    return {
        "pages": rows,
        "f1_mean": sum(f1s) / len(f1s),
        "f1_least": min(f1s),
        "trafilatura_f1_mean": sum(row["trafilatura"]["f1"] for row in rows.values()) / len(rows),
        "fields_exact": sum(sum(row["ours"]["exact"].values()) for row in rows.values()),
        "fields": len(rows) * len(FIELDS),
        "pages_a_second": len(pages) / ours_time,
        "trafilatura_pages_a_second": len(pages) / theirs_time,
        "trafilatura_text_only_pages_a_second": len(pages) / text_time,
        "times_as_fast": theirs_time / ours_time,
        "times_as_fast_as_text_only": text_time / ours_time,
    }


def table(told: dict[str, Any]) -> str:
    lines = [f"{'page':<32} {'F1':>7} {'trafilatura':>12}  fields not exact"]
    for name, row in told["pages"].items():
        wrong = ", ".join(field for field, exact in row["ours"]["exact"].items() if not exact) or "none"
        lines.append(f"{name:<32} {row['ours']['f1']:7.4f} {row['trafilatura']['f1']:12.4f}  {wrong}")
    lines.append(f"{'mean':<32} {told['f1_mean']:7.4f} {told['trafilatura_f1_mean']:12.4f}")
    speeds = (told["pages_a_second"], told["trafilatura_pages_a_second"], told["trafilatura_text_only_pages_a_second"])
    lines.append("pages a second: {:.0f}; trafilatura with metadata {:.0f}, text alone {:.0f}".format(*speeds))
    lines.append(
        f"times as fast: {told['times_as_fast']:.2f} (with metadata), {told['times_as_fast_as_text_only']:.2f} (text alone)"
    )
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("-o", "--output", type=Path, help="write the figures as JSON")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    if not PAGES.is_dir():
        print("skipped: ../shared/pages is not here", file=sys.stderr)
        return 0
    told = measure(options.rounds)
    print(table(told))
    if options.output:
        options.output.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    reached = told["f1_mean"] >= 0.995 and told["f1_least"] >= 0.985 and told["times_as_fast"] >= 1.5
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())

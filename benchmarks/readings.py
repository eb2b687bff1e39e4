"""More items for training, by id: joined with their texts, which stay outside the repository.

    python -m benchmarks.readings -o readings.jsonl
    diembao train --corpus ../shared/corpus/labelled.jsonl.gz --corpus readings.jsonl -o classifiers/shipped/judge.npz

Each was read once, by one of several readers; on 300 labelled items laid among theirs these agreed with the labels at
F1 0.94 (relevance) and in nine of ten sections. What a reader left open teaches sections and areas alone (`set` "kind"),
never where relevance begins. None is a near-copy of a labelled item; on days left out, those of the same day are left
out with it.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from digest.files import read_lines

SHARED = Path(__file__).resolve().parents[2] / "shared"
TEXTS = (
    SHARED / "stream" / "unlabelled_2025-08_2026-05.jsonl.gz",
    SHARED / "corpus" / "fulltext_2017.jsonl.gz",
)
READINGS = Path(__file__).with_name("readings.tsv")


def readings() -> Iterator[dict[str, Any]]:
    """Labelled lines, in the order of the texts."""
    rows = [line.split("\t") for line in READINGS.read_text("utf-8").splitlines() if not line.startswith("#")][1:]
    told = {name: _label(*fields) for name, *fields in rows}
    for path in TEXTS:
        for _, raw in read_lines(path):
            if isinstance(raw, dict) and raw["id"] in told:
                paragraphs = [raw["text"]] if raw.get("text") else []
                yield raw | {"paragraphs": paragraphs} | told.pop(raw["id"])


def _label(rel: str, section: str, areas: str) -> dict[str, Any]:
    is_open = rel == "?"
    return {
        "set": "kind" if is_open else "read",
        "rel": 1 if is_open else int(rel),
        "section": section or None,
        "areas": areas.split(",") if areas else [],
        "provinces": [],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    if not SHARED.is_dir():
        print(f"{SHARED} is absent: no texts to join")
        return
    lines = [json.dumps(row, ensure_ascii=False) for row in readings()]
    options.output.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} items in {options.output}")


if __name__ == "__main__":
    main()

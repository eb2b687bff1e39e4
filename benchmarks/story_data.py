"""The real material on stories: items by day, pairs judged by reading. Reads ../shared (see its README)."""

import itertools
from dataclasses import dataclass, replace
from datetime import date, datetime
from datetime import time as time_of_day
from pathlib import Path

from digest.files import read_bytes
from digest.model import VIETNAM, Article
from digest.wire import article_from, parse

SHARED = Path(__file__).resolve().parents[2] / "shared"
PAIRS = Path(__file__).with_name("story_pairs.tsv")
NEWS = Path(__file__).with_name("story_news.tsv")
STREAM = SHARED / "stream" / "unlabelled_2025-08_2026-05.jsonl.gz"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two items of a day, by id; `part` says what the pair may be used for (see the head of the file)."""

    part: str
    day: str
    one: str
    other: str
    same: bool


def judged_pairs() -> list[Pair]:
    """All pairs judged by reading: whether both are one event; the pairs of a day together."""
    return _read(PAIRS)


def judged_news() -> list[Pair]:
    """Pairs of reports of one story; `same` says whether the other has news that the one had not."""
    return _read(NEWS)


def _read(path: Path) -> list[Pair]:
    lines = (line for line in path.read_text().splitlines() if not line.startswith("#"))
    rows = [line.split("\t") for line in itertools.islice(lines, 1, None)]
    pairs = [Pair(part, day, one, other, verdict == "1") for part, day, one, other, verdict in rows]
    return sorted(pairs, key=lambda pair: pair.day)


def judged_days() -> frozenset[str]:
    """The days with judged pairs, which nothing else may be learnt from."""
    return frozenset(pair.day for pair in judged_pairs())


def items_of(day: str) -> list[Article]:
    """The items of a labelled day."""
    return [article_from(parse(line)) for line in (SHARED / "stream" / f"{day}.articles.jsonl").open()]


def unlabelled_items(days: frozenset[str] | None) -> dict[str, Article]:
    """The items of some days (all of them for None) of the unlabelled stream, by id.

    The stream says the day alone: they are taken as fetched at noon.
    """
    items: dict[str, Article] = {}
    for line in read_bytes(STREAM).splitlines():
        raw = parse(line)
        if days is None or raw["day"] in days:
            noon = datetime.combine(date.fromisoformat(str(raw["day"])), time_of_day(12), tzinfo=VIETNAM)
            items[str(raw["id"])] = replace(article_from(raw), fetched=noon)
    return items


def full_texts(count: int) -> list[Article]:
    """Full articles of 2017; their text is one paragraph."""
    lines = read_bytes(SHARED / "corpus" / "fulltext_2017.jsonl.gz").splitlines()
    rows = [parse(line) for line in lines[:count]]
    return [article_from(row | {"paragraphs": [row["text"]]}) for row in rows]

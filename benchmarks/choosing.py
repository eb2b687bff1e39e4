"""Choosing: how well stories are ranked on wholly labelled days, beside the order by relevance alone in the same run.

    python -m benchmarks.choosing [-o FILE.json] [--shipped-only] [--rounds N]

Reads ../shared; where that folder is absent it says so and ends with 0. The order by relevance alone is the one used
before: relevance, then the outlets that ran the story, then the address. NDCG@20 over the stories of a day, a core item
gaining 3, a borderline one 1. The four days are judged by models that saw neither the day nor a near-copy of its items,
and once more by the shipped model, which was trained on them. The intervals are 95 % bootstrap intervals of the mean
difference, stories drawn with replacement inside each day. The feeds carry no times, so freshness decides nothing here,
and all items are of three national papers, so outlet weight neither. Then the real bulletin: what the draft finds of
it, and in which order.
"""

import argparse
import json
import math
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.readings import readings
from classifiers.evaluation import without_day
from classifiers.judge import Judge
from classifiers.labels import corrected, labelled_from, read_corrections
from classifiers.stories import group
from classifiers.training import fit, prepare
from digest.choose import Printed
from digest.files import read_lines
from digest.model import Article, Candidate, Issue
from digest.pipeline.drafting import draft, kinds_of
from digest.profile import Weights, load
from digest.ranking import UNKNOWN, rank_of
from digest.wire import article_from, issue_from
from scrapers import catalogue

SHARED = Path(__file__).resolve().parents[2] / "shared"
BULLETIN = SHARED / "bulletins" / "2023-12-11"
DEPTH = 20
GAINS = (0, 1, 3)
Members = tuple[Candidate, ...]
Order = Callable[[Members], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A story of a labelled day: its articles, the lead first, and the best label among them."""

    members: Members
    rel: int


def lines(path: Path) -> list[Any]:
    return [raw for _, raw in read_lines(str(path))]


def days() -> list[date]:
    return sorted(date.fromisoformat(path.name[:10]) for path in (SHARED / "stream").glob("*.labels.jsonl"))


def stories_of(day: date, judge: Judge) -> list[Told]:
    rel = {raw["id"]: raw["rel"] for raw in lines(SHARED / "stream" / f"{day}.labels.jsonl")}
    articles = [article_from(raw) for raw in lines(SHARED / "stream" / f"{day}.articles.jsonl")]
    told: dict[str, list[Candidate]] = defaultdict(list)
    for article, judgement, mark in zip(articles, judge.judge_many(articles, day=day), group(articles), strict=True):
        told[mark.story].append(Candidate(article=article, judgement=judgement, story=mark))
    return [
        Told(
            members=tuple(sorted(members, key=lambda one: (not one.story.lead, one.article.id))),
            rel=max(rel[one.article.id] for one in members),
        )
        for members in told.values()
    ]


def judges() -> Iterator[tuple[date, Judge]]:
    """For each day a judge that saw nothing of it."""
    rows = [labelled_from(raw) for raw in lines(SHARED / "corpus" / "labelled.jsonl.gz")]
    rows += [labelled_from(raw) for raw in readings()]
    material = prepare(corrected(rows, read_corrections()))
    for day in days():
        seen, _ = without_day(material, day)
        yield day, Judge(fit(material.only(seen), trained=day))


def orders() -> dict[str, Order]:
    kind_of = kinds_of(catalogue.load())
    choice = load("cchc").choice

    def by_rank(weights: Weights) -> Order:
        used = replace(choice, weights=weights)
        return lambda story: rank_of(story, choice=used, freshness=UNKNOWN, kind_of=kind_of).score

    return {
        "relevance alone": lambda story: max(one.judgement.relevance for one in story) + outlets(story) / 1e6,
        "new": by_rank(choice.weights),
        "new without story size": by_rank(replace(choice.weights, story=0)),
        "new without reach": by_rank(replace(choice.weights, reach=0)),
        "others twice as heavy": by_rank(Weights(story=0.2, outlet=0.1, freshness=0.1, reach=0.1)),
    }


def outlets(story: Members) -> int:
    return len({one.article.outlet for one in story})


def ndcg(stories: Sequence[Told], scores: Sequence[float]) -> float:
    ranked = sorted(zip(stories, scores, strict=True), key=lambda one: (-one[1], one[0].members[0].article.url or ""))
    gains = [GAINS[story.rel] for story, _ in ranked]
    best = dcg(sorted(gains, reverse=True))
    return dcg(gains) / best if best else 1.0


def dcg(gains: Iterable[int]) -> float:
    return sum(gain / math.log2(place + 2) for place, gain in zip(range(DEPTH), gains, strict=False))


def compare(name: str, told: dict[date, list[Told]], rounds: int) -> dict[str, Any]:
    scores = {
        order: {day: [score(story.members) for story in stories] for day, stories in told.items()}
        for order, score in orders().items()
    }
    print(f"\n{name}: NDCG@{DEPTH} on {', '.join(map(str, told))}; mean; difference to relevance alone")
    result: dict[str, Any] = {}
    for order, by_day in scores.items():
        each = [ndcg(told[day], by_day[day]) for day in told]
        apart = difference(told, by_day, scores["relevance alone"], rounds)
        shown = "  ".join(f"{value:.3f}" for value in each)
        print(f"  {order:<24} {shown}   {np.mean(each):.3f}   {apart[0]:+.3f} to {apart[1]:+.3f}")
        result[order] = {"days": each, "mean": float(np.mean(each)), "difference": apart}
    return result


def difference(
    told: dict[date, list[Told]], new: dict[date, list[float]], old: dict[date, list[float]], rounds: int
) -> tuple[float, float]:
    random = np.random.default_rng(4)
    drawn = []
    for _ in range(rounds):
        apart = []
        for day, stories in told.items():
            places = random.integers(0, len(stories), len(stories))
            sample = [stories[at] for at in places]
            apart.append(ndcg(sample, [new[day][at] for at in places]) - ndcg(sample, [old[day][at] for at in places]))
        drawn.append(np.mean(apart))
    return float(np.quantile(drawn, 0.025)), float(np.quantile(drawn, 0.975))


def bulletin(judge: Judge) -> dict[str, int]:
    gold = issue_from(json.loads(BULLETIN.with_suffix(".issue.json").read_text(encoding="utf-8")))
    articles = [article_from(raw) for raw in lines(BULLETIN.with_suffix(".articles.jsonl"))]
    made = drafted(articles, judge, gold.date)
    ours, theirs = placed(made), placed(gold)
    pairs = [
        (one, other)
        for one, other in combinations(theirs, 2)
        if theirs[one] == theirs[other] and one in ours and other in ours
    ]
    ordered = list(ours)
    figures = {
        "items": len(theirs),
        "found": len(ours.keys() & theirs.keys()),
        "in the right section": sum(ours.get(headline) == section for headline, section in theirs.items()),
        "others": len(ours.keys() - theirs.keys()),
        "pairs of a section": len(pairs),
        "pairs in the same order": sum(ordered.index(one) < ordered.index(other) for one, other in pairs),
    }
    print("\nThe real bulletin of 2023-12-11: " + ", ".join(f"{name} {count}" for name, count in figures.items()))
    return figures


def drafted(articles: Sequence[Article], judge: Judge, day: date) -> Issue:
    judgements = dict(zip((one.id for one in articles), judge.judge_many(articles, day=day), strict=True))
    marks = dict(zip((one.id for one in articles), group(articles), strict=True))
    sources = catalogue.load()
    made = draft(
        articles,
        judgements,
        marks,
        profile=load("cchc-2023"),
        day=day,
        printed=Printed(),
        line=judge.line,
        kind_of=kinds_of(sources),
    )
    return made.issue


def placed(issue: Issue) -> dict[str, str]:
    return {item.headline: section.key for section in issue.sections for item in section.items}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", "--output", type=Path)
    parser.add_argument("--shipped-only", action="store_true", help="train nothing")
    parser.add_argument("--rounds", type=int, default=500, help="of the bootstrap")
    options = parser.parse_args()
    if not SHARED.is_dir():
        print(f"{SHARED} is absent: nothing to measure")
        return 0
    shipped = Judge.load()
    result: dict[str, Any] = {"bulletin": bulletin(shipped)}
    told = {day: stories_of(day, shipped) for day in days()}
    result["shipped model"] = compare("The shipped model, trained on these days", told, options.rounds)
    if not options.shipped_only:
        told = {day: stories_of(day, judge) for day, judge in judges()}
        result["days left out"] = compare("Days left out of training", told, options.rounds)
    if options.output:
        options.output.write_text(json.dumps(result, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())

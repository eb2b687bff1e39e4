"""Judging: figures on items no model saw, beside a plain baseline in the same run, and speed on one core.

    python -m benchmarks.judging [-o FILE.json] [--no-stories] [--rounds N]

Reads ../shared; where that folder is absent it says so and ends with 0. Three tables: the wholly labelled days, each
left out of training with its near-copies, pooled; every labelled item by five story-wise folds; the real bulletin of
2023-12-11, judged by the shipped model. The items of benchmarks/readings.tsv teach sections and areas beside the
labelled ones and are never scored. Intervals are 95 % bootstrap intervals. The baseline is 1–3-grams of syllables over
title and standfirst and again over the title, logistic regression for relevance and a linear SVM for the section.
"""

import argparse
import json
import resource
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline, make_union
from sklearn.preprocessing import FunctionTransformer
from sklearn.svm import LinearSVC

from benchmarks.readings import readings
from classifiers import tokens
from classifiers.comparison import held_out, splits_of, story_splits
from classifiers.counting import Pair
from classifiers.evaluation import evaluate, interval
from classifiers.judge import Judge
from classifiers.labels import Label, Labelled, corrected, labelled_from, read_corrections
from classifiers.modelfile import SHIPPED, Model
from classifiers.training import Material, fit, prepare
from digest.files import read_lines
from digest.model import Article, Judgement
from digest.wire import article_from

SHARED = Path(__file__).resolve().parents[2] / "shared"
BULLETIN = SHARED / "bulletins" / "2023-12-11.articles.jsonl"
DAY = SHARED / "stream" / "2025-09-22.articles.jsonl"
FIVE = 5


def lines(path: Path) -> list[Any]:
    return [line for _, line in read_lines(path)]


def baseline(material: Material) -> list[Pair]:
    """The plain baseline's judgements of every whole day, left out as ours is."""
    pairs: list[Pair] = []
    for split in splits_of(material):
        known = [material.rows[at] for at in split.seen if material.rows[at].sample != "kind"]
        test = [material.rows[at] for at in split.unseen]
        relevance = make_pipeline(grams(), LogisticRegression(C=10, class_weight="balanced", max_iter=3000))
        relevance.fit(known, [row.label.relevant for row in known])
        hits = [row for row in known if row.label.relevant]
        section = make_pipeline(grams(), LinearSVC(class_weight="balanced", C=0.3))
        section.fit(hits, [row.label.section for row in hits])
        chances, said = relevance.predict_proba(test)[:, 1], section.predict(test)
        pairs += [
            (Judgement(relevance=float(chance), selected=bool(chance >= 0.5), section=str(key)), row.label)
            for chance, key, row in zip(chances, said, test, strict=True)
        ]
    return pairs


def grams() -> Any:
    return make_union(*(vectors(text) for text in (head, title)))


def vectors(text: Any) -> Any:
    pattern = r"(?u)\b\w+\b"
    words = TfidfVectorizer(token_pattern=pattern, ngram_range=(1, 3), sublinear_tf=True, min_df=2)
    return make_pipeline(FunctionTransformer(lambda rows: [text(row.article) for row in rows]), words)


def head(article: Article) -> str:
    return f"{article.title} . {' '.join((article.sapo or '').split()[:55])}"


def title(article: Article) -> str:
    return article.title


def show(name: str, pairs: Sequence[Pair], rounds: int) -> dict[str, Any]:
    figures, spread = evaluate(pairs).as_dict(), interval(pairs, seed=1, rounds=rounds)
    print(f"\n{name} (n={figures['n']}, {sum(label.relevant for _, label in pairs)} relevant)")
    for key, value in figures.items():
        if key in spread:
            print(f"  {key:<18}{value:6.3f}   [{spread[key][0]:.3f}, {spread[key][1]:.3f}]")
    return {"figures": figures, "intervals": spread}


def trained(part: Material) -> Model:
    return fit(part, trained=date.min)


def by_stories(material: Material, given: Sequence[Label]) -> list[Pair]:
    """A judgement of every row, in order, by a model that saw neither it nor a near-copy."""
    splits = story_splits(material, FIVE)
    places = [at for split in splits for at in split.unseen]
    judged = dict(zip(places, held_out(material, given, splits, make=trained), strict=True))
    return [judged[at] for at in range(len(material.rows))]


def by_sample(pairs: Sequence[Pair], rows: Sequence[Labelled], sample: str) -> list[Pair]:
    return [pair for pair, row in zip(pairs, rows, strict=True) if row.sample == sample]


def bulletin(judge: Judge) -> dict[str, Any]:
    articles = [article_from(line) for line in lines(BULLETIN)]
    ranked = sorted(zip(articles, judge.judge_many(articles, day=None), strict=True), key=lambda one: -one[1].relevance)
    wanted = [len(article.id.split("-")[1]) == 2 for article, _ in ranked]
    print(f"\nThe bulletin of 2023-12-11 by {judge.card.name}, line {judge.line}")
    for place, (article, said) in enumerate(ranked[: sum(wanted) + 5], 1):
        mark = "selected" if said.selected else "-"
        print(
            f"  {place:>3} {article.id:<13}{said.relevance:.3f} {mark:<9}{said.section} {said.section_confidence:.2f}"
        )
    return {
        "found": sum(said.selected for (_, said), want in zip(ranked, wanted, strict=True) if want),
        "others": sum(said.selected for (_, said), want in zip(ranked, wanted, strict=True) if not want),
        "of": sum(wanted),
    }


def speed(judge: Judge) -> dict[str, float]:
    items, articles = ([article_from(line) for line in lines(path)] for path in (DAY, BULLETIN))
    judge.judge(items[0], day=None)
    rates = {"items a second": rate(judge, items), "articles a second": rate(judge, articles)}
    started = time.process_time()
    for item in items:
        tokens.words(item.title)
        tokens.words(item.sapo or "")
    rates["share of segmenting"] = (time.process_time() - started) / (len(items) / rates["items a second"])
    rates["peak memory MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print("\n" + "\n".join(f"  {name:<22}{value:8.2f}" for name, value in rates.items()))
    return rates


def rate(judge: Judge, articles: Sequence[Article]) -> float:
    """Articles a second of processor time, the best of three."""
    best = float("inf")
    for _ in range(3):
        started = time.process_time()
        for article in articles:
            judge.judge(article, day=None)
        best = min(best, time.process_time() - started)
    return len(articles) / best


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", "--output", type=Path)
    parser.add_argument("--no-stories", action="store_true", help="leave out the five folds by story")
    parser.add_argument("--rounds", type=int, default=500, help="of the bootstrap")
    options = parser.parse_args()
    if not SHARED.is_dir():
        print(f"{SHARED} is absent: nothing to measure")
        return 0
    result: dict[str, Any] = {}
    # Speed and memory first: training would raise the peak.
    judge = Judge.load()
    result["shipped"] = {"bytes": SHIPPED.stat().st_size, "model": judge.card.name}
    result["speed"], result["bulletin"] = speed(judge), bulletin(judge)
    rows = [labelled_from(line) for line in lines(SHARED / "corpus" / "labelled.jsonl.gz")]
    rows += [labelled_from(line) for line in readings()]
    given = [row.label for row in rows]
    material = prepare(corrected(rows, read_corrections()))
    result["baseline, days"] = show("Baseline, days left out", baseline(material), options.rounds)
    days_out = held_out(material, given, splits_of(material), make=trained)
    result["days"] = show("Judge, days left out", days_out, options.rounds)
    if not options.no_stories:
        pairs = by_stories(material, given)
        for sample in ("candidate", "active"):
            result[sample] = show(
                f"Judge, {sample} items, stories left out", by_sample(pairs, rows, sample), options.rounds
            )
    if options.output:
        options.output.write_text(json.dumps(result, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())

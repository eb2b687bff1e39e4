"""How fast one core judges, beside the same steps without our code around them, and how soon it begins.

    python -m benchmarks.judging_speed [-o FILE.json]

Reads ../shared; where that folder is absent it says so and ends with 0. The named alternative does the same steps with
nothing of ours: underthesea segments title, standfirst and the first two hundred words of the body, scikit-learn counts
1–2-grams of words and of syllables, and twelve linear outputs are worked out. Rates are of processor time, the best of
three rounds that take turns. Cold start and memory are those of a process of its own.
"""

import argparse
import itertools
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from underthesea import word_tokenize

from classifiers import tokens
from classifiers.judge import Judge
from classifiers.outputs import OUTPUTS
from digest.files import read_lines
from digest.model import Article
from digest.wire import article_from

SHARED = Path(__file__).resolve().parents[2] / "shared"
DAY = SHARED / "stream" / "2025-09-22.articles.jsonl"
FULL = SHARED / "corpus" / "fulltext_2017.jsonl.gz"
ROUNDS, STARTS, ARTICLES, WORDS, READ = 3, 5, 120, 500, 200
COLD = """
import resource, sys, time
begun = time.perf_counter()
from classifiers.judge import Judge
from digest.model import Article
title = "Huyện Lúa Xanh trả kết quả thủ tục hành chính tại nhà cho người cao tuổi"
Judge.load().judge(Article(id="1", title=title), day=None)
print(time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def feed_items() -> list[Article]:
    return [article_from(line) for _, line in read_lines(DAY) if isinstance(line, dict)]


def full_articles() -> list[Article]:
    """Articles of 500 words, the first words of longer ones."""
    found: list[Article] = []
    for _, line in read_lines(FULL):
        if isinstance(line, dict) and len(line["text"].split()) >= WORDS and len(found) < ARTICLES:
            text = " ".join(line["text"].split()[:WORDS])
            found.append(replace(article_from(line), sapo=None, paragraphs=(text[:300], text[300:])))
    return found


class Plain:
    """The same steps, bare."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._grams = [TfidfVectorizer(analyzer=two_grams, sublinear_tf=True) for _ in range(2)]
        read = [self._read(article) for article in articles]
        for at, grams in enumerate(self._grams):
            grams.fit([parts[at] for parts in read])
        self._weights = [
            np.random.default_rng(1).normal(size=(len(grams.vocabulary_), len(OUTPUTS))) for grams in self._grams
        ]

    def judge(self, article: Article) -> Any:
        """The twelve outputs of an article."""
        read = self._read(article)
        return sum(grams.transform([part]) @ w for grams, part, w in zip(self._grams, read, self._weights, strict=True))

    @staticmethod
    def _read(article: Article) -> tuple[list[str], list[str]]:
        head = f"{article.title} . {article.sapo or ''}"
        body = " ".join(" ".join(article.paragraphs).split()[:READ])
        words = [word for text in (article.title, article.sapo or "", body) if text for word in word_tokenize(text)]
        return words, head.lower().split()


def two_grams(units: list[str]) -> list[str]:
    return [*units, *(" ".join(pair) for pair in itertools.pairwise(units))]


def rates(steps: dict[str, Callable[[Article], Any]], articles: Sequence[Article]) -> dict[str, float]:
    """Articles a second of each way, the ways taking turns."""
    best = dict.fromkeys(steps, float("inf"))
    for _ in range(ROUNDS):
        for name, step in steps.items():
            begun = time.process_time()
            for article in articles:
                step(article)
            best[name] = min(best[name], time.process_time() - begun)
    return {name: len(articles) / seconds for name, seconds in best.items()}


def segment(article: Article) -> None:
    for text in (article.title, article.sapo or "", " ".join(" ".join(article.paragraphs).split()[:READ])):
        tokens.words(text)


def cold() -> dict[str, float]:
    """Seconds until the first judgement of a process of its own, and its peak memory; the median of five."""
    said = [
        subprocess.run([sys.executable, "-c", COLD], capture_output=True, text=True, check=True).stdout.split()  # noqa: S603
        for _ in range(STARTS)
    ]
    return {
        "first judgement, s": statistics.median(float(seconds) for seconds, _ in said),
        "peak memory, MB": statistics.median(float(memory) for _, memory in said),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", "--output", type=Path)
    options = parser.parse_args()
    if not SHARED.is_dir():
        print(f"{SHARED} is absent: nothing to measure")
        return 0
    judge = Judge.load()
    result: dict[str, dict[str, float]] = {"cold": cold()}
    for name, articles in (("feed items", feed_items()), ("articles of 500 words", full_articles())):
        plain = Plain(articles)
        ways = {"judge": lambda one: judge.judge(one, day=None), "plain": plain.judge, "segmenting alone": segment}
        found = rates(ways, articles)
        share = found["judge"] / found["segmenting alone"]
        result[name] = found | {"judge / plain": found["judge"] / found["plain"], "share of segmenting": share}
    for name, figures in result.items():
        print(f"\n{name}")
        for key, value in figures.items():
            print(f"  {key:<22}{value:9.2f}")
    if options.output:
        options.output.write_text(json.dumps(result, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())

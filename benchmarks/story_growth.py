"""How the story index grows: seconds, look-up and memory up to a million full articles, beside named alternatives.

    python -m benchmarks.story_growth [--sizes 10000,30000,100000] [--beside 10000] [-o FILE.json] [--plot FILE.svg]

The articles are the 12,000 full texts of ../shared/corpus, again and again with every second word replaced by one drawn
from all of them, so that sizes, word frequencies and the number of chance matches stay those of the press. Texts are
made and thrown away outside the measured time; processor time of one core is counted.
"""

import argparse
import importlib
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks.story_data import SHARED, full_texts
from benchmarks.story_plot import plot
from classifiers.story_index import StoryIndex
from digest.model import VIETNAM, Article

Figures = dict[str, Any]
_REPLACED = 0.5
_A_DAY = 3000  # articles of 135 outlets
_LOOK_UPS = 300
_OUTLETS = 135
_FIRST_DAY = datetime(2026, 1, 1, tzinfo=VIETNAM)


class Press:
    """An endless row of different articles; the same seed gives the same row."""

    def __init__(self, articles: Sequence[Article], seed: int) -> None:
        self._texts = [
            [np.array(text.split(), dtype=object) for text in (one.title, one.sapo or "", *one.paragraphs)]
            for one in articles
        ]
        self._words = np.concatenate([words for texts in self._texts for words in texts])
        self._chance = np.random.default_rng(seed)

    def articles(self, first: int, end: int) -> Iterator[Article]:
        """Those from number `first` to `end`."""
        for number in range(first, end):
            title, sapo, *paragraphs = (self._varied(words) for words in self._texts[number % len(self._texts)])
            outlet = f"to{number % _OUTLETS}.example"
            yield Article(
                id=f"{number:032x}",
                url=f"https://{outlet}/{number}",
                outlet=outlet,
                title=title,
                sapo=sapo,
                paragraphs=tuple(paragraphs),
                published=_FIRST_DAY + timedelta(days=number / _A_DAY),
            )

    def _varied(self, words: npt.NDArray[Any]) -> str:
        replaced = self._chance.random(words.size) < _REPLACED
        drawn = self._words[self._chance.integers(0, self._words.size, words.size)]
        return " ".join(np.where(replaced, drawn, words).tolist())


def growth(press: Press, sizes: Sequence[int]) -> list[Figures]:
    """Entering and looking up as the index grows."""
    index = StoryIndex()
    before = resident_bytes()
    spent = 0.0
    measured: list[Figures] = []
    last: list[Article] = []
    for size in sorted(sizes):
        while len(index) < size:
            batch = list(press.articles(len(index), min(size, len(index) + 2000)))
            started = time.process_time()
            for article in batch:
                index.add(article)
            spent += time.process_time() - started
            last = batch[-_LOOK_UPS // 2 :]
        per_article = (resident_bytes() - before) / size
        # Half of what is looked up was entered (under another id), half is new.
        looked_up = [*press.articles(size, size + _LOOK_UPS // 2), *(_again(one) for one in last)]
        median, p95 = look_ups(looked_up, index.matches)
        figures = {
            "articles": size,
            "seconds": spent,
            "look_up_ms": median,
            "look_up_p95_ms": p95,
            "bytes_an_article": per_article,
        }
        print(
            f"{size:>9,}: {spent:7.1f} s CPU, {1000 * spent / size:.2f} ms each; look-up {median:.2f} ms median, "
            f"{p95:.2f} ms p95; {per_article / 1024:.2f} KB an article",
            flush=True,
        )
        measured.append(figures)
    return measured


def _again(article: Article) -> Article:
    return replace(article, id=f"again-{article.id}")


def look_ups(articles: Sequence[Article], look_up: Callable[[Article], object]) -> tuple[float, float]:
    """Median and 95th percentile, in milliseconds of processor time."""
    spent = []
    for article in articles:
        started = time.process_time()
        look_up(article)
        spent.append(1000 * (time.process_time() - started))
    return float(np.median(spent)), float(np.percentile(spent, 95))


def tfidf(articles: Sequence[Article]) -> Figures:
    """scikit-learn: TF-IDF over words and pairs of words, cosine with every article."""
    started = time.process_time()
    vectorizer = TfidfVectorizer(analyzer="word", ngram_range=(1, 2), sublinear_tf=True, min_df=2)
    matrix = vectorizer.fit_transform([_text(article) for article in articles]).T.tocsc()
    spent = time.process_time() - started
    return _beside("scikit-learn TF-IDF", spent, articles, lambda one: vectorizer.transform([_text(one)]) @ matrix)


def minhash(articles: Sequence[Article]) -> Figures | None:
    """datasketch's MinHashLSH over three-syllable shingles, 128 permutations; None where it is not installed."""
    try:
        datasketch = importlib.import_module("datasketch")
    except ImportError:
        return None

    def sketch(article: Article) -> Any:
        words = _text(article).split()
        made = datasketch.MinHash(num_perm=128)
        made.update_batch([" ".join(words[at : at + 3]).encode() for at in range(len(words) - 2)])
        return made

    started = time.process_time()
    index = datasketch.MinHashLSH(threshold=0.5, num_perm=128)
    for article in articles:
        index.insert(article.id, sketch(article))
    spent = time.process_time() - started
    return _beside("datasketch MinHashLSH", spent, articles, lambda one: index.query(sketch(one)))


def _beside(name: str, spent: float, articles: Sequence[Article], look_up: Callable[[Article], object]) -> Figures:
    median, p95 = look_ups(articles[:_LOOK_UPS], look_up)
    size = len(articles)
    print(
        f"  {name} at {size:,}: {spent:.1f} s CPU, {1000 * spent / size:.2f} ms each; look-up {median:.2f} / {p95:.2f} ms"
    )
    return {"name": name, "articles": size, "seconds": spent, "look_up_ms": median, "look_up_p95_ms": p95}


def _text(article: Article) -> str:
    return " ".join((article.title, article.sapo or "", *article.paragraphs))


def resident_bytes() -> int:
    """What this process holds in memory."""
    return 1024 * int(next(line for line in Path("/proc/self/status").open() if line.startswith("VmRSS")).split()[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="10000,30000,100000")
    parser.add_argument("--beside", type=int, default=10_000, help="articles the alternatives get")
    parser.add_argument("-o", "--output", type=Path, help="write the figures as JSON")
    parser.add_argument("--plot", type=Path, help="draw them as SVG")
    options = parser.parse_args()
    if not SHARED.is_dir():
        print("the shared real data is not beside the checkout: nothing to measure")
        return
    press = Press(full_texts(12_000), seed=5)
    grown = growth(press, [int(size) for size in options.sizes.split(",")])
    articles = list(press.articles(0, options.beside))
    beside = [figures for figures in (tfidf(articles), minhash(articles)) if figures] if articles else []
    if options.output:
        options.output.write_text(json.dumps({"growth": grown, "beside": beside}, indent=1))
    if options.plot:
        options.plot.write_text(plot(grown), encoding="utf-8")


if __name__ == "__main__":
    main()

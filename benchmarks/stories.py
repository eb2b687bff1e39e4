"""Stories: planted copies, pairs judged by reading, speed and growth, beside scikit-learn's TF-IDF in the same run.

    python -m benchmarks.stories [-o FILE.json] [--size 4000] [--growth 20000,40000] [--fit]

Reads ../shared (see its README); without it there is nothing to measure.
"""

import argparse
import itertools
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from datetime import time as time_of_day
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, precision_score, recall_score

from classifiers.sentences import split
from classifiers.stories import group
from classifiers.story_index import SAME, Likeness, StoryIndex
from digest.files import read_bytes
from digest.model import VIETNAM, Article
from digest.wire import article_from, parse

SHARED = Path(__file__).resolve().parents[2] / "shared"
Figures = dict[str, Any]
PAIRS = Path(__file__).with_name("story_pairs.tsv")


def full_texts(count: int) -> list[Article]:
    """Full articles of 2017; their text is one paragraph."""
    lines = read_bytes(SHARED / "corpus" / "fulltext_2017.jsonl.gz").splitlines()
    rows = [parse(line) for line in lines[:count]]
    return [article_from(row | {"paragraphs": [row["text"]]}) for row in rows]


def a_copy(article: Article, chance: random.Random) -> Article:
    """The article as another outlet might run it: 40 to 60 % of its sentences, its own title."""
    sentences = split(article.paragraphs[0])
    kept = sorted(chance.sample(range(len(sentences)), max(1, round(len(sentences) * chance.uniform(0.4, 0.6)))))
    title = " ".join(reversed(article.title.split()))
    return replace(
        article, id=f"copy-{article.id}", title=title, sapo=None, paragraphs=(" ".join(sentences[i] for i in kept),)
    )


def planted(articles: Sequence[Article], copies: int) -> Figures:
    chance = random.Random(7)  # noqa: S311 - a benchmark repeats itself
    originals = [article for article in articles if len(article.paragraphs[0].split()) >= 150]
    chosen = chance.sample(originals, copies)
    stream = [*articles, *(a_copy(article, chance) for article in chosen)]
    chance.shuffle(stream)
    started = time.process_time()
    marks = group(stream)
    spent = time.process_time() - started
    story = {article.id: mark.story for article, mark in zip(stream, marks, strict=True)}
    found = sum(story[article.id] == story[f"copy-{article.id}"] for article in chosen)
    print(
        f"planted: {found}/{copies} copies found, {1000 * spent / len(stream):.2f} ms CPU an article at {len(stream)}"
    )
    others = sum(1 for pair in _pairs(stream, story) if not _is_planted(*pair))
    print(f"planted: {others} other pairs tied (the corpus has reprints and reports of one event)")
    return {
        "copies": copies,
        "found": found,
        "other_pairs": others,
        "ms_an_article": 1000 * spent / len(stream),
        "tfidf": tfidf(stream, {frozenset((article.id, f"copy-{article.id}")) for article in chosen}),
    }


def _pairs(stream: Sequence[Article], story: dict[str, str]) -> Iterator[tuple[str, str]]:
    ordered = sorted((article.id for article in stream), key=lambda name: (story[name], name))
    for _, names in itertools.groupby(ordered, key=lambda name: story[name]):
        yield from itertools.combinations(list(names), 2)


def _is_planted(one: str, other: str) -> bool:
    return one == f"copy-{other}" or other == f"copy-{one}"


def tfidf(stream: Sequence[Article], wanted: set[frozenset[str]]) -> list[Figures]:
    """The alternative: cosine of TF-IDF over syllable pairs, each article against all (chunks of 1,000)."""
    started = time.process_time()
    texts = [f"{article.sapo or ''} {' '.join(article.paragraphs)}" for article in stream]
    matrix = TfidfVectorizer(analyzer="word", ngram_range=(1, 2), sublinear_tf=True, min_df=2).fit_transform(texts)
    near: list[tuple[str, str, float]] = []
    for start in range(0, len(stream), 1000):
        part = (matrix[start : start + 1000] @ matrix.T).tocoo()
        keep = (part.data >= 0.3) & (part.row + start < part.col)
        near += zip(part.row[keep] + start, part.col[keep], part.data[keep], strict=True)
    spent = time.process_time() - started
    lines: list[Figures] = []
    for line in (0.3, 0.4, 0.5, 0.6):
        pairs = {frozenset((stream[int(i)].id, stream[int(j)].id)) for i, j, score in near if score >= line}
        print(
            f"  TF-IDF cosine >= {line}: {len(pairs & wanted)}/{len(wanted)} copies, {len(pairs - wanted)} other pairs, "
            f"{1000 * spent / len(stream):.2f} ms CPU an article"
        )
        lines.append({"line": line, "found": len(pairs & wanted), "other_pairs": len(pairs - wanted)})
    return lines


def judged(*, fit: bool) -> Figures:
    """Pairs of feed items judged by reading: those the constants were fitted on, and those of days never fitted on."""
    rows = [line.split("\t") for line in PAIRS.read_text().splitlines() if not line.startswith("#")][1:]
    days = {row[0] for row in rows}
    fitted = {path.name[:10] for path in (SHARED / "stream").glob("*.articles.jsonl")}
    items = {day: items_of(day) for day in days & fitted} | unlabelled_items(days - fitted)
    likenesses: list[Likeness] = []
    for day, entries in itertools.groupby(rows, key=lambda row: row[0]):
        articles = {article.id: article for article in items[day]}
        index = StoryIndex()
        for article in articles.values():
            index.add(article)
        likenesses += [index.likeness(articles[one], articles[other]) for _, one, other, _ in entries]
    truth = np.array([int(row[3]) for row in rows])
    said = np.array([likeness.probability for likeness in likenesses])
    old = np.array([row[0] in fitted for row in rows])
    if fit:
        known = [likeness for likeness, its in zip(likenesses, old, strict=True) if its]
        refit(np.array([row[0] for row in rows])[old], truth[old], known)
    return {
        "fitted days": report("judged pairs of the fitted days", truth[old], said[old]),
        "other days": report("judged pairs of other days", truth[~old], said[~old]),
    }


def items_of(day: str) -> list[Article]:
    """The items of a labelled day."""
    return [article_from(parse(line)) for line in (SHARED / "stream" / f"{day}.articles.jsonl").open()]


def unlabelled_items(days: set[str]) -> dict[str, list[Article]]:
    """The items of some days of the unlabelled stream, which says the day alone: taken as fetched at noon."""
    items: dict[str, list[Article]] = {day: [] for day in days}
    for line in read_bytes(SHARED / "stream" / "unlabelled_2025-08_2026-05.jsonl.gz").splitlines():
        raw = parse(line)
        if raw["day"] in items:
            noon = datetime.combine(date.fromisoformat(str(raw["day"])), time_of_day(12), tzinfo=VIETNAM)
            items[str(raw["day"])].append(replace(article_from(raw), fetched=noon))
    return items


def report(name: str, truth: np.ndarray, said: np.ndarray) -> Figures:
    scores = [score(truth, said >= SAME) for score in (precision_score, recall_score, f1_score)]
    print(f"{name}: precision {scores[0]:.3f}, recall {scores[1]:.3f}, F1 {scores[2]:.3f} on {truth.size} pairs")
    return {"precision": scores[0], "recall": scores[1], "f1": scores[2], "pairs": int(truth.size)}


def refit(days: np.ndarray, truth: np.ndarray, likenesses: Sequence[Likeness]) -> None:
    """Fit the constants of classifiers/story_index.py again, each day judged by the others."""
    features = np.array([[one.cosine, one.strange_names, one.same_outlet, one.other_place] for one in likenesses])
    said = np.zeros(truth.size)
    for day in np.unique(days):
        model = LogisticRegression(C=300, max_iter=5000).fit(features[days != day], truth[days != day])
        said[days == day] = model.predict_proba(features[days == day])[:, 1]
    report("judged pairs, each day left out", truth, said)
    model = LogisticRegression(C=300, max_iter=5000).fit(features, truth)
    print("  constants:", np.round(model.intercept_, 2), np.round(model.coef_[0], 2))


def days() -> list[Figures]:
    measured: list[Figures] = []
    for path in sorted((SHARED / "stream").glob("*.articles.jsonl")):
        articles = items_of(path.name[:10])
        started = time.process_time()
        marks = group(articles)
        spent = time.process_time() - started
        stories = len({mark.story for mark in marks})
        print(
            f"{path.name[:10]}: {len(articles)} items in {stories} stories, {1000 * spent / len(articles):.2f} ms an item"
        )
        measured.append({"day": path.name[:10], "items": len(articles), "stories": stories, "seconds": spent})
    return measured


def growth(sizes: Sequence[int]) -> list[Figures]:
    """Adding and looking up as the index grows, on the unlabelled stream (feed items), repeated where it is too short."""
    lines = read_bytes(SHARED / "stream" / "unlabelled_2025-08_2026-05.jsonl.gz").splitlines()
    index = StoryIndex()
    spent = 0.0
    measured: list[Figures] = []
    for size in sorted(sizes):
        articles = [article_from(parse(lines[n % len(lines)])) for n in range(len(index), size)]
        started = time.process_time()
        for article in articles:
            index.add(article)
        spent += time.process_time() - started
        started = time.process_time()
        for article in articles[-200:]:
            index.matches(article)
        look = 1000 * (time.process_time() - started) / 200
        print(
            f"growth: {size} entered in {spent:.1f} s CPU ({1000 * spent / size:.2f} ms each), a look-up {look:.2f} ms"
        )
        measured.append({"entered": size, "seconds": spent, "look_up_ms": look})
    return measured


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=4000)
    parser.add_argument("--copies", type=int, default=300)
    parser.add_argument("--growth", default="10000,20000,40000")
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("-o", "--output", type=Path, help="write the figures as JSON")
    options = parser.parse_args()
    if not SHARED.is_dir():
        print("the shared real data is not beside the checkout: nothing to measure")
        return
    figures = {
        "planted": planted(full_texts(options.size), options.copies),
        "judged": judged(fit=options.fit),
        "days": days(),
        "growth": growth([int(size) for size in options.growth.split(",")]),
    }
    if options.output:
        options.output.write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()

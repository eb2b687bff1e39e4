"""Stories: planted copies, pairs judged by reading, whole days, news, beside scikit-learn's TF-IDF in the same run.

    python -m benchmarks.stories [-o FILE.json] [--size 4000] [--fit]

Reads ../shared (see its README); without it there is nothing to measure. What the index costs as it grows is measured by
`python -m benchmarks.story_growth`.
"""

import argparse
import itertools
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks.story_data import SHARED, full_texts, items_of
from benchmarks.story_judged import clusters, judged, news
from classifiers.sentences import split
from classifiers.stories import group
from classifiers.story_meaning import installed_meaning
from digest.model import Article

Figures = dict[str, Any]


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=4000)
    parser.add_argument("--copies", type=int, default=300)
    parser.add_argument("--fit", action="store_true", help="print the constants of classifiers/story_likeness.py anew")
    parser.add_argument("-o", "--output", type=Path, help="write the figures as JSON")
    options = parser.parse_args()
    if not SHARED.is_dir():
        print("the shared real data is not beside the checkout: nothing to measure")
        return
    meaning = installed_meaning()
    figures = {
        "judged": judged(meaning, fit=options.fit),
        "clusters": [clusters(None), *([clusters(meaning)] if meaning else [])],
        "news": news(),
        "planted": planted(full_texts(options.size), options.copies),
        "days": days(),
    }
    if options.output:
        options.output.write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()

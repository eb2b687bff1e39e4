"""How far the judgement of stories agrees with pairs judged by reading: pairs alone, whole days grouped, news."""

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from benchmarks.story_data import Pair, items_of, judged_news, judged_pairs, unlabelled_items
from classifiers.novelty import has_news
from classifiers.stories import group
from classifiers.story_index import SAME, StoryIndex
from classifiers.story_likeness import WITH_MEANING, Likeness
from classifiers.story_meaning import Meaning, told_text
from digest.model import Article

Figures = dict[str, Any]
_Truth = npt.NDArray[np.bool_]
_LABELLED = frozenset({"2025-09-22", "2025-10-02", "2025-11-05", "2026-01-13"})
_RESAMPLED = 2000


def judged(meaning: Meaning | None, *, fit: bool) -> Figures:
    """Every judged pair alone, in an index of its day's items."""
    pairs = judged_pairs()
    words = _likenesses(pairs)
    figures: Figures = {}
    for name, likenesses in (("words", words), ("meaning", _with_meaning(pairs, words, meaning) if meaning else [])):
        if not likenesses:
            continue
        if fit:
            _refit(pairs, likenesses)
        figures[name] = {
            part: _report(
                f"pairs, {name}, {part}",
                np.array([pair.same for pair in pairs if pair.part == part]),
                np.array(
                    [how.probability >= SAME for pair, how in zip(pairs, likenesses, strict=True) if pair.part == part]
                ),
            )
            for part in ("fit", "held", "hard")
        }
    return figures


def clusters(meaning: Meaning | None) -> Figures:
    """The judged pairs of the days never fitted on, when these days are grouped whole."""
    pairs = [pair for pair in judged_pairs() if pair.part != "fit"]
    said: list[bool] = []
    articles_of = _items(pairs)
    for day, of_day in itertools.groupby(pairs, key=lambda pair: pair.day):
        articles = articles_of[day]
        marks = group(list(articles.values()), meaning=meaning)
        story = {name: mark.story for name, mark in zip(articles, marks, strict=True)}
        sizes = Counter(story.values())
        print(f"  {day}: {len(articles)} items in {len(sizes)} stories, the largest of {max(sizes.values())}")
        said += [story[pair.one] == story[pair.other] for pair in of_day]
    name = "whole days grouped, " + ("with meaning" if meaning else "words alone")
    return {
        part: _report(
            f"{name}, {part}",
            np.array([pair.same for pair in pairs if pair.part == part]),
            np.array([one for pair, one in zip(pairs, said, strict=True) if pair.part == part]),
        )
        for part in ("held", "hard")
    }


def news() -> Figures:
    """has_news against the pairs of benchmarks/story_news.tsv."""
    rows = judged_news()
    items = unlabelled_items(None)
    return {
        part: _report(
            f"news, {part}",
            np.array([row.same for row in rows if row.part == part]),
            np.array([has_news(items[row.other], [items[row.one]]) for row in rows if row.part == part]),
        )
        for part in ("fit", "held")
    }


def _items(pairs: Sequence[Pair]) -> dict[str, dict[str, Article]]:
    days = frozenset(pair.day for pair in pairs)
    everything = unlabelled_items(days - _LABELLED)
    by_day: dict[str, dict[str, Article]] = {day: {one.id: one for one in items_of(day)} for day in days & _LABELLED}
    for name, article in everything.items():
        by_day.setdefault(str(article.fetched)[:10], {})[name] = article
    return by_day


def _likenesses(pairs: Sequence[Pair]) -> list[Likeness]:
    found: list[Likeness] = []
    by_day = _items(pairs)
    for day, of_day in itertools.groupby(pairs, key=lambda pair: pair.day):
        index = StoryIndex()
        for article in by_day[day].values():
            index.add(article)
        found += [index.likeness(by_day[day][pair.one], by_day[day][pair.other]) for pair in of_day]
    return found


def _with_meaning(pairs: Sequence[Pair], words: Sequence[Likeness], meaning: Meaning) -> list[Likeness]:
    items = {name: article for day in _items(pairs).values() for name, article in day.items()}
    names = sorted({name for pair in pairs for name in (pair.one, pair.other)})
    vectors = dict(zip(names, meaning([told_text(items[name]) for name in names]), strict=True))
    return [
        replace(how, meaning=float(vectors[pair.one] @ vectors[pair.other]))
        for pair, how in zip(pairs, words, strict=True)
    ]


def _refit(pairs: Sequence[Pair], likenesses: Sequence[Likeness]) -> None:
    """Fit the constants again on the pairs marked for it, each day judged by the others."""
    names = [name for name in WITH_MEANING if name != "bias" and getattr(likenesses[0], name) is not None]
    used = [(pair, how) for pair, how in zip(pairs, likenesses, strict=True) if pair.part == "fit" and not how.roundup]
    features = np.array([[float(getattr(how, name)) for name in names] for _, how in used])
    truth = np.array([pair.same for pair, _ in used])
    days = np.array([pair.day for pair, _ in used])
    spread = features.std(axis=0)
    said = np.zeros(truth.size)
    for day in np.unique(days):
        model = LogisticRegression(C=3, max_iter=5000).fit(features[days != day] / spread, truth[days != day])
        said[days == day] = model.predict_proba(features[days == day] / spread)[:, 1]
    _report("fitting pairs, each day left out", truth, said >= SAME)
    model = LogisticRegression(C=3, max_iter=5000).fit(features / spread, truth)
    constants = {"bias": model.intercept_[0], **dict(zip(names, model.coef_[0] / spread, strict=True))}
    print("  constants:", {name: round(float(value), 3) for name, value in constants.items()})


def _report(name: str, truth: _Truth, said: _Truth) -> Figures:
    """Precision, recall, F1 with its 95 % interval from resampled pairs."""
    chance = np.random.default_rng(11)
    drawn = [chance.integers(0, truth.size, truth.size) for _ in range(_RESAMPLED)]
    low, high = np.percentile([_f1(truth[rows], said[rows]) for rows in drawn], [2.5, 97.5])
    right = int((truth & said).sum())
    precision, recall = right / max(1, int(said.sum())), right / max(1, int(truth.sum()))
    print(
        f"{name}: F1 {_f1(truth, said):.3f} [{low:.2f}, {high:.2f}], precision {precision:.3f}, recall {recall:.3f} on "
        f"{truth.size} pairs, {int(truth.sum())} positive",
        flush=True,
    )
    return {
        "f1": _f1(truth, said),
        "interval": [float(low), float(high)],
        "precision": precision,
        "recall": recall,
        "pairs": int(truth.size),
        "positive": int(truth.sum()),
    }


def _f1(truth: _Truth, said: _Truth) -> float:
    return float(2 * (truth & said).sum() / max(1, truth.sum() + said.sum()))

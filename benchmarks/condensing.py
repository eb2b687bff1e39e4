"""Condensing: proof over all full texts, and what a brief keeps, beside the lead alone, LexRank and TextRank.

    python -m benchmarks.condensing [-o FILE.json] [--texts 12000] [--compared 2000]

proof      every printed sentence stands in its source, in order, every gap marked, for both ways and four lengths
brief      150 syllables of standfirst and body: how many of the body's weighty sentences (a decision, a figure, a
           deadline, a document's number) stay; printed sentences that lean on one that is not there; torn quotations
standfirst 50 syllables of the body alone against the standfirst it was withheld: ROUGE-1 and ROUGE-2 F1 by syllables
           (the usual packages drop Vietnamese letters)

LexRank and TextRank are sumy's (`pip install sumy`), fed with the same sentences; without it they are left out.
Reads ../shared (see its README); without it there is nothing to measure.
"""

import argparse
import importlib
import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from classifiers.condense import condense, condense_by_rank, without_closing_mark
from classifiers.passages import Sentence, count_words, passages_of, sentences_of
from classifiers.quotations import quotations
from classifiers.sentences import split
from classifiers.standing import gaps_are_marked, stands_in
from classifiers.weight import weight
from digest.files import read_bytes
from digest.wire import parse

SHARED = Path(__file__).resolve().parents[2] / "shared"
LENGTHS = (50, 150, 350, 750)
WAYS = {"tail": condense, "rank": condense_by_rank}
Figures = dict[str, Any]
Choose = Callable[[Sequence[str], int], set[int]]  # paragraphs, syllables → numbers of the sentences printed


def full_texts(count: int) -> list[tuple[str, ...]]:
    """Standfirst and body of real articles; the body is one paragraph, but for its line ends."""
    lines = read_bytes(SHARED / "corpus" / "fulltext_2017.jsonl.gz").splitlines()
    rows = [parse(line) for line in lines[:count]]
    return [(row["sapo"], *row["text"].splitlines()) for row in rows if row["sapo"] and row["text"]]


def bulletin() -> list[tuple[str, ...]]:
    lines = read_bytes(SHARED / "bulletins" / "2023-12-11.articles.jsonl").splitlines()
    return [(row["sapo"] or "", *row["paragraphs"]) for row in map(parse, lines)]


def proof(texts: Sequence[tuple[str, ...]]) -> Figures:
    told: Figures = {}
    for way, cut in WAYS.items():
        for words in LENGTHS:
            spent, proved, sentences, cuts, longer = 0.0, 0, 0, 0, 0
            for text in texts:
                started = time.process_time()
                made = cut(text, [], words=words)
                spent += time.process_time() - started
                proved += stands_in(text, made.paragraphs) and gaps_are_marked(text, made.paragraphs)
                sentences += sum(len(split(paragraph)) for paragraph in made.paragraphs)
                cuts += made.cut
                longer += made.cut and _length(made.paragraphs) > words * 1.1
            told[f"{way} {words}"] = {
                "articles": len(texts),
                "proved": proved,
                "sentences": sentences,
                "cut": cuts,
                "longer_than_a_tenth": longer,
                "ms_an_article": 1000 * spent / len(texts),
            }
    return told


def _length(paragraphs: Iterable[str]) -> int:
    return sum(count_words(text) - text.split().count("…") for text in paragraphs)


def ours(paragraphs: Sequence[str], words: int, cut: Callable[..., Any]) -> set[int]:
    """The sentences that are printed, by number."""
    printed = Counter(
        without_closing_mark(sentence.removesuffix(" …").removeprefix("… "))
        for paragraph in cut(paragraphs, [], words=words).paragraphs
        for piece in paragraph.split(" … ")
        for sentence in split(piece)
    )
    kept: set[int] = set()
    for number, sentence in enumerate(sentences_of([(text, "p") for text in paragraphs])):
        name = without_closing_mark(sentence.text)
        if printed[name] > 0:
            printed[name] -= 1
            kept.add(number)
    return kept


def rated(rates: Callable[[list[str]], Sequence[float]]) -> Choose:
    """Sentences by their rates as far as they fit, as a brief is usually made."""

    def choose(paragraphs: Sequence[str], words: int) -> set[int]:
        texts = [sentence for paragraph in paragraphs for sentence in split(paragraph)]
        kept: set[int] = set()
        rates_of = rates(texts)
        for number in sorted(range(len(texts)), key=lambda one: -rates_of[one]):
            if words >= count_words(texts[number]):
                kept.add(number)
                words -= count_words(texts[number])
        return kept

    return choose


def sumy_rates(module: str, name: str) -> Callable[[list[str]], Sequence[float]]:
    """What sumy's summariser gives each sentence."""
    dom = importlib.import_module("sumy.models.dom")

    class Words:
        def to_words(self, text: str) -> tuple[str, ...]:
            return tuple("".join(mark if mark.isalnum() else " " for mark in text).lower().split())

    class Rating(getattr(importlib.import_module(f"sumy.summarizers.{module}"), name)):  # type: ignore[misc]
        def _get_best_sentences(self, sentences: Any, count: int, rating: Any, *_: Any) -> list[float]:  # noqa: ARG002
            return [rating(one) if callable(rating) else rating[one] for one in sentences]

    def rates(texts: list[str]) -> Sequence[float]:
        document = dom.ObjectDocumentModel([dom.Paragraph([dom.Sentence(text, Words()) for text in texts])])
        return list(Rating()(document, len(texts)))

    return rates


def alternatives() -> dict[str, Choose]:
    made: dict[str, Choose] = {
        "rank": lambda paragraphs, words: ours(paragraphs, words, condense_by_rank),
        "lead (tail cut)": lambda paragraphs, words: ours(paragraphs, words, condense),
        "random": rated(lambda texts: [random.Random(text).random() for text in texts]),  # noqa: S311
    }
    try:
        made["LexRank (sumy)"] = rated(sumy_rates("lex_rank", "LexRankSummarizer"))
        made["TextRank (sumy)"] = rated(sumy_rates("text_rank", "TextRankSummarizer"))
    except ModuleNotFoundError as error:
        print(f"left out, {error.name} is not installed: LexRank and TextRank")
    return made


def brief(texts: Sequence[tuple[str, ...]], choose: Choose, words: int = 150) -> Figures:
    weighty = stayed = printed = dangling = torn = quoted = 0
    spent = 0.0
    for text in texts:
        entries = [(paragraph, "p") for paragraph in text]
        sentences = sentences_of(entries)  # type: ignore[arg-type]
        started = time.process_time()
        kept = choose(text, words)
        spent += time.process_time() - started
        heavy = {number for number, one in enumerate(sentences) if one.paragraph and weight(one.text)}
        weighty, stayed, printed = weighty + len(heavy), stayed + len(heavy & kept), printed + len(kept)
        passages = passages_of(entries, sentences)  # type: ignore[arg-type]
        dangling += sum(one.leaning and one.first in kept and one.first - 1 not in kept for one in passages)
        runs = quoted_sentences(text, sentences)
        quoted += sum(bool(run & kept) for run in runs)
        torn += sum(0 < len(run & kept) < len(run) for run in runs)
    return {
        "weighty": weighty,
        "weighty_kept": stayed / weighty,
        "dangling": dangling / printed,
        "torn_quotations": torn,
        "quotations_printed": quoted,
        "ms_an_article": 1000 * spent / len(texts),
    }


def quoted_sentences(text: Sequence[str], sentences: Sequence[Sentence]) -> list[set[int]]:
    """For each quotation of more than one sentence, their numbers."""
    found: list[set[int]] = []
    for paragraph, whole in enumerate(text):
        for start, end in quotations(whole):
            held = {
                number
                for number, one in enumerate(sentences)
                if one.paragraph == paragraph and one.start < end and one.end > start
            }
            found += [held] if len(held) > 1 else []
    return found


def against_standfirst(texts: Sequence[tuple[str, ...]], choose: Choose, words: int = 50) -> Figures:
    one = two = 0.0
    for standfirst, *body in texts:
        sentences = sentences_of([(paragraph, "p") for paragraph in body])
        made = " ".join(sentences[number].text for number in sorted(choose(body, words)))
        one, two = one + rouge(standfirst, made, 1), two + rouge(standfirst, made, 2)
    return {"rouge_1": one / len(texts), "rouge_2": two / len(texts)}


def rouge(wanted: str, made: str, size: int) -> float:
    """F1 of the runs of `size` syllables."""
    grams = [
        Counter(zip(*(words[start:] for start in range(size)), strict=False))
        for words in (
            "".join(mark if mark.isalnum() else " " for mark in text.lower()).split() for text in (wanted, made)
        )
    ]
    shared = (grams[0] & grams[1]).total()
    return 2 * shared / (grams[0].total() + grams[1].total()) if shared else 0.0


def table(told: Figures) -> str:
    lines = [f"{'way, length':<16} {'proved':>14} {'sentences':>10} {'cut':>6} {'longer':>6} {'ms':>6}"]
    lines += [
        f"{name:<16} {row['proved']:>7}/{row['articles']:<6} {row['sentences']:>10} {row['cut']:>6} "
        f"{row['longer_than_a_tenth']:>6} {row['ms_an_article']:6.2f}"
        for name, row in told["proof"].items()
    ]
    lines += [
        f"{'150 syllables':<16} {'weighty kept':>12} {'dangling':>9} {'torn':>10} {'ms':>6} {'ROUGE-1':>8} {'ROUGE-2':>8}"
    ]
    for name, row in told["compared"].items():
        torn = f"{row['torn_quotations']}/{row['quotations_printed']}"
        lines.append(
            f"{name:<16} {row['weighty_kept']:12.3f} {row['dangling']:9.3f} {torn:>10} {row['ms_an_article']:6.2f}"
            f" {row['rouge_1']:8.3f} {row['rouge_2']:8.3f}"
        )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", type=Path)
    parser.add_argument("--texts", type=int, default=12_000)
    parser.add_argument("--compared", type=int, default=2_000)
    given = parser.parse_args()
    texts = full_texts(given.texts)
    # The constants were chosen on the first texts; compared are the last ones that are worth cutting.
    long = [text for text in full_texts(12_000) if _length(text) >= 300][-given.compared :]
    told = {
        "proof": proof([*texts, *bulletin()]),
        "compared": {
            name: brief(long, choose) | against_standfirst(long, choose) for name, choose in alternatives().items()
        },
    }
    print(table(told))
    if given.o:
        given.o.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()

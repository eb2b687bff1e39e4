"""Why a judgement came out as it did: the article's own words that weighed most, and the rules that fired."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from classifiers import tokens
from classifiers.features import BODY, HEAD, PAIRS, RULES, TITLE, WORDS, Reading
from classifiers.rules import SAPO
from classifiers.traits import LABELS, PAIR
from digest.model import Evidence

RULE = "rule"
PARAGRAPHS = "paragraphs"
_MOST_WORDS = 6
_MOST_RULES = 4
# Below this a stretch of text moved the chance by less than one in a hundred.
_LEAST = 0.05
# Only so many grams are looked for in the text: what weighs less is not shown.
_MOST_SOUGHT = 24

Key = tuple[str, ...]


def explain(reading: Reading, moved: Mapping[tuple[str, str], float]) -> tuple[Evidence, ...]:
    """The evidence, heaviest first, from what each gram (block, gram) of the reading added to the score.

    `text` stands letter for letter in the named field; for the field "rule" it is the rule's label.
    """
    found = [*_stretches(reading, moved), *_rules(moved)]
    return tuple(sorted(found, key=lambda one: (-abs(one.weight), one.field, one.text)))


def _stretches(reading: Reading, moved: Mapping[tuple[str, str], float]) -> list[Evidence]:
    title_only, anywhere = _by_syllables(moved, {TITLE}), _by_syllables(moved, {HEAD, WORDS})
    both = {key: title_only.get(key, 0.0) + anywhere.get(key, 0.0) for key in {*title_only, *anywhere}}
    found: list[Evidence] = []
    said: set[Key] = set()
    inside = _by_syllables(moved, {BODY})
    fields = ((TITLE, reading.title, both), (SAPO, reading.sapo, anywhere), (PARAGRAPHS, reading.body, inside))
    for field, text, weights in fields:
        found += _quote(field, text, weights, said)
    return sorted(found, key=lambda one: (-abs(one.weight), one.field, one.text))[:_MOST_WORDS]


def _by_syllables(moved: Mapping[tuple[str, str], float], blocks: Iterable[str]) -> dict[Key, float]:
    weights: defaultdict[Key, float] = defaultdict(float)
    for (block, gram), weight in moved.items():
        if block in blocks and "|" not in gram:
            weights[tuple(gram.replace("_", " ").split())] += weight
    return weights


def _quote(field: str, text: str, weights: Mapping[Key, float], said: set[Key]) -> Iterator[Evidence]:
    """The heaviest stretches of one field that do not overlap; what was quoted before is not quoted again."""
    syllables, spans = tokens.syllables(text), tokens.spans(text)
    taken = [False] * len(syllables)
    for weight, start, end in sorted(_candidates(syllables, weights), key=lambda one: (-abs(one[0]), one[1:])):
        key = tuple(syllables[start:end])
        quoted = text[spans[start][0] : spans[end - 1][1]]
        if abs(weight) < _LEAST or any(taken[start:end]) or key in said or "\n" in quoted:
            continue
        taken[start:end] = [True] * (end - start)
        said.add(key)
        yield Evidence(field=field, text=quoted, weight=round(weight, 3))


def _candidates(syllables: list[str], weights: Mapping[Key, float]) -> Iterator[tuple[float, int, int]]:
    """The places of the heaviest grams, with the weight of all grams inside them."""
    heaviest = sorted(weights, key=lambda key: (-abs(weights[key]), key))[:_MOST_SOUGHT]
    inside = {key: _inside(key, weights) for key in heaviest}
    sizes = sorted({len(key) for key in heaviest})
    for start in range(len(syllables)):
        for size in sizes:
            key = tuple(syllables[start : start + size])
            if len(key) == size and key in inside:
                yield inside[key], start, start + size


def _inside(key: Key, weights: Mapping[Key, float]) -> float:
    size = len(key)
    parts = {key[start:end] for start in range(size) for end in range(start + 1, size + 1)}
    return sum(weights.get(part, 0.0) for part in sorted(parts))


def _rules(moved: Mapping[tuple[str, str], float]) -> list[Evidence]:
    weights: defaultdict[str, float] = defaultdict(float)
    for (block, feature), weight in moved.items():
        if block == RULES:
            weights[feature.partition("@")[0]] += weight
        elif block == PAIRS:
            for key in feature.split(PAIR):
                weights[key] += weight / 2
    found = [
        Evidence(field=RULE, text=LABELS[key], weight=round(weight, 3))
        for key, weight in weights.items()
        if abs(weight) >= _LEAST
    ]
    return sorted(found, key=lambda one: (-abs(one.weight), one.text))[:_MOST_RULES]

"""Which rules of the codebook fire on an article, and where.

A rule fires on a field of the article or it does not; how much it counts is learned. Patterns are read against the
text in lower case, whose letters stand at the same places as in the article, so a match can be quoted.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from classifiers.codebook import RULES
from classifiers.rule import Rule

TITLE = "title"
SAPO = "sapo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fired:
    """One rule that fired on one field, with the place of its first match."""

    rule: Rule
    field: str
    start: int
    end: int

    @property
    def feature(self) -> str:
        """The name under which a model knows it."""
        return f"{self.rule.key}@{self.field}"


def fire(title: str, sapo: str) -> Iterator[Fired]:
    """The rules that fire on the headline and on the standfirst, in the order of `RULES`."""
    for field, text in ((TITLE, title), (SAPO, sapo)):
        lowered = _lower(text)
        for rule in RULES:
            if rule.title_only and field != TITLE:
                continue
            match = rule.pattern.search(lowered)
            if match:
                yield Fired(rule=rule, field=field, start=match.start(), end=match.end())


def _lower(text: str) -> str:
    """Lower case with every letter at its place: `İ` alone would become two."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(letter.lower()[:1] for letter in text)

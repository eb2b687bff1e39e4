"""What a run did, as one value that a person reads and a machine counts by."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something that cost itself alone: `kind` is a stable word, `subject` an address, a source, a line or a file."""

    stage: str
    kind: str
    subject: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """What a person should know of a source: `kind` is a stable word of `digest.pipeline.alerts`, `said` the sentence.

    `remedy` tells the administrator what to do, `said_vi` the editors in Vietnamese what it is.
    """

    source: str
    kind: str
    said: str
    remedy: str
    said_vi: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A run's figures. `dropped` and `failed` count by rule and by kind; `written` are the files made.

    `near_misses` are the stories in the tray: those that a quota kept out, or that are a little below the line.

    `known` are links to articles kept before, `unchanged` listings that had nothing new by their own word, so that their
    links were not counted again. `outside` are links whose listing says that they were published before or after the issue's window: not fetched.
    """

    day: date | None = None
    profile: str | None = None
    sources: int = 0
    collected: int = 0
    known: int = 0
    unchanged: int = 0
    outside: int = 0
    judged: int = 0
    relevant: int = 0
    stories: int = 0
    printed: int = 0
    near_misses: int = 0
    sections: dict[str, int] = field(default_factory=dict)
    dropped: dict[str, int] = field(default_factory=dict)
    failed: dict[str, int] = field(default_factory=dict)
    troubles: tuple[Trouble, ...] = ()
    alerts: tuple[Alert, ...] = ()
    written: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)


def counted(words: Iterable[str]) -> dict[str, int]:
    """How often each word occurs, the most frequent first, words of one count in their order."""
    counts = Counter(words)
    return dict(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])))


def with_troubles(report: Report, troubles: tuple[Trouble, ...]) -> Report:
    """The report with more that cost itself alone, told and counted by kind."""
    failed = Counter(report.failed) + Counter(trouble.kind for trouble in troubles)
    return replace(report, troubles=(*report.troubles, *troubles), failed=dict(failed))

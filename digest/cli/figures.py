"""Figures as lines of text for a person, at most a hundred columns wide."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from classifiers.breakdown import Breakdown, Error
    from classifiers.comparison import Comparison
    from classifiers.evaluation import Figures

WIDEST = 100
Spread = Mapping[str, Sequence[float]]


def figure_lines(figures: Mapping[str, float | int | None], intervals: Spread) -> Iterator[str]:
    """A figure a line, with its 95 % interval."""
    for name, value in figures.items():
        yield f"{name:<20}{_shown(value):>8}{_between(intervals.get(name))}"


def comparison_lines(compared: "Comparison") -> Iterator[str]:
    """How the old model was judged, and old and new figure by figure, with the paired gain."""
    for name, way in compared.ways:
        yield f"{name}: old {way}"
    yield f"{'':<20}{'old':>8}{'new':>8}{'gain':>8}  95 % interval of the gain"
    old, new = compared.old.as_dict(), compared.new.as_dict()
    for name, value in new.items():
        gain = compared.gains.get(name)
        told = f"{gain[0]:+8.3f}  [{gain[1][0]:+.3f}, {gain[1][1]:+.3f}]" if gain else ""
        yield f"{name:<20}{_shown(old[name]):>8}{_shown(value):>8}{told}".rstrip()


def breakdown_lines(told: "Breakdown") -> Iterator[str]:
    """Sections, confusion, calibration, outlets, months and the worst errors."""
    yield from ("", f"{'section, of relevant':<20}{'said':>6}{'true':>6}{'prec.':>8}{'recall':>8}{'F1':>8}")
    for key, section in told.sections.items():
        rates = "".join(f"{_shown(value):>8}" for value in (section.precision, section.recall, section.f1))
        yield f"{key:<20}{section.said:>6}{section.true:>6}{rates}"
    yield from ("", f"{'label, said as':<20}" + "".join(f"{key:>13}" for key in told.confusion))
    for label, said in told.confusion.items():
        yield f"{label:<20}" + "".join(f"{count or '.':>13}" for count in said.values())
    yield from ("", f"{'relevance said':<20}{'items':>6}{'mean':>8}{'relevant':>10}")
    for one in told.bins:
        yield f"{one.low:.1f} to {one.high:.1f}{'':<10}{one.n:>6}{_shown(one.said):>8}{_shown(one.relevant):>10}"
    for kind, groups in (("outlet", told.outlets), ("month", told.months)):
        yield from ("", f"{kind:<32}{'items':>6}{'prec.':>8}{'recall':>8}{'F1':>8}{'section F1':>12}{'areas F1':>10}")
        for name, figures in groups.items():
            yield _group_line(name, figures)
    if told.worst:
        yield from ("", "the worst errors, the surest first")
        for error in told.worst:
            yield from _error_lines(error)


def _group_line(name: str, figures: "Figures") -> str:
    rates = "".join(f"{_shown(value):>8}" for value in (figures.precision, figures.recall, figures.rel_f1))
    return (
        f"{_cut(name, 31):<32}{figures.n:>6}{rates}{_shown(figures.section_macro_f1):>12}{_shown(figures.areas_f1):>10}"
    )


def _error_lines(error: "Error") -> Iterator[str]:
    yield _cut(f"{error.sure:.2f} said {error.said}, label {error.label}: {error.id}", WIDEST)
    yield _cut(f"     {error.title}", WIDEST)
    evidence = " · ".join(f"{one.text} {one.weight:+.2f}" for one in error.evidence)
    if evidence:
        yield _cut(f"     {evidence}", WIDEST)


def _cut(text: str, width: int) -> str:
    plain = " ".join(text.split()) if not text.startswith(" ") else "     " + " ".join(text.split())
    return plain if len(plain) <= width else f"{plain[: width - 1]}…"


def _shown(value: float | None) -> str:
    return "-" if value is None else f"{value}" if isinstance(value, int) else f"{value:.3f}"


def _between(spread: Sequence[float] | None) -> str:
    return f"  [{spread[0]:.3f}, {spread[1]:.3f}]" if spread else ""

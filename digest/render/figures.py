"""A chart as plain values and in words: what page, PDF, Word, mail and text all show of it. Pure."""

from collections.abc import Iterator, Sequence
from typing import Any

from digest.model import Chart
from digest.render.scale import axis_of, decimals_of, in_words, tick_words

Figures = dict[str, Any]

_SOURCE = "Nguồn:"
_UNIT = "Đơn vị:"


def figures(chart: Chart) -> Figures:
    """Title, rows, axis and the lines below; `part` is a row's place on the axis and `zero` the bars' foot, both 0–1.

    `is_cut`: the axis leaves its beginning out, so the bars are not as long as their values. `length` (0–1) is how long
    one is that stands without an axis; 0 for all where some values are below nought.
    """
    axis, decimals = axis_of(chart), decimals_of(chart)
    values = [row.value for row in chart.rows]
    longest = max(values) if min(values) >= 0 else 0.0
    rows = [
        {
            "name": _one_line(row.name),
            "value": in_words(row.value, decimals, chart.unit),
            "part": axis.share(row.value),
            "length": row.value / longest if longest else 0.0,
        }
        for row in chart.rows
    ]
    ticks = zip(axis.ticks(), tick_words(axis, chart.unit), strict=True)
    return {
        "title": _one_line(chart.title),
        "zero": axis.share(0.0),
        "is_cut": axis.start > 0,
        "rows": rows,
        "ticks": [{"at": axis.share(tick), "words": words} for tick, words in ticks],
        "below": list(_below(chart)),
    }


def chart_lines(chart: Chart) -> list[str]:
    """The chart in words, a line each: title, `name: value`, unit, source, note."""
    shown = figures(chart)
    return [shown["title"], *(f"{row['name']}: {row['value']}" for row in shown["rows"]), *shown["below"]]


def aloud(shown: Figures, rows: Sequence[Figures], part: str = "") -> str:
    """What a screen reader says in place of the drawing of these rows; `part` is `2/4` of a chart in several."""
    said = "; ".join(f"{row['name']}: {row['value']}" for row in rows)
    if part and not part.startswith("1/"):
        return f"Biểu đồ, phần {part}. {said}."
    begins = f"Trục bắt đầu từ {shown['ticks'][0]['words']}. " if shown["is_cut"] else ""
    return f"Biểu đồ{f', phần {part}' if part else ''}: {shown['title']}. {begins}{said}."


def _below(chart: Chart) -> Iterator[str]:
    if chart.unit and chart.unit != "%":
        yield f"{_UNIT} {_one_line(chart.unit)}."
    if chart.note:
        yield _one_line(chart.note)
    if chart.source:
        yield f"{_SOURCE} {_one_line(chart.source)}"


def _one_line(text: str) -> str:
    return " ".join(text.split())

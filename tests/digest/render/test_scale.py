"""Axes in round numbers and figures as they are written in Việt Nam."""

import pytest

from digest.model import Bar, Chart
from digest.render.scale import axis_of, decimals_of, in_words, tick_words


def a_chart(*values: float, start: float | None = None, decimals: int | None = None, unit: str = "") -> Chart:
    rows = tuple(Bar(name=f"Xã {place}", value=value) for place, value in enumerate(values))
    return Chart(title="Kết quả", rows=rows, start=start, decimals=decimals, unit=unit)


@pytest.mark.parametrize(
    ("chart", "ticks"),
    [
        (a_chart(81.41, 94.92, start=50, unit="%"), "50% 60% 70% 80% 90% 100%"),
        (a_chart(81.41, 94.92, unit="%"), "0% 20% 40% 60% 80% 100%"),
        (a_chart(94.02, 97.95, start=94, unit="%"), "94% 95% 96% 97% 98%"),
        (a_chart(1, 2, 3), "0 1 2 3"),
        (a_chart(1.5, 3), "0 1 2 3"),
        (a_chart(0, 0), "0 1"),
        (a_chart(5, 5, start=9), "5 6"),
        (a_chart(-4.46, 3.46), "-6 -4 -2 0 2 4"),
        (a_chart(-3, -1), "-3 -2 -1 0"),
        (a_chart(1_000_000, 2_400_000), "0 500.000 1.000.000 1.500.000 2.000.000 2.500.000"),
        (a_chart(0.02, 0.09), "0,00 0,02 0,04 0,06 0,08 0,10"),
        (a_chart(0.0000004), "0 1"),
        (a_chart(1e12), "0 200.000.000.000 400.000.000.000 600.000.000.000 800.000.000.000 1.000.000.000.000"),
        (a_chart(70.5, 70.7, start=100, unit="%"), "70,50% 70,55% 70,60% 70,65% 70,70%"),
    ],
)
def test_an_axis_has_round_ticks_and_holds_every_value(chart: Chart, ticks: str) -> None:
    axis = axis_of(chart)
    assert " ".join(tick_words(axis, chart.unit)) == ticks
    assert all(axis.start - 1e-9 <= row.value <= axis.end + 1e-9 for row in chart.rows)


def test_a_share_runs_from_nought_to_one_and_no_further() -> None:
    axis = axis_of(a_chart(60, 100, start=50))
    assert [axis.share(value) for value in (50, 75, 100, 0, 101)] == [0, 0.5, 1, 0, 1]


def test_values_show_as_many_decimals_as_the_longest_unless_the_chart_says_so() -> None:
    assert decimals_of(a_chart(1, 2.5, 3.25)) == 2
    assert decimals_of(a_chart(1, 2)) == 0
    assert decimals_of(a_chart(1, 2, decimals=1)) == 1


@pytest.mark.parametrize(
    ("value", "decimals", "unit", "words"),
    [(95.3, 2, "%", "95,30%"), (1234567.5, 1, "hồ sơ", "1.234.567,5"), (-3.31, 2, "", "-3,31"), (0, 0, "%", "0%")],
)
def test_a_figure_has_a_decimal_comma_and_dots_between_thousands(
    value: float, decimals: int, unit: str, words: str
) -> None:
    assert in_words(value, decimals, unit) == words

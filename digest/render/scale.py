"""A chart's figures in Vietnamese writing, and the axis they stand on. Pure."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from digest.model import Chart

_STEPS = (1, 2, 5, 10)
_PARTS = 5  # about as many stretches as an axis has
_MOST_DECIMALS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """From `start` to `end`, a tick every `step`."""

    start: float
    end: float
    step: float

    def share(self, value: float) -> float:
        """Where a value stands between start (0) and end (1)."""
        return min(1.0, max(0.0, (value - self.start) / (self.end - self.start)))

    def ticks(self) -> Iterator[float]:
        """Every tick, both ends among them."""
        for place in range(round((self.end - self.start) / self.step) + 1):
            yield self.start + place * self.step


def axis_of(chart: Chart) -> Axis:
    """The chart's axis in round numbers. One that is to start above the smallest value starts there instead."""
    values = [row.value for row in chart.rows]
    low = min(0.0 if chart.start is None else chart.start, *values)
    high = max(*values, 0.0) if low < 0 else max(values)
    step = _round_step((high - low) / _PARTS)
    if decimals_of(chart) == 0:
        step = max(1.0, step)
    start = math.floor(low / step + 1e-9) * step
    end = math.ceil(high / step - 1e-9) * step
    return Axis(start=start, end=end if end > start else start + step, step=step)


def _round_step(rough: float) -> float:
    """The next of 1, 2, 5, 10, 20, 50 …, or of 0.5, 0.2, 0.1 …; 1 where all values are alike."""
    if rough <= 0:
        return 1.0
    power = max(10.0 ** math.floor(math.log10(rough)), 10.0**-_MOST_DECIMALS)
    return next((step * power for step in _STEPS if step * power >= rough * (1 - 1e-9)), 10 * power)


def decimals_of(chart: Chart) -> int:
    """How many decimals every value shows."""
    if chart.decimals is not None:
        return chart.decimals
    return max(_decimals(row.value) for row in chart.rows)


def _decimals(value: float) -> int:
    return len(f"{value:.{_MOST_DECIMALS}f}".rstrip("0").partition(".")[2])


def in_words(value: float, decimals: int, unit: str = "") -> str:
    """`95,37%`, `1.234`: a comma before decimals, dots between thousands; of units only the per cent sign is set."""
    plain = f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))
    return f"{plain}%" if unit == "%" else plain


def tick_words(axis: Axis, unit: str) -> tuple[str, ...]:
    """What stands at each tick, with as few decimals as the step needs."""
    decimals = _decimals(axis.step)
    return tuple(in_words(round(tick, decimals) + 0.0, decimals, unit) for tick in axis.ticks())

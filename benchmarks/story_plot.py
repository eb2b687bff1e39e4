"""A drawing of how the story index grows, as SVG: seconds and look-up over the number of articles."""

import math
from collections.abc import Sequence
from typing import Any

_WIDTH, _HEIGHT, _LEFT, _TOP, _RIGHT, _BOTTOM = 640, 300, 70, 30, 70, 50
_LOW, _HIGH = 4, 6  # powers of ten on the lower axis


def plot(measured: Sequence[dict[str, Any]]) -> str:
    """Both axes of articles and seconds are logarithmic: a straight line at 45° is linear growth."""
    seconds = [(figures["articles"], figures["seconds"]) for figures in measured]
    look_ups = [(figures["articles"], figures["look_up_ms"]) for figures in measured]
    top = 10 * 10 ** math.ceil(math.log10(max(value for _, value in seconds)) - 1)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" font-size="12">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
        *(_tick(10**power) for power in range(_LOW, _HIGH + 1)),
        *(_level(value, top) for value in _decades(top)),
        *(_look_up_level(value) for value in (0, 1, 2, 3, 4, 5)),
        _line(seconds, "#1a56a0", lambda value: _high(value, top)),
        _line(look_ups, "#b3541e", _look_up_high),
        f'<text x="{_LEFT}" y="18" fill="#1a56a0">processor seconds to enter (left)</text>',
        f'<text x="{_WIDTH - _RIGHT}" y="18" fill="#b3541e" text-anchor="end">median look-up, ms (right)</text>',
        f'<text x="{_WIDTH / 2}" y="{_HEIGHT - 8}" text-anchor="middle">articles in the index</text>',
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _across(articles: float) -> float:
    return _LEFT + (math.log10(articles) - _LOW) / (_HIGH - _LOW) * (_WIDTH - _LEFT - _RIGHT)


def _high(value: float, top: float) -> float:
    return _TOP + (math.log10(top) - math.log10(value)) / math.log10(top) * (_HEIGHT - _TOP - _BOTTOM)


def _look_up_high(value: float) -> float:
    return _TOP + (5 - value) / 5 * (_HEIGHT - _TOP - _BOTTOM)


def _decades(top: float) -> list[float]:
    return [10.0**power for power in range(int(math.log10(top)) + 1)]


def _tick(articles: float) -> str:
    return f'<text x="{_across(articles):.0f}" y="{_HEIGHT - _BOTTOM + 18}" text-anchor="middle">{articles:,.0f}</text>'


def _level(value: float, top: float) -> str:
    at = _high(value, top)
    rule = f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{at:.0f}" y2="{at:.0f}" stroke="#ddd"/>'
    return f'{rule}<text x="{_LEFT - 8}" y="{at + 4:.0f}" text-anchor="end">{value:,.0f} s</text>'


def _look_up_level(value: float) -> str:
    return f'<text x="{_WIDTH - _RIGHT + 8}" y="{_look_up_high(value) + 4:.0f}">{value} ms</text>'


def _line(points: Sequence[tuple[float, float]], colour: str, high: Any) -> str:
    places = [(_across(articles), high(value)) for articles, value in points]
    drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places)
    return f'<polyline points="{drawn}" fill="none" stroke="{colour}" stroke-width="2"/>{dots}'

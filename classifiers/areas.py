"""Which of the six areas of the state reform programme a piece concerns: none, one or two."""

from collections.abc import Mapping


def pick(chances: Mapping[str, float], *, first: float, second: float) -> tuple[str, ...]:
    """The likeliest area where its chance reaches `first`, and the next where it reaches `second`; likeliest first.

    The codebook allows no more than two.
    """
    ranked = sorted(chances, key=lambda area: (-chances[area], area))[:2]
    lines = (first, second)
    return tuple(area for area, line in zip(ranked, lines, strict=False) if chances[area] >= line)

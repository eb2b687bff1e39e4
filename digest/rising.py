"""Which of some numbers stand in order already. Pure."""

from bisect import bisect_left
from collections.abc import Sequence


def longest_rising(numbers: Sequence[int]) -> list[int]:
    """The longest part of the numbers, in their order, that only rises."""
    tails: list[int] = []
    chains: list[list[int]] = []
    for number in numbers:
        at = bisect_left(tails, number)
        chain = [*(chains[at - 1] if at else []), number]
        tails[at : at + 1] = [number]
        chains[at : at + 1] = [chain]
    return chains[-1] if chains else []

"""Linear scores and what they mean: sparse rows times weights, scores to probabilities.

Only numpy: scikit-learn is for training, and judging starts faster without it.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from classifiers.features import Floats, Row


def scores(row: Row, weights: npt.NDArray[np.float32], bias: Floats) -> Floats:
    """One score per output; `weights` is columns × outputs."""
    picked: Floats = row.values @ weights[row.columns].astype(np.float64)
    return picked + bias


def logistic(score: float) -> float:
    """The probability of a score; safe at any size."""
    return float(0.5 * (1.0 + np.tanh(0.5 * score)))


def shares(named: Mapping[str, float], sharpness: float) -> dict[str, float]:
    """Scores as shares of one; a higher sharpness favours the best."""
    scaled = np.fromiter(named.values(), dtype=np.float64) * sharpness
    raised = np.exp(scaled - scaled.max())
    return dict(zip(named, (raised / raised.sum()).tolist(), strict=True))

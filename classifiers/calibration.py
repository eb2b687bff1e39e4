"""What scores mean: from the scores of unseen items to probabilities, a line, and lines for the areas."""

from collections.abc import Callable, Sequence
from typing import TypedDict

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize, minimize_scalar
from scipy.special import expit

from classifiers.features import Floats
from classifiers.labels import Label
from classifiers.outputs import AREA_COLUMNS, SECTION_COLUMNS
from digest.model import AREA_KEYS, SECTION_KEYS

# With fewer relevant items of whole days the line is chosen on all items.
_ENOUGH_OF_DAYS = 30
_GRID = np.arange(0.20, 0.805, 0.01)

Truths = npt.NDArray[np.bool_]


class Chances(TypedDict):
    """The numbers of a model's card that turn scores into answers."""

    slope: float
    offset: float
    line: float
    sharpness: float
    first_area: float
    second_area: float


def learn(unseen: Floats, labels: Sequence[Label], *, natural: Sequence[bool]) -> Chances:
    """From scores (rows × `OUTPUTS`) of items the scoring model did not see; `natural` marks items of whole days."""
    relevant = np.array([label.relevant for label in labels])
    slope, offset = _platt(unseen[:, 0], relevant)
    chances = expit(slope * unseen[:, 0] + offset)
    days = np.array(natural)
    whole_days = days if (relevant & days).sum() >= _ENOUGH_OF_DAYS else np.ones_like(relevant)
    first, second = _area_lines(*_telling(unseen, labels, lambda label: label.detailed))
    return Chances(
        slope=slope,
        offset=offset,
        line=_best_line(chances[whole_days], relevant[whole_days]),
        sharpness=_sharpness(*_telling(unseen, labels, lambda label: label.section is not None)),
        first_area=first,
        second_area=second,
    )


def _telling(unseen: Floats, labels: Sequence[Label], tells: Callable[[Label], bool]) -> tuple[Floats, list[Label]]:
    """The scores and labels of relevant items that tell what is asked."""
    places = [at for at, label in enumerate(labels) if label.relevant and tells(label)]
    return unseen[places], [labels[at] for at in places]


def _platt(scores: Floats, truths: Truths) -> tuple[float, float]:
    """Slope and offset of the logistic curve through the scores."""
    signs = np.where(truths, 1.0, -1.0)

    def loss(at: Floats) -> float:
        return float(np.logaddexp(0, -signs * (at[0] * scores + at[1])).mean())

    found = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead", options={"xatol": 1e-4, "fatol": 1e-8})
    return round(float(found.x[0]), 4), round(float(found.x[1]), 4)


def _best_line(chances: Floats, truths: Truths) -> float:
    """Half the best F1: where that line lies for probabilities that hold what they say.

    Read off the curve's peak instead, it jumps by a quarter from one sample of a hundred relevant items to the next.
    """
    best = max(_f1(chances >= line, truths) for line in _GRID)
    return round(best / 2, 2)


def _f1(said: Truths, truths: Truths) -> float:
    both = int((said & truths).sum())
    return 2 * both / max(1, int(said.sum() + truths.sum()))


def _sharpness(unseen: Floats, labels: Sequence[Label]) -> float:
    """How far section scores are to be stretched so that their shares are right as often as they say."""
    true = np.array([SECTION_KEYS.index(str(label.section)) for label in labels])
    scores = unseen[:, SECTION_COLUMNS]

    def loss(sharpness: float) -> float:
        scaled = scores * sharpness
        return float((np.logaddexp.reduce(scaled, axis=1) - scaled[np.arange(len(true)), true]).mean())

    return round(float(minimize_scalar(loss, bounds=(0.05, 10), method="bounded").x), 4)


def _area_lines(unseen: Floats, labels: Sequence[Label]) -> tuple[float, float]:
    """The lines of the likeliest area and of the next that give the best micro-F1."""
    chances = expit(unseen[:, AREA_COLUMNS])
    true = np.array([[key in label.areas for key in AREA_KEYS] for label in labels])
    order = np.argsort(-chances, axis=1, kind="stable")[:, :2]
    top, hit = np.take_along_axis(chances, order, axis=1), np.take_along_axis(true, order, axis=1)
    total = int(true.sum())
    first = _best_cut(top[:, 0], hit[:, 0], total, 0, 0)
    said = top[:, 0] >= first
    second = _best_cut(top[:, 1], hit[:, 1], total, int(said.sum()), int((said & hit[:, 0]).sum()))
    return first, max(first, second)


def _best_cut(chances: Floats, hits: Truths, total: int, said: int, right: int) -> float:
    """The cut on the grid that gives the best F1 when `right` of `said` answers stand already."""

    def f1(cut: float) -> float:
        chosen = chances >= cut
        return float(2 * (right + (chosen & hits).sum()) / (total + said + chosen.sum()))

    return round(float(max(np.arange(0.05, 0.96, 0.01), key=f1)), 2)

"""Learning an office's own choices onto a model: its weights, and a correction that the office's few hundred rows force.

The correction lies in the grams the model knows. New grams would lengthen each article's row and so weaken what was
learnt before; what is new of an office's choices shows in known words. The model's calibration stays: what an editor
decided was put before him by a model and is no fair sample of the press.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import msgspec
import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import minimize
from scipy.special import expit, log_softmax

from classifiers.features import Floats, Reading
from classifiers.modelfile import Model
from classifiers.outputs import AREA_COLUMNS, OUTPUTS, RELEVANCE, SECTION_COLUMNS
from classifiers.training import Material, as_kept, hash_of, is_one, matrix_of, name_of, record_of, tells, whole_days
from digest.errors import InputError

LEAST_ROWS = 20
# How dear a correction is beside one wrong row; chosen on invented house rules over real days (docs/models.md).
_RELEVANCE_RESTRAINT = 4.0
_KIND_RESTRAINT = 1.0

Loss = Callable[[sparse.csr_matrix, Floats], tuple[float, Floats]]


def adapt(base: Model, material: Material, *, trained: date, others: Sequence[Reading] = ()) -> Model:
    """The model with the rows learnt onto it, dated `trained`. InputError where they are too few.

    `others` are articles nobody decided: what the model says of their relevance is held fast, as they stand for the
    many that were never put before an editor.
    """
    if len(material.rows) < LEAST_ROWS:
        raise InputError(f"{len(material.rows)} decided articles teach a model nothing; it takes at least {LEAST_ROWS}")
    weights, bias = base.weights.astype(np.float64), base.bias.copy()
    matrix = matrix_of(base.vocabulary, material.readings)
    scores = matrix @ weights + bias
    weights[:, OUTPUTS.index(RELEVANCE)] += _relevance(base, material, matrix, scores[:, 0], others)
    weights[:, SECTION_COLUMNS] += _sections(base, material, matrix, scores)
    weights[:, AREA_COLUMNS] += _areas(material, matrix, scores)
    return _described(base, material, as_kept(weights), bias, trained)


def _described(base: Model, material: Material, weights: npt.NDArray[np.float32], bias: Floats, trained: date) -> Model:
    card = msgspec.structs.replace(
        base.card,
        name=name_of(weights, bias, trained),
        trained=trained,
        data_hash=hash_of(material.rows),
        rows=len(material.rows),
        days=tuple(whole_days(material.rows)),
        base=base.card.name,
        figures={},
        intervals={},
        measured="",
        members={},
    )
    learnt = None if base.learnt is None else base.learnt + record_of(material)
    return replace(base, card=card, weights=weights, bias=bias, learnt=learnt)


def _relevance(
    base: Model, material: Material, matrix: sparse.csr_matrix, scores: Floats, others: Sequence[Reading]
) -> Floats:
    rows = _telling(material, RELEVANCE)
    part, before, truths = matrix[rows], scores[rows], _truths(material, rows, RELEVANCE)
    if len(np.unique(truths)) < 2:
        # Past issues alone hold nothing but what was printed: they do not tell where relevance ends.
        return np.zeros(matrix.shape[1])
    before = base.card.slope * before + base.card.offset
    if others:
        fixed = matrix_of(base.vocabulary, others)
        odds = base.card.slope * (fixed @ base.weights[:, 0].astype(np.float64) + base.bias[0]) + base.card.offset
        part, before = sparse.vstack([part, fixed], format="csr"), np.concatenate([before, odds])
        truths = np.concatenate([truths, expit(odds)])
    corrected: Floats = _binary(part, before, truths, _RELEVANCE_RESTRAINT)[:, 0] / base.card.slope
    return corrected


def _areas(material: Material, matrix: sparse.csr_matrix, scores: Floats) -> Floats:
    found = []
    for column in AREA_COLUMNS:
        rows = _telling(material, OUTPUTS[column])
        truths = _truths(material, rows, OUTPUTS[column])
        found.append(_binary(matrix[rows], scores[rows, column], truths, _KIND_RESTRAINT)[:, 0])
    return np.array(found).T


def _binary(matrix: sparse.csr_matrix, before: Floats, truths: Floats, restraint: float) -> Floats:
    """The correction (columns × 1) to log odds that stand before it."""

    def loss(part: sparse.csr_matrix, correction: Floats) -> tuple[float, Floats]:
        odds = before + part @ correction[:, 0]
        wrong = expit(odds) - truths
        return float((np.logaddexp(0, odds) - truths * odds).sum()), (part.T @ wrong)[:, None]

    return _least(loss, matrix, 1, restraint)


def _sections(base: Model, material: Material, matrix: sparse.csr_matrix, scores: Floats) -> Floats:
    rows = _telling(material, OUTPUTS[SECTION_COLUMNS[0]])
    before = base.card.sharpness * scores[np.ix_(rows, SECTION_COLUMNS)]
    truths = np.array([_truths(material, rows, OUTPUTS[column]) for column in SECTION_COLUMNS]).T

    def loss(part: sparse.csr_matrix, correction: Floats) -> tuple[float, Floats]:
        chances = log_softmax(before + part @ correction, axis=1)
        return float(-(truths * chances).sum()), part.T @ (np.exp(chances) - truths)

    return _least(loss, matrix[rows], len(SECTION_COLUMNS), _KIND_RESTRAINT) / base.card.sharpness


def _least(loss: Loss, matrix: sparse.csr_matrix, outputs: int, restraint: float) -> Floats:
    """The correction (columns × outputs) of the least loss and size together.

    It is nothing in columns that no row has: only the others are searched.
    """
    used = np.unique(matrix.indices)
    part, corrected = matrix[:, used], np.zeros((matrix.shape[1], outputs))
    if not len(used):
        return corrected

    def restrained(flat: Floats) -> tuple[float, Floats]:
        value, slope = loss(part, flat.reshape(-1, outputs))
        return value + restraint / 2 * float(flat @ flat), slope.ravel() + restraint * flat

    start = np.zeros(len(used) * outputs)
    found = minimize(restrained, start, jac=True, method="L-BFGS-B", options={"maxiter": 300})
    corrected[used] = found.x.reshape(-1, outputs)
    return corrected


def _telling(material: Material, output: str) -> list[int]:
    return [at for at, row in enumerate(material.rows) if tells(row, output)]


def _truths(material: Material, rows: list[int], output: str) -> Floats:
    return np.array([float(is_one(material.rows[at].label, output)) for at in rows])

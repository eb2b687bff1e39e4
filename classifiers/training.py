"""From labelled articles to a model. The same rows in the same order give the same model, byte for byte."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.svm import LinearSVC

from classifiers import calibration, modelfile
from classifiers.calibration import Truths
from classifiers.features import Floats, Reading, Row, Vocabulary, learn_vocabulary, read
from classifiers.labels import Label, Labelled
from classifiers.learnt import Learnt, learnt_of
from classifiers.outputs import OUTPUTS, RELEVANCE
from classifiers.splits import copy_groups, folds
from digest.errors import InputError
from digest.model import AREA_KEYS, SECTION_KEYS

_FOLDS = 3
_LEAST_ROWS = 20
_LEAST_STORIES = 10
# How closely the training labels are followed; chosen on days left out (benchmarks/judging.py).
_RELEVANCE_STRENGTH = 0.4
_SECTION_STRENGTH = 0.5
_AREA_STRENGTH = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What training reads of the rows, read once: segmenting is the slow part."""

    rows: Sequence[Labelled]
    readings: Sequence[Reading]
    groups: Sequence[int]

    def only(self, places: Sequence[int]) -> "Material":
        """The rows at these places."""
        return Material(
            rows=[self.rows[at] for at in places],
            readings=[self.readings[at] for at in places],
            groups=[self.groups[at] for at in places],
        )


def prepare(rows: Sequence[Labelled], *, progress: Callable[[int], None] | None = None) -> Material:
    """Read the rows and group near-copies; `progress` hears how many are read."""
    readings = []
    for done, row in enumerate(rows, 1):
        readings.append(read(row.article, day=row.day or date.max))
        if progress:
            progress(done)
    return Material(rows=rows, readings=readings, groups=copy_groups(readings))


def fit(material: Material, *, trained: date) -> modelfile.Model:
    """A model of rows that were read, dated `trained`.

    InputError where the rows cannot teach: too few, or a class that is missing.
    """
    _check(material.rows)
    unlike = len(set(material.groups))
    if unlike < _LEAST_STORIES:
        raise InputError(f"{unlike} unlike articles cannot teach a model: the others are near-copies of these")
    asked = [at for at, row in enumerate(material.rows) if tells(row, RELEVANCE)]
    chances = calibration.learn(
        _scores_unseen(material)[asked],
        [material.rows[at].label for at in asked],
        natural=[material.rows[at].sample == "day" for at in asked],
    )
    vocabulary, weights, bias = _fit(material)
    # Through the file's own precision, so that a model judges the same before and after it is written.
    rounded = as_kept(weights)
    card = modelfile.Card(
        format=modelfile.FORMAT,
        name=name_of(rounded, bias, trained),
        trained=trained,
        data_hash=hash_of(material.rows),
        rows=len(material.rows),
        outputs=OUTPUTS,
        days=tuple(whole_days(material.rows)),
        **chances,
    )
    kept = Vocabulary(vocabulary.grams, vocabulary.weights.astype(np.float32).astype(np.float64))
    return modelfile.Model(card=card, vocabulary=kept, weights=rounded, bias=bias, learnt=record_of(material))


def whole_days(rows: Iterable[Labelled]) -> list[date]:
    """The days of which every item is labelled, in order."""
    return sorted({row.day for row in rows if row.sample == "day" and row.day})


def record_of(material: Material) -> Learnt:
    """What a model of these rows has learnt from."""
    return learnt_of([row.article.id for row in material.rows], material.readings)


def as_kept(weights: Floats) -> npt.NDArray[np.float32]:
    """Weights as a file keeps them."""
    return weights.astype(np.float16).astype(np.float32)


def name_of(weights: npt.NDArray[np.float32], bias: Floats, trained: date) -> str:
    """A name that differs wherever the weights do: judgements are made again when the model's name changes."""
    return f"judge-{trained.isoformat()}-{hashlib.sha256(weights.tobytes() + bias.tobytes()).hexdigest()[:8]}"


def _scores_unseen(material: Material) -> Floats:
    """Scores (rows × outputs) of each row by a model that saw neither it nor a near-copy."""
    fold_of = np.array(folds(material.groups, _FOLDS))
    unseen = np.zeros((len(material.rows), len(OUTPUTS)))
    for fold in range(_FOLDS):
        seen, rest = np.flatnonzero(fold_of != fold).tolist(), np.flatnonzero(fold_of == fold).tolist()
        vocabulary, weights, bias = _fit(material.only(seen))
        unseen[rest] = matrix_of(vocabulary, [material.readings[at] for at in rest]) @ weights + bias
    return unseen


def _fit(material: Material) -> tuple[Vocabulary, Floats, Floats]:
    """A vocabulary and, per output, weights and bias."""
    vocabulary = learn_vocabulary(material.readings)
    matrix = matrix_of(vocabulary, material.readings)
    weights, bias = np.zeros((vocabulary.size, len(OUTPUTS))), np.zeros(len(OUTPUTS))
    for at, output in enumerate(OUTPUTS):
        rows = np.flatnonzero([tells(row, output) for row in material.rows])
        wanted = np.array([is_one(row.label, output) for row in material.rows])
        weights[:, at], bias[at] = _separate(matrix[rows], wanted[rows], _strength_of(output))
    return vocabulary, weights, bias


def _strength_of(output: str) -> float:
    if output == RELEVANCE:
        return _RELEVANCE_STRENGTH
    return _SECTION_STRENGTH if output.startswith("section:") else _AREA_STRENGTH


def _separate(matrix: sparse.csr_matrix, wanted: Truths, strength: float) -> tuple[Floats, float]:
    if len(np.unique(wanted)) < 2:
        # None, or all of one kind, as may be in a part of a small corpus: that kind is the answer.
        return np.zeros(matrix.shape[1]), 1.0 if wanted.any() else -1.0
    # liblinear runs in one thread and shuffles by the seed alone: the same rows give the same weights.
    model = LinearSVC(C=strength, class_weight="balanced", random_state=0, max_iter=5000)
    model.fit(matrix, wanted)
    return model.coef_[0], float(model.intercept_[0])


def tells(row: Labelled, output: str) -> bool:
    """Whether the row's label says anything of this output.

    Sections and areas are asked of relevant items alone: what tells them apart there is all that counts.
    """
    kind = output.partition(":")[0]
    if kind == "section":
        return row.label.relevant and row.label.section is not None
    return row.label.relevant and row.label.detailed if kind == "area" else row.sample != "kind"


def is_one(label: Label, output: str) -> bool:
    """What the label says of this output."""
    kind, _, key = output.partition(":")
    if kind == "section":
        return label.section == key
    return key in label.areas if kind == "area" else label.relevant


def matrix_of(vocabulary: Vocabulary, readings: Sequence[Reading]) -> sparse.csr_matrix:
    """The readings in numbers, a row each."""
    rows: list[Row] = [vocabulary.row(reading) for reading in readings]
    starts = np.cumsum([0, *(len(row.columns) for row in rows)])
    return sparse.csr_matrix(
        (np.concatenate([row.values for row in rows]), np.concatenate([row.columns for row in rows]), starts),
        shape=(len(rows), vocabulary.size),
    )


def _check(rows: Sequence[Labelled]) -> None:
    if len(rows) < _LEAST_ROWS:
        raise InputError(f"{len(rows)} labelled articles cannot teach a model; give at least {_LEAST_ROWS}")
    if all(row.label.relevant for row in rows):
        raise InputError("no article is labelled irrelevant (rel 0): a model needs both kinds")
    sections = {row.label.section for row in rows}
    areas = {area for row in rows for area in row.label.areas}
    missing = [key for key in SECTION_KEYS if key not in sections] + [key for key in AREA_KEYS if key not in areas]
    if missing:
        raise InputError(f"no labelled article stands for {', '.join(missing)}")


def hash_of(rows: Sequence[Labelled]) -> str:
    """What the rows say, as one hash."""
    digest = hashlib.sha256()
    for row in rows:
        label = row.label
        told = (label.id, label.rel, label.section, label.areas, row.sample, row.article.title, row.article.sapo)
        digest.update(repr(told).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()

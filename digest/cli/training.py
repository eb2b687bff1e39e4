"""`diembao train`: a new model, measured beside the one in use, in its place where it is not worse."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import typer

from classifiers import modelfile
from classifiers.adaptation import adapt
from classifiers.comparison import (
    Comparison,
    Make,
    Old,
    Split,
    compare,
    held_out,
    holds_nearly_all,
    how_measured,
    latest_days,
    splits_of,
    verdict_of,
)
from classifiers.counting import Pair
from classifiers.evaluation import evaluate, interval
from classifiers.features import Reading
from classifiers.features import read as reading_of
from classifiers.labels import Label, Labelled, corrected, labelled_from, read_corrections
from classifiers.modelfile import Model
from classifiers.training import Material, fit, prepare
from digest.cli.console import close, progress, say, troubles_of
from digest.cli.figures import comparison_lines, figure_lines
from digest.cli.labelled_lines import read_all
from digest.cli.lines import day_from
from digest.cli.models import store_of
from digest.cli.surroundings import Surroundings
from digest.errors import InputError
from digest.model import Article
from digest.pipeline.model_store import ModelStore, alone, current, model_named, put_in_use
from digest.pipeline.report import Report
from digest.pipeline.store import is_there
from digest.wire import dumps

_SEED = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What the command was told."""

    corpus: tuple[str, ...]
    output: Path | None
    onto: bool
    date: str | None
    measure: bool
    as_json: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Course:
    """What is learnt from, in which parts it is measured, and how a model is made of a part."""

    material: Material
    given: Sequence[Label]
    split: Callable[[Material], list[Split]]
    make: Make
    base: Model | None
    others: Sequence[Reading]
    errors: Sequence[InputError]


def train(orders: Orders, surroundings: Surroundings) -> int:
    """Make the model; its exit status. A model that is worse than the one in use is not kept: 1."""
    if orders.output is not None:
        old = modelfile.read(surroundings.settings.model) if orders.onto else None
        return _to_file(_course(orders, surroundings, old, None), orders, orders.output)
    store = store_of(surroundings)
    with alone(store):
        return _in_place(_course(orders, surroundings, current(store), store), orders, current(store), store)


def _course(orders: Orders, surroundings: Surroundings, old: Model | None, store: ModelStore | None) -> _Course:
    read, errors = read_all(orders.corpus, labelled_from)
    for wrong in errors:
        say(f"skipped: {wrong}")
    decided, others = _office(surroundings) if orders.onto else ([], [])
    rows = [*decided, *read]
    if orders.onto and not rows:
        raise InputError("no editor's decision is kept yet and no --corpus is given: there is nothing to learn from")
    day = day_from(orders.date, surroundings.today)
    with progress("reading", len(rows) + len(others)) as advance:
        material = prepare(corrected(rows, read_corrections()), progress=lambda _done: advance(1))
        held = [reading_of(article, day=day) for article in others]
    base = _base(old, store) if old and orders.onto else None
    return _Course(
        material=material,
        given=[row.label for row in rows],
        split=(lambda of: [latest_days(of)]) if orders.onto else splits_of,
        make=(lambda part: adapt(base, part, trained=day, others=held)) if base else partial(fit, trained=day),
        base=base,
        others=held,
        errors=errors,
    )


def _office(surroundings: Surroundings) -> tuple[list[Labelled], list[Article]]:
    """What the editors decided, and articles of the same days that they did not decide."""
    from digest.pipeline.learning import decided_rows, undecided
    from storage.database import open_database

    database = surroundings.settings.database
    if not is_there(database):
        return [], []
    engine = open_database(database)
    try:
        rows = decided_rows(engine)
        return rows, undecided(engine, rows)
    finally:
        engine.dispose()


def _base(old: Model, store: ModelStore | None) -> Model:
    """What the rows are learnt onto: the model in use, or the one that it was learnt onto itself.

    Learnt onto the model in use again and again, a row would count as often as the command is given.
    """
    before = model_named(store, old.card.base) if store and old.card.base else None
    if before is None:
        return old
    shipped = modelfile.read()
    return shipped if shipped.card.trained > before.card.trained else before


def _to_file(course: _Course, orders: Orders, output: Path) -> int:
    pairs: Sequence[Pair] = ()
    notes: tuple[str, ...] = ()
    how = ""
    if orders.measure:
        try:
            splits = course.split(course.material)
            with progress(f"measuring, left out in turn: {len(splits)}"):
                pairs = held_out(course.material, course.given, splits, make=course.make)
            how = how_measured(splits)
        except InputError as error:
            notes = (f"not measured: {error}",)
    new = _final(course, pairs, how)
    modelfile.write(new, output)
    figures = evaluate(pairs).as_dict() if pairs else {}
    if orders.as_json:
        typer.echo(dumps(figures | {"intervals": new.card.intervals, "model": new.card.name, "path": str(output)}))
    else:
        for line in (*figure_lines(figures, new.card.intervals), str(output)):
            typer.echo(line)
    report = Report(collected=len(course.material.rows), written=(str(output),), notes=notes)
    return close(report, troubles_of(course.errors), as_json=orders.as_json)


def _in_place(course: _Course, orders: Orders, old: Model, store: ModelStore) -> int:
    try:
        compared, how = _compared(course, old, store)
    except InputError as error:
        return _closed(course, orders, old, None, (False, f"not compared: {error}"), store)
    is_better, reason = verdict_of(compared.gains)
    new = _final(course, compared.pairs, how)
    if new.card.name == old.card.name:
        return _closed(course, orders, old, compared, (True, "the model in use is the very same"), store)
    if is_better:
        put_in_use(store, new)
    return _closed(course, orders, new if is_better else old, compared, (is_better, reason), store)


def _compared(course: _Course, old: Model, store: ModelStore) -> tuple[Comparison, str]:
    splits = course.split(course.material)
    with progress(f"measuring old and new, left out in turn: {len(splits)}"):
        compared = compare(
            course.material,
            course.given,
            splits,
            make=course.make,
            old=Old(model=old, remake=_remake(course, old, store)),
            common=course.base.learnt if course.base else None,
        )
    return compared, how_measured(splits)


def _remake(course: _Course, old: Model, store: ModelStore) -> Make | None:
    """How to make the model in use anew from a part of its rows, where they and its base are here."""
    if old.card.base:
        base = model_named(store, old.card.base)
        if base is None or course.base is None:
            return None
        return lambda part: adapt(base, part, trained=old.card.trained, others=course.others)
    if old.learnt is not None and course.base is None and holds_nearly_all(course.material, old.learnt):
        return partial(fit, trained=old.card.trained)
    return None


def _final(course: _Course, pairs: Sequence[Pair], how: str) -> Model:
    with progress("training"):
        model = course.make(course.material)
    figures = {name: float(value) for name, value in evaluate(pairs).as_dict().items() if value is not None}
    return modelfile.measured(
        model,
        figures=figures if pairs else {},
        intervals=interval(pairs, seed=_SEED),
        how=how,
        program=version("diembao"),
    )


def _closed(
    course: _Course,
    orders: Orders,
    in_use: Model,
    compared: Comparison | None,
    verdict: tuple[bool, str],
    store: ModelStore,
) -> int:
    is_better, reason = verdict
    word = "replaced" if is_better else "kept"
    lines = comparison_lines(compared) if compared else ()
    if orders.as_json:
        typer.echo(dumps(_as_json(compared) | {"verdict": word, "reason": reason, "model": in_use.card.name}))
    else:
        path = [str(store.in_use)] if store.in_use.exists() else []
        for line in (*lines, f"{word}: {reason}; in use: {in_use.card.name}", *path):
            typer.echo(line)
    report = close(Report(collected=len(course.material.rows)), troubles_of(course.errors), as_json=orders.as_json)
    return report if is_better else 1


def _as_json(compared: Comparison | None) -> dict[str, Any]:
    if compared is None:
        return {}
    gains = {name: [gain, *between] for name, (gain, between) in compared.gains.items()}
    return compared.new.as_dict() | {"old": compared.old.as_dict(), "gains": gains, "ways": dict(compared.ways)}

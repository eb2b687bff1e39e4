"""Training a model, and measuring one."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from digest.cli.console import close, progress, say, troubles_of
from digest.cli.judging import judgements_of
from digest.cli.lines import day_from, read_judged
from digest.cli.options import Articles, AsJson, Day, ModelFile
from digest.cli.surroundings import look_around
from digest.errors import InputError
from digest.files import name_of, read_lines
from digest.pipeline.report import Report
from digest.wire import dumps

T = TypeVar("T")
MODEL_NAME = "model.diembao"


def train(
    corpus: Annotated[
        list[str], typer.Option("--corpus", metavar="FILE", help="Labelled articles as JSON Lines; repeatable.")
    ],
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="MODEL", help="The model's file.")] = None,
    date: Day = None,
    measure: Annotated[bool, typer.Option(help="Leave each wholly labelled day out in turn and measure.")] = True,
    as_json: AsJson = False,
) -> int:
    """A model from labelled articles; the same rows give the same file, byte for byte."""
    from classifiers import modelfile, training
    from classifiers.evaluation import evaluate as score
    from classifiers.evaluation import leave_days_out
    from classifiers.labels import corrected, labelled_from, read_corrections

    surroundings = look_around()
    rows, errors = _read_lines(corpus, labelled_from)
    for wrong in errors:
        say(f"skipped: {wrong}")
    given = [row.label for row in rows]
    with progress("reading", len(rows)) as advance:
        material = training.prepare(corrected(rows, read_corrections()), progress=lambda _done: advance(1))
    figures = {}
    notes: tuple[str, ...] = ()
    if measure:
        try:
            with progress("measuring, each labelled day left out in turn"):
                pairs = leave_days_out(material, given)
            figures = {name: value for name, value in score(pairs).as_dict().items() if value is not None}
        except InputError as error:
            notes = (f"not measured: without one of its days and its near-copies, {error}",)
    with progress("training"):
        model = training.fit(material, trained=day_from(date, surroundings.today), figures=figures)
    target = output or surroundings.settings.home / MODEL_NAME
    modelfile.write(model, target)
    _show_figures(figures, as_json=as_json)
    if not as_json:
        typer.echo(str(target))
    report = Report(collected=len(rows), written=(str(target),), notes=notes)
    return close(report, troubles_of(errors), as_json=as_json)


def evaluate(
    file: Articles,
    labels: Annotated[str, typer.Option("--labels", metavar="L.jsonl", help="Labels as JSON Lines, by article id.")],
    date: Day = None,
    model: ModelFile = None,
    as_json: AsJson = False,
) -> int:
    """Figures of the judgements on the lines (missing ones are made) against labels."""
    from classifiers import modelfile
    from classifiers.evaluation import evaluate as score
    from classifiers.labels import label_from

    read = read_judged(file)
    given, wrong = _read_lines([labels], label_from)
    known = {label.id: label for label in given}
    surroundings = look_around()
    day = day_from(date, surroundings.today) if date else None
    judged = judgements_of(read, surroundings, day=day, model=model)
    pairs = [(judged[article.id], known[article.id]) for article in read.articles if article.id in known]
    if len(pairs) < len(read.lines):
        say(f"{len(read.lines) - len(pairs)} of {len(read.lines)} articles have no label and are not counted")
    _show_figures(score(pairs).as_dict(), as_json=as_json)
    card = modelfile.read(model or surroundings.settings.model).card
    if card.figures and card.name in {judgement.model for judgement in judged.values()}:
        unseen = ", ".join(f"{name} {value:.3f}" for name, value in card.figures.items() if name != "n")
        say(f"{card.name} may have learnt from these very articles; on days left out of its training: {unseen}")
    errors = (*read.errors, *wrong)
    return close(Report(), troubles_of(errors), as_json=as_json) if errors else 0


def _read_lines(files: Sequence[str], read: Callable[..., T]) -> tuple[list[T], list[InputError]]:
    """What `read` makes of each line of the files, and what was wrong with the others."""
    values: list[T] = []
    errors: list[InputError] = []
    for file in files:
        for number, raw in read_lines(file):
            try:
                if isinstance(raw, InputError):
                    raise raw
                values.append(read(raw, source=name_of(file), number=number))
            except InputError as error:
                errors.append(error)
    return values, errors


def _show_figures(figures: Mapping[str, float | int | None], *, as_json: bool) -> None:
    if as_json:
        typer.echo(dumps(figures))
        return
    for name, value in figures.items():
        shown = "-" if value is None else f"{value}" if isinstance(value, int) else f"{value:.3f}"
        typer.echo(f"{name:<20}{shown:>8}")

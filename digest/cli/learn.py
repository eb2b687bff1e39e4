"""Training a model, going back to the one before, and measuring one: the options; the work is in the modules beside."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from digest.cli.options import AsJson, Day, ModelFile
from digest.cli.surroundings import look_around
from digest.errors import UsageError

Corpus = Annotated[
    list[str] | None, typer.Option("--corpus", metavar="FILE", help="Labelled articles as JSON Lines; repeatable.")
]


def train(
    corpus: Corpus = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="MODEL", help="Write it here; the office's stays in use.")
    ] = None,
    onto: Annotated[
        bool | None,
        typer.Option(
            "--onto/--alone",
            help="Learn onto the model in use what editors decided and the files say, or from the files alone. "
            "Without --corpus --onto, with it --alone.",
        ),
    ] = None,
    rollback: Annotated[bool, typer.Option("--rollback", help="Bring the model before back.")] = False,
    show: Annotated[bool, typer.Option("--list", help="The model in use and those before it.")] = False,
    date: Annotated[
        str | None,
        typer.Option("--date", metavar="YYYY-MM-DD", help="The date in the model's name; today if not given."),
    ] = None,
    measure: Annotated[bool, typer.Option(help="With -o: measure it on days left out, in turn.")] = True,
    as_json: AsJson = False,
) -> int:
    """A new model; it takes the old one's place only where it is not worse on days neither has learnt from."""
    from digest.cli import models

    if (rollback or show) and (corpus or output or onto is not None or (rollback and show)):
        raise UsageError("--rollback and --list stand alone")
    surroundings = look_around()
    if rollback:
        return models.bring_back(surroundings)
    if show:
        return models.show_kept(surroundings, as_json=as_json)
    if onto is False and not corpus:
        raise UsageError("--alone needs --corpus: the files to learn from")
    if not measure and output is None:
        raise UsageError("--no-measure needs -o: the model in use is only replaced by one that was measured")
    from digest.cli import training

    orders = training.Orders(
        corpus=tuple(corpus or ()),
        output=output,
        onto=not corpus if onto is None else onto,
        date=date,
        measure=measure,
        as_json=as_json,
    )
    return training.train(orders, surroundings)


def evaluate(
    file: Annotated[
        str | None, typer.Argument(metavar="IN.jsonl", help="Articles as JSON Lines; .gz as it is, - is stdin.")
    ] = None,
    labels: Annotated[
        str | None, typer.Option("--labels", metavar="L.jsonl", help="Labels as JSON Lines, by article id.")
    ] = None,
    corpus: Corpus = None,
    folds: Annotated[
        Literal["days", "stories"], typer.Option(help="With --corpus: what is left out of training in turn.")
    ] = "days",
    unseen: Annotated[
        bool, typer.Option("--unseen", help="Leave out what the model has learnt from, and near-copies of it.")
    ] = False,
    date: Day = None,
    model: ModelFile = None,
    as_json: AsJson = False,
) -> int:
    """Figures of judgements against labels; of a model on IN, or of models trained on the corpus without its parts."""
    from digest.cli import evaluating

    if bool(file) != bool(labels) or bool(file) == bool(corpus):
        raise UsageError("give IN.jsonl with --labels, or --corpus alone")
    if corpus:
        if unseen or model:
            raise UsageError(
                "--corpus measures models that are trained for it: --model and --unseen mean nothing there"
            )
        return evaluating.in_turn(corpus, folds, as_json=as_json)
    return evaluating.against(
        str(file), str(labels), look_around(), date=date, model=model, unseen=unseen, as_json=as_json
    )

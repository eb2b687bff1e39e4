"""The office's models on the command line: which is in use, which were before it, and back to one of these."""

import typer

from classifiers.modelfile import Card
from digest.cli.console import say
from digest.cli.surroundings import Surroundings
from digest.errors import SettingsError
from digest.pipeline.model_store import ModelStore, alone, kept, roll_back
from digest.settings import MODEL_FILE
from digest.wire import dump, dumps


def store_of(surroundings: Surroundings) -> ModelStore:
    """The office's store. SettingsError where the settings name a model outside it, which would stay in use."""
    settings = surroundings.settings
    store = ModelStore(in_use=settings.home / MODEL_FILE)
    if settings.model is not None and settings.model != store.in_use:
        raise SettingsError(
            f"the settings name the model {settings.model}, so no other can be put in use; remove the key model "
            "(or DIEMBAO_MODEL), or write a model to a file with -o"
        )
    return store


def bring_back(surroundings: Surroundings) -> int:
    """Put the model before in use and say which; articles are judged again with it."""
    store = store_of(surroundings)
    with alone(store):
        leaving, back = roll_back(store)
    say(f"rolled back: {back} is in use, {leaving} no more; articles are judged again by the next run")
    typer.echo(back)
    return 0


def show_kept(surroundings: Surroundings, *, as_json: bool) -> int:
    """One line a model, the one in use first."""
    cards = kept(store_of(surroundings))
    if as_json:
        typer.echo(dumps({"models": [dump(card) for card in cards]}))
        return 0
    for place, card in enumerate(cards):
        typer.echo(f"{'in use' if place == 0 else 'before':<8}{told_of(card)}")
    return 0


def told_of(card: Card) -> str:
    """The model in one line: its name, what it learnt from, how good it was found."""
    base = f" onto {card.base}" if card.base else ""
    figures = ", ".join(
        f"{name} {card.figures[name]:.2f}" + _between(card, name)
        for name in ("rel_f1", "section_macro_f1")
        if name in card.figures
    )
    return f"{card.name}: {card.rows} rows{base}; {figures or 'not measured'}"


def _between(card: Card, name: str) -> str:
    if name not in card.intervals:
        return ""
    low, high = card.intervals[name]
    return f" [{low:.2f}, {high:.2f}]"

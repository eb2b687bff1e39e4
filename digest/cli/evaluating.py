"""`diembao evaluate`: one model against labels, or models trained on a labelled corpus without the parts they judge."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal

import typer

from classifiers import modelfile
from classifiers.breakdown import break_down
from classifiers.comparison import held_out, how_measured, splits_of, story_splits
from classifiers.counting import Pair
from classifiers.evaluation import evaluate, interval
from classifiers.features import read
from classifiers.labels import Label, corrected, label_from, labelled_from, read_corrections
from classifiers.training import fit, prepare, whole_days
from digest.cli.console import close, progress, say, troubles_of
from digest.cli.figures import breakdown_lines, figure_lines
from digest.cli.judging import judgements_of
from digest.cli.labelled_lines import read_all
from digest.cli.lines import day_from, read_judged
from digest.cli.surroundings import Surroundings
from digest.errors import InputError, UsageError
from digest.files import name_of
from digest.model import VIETNAM, Article
from digest.pipeline.report import Report
from digest.wire import dump, dumps

_SEED = 1
_STORY_FOLDS = 5


def against(
    file: str,
    labels: str,
    surroundings: Surroundings,
    *,
    date: str | None,
    model: Path | None,
    unseen: bool,
    as_json: bool,
) -> int:
    """Figures of the judgements on the lines (missing ones are made) against labels."""
    if file == labels == "-":
        raise UsageError("--labels -: stdin holds the articles already; name a file of labels")
    lines = read_judged(file)
    given, wrong = read_all([labels], label_from)
    known = _by_id(given, labels)
    day = day_from(date, surroundings.today) if date else None
    wanted = [article for article in lines.articles if article.id in known]
    if not wanted and not (lines.errors or wrong):
        raise InputError("none of the articles has a label here; labels name articles by `id`", source=name_of(labels))
    if len(wanted) < len(lines.lines):
        say(f"{len(lines.lines) - len(wanted)} of {len(lines.lines)} articles have no label and are not counted")
    in_use = modelfile.read(model or surroundings.settings.model)
    wanted = _told_apart(in_use, wanted, day, unseen=unseen)
    judged = judgements_of(lines, surroundings, day=day, model=model)
    _show(
        wanted,
        [_day_of(article) or day for article in wanted],
        [(judged[article.id], known[article.id]) for article in wanted],
        as_json=as_json,
    )
    errors = (*lines.errors, *wrong)
    return close(Report(), troubles_of(errors), as_json=as_json) if errors else 0


def in_turn(corpus: Sequence[str], folds: Literal["days", "stories"], *, as_json: bool) -> int:
    """Figures of each day, or each fifth of the stories, by a model trained on the rest without near-copies of it."""
    rows, errors = read_all(corpus, labelled_from)
    if folds == "days" and not whole_days(rows):
        raise InputError('no day is wholly labelled (`"set": "day"`): use --folds stories')
    with progress("reading", len(rows)) as advance:
        material = prepare(corrected(rows, read_corrections()), progress=lambda _done: advance(1))
    splits = splits_of(material) if folds == "days" else story_splits(material, _STORY_FOLDS)
    with progress(f"measuring, left out in turn: {len(splits)}"):
        given = [row.label for row in rows]
        pairs = held_out(material, given, splits, make=lambda part: fit(part, trained=date.min))
    say(how_measured(splits))
    places = [at for split in splits for at in split.unseen]
    _show([rows[at].article for at in places], [rows[at].day for at in places], pairs, as_json=as_json)
    return close(Report(), troubles_of(errors), as_json=as_json) if errors else 0


def _by_id(given: Sequence[Label], labels: str) -> dict[str, Label]:
    known: dict[str, Label] = {}
    for label in given:
        if known.setdefault(label.id, label) != label:
            raise InputError(f"two labels of {label.id!r} differ; leave one", source=name_of(labels), field="id")
    return known


def _told_apart(
    model: modelfile.Model, articles: Sequence[Article], day: date | None, *, unseen: bool
) -> list[Article]:
    """The articles to count; says how many of them the model, or a near-copy of them, learnt from."""
    if model.learnt is None:
        say(f"{model.card.name} keeps no record of what it learnt from: it may know these very articles")
        return list(articles)
    ids = model.learnt.has(article.id for article in articles)
    fresh = [
        article
        for article, is_known in zip(articles, ids, strict=True)
        if not is_known and not model.learnt.has_copy_of(read(article, day=day or date.max))
    ]
    learnt = len(articles) - len(fresh)
    if unseen:
        say(f"{learnt} of {len(articles)} articles were learnt by {model.card.name}, or a near-copy, and are left out")
        return fresh
    if learnt:
        say(
            f"{learnt} of {len(articles)} articles were learnt by {model.card.name}, or a near-copy of them: "
            "their figures show what it remembers; --unseen leaves them out"
        )
    return list(articles)


def _day_of(article: Article) -> date | None:
    moment = article.published or article.fetched
    return moment.astimezone(VIETNAM).date() if moment else None


def _show(articles: Sequence[Article], days: Sequence[date | None], pairs: Sequence[Pair], *, as_json: bool) -> None:
    figures, intervals = evaluate(pairs).as_dict(), interval(pairs, seed=_SEED)
    told = break_down(articles, days, pairs)
    if as_json:
        whole: dict[str, Any] = figures | {"intervals": intervals} | dump(told)
        typer.echo(dumps(whole))
        return
    for line in (*figure_lines(figures, intervals), *breakdown_lines(told)):
        typer.echo(line)

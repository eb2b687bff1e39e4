"""From articles to an issue, and from an issue to its files."""

from pathlib import Path
from typing import Annotated

import typer

from digest import profile as profiles
from digest.cli.console import close, progress, troubles_of
from digest.cli.judging import judgements_of
from digest.cli.lines import Read, day_from, folder_from, read_judged
from digest.cli.options import AsJson, Day, ModelFile, Output, ProfileName
from digest.cli.outlets import known_sources
from digest.cli.surroundings import look_around
from digest.errors import ProfileError
from digest.files import name_of, read_text, write_whole
from digest.model import StoryMark
from digest.pipeline.report import Report, counted
from digest.wire import dump, dumps, issue_from, parse


def draft(
    file: Annotated[str, typer.Option("--from", metavar="IN.jsonl", help="Articles, judged or not; - is stdin.")],
    date: Day = None,
    profile: ProfileName = None,
    output: Output = "-",
    model: ModelFile = None,
    as_json: AsJson = False,
) -> int:
    """The day's issue from articles; judgements and stories on the lines are used, missing ones are made."""
    from digest.pipeline.drafting import draft as make_draft
    from digest.pipeline.drafting import rights_of
    from digest.pipeline.store import printed_if_known

    surroundings = look_around()
    settings = surroundings.settings
    day = day_from(date, surroundings.today)
    chosen = profiles.load(profile or settings.profile)
    read = read_judged(file)
    judgements = judgements_of(read, surroundings, day=day, model=model)
    marks = _marks(read)
    printed = printed_if_known(settings.database, chosen.id, day)
    rights = rights_of(known_sources(surroundings))
    made = make_draft(read.articles, judgements, marks, profile=chosen, day=day, printed=printed, rights=rights)
    write_whole(output, (dumps(dump(made.issue), indent=2) + "\n").encode())
    report = Report(
        day=day,
        profile=chosen.id,
        collected=len(read.lines),
        judged=len(judgements),
        relevant=sum(judgement.selected for judgement in judgements.values()),
        stories=len({mark.story for mark in marks.values()}),
        printed=len(made.selection.chosen),
        sections={section.key: len(section.items) for section in made.issue.sections},
        dropped=counted(drop.rule for drop in made.selection.dropped),
    )
    return close(report, troubles_of(read.errors), as_json=as_json)


def render(
    file: Annotated[str, typer.Argument(metavar="ISSUE.json", help="An issue as JSON; - is stdin.")],
    formats: Annotated[
        str, typer.Option("--format", metavar="LIST", help="Some of html,pdf,docx,mail,text,chat,json,atom.")
    ] = "html,pdf,docx,mail",
    output: Annotated[str, typer.Option("-o", "--output", metavar="DIR", help="The folder to write into.")] = ".",
    profile: ProfileName = None,
    as_json: AsJson = False,
) -> int:
    """The issue as files <profile>-<date>.<ending>; their paths on stdout."""
    from digest.pipeline.publishing import formats_from, write_renditions

    wanted = formats_from(formats)
    folder = folder_from(output)
    issue = issue_from(parse(read_text(file), source=name_of(file)), source=name_of(file))
    try:
        series = profiles.load(profile or issue.profile)
    except ProfileError as error:
        if profile:
            raise
        raise ProfileError(f"{error}; or, as at draft, give the profile's file with --profile") from error
    with progress("rendering", len(wanted)) as advance:
        written = write_renditions(issue, series, wanted, folder, advance=advance)
    report = Report(
        day=issue.date,
        profile=issue.profile,
        printed=sum(len(section.items) for section in issue.sections),
        written=show_paths(written.paths),
        notes=written.notes,
    )
    return close(report, written.troubles, as_json=as_json)


def show_paths(paths: tuple[Path, ...]) -> tuple[str, ...]:
    """The files made, a path a line on stdout."""
    shown = tuple(str(path) for path in paths)
    for path in shown:
        typer.echo(path)
    return shown


def _marks(read: Read) -> dict[str, StoryMark]:
    """By article id: as the lines have them when all of them have one, else grouped now."""
    known = [line.mark for line in read.lines if line.mark]
    if len(known) < len(read.lines):
        from classifiers.stories import group

        known = list(group(read.articles))
    return {article.id: mark for article, mark in zip(read.articles, known, strict=True)}

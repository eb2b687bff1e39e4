"""From articles to an issue, and from an issue to its files."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from digest import profile as profiles
from digest.choose import Dropped
from digest.cli.console import close, progress, troubles_of
from digest.cli.judging import judgements_of
from digest.cli.lines import Read, day_from, folder_from, read_judged, read_own
from digest.cli.options import AsJson, Day, ModelFile, Output, ProfileName
from digest.cli.outlets import known_sources
from digest.cli.surroundings import look_around
from digest.errors import ProfileError, UsageError
from digest.files import json_lines, name_of, read_text, write_whole
from digest.model import Issue, Judgement, StoryMark
from digest.pictures import printed_pictures, unkept_pictures
from digest.pipeline.report import Report, counted
from digest.wire import Raw, dump, dumps, issue_from, parse

Tray = Annotated[str | None, typer.Option("--tray", metavar="FILE", help="The stories that just missed, a line each.")]

Own = Annotated[
    str | None, typer.Option("--own", metavar="FILE", help="The office's own articles, a line each with its section.")
]
Number = Annotated[int | None, typer.Option("--number", min=1, max=99999, help="The issue's number.")]


def draft(
    file: Annotated[str, typer.Option("--from", metavar="IN.jsonl", help="Articles, judged or not; - is stdin.")],
    date: Day = None,
    profile: ProfileName = None,
    output: Output = "-",
    tray: Tray = None,
    own: Own = None,
    number: Number = None,
    model: ModelFile = None,
    as_json: AsJson = False,
) -> int:
    """The day's issue from articles; judgements and stories on the lines are used, missing ones are made."""
    from digest.pipeline.drafting import draft as make_draft
    from digest.pipeline.drafting import kinds_of, names_of, rights_of
    from digest.pipeline.news import with_news
    from digest.pipeline.own_pictures import picture_own
    from digest.pipeline.store import printed_if_known

    if tray == output:
        raise UsageError(f"--tray {tray}: the issue goes there; name another file")
    surroundings = look_around()
    settings = surroundings.settings
    day = day_from(date, surroundings.today)
    chosen = profiles.load(profile or settings.profile)
    read = read_judged(file)
    judgements = judgements_of(read, surroundings, day=day, model=model)
    marks = _marks(read)
    printed = printed_if_known(settings.database, chosen.id, day)
    told = [article for article in read.articles if printed.has(article)]
    printed = with_news(printed, read.articles, marks, told=told)
    line = _line_of(judgements.values(), model or settings.model)
    sources = known_sources(surroundings)
    made = make_draft(
        read.articles,
        judgements,
        marks,
        profile=chosen,
        day=day,
        printed=printed,
        line=line,
        rights=rights_of(sources),
        kind_of=kinds_of(sources),
        name_of=names_of(sources),
        own=read_own(own) if own else (),
        number=number,
    )
    issue, notes = made.issue, list[str]()
    if own:
        pictured = picture_own(
            issue, chosen, folder=Path(own).parent, database=settings.database, moment=surroundings.moment
        )
        issue, notes = pictured.issue, [*pictured.notes]
    write_whole(output, (dumps(dump(issue), indent=2) + "\n").encode())
    if tray:
        _write_tray(tray, made.selection.tray, line=line)
    report = Report(
        day=day,
        profile=chosen.id,
        collected=len(read.lines),
        judged=len(judgements),
        relevant=sum(judgement.selected for judgement in judgements.values()),
        stories=len({mark.story for mark in marks.values()}),
        printed=sum(len(section.items) for section in issue.sections),
        sections={section.key: len(section.items) for section in issue.sections},
        dropped=counted(drop.rule for drop in made.selection.dropped),
        near_misses=len(made.selection.tray),
    )
    if not report.printed:
        why = "every relevant story was dropped, see the rules above" if report.relevant else "no article is relevant"
        notes.append(f"the issue is empty: {why}")
    return close(replace(report, notes=tuple(notes)), troubles_of(read.errors), as_json=as_json)


def render(
    file: Annotated[str, typer.Argument(metavar="ISSUE.json", help="An issue as JSON; - is stdin.")],
    formats: Annotated[
        str, typer.Option("--format", metavar="LIST", help="Some of html,pdf,docx,mail,text,chat,json,atom,png,note.")
    ] = "html,pdf,docx,mail",
    output: Annotated[str, typer.Option("-o", "--output", metavar="DIR", help="The folder to write into.")] = ".",
    profile: ProfileName = None,
    as_json: AsJson = False,
) -> int:
    """The issue as files <profile>-<date>.<ending>; their paths on stdout."""
    from digest.pipeline.publishing import formats_from, write_renditions
    from digest.pipeline.store import pictures_if_known

    wanted = formats_from(formats)
    folder = folder_from(output)
    issue = issue_from(parse(read_text(file), source=name_of(file)), source=name_of(file))
    try:
        series = profiles.load(profile or issue.profile)
    except ProfileError as error:
        if profile:
            raise
        raise ProfileError(f"{error}; or, as at draft, give the profile's file with --profile") from error
    shown = pictures_if_known(look_around().settings.database, issue) if printed_pictures(issue) else {}
    with progress("rendering", len(wanted)) as advance:
        written = write_renditions(issue, series, wanted, folder, pictures=shown, advance=advance)
    report = Report(
        day=issue.date,
        profile=issue.profile,
        printed=sum(len(section.items) for section in issue.sections),
        written=show_paths(written.paths),
        notes=(*written.notes, *_left_out(issue, series)),
    )
    return close(report, written.troubles, as_json=as_json)


def _left_out(issue: Issue, series: profiles.Profile) -> Iterator[str]:
    """Pictures that a reader of the articles would look for, and that nobody kept."""
    count = unkept_pictures(issue) if series.copyright.pictures == "print" else 0
    if count:
        yield f"pictures without a kept copy, left out: {count}"


def show_paths(paths: tuple[Path, ...]) -> tuple[str, ...]:
    """The files made, a path a line on stdout."""
    shown = tuple(str(path) for path in paths)
    for path in shown:
        typer.echo(path)
    return shown


def _line_of(judgements: Iterable[Judgement], model: Path | None) -> float | None:
    """The line of the model in use, where it made all the judgements; None where nobody can say how far one missed."""
    made_by = {judgement.model for judgement in judgements}
    if len(made_by) != 1 or "" in made_by:
        return None
    from classifiers import modelfile

    card = modelfile.read(model).card
    return card.line if made_by == {card.name} else None


def _write_tray(target: str, tray: Iterable[Dropped], *, line: float | None) -> None:
    """The stories that just missed, a line each: the article as it was judged, and what kept it out."""
    from digest.pipeline.reasons import near_miss

    def raw_of(drop: Dropped) -> Raw:
        candidate = drop.candidate
        whole = dump(candidate.article) | dump(candidate.judgement) | dump(candidate.story)
        return whole | dump(near_miss(drop, line=line))

    write_whole(target, json_lines(dumps(raw_of(drop)) for drop in tray))


def _marks(read: Read) -> dict[str, StoryMark]:
    """By article id: as the lines have them when all of them have one, else grouped now."""
    known = [line.mark for line in read.lines if line.mark]
    if len(known) < len(read.lines):
        from classifiers.stories import group
        from classifiers.story_meaning import installed_meaning

        known = list(group(read.articles, meaning=installed_meaning()))
    return {article.id: mark for article, mark in zip(read.articles, known, strict=True)}

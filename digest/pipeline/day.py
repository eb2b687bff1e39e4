"""A whole day: collect, judge, group, draft, render.

Each stage keeps its outcome in one transaction (collecting: one a page), and a stage that was done already finds
nothing new to do. A run may therefore be killed anywhere and started again: the same issue, nothing twice.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Engine

from classifiers.judge import Judge
from classifiers.stories import group
from classifiers.story_meaning import Meaning
from digest.choose import Window
from digest.errors import DiembaoError
from digest.issue import RightsOf, all_rights
from digest.model import Issue
from digest.pipeline.collecting import Collecting, collect_into
from digest.pipeline.drafting import NameOf, issue_window, no_name
from digest.pipeline.filing import file_issue
from digest.pipeline.judging import judge_articles
from digest.pipeline.pictures import Printing, picture_issue, printing_of
from digest.pipeline.report import Report, counted, with_troubles
from digest.pipeline.selecting import late_stories, select_day
from digest.pipeline.store import printed_before
from digest.profile import Profile
from digest.ranking import KindOf, no_kind
from digest.versions import is_settled
from digest.workdays import is_working_day
from storage import articles, issues, judgements, runs, stories
from storage.database import begin, reading

Progress = Callable[[str, int | None], AbstractContextManager[Callable[[int], None]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What a run is told: which day and profile, which model, what the outlets are and let be printed, what to write where."""

    day: date
    profile: Profile
    model: Path | None
    processes: int
    rights: RightsOf = all_rights
    kind_of: KindOf = no_kind
    name_of: NameOf = no_name
    meaning: Meaning | None = None
    formats: tuple[str, ...] = ()
    folder: Path | None = None

    @property
    def printing(self) -> Printing:
        """What of pictures the profile prints."""
        return printing_of(self.profile, self.rights)


@dataclass(slots=True)
class _Watch:
    """Wall seconds by stage."""

    ticks: Callable[[], float] = time.monotonic
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        begun = self.ticks()
        try:
            yield
        finally:
            self.seconds[name] = round(self.ticks() - begun, 2)


def run_day(
    engine: Engine,
    orders: Orders,
    collecting: Collecting | None,
    *,
    clock: Callable[[], datetime],
    progress: Progress,
) -> tuple[Issue, Report]:
    """The day's work up to the draft, and its files where a folder is named. Never publishes.

    Without `collecting` only what the database holds is used. What failed on the way is in the report.
    """
    with begin(engine) as session:
        run = runs.start_run(session, day=orders.day, profile=orders.profile.id, moment=clock())
    try:
        issue, report = _stages(engine, orders, collecting, run, progress)
    except DiembaoError as error:
        with begin(engine) as session:
            runs.finish_run(session, run, moment=clock(), outcome="failed", report={"error": str(error)})
        raise
    with begin(engine) as session:
        figures = {"collected": report.collected, "printed": report.printed, "dropped": report.dropped}
        runs.finish_run(session, run, moment=clock(), outcome="done", report=figures | {"failed": report.failed})
    return issue, report


def _stages(
    engine: Engine, orders: Orders, collecting: Collecting | None, run: int, progress: Progress
) -> tuple[Issue, Report]:
    watch = _Watch()
    judge = Judge.load(orders.model)  # first of all: a broken model must not cost a round through the outlets
    window = issue_window(orders.profile, orders.day)
    report = Report(day=orders.day, profile=orders.profile.id)
    if collecting:
        with watch.stage("collect"), progress("collecting", len(collecting.sources)) as advance:
            report = collect_into(engine, collecting, report, run=run, window=window, advance=advance)
    with watch.stage("judge"):
        judged = _judge(engine, orders, judge, window, progress)
    with watch.stage("stories"):
        _group(engine, orders, window)
    with watch.stage("draft"):
        issue, drafted = _draft(engine, orders, judge, report)
    if orders.printing.each and not is_settled(issue):
        with watch.stage("pictures"), progress("pictures", None) as advance:
            issue, drafted = _picture(engine, issue, orders, collecting, run, drafted, advance)
    report = replace(drafted, judged=judged, notes=(*drafted.notes, *_notes(orders, drafted)))
    if orders.folder and orders.formats and report.printed and not is_settled(issue):
        with watch.stage("render"), progress("rendering", len(orders.formats)) as advance:
            report = _render(engine, issue, orders, report, advance)
    return issue, replace(report, seconds=watch.seconds)


def _notes(orders: Orders, report: Report) -> tuple[str, ...]:
    """What a person should know of a day that is not as usual."""
    notes = [] if is_working_day(orders.day) else [f"{orders.day} is no working day"]
    if not report.printed and not (report.collected or report.known or report.unchanged or report.relevant):
        notes.append("the issue is empty: no article of its days was collected; see what failed above")
    elif not report.printed and not report.relevant:
        notes.append("the issue is empty: no article of its days was found relevant")
    elif not report.printed:
        notes.append("the issue is empty: every relevant story was dropped, see the rules above")
    return tuple(notes)


def _judge(engine: Engine, orders: Orders, judge: Judge, window: Window, progress: Progress) -> int:
    with reading(engine) as session:
        waiting = judgements.unjudged(session, window.start, window.end, judge.card.name)
    if not waiting:
        return 0
    with progress("judging", len(waiting)) as advance:
        made = judge_articles(
            waiting,
            judge=judge,
            day=orders.day,
            today=orders.day,
            processes=orders.processes,
            advance=advance,
        )
    with begin(engine) as session:
        for article, judgement in zip(waiting, made, strict=True):
            judgements.keep_judgement(session, article.id, judgement)
    return len(waiting)


def _group(engine: Engine, orders: Orders, window: Window) -> None:
    day = orders.day
    with reading(engine) as session:
        known = articles.articles_of_window(session, window.start, window.end)
        here = {article.id for article in known}
        before = printed_before(engine, orders.profile.id, day).articles.difference(here)
        # What earlier issues printed is grouped with the day, so that another outlet's copy of it does not return.
        known += [one for name in sorted(before) if (one := articles.article_by_id(session, name))]
    marks = group(known, meaning=orders.meaning)
    with begin(engine) as session:
        stories.replace_stories(session, day, {article.id: mark for article, mark in zip(known, marks, strict=True)})


def _draft(engine: Engine, orders: Orders, judge: Judge, report: Report) -> tuple[Issue, Report]:
    day = orders.day
    made = select_day(
        engine,
        orders.profile,
        day,
        model=judge.card.name,
        line=judge.line,
        rights=orders.rights,
        kind_of=orders.kind_of,
        name_of=orders.name_of,
    )
    selection = made.draft.selection
    figures = replace(
        report,
        relevant=made.relevant,
        stories=made.stories,
        dropped=counted(drop.rule for drop in selection.dropped),
        near_misses=len(selection.tray),
    )
    with begin(engine) as session:
        standing = issues.issue_of(session, orders.profile.id, day)
        if standing is None or not is_settled(standing):
            kept = issues.save_draft(session, made.draft.issue)
            return kept, _counting(kept, figures)
    late = len(late_stories(selection, standing))
    if standing.status == "draft":
        note = (
            f"the issue of {day} was edited (version {standing.version}): it stays as it is; stories it lacks: {late}"
        )
    else:
        note = f"the issue of {day} is {standing.status}: it stays as it is; later stories waiting: {late}"
    return standing, _counting(standing, replace(figures, notes=(*figures.notes, note)))


def _picture(  # noqa: PLR0913, PLR0917 - a stage's
    engine: Engine,
    issue: Issue,
    orders: Orders,
    collecting: Collecting | None,
    run: int,
    report: Report,
    advance: Callable[[int], None],
) -> tuple[Issue, Report]:
    """The draft with its pictures, kept; a picture that cannot be had costs itself alone."""
    made = picture_issue(engine, issue, orders.printing, collecting, run=run, advance=advance)
    with begin(engine) as session:
        standing = issues.issue_of(session, issue.profile, issue.date)
        if standing is None or not is_settled(standing):
            return issues.save_draft(session, made.issue), with_troubles(report, made.troubles)
    note = f"the issue of {issue.date} was edited or approved meanwhile: it stays as it is"
    return standing, with_troubles(replace(report, notes=(*report.notes, note)), made.troubles)


def _counting(issue: Issue, report: Report) -> Report:
    sections = {section.key: len(section.items) for section in issue.sections}
    return replace(report, sections=sections, printed=sum(sections.values()))


def _render(engine: Engine, issue: Issue, orders: Orders, report: Report, advance: Callable[[int], None]) -> Report:
    made = file_issue(engine, issue, orders.profile, orders.formats, orders.folder or Path(), advance=advance)
    written = tuple(str(path) for path in made.paths)
    return with_troubles(replace(report, written=written, notes=(*report.notes, *made.notes)), made.troubles)

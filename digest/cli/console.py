"""Reports and progress on stderr: a bar on a terminal, plain lines elsewhere, JSON on wish."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from digest.errors import InputError
from digest.pipeline.report import Alert, Report, Trouble, counted
from digest.wire import dump, dumps

TROUBLES_SHOWN = 20
ALERTS_SHOWN = 20


def say(text: str) -> None:
    """One line for a person."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


@contextmanager
def progress(stage: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Show how far a stage is; what it yields is called with the number of steps done since the last call."""
    if not sys.stderr.isatty():
        say(f"{stage} …" if total is None else f"{stage}: {total} …")
        yield lambda _steps: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(stage, total=total)
        yield lambda steps: bar.advance(task, steps)


def show_report(report: Report, *, as_json: bool) -> None:
    """The closing report: what came in, what was kept, what was dropped by which rule, what failed, what was made."""
    if as_json:
        say(dumps(dump(report)))
        return
    for line in report_lines(report):
        say(line)


def report_lines(report: Report) -> list[str]:
    """The report for a person, a figure a line, only the lines that say something."""
    figures = (
        ("sources asked", report.sources),
        ("articles collected", report.collected),
        ("already known", report.known),
        ("listings unchanged", report.unchanged),
        ("not of these days", report.outside),
        ("judged", report.judged),
        ("relevant", report.relevant),
        ("stories", report.stories),
        ("printed", report.printed),
        ("near misses", report.near_misses),
    )
    lines = [f"{name:<20}{count:>7}" for name, count in figures if count]
    for name, counts in (("in section", report.sections), ("dropped", report.dropped), ("failed", report.failed)):
        lines += [f"{name:<20}{count:>7}  {word}" for word, count in counts.items()]
    lines += trouble_lines(report.troubles)
    lines += alert_lines(report.alerts[:ALERTS_SHOWN])
    if len(report.alerts) > ALERTS_SHOWN:
        lines.append(f"alert: … and {len(report.alerts) - ALERTS_SHOWN} more; diembao doctor lists them all")
    lines += [f"note: {note}" for note in report.notes]
    if report.seconds:
        lines.append(
            "seconds             " + "  ".join(f"{stage} {spent:.1f}" for stage, spent in report.seconds.items())
        )
    return lines


def trouble_lines(troubles: Sequence[Trouble]) -> list[str]:
    """One line a trouble, as many as a person reads."""
    lines = [_trouble_line(trouble) for trouble in troubles[:TROUBLES_SHOWN]]
    if len(troubles) > TROUBLES_SHOWN:
        lines.append(f"  … and {len(troubles) - TROUBLES_SHOWN} more; --json lists them all")
    return lines


def alert_lines(alerts: Sequence[Alert]) -> list[str]:
    """One line an alert, with what to do."""
    return [f"alert: {alert.source}: {alert.kind}: {alert.said} – {alert.remedy}" for alert in alerts]


def troubles_of(errors: Sequence[InputError]) -> tuple[Trouble, ...]:
    """Bad input lines as they stand in a report."""
    return tuple(Trouble(stage="read", kind="bad-input", subject=error.source, detail=str(error)) for error in errors)


def _trouble_line(trouble: Trouble) -> str:
    detail = trouble.detail if trouble.subject in trouble.detail else f"{trouble.subject} {trouble.detail}"
    return f"  {trouble.stage}: {trouble.kind}: {detail.strip()}"


def close(report: Report, troubles: Sequence[Trouble], *, as_json: bool) -> int:
    """Show the report with its troubles; the command's exit status."""
    whole = replace(
        report,
        troubles=(*report.troubles, *troubles),
        failed=report.failed or counted(trouble.kind for trouble in troubles),
    )
    show_report(whole, as_json=as_json)
    return 1 if whole.troubles else 0

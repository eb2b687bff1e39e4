"""The issues that the database keeps: which there are, one version whole, and what became of each."""

from typing import TYPE_CHECKING

import typer

from digest import profile as profiles
from digest.cli.console import say
from digest.cli.lines import day_from
from digest.cli.options import AsJson, Day, Output, ProfileName
from digest.cli.surroundings import look_around
from digest.cli.versions import Version, series_of, stored
from digest.files import write_whole
from digest.wire import dump, dumps

if TYPE_CHECKING:
    from digest.model import IssueEvent


def list_issues(profile: ProfileName = None, as_json: AsJson = False) -> int:
    """Every version of every issue, a line each: day, profile, version, status, items, the beginning of its hash."""
    from digest.pipeline.versions import all_issues

    name = profiles.load(profile).id if profile else None
    with stored(look_around()) as engine:
        for issue in all_issues(engine, name):
            items = sum(len(section.items) for section in issue.sections)
            if as_json:
                known = {name: value for name, value in dump(issue).items() if name != "sections"}
                typer.echo(dumps(known | {"items": items}))
            else:
                typer.echo(
                    f"{issue.date}  {issue.profile}  version {issue.version}  {issue.status:<9}  {items:>3} items  "
                    f"{str(issue.hash)[:12]}"
                )
    return 0


def show_issue(date: Day = None, profile: ProfileName = None, version: Version = None, output: Output = "-") -> int:
    """A version as issue.json; its record and the files that show it on stderr."""
    from digest.pipeline.versions import known_issue

    surroundings = look_around()
    with stored(surroundings) as engine:
        series = series_of(surroundings, profile)
        known = known_issue(engine, series.id, day_from(date, surroundings.today), version)
    write_whole(output, (dumps(dump(known.issue), indent=2) + "\n").encode())
    say(f"version {known.issue.version}: {known.issue.status}, content {known.issue.hash}")
    for event in known.events:
        say(_event_line(event))
    for file in known.files:
        say(f"file {file.format}: {file.path}, {file.size} bytes, sha256 {file.sha256}")
    return 0


def _event_line(event: "IssueEvent") -> str:
    parts = [
        f"{event.moment:%Y-%m-%d %H:%M}  version {event.version}  {event.deed}",
        f"item {event.item}" if event.item is not None else "",
        f"by {event.by}" if event.by else "",
        event.reason or "",
    ]
    return "  ".join(part for part in parts if part)

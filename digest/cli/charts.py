"""A bar chart from a table an editor pasted, or from what issues print: alone, or behind an item of an issue."""

from collections.abc import Sequence
from typing import Annotated

import typer

from digest.charts import chart_from_table, with_chart
from digest.cli.options import Output
from digest.counts import COUNTS
from digest.errors import InputError, UsageError
from digest.files import name_of, read_text, write_whole
from digest.model import Chart, Issue
from digest.wire import dump, dumps, issue_from, parse

_WAYS = ", ".join(COUNTS)


def chart(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...", help="A table with a name and a value a line; with --count issues. - is stdin."
        ),
    ],
    count: Annotated[
        str | None, typer.Option("--count", metavar="WHAT", help=f"Count the issues' items by one of {_WAYS}.")
    ] = None,
    into: Annotated[
        str | None, typer.Option("--into", metavar="ISSUE.json", help="The issue that takes the chart.")
    ] = None,
    item: Annotated[
        int | None, typer.Option("--item", metavar="N", help="The number of the item it stands behind.")
    ] = None,
    output: Output = "-",
) -> int:
    """A pasted table, or the items of issues counted, as a bar chart: as JSON, or in the issue it is put --into."""
    if (into is None) != (item is None):
        raise UsageError("--into and --item go together: the issue and the number of its item")
    drawn = _of_table(files) if count is None else _counted(files, count)
    made = dump(drawn if into is None or item is None else with_chart(_issue(into), item, drawn))
    write_whole(output, (dumps(made, indent=2) + "\n").encode())
    return 0


def _of_table(files: Sequence[str]) -> Chart:
    if len(files) != 1:
        raise UsageError(f"a table is one file; where these are issues, say with --count by what to count: {_WAYS}")
    try:
        return chart_from_table(read_text(files[0]))
    except InputError as error:
        raise InputError(error.message, source=error.source or name_of(files[0]), line=error.line) from error


def _counted(files: Sequence[str], what: str) -> Chart:
    if what not in COUNTS:
        raise UsageError(f"--count {what}: is none of {_WAYS}")
    drawn = COUNTS[what]([_issue(file) for file in files])
    if drawn is None:
        raise InputError(f"has nothing to count by {what}", source=", ".join(map(name_of, files)))
    return drawn


def _issue(file: str) -> Issue:
    return issue_from(parse(read_text(file), source=name_of(file)), source=name_of(file))

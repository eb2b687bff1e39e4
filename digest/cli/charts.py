"""A table an editor pasted, as a chart in an issue."""

from typing import Annotated

import typer

from digest.charts import chart_from_table, with_chart
from digest.cli.options import Output
from digest.errors import InputError
from digest.files import name_of, read_text, write_whole
from digest.wire import dump, dumps, issue_from, parse


def chart(
    file: Annotated[str, typer.Argument(metavar="TABLE.txt", help="A name and a value a line; - is stdin.")],
    into: Annotated[str, typer.Option("--into", metavar="ISSUE.json", help="The issue that takes the chart.")],
    item: Annotated[int, typer.Option("--item", metavar="N", help="The number of the item it stands behind.")],
    output: Output = "-",
) -> int:
    """A pasted table as a bar chart behind an item's text; the issue with it goes to -o."""
    try:
        drawn = chart_from_table(read_text(file))
    except InputError as error:
        raise InputError(error.message, source=error.source or name_of(file), line=error.line) from error
    issue = issue_from(parse(read_text(into), source=name_of(into)), source=name_of(into))
    write_whole(output, (dumps(dump(with_chart(issue, item, drawn)), indent=2) + "\n").encode())
    return 0

"""The options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

Articles = Annotated[str, typer.Argument(metavar="IN.jsonl", help="Articles as JSON Lines; .gz as it is, - is stdin.")]
Output = Annotated[str, typer.Option("-o", "--output", metavar="FILE", help="Where the data goes; - is stdout.")]
AsJson = Annotated[bool, typer.Option("--json", help="The report as JSON.")]
Day = Annotated[str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="The issue's day; today if not given.")]
ProfileName = Annotated[
    str | None, typer.Option("--profile", metavar="NAME", help="A shipped profile's name, or a profile file.")
]
ModelFile = Annotated[
    Path | None, typer.Option("--model", help="A model's file; the office's own if not given, else the shipped one.")
]

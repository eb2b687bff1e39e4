"""The catalogue on the command line: which outlets are known, and how each is read."""

from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.console import say
from digest.cli.surroundings import Surroundings, look_around
from digest.errors import UsageError
from digest.wire import dump, dumps

if TYPE_CHECKING:
    from scrapers.source import Source


def known_sources(surroundings: Surroundings) -> "tuple[Source, ...]":
    """The catalogue as the office has it: the shipped sources with its own laid over them, or its own alone."""
    from scrapers import catalogue

    settings = surroundings.settings
    return catalogue.load(settings.sources, shipped=settings.shipped_sources)


app = typer.Typer(help="The catalogue of outlets.", no_args_is_help=True, rich_markup_mode=None)


@app.command("list")
def list_sources(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line, every field.")] = False,
) -> int:
    """Every outlet, a line each: id, printed name, family, and how it is collected."""
    sources = known_sources(look_around())
    widths = [
        max((len(text) for text in column), default=0)
        for column in zip(*((s.id, s.outlet) for s in sources), strict=True)
    ]
    for source in sources:
        if as_json:
            typer.echo(dumps(dump(source)))
            continue
        ways = ((len(source.feeds), "feed"), (len(source.pages), "page"), (len(source.sitemaps), "sitemap"))
        how = ", ".join(f"{count} {way}{'s' if count > 1 else ''}" for count, way in ways if count)
        state = f"not collected: {source.not_collected}" if source.not_collected else how
        typer.echo(f"{source.id:<{widths[0]}}  {source.outlet:<{widths[1]}}  {source.family or '-':<4} {state}")
    collected = sum(source.not_collected is None for source in sources)
    say(f"{len(sources)} outlets, {collected} of them collected")
    return 0


@app.command("show")
def show_source(name: Annotated[str, typer.Argument(metavar="ID", help="As `sources list` prints it.")]) -> int:
    """Everything the catalogue says of one outlet, as JSON."""
    sources = {source.id: source for source in known_sources(look_around())}
    if name not in sources:
        raise UsageError(f"source {name}: not in the catalogue; diembao sources list shows all {len(sources)}")
    typer.echo(dumps(dump(sources[name]), indent=2))
    return 0

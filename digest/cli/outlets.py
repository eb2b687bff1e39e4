"""The catalogue on the command line: which outlets are known, and how each is read."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.console import say
from digest.cli.surroundings import Surroundings, look_around
from digest.errors import SettingsError, UsageError
from digest.wire import dump, dumps

if TYPE_CHECKING:
    from scrapers.source import Source


def known_sources(surroundings: Surroundings) -> "tuple[Source, ...]":
    """The catalogue as the office has it: the shipped sources with its own laid over them, or its own alone."""
    from scrapers import catalogue

    settings = surroundings.settings
    return catalogue.load(settings.sources, shipped=settings.shipped_sources)


def collected_sources(surroundings: Surroundings, names: Sequence[str] | None, *, option: str) -> "tuple[Source, ...]":
    """The outlets that are collected, or those named; UsageError for one that is unknown or only declared.

    `option` is what the error calls a name.
    """
    known = {one.id: one for one in known_sources(surroundings)}
    for name in names or ():
        if name not in known:
            raise UsageError(f"{option} {name}: not in the catalogue; diembao sources list shows all {len(known)}")
        if known[name].not_collected:
            raise UsageError(f"{option} {name}: is not collected: {known[name].not_collected}")
    wanted = set(names or known)
    return tuple(one for one in known.values() if one.id in wanted and not one.not_collected)


def contact_of(surroundings: Surroundings) -> str:
    """Whom an outlet may write to; SettingsError where the office has not said so."""
    contact = surroundings.settings.contact
    if not contact:
        raise SettingsError(
            "settings, key contact: is not set; outlets must know whom to write to. "
            'Put contact = "bantin@your-office.example" into diembao.toml, or set DIEMBAO_CONTACT'
        )
    return contact


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
def show_source(
    name: Annotated[str, typer.Argument(metavar="ID", help="As `sources list` prints it; a domain or name will do.")],
    as_json: Annotated[bool, typer.Option("--json", help="Every field, as JSON.")] = False,
) -> int:
    """What the catalogue says of one outlet: how it is found, read and asked, and what of it may be printed."""
    from digest.cli.outlet_words import explain
    from scrapers.catalogue import find_named

    sources = {source.id: source for source in known_sources(look_around())}
    source = sources.get(name) or find_named(sources.values(), name)
    if source is None:
        raise UsageError(f"source {name}: not in the catalogue; diembao sources list shows all {len(sources)}")
    typer.echo(dumps(dump(source), indent=2) if as_json else explain(source, sources))
    return 0

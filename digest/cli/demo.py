"""The bundled newsroom through a whole day."""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from digest import profile as profiles
from digest.cli.console import say
from digest.cli.day import FORMATS, work
from digest.cli.lines import folder_from, write_values
from digest.cli.options import AsJson
from digest.cli.surroundings import look_around

CONTACT = "diembao demo, run by hand on this machine"
MAILBOX = "bantin@toasoanmau.example"
ARTICLES = "articles.jsonl"


def demo(
    output: Annotated[str, typer.Option("-o", "--output", metavar="DIR", help="Where the bulletin goes.")] = "bulletin",
    as_json: AsJson = False,
) -> int:
    """The bundled newsroom through a whole day, from its front pages to the finished bulletin."""
    folder = folder_from(output)
    from digest.demo.newsroom import DAY, Newsroom
    from digest.pipeline.collecting import known_articles
    from digest.pipeline.day import Orders
    from scrapers import catalogue
    from storage.database import open_database

    surroundings = look_around()
    settings = replace(surroundings.settings, database=f"sqlite:///{folder / 'diembao.db'}")
    profile = profiles.load("cchc")
    profile = replace(profile, imprint=replace(profile.imprint, email=MAILBOX))
    with Newsroom() as newsroom, tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "newsroom.toml"
        file.write_text(newsroom.catalogue_toml(), encoding="utf-8")
        sources = catalogue.load([file], shipped=False)
        say(f"a newsroom of {len(sources)} invented outlets on 127.0.0.1, {DAY:%d/%m/%Y}")
        orders = Orders(
            day=DAY, profile=profile, model=None, processes=settings.processes, formats=FORMATS, folder=folder
        )
        report = work(replace(surroundings, settings=settings), orders, sources, CONTACT, as_json=as_json)
        planted = {address for site in newsroom.sites for address in site.planted_failures}
    engine = open_database(settings.database)
    write_values(str(folder / ARTICLES), known_articles(engine, profile, DAY, sources))
    engine.dispose()
    say(f"the day's articles for a try of the single stages: {folder / ARTICLES}")
    if {trouble.subject for trouble in report.troubles} == planted and report.printed:
        say("what failed is planted in the newsroom, to show how a day's failures are reported")
        return 0
    return 1

"""Each stage alone, as a filter on files and JSON Lines. Heavy libraries load when a command needs them."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.again import Again, Keep, OnlySource, Since, Wish, extract_again
from digest.cli.console import close, troubles_of
from digest.cli.judging import judge_now
from digest.cli.lines import day_from, read_articles, write_lines, write_values
from digest.cli.options import Articles, AsJson, Day, ModelFile, Output
from digest.cli.outlets import known_sources
from digest.cli.surroundings import look_around
from digest.errors import ExtractError, FetchError, InputError, UsageError
from digest.files import name_of, read_bytes
from digest.model import Article, Link
from digest.pipeline.report import Report, Trouble, counted

if TYPE_CHECKING:
    from scrapers.source import Source

_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]")
_SITEMAP = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]")
_BEGINNING = 1000  # bytes within which a feed or sitemap says that it is one
_PARTS_NAMED = 3


def discover(
    file: Annotated[str, typer.Argument(help="A saved listing, feed or sitemap; .gz is read as it is, - is stdin.")],
    url: Annotated[str, typer.Option("--url", help="The address it was saved from.")],
    output: Output = "-",
) -> int:
    """Links of a saved listing, feed or sitemap, a line each: url, title, zone."""
    from scrapers import catalogue

    _refuse_no_address(url)
    source = catalogue.find(known_sources(look_around()), url)
    try:
        links = _links(read_bytes(file), url, source)
    except (ExtractError, FetchError) as error:
        trouble = Trouble(stage="discover", kind=error.kind, subject=name_of(file), detail=str(error))
        return close(Report(), (trouble,), as_json=False)
    write_values(output, links)
    return 0


def _links(body: bytes, url: str, source: "Source | None") -> list[Link]:
    """The links of the listing; FetchError where it is none or has none."""
    from scrapers.discovery.discover import read_listing
    from scrapers.discovery.feeds import read_feed
    from scrapers.discovery.sitemaps import read_sitemap

    parts: list[str] = []
    if not _is_list_for_machines(body):
        links = read_listing(body, url, source)
    elif _SITEMAP.search(body[:_BEGINNING]):
        sitemap = read_sitemap(body, url)
        links, parts = [entry.link for entry in sitemap.entries], [part.url for part in sitemap.parts]
    else:
        links = read_feed(body, url, source)
    if not links:
        raise FetchError(url, "no-links", _why_none(body, parts))
    return links


def _is_list_for_machines(body: bytes) -> bool:
    """Whether it is a feed or a sitemap."""
    from scrapers.discovery.feeds_json import is_json

    beginning = body[:_BEGINNING]
    return bool(_FEED.search(beginning) or _SITEMAP.search(beginning)) or is_json(body)


def _why_none(body: bytes, parts: Sequence[str]) -> str:
    """What a person should know of a listing without links; `parts` are the sitemaps that it names."""
    from scrapers.documents.reading import is_document

    if parts:
        more = ", …" if len(parts) > _PARTS_NAMED else ""
        named = ", ".join(parts[:_PARTS_NAMED])
        return f"names {len(parts)} further sitemap{'s' if len(parts) > 1 else ''}: {named}{more}; save one of them"
    if not body.strip():
        return "the file is empty"
    if is_document(body):
        return "it is a document; diembao extract reads it"
    return "it leads to no article of the site that --url names"


def _refuse_no_address(url: str | None) -> None:
    from scrapers.catalogue_checks import is_whole_address

    if url is not None and not is_whole_address(url):
        raise UsageError(f"--url {url}: is no whole address; write it as https://baolua.example/chinh-tri.html")


def extract(
    files: Annotated[
        list[str] | None, typer.Argument(help="Saved article pages, PDF, Word or text files; - is stdin.")
    ] = None,
    url: Annotated[str | None, typer.Option("--url", help="The address one page was saved from.")] = None,
    output: Output = "-",
    again: Again = False,
    source: OnlySource = None,
    since: Since = None,
    keep: Keep = False,
    as_json: AsJson = False,
) -> int:
    """The articles of saved pages, a line each; with --again what today's rules read differently in the stored ones."""
    wish = Wish(again=again, sources=source, since=since, keep=keep)
    files = files or []
    wish.refuse(files=files, url=url)
    if wish.again:
        return extract_again(wish, output, as_json=as_json)
    if url is not None and len(files) > 1:
        raise UsageError("--url names the address of one page, but several files are given; leave it out or name one")
    _refuse_no_address(url)
    sources = known_sources(look_around())
    articles: list[Article] = []
    troubles: list[Trouble] = []
    for file in files:
        name = name_of(file)
        try:
            body = read_bytes(file)
        except InputError as error:
            troubles.append(Trouble(stage="extract", kind="bad-input", subject=name, detail=str(error)))
            continue
        try:
            articles.append(_read_file(body, name, url, sources))
        except ExtractError as error:
            detail = f"{error}" if error.url else f"{name}{error}"
            detail += _hint(error.kind, body, url)
            troubles.append(Trouble(stage="extract", kind=error.kind, subject=name, detail=detail))
    write_values(output, articles)
    return close(Report(collected=len(articles)), troubles, as_json=as_json)


def _hint(kind: str, body: bytes, url: str | None) -> str:
    """What helps against a failure of this kind, where something does."""
    if kind == "not-html" and _is_list_for_machines(body):
        return "; it is a feed or sitemap: use diembao discover"
    if kind == "no-article" and url is None:
        return "; a page that names no address of its own may need --url"
    return ""


def _read_file(body: bytes, name: str, url: str | None, sources: "Sequence[Source]") -> Article:
    """The article of a page or a document; which of them it is, its bytes say."""
    from scrapers import catalogue
    from scrapers.documents.reading import is_document, read_document

    if not is_document(body):
        return _read_page(body, url, sources)
    source = catalogue.find(sources, url) if url else None
    return read_document(body, url=url or "", source=source, name=None if name == "<stdin>" else name)


def _read_page(body: bytes, url: str | None, sources: "Sequence[Source]") -> Article:
    """The article of a page; where no address is given, the one the page states decides whose page it is."""
    from scrapers import catalogue
    from scrapers.extraction.extract import extract as read

    stated = url or read(body, url="").url
    return read(body, url=stated or "", source=catalogue.find(sources, stated) if stated else None)


def judge(
    file: Articles,
    date: Day = None,
    output: Output = "-",
    model: ModelFile = None,
    as_json: AsJson = False,
) -> int:
    """Relevance, section, areas and places of each article, with the evidence."""
    surroundings = look_around()
    day = day_from(date, surroundings.today) if date else None
    read = read_articles(file)
    judgements = judge_now(read.articles, surroundings, day=day, model=model)
    write_lines(output, list(zip(read.lines, judgements, strict=True)))
    report = Report(
        judged=len(judgements),
        relevant=sum(judgement.selected for judgement in judgements),
        sections=counted(judgement.section for judgement in judgements if judgement.selected and judgement.section),
    )
    return close(report, troubles_of(read.errors), as_json=as_json)


def stories(file: Articles, output: Output = "-", as_json: AsJson = False) -> int:
    """Which articles report the same story, and which one leads."""
    from classifiers.stories import group
    from classifiers.story_meaning import installed_meaning

    read = read_articles(file)
    marks = group(read.articles, meaning=installed_meaning())
    write_lines(output, list(zip(read.lines, marks, strict=True)))
    report = Report(collected=len(marks), stories=len({mark.story for mark in marks}))
    return close(report, troubles_of(read.errors), as_json=as_json)

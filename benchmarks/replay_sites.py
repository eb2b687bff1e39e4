"""The invented outlets: what each prints, and the source that the catalogue would declare for it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

from benchmarks.replay_pages import System, address_of, feed, packed_article_page, section, system_of
from benchmarks.replay_replies import Reply, page_reply, xml_reply
from benchmarks.replay_text import Piece, piece
from benchmarks.replay_ways import WAYS, Way
from scrapers.source import Source

FEED, SECTION, ROBOTS = "/rss/home.rss", "/chinh-tri/", "/robots.txt"


@dataclass(frozen=True, kw_only=True)
class Site:
    """One outlet at a port of this machine; `way` is how it misbehaves, None where it does not."""

    host: int
    port: int
    pages: int
    seed: int
    way: Way | None = None
    answers: dict[str, Reply] = field(default_factory=dict, repr=False, compare=False)
    asked: dict[str, int] = field(default_factory=dict, repr=False, compare=False)

    @property
    def id(self) -> str:
        """Its key in the catalogue."""
        return f"host{self.host:04d}"

    @property
    def base(self) -> str:
        """What its addresses begin with."""
        return f"http://127.0.0.1:{self.port}"

    @cached_property
    def system(self) -> System:
        """The publishing system it runs on."""
        return system_of(self.host)

    @property
    def listing(self) -> Literal["feed", "page"]:
        """Half of the outlets of each publishing system have a feed, the others a section page."""
        told = self.way.listing if self.way else None
        return told or ("feed" if self.host // 6 % 2 == 0 else "page")

    def pieces(self) -> Iterator[Piece]:
        """Its articles."""
        return (piece(self.seed, self.host, number) for number in range(self.pages))

    def prepare(self) -> None:
        """Make every answer, so that none costs time later."""
        self.answers[ROBOTS] = Reply.of(b"User-agent: *\nDisallow: /tim-kiem/\n", "text/plain")
        self.answers[FEED] = xml_reply(feed(self.pieces(), self.system, base=self.base))
        self.answers[SECTION] = page_reply(section(self.pieces(), self.system))
        for one in self.pieces():
            packed = packed_article_page(one, self.system, base=self.base)
            self.answers[address_of(self.system, one)] = page_reply(packed, coding="gzip")

    def reply(self, path: str) -> Reply:
        """What it answers; a misbehaving one its own way where that concerns the path."""
        count = self.asked[path] = self.asked.get(path, 0) + 1
        usual = self.answers.get(path) or Reply.of(b"<html>404</html>", status=404)
        if self.way is None or not self.way.concerns(path, robots=ROBOTS, listings=(FEED, SECTION)):
            return usual
        return self.way.reply(self, path, count, usual)


def sites(count: int, *, pages: int, seed: int, misbehaving: bool) -> list[Site]:
    """The outlets, without ports. Misbehaving: every third, each in the next of the ways."""
    return [
        Site(
            host=host,
            port=0,
            pages=pages,
            seed=seed,
            way=WAYS[host // 3 % len(WAYS)] if misbehaving and host % 3 == 2 else None,
        )
        for host in range(count)
    ]


def one_site_a_way(*, pages: int, seed: int) -> list[Site]:
    """An outlet for each of the ways."""
    return [Site(host=host, port=0, pages=pages, seed=seed, way=way) for host, way in enumerate(WAYS)]


def at_port(site: Site, port: int) -> Site:
    return replace(site, port=port, answers={}, asked={})


def placed(plan: dict[str, Any]) -> list[Site]:
    """The outlets of a plan, at their ports."""
    if plan["ways"]:
        wanted = one_site_a_way(pages=plan["pages"], seed=plan["seed"])
    else:
        wanted = sites(plan["hosts"], pages=plan["pages"], seed=plan["seed"], misbehaving=plan["misbehaving"])
    return [at_port(site, port) for site, port in zip(wanted, plan["ports"], strict=True)]


def source_of(site: Site, *, delay: float) -> Source:
    """The outlet as declared data."""
    base = site.way.base.format(port=site.port) if site.way and site.way.base else site.base
    return Source(
        id=site.id,
        name=f"Báo số {site.host}",
        domain="127.0.0.1",
        outlet=f"Bao{site.host}.example",
        kind="provincial_paper",
        family=site.system.key,
        feeds=(base + FEED,) if site.listing == "feed" else (),
        pages=(base + SECTION,) if site.listing == "page" else (),
        delay=delay,
        allow_private=not (site.way and site.way.public),
    )

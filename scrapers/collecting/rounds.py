"""What a round through the sources is made of, and what it hands out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from digest.model import Article, Page
from scrapers.collecting.breaker import Breaker
from scrapers.fetching.fetch import Validators
from scrapers.source import Source

Stage = Literal["discover", "fetch", "extract"]
Way = Literal["listings", "sitemap", "home"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """One article as it came in. `identities` are the keys (`same_article`) of all addresses that led to it."""

    page: Page
    article: Article
    source: Source
    identities: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """What went wrong with one address: `kind` is one of `fetch.KINDS`, `verdict.KINDS`, `collect.KINDS` or a document's.

    `identity` is the article's key, None for a listing. `page` is what was fetched but could not be read, so that it
    can be read again by better rules.
    """

    source: str
    stage: Stage
    kind: str
    url: str
    detail: str = ""
    identity: str | None = None
    page: Page | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What a listing answered last.

    Until `fresh_until` it need not be asked. `covers_from` says that all it listed from that moment on was dealt with;
    where it is None an unchanged answer is of no use, since something of it is still to be fetched.
    """

    validators: Validators = field(default_factory=Validators)
    fresh_until: datetime | None = None
    covers_from: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """One source in one round: every link `found` is `known`, `outside` the window, `kept`, failed or still to come.

    Of its `listings`, `answered` could be read and `unchanged` of these had nothing new by their own word. Of the
    articles `kept`, `fallback` were read by no selector of the source or its family.
    """

    source: str
    listings: int = 0
    answered: int = 0
    unchanged: int = 0
    way: Way | None = None
    found: int = 0
    known: int = 0
    outside: int = 0
    kept: int = 0
    fallback: int = 0
    failed: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The round in figures: the sums of its sources'."""

    sources: int = 0
    listings: int = 0
    unchanged: int = 0
    found: int = 0
    known: int = 0
    outside: int = 0
    kept: int = 0
    failed: tuple[tuple[str, int], ...] = ()


class Records(Protocol):
    """Where a round looks up what is known and puts what it finds. Called one at a time, in a thread of its own."""

    def seen(self, identities: Collection[str]) -> set[str]:
        """Those of the identities that are known, or were given up."""
        ...

    def keep(self, group: Sequence[Collected]) -> None:
        """Keep articles with their pages, all or none."""
        ...

    def fail(self, failure: Failure) -> bool:
        """Note a failure; True where the address is given up and will not be asked again."""
        ...

    def done(self, brought: Brought) -> None:
        """Note what a source brought."""
        ...

    def recall(self, url: str) -> Remembered:
        """What a listing answered last."""
        ...

    def remember(self, url: str, remembered: Remembered) -> None:
        """Remember what a listing answered."""
        ...

    def breaker(self, host: str) -> Breaker:
        """How a host stands."""
        ...

    def keep_breaker(self, host: str, breaker: Breaker) -> None:
        """Remember how a host stands."""
        ...

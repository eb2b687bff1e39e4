"""The records of a collecting round in the database."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from scrapers.collecting.breaker import Breaker
from scrapers.collecting.rounds import Collected, Failure, Remembered, SourceRound
from scrapers.fetching.fetch import Validators
from storage import remembered, rounds, runs
from storage.articles import keep_article
from storage.database import begin, reading
from storage.pages import keep_page, seen_addresses

# Kinds that the next round will most likely meet again. A feed may announce a page before it is there, so an address
# is given up only when it failed so in several rounds.
_LASTING = frozenset(
    {
        *(
            "not-found",
            "forbidden",
            "robots",
            "bad-address",
            "refused-address",
            "redirects",
            "http-status",
            "too-large",
        ),
        *("empty", "not-html", "soft-404", "no-article", "wrong-article", "reader-hung", "reader-died"),
        *("encrypted", "damaged", "no-text", "old-word", "unknown-format"),
    }
)
_ROUNDS_BEFORE_GIVING_UP = 2


class DatabaseRecords:
    """What `scrapers.collecting.collect` looks up and keeps, and what was counted on the way."""

    def __init__(self, engine: Engine, *, clock: Callable[[], datetime], run: int) -> None:
        self._engine = engine
        self._clock = clock
        self._run = run
        self.new = 0
        self.failures: list[Failure] = []

    def seen(self, identities: Collection[str]) -> set[str]:
        """Those of the identities that led to an article or were given up."""
        with reading(self._engine) as session:
            return seen_addresses(session, identities)

    def keep(self, group: Sequence[Collected]) -> None:
        """Keep articles with their pages in one transaction."""
        with begin(self._engine) as session:
            new = sum(_keep(session, collected) for collected in group)
        self.new += new

    def fail(self, failure: Failure) -> bool:
        """Note a failure; True where its article will not be asked for again."""
        self.failures.append(replace(failure, page=None))
        with begin(self._engine) as session:
            if failure.page:
                keep_page(session, failure.page, failure.source)
            gives_up = self._gives_up(session, failure)
            runs.record_failure(
                session,
                self._run,
                stage=failure.stage,
                kind=failure.kind,
                subject=failure.url,
                detail=failure.detail,
                moment=self._clock(),
                permanent=gives_up,
                source=failure.source,
                identity=failure.identity,
            )
        return gives_up

    def _gives_up(self, session: Session, failure: Failure) -> bool:
        if failure.identity is None or failure.kind not in _LASTING:
            return False
        times = runs.times_failed(session, failure.identity, failure.kind, before=self._run)
        return times >= _ROUNDS_BEFORE_GIVING_UP

    def done(self, round_: SourceRound) -> None:
        """Note what a source brought."""
        with begin(self._engine) as session:
            rounds.keep_round(session, self._run, rounds.SourceRound(ended=self._clock(), **asdict(round_)))

    def recall(self, url: str) -> Remembered:
        """What a listing answered last."""
        with reading(self._engine) as session:
            answer = remembered.answer_of(session, url)
        return Remembered(
            validators=Validators(etag=answer.etag, last_modified=answer.last_modified),
            fresh_until=answer.fresh_until,
            covers_from=answer.covers_from,
        )

    def remember(self, url: str, answer: Remembered) -> None:
        """Remember what a listing answered."""
        kept = remembered.Answer(
            etag=answer.validators.etag,
            last_modified=answer.validators.last_modified,
            fresh_until=answer.fresh_until,
            covers_from=answer.covers_from,
        )
        with begin(self._engine) as session:
            remembered.keep_answer(session, url, kept)

    def breaker(self, host: str) -> Breaker:
        """How a host stands."""
        with reading(self._engine) as session:
            standing = remembered.standing_of(session, host)
        return Breaker(failures=standing.failures, open_until=standing.open_until)

    def keep_breaker(self, host: str, breaker: Breaker) -> None:
        """Remember how a host stands."""
        with begin(self._engine) as session:
            standing = remembered.Standing(failures=breaker.failures, open_until=breaker.open_until)
            remembered.keep_standing(session, host, standing)


def _keep(session: Session, collected: Collected) -> bool:
    page = keep_page(session, collected.page, collected.source.id)
    return keep_article(
        session, collected.article, source=collected.source.id, page_id=page, identities=collected.identities
    )

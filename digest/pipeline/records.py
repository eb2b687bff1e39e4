"""The records of a collecting round in the database."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from scrapers.collecting.breaker import Breaker
from scrapers.collecting.rounds import Brought, Collected, Failure, Remembered
from scrapers.fetching.fetch import Validators
from scrapers.kinds import LASTING
from storage import remembered, rounds, runs
from storage.articles import keep_article
from storage.database import begin, reading
from storage.pages import keep_page, seen_addresses

_ROUNDS_BEFORE_GIVING_UP = 2
_WAIT_BEFORE_GIVING_UP = timedelta(hours=3)  # a site may be closed for an hour


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
        if failure.identity is None or failure.kind not in LASTING:
            return False
        before = runs.failed_before(session, failure.identity, failure.kind, run=self._run)
        long_ago = before.first is not None and self._clock() - before.first >= _WAIT_BEFORE_GIVING_UP
        return before.runs >= _ROUNDS_BEFORE_GIVING_UP and long_ago

    def done(self, brought: Brought) -> None:
        """Note what a source brought."""
        with begin(self._engine) as session:
            rounds.keep_round(session, self._run, _as_kept(brought, self._clock()))

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


def _as_kept(brought: Brought, ended: datetime) -> rounds.SourceRound:
    return rounds.SourceRound(
        source=brought.source,
        ended=ended,
        listings=brought.listings,
        answered=brought.answered,
        unchanged=brought.unchanged,
        way=brought.way,
        found=brought.found,
        known=brought.known,
        outside=brought.outside,
        kept=brought.kept,
        fallback=brought.fallback,
        failed=brought.failed,
    )

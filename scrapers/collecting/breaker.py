"""When a host that keeps failing is left alone, and when it is tried again.

A breaker is closed while all is well. Three faults of the host in a row open it: nothing is asked of the host for ten
minutes. After that it is half-open: one request is let through as a probe. Its success closes the breaker; its failure
opens it again for twice as long, up to an hour. A host that asks for a pause itself is given it, up to six hours. Pure, so that it can be kept between two rounds.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

State = Literal["closed", "open", "half-open"]

MOST_FAILURES = 3
FIRST_PAUSE = timedelta(minutes=10)
LONGEST_PAUSE = timedelta(hours=1)  # a night without a network must not cost the morning
LONGEST_ASKED = timedelta(hours=6)  # what a host itself may ask for

_MOST_DOUBLINGS = 3  # ten minutes doubled three times are more than an hour


@dataclass(frozen=True, slots=True)
class Breaker:
    """One host's breaker: faults in a row, and the aware moment until which it is open (None: it never opened)."""

    failures: int = 0
    open_until: datetime | None = None

    def state(self, now: datetime) -> State:
        """Whether to ask ("closed"), not to ask ("open"), or to ask once and see ("half-open")."""
        if self.open_until is None:
            return "closed"
        # A clock that was set back must not keep a host shut for longer than the longest pause.
        return "open" if self.open_until - LONGEST_ASKED <= now < self.open_until else "half-open"

    def failed(self, now: datetime) -> "Breaker":
        """After a fault of the host. One that comes in while the breaker is open was asked before, and adds nothing."""
        if self.state(now) == "open":
            return self
        failures = self.failures + 1
        if failures < MOST_FAILURES:
            return Breaker(failures)
        doublings = min(failures - MOST_FAILURES, _MOST_DOUBLINGS)
        return Breaker(failures, now + min(FIRST_PAUSE * 2**doublings, LONGEST_PAUSE))

    def shut(self, now: datetime, pause: timedelta) -> "Breaker":
        """After the host asked for a pause (Retry-After)."""
        return Breaker(self.failures, max(self.open_until or now, now + min(pause, LONGEST_ASKED)))

    def succeeded(self) -> "Breaker":
        """After an answer, whatever it was: the host is there."""
        return Breaker()

"""What the commands take from outside, read in one place: the clock, the environment, the settings."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from digest.model import VIETNAM
from digest.settings import Settings, load


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The moment a command began, and the office's settings."""

    moment: datetime
    settings: Settings

    @property
    def today(self) -> date:
        """The day in Việt Nam."""
        return self.moment.astimezone(VIETNAM).date()


def look_around() -> Surroundings:
    """Ask the clock and the environment."""
    environment: Mapping[str, str] = os.environ  # noqa: TID251 - the composition root
    return Surroundings(moment=now(), settings=load(environment, folder=Path.cwd()))


def now() -> datetime:
    """This moment, aware."""
    return datetime.now(VIETNAM)  # noqa: TID251 - the composition root

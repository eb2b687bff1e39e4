"""Why a candidate is not printed, as words for a person and as a line of the tray."""

from collections.abc import Callable
from dataclasses import dataclass

from digest import choose as rules
from digest import quotas
from digest.choose import Dropped
from digest.model import Also
from digest.ranking import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """What the tray's line adds to the article's: docs/shapes.md."""

    rule: str
    detail: str
    short: float | None
    reason: str
    score: float | None
    parts: tuple[Part, ...] = ()
    also: tuple[Also, ...] = ()


def near_miss(drop: Dropped, *, line: float | None) -> NearMiss:
    """A story of the tray, as its line tells it."""
    return NearMiss(
        rule=drop.rule,
        detail=drop.detail,
        short=drop.short,
        reason=reason(drop, line=line),
        score=drop.rank.score if drop.rank else None,
        parts=drop.rank.parts if drop.rank else (),
        also=drop.candidate.also,
    )


def reason(drop: Dropped, *, line: float | None) -> str:
    """What the rule says of it: "below the line by 0.07 (0.33, line 0.40)"."""
    return _SAID[drop.rule](drop, line)


def _below_the_line(drop: Dropped, line: float | None) -> str:
    if line is None or drop.short is None:
        return f"below the line ({drop.detail})"
    return f"below the line by {_much(drop.short)} ({drop.detail}, line {line:.2f})"


def _outside(drop: Dropped, _line: float | None) -> str:
    return f"published {drop.detail}"


def _printed(drop: Dropped, _line: float | None) -> str:
    return "one of the last seven issues had it" if drop.detail else "one of the last seven issues had its story"


def _not_of_agency(_drop: Dropped, _line: float | None) -> str:
    return "no report of it names an agency, a unit or a province that the digest is about"


def _reprint(drop: Dropped, _line: float | None) -> str:
    return f"{drop.detail} leads the story"


def _full(of: Callable[[str], str]) -> Callable[[Dropped, float | None], str]:
    def said(drop: Dropped, _line: float | None) -> str:
        return f"{of(drop.detail)}; {_much(drop.short or 0.0)} behind the last of them"

    return said


def _much(short: float) -> str:
    return f"{short:.2f}" if short == 0 or short >= 0.005 else "less than 0.01"


_SAID: dict[str, Callable[[Dropped, float | None], str]] = {
    rules.NOT_RELEVANT: _below_the_line,
    rules.OUTSIDE_WINDOW: _outside,
    rules.PRINTED_BEFORE: _printed,
    rules.REPRINT: _reprint,
    rules.NOT_OF_AGENCY: _not_of_agency,
    quotas.SECTION_FULL: _full(lambda whose: f"section {whose} has its items"),
    quotas.PROVINCE_FULL: _full(lambda whose: f"{whose} has its items"),
    quotas.OUTLET_FULL: _full(lambda whose: f"{whose} has its items"),
    quotas.ISSUE_FULL: _full(lambda most: f"the issue has its {most} items"),
}

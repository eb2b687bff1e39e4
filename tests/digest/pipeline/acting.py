"""Editors who act at random on one draft, each in a process of its own, and the replay of what they did."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Engine

from digest.editing import Spot, changed, dropped, item_of, key_of, moved, put, redone, with_keys
from digest.errors import UsageError
from digest.model import Also, Issue, Item
from digest.pipeline.board import Acted, Change, act, changes_since, history, redo, undo
from digest.pipeline.overtaken import Overtaken
from digest.profile import load
from storage.database import begin
from storage.issues import issue_of, save_draft
from tests.digest.render.fakes import DAY, an_issue, an_item
from tests.fakes import at

PROFILE = "cchc"
TITLES = {section.key: section.title for section in load(PROFILE).sections}
FIRST = an_issue(9, 3, profile=PROFILE)
KEYS = [f"a{number}" for number in range(1, 13)]
MOMENT = at("2026-03-02 08:00")


def a_draft(engine: Engine, issue: Issue = FIRST) -> Issue:
    """The run's own draft, stored."""
    with begin(engine) as session:
        return save_draft(session, issue)


def stored(engine: Engine, version: int | None = None) -> Issue:
    with begin(engine) as session:
        issue = issue_of(session, PROFILE, DAY, version)
    assert issue is not None
    return issue


def headline(key: str, words: str) -> Change:
    return lambda issue: changed(issue, TITLES, key, lambda item: replace(item, headline=words))


def move(key: str, section: str, after: str | None = None) -> Change:
    return lambda issue: moved(issue, TITLES, key, Spot(section=section, after=after))


def drop(key: str) -> Change:
    return lambda issue: dropped(issue, TITLES, key)


def bring(item: Item, section: str, after: str | None = None) -> Change:
    return lambda issue: put(issue, TITLES, item, Spot(section=section, after=after))


def merge(lead: str, reprint: str) -> Change:
    """The reprint goes, and the item that leads names its outlet."""

    def change(issue: Issue) -> Issue:
        told = Also(outlet=str(item_of(issue, reprint).outlet))
        return dropped(
            changed(issue, TITLES, lead, lambda item: replace(item, also=(*item.also, told))), TITLES, reprint
        )

    return change


class Editor:
    """Somebody at the desk, whose screen shows the draft as it was after the step `seen`."""

    def __init__(self, engine: Engine, by: str, dice: random.Random | None = None) -> None:
        self.engine = engine
        self.by = by
        self.dice = dice or random.Random(1)  # noqa: S311 - nothing is kept secret here
        self.seen = 0
        self.turn = 0

    def moment(self) -> datetime:
        self.turn += 1
        return MOMENT + timedelta(seconds=self.turn)

    def does(self, deed: str, change: Change, *, seen: int | None = None) -> Acted:
        return act(self.engine, PROFILE, DAY, change, deed=deed, by=self.by, moment=self.moment(), seen=seen)

    def undoes(self, number: int | None = None) -> Acted:
        return undo(self.engine, PROFILE, DAY, TITLES, by=self.by, moment=self.moment(), number=number)

    def redoes(self) -> Acted:
        return redo(self.engine, PROFILE, DAY, TITLES, by=self.by, moment=self.moment())

    def looks(self) -> None:
        changes = changes_since(self.engine, PROFILE, DAY, self.seen)
        assert changes is not None
        self.seen = changes.now.number

    def at_random(self) -> Acted:
        """Some act, on a screen that is now and then old."""
        if self.dice.random() < 0.6:
            self.looks()
        key, section = self.dice.choice(KEYS), self.dice.choice(list(TITLES))
        words = f"Tít của {self.by}, lần {self.turn}"
        ways: list[Callable[[], Acted]] = [
            lambda: self.does("headline", headline(key, words), seen=self.seen),
            lambda: self.does("move", move(key, section, self.dice.choice([None, *KEYS])), seen=self.seen),
            lambda: self.does("drop", drop(key), seen=self.seen),
            lambda: self.does("put", bring(an_item(int(key[1:])), section), seen=self.seen),
            lambda: self.does("merge", merge(key, self.dice.choice(KEYS)), seen=self.seen),
            self.undoes,
            self.redoes,
        ]
        return self.dice.choice(ways)()

    def acts_at_random(self, times: int) -> Iterator[str]:
        """What became of each try: the number of its step, or a word."""
        for _ in range(times):
            try:
                acted = self.at_random()
            except Overtaken as conflict:
                if conflict.now or conflict.before:
                    yield "refused"
                else:
                    yield "refused without a text" if conflict.theirs else "nothing"  # it was never in the issue
            except UsageError:
                yield "nothing"  # was there to undo or redo
            else:
                yield str(acted.number) if acted.step else "nothing"


def check_replayed(engine: Engine, first: Issue = FIRST) -> Counter[str]:
    """The stored issue is what all remembered steps make of the first draft, in their order; steps by editor."""
    steps = history(engine, PROFILE, DAY)
    assert [one.number for one in steps] == list(range(1, len(steps) + 1))
    now = with_keys(first)
    for one in steps:
        now = redone(now, TITLES, one.step)
        assert now.hash == one.issue_hash, f"after step {one.number}"
    last = stored(engine)
    assert now.sections == last.sections
    keys = [key_of(item) for part in last.sections for item in part.items]
    assert len(keys) == len(set(keys))
    return Counter(one.by for one in steps)

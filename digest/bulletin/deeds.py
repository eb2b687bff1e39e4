"""An editor's changes as decisions, which training learns from."""

from collections.abc import Callable, Iterator
from datetime import datetime

from digest.bulletin.edits import Edits
from digest.model import Decision, Deed, Issue, Item


def decisions_of(
    edits: Edits, issue: Issue, *, moment: datetime, article_of: Callable[[Item], str | None]
) -> Iterator[Decision]:
    """What became of each article of the issue; `article_of` finds that of an inserted item, which no document names.

    An item without an article is passed by.
    """

    def decided(article: str | None, deed: Deed, section: str | None) -> Iterator[Decision]:
        if article:
            yield Decision(
                article=article, profile=issue.profile, day=issue.date, deed=deed, moment=moment, section=section
            )

    for old, new in edits.pairs.both:
        deed: Deed = "keep" if old.section.key == new.section.key else "move"
        yield from decided(old.item.article, deed, new.section.key)
    for old in edits.pairs.dropped:
        yield from decided(old.item.article, "drop", None)
    for new in edits.pairs.inserted:
        yield from decided(new.item.article or article_of(new.item), "insert", new.section.key)

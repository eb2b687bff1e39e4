"""What was changed in an issue with Word: for the file, for a person, for training."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from digest import profile as profiles
from digest.bulletin.reading import many
from digest.cli.console import close, say
from digest.cli.surroundings import Surroundings
from digest.cli.versions import deed_of, kept_line
from digest.errors import InputError
from digest.files import json_lines, name_of, read_bytes, read_text, write_whole
from digest.model import Issue
from digest.pipeline.report import Report, counted
from digest.profile import Profile
from digest.versions import check_base, next_version
from digest.wire import dump, dumps, issue_from, parse

if TYPE_CHECKING:
    from digest.bulletin.edits import Edits
    from digest.bulletin.lines import Line
    from digest.bulletin.masthead import Given
    from digest.pipeline.importing import Kept

_SHOWN = 90  # characters of a text in the report


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked of an edited issue."""

    against: str | None
    profile: str | None
    day: date | None
    keep: bool
    save: bool
    reason: str | None
    by: str | None
    over: bool
    edited: str | None


def show_edits(file: str, wish: Wish, surroundings: Surroundings, output: str, *, as_json: bool) -> int:
    """Write the changes, tell them to a person, record the decisions on wish."""
    from digest.pipeline.bulletin_lines import lines_of
    from digest.pipeline.importing import bring_edits
    from digest.pipeline.versions import content_told

    name = name_of(file)
    body = read_bytes(file)
    lines = lines_of(body, name=name)
    before, series = _before(wish, lines, surroundings, name=name)
    if wish.save and not wish.over:
        check_base(before, content_told(body, name=name), name=name)
    given: Given = "--against" if wish.against is not None else "--date"
    edits, notes = bring_edits(lines, before, series, name=name, given=given)
    write_whole(output, json_lines(dumps(dump(change)) for change in edits.changes))
    notes = (*notes, *_kept(edits, before, series, wish, surroundings))
    if wish.edited and edits.changes:
        write_whole(wish.edited, (dumps(dump(next_version(before, edits.after)), indent=2) + "\n").encode())
    if not as_json:
        for line in _told(edits):
            say(line)
    counts = counted(change.change for change in edits.changes)
    changed = ", ".join(f"{count} {change}" for change, count in counts.items()) or "none"
    report = Report(day=before.date, profile=before.profile, notes=(f"changes: {changed}", *notes))
    return close(report, (), as_json=as_json)


def _kept(edits: "Edits", before: Issue, series: Profile, wish: Wish, surroundings: Surroundings) -> Iterator[str]:
    """Keep version and decisions as far as they are wished for, and tell what was kept."""
    from digest.pipeline.importing import keep_edits
    from digest.pipeline.versions import keep_version
    from storage.database import open_database

    if not edits.changes and (wish.save or wish.edited):
        yield "nothing was changed: there is no new version"
    if not (wish.keep or wish.save):
        return
    engine = open_database(surroundings.settings.database)
    try:
        if wish.save and edits.changes:
            deed = deed_of(surroundings, wish.by, wish.reason)
            yield kept_line(keep_version(engine, before, edits.after, deed))
        if wish.keep:
            yield _recorded(keep_edits(engine, edits, before, series, moment=surroundings.moment))
    finally:
        engine.dispose()


def _recorded(kept: "Kept") -> str:
    known = f"; known before: {kept.known}" if kept.known else ""
    without = f"; passed by without a stored article: {many(kept.without, 'item')}" if kept.without else ""
    return f"{many(kept.recorded, 'decision')} recorded{known}{without}"


def _before(wish: Wish, lines: "Sequence[Line]", surroundings: Surroundings, *, name: str) -> tuple[Issue, Profile]:
    """The issue that was edited, with its profile; where nobody names it, the one of the day that its masthead says."""
    from digest.pipeline.importing import day_of_edited
    from digest.pipeline.store import is_there
    from storage.database import open_database, reading
    from storage.issues import issue_of

    settings = surroundings.settings
    if wish.against is not None:
        issue = issue_from(parse(read_text(wish.against), source=name_of(wish.against)), source=name_of(wish.against))
        return issue, profiles.load(wish.profile or issue.profile)
    series = profiles.load(wish.profile or settings.profile)
    day = wish.day or day_of_edited(lines, series, name=name)
    stored = None
    if is_there(settings.database):
        engine = open_database(settings.database)
        try:
            with reading(engine) as session:
                stored = issue_of(session, series.id, day)
        finally:
            engine.dispose()
    if stored is None:
        raise InputError(f"the database has no issue of {series.id} on {day}; name the day with --date, or --against")
    return stored, series


def _told(edits: "Edits") -> Iterator[str]:
    """The changes for a person, one a line."""
    for change in edits.changes:
        if change.change == "inserted":
            yield f"item {change.item} now: inserted: {_short(getattr(change.after, 'headline', ''))}"
        elif change.change == "dropped":
            yield f"item {change.item}: dropped: {_short(change.before)}"
        elif change.change == "paragraphs":
            yield f"item {change.item}: paragraphs: {_differences(change.before, change.after)}"
        else:
            yield f"item {change.item}: {change.change}: {_short(change.before)} -> {_short(change.after)}"


def _differences(before: object, after: object) -> str:
    old, new = (tuple(texts) if isinstance(texts, tuple) else () for texts in (before, after))
    gone, come = [text for text in old if text not in new], [text for text in new if text not in old]
    parts = [f"{len(gone)} gone or changed" if gone else "", f"{len(come)} new or changed" if come else ""]
    return ", ".join(part for part in parts if part) or "in another order"


def _short(value: object) -> str:
    text = ", ".join(value) if isinstance(value, tuple) else str(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"

"""How the versions of an issue follow one another: what may become of one, and what the next one is. Pure."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Protocol

from digest.errors import InputError, UsageError
from digest.model import Issue, Section, Status
from digest.wire import content_hash

GONE_OUT: tuple[Status, ...] = ("approved", "published")  # statuses of the version that people have now


class Dated(Protocol):
    """A version of a dated issue, whether as a value or as a row."""

    @property
    def profile(self) -> str: ...  # noqa: D102 - as of `Issue`
    @property
    def date(self) -> date: ...  # noqa: D102
    @property
    def version(self) -> int: ...  # noqa: D102


def issue_name(issue: Dated) -> str:
    """What messages call a version."""
    return f"issue {issue.profile} of {issue.date}, version {issue.version}"


def is_settled(issue: Issue) -> bool:
    """Whether a person has had it in hand, so that a run leaves it as it is: the first draft alone is a run's own."""
    return issue.status != "draft" or issue.version > 1


def check_approvable(issue: Issue, seen: str | None = None) -> None:
    """UsageError where it is no draft, has no item, or is not the content whose hash begins with `seen`."""
    if issue.status not in ("draft", "review"):
        raise UsageError(f"{issue_name(issue)} is {issue.status}: only a draft can be approved")
    if not any(section.items for section in issue.sections):
        raise UsageError(f"{issue_name(issue)} has no item: an empty issue is not approved")
    if seen and not str(issue.hash).startswith(seen.lower()):
        raise UsageError(
            f"{issue_name(issue)} has the content {str(issue.hash)[:12]}, not {seen}: it has changed since it was seen"
        )


def check_went_out(issue: Issue, deed: str) -> None:
    """UsageError where nobody outside has it, so that `deed` (as in "recalled") has no meaning."""
    if issue.status not in GONE_OUT:
        raise UsageError(f"{issue_name(issue)} is {issue.status}: only an approved or published one can be {deed}")


def check_base(newest: Issue, made_from: str | None, *, name: str) -> None:
    """UsageError where a changed file says that it was made from another content than the newest version's."""
    if made_from and made_from != newest.hash:
        raise UsageError(
            f"{name}: was made from the content {made_from[:12]}, and {issue_name(newest)} is {str(newest.hash)[:12]}: "
            "what others changed since would be lost; begin with the newest, or say --over"
        )


def next_version(before: Issue, content: Issue) -> Issue:
    """What takes the place of `before`: a draft that prints `content`, and corrects what went out.

    UsageError where it is called back, or where both print the same.
    """
    if before.status == "recalled":
        raise UsageError(f"{issue_name(before)} was recalled: nothing takes its place")
    went_out = before.status in GONE_OUT
    made = replace(
        content,
        sections=tuple(numbered(section for section in content.sections if section.items)),
        version=before.version + 1,
        status="draft",
        corrects=before.version if went_out else before.corrects,
    )
    made = replace(made, hash=content_hash(made))
    if made.hash == content_hash(before):
        raise UsageError(f"{issue_name(before)} says the very same: there is nothing to keep as a new version")
    return made


def without_item(issue: Issue, number: int) -> Issue:
    """The content without that item, the others numbered anew; InputError names the numbers there are."""
    numbers = [item.number for section in issue.sections for item in section.items]
    if number not in numbers:
        known = f"its items are {min(numbers)} to {max(numbers)}" if numbers else "it has none"
        raise InputError(f"{issue_name(issue)} has no item {number}; {known}")
    left = (
        replace(section, items=tuple(item for item in section.items if item.number != number))
        for section in issue.sections
    )
    made = replace(issue, sections=tuple(numbered(section for section in left if section.items)))
    return replace(made, hash=content_hash(made))


def numbered(sections: Iterator[Section]) -> Iterator[Section]:
    """The sections with their items' numbers running on from one."""
    numbers = itertools.count(1)
    for section in sections:
        yield replace(section, items=tuple(replace(item, number=next(numbers)) for item in section.items))

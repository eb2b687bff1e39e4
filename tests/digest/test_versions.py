"""How the versions of an issue follow one another."""

from dataclasses import replace

import pytest

from digest.errors import InputError, UsageError
from digest.model import Issue, Status
from digest.versions import check_approvable, check_went_out, is_settled, next_version, without_item
from digest.wire import content_hash
from tests.digest.render.fakes import an_issue, an_item, issue_of


def _stored(issue: Issue, **fields: object) -> Issue:
    made = replace(issue, **fields)  # type: ignore[arg-type]  # the caller names real fields
    return replace(made, hash=content_hash(made))


FIRST = _stored(an_issue(5))
MENDED = replace(FIRST, sections=issue_of(an_item(1, headline="Tít đã sửa")).sections)


@pytest.mark.parametrize(
    ("status", "version", "settled"), [("draft", 1, False), ("draft", 2, True), ("approved", 1, True)]
)
def test_the_first_draft_alone_belongs_to_the_run(status: Status, version: int, *, settled: bool) -> None:
    assert is_settled(replace(FIRST, status=status, version=version)) is settled


@pytest.mark.parametrize("status", ["draft", "review"])
def test_a_draft_with_items_can_be_approved_as_what_was_seen(status: Status) -> None:
    check_approvable(replace(FIRST, status=status), str(FIRST.hash)[:12].upper())


@pytest.mark.parametrize(
    ("issue", "seen", "said"),
    [
        (replace(FIRST, status="approved"), None, "is approved: only a draft can be approved"),
        (replace(FIRST, status="recalled"), None, "is recalled: only a draft can be approved"),
        (_stored(issue_of()), None, "has no item: an empty issue is not approved"),
        (FIRST, "0000", "not 0000: it has changed since it was seen"),
    ],
)
def test_what_cannot_be_approved_says_why(issue: Issue, seen: str | None, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        check_approvable(issue, seen)


def test_only_what_went_out_can_be_called_back() -> None:
    check_went_out(replace(FIRST, status="published"), "recalled")
    with pytest.raises(UsageError, match=r"is draft: only an approved or published one can be recalled"):
        check_went_out(FIRST, "recalled")


def test_the_next_version_of_a_draft_is_a_draft_that_corrects_nothing() -> None:
    made = next_version(FIRST, MENDED)
    assert (made.version, made.status, made.corrects) == (2, "draft", None)
    assert made.hash == content_hash(MENDED) != FIRST.hash


@pytest.mark.parametrize("status", ["approved", "published"])
def test_what_follows_an_issue_that_went_out_corrects_it_until_it_goes_out_itself(status: Status) -> None:
    second = next_version(replace(FIRST, status=status), MENDED)
    assert (second.version, second.corrects) == (2, 1)
    third = next_version(second, without_item(FIRST, 2))
    assert (third.version, third.corrects) == (3, 1)


def test_a_version_that_says_the_same_or_follows_a_recalled_one_is_refused() -> None:
    with pytest.raises(UsageError, match="says the very same"):
        next_version(FIRST, FIRST)
    with pytest.raises(UsageError, match="was recalled: nothing takes its place"):
        next_version(replace(FIRST, status="recalled"), MENDED)


def test_an_item_is_taken_out_and_the_others_are_numbered_anew() -> None:
    left = without_item(FIRST, 2)
    items = [item for section in left.sections for item in section.items]
    assert [item.number for item in items] == [1, 2, 3, 4]
    assert [item.article for item in items] == ["a1", "a3", "a4", "a5"]
    assert left.hash == content_hash(left)
    assert without_item(issue_of(an_item(1)), 1).sections == ()


@pytest.mark.parametrize(("issue", "said"), [(FIRST, "its items are 1 to 5"), (issue_of(), "it has none")])
def test_an_item_that_is_not_there_is_named(issue: Issue, said: str) -> None:
    with pytest.raises(InputError, match=f"has no item 9; {said}"):
        without_item(issue, 9)

"""The versions of a stored issue, and the record of what became of them."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from digest.errors import StorageError
from digest.model import Issue, IssueEvent, Status
from storage.history import history_of, record_event
from storage.issues import add_version, issue_of, issues_of, printed_lately, save_draft, settle
from storage.schema import IssueEventRow, IssueRow
from tests.fakes import at
from tests.storage.fakes import DAY, an_issue, an_item


def _event(issue: Issue, **fields: object) -> IssueEvent:
    known: dict[str, object] = {
        "version": issue.version,
        "deed": "approved",
        "moment": at("2026-03-02 10:00"),
        "issue_hash": str(issue.hash),
    }
    return IssueEvent(**(known | fields))  # type: ignore[arg-type]  # the caller names real fields


def _second(first: Issue) -> Issue:
    return replace(first, version=2, sections=an_issue(an_item(headline="Tít đã sửa")).sections, corrects=1)


def test_what_became_of_an_issue_comes_back_in_its_order(session: Session) -> None:
    first = save_draft(session, an_issue())
    second = add_version(session, _second(first))
    told = (
        _event(first, by="trưởng phòng"),
        _event(second, deed="edited", reason="sai tên xã", moment=at("2026-03-02 09:00")),
        _event(first, deed="taken-down", item=1, reason="theo yêu cầu"),
    )
    for event in told:
        record_event(session, an_issue(), event)
    assert history_of(session, "cchc", DAY) == told
    assert history_of(session, "cchc", date(2026, 3, 3)) == ()


def test_of_a_version_that_is_not_stored_nothing_is_recorded(session: Session) -> None:
    with pytest.raises(StorageError, match="version 1 is not stored"):
        record_event(session, an_issue(), _event(an_issue()))


def test_an_event_that_is_damaged_is_named(session: Session) -> None:
    issue = save_draft(session, an_issue())
    record_event(session, issue, _event(issue))
    session.execute(update(IssueEventRow).values(deed="eaten"))
    session.expire_all()
    with pytest.raises(StorageError, match="event 1 of an issue in the database is damaged"):
        history_of(session, "cchc", DAY)


def test_a_version_is_added_after_the_newest_alone(session: Session) -> None:
    first = save_draft(session, an_issue())
    second = add_version(session, _second(first))
    assert issue_of(session, "cchc", DAY) == second
    assert (second.version, second.corrects) == (2, 1)
    assert issue_of(session, "cchc", DAY, 1) == first
    with pytest.raises(StorageError, match="version 2 is not the next one: another was made meanwhile"):
        add_version(session, replace(second, number=9))


def test_a_status_changes_as_long_as_the_content_is_the_one_that_was_seen(session: Session) -> None:
    first = save_draft(session, an_issue())
    approved = settle(session, first, "approved")
    assert approved == replace(first, status="approved") == issue_of(session, "cchc", DAY)
    with pytest.raises(StorageError, match="has changed meanwhile"):
        settle(session, first, "approved")
    with pytest.raises(StorageError, match="has changed meanwhile"):
        settle(session, replace(approved, hash="0" * 64), "recalled")
    with pytest.raises(StorageError, match="version 3 is not stored"):
        settle(session, replace(approved, version=3), "recalled")


def test_content_that_is_not_what_its_hash_says_is_never_approved(session: Session) -> None:
    first = save_draft(session, an_issue())
    other = an_issue(number=9)
    content = {"profile": other.profile, "date": DAY.isoformat(), "number": 9, "sections": []}
    session.execute(update(IssueRow).values(content=content))
    session.expire_all()
    with pytest.raises(StorageError, match="is not what its hash says; restore the last backup"):
        settle(session, first, "approved")


def test_all_versions_of_all_issues_are_listed(session: Session) -> None:
    first = save_draft(session, an_issue())
    second = add_version(session, _second(first))
    later = save_draft(session, replace(an_issue(), date=date(2026, 3, 3)))
    other = save_draft(session, replace(an_issue(), profile="tin-nhanh"))
    assert list(issues_of(session)) == [later, first, second, other]
    assert list(issues_of(session, "tin-nhanh")) == [other]


@pytest.mark.parametrize(
    ("status", "remembered"),
    [("draft", ["Tít đã sửa"]), ("corrected", ["Tít đã sửa", "Một cửa gần dân"])],
)
def test_what_an_issue_that_went_out_said_first_has_been_printed_too(
    session: Session, status: Status, remembered: list[str]
) -> None:
    first = save_draft(session, an_issue(an_item(headline="Một cửa gần dân")))
    settle(session, first, status)
    add_version(session, _second(first))
    printed = printed_lately(session, "cchc", date(2026, 3, 3))
    assert [item.headline for item in printed] == remembered


def test_the_items_of_a_recalled_issue_are_free_again(session: Session) -> None:
    settle(session, settle(session, save_draft(session, an_issue()), "approved"), "recalled")
    assert printed_lately(session, "cchc", date(2026, 3, 3)) == ()

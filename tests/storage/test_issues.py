"""Issues, their items and renditions: a draft may change, anything else may not."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from digest.errors import StorageError
from digest.model import Also, Issue, Status
from digest.wire import content_hash
from storage.issues import issue_of, printed_lately, save_draft
from storage.renditions import Rendition, keep_rendition, renditions_of
from storage.schema import IssueRow, ItemRow, RenditionRow
from tests.storage.fakes import DAY, an_issue, an_item


def _set_status(session: Session, status: Status) -> None:
    session.execute(update(IssueRow).values(status=status))
    session.expire_all()


def _render(session: Session, issue: Issue, sha256: str = "5" * 64) -> None:
    keep_rendition(
        session,
        profile=issue.profile,
        day=issue.date,
        version=issue.version,
        issue_hash=str(issue.hash),
        format="pdf",
        path="out/cchc-2026-03-02.pdf",
        sha256=sha256,
        size=1000,
    )


def test_a_draft_comes_back_with_its_hash(session: Session):
    issue = an_issue(an_item(also=(Also(outlet="Songmoi.example", url="https://songmoi.example/1"),)), number=7)
    saved = save_draft(session, issue)
    assert saved == replace(issue, hash=content_hash(issue))
    assert issue_of(session, "cchc", DAY) == saved


def test_there_is_no_issue_of_another_day_profile_or_version(session: Session):
    save_draft(session, an_issue())
    assert issue_of(session, "cchc", date(2026, 3, 3)) is None
    assert issue_of(session, "khac", DAY) is None
    assert issue_of(session, "cchc", DAY, 2) is None


def test_the_same_content_saved_again_writes_nothing(session: Session):
    saved = save_draft(session, an_issue())
    items = list(session.scalars(select(ItemRow.id)))
    assert save_draft(session, an_issue()) == saved
    assert list(session.scalars(select(ItemRow.id))) == items
    assert session.scalar(select(func.count()).select_from(IssueRow)) == 1


def test_a_changed_draft_takes_the_place_of_the_old_one(session: Session):
    first = save_draft(session, an_issue())
    second = save_draft(session, an_issue(an_item(1, headline="Tít khác")))
    assert second.version == first.version
    assert second.hash != first.hash
    assert issue_of(session, "cchc", DAY) == second
    assert list(session.scalars(select(ItemRow.headline))) == ["Tít khác"]


def test_an_empty_draft_can_be_saved(session: Session):
    saved = save_draft(session, an_issue(sections=()))
    assert issue_of(session, "cchc", DAY) == saved


@pytest.mark.parametrize("status", ["review", "approved", "published", "recalled"])
def test_what_is_no_draft_any_more_cannot_change(session: Session, status: Status):
    saved = save_draft(session, an_issue())
    _set_status(session, status)
    changed = an_issue(an_item(1, headline="Tít khác"))
    with pytest.raises(StorageError, match=rf"issue cchc of 2026-03-02, version 1 is {status}.*new version"):
        save_draft(session, changed)
    assert issue_of(session, "cchc", DAY) == replace(saved, status=status)


def test_the_same_content_of_a_published_issue_gives_the_published_issue(session: Session):
    saved = save_draft(session, an_issue())
    _set_status(session, "published")
    assert save_draft(session, an_issue()) == replace(saved, status="published")


def test_an_issue_that_is_no_draft_is_not_saved_as_one(session: Session):
    with pytest.raises(StorageError, match="status published cannot be saved as a draft"):
        save_draft(session, an_issue(status="published"))


def test_a_new_version_stands_beside_the_published_one(session: Session):
    first = save_draft(session, an_issue())
    _set_status(session, "published")
    second = save_draft(session, an_issue(an_item(1, headline="Tít đính chính"), version=2))
    assert issue_of(session, "cchc", DAY) == second
    assert issue_of(session, "cchc", DAY, 1) == replace(first, status="published")


def test_items_lately_printed_are_those_of_the_last_issues_before_the_day(session: Session):
    for day in (23, 24, 25, 26, 27):
        save_draft(session, an_issue(an_item(2, article=f"b{day}"), an_item(1, article=None), date=date(2026, 2, day)))
    save_draft(session, an_issue(an_item(1, article="other"), date=date(2026, 2, 27), profile="khac"))
    save_draft(session, an_issue())
    lately = printed_lately(session, "cchc", DAY, issues=2)
    assert [(item.day.day, item.article) for item in lately] == [(27, "b27"), (27, None), (26, "b26"), (26, None)]
    assert lately[0].url == "https://baolua.example/a2"
    assert lately[0].headline == an_item(2).headline


def test_the_newest_version_of_a_day_speaks_for_it(session: Session):
    save_draft(session, an_issue(an_item(1, article="wrong")))
    save_draft(session, an_issue(an_item(1, article="right"), version=2))
    assert [item.article for item in printed_lately(session, "cchc", date(2026, 3, 3))] == ["right"]


def test_items_of_a_recalled_issue_are_free_again(session: Session):
    save_draft(session, an_issue())
    _set_status(session, "recalled")
    assert printed_lately(session, "cchc", date(2026, 3, 3)) == ()


def test_a_rendition_is_kept_once_a_content_and_format(session: Session):
    issue = save_draft(session, an_issue())
    _render(session, issue)
    _render(session, issue, sha256="6" * 64)
    kept = Rendition(
        format="pdf", path="out/cchc-2026-03-02.pdf", sha256="6" * 64, size=1000, issue_hash=str(issue.hash)
    )
    assert renditions_of(session, profile="cchc", day=DAY, version=1) == (kept,)


def test_a_rendition_of_an_earlier_draft_is_kept_but_does_not_show_the_issue(session: Session):
    _render(session, save_draft(session, an_issue()))
    save_draft(session, an_issue(an_item(1, headline="Tít khác")))
    assert renditions_of(session, profile="cchc", day=DAY, version=1) == ()
    assert session.scalar(select(func.count()).select_from(RenditionRow)) == 1


def test_a_rendition_needs_its_issue(session: Session):
    with pytest.raises(StorageError, match="issue cchc of 2026-03-02, version 1 is not stored"):
        _render(session, an_issue(hash="0"))

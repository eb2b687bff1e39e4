"""A run on a day whose issue is no draft any more: the issue stays, what came later is counted."""

from contextlib import nullcontext
from dataclasses import replace

import pytest

from digest.pipeline.day import Orders, run_day
from digest.pipeline.versions import Deed, keep_version
from digest.versions import next_version
from storage.database import open_database
from tests.digest.pipeline.office import DAY, PROFILE, Office
from tests.fakes import an_article, at


@pytest.fixture
def office(tmp_path):
    engine = open_database(f"sqlite:///{tmp_path / 'kho.db'}")
    yield Office(engine)
    engine.dispose()


def run(office):
    orders = Orders(day=DAY, profile=PROFILE, model=None, processes=1)
    return run_day(
        office.engine,
        orders,
        None,
        clock=lambda: at("2026-03-02 09:00"),
        progress=lambda _stage, _total: nullcontext(lambda _steps: None),
    )


def test_an_approved_issue_stays_as_it_is_and_the_report_counts_the_later_stories(office):
    signed = an_article(id="ky", url="https://baolua.example/ky.html", title="Tỉnh công bố bộ thủ tục mới")
    approved = office.issue(signed, status="approved")
    office.keep(an_article())
    issue, report = run(office)
    assert issue.hash == approved.hash
    assert report.printed == 1
    assert report.notes == ("the issue of 2026-03-02 is approved: it stays as it is; later stories waiting: 1",)


def test_a_draft_that_a_person_edited_stays_as_it_is(office):
    old = an_article(id="cu", url="https://baolua.example/cu.html", title="Tỉnh công bố bộ thủ tục mới")
    first = office.issue(old)
    second = next_version(first, replace(first, number=41))
    keep_version(office.engine, first, second, Deed(moment=at("2026-03-02 08:30")))
    office.keep(an_article())
    issue, report = run(office)
    assert (issue.version, issue.status, issue.hash) == (2, "draft", second.hash)
    assert report.notes == ("the issue of 2026-03-02 was edited (version 2): it stays as it is; stories it lacks: 1",)


def test_the_report_counts_what_just_missed(office):
    narrow = [
        an_article(id=f"b{n}", url=f"https://baolua.example/{n}.html", title=title, sapo=None, paragraphs=())
        for n, title in enumerate(
            (
                "Lào Cai cắt giảm một nửa thủ tục hành chính về đất đai",
                "Lào Cai: công chức xã trực tiếp nhận hồ sơ trực tuyến của người dân",
                "Lào Cai sáp nhập các phòng, giảm đầu mối cơ quan hành chính",
            )
        )
    ]
    office.keep(*narrow)
    _, report = run(office)
    assert (report.printed, report.near_misses, report.dropped) == (2, 1, {"province-full": 1})

"""A run on a day whose issue is no draft any more: the issue stays, what came later is counted."""

from contextlib import nullcontext

import pytest

from digest.pipeline.day import Orders, run_day
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

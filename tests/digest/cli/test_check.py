"""`diembao sources check`, `sources health`, and the alerts in a run's report."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from digest.cli.console import ALERTS_SHOWN, close, report_lines
from digest.cli.surroundings import now
from digest.demo.newsroom import Newsroom
from digest.pipeline.alerts import alert
from digest.pipeline.report import Report
from scrapers.fetching.hosts import host_key
from storage.articles import keep_article
from storage.database import begin, open_database
from storage.remembered import Standing, keep_standing
from storage.rounds import SourceRound, keep_round
from storage.runs import start_run
from tests.fakes import an_article, at
from tests.scrapers.fakes import a_feed, a_listing, a_web

SETTINGS = 'sources = ["nguon.toml"]\nshipped_sources = false\ncontact = "bantin@tinh.example"\nprocesses = 1\n'


@pytest.fixture
def newsroom(tmp_path: Path):
    with Newsroom() as running:
        (tmp_path / "nguon.toml").write_text(running.catalogue_toml(), encoding="utf-8")
        (tmp_path / "diembao.toml").write_text(SETTINGS)
        yield running


@pytest.mark.usefixtures("newsroom")
def test_check_prints_what_held_and_writes_nothing(diembao, home):
    status, out, err = diembao("sources", "check", "phusa", "congvumoi")
    assert status == 0
    assert "phusa: as declared\n" in out
    assert "  feed     http://127.0.0.1:" in out
    assert "found by: title family, sapo family, author family, time family, body family" in out
    assert "2 of 2 outlets as declared, 0 with something broken" in err
    assert not home.exists()


def test_check_gives_status_1_and_names_what_broke(diembao, newsroom):
    (empty,) = [site for site in newsroom.sites if site.outlet.empty_feed_path]
    status, out, err = diembao("sources", "check", empty.outlet.id)
    assert status == 1
    assert f"{empty.outlet.id}: broken\n" in out
    assert f"  broken   feed {empty.feeds[0]}: empty-feed" in out
    assert "0 of 1 outlets as declared, 1 with something broken" in err


@pytest.mark.usefixtures("newsroom")
def test_check_as_json_is_a_line_a_source(diembao):
    status, out, _ = diembao("sources", "check", "--json")
    checks = [json.loads(line) for line in out.splitlines()]
    assert status == 1
    assert len(checks) == 15
    assert {field["by"] for check in checks for field in check["article"]["fields"] if field["field"] == "body"} == {
        "family"
    }


def test_an_article_that_cannot_be_read_is_said_in_a_line(diembao, tmp_path):
    with a_web() as web:
        missing = f"{web.base}/xa-tan-lua-tra-ket-qua-chung-thuc-a1001.html"
        feed = web.gives("/rss", a_feed((missing, "Xã Tân Lúa trả kết quả sớm", "Mon, 02 Mar 2026 07:30:00 +0700")))
        (tmp_path / "nguon.toml").write_text(
            f'[[sources]]\nid = "thu"\nname = "Thử"\ndomain = "127.0.0.1"\noutlet = "Thu.example"\n'
            f'kind = "journal"\nallow_private = true\ndelay = 0.0\nfeeds = ["{feed}"]\n',
            encoding="utf-8",
        )
        (tmp_path / "diembao.toml").write_text(SETTINGS)
        status, out, _ = diembao("sources", "check", "thu")
    assert status == 1
    assert f"  article  {missing}  not-found 404\n" in out
    assert f"  broken   article {missing}: not-found 404\n" in out


def test_a_source_without_a_single_link_has_no_article(diembao, tmp_path):
    with a_web() as web:
        (tmp_path / "nguon.toml").write_text(
            f'[[sources]]\nid = "thu"\nname = "Thử"\ndomain = "127.0.0.1"\noutlet = "Thu.example"\n'
            f'kind = "journal"\nallow_private = true\ndelay = 0.0\nfeeds = ["{web.base}/mat"]\n',
            encoding="utf-8",
        )
        (tmp_path / "diembao.toml").write_text(SETTINGS)
        status, out, _ = diembao("sources", "check", "thu")
    assert status == 1
    assert "  article" not in out
    assert "  broken   no listing gave a link to an article\n" in out


@pytest.mark.parametrize("command", ["check", "health"])
def test_an_unknown_or_uncollected_source_is_wrong_use(diembao, tmp_path, command):
    (tmp_path / "diembao.toml").write_text('contact = "a@b.example"\n')
    status, _, err = diembao("sources", command, "khong-co")
    assert (status, "source khong-co: not in the catalogue" in err) == (2, True)
    status, _, err = diembao("sources", command, "baobinhphuoc")
    assert (status, "source baobinhphuoc: is not collected: no feed" in err) == (2, True)


def test_check_without_a_contact_asks_nobody(diembao):
    status, _, err = diembao("sources", "check")
    assert status == 3
    assert "settings, key contact: is not set" in err


def declare(folder: Path, **lists: str) -> None:
    fields = "".join(f"{name} = {value}\n" for name, value in lists.items())
    (folder / "nguon.toml").write_text(
        f'[[sources]]\nid = "thu"\nname = "Thử"\ndomain = "127.0.0.1"\noutlet = "Thu.example"\n'
        f'kind = "journal"\nallow_private = true\ndelay = 0.0\n{fields}',
        encoding="utf-8",
    )
    (folder / "diembao.toml").write_text(SETTINGS)


TITLE = "Xã Tân Lúa trả kết quả chứng thực ngay trong buổi sáng"
WORDS = "Bộ phận một cửa của xã Tân Lúa trả kết quả chứng thực ngay trong buổi sáng, người dân không phải quay lại."


def test_what_the_family_did_not_find_is_said_beside_as_declared_and_status_stays_0(diembao, tmp_path):
    with a_web() as web:
        path = "/xa-tan-lua-tra-ket-qua-chung-thuc-a1001.html"
        feed = web.gives("/rss", a_feed((web.base + path, TITLE, "Mon, 02 Mar 2026 07:30:00 +0700")))
        text = "".join(f"<p>{WORDS} Lần {number}.</p>" for number in range(3))
        web.gives(
            path,
            f'<html><head><title>{TITLE}</title></head><body><h1 class="fw700">{TITLE}</h1><span class="pubdate">'
            f'02/03/2026 07:30</span><div class="content-fck">{text}</div></body></html>',
        )
        declare(tmp_path, feeds=f'["{feed}"]', family='"F5"')
        status, out, err = diembao("sources", "check", "thu")
        (found,) = map(json.loads, diembao("sources", "check", "thu", "--json")[1].splitlines())
    assert status == 0
    assert out.splitlines()[0] == "thu: as declared, but: standfirst, author not found"
    assert "1 of 1 outlets as declared, 0 with something broken" in err
    assert (found["but"], found["resting_until"]) == (["standfirst, author not found"], None)


def test_a_document_is_said_to_be_one(diembao, tmp_path):
    with a_web() as web:
        path = "/cong-bao/xa-tan-lua-tra-ket-qua-chung-thuc-so-1001.txt"
        section = web.gives("/cong-bao", a_listing((path, TITLE)))
        text = f"{WORDS}\n\nNgười dân nộp hồ sơ qua mạng từ đầu tháng.\n\nTrẻ em và người già được trả tại nhà."
        web.gives(path, f"{TITLE}\n\n{text}\n", Content_Type="text/plain; charset=utf-8")
        declare(tmp_path, pages=f'["{section}"]', documents="true")
        status, out, _ = diembao("sources", "check", "thu")
    assert status == 0
    assert out.splitlines()[0] == "thu: as declared"
    assert out.splitlines()[-1] == f"           a document: {TITLE}, 2 paragraphs"


@pytest.mark.parametrize("days", [0, 2])
def test_a_source_that_runs_leave_alone_is_told_with_the_hour_in_vietnam(diembao, home, newsroom, days):
    (site,) = [site for site in newsroom.sites if site.outlet.id == "phusa"]
    home.mkdir()
    until = now().replace(hour=23, minute=59, second=59) + timedelta(days=days)
    engine = open_database(f"sqlite:///{home / 'diembao.db'}")
    with begin(engine) as session:
        keep_standing(session, host_key(site.feeds[0]), Standing(failures=3, open_until=until))
    engine.dispose()
    status, out, _ = diembao("sources", "check", "phusa")
    assert status == 0
    hour = f"{until:%d/%m %H:%M}" if days else "23:59"
    assert out.splitlines()[1] == f"  left alone by runs until {hour}"
    (found,) = map(json.loads, diembao("sources", "check", "phusa", "--json")[1].splitlines())
    assert found["resting_until"] == until.isoformat()


@pytest.mark.usefixtures("newsroom")
def test_a_database_that_cannot_be_read_costs_no_check(diembao, home):
    home.mkdir()
    (home / "diembao.db").write_text("không phải cơ sở dữ liệu" * 99)
    status, out, err = diembao("sources", "check", "phusa")
    assert (status, out.splitlines()[0]) == (0, "phusa: as declared")
    assert "whether runs leave a source alone is not known: " in err


@pytest.mark.usefixtures("newsroom")
def test_health_is_a_table_with_the_alerts_under_it(diembao, home):
    home.mkdir()
    engine = open_database(f"sqlite:///{home / 'diembao.db'}")
    with begin(engine) as session:
        run = start_run(session, day=date(2026, 3, 2), profile="cchc", moment=now())
        for days in range(20, -1, -1):
            moment = now() - timedelta(days=days)
            kept = SourceRound(source="phusa", ended=moment, listings=1, answered=1, kept=1, failed={"captcha": 1})
            keep_round(session, run, kept)
            keep_round(session, run, SourceRound(source="xulam", ended=moment, listings=1, failed={"dns": 1}))
            article = an_article(id=f"a{days}", url=f"https://phusa.example/{days}", published=moment, fetched=moment)
            keep_article(session, article, source="phusa", page_id=None)
    engine.dispose()
    status, out, _ = diembao("sources", "health", "phusa", "xulam")
    assert status == 1
    heading, one, other, said = out.splitlines()
    assert heading.split()[:2] == ["source", "state"]
    assert one.split()[:2] == ["phusa", "well"]
    assert "captcha 3" in one
    assert other.split()[:2] == ["xulam", "alert"]
    assert said.startswith("alert: xulam: unreachable: ")
    status, out, _ = diembao("sources", "health", "phusa", "--json")
    assert status == 0
    (health,) = [json.loads(line) for line in out.splitlines()]
    assert (health["source"], health["brought"]["articles"], health["fallback"]) == ("phusa", 21, 0.0)


@pytest.mark.usefixtures("newsroom")
def test_health_without_a_database_is_status_3(diembao, home):
    status, _, err = diembao("sources", "health")
    assert (status, "there is no database yet" in err) == (3, True)
    assert not home.exists()


def test_a_report_shows_its_alerts_as_lines_and_as_json(capsys):
    alerts = tuple(alert(f"bao{n}", "never") for n in range(ALERTS_SHOWN + 2))
    lines = report_lines(Report(alerts=alerts))
    assert lines[0] == (
        "alert: bao0: never: collected for a week and never gave an article – "
        "diembao sources check bao0 shows what its listings give; correct its addresses and article_pattern"
    )
    assert lines[-1] == "alert: … and 2 more; diembao doctor lists them all"
    assert len(lines) == ALERTS_SHOWN + 1
    assert close(Report(alerts=alerts[:1]), (), as_json=True) == 0
    (shown,) = json.loads(capsys.readouterr().err)["alerts"]
    assert (shown["source"], shown["kind"]) == ("bao0", "never")


def test_an_alert_names_a_moment_in_vietnam():
    assert "02/03/2026 07:30" in alert("baolua", "silent", since=at("2026-03-02 07:30")).said

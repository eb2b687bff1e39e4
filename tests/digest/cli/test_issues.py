import base64
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from classifiers import modelfile
from digest.profile import SHIPPED
from digest.wire import dump, dumps
from storage.database import begin, open_database
from storage.issues import save_draft
from storage.pictures import Origin, keep_picture
from tests.digest.render.fakes import a_picture, an_image
from tests.digest.test_wire import an_issue
from tests.fakes import SHARED, an_article, at, needs_shared

DAY = "2026-03-02"
PICTURE = "https://baolua.example/a.jpg"


@pytest.fixture
def judged(diembao, day_lines, tmp_path):
    """The demo newsroom's day, judged and grouped."""
    assert diembao("judge", day_lines, "--date", DAY, "-o", tmp_path / "judged.jsonl")[0] == 0
    assert diembao("stories", tmp_path / "judged.jsonl", "-o", tmp_path / "stories.jsonl")[0] == 0
    return tmp_path / "stories.jsonl"


def issue_file(path, **fields):
    path.write_text(dumps(dump(replace(an_issue(), **fields))), encoding="utf-8")
    return path


def test_the_stages_one_by_one_and_the_draft_alone_give_the_same_issue(diembao, judged, day_lines, tmp_path):
    status, out, err = diembao("draft", "--from", judged, "--date", DAY)
    assert status == 0
    issue = json.loads(out)
    assert (issue["profile"], issue["date"], issue["status"], issue["version"]) == ("cchc", DAY, "draft", 1)
    assert len(issue["sections"]) == 5
    numbers = [item["number"] for section in issue["sections"] for item in section["items"]]
    assert numbers == list(range(1, len(numbers) + 1))
    assert "dropped" in err
    assert diembao("draft", "--from", day_lines, "--date", DAY, "-o", tmp_path / "issue.json")[0] == 0
    assert json.loads((tmp_path / "issue.json").read_text(encoding="utf-8")) == issue


def test_a_draft_makes_no_database(diembao, judged, home):
    assert diembao("draft", "--from", judged, "--date", DAY, "-o", "issue.json")[0] == 0
    assert not home.exists()


def test_what_an_earlier_issue_printed_is_left_out(diembao, judged, home):
    first = json.loads(diembao("draft", "--from", judged, "--date", DAY)[1])
    item = first["sections"][0]["items"][0]
    home.mkdir()
    engine = open_database(f"sqlite:///{home / 'diembao.db'}")
    before = an_issue()
    section = before.sections[0]
    printed = replace(section.items[0], article=item["article"], url=item["url"])
    with begin(engine) as session:
        save_draft(session, replace(before, date=date(2026, 2, 27), sections=(replace(section, items=(printed,)),)))
    engine.dispose()
    status, out, err = diembao("draft", "--from", judged, "--date", DAY)
    assert status == 0
    urls = [item["url"] for section in json.loads(out)["sections"] for item in section["items"]]
    assert item["url"] not in urls
    assert "printed-before" in err


def test_a_database_that_is_none_is_status_3(diembao, judged, home):
    home.mkdir()
    (home / "diembao.db").write_bytes(b"khong phai co so du lieu" * 100)
    status, out, err = diembao("draft", "--from", judged, "--date", DAY)
    assert (status, out) == (3, "")
    assert "diembao.db" in err


def test_a_line_with_a_wrong_judgement_is_named(diembao, tmp_path):
    path = tmp_path / "bai.jsonl"
    path.write_text(dumps(dump(an_article()) | {"relevance": "cao"}) + "\n", encoding="utf-8")
    status, _, err = diembao("draft", "--from", path, "--date", DAY)
    assert status == 1
    assert "line 1, field relevance" in err


@pytest.mark.parametrize(
    ("field", "value"),
    [("section", "the_thao"), ("areas", ["bong_da"]), ("relevance", 7), ("story", 3), ("selected", None)],
)
def test_a_wrong_judgement_or_story_costs_its_line_alone(diembao, tmp_path, field, value):
    good = {"relevance": 0.9, "selected": True, "section": "dia_phuong", "story": "s", "lead": True}
    lines = [dump(an_article()) | good, dump(an_article(id="a2", url=None)) | good | {"story": "s2", field: value}]
    path = tmp_path / "bai.jsonl"
    path.write_text("".join(dumps(line) + "\n" for line in lines), encoding="utf-8")
    status, out, err = diembao("draft", "--from", path, "--date", DAY)
    assert status == 1
    assert "line 2" in err
    assert [item["article"] for item in json.loads(out)["sections"][0]["items"]] == ["a1"]


def test_one_id_for_two_articles_is_named_and_a_line_given_twice_counts_once(diembao, tmp_path):
    good = {"relevance": 0.9, "selected": True, "section": "dia_phuong", "story": "s", "lead": True}
    line = dumps(dump(an_article()) | good)
    other = dumps(dump(an_article(title="Tin khác hẳn", url=None)) | good)
    path = tmp_path / "bai.jsonl"
    path.write_text(f"{line}\n{line}\n{other}\n", encoding="utf-8")
    status, out, err = diembao("draft", "--from", path, "--date", DAY)
    assert status == 1
    assert "line 3, field id: 'a1' stands for another line already" in err
    assert [item["headline"] for item in json.loads(out)["sections"][0]["items"]] == [an_article().title]


def test_an_empty_day_is_an_empty_issue(diembao, tmp_path):
    (tmp_path / "rong.jsonl").write_text("")
    status, out, _ = diembao("draft", "--from", tmp_path / "rong.jsonl", "--date", DAY)
    assert status == 0
    assert json.loads(out)["sections"] == []


def test_a_tray_holds_what_just_missed_a_line_each(diembao, tmp_path):
    card = modelfile.read().card
    known = {"section": "dia_phuong", "section_confidence": 0.9, "provinces": ["Lào Cai"], "model": card.name}
    lines = [
        dump(an_article(id=f"b{n}", url=f"https://b{n}.example/1.html", outlet=f"B{n}.example", title=f"Tin số {n}"))
        | known
        | {"relevance": relevance, "selected": relevance >= card.line, "story": f"s{n}", "lead": True}
        for n, relevance in enumerate((0.99, 0.98, 0.97, round(card.line - 0.06, 4), 0.01))
    ]
    (tmp_path / "bai.jsonl").write_text("".join(dumps(line) + "\n" for line in lines), encoding="utf-8")
    arguments = ("draft", "--from", tmp_path / "bai.jsonl", "--date", DAY, "-o", tmp_path / "so.json")
    status, _, err = diembao(*arguments, "--tray", tmp_path / "khay.jsonl", "--json")
    assert status == 0, err
    assert json.loads(err.splitlines()[-1])["near_misses"] == 2
    tray = [json.loads(line) for line in (tmp_path / "khay.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(line["id"], line["rule"], line["detail"]) for line in tray] == [
        ("b2", "province-full", "Lào Cai"),
        ("b3", "not-relevant", f"{card.line - 0.06:.2f}"),
    ]
    assert tray[1]["short"] == 0.06
    assert tray[1]["reason"] == f"below the line by 0.06 ({card.line - 0.06:.2f}, line {card.line:.2f})"
    assert tray[0]["score"] == pytest.approx(sum(part["points"] for part in tray[0]["parts"]))
    status, out, _ = diembao("draft", "--from", tmp_path / "khay.jsonl", "--date", DAY)
    assert status == 0
    assert [item["article"] for section in json.loads(out)["sections"] for item in section["items"]] == ["b2"]


def test_a_tray_of_lines_judged_by_an_unknown_model_holds_only_what_a_quota_kept_out(diembao, tmp_path):
    line = dump(an_article()) | {
        "relevance": 0.39,
        "selected": False,
        "model": "mot-may-khac",
        "story": "s",
        "lead": True,
    }
    (tmp_path / "bai.jsonl").write_text(dumps(line) + "\n", encoding="utf-8")
    arguments = ("draft", "--from", tmp_path / "bai.jsonl", "--date", DAY)
    assert diembao(*arguments, "--tray", tmp_path / "khay.jsonl")[0] == 0
    assert (tmp_path / "khay.jsonl").read_text(encoding="utf-8") == ""


@pytest.mark.parametrize("target", ["-", "so.json"])
def test_a_tray_does_not_go_where_the_issue_goes(diembao, tmp_path, target):
    (tmp_path / "bai.jsonl").write_text("")
    status, out, err = diembao("draft", "--from", tmp_path / "bai.jsonl", "--date", DAY, "-o", target, "--tray", target)
    assert (status, out) == (2, "")
    assert f"--tray {target}: the issue goes there; name another file" in err


def test_a_later_line_of_a_printed_story_returns_only_with_news(diembao, home, tmp_path):
    told = an_article(title="Tỉnh dự kiến bỏ giấy hẹn", sapo="Dự thảo đang được lấy ý kiến.")
    copy = replace(told, id="chep", url="https://song.example/1.html", outlet="Song.example")
    news = replace(copy, id="moi", url="https://gio.example/1.html", outlet="Gio.example")
    news = replace(news, title="Tỉnh ban hành quy định bỏ giấy hẹn", sapo="Quyết định 12/2026/QĐ-UBND có hiệu lực.")
    good = {"relevance": 0.9, "selected": True, "section": "dia_phuong", "story": "s"}
    lines = [dump(one) | good | {"lead": one is told} for one in (told, copy, news)]
    (tmp_path / "bai.jsonl").write_text("".join(dumps(line) + "\n" for line in lines), encoding="utf-8")
    before = an_issue()
    section = before.sections[0]
    printed = replace(section.items[0], article=told.id, url=told.url)
    home.mkdir()
    engine = open_database(f"sqlite:///{home / 'diembao.db'}")
    with begin(engine) as session:
        save_draft(session, replace(before, date=date(2026, 2, 27), sections=(replace(section, items=(printed,)),)))
    engine.dispose()
    status, out, _ = diembao("draft", "--from", tmp_path / "bai.jsonl", "--date", DAY)
    assert status == 0
    assert [item["article"] for section in json.loads(out)["sections"] for item in section["items"]] == ["moi"]


def test_render_writes_every_format_and_prints_the_paths(diembao, tmp_path):
    path = issue_file(tmp_path / "so.json")
    formats = "html,pdf,docx,mail,text,chat,json,atom"
    status, out, _ = diembao("render", path, "--format", formats, "-o", tmp_path / "ra")
    assert status == 0
    endings = ("html", "pdf", "docx", "eml", "txt", "chat.txt", "json", "atom")
    assert [Path(line).name for line in out.splitlines()] == [f"cchc-2026-03-02.{ending}" for ending in endings]
    assert all(Path(line).stat().st_size for line in out.splitlines())
    assert (tmp_path / "ra" / "cchc-2026-03-02.pdf").read_bytes().startswith(b"%PDF-")


@pytest.fixture
def pictured(tmp_path):
    """An issue's file whose item prints a picture, and the picture; `in-anh.toml` is a profile that prints it."""
    picture, issue = a_picture(), an_issue()
    daily = (SHIPPED / "cchc.toml").read_text("utf-8")
    (tmp_path / "in-anh.toml").write_text(daily.replace('pictures = "link"', 'pictures = "print"'), encoding="utf-8")
    section = issue.sections[0]
    item = replace(section.items[0], images=(an_image(picture, PICTURE, "Bộ phận một cửa"),))
    path = issue_file(tmp_path / "anh.json", sections=(replace(section, items=(item,)),))
    return path, picture


def test_render_prints_the_pictures_that_the_offices_database_keeps(diembao, pictured, home, tmp_path):
    path, picture = pictured
    home.mkdir()
    engine = open_database(f"sqlite:///{home / 'diembao.db'}")
    origin = Origin(
        address=PICTURE, source="baolua", original="0" * 64, asked_width=900, fetched=at("2026-03-02 07:30")
    )
    with begin(engine) as session:
        keep_picture(session, picture, origin)
    engine.dispose()
    profile = tmp_path / "in-anh.toml"
    status, out, err = diembao("render", path, "--profile", profile, "--format", "html,pdf", "-o", tmp_path / "ra")
    assert (status, "pictures" in err) == (0, False)
    page, paper = (Path(line).read_bytes() for line in out.splitlines())
    assert base64.b64encode(picture.data) in page
    assert len(paper) > len(picture.data)


def test_render_without_a_database_makes_none_and_tells_what_is_left_out(diembao, pictured, home, tmp_path):
    profile = tmp_path / "in-anh.toml"
    status, out, err = diembao("render", pictured[0], "--profile", profile, "--format", "html", "-o", tmp_path / "ra")
    assert status == 0
    assert "note: pictures that the database here does not keep, left out: 1" in err
    assert b"<img" not in Path(out.strip()).read_bytes()
    assert not home.exists()


def test_an_issue_without_pictures_is_rendered_whatever_the_database_is(diembao, home, tmp_path):
    home.mkdir()
    (home / "diembao.db").write_bytes(b"khong phai co so du lieu" * 100)
    path = issue_file(tmp_path / "so.json")
    assert diembao("render", path, "--format", "text", "-o", tmp_path / "ra")[0] == 0


def test_render_reports_as_json_on_wish(diembao, tmp_path):
    path = issue_file(tmp_path / "so.json")
    status, out, err = diembao("render", path, "--format", "text", "-o", tmp_path, "--json")
    assert status == 0
    assert json.loads(err.splitlines()[-1])["written"] == out.splitlines()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "so.json: not JSON"),
        ('{"profile": "cchc", "date": "hôm qua"}', "so.json, field date"),
        ('{"date": "2026-03-02"}', "missing required field `profile`"),
        ('{"profile": "thang-ba", "date": "2026-03-02"}', "profile thang-ba: No such file"),
    ],
)
def test_a_wrong_issue_is_status_3_and_writes_nothing(diembao, tmp_path, content, message):
    (tmp_path / "so.json").write_text(content, encoding="utf-8")
    status, out, err = diembao("render", tmp_path / "so.json", "-o", tmp_path / "ra")
    assert (status, out) == (3, "")
    assert message in err
    assert not (tmp_path / "ra").exists()


def test_a_file_in_the_folders_place_is_wrong_use(diembao, tmp_path):
    path = issue_file(tmp_path / "so.json")
    status, _, err = diembao("render", path, "-o", path)
    assert status == 2
    assert "is a file; name a folder" in err


@needs_shared
def test_the_real_bulletin_is_found_among_other_articles(diembao):
    source = SHARED / "bulletins" / "2023-12-11.articles.jsonl"
    gold = json.loads((SHARED / "bulletins" / "2023-12-11.issue.json").read_text(encoding="utf-8"))
    status, out, _ = diembao("draft", "--from", source, "--date", "2023-12-11", "--profile", "cchc-2023")
    assert status == 0
    issue = json.loads(out)
    found = {item["headline"]: (s["key"], item) for s in issue["sections"] for item in s["items"]}
    expected = {item["headline"]: (s["key"], item) for s in gold["sections"] for item in s["items"]}
    assert found.keys() == expected.keys()
    for headline, (key, item) in expected.items():
        assert found[headline][0] == key
        for name in ("contents_line", "paragraphs", "outlet", "published", "author"):
            assert found[headline][1][name] == item[name]


@needs_shared
@pytest.mark.parametrize("day", ["2025-09-22", "2026-01-13"])
def test_a_real_days_stream_becomes_a_draft(diembao, day):
    status, out, err = diembao("draft", "--from", SHARED / "stream" / f"{day}.articles.jsonl", "--date", day)
    assert status == 0, err
    items = [item for section in json.loads(out)["sections"] for item in section["items"]]
    assert len(items) >= 8
    assert all(item["outlet"] and "no-date" in item["flags"] for item in items)

import json
from dataclasses import replace
from datetime import date

import pytest

from tests.digest.cli.test_issues import issue_file
from tests.digest.test_wire import an_issue

TABLE = "Chỉ số hài lòng theo sở\nSở Lúa\t95,37%\nSở Nước\t88,1%\n"


@pytest.fixture
def table(tmp_path):
    file = tmp_path / "bang.txt"
    file.write_text(TABLE, encoding="utf-8")
    return file


def test_a_pasted_table_becomes_a_chart_behind_an_item(diembao, tmp_path, table):
    issue = issue_file(tmp_path / "issue.json")
    target = tmp_path / "with.json"
    assert diembao("chart", table, "--into", issue, "--item", "1", "-o", target)[0] == 0
    item = json.loads(target.read_text("utf-8"))["sections"][0]["items"][0]
    assert [(bar["name"], bar["value"]) for bar in item["charts"][0]["rows"]] == [("Sở Lúa", 95.37), ("Sở Nước", 88.1)]
    assert diembao("render", target, "--format", "html", "-o", tmp_path)[0] == 0
    assert "95,37" in next(tmp_path.glob("*.html")).read_text("utf-8")


def test_a_table_that_is_none_is_named_with_its_line(diembao, tmp_path, table):
    table.write_text("Chỉ số\nSở Lúa\t95,37%\nSở Nước\tnhiều\n", encoding="utf-8")
    status, _, told = diembao("chart", table, "--into", issue_file(tmp_path / "i.json"), "--item", "1")
    assert status == 3
    assert "bang.txt" in told
    assert "line 3" in told


def test_an_item_that_is_not_there_is_named(diembao, tmp_path, table):
    status, _, told = diembao("chart", table, "--into", issue_file(tmp_path / "i.json"), "--item", "99")
    assert status == 3
    assert "99" in told


def test_a_table_without_an_issue_is_a_chart_alone(diembao, tmp_path, table):
    status, out, _ = diembao("chart", table)
    assert status == 0
    issue = json.loads(issue_file(tmp_path / "i.json").read_text("utf-8"))
    issue["sections"][0]["items"][0]["charts"] = [json.loads(out)]  # as docs/shapes.md says: the chart of an item
    (tmp_path / "voi.json").write_text(json.dumps(issue), encoding="utf-8")
    assert diembao("render", tmp_path / "voi.json", "--format", "text", "-o", tmp_path)[0] == 0
    assert "Sở Lúa: 95,37%" in next(tmp_path.glob("cchc-*.txt")).read_text("utf-8")


@pytest.mark.parametrize(
    ("what", "title"),
    [
        ("section", "Số tin, bài theo mục, từ 01/03/2026 đến 02/03/2026"),
        ("province", "Số tin, bài theo địa phương, từ 01/03/2026 đến 02/03/2026"),
        ("outlet", "Số tin, bài theo báo, từ 01/03/2026 đến 02/03/2026"),
        ("day", "Số tin, bài theo ngày phát hành, từ 01/03/2026 đến 02/03/2026"),
    ],
)
def test_the_items_of_issues_are_counted(diembao, tmp_path, what, title):
    (section,) = an_issue().sections
    sections = (replace(section, items=tuple(replace(item, provinces=("Cần Thơ",)) for item in section.items)),)
    days = (issue_file(tmp_path / f"{day}.json", date=date(2026, 3, day), sections=sections) for day in (1, 2))
    status, out, _ = diembao("chart", "--count", what, *days)
    counted = json.loads(out)
    assert (status, counted["title"], counted["unit"]) == (0, title, "tin, bài")
    assert sum(row["value"] for row in counted["rows"]) == 2


def test_a_count_stands_behind_an_item_like_any_chart(diembao, tmp_path):
    issue = issue_file(tmp_path / "issue.json")
    status, out, _ = diembao("chart", "--count", "outlet", issue, "--into", issue, "--item", "1")
    assert status == 0
    (chart,) = json.loads(out)["sections"][0]["items"][0]["charts"]
    assert chart["title"].startswith("Số tin, bài theo báo")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["{table}", "--item", "1"], "--into and --item go together"),
        (["{table}", "--into", "{issue}"], "--into and --item go together"),
        (["{table}", "{table}"], "say with --count by what to count: section, province, outlet, day"),
        (["--count", "author", "{issue}"], "--count author: is none of section, province, outlet, day"),
    ],
)
def test_what_cannot_be_meant_is_refused(diembao, tmp_path, table, arguments, said):
    issue = issue_file(tmp_path / "i.json")
    status, out, told = diembao("chart", *(one.format(table=table, issue=issue) for one in arguments))
    assert (status, out) == (2, "")
    assert said in told


def test_issues_without_items_have_nothing_to_count(diembao, tmp_path):
    status, _, told = diembao("chart", "--count", "day", issue_file(tmp_path / "i.json", sections=()))
    assert status == 3
    assert "i.json: has nothing to count by day" in told

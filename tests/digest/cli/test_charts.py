import json

import pytest

from tests.digest.cli.test_issues import issue_file

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

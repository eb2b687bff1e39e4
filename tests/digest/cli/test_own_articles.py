"""`diembao draft --own`: the office's own articles beside what the press wrote."""

import json

from digest.wire import dump, dumps
from tests.fakes import an_article

OWN = {"id": "o1", "title": "Tin của Trung tâm", "paragraphs": ["Hết./."], "author": "Lê Bến"}
DAY = "2026-03-31"


def drafted(diembao, tmp_path, *own, profile="ban-tin-thang", options=()):
    judged = {"relevance": 0.9, "selected": True, "section": "chu_truong", "story": "s", "lead": True}
    (tmp_path / "bai.jsonl").write_text(dumps(dump(an_article(published=None)) | judged) + "\n", encoding="utf-8")
    lines = [line if isinstance(line, str) else dumps(line) for line in own]
    (tmp_path / "rieng.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return diembao(
        *("draft", "--from", tmp_path / "bai.jsonl", "--own", tmp_path / "rieng.jsonl", "--date", DAY),
        *("--profile", profile, *options),
    )


def test_own_articles_stand_in_their_sections_and_count_in_the_report(diembao, tmp_path):
    status, out, err = drafted(diembao, tmp_path, OWN, OWN | {"id": "o2", "section": "thu_tuc"}, options=("--json",))
    issue = json.loads(out)
    assert status == 0
    assert issue["number"] == 3
    told = [(section["key"], [item["origin"] for item in section["items"]]) for section in issue["sections"]]
    assert told == [("trong_tinh", ["own"]), ("chi_dao", ["press"]), ("thu_tuc", ["own"])]
    assert json.loads(err.splitlines()[-1])["printed"] == 3


def test_an_issue_takes_the_number_it_is_given(diembao, tmp_path):
    assert json.loads(drafted(diembao, tmp_path, OWN, options=("--number", "14"))[1])["number"] == 14


def test_an_own_article_that_cannot_be_placed_or_read_is_named(diembao, tmp_path):
    for line, said in (
        (OWN | {"section": "the_thao"}, "'the_thao' is not printed; known: trong_tinh"),
        (OWN | {"section": 3}, "line 1, field section: is no text"),
        ("{", "line 1"),
    ):
        status, out, err = drafted(diembao, tmp_path, line)
        assert (status, out) == (3, "")
        assert said in err

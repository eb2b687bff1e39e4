"""What the office's catalogue lets be printed holds for the draft that a command makes."""

import json

import pytest

from digest.wire import dump, dumps
from tests.fakes import an_article

CATALOGUE = """
[[sources]]
id = "baolua"
name = "Báo Lúa"
domain = "baolua.example"
outlet = "Baolua.example"
kind = "provincial_paper"
not_collected = "chỉ nhận qua thư"
[sources.rights]
"""
JUDGED = {"relevance": 0.9, "selected": True, "section": "linh_vuc", "story": "s", "lead": True}


@pytest.fixture
def drafted(diembao, tmp_path):
    """The one item of the draft under a policy."""

    def run(policy):
        (tmp_path / "nguon.toml").write_text(CATALOGUE + policy, encoding="utf-8")
        (tmp_path / "diembao.toml").write_text('sources = ["nguon.toml"]\n')
        (tmp_path / "bai.jsonl").write_text(dumps(dump(an_article()) | JUDGED) + "\n", encoding="utf-8")
        status, out, err = diembao("draft", "--from", "bai.jsonl", "--date", "2026-03-02")
        assert status == 0, err
        return json.loads(out)["sections"][0]["items"][0]

    return run


def test_without_a_policy_the_whole_article_is_printed(drafted):
    article = an_article()
    assert drafted("")["paragraphs"] == [article.sapo, *article.paragraphs]


def test_a_link_alone_is_a_headline_with_its_source(drafted):
    item = drafted('text = "link"')
    assert (item["paragraphs"], item["flags"]) == ([], ["link-only"])
    assert (item["headline"], item["outlet"], item["url"]) == (
        an_article().title,
        "Baolua.example",
        an_article().url,
    )


def test_a_number_of_words_is_a_limit(drafted):
    assert drafted('text = "words"\nwords = 20')["paragraphs"] == [f"{an_article().sapo} …"]


def test_a_delay_leaves_the_link_for_so_long(drafted):
    assert drafted("delay_hours = 3")["flags"] == []
    assert drafted("delay_hours = 4")["flags"] == ["link-only"]

import json
from datetime import date

import pytest

from digest.errors import InputError
from digest.model import Also, Image, Issue, Item, Section
from digest.wire import (
    article_from,
    content_hash,
    dump,
    dumps,
    issue_from,
    judgement_from,
    moment_from,
    parse,
    story_from,
)
from tests.fakes import SHARED, an_article, at, needs_shared


def an_issue(**fields):
    item = Item(
        number=1,
        article="a1",
        headline="Xã ven sông rút ngắn thời gian cấp giấy khai sinh",
        contents_line="Xã ven sông rút ngắn thời gian cấp giấy khai sinh",
        paragraphs=("Người dân nộp hồ sơ từ nhà.",),
        outlet="Baolua.example",
        published=date(2026, 3, 2),
        images=(Image(src="https://baolua.example/a.jpg", caption="Bộ phận một cửa"),),
        also=(Also(outlet="Baosong.example"),),
    )
    section = Section(key="dia_phuong", title="CẢI CÁCH ĐỊA PHƯƠNG", items=(item,))
    return Issue(profile="cchc", date=date(2026, 3, 2), sections=(section,), **fields)


def test_an_article_comes_back_as_it_went():
    article = an_article(images=(Image(src="https://baolua.example/a.jpg"),), kinds=("p", "li"), tags=("một cửa",))
    assert article_from(json.loads(dumps(dump(article)))) == article


def test_an_issue_comes_back_as_it_went():
    issue = an_issue(number=7, version=2, status="approved", hash="0f")
    assert issue_from(parse(dumps(dump(issue)))) == issue


def test_an_rss_item_is_an_article():
    article = article_from({"title": "Một  cửa", "sapo": None, "url": "https://baolua.example/x", "paragraphs": None})
    assert article.title == "Một cửa"
    assert article.paragraphs == ()
    assert len(article.id) == 16


def test_text_is_normalised_on_entry():
    article = article_from({"id": "x", "title": "Ðề án", "paragraphs": ["\ufeffmột"], "author": "  "})
    assert (article.title, article.paragraphs, article.author) == ("Đề án", ("một",), None)


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        ({"title": 3}, "title"),
        ({"title": "a", "paragraphs": ["x", 4]}, "paragraphs[1]"),
        ({"title": "a", "published": "2026-03-02T07:30:00"}, "published"),
        ({"title": "a", "published": 12}, "published"),
        ({"title": "a", "fetched": "hôm qua"}, "fetched"),
        ({"title": "a", "kinds": ["z"]}, "kinds[0]"),
        ({"title": "a", "published": "9999-12-31T23:00:00Z"}, "published"),
        ({"title": "a", "published": "0001-01-01T00:00:00+14:00"}, "published"),
        ({"title": "a", "published": "0001-01-01"}, "published"),
        ({"title": "a", "images": [{"caption": "x"}]}, "images[0]"),
    ],
)
def test_a_wrong_value_is_named_with_file_line_and_field(raw, field):
    with pytest.raises(InputError) as caught:
        article_from(raw, source="bai.jsonl", number=12)
    assert str(caught.value).startswith(f"bai.jsonl, line 12, field {field}: ")


@pytest.mark.parametrize(
    "line",
    ["{", "[]", "3", '{"a": NaN}', '{"a": -Infinity}', '{"a": ' + "[" * 100000, '{"a": ' + "[" * 30 + "]" * 30 + "}"],
)
def test_a_line_that_is_no_object_is_refused(line):
    with pytest.raises(InputError, match=r"^bai.jsonl, line 3: "):
        parse(line, source="bai.jsonl", number=3)


def test_a_wrong_issue_names_its_field():
    raw = dump(an_issue())
    raw["sections"][0]["items"][0]["number"] = "một"
    with pytest.raises(InputError, match=r"so.json, field sections\[0\].items\[0\].number: Expected `int`"):
        issue_from(raw, source="so.json")


def test_an_items_time_is_cut_to_its_vietnamese_day():
    raw = dump(an_issue())
    raw["sections"][0]["items"][0]["published"] = "2026-03-01T20:00:00Z"
    assert issue_from(raw).sections[0].items[0].published == date(2026, 3, 2)


def test_an_items_wrong_time_names_the_field():
    raw = dump(an_issue())
    raw["sections"][0]["items"][0]["published"] = "2026-03-01T20:00:00"
    with pytest.raises(InputError, match="items"):
        issue_from(raw, source="so.json")


def test_an_issue_of_a_year_that_no_bulletin_has_is_refused():
    with pytest.raises(InputError, match="field date: not between 1900 and 2199"):
        issue_from(dump(an_issue()) | {"date": "0001-01-01"})


def test_judgement_and_story_are_read_from_an_articles_line():
    line = {"title": "a", "relevance": 0.9, "selected": True, "section": None, "areas": ["tthc"], "evidence": []}
    judgement = judgement_from(line)
    assert judgement is not None
    assert (judgement.relevance, judgement.section, judgement.areas) == (0.9, None, ("tthc",))
    assert judgement_from({"title": "a"}) is None
    assert story_from({"title": "a"}) is None
    mark = story_from({"story": "s1", "lead": True})
    assert mark is not None
    assert mark.lead
    with pytest.raises(InputError, match="field selected"):
        judgement_from({"relevance": 0.9, "selected": "yes"})


def test_a_day_alone_is_its_vietnamese_midnight():
    assert moment_from("2026-03-02") == at("2026-03-02 00:00")
    assert moment_from("2026-03-07T08:52:11.000 +07:00") == at("2026-03-07 08:52").replace(second=11)


def test_the_hash_covers_what_is_printed_and_nothing_else():
    issue = an_issue()
    assert content_hash(issue) == content_hash(an_issue(status="approved", version=3, hash="aa"))
    assert content_hash(issue) != content_hash(an_issue(number=3))


@needs_shared
def test_the_real_issue_and_its_articles_are_read():
    issue = issue_from(parse((SHARED / "bulletins/2023-12-11.issue.json").read_text(encoding="utf-8")))
    assert [len(section.items) for section in issue.sections] == [2, 9]
    lines = (SHARED / "bulletins/2023-12-11.articles.jsonl").read_text(encoding="utf-8").splitlines()
    assert len({article_from(parse(line)).id for line in lines}) == 127

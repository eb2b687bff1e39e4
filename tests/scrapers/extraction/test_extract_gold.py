"""The real pages in ../shared, when they are beside the checkout: nothing of their text stands here."""

import gzip
import json
import re
from collections import Counter
from typing import Any

import pytest

from digest.errors import ExtractError
from digest.model import Article
from digest.text import one_line
from scrapers.extraction.extract import extract
from tests.fakes import SHARED, needs_shared

PAGES = SHARED / "pages"
ARTICLES = sorted(path.stem for path in PAGES.glob("*_article*.json"))
LISTINGS = sorted(path.name.removesuffix(".html.gz") for path in PAGES.glob("*_list.html.gz"))
SUBHEADINGS = {"baochinhphu_article": 10, "vnexpress_article": 4, "vnexpress_article_2": 0, "vietnamnet_article": 0}


def the_page(name: str) -> bytes:
    return gzip.decompress((PAGES / f"{name}.html.gz").read_bytes())


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", one_line(text).casefold()))


def f1(article: Article, gold: dict[str, Any]) -> float:
    found = words("\n".join([article.sapo or "", *article.paragraphs]))
    wanted = words("\n".join([gold["sapo"] or "", *gold["paragraphs"]]))
    return 2 * (found & wanted).total() / (found.total() + wanted.total())


@needs_shared
@pytest.mark.parametrize("name", ARTICLES)
def test_a_real_page_is_read_as_by_hand(name: str) -> None:
    gold = json.loads((PAGES / f"{name}.json").read_text())
    article = extract(the_page(name), url=gold["url"])
    assert f1(article, gold) >= 0.985
    assert list(article.paragraphs) == [one_line(text) for text in gold["paragraphs"]]
    assert (article.url, article.title, article.sapo) == (gold["url"], gold["title"], gold["sapo"])
    assert (article.author, article.author_note) == (gold["author"], gold["author_note"])
    assert article.published is not None
    assert article.published.isoformat(timespec="minutes") == gold["published"]
    assert (article.rubric, list(article.tags)) == (gold["rubric"], gold["tags"])
    assert [{"src": image.src, "caption": image.caption} for image in article.images] == gold["images"]
    assert article.kinds.count("h") == SUBHEADINGS.get(name, article.kinds.count("h"))


@needs_shared
@pytest.mark.parametrize("name", LISTINGS)
def test_a_section_page_is_no_article(name: str) -> None:
    with pytest.raises(ExtractError) as raised:
        extract(the_page(name), url="")
    assert raised.value.kind == "no-article"

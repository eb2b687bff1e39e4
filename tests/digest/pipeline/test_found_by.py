"""What found each field of an article."""

from digest.model import Article
from digest.pipeline.found_by import FieldFound, found_by
from digest.pipeline.reading import read_page
from scrapers.source import Selectors, Source
from tests.fakes import an_article
from tests.scrapers.fakes import a_page, a_source

WORDS = "Bộ phận một cửa của xã Tân Lúa trả kết quả chứng thực ngay trong buổi sáng, người dân không phải quay lại."
PAGE = f"""<!doctype html><html lang="vi"><head><title>Một cửa</title>
<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "2026-03-02T07:30:00+07:00"}}</script>
</head><body><h1 class="ten">Một cửa trả kết quả trong ngày</h1>
<div class="bai"><p>{WORDS}</p><p>{WORDS} Lần hai.</p><p>{WORDS} Lần ba.</p></div>
<span class="nguoi">Lê Bến</span></body></html>"""


def found(source: Source, text: str = PAGE) -> tuple[Article, dict[str, FieldFound]]:
    page = a_page(body=text.encode(), url="https://baolua.example/mot-cua-tra-ket-qua-a1001.html")
    article = read_page(page, source)
    return article, {one.field: one for one in found_by(page, article, source)}


def test_each_field_names_the_layer_that_found_it():
    own = Selectors(title=("h1.ten",), body=("div.bai",), author=("span.nguoi",), time=("time.gio",))
    article, fields = found(a_source(domain="baolua.example", selectors=own))
    assert article.author == "Lê Bến"
    assert {name: one.by for name, one in fields.items()} == {
        "title": "declared",
        "sapo": None,
        "author": "declared",
        "time": "other",
        "body": "declared",
    }


def test_own_selectors_of_which_none_matches_are_told():
    own = Selectors(title=("h1.ten",), body=("div.cu", "div.bai"), time=("time.gio", ".ngay"))
    _, fields = found(a_source(domain="baolua.example", selectors=own))
    assert fields["time"].silent == ("time.gio", ".ngay")
    assert fields["body"].silent == fields["title"].silent == fields["sapo"].silent == ()


def test_family_generic_and_general_readers_are_told_apart():
    family = PAGE.replace('class="bai"', 'class="article__body cms-body"').replace("ten", "article__title")
    assert found(a_source(domain="baolua.example", family="F1"), family)[1]["body"].by == "family"
    generic = PAGE.replace('class="bai"', 'class="news-content"')
    assert found(a_source(domain="baolua.example"), generic)[1]["body"].by == "generic"
    assert found(a_source(domain="baolua.example"))[1]["body"].by == "fallback"


def test_a_printed_time_is_found_by_its_selector():
    printed = PAGE.replace("</h1>", '</h1><time class="gio">02/03/2026 07:30</time>')
    own = Selectors(time=("time.gio",))
    assert found(a_source(domain="baolua.example", selectors=own), printed)[1]["time"].by == "declared"


def test_what_is_no_page_has_no_fields():
    assert found_by(a_page(body=b""), an_article(), a_source()) == ()


def test_a_field_that_the_family_alone_should_have_found_is_missed():
    family = PAGE.replace('class="bai"', 'class="article__body cms-body"').replace("ten", "article__title")
    _, fields = found(a_source(domain="baolua.example", family="F1"), family)
    assert [name for name, one in fields.items() if one.missed] == ["sapo", "author", "time"]
    assert fields["time"].by == "other"
    own = Selectors(author=("span.nguoi",), sapo=("p.khong-co",))
    _, fields = found(a_source(domain="baolua.example", family="F1", selectors=own), family)
    assert [name for name, one in fields.items() if one.missed] == ["time"]
    assert not any(one.missed for one in found(a_source(domain="baolua.example"), family)[1].values())

"""A profile whose items are briefs: sentences chosen by rank, within what the outlet allows."""

from dataclasses import replace

import pytest

from classifiers.standing import gaps_are_marked
from digest.profile import load
from tests.digest.pipeline.test_drafting import count, drafted, of_a_source
from tests.fakes import an_article

PROFILE = load("cchc")
BRIEF = replace(PROFILE, length=replace(PROFILE.length, cut="rank", words=60))
WEIGHTY = "Huyện phê duyệt kế hoạch cắt giảm 30% thủ tục trước ngày 15/3."
BODY = tuple(
    f"Câu thứ {name} của bài chỉ tả cảnh bến sông buổi sớm."
    for name in ["một", "hai", "ba", "bốn", "năm", "sáu", "bảy"]
)


def test_a_brief_prints_what_weighs_wherever_it_stands():
    article = an_article(paragraphs=(*BODY, WEIGHTY))
    item = drafted(article, BRIEF)
    assert item.paragraphs[0].startswith(article.sapo or "")
    assert item.paragraphs[-1] == WEIGHTY
    assert gaps_are_marked((article.sapo or "", *article.paragraphs), item.paragraphs)
    assert WEIGHTY not in drafted(article, replace(BRIEF, length=replace(BRIEF.length, cut="tail"))).paragraphs


@pytest.mark.parametrize("words", [15, 20, 40, 60, 80, 120])
def test_of_an_outlet_that_allows_words_only_its_first_are_ranked(words: int):
    article = an_article(paragraphs=(*BODY, WEIGHTY, *BODY))
    item = drafted(article, BRIEF, of_a_source(text="words", words=words))
    assert count(item) <= words
    first = " ".join((article.sapo or "", *article.paragraphs)).split()[:words]
    for paragraph in item.paragraphs:
        assert paragraph.replace(" …", "").replace("… ", "") in " ".join(first)


def test_a_brief_of_an_article_that_is_short_enough_is_the_article():
    article = an_article(paragraphs=BODY[:1])
    assert drafted(article, BRIEF).paragraphs == drafted(article).paragraphs


def test_where_not_one_sentence_is_allowed_a_brief_is_its_link():
    assert drafted(an_article(paragraphs=BODY), BRIEF, of_a_source(text="words", words=1)).flags[-1] == "link-only"

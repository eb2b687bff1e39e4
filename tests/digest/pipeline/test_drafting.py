from dataclasses import replace
from datetime import date

from digest.choose import Printed
from digest.model import Judgement, StoryMark
from digest.pipeline.drafting import draft, issue_window
from digest.profile import load
from tests.fakes import an_article, at

DAY = date(2026, 3, 2)
PROFILE = load("cchc")


def drafted(article, profile=PROFILE):
    judgement = Judgement(relevance=0.9, selected=True, section="linh_vuc")
    made = draft(
        [article],
        {article.id: judgement},
        {article.id: StoryMark(story="s", lead=True)},
        profile=profile,
        day=DAY,
        printed=Printed(),
    )
    (section,) = made.issue.sections
    return section.items[0]


def test_a_mondays_window_opens_on_friday():
    window = issue_window(PROFILE, DAY)
    assert (window.start, window.end) == (at("2026-02-27 00:00"), at("2026-03-03 00:00"))


def test_an_articles_closing_mark_is_dropped_in_a_daily_and_kept_where_the_profile_says_so():
    article = an_article(paragraphs=("Hết tin./.",))
    assert drafted(article).paragraphs[-1] == "Hết tin."
    monthly = replace(PROFILE, length=replace(PROFILE.length, keep_closing_mark=True))
    assert drafted(article, monthly).paragraphs[-1] == "Hết tin./."


def test_an_article_longer_than_the_profile_allows_loses_its_tail_and_says_so():
    article = an_article(paragraphs=tuple(f"Câu thứ {n} của bài có đúng mười hai tiếng đếm được." for n in range(90)))
    item = drafted(article)
    assert sum(len(paragraph.split()) for paragraph in item.paragraphs) <= 830
    assert item.paragraphs[-1].endswith("…")
    assert item.paragraphs[:5] == (article.sapo, *article.paragraphs[:4])
    assert len(item.kinds) == len(item.paragraphs)

from digest.choose import Printed
from digest.model import StoryMark
from digest.pipeline.news import with_news
from tests.fakes import an_article

OLD = an_article(id="cu", title="Tỉnh dự kiến bỏ giấy hẹn", sapo="Dự thảo đang được lấy ý kiến.", paragraphs=())
NEWS = an_article(
    id="moi", url=None, title="Tỉnh ban hành quy định bỏ giấy hẹn", sapo="Quyết định 12/2026/QĐ-UBND.", paragraphs=()
)
COPY = an_article(id="chep", url=None, title=OLD.title, sapo=OLD.sapo, paragraphs=())
OTHER = an_article(id="khac", url=None, title="Tin khác hẳn")
MARKS = {name: StoryMark(story="s", lead=name == "cu") for name in ("cu", "moi", "chep")} | {
    "khac": StoryMark(story="t", lead=True)
}
PRINTED = Printed(articles=frozenset({"cu"}), urls=frozenset({"https://baolua.example/mot-cua-a1.html"}))


def test_a_later_report_that_tells_more_is_news_and_a_copy_is_none():
    made = with_news(PRINTED, [OLD, NEWS, COPY, OTHER], MARKS, told=[OLD])
    assert made.with_news == {"moi"}
    assert made.stories == {"s"}
    assert (made.articles, made.urls) == (PRINTED.articles, PRINTED.urls)


def test_what_the_issues_printed_and_nobody_grouped_ties_no_story():
    made = with_news(PRINTED, [OTHER], MARKS, told=[an_article(id="la")])
    assert (made.stories, made.with_news) == (frozenset(), frozenset())

"""Which articles tell one story and who leads it; the news is invented."""

import itertools
import random
import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.postings import Postings
from classifiers.stories import group, lead_of
from classifiers.story_index import StoryIndex
from classifiers.story_shelf import Shelf, Told
from classifiers.story_terms import wording
from digest.model import Article
from tests.fakes import an_article, at

BODY = (
    "Bộ phận một cửa của xã Bến Tre Xanh trả kết quả ngay trong buổi sáng cho bảy mươi hộ dân làm khai sinh.",
    "Chủ tịch xã cho biết cán bộ tư pháp đã được tập huấn về chữ ký số từ tháng trước.",
    "Hồ sơ được nộp từ nhà, lệ phí nộp qua điện thoại và kết quả gửi theo đường bưu chính.",
    "Trước đây mỗi hộ phải đi lại ba lần, có hộ ở cù lao mất trọn một ngày đường.",
    "Huyện đã nhân cách làm này ra chín xã còn lại và sẽ tổng kết vào cuối quý ba.",
    "Người dân chấm điểm hài lòng trên màn hình đặt ngay tại quầy trước khi ra về.",
)


def reported(name: str, title: str, sapo: str = "", *paragraphs: str, outlet: str = "", hour: int = 7) -> Article:
    outlet = outlet or name
    return an_article(
        id=name,
        url=f"https://{outlet}.example/{name}.html",
        outlet=f"{outlet}.example",
        title=title,
        sapo=sapo or None,
        paragraphs=paragraphs,
        published=at(f"2026-03-02 {hour:02}:00"),
    )


def stories_of(articles: Sequence[Article]) -> list[set[str]]:
    marks = group(articles)
    named = {mark.story for mark in marks}
    return [{article.id for article, mark in zip(articles, marks, strict=True) if mark.story == name} for name in named]


def leads_of(articles: Sequence[Article]) -> list[str]:
    return [article.id for article, mark in zip(articles, group(articles), strict=True) if mark.lead]


def test_nothing_makes_no_story():
    assert group([]) == []


def test_an_article_alone_leads_its_own_story():
    (mark,) = group([an_article(id="a1")])
    assert (mark.story, mark.lead) == ("a1", True)


def test_a_reprint_with_another_title_is_found_and_the_first_published_leads():
    first = reported("a", "Xã trả khai sinh trong buổi sáng", "", *BODY, hour=6)
    reprint = reported("b", "Bảy mươi hộ nhận giấy không phải đi lại", "", *BODY[:4], hour=9)
    other = reported("c", "Chợ nổi họp lại sau lũ", "", "Nước rút, ghe thuyền về bến từ sáng sớm nay.", hour=5)
    assert sorted(map(sorted, stories_of([reprint, other, first]))) == [["a", "b"], ["c"]]
    assert sorted(leads_of([reprint, other, first])) == ["a", "c"]


def test_a_copy_with_every_second_sentence_kept_is_found():
    first = reported("a", "Xã trả khai sinh trong buổi sáng", "", *BODY)
    copy = reported("b", "Chuyện ở một xã cù lao", "", *BODY[::2])
    assert stories_of([first, copy]) == [{"a", "b"}]


def test_a_clearly_fuller_report_takes_the_lead_from_the_first():
    brief = reported("a", "Xã trả khai sinh trong buổi sáng", "", *BODY[:3], hour=5)
    more = tuple(f"{text} Đoàn kiểm tra ghi nhận điều đó ở ấp thứ {n}." for n, text in enumerate(BODY * 3))
    full = reported("b", "Xã trả khai sinh trong buổi sáng", "", *BODY, *more, hour=8)
    assert leads_of([brief, full]) == ["b"]
    assert lead_of([brief, replace(full, paragraphs=BODY)]) == 0


def test_a_feed_item_and_the_full_article_behind_it_are_one_story():
    sapo = f"{BODY[0]} {BODY[1]}"
    item = reported("a", "Xã trả khai sinh trong buổi sáng", sapo)
    full = reported("b", "Xã trả khai sinh trong buổi sáng", sapo, *BODY[2:])
    assert stories_of([item, full]) == [{"a", "b"}]


def test_the_same_event_in_other_words_is_found_between_outlets():
    one = reported(
        "a", "Ông Lê Văn Kha làm Giám đốc Sở Nội vụ Lạng Sơn", "Chiều 2/3, Lạng Sơn bổ nhiệm ông Lê Văn Kha."
    )
    two = reported(
        "b", "Lạng Sơn có tân Giám đốc Sở Nội vụ Lê Văn Kha", "Ông Lê Văn Kha, 45 tuổi, vừa nhận quyết định."
    )
    assert stories_of([one, two]) == [{"a", "b"}]


def test_the_same_kind_of_act_in_two_provinces_is_two_stories():
    one = reported("a", "Lạng Sơn cho học sinh nghỉ học tránh bão Hải Âu", "Sở Giáo dục Lạng Sơn vừa có công văn khẩn.")
    two = reported("b", "Cao Bằng cho học sinh nghỉ học tránh bão Hải Âu", "Sở Giáo dục Cao Bằng vừa có công văn khẩn.")
    assert len(stories_of([one, two])) == 2


def test_the_same_kind_of_act_for_two_people_is_two_stories():
    one = reported("a", "Bổ nhiệm ông Lê Văn Kha làm Phó cục trưởng Cục Thuế", "Bộ Tài chính trao quyết định.")
    two = reported("b", "Bổ nhiệm bà Trần Thị Mộc làm Phó cục trưởng Cục Thuế", "Bộ Tài chính trao quyết định.")
    assert len(stories_of([one, two])) == 2


def test_an_event_told_again_days_later_is_no_longer_the_same_report():
    one = reported("a", "Ông Lê Văn Kha làm Giám đốc Sở Nội vụ Lạng Sơn", "Lạng Sơn bổ nhiệm ông Lê Văn Kha.")
    two = replace(one, id="b", url="https://b.example/b", outlet="B.example", published=at("2026-03-09 07:00"))
    assert len(stories_of([one, two])) == 2


def test_a_roundup_joins_no_story():
    one = reported("a", "Lạng Sơn bổ nhiệm Giám đốc Sở Nội vụ Lê Văn Kha", "Ông Lê Văn Kha vừa nhận quyết định.")
    two = reported(
        "b", "Điểm tin 17h: Lạng Sơn bổ nhiệm Giám đốc Sở Nội vụ Lê Văn Kha", "Ông Lê Văn Kha nhận quyết định."
    )
    assert len(stories_of([one, two])) == 2
    assert len(stories_of([two, one])) == 2


@pytest.mark.parametrize("opening", ["Điểm tin 17h", "Xem nhanh 20h ngày 2.3", "Toàn cảnh 17h", "Tin tức sáng 2-3"])
def test_a_roundup_is_like_none_of_the_stories_it_holds(opening):
    news = "Xã Bến Tre Xanh trả kết quả khai sinh trong buổi sáng"
    index = StoryIndex()
    story, twin = reported("a", news, BODY[0]), reported("b", news, BODY[0])
    assert index.likeness(story, twin).probability > 0.5
    assert index.likeness(story, replace(twin, title=f"{opening}: {news}")).probability == 0.0


def test_a_text_that_thousands_of_outlets_run_word_for_word_is_one_story():
    copies = [reported(f"b{number:04}", f"Tít riêng {number}", "", *BODY) for number in range(2500)]
    other = reported("khac", "Xã khác mở chợ phiên", "Chợ phiên của xã mở lại sau mùa lũ với một trăm gian hàng.")
    assert sorted(map(len, stories_of([*copies, other]))) == [1, 2500]


def test_the_order_of_the_input_changes_nothing():
    articles = [
        reported("a", "Xã trả khai sinh trong buổi sáng", "", *BODY, hour=6),
        reported("b", "Bảy mươi hộ nhận giấy", "", *BODY[:4], hour=9),
        reported("c", "Chợ nổi họp lại", "Nước rút, ghe thuyền về bến."),
        reported("d", "Chợ nổi họp lại", "Nước rút, ghe thuyền về bến.", outlet="e"),
        replace(reported("e", "Không giờ", "Không rõ lúc nào."), published=None, fetched=None),
    ]
    expected = {article.id: mark for article, mark in zip(articles, group(articles), strict=True)}
    for order in itertools.permutations(articles):
        assert {article.id: mark for article, mark in zip(order, group(order), strict=True)} == expected


def test_two_inputs_with_one_id_are_one_story_with_one_lead():
    twin = reported("a", "Xã trả khai sinh", "", *BODY)
    marks = group([twin, twin])
    assert [mark.story for mark in marks] == ["a", "a"]
    assert sum(mark.lead for mark in marks) == 1


def test_every_story_has_exactly_one_lead_and_is_named_after_its_smallest_id():
    chance = random.Random(3)  # noqa: S311 - the same draw each time
    articles = [
        reported(f"n{n:02}", f"Tin số {n}", "", *chance.sample(BODY, 4), hour=chance.randrange(24)) for n in range(30)
    ]
    marks = group(articles)
    for name in {mark.story for mark in marks}:
        members = [(article.id, mark.lead) for article, mark in zip(articles, marks, strict=True) if mark.story == name]
        assert min(members)[0] == name
        assert sum(lead for _, lead in members) == 1


def test_the_index_finds_copies_and_events_and_leaves_the_article_itself_out():
    index = StoryIndex()
    for article in (
        reported("a", "Ông Lê Văn Kha làm Giám đốc Sở Nội vụ Lạng Sơn", "Lạng Sơn bổ nhiệm ông Lê Văn Kha."),
        reported("b", "Xã trả khai sinh trong buổi sáng", "", *BODY),
        reported("c", "Chợ nổi họp lại sau lũ", "Nước rút, ghe thuyền về bến."),
    ):
        index.add(article)
    assert len(index) == 3
    (copied,) = index.matches(reported("x", "Chuyện ở cù lao", "", *BODY[1:]))
    assert (copied.article, copied.copied) == ("b", True)
    (event,) = index.matches(
        reported("y", "Lạng Sơn có Giám đốc Sở Nội vụ Lê Văn Kha", "Ông Lê Văn Kha nhận quyết định.")
    )
    assert (event.article, event.copied) == ("a", False)
    assert event.score > 0.5
    assert index.matches(reported("b", "Xã trả khai sinh trong buổi sáng", "", *BODY)) == ()


def test_a_likeness_says_what_speaks_for_and_against():
    index = StoryIndex()
    one = reported("a", "Lạng Sơn cấp sổ đỏ qua mạng", "", *BODY)
    two = reported("b", "Cao Bằng cấp sổ đỏ qua mạng", "", *reversed(BODY), outlet="a")
    likeness = index.likeness(one, two)
    assert likeness.same_outlet
    assert likeness.other_place
    assert likeness.other_place_in_titles
    assert not likeness.other_words
    assert not likeness.undated
    assert 0 < likeness.cosine < 1
    assert likeness.strange_names > 0
    assert index.likeness(one, replace(one, published=None)).undated
    assert replace(likeness, other_place_in_titles=False).probability > likeness.probability


def test_a_long_text_is_compared_by_a_sample_of_its_phrases():
    words = [f"chữ{n}" for n in range(9000)]
    long = reported("a", "Văn bản rất dài", "", " ".join(words))
    part = reported("b", "Một nửa văn bản", "", " ".join(words[:4500]))
    assert wording(long).level >= wording(part).level > 0
    assert wording(long).shingles.size < 400
    assert stories_of([long, part]) == [{"a", "b"}]


def test_hostile_texts_are_no_story():
    articles = [
        reported("a", "", ""),
        reported("b", "a", "", "."),
        reported("c", "TIN TOÀN CHỮ HOA VỀ MỘT XÃ", "CẢ SAPO CŨNG CHỮ HOA"),
        reported("d", "\u0000\u202e", "", "x" * 1_000_000),
    ]
    started = time.perf_counter()
    assert len(stories_of(articles)) == 4
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    "text", ["", "một", "?!…", "\u0000\u202e\ud800", "x" * 1_000_000, "việc " * 200_000, "🙂" * 1000]
)
def test_hostile_texts_can_be_entered_and_looked_up(text):
    index = StoryIndex()
    hostile = reported("a", text, text, text)
    index.add(hostile)
    index.add(reported("b", "Chợ nổi họp lại sau lũ", "Nước rút, ghe thuyền về bến."))
    assert {match.article for match in index.matches(replace(hostile, id="c"))} <= {"a"}
    assert 0 <= index.likeness(hostile, hostile).probability <= 1


def test_an_article_without_any_word_is_like_nothing():
    empty = reported("a", "", "")
    likeness = StoryIndex().likeness(empty, replace(empty, id="b"))
    assert (likeness.cosine, likeness.title_told, likeness.evidence) == (0, 0, 0)


def test_a_follow_up_of_the_next_day_is_the_same_story_and_the_fuller_report_leads_it():
    first = reported("a", "Ông Lê Văn Kha làm Giám đốc Sở Nội vụ Lạng Sơn", "Lạng Sơn bổ nhiệm ông Lê Văn Kha.")
    later = reported(
        "b", "Lạng Sơn trao quyết định cho Giám đốc Sở Nội vụ Lê Văn Kha", "Ông Lê Văn Kha nhận việc.", *BODY * 5
    )
    later = replace(later, published=at("2026-03-03 06:00"))
    assert stories_of([first, later]) == [{"a", "b"}]
    assert leads_of([first, later]) == ["b"]


@settings(deadline=None, max_examples=25)
@given(st.lists(st.sampled_from(range(12)), min_size=2, max_size=12, unique=True))
def test_any_order_of_the_input_gives_the_same_stories(order: list[int]):
    articles = [
        reported(f"n{n:02}", f"Xã Bến Tre Xanh {n % 4} trả khai sinh", BODY[n % 3], *BODY[n % 2 :: 2], hour=n)
        for n in order
    ]
    ordered = sorted(articles, key=lambda article: article.id)
    expected = {article.id: mark for article, mark in zip(ordered, group(ordered), strict=True)}
    assert {article.id: mark for article, mark in zip(articles, group(articles), strict=True)} == expected


def test_a_shelf_gives_back_what_was_put_there():
    shelf = Shelf()
    entered = [
        Told(
            article=f"n{number}",
            outlet=f"to{number % 3}.example",
            when=None if number % 2 else 1000.0 * number,
            places=frozenset({"Lạng Sơn"} if number % 3 else ()),
            places_in_title=number % 3 == 1,
            roundup=number % 5 == 0,
            sizes=(number, 4, 3, 2, 1),
            level=number % 5,
            terms=np.arange(number % 7, dtype=np.uint32),
            names=np.arange(number % 7) % 2 == 0,
            titled=np.arange(number % 7) % 3 == 0,
            pairs=np.arange(number % 7) % 4 == 0,
        )
        for number in range(3000)
    ]
    for told in entered:
        shelf.put(told)
    assert len(shelf) == 3000
    for number in (0, 1, 5, 6, 2047, 2999):
        found, told = shelf[number], entered[number]
        for name in ("article", "outlet", "when", "places", "places_in_title", "roundup", "sizes", "level"):
            assert getattr(found, name) == getattr(told, name)
        for name in ("terms", "names", "titled", "pairs"):
            assert getattr(found, name).tolist() == getattr(told, name).tolist()


@given(
    st.lists(st.lists(st.integers(0, 40), max_size=20).map(set), max_size=30), st.lists(st.integers(0, 40), max_size=20)
)
def test_the_postings_give_back_what_was_entered(entered: list[set[int]], asked: list[int]):
    postings = Postings()
    for number, keys in enumerate(entered):
        postings.add(number, np.array(sorted(keys), dtype=np.uint32))
    wanted = np.array(sorted(set(asked)), dtype=np.uint32)
    positions, documents, counts = postings.find(wanted)
    found = {(int(wanted[position]), int(number)) for position, number in zip(positions, documents, strict=True)}
    assert found == {(key, number) for number, keys in enumerate(entered) for key in keys & set(asked)}
    assert counts.tolist() == [sum(int(key) in keys for keys in entered) for key in wanted]


def test_postings_merge_as_they_grow_and_leave_out_what_is_too_common():
    postings = Postings()
    for number in range(3000):
        postings.add(number, np.array([7, 1000 + number, 50_000 + np.uint32(number) * 3], dtype=np.uint32))
        if number % 500 == 0:
            postings.find(np.array([7], dtype=np.uint32))
    positions, documents, counts = postings.find(np.array([7, 1005], dtype=np.uint32), at_most=10)
    assert (positions.tolist(), documents.tolist(), counts.tolist()) == ([1], [5], [3000, 1])

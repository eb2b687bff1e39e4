"""What an editor changed, item by item."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from digest.bulletin.deeds import decisions_of
from digest.bulletin.edits import edits_between, printed_paragraphs
from digest.model import VIETNAM, Also, Decision, Image, Issue, Item
from digest.profile import load
from tests.digest.bulletin.fakes import an_edited, an_issue

PROFILE = load("cchc")
MOMENT = datetime(2026, 3, 2, 9, 30, tzinfo=VIETNAM)
BEFORE = an_issue((an_edited(1), an_edited(2)), (an_edited(3), an_edited(4), an_edited(5)))


def _read(item: Item, number: int | None = None, **fields: object) -> Item:
    """The item as a document shows it: no article, no images."""
    return replace(item, article=None, images=(), number=number or item.number, **fields)  # type: ignore[arg-type]


def _items(issue: Issue) -> list[Item]:
    return [item for section in issue.sections for item in section.items]


ONE, TWO, THREE, FOUR, FIVE = map(_read, _items(BEFORE))


def _changes(after: Issue) -> list[tuple[int, str, object, object]]:
    edits = edits_between(BEFORE, after, PROFILE)
    return [(change.item, change.change, change.before, change.after) for change in edits.changes]


def test_an_issue_that_nobody_touched_shows_no_change():
    assert _changes(an_issue((ONE, TWO), (THREE, FOUR, FIVE))) == []


def test_what_was_taken_out_put_in_and_moved_is_told():
    new = replace(an_edited(9, article=None), number=4)
    after = an_issue((ONE,), (THREE, _read(TWO, 3), new, FOUR, FIVE))
    assert _changes(after) == [(2, "moved", "chu_truong", "dia_phuong"), (4, "inserted", None, new)]
    after = an_issue((ONE, TWO), (THREE, FIVE))
    assert _changes(after) == [(4, "dropped", FOUR.headline, None)]


def test_of_a_new_order_only_the_items_that_moved_are_told():
    after = an_issue((ONE, TWO), (_read(FIVE, 3), _read(THREE, 4), _read(FOUR, 5)))
    assert _changes(after) == [(5, "reordered", 5, 3)]


def test_each_text_that_changed_is_told_with_before_and_after():
    also = (Also(outlet="Bengio.example"),)
    edited = replace(
        ONE,
        headline="Một tít khác hẳn",
        contents_line="Một dòng khác",
        paragraphs=(*ONE.paragraphs, "Thêm một câu."),
        kinds=("p", "p", "p"),
        author="Trần Mây",
        also=also,
        url="https://bao1.example/tin-1-moi.html",
    )
    assert _changes(an_issue((edited, TWO), (THREE, FOUR, FIVE))) == [
        (1, "headline", ONE.headline, "Một tít khác hẳn"),
        (1, "contents_line", ONE.contents_line, "Một dòng khác"),
        (1, "paragraphs", ONE.paragraphs, edited.paragraphs),
        (1, "source_line", "(Bao1.example 01/3, Lê Bến)", "(Bao1.example 01/3, Trần Mây)"),
        (1, "also", (), ("Bengio.example",)),
        (1, "url", ONE.url, edited.url),
    ]


def test_contents_that_word_made_anew_are_no_change_but_where_the_headline_is():
    headlined = [replace(item, contents_line=item.headline) for item in (ONE, TWO, THREE, FOUR, FIVE)]
    assert _changes(an_issue(tuple(headlined[:2]), tuple(headlined[2:]))) == []
    headlined[0] = replace(headlined[0], headline="Một tít khác", contents_line="Một tít khác")
    assert [change for _, change, _, _ in _changes(an_issue(tuple(headlined[:2]), tuple(headlined[2:])))] == [
        "headline",
        "contents_line",
    ]


def test_a_mended_headline_is_mended_in_the_contents_that_word_left_as_they_were():
    old = replace(ONE, contents_line=ONE.headline)
    before = an_issue((old, TWO))
    read = an_issue((replace(old, headline="Một tít đã sửa"), TWO))
    made = edits_between(before, read, PROFILE).after
    assert made.sections[0].items[0].contents_line == "Một tít đã sửa"


def test_a_story_put_in_the_place_of_another_is_one_dropped_and_one_inserted():
    other = _read(an_edited(8), 2)
    assert [(item, change) for item, change, _, _ in _changes(an_issue((ONE, other), (THREE, FOUR, FIVE)))] == [
        (2, "dropped"),
        (2, "inserted"),
    ]


def test_items_are_known_without_their_addresses_and_by_a_headline_nearly_the_same():
    plain = replace(TWO, url=None, headline=f"{TWO.headline} nữa", paragraphs=("Viết lại cả bài.",), kinds=("p",))
    after = an_issue((replace(ONE, url=None), plain), (THREE, FOUR, FIVE))
    assert [change for _, change, _, _ in _changes(after)] == ["headline", "paragraphs"]


@pytest.mark.parametrize(
    ("item", "printed"),
    [
        (Item(number=1, headline="", contents_line="", paragraphs=("Một.", " "), kinds=()), ("Một.",)),
        (
            Item(number=1, headline="", contents_line="", paragraphs=("a", "- b", "• c"), kinds=("li", "li", "li")),
            ("- a", "- b", "• c"),
        ),
        (
            Item(
                number=1, headline="", contents_line="", paragraphs=("a", "2. b", "5. c"), kinds=("oli", "oli", "oli")
            ),
            ("1. a", "2. b", "5. c"),
        ),
    ],
)
def test_paragraphs_are_compared_as_print_shows_them(item, printed):
    assert printed_paragraphs(item) == printed


def test_the_edited_issue_keeps_what_a_document_cannot_show():
    picture = Image(src="https://bao1.example/a.jpg")
    before = an_issue((replace(_items(BEFORE)[0], images=(picture,), provinces=("Huế",), flags=("no-author",)),))
    new = an_edited(9, article=None)
    after = an_issue((new, replace(ONE, number=2, headline="Một tít khác", also=(Also(outlet="Bengio.example"),))))
    made = edits_between(replace(before, status="approved", version=2, number=41), after, PROFILE).after
    assert (made.status, made.version, made.number) == ("draft", 2, 41)
    assert made.hash is not None
    first, second = _items(made)
    assert (first.number, first.headline) == (1, new.headline)
    assert (second.number, second.headline, second.article) == (2, "Một tít khác", "a1")
    assert (second.images, second.provinces, second.flags) == ((picture,), ("Huế",), ("no-author",))
    assert second.also == (Also(outlet="Bengio.example"),)


def test_an_issue_that_nobody_touched_stays_the_same():
    assert edits_between(BEFORE, an_issue((ONE, TWO), (THREE, FOUR, FIVE)), PROFILE).after.sections == BEFORE.sections


def test_edits_are_decisions_on_articles():
    new, unknown = (replace(an_edited(word, article=None), number=word - 5) for word in (9, 10))
    edits = edits_between(BEFORE, an_issue((ONE,), (THREE, _read(TWO, 3), new, unknown, FIVE)), PROFILE)
    found = decisions_of(
        edits, BEFORE, moment=MOMENT, article_of=lambda item: "a9" if item.headline == new.headline else None
    )
    day = date(2026, 3, 2)
    expected = [
        ("a1", "keep", "chu_truong"),
        ("a3", "keep", "dia_phuong"),
        ("a2", "move", "dia_phuong"),
        ("a5", "keep", "dia_phuong"),
        ("a4", "drop", None),
        ("a9", "insert", "dia_phuong"),
    ]
    assert list(found) == [
        Decision(article=article, profile="cchc", day=day, deed=deed, moment=MOMENT, section=section)  # type: ignore[arg-type]
        for article, deed, section in expected
    ]

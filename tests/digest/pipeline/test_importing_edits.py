"""Issues edited in Word by hand: what is told of them, and the decisions that training learns from."""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import docx
import pytest
from sqlalchemy import Engine

from digest.bulletin.edits import Edits
from digest.errors import InputError
from digest.model import Article, Issue, Item
from digest.pipeline.bulletin_lines import lines_of
from digest.pipeline.importing import Kept, bring_edits, day_of_edited, keep_edits
from digest.profile import load
from digest.render.pdf import pdf
from digest.render.plain import text
from digest.render.view import view_of
from digest.render.word import word
from storage.articles import keep_article
from storage.database import begin, open_database, reading
from storage.decisions import decided
from tests.digest.pipeline.editing import EditorsWord, substitute, text_of, write
from tests.digest.render.fakes import an_issue
from tests.fakes import an_article, at


def _made(issue: Issue, form: str) -> bytes:
    view = view_of(issue, load(issue.profile))
    if form == "docx":
        return word(view, office=None).data
    return pdf(view).data if form == "pdf" else text(view).data


BEFORE = an_issue(items=10, sections=5)


@pytest.fixture(scope="module")
def printed() -> bytes:
    return _made(BEFORE, "docx")


def _edits(body: bytes) -> Edits:
    return bring_edits(lines_of(body, name="sua.docx"), BEFORE, load("cchc"), name="sua.docx")[0]


def _told(body: bytes) -> list[tuple[int, str]]:
    return [(change.item, change.change) for change in _edits(body).changes]


def _headline(number: int) -> str:
    return [item for section in BEFORE.sections for item in section.items][number - 1].headline


@pytest.mark.parametrize("form", ["docx", "text", "pdf"])
def test_a_rendition_that_nobody_touched_shows_no_edit(form):
    assert _told(_made(BEFORE, form)) == []


def test_items_taken_out_moved_and_set_in_another_order(printed):
    file = EditorsWord(printed)
    file.cut(_headline(3))
    file.put(file.cut(_headline(8)), file.paragraph("CHỦ TRƯƠNG", "Heading1"))
    file.put(file.cut(_headline(10)), file.paragraph("PHÂN TÍCH", "Heading1"))
    edits = _edits(file.bytes)
    assert [(change.item, change.change, change.before, change.after) for change in edits.changes] == [
        (3, "dropped", _headline(3), None),
        (8, "moved", "quan_ly", "chu_truong"),
        (10, "reordered", 10, 8),
    ]
    assert edits.changes[0].article == "a3"


def test_words_changed_in_a_headline_a_paragraph_a_source_line_and_the_contents(printed):
    file = EditorsWord(printed)
    write(file.paragraph(_headline(1)), "Một tít khác hẳn")
    write(file.paragraph("Đoạn 2 của tin 2", "BodyText"), "Đoạn này được viết lại.")
    for element in file.item(_headline(4)):
        substitute(element, "(Bao4.example 01/3, Lê Bến)", "(Bao4.example 01/3, Mây Xa)")
    line = next(one for one in file.body.iter("{*}p") if text_of(one).startswith(f"5.{_headline(5)}"))
    substitute(line, _headline(5), "Dòng mục lục ngắn")
    assert _told(file.bytes) == [
        (1, "headline"),
        (1, "contents_line"),
        (2, "paragraphs"),
        (4, "source_line"),
        (5, "contents_line"),
    ]


def test_what_was_deleted_with_tracking_is_gone_and_what_was_inserted_is_there(printed):
    file = EditorsWord(printed)
    paragraph = file.paragraph("Đoạn 2 của tin 2", "BodyText")
    run = next(paragraph.iter("{*}r"))
    deleted, inserted = (docx.oxml.OxmlElement(name) for name in ("w:del", "w:ins"))
    inserted.append(deepcopy(run))
    write(inserted, "Đoạn mới có theo dõi.")
    run.addprevious(deleted)
    deleted.append(run)
    deleted.addnext(inserted)
    (change,) = _edits(file.bytes).changes
    assert (change.item, change.change) == (2, "paragraphs")
    assert "Đoạn mới có theo dõi." in change.after  # type: ignore[operator]  # paragraphs
    assert not any("Đoạn 2" in text for text in change.after)  # type: ignore[union-attr]


def _with_inserted(printed: bytes, headline: str = "Gò Sậy: Tin do biên tập viên thêm") -> bytes:
    """A copy of item 7 is made another story behind it."""
    file = EditorsWord(printed)
    made = deepcopy(file.item(_headline(7)))
    file.put(made, file.item(_headline(7))[-1])
    write(made[0], headline)
    write(made[1], "Một bài mới hoàn toàn.")
    write(made[-2], "Hết bài mới. ")
    for element in made[2:-2]:
        file.body.remove(element)
    for element in made[-2:]:
        substitute(element, "Bao7.example", "Baonui.example")
        substitute(element, "bao7.example", "baonui.example")
    return file.bytes


def test_a_story_that_was_put_in_comes_whole(printed):
    (change,) = _edits(_with_inserted(printed)).changes
    assert (change.item, change.change, change.article) == (8, "inserted", None)
    new = change.after
    assert isinstance(new, Item)
    assert (new.headline, new.contents_line) == ("Gò Sậy: Tin do biên tập viên thêm",) * 2
    assert new.outlet == "Baonui.example"
    assert new.paragraphs == ("Một bài mới hoàn toàn.", "Hết bài mới.")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{tmp_path / 'diembao.db'}")
    yield engine
    engine.dispose()


def _store(engine: Engine, *articles: Article) -> None:
    with begin(engine) as session:
        for article in articles:
            keep_article(session, article, source=None, page_id=None)


def _decided(engine: Engine) -> dict[str, tuple[str, str | None]]:
    with reading(engine) as session:
        return {article.id: (decision.deed, decision.section) for article, decision in decided(session)}


def test_decisions_are_kept_for_training(engine, printed):
    _store(engine, *(an_article(id=f"a{number}", url=f"https://bao{number}.example/kho") for number in (1, 3, 8, 99)))
    _store(engine, an_article(id="moi", url="https://x.example/1", title="Tin do biên tập viên thêm"))
    file = EditorsWord(_with_inserted(printed))
    file.cut(_headline(3))
    file.put(file.cut(_headline(8)), file.paragraph("CHỦ TRƯƠNG", "Heading1"))
    edits = _edits(file.bytes)
    kept = keep_edits(engine, edits, BEFORE, load("cchc"), moment=at("2026-03-02 09:30"))
    assert kept == Kept(recorded=11, known=0, without=0)
    for moment in ("2026-03-02 09:30", "2026-03-02 17:05"):  # the same file again decides nothing new
        again = keep_edits(engine, edits, BEFORE, load("cchc"), moment=at(moment))
        assert again == Kept(recorded=0, known=11, without=0)
    assert _decided(engine) == {
        "a1": ("keep", "chu_truong"),
        "a3": ("drop", None),
        "a8": ("move", "chu_truong"),
        "moi": ("insert", "quan_ly"),
    }


def test_an_inserted_story_is_found_by_its_address_and_one_that_is_not_stored_is_counted(engine, printed):
    edits = _edits(_with_inserted(printed, "Một tít nhà báo không đặt"))
    kept = keep_edits(engine, edits, BEFORE, load("cchc"), moment=at("2026-03-02 09:30"))
    assert kept == Kept(recorded=10, known=0, without=1)
    new = edits.pairs.inserted[0].item
    _store(engine, an_article(id="moi", url=new.url))
    kept = keep_edits(engine, edits, BEFORE, load("cchc"), moment=at("2026-03-02 09:40"))
    assert kept == Kept(recorded=1, known=10, without=0)


@pytest.mark.parametrize("style", ["Contact", "BodyText"])
def test_the_offices_contact_line_is_no_edit_and_no_note(printed, style):
    file = EditorsWord(printed)
    line = file.paragraph("Mọi ý kiến về bản tin", "Contact")
    if style == "Contact":  # known by its style, whatever the editor made of its words
        write(line, "Bạn đọc góp ý ở phòng 12")
    else:  # known by its words
        known = line.find(".//{*}pStyle")
        assert known is not None
        known.set(docx.oxml.ns.qn("w:val"), style)
    edits, notes = bring_edits(lines_of(file.bytes, name="sua.docx"), BEFORE, load("cchc"), name="sua.docx")
    assert (edits.changes, notes) == ((), ())


@pytest.mark.parametrize("form", ["docx", "text", "pdf"])
def test_the_day_of_an_edited_issue_is_the_one_its_masthead_says(form):
    assert day_of_edited(lines_of(_made(BEFORE, form), name="sua"), load("cchc"), name="sua") == BEFORE.date


def test_an_edited_issue_without_a_day_names_the_file_and_the_field():
    body = _made(BEFORE, "text").decode().replace(f"{BEFORE.date:%d/%m/%Y}", "").encode()
    with pytest.raises(InputError, match=r"sua\.txt, field date: no day of issue is found.*with --date"):
        day_of_edited(lines_of(body, name="sua.txt"), load("cchc"), name="sua.txt")


def test_an_edited_file_with_an_unknown_section_says_so(printed):
    file = EditorsWord(printed)
    write(file.paragraph("PHÂN TÍCH", "Heading1"), "CHUYỆN LẠ")
    with pytest.raises(InputError, match=r"sua\.docx, field sections: the section 'CHUYỆN LẠ' is unknown"):
        _edits(file.bytes)


def test_a_file_brought_in_again_after_its_version_was_kept_decides_nothing_new(engine, printed):
    file = EditorsWord(printed)
    file.put(file.cut(_headline(8)), file.paragraph("CHỦ TRƯƠNG", "Heading1"))
    edits = _edits(file.bytes)
    first = keep_edits(engine, edits, BEFORE, load("cchc"), moment=at("2026-03-02 09:30"))
    assert first.recorded == 10
    again, _ = bring_edits(lines_of(file.bytes, name="sua.docx"), edits.after, load("cchc"), name="sua.docx")
    kept = keep_edits(engine, again, edits.after, load("cchc"), moment=at("2026-03-02 09:40"))
    assert kept == Kept(recorded=0, known=10, without=0)

"""Whatever an issue's texts hold, every format shows it as text, or marks it and says so; nothing runs, nothing breaks."""

import io
import json
import os
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from digest.model import Issue
from digest.profile import load
from digest.render.letter import letter
from digest.render.renditions import FORMATS
from digest.render.view import Rendition, View, view_of
from digest.render.word import word
from digest.wire import dump, dumps, issue_from
from tests.digest.render.fakes import an_issue_in, an_item, issue_of
from tests.digest.render.nasty import KINDS, LONG_WORD, NASTY, a_nasty_issue, in_a_file, on_paper, on_screen
from tests.digest.render.readers import Markup, docx_words, joined, mail_parts, message_of, shown_pages

PROFILES = ("cchc", "cchc-2023", "ban-tin-thang")
LONG = os.environ.get("DIEMBAO_DRILL") == "long"  # noqa: TID251 - `make drill` tries many more issues
SCHEMES = {"http", "https", "mailto"}
FIELDS = re.compile(r" *(TOC|PAGEREF|PAGE|SEQ) ")


def made(view: View, name: str) -> Rendition:
    """The format; a Word file without its LibreOffice pass, which changes page numbers alone."""
    return word(view, office=None) if name == "docx" else FORMATS[name].make(view)


def page_words(data: bytes) -> str:
    return joined(" ".join(Markup(data.decode()).words))


def feed_words(data: bytes) -> str:
    return joined(" ".join(map(str, etree.fromstring(data).itertext())))


WORDS: Mapping[str, Callable[[bytes], str]] = MappingProxyType(
    {
        "html": page_words,
        "pdf": lambda data: joined(" ".join(shown_pages(data))),
        "docx": docx_words,
        "mail": lambda data: page_words(mail_parts(data)[1].encode()),
        "text": lambda data: joined(data.decode()),
        "chat": lambda data: joined(data.decode()),
        "atom": feed_words,
        "note": docx_words,
    }
)
SHOWN: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "html": on_screen,
        "pdf": on_paper,
        "docx": in_a_file,
        "mail": on_screen,
        "text": in_a_file,
        "chat": in_a_file,
        "atom": on_screen,
    }
)


def a_view_of(profile_id: str, *texts: str) -> View:
    profile = load(profile_id)
    return view_of(a_nasty_issue(profile, *texts), profile)


def a_plain_view(profile_id: str) -> View:
    """As many items with everything in them and nothing odd."""
    return a_view_of(profile_id, *(f"Lời thường số {number}" for number in range(len(NASTY))))


@pytest.mark.parametrize("profile_id", PROFILES)
@pytest.mark.parametrize("name", FORMATS)
def test_every_nasty_text_is_shown_or_marked_and_named(name: str, profile_id: str) -> None:
    rendition = made(a_view_of(profile_id, *NASTY.values()), name)
    assert rendition.data
    if name in SHOWN:
        words = unicodedata.normalize("NFC", WORDS[name](rendition.data))
        lost = [what for what, text in NASTY.items() if not _stands(SHOWN[name](" ".join(text.split())), words)]
        assert lost == []
        assert rendition.notes != ()


def _stands(text: str, words: str) -> bool:
    """Words from right to left may come out of a file in another order; theirs are looked for one by one."""
    parts = text.split() if re.search("[\u0590-\u06ff]", text) else [joined(text)]
    return all(unicodedata.normalize("NFC", part) in words for part in parts)


@pytest.mark.parametrize("profile_id", PROFILES)
def test_no_text_of_an_issue_becomes_markup_of_page_mail_or_feed(profile_id: str) -> None:
    plain, nasty = a_plain_view(profile_id), a_view_of(profile_id, *NASTY.values())
    for read in (
        lambda view: made(view, "html").data.decode(),
        lambda view: mail_parts(made(view, "mail").data)[1],
        lambda view: made(view, "atom").data.decode(),
    ):
        known, page = Markup(read(plain)), Markup(read(nasty))
        assert page.open == []
        assert {(tag, name) for tag, name, _ in page.attributes} <= {(tag, name) for tag, name, _ in known.attributes}
        targets = [href for href in page.values("href") + page.values("src") if not href.startswith("#")]
        assert {target.partition(":")[0] for target in targets} <= SCHEMES


@pytest.mark.parametrize("profile_id", PROFILES)
def test_no_text_of_an_issue_becomes_a_header_or_a_part_of_the_mail(profile_id: str) -> None:
    plain, nasty = (
        message_of(made(view, "mail").data)
        for view in (a_plain_view(profile_id), a_view_of(profile_id, *NASTY.values()))
    )
    assert nasty.keys() == plain.keys()
    assert nasty["Subject"] == plain["Subject"]
    assert nasty["From"] == plain["From"]
    assert [part.get_content_type() for part in nasty.walk()] == [part.get_content_type() for part in plain.walk()]


@pytest.mark.parametrize("text", [NASTY["header"], "Bản tin\x00\ud83d \u202e" + "dài " * 100])
def test_words_of_the_profile_stay_in_their_header(text: str) -> None:
    profile = load("cchc")
    odd = replace(
        profile,
        name=text,
        masthead=replace(profile.masthead, title=text, name=text, topic=text, intro=text, running_head=text),
        imprint=replace(profile.imprint, issuer=text, maker=text, responsible=text, contact=text),
    )
    view = view_of(an_issue_in(profile, 2), odd)
    for name in FORMATS:
        assert made(view, name).data
    message, plain = message_of(made(view, "mail").data), message_of(made(a_plain_view("cchc"), "mail").data)
    assert message.keys() == plain.keys()
    assert "\n" not in message["Subject"]


@pytest.mark.parametrize("profile_id", PROFILES)
@pytest.mark.parametrize("name", ["docx", "note"])
def test_no_text_of_an_issue_becomes_a_field_or_a_link_of_a_word_file(name: str, profile_id: str) -> None:
    plain, nasty = (
        Document(io.BytesIO(made(view, name).data))
        for view in (a_plain_view(profile_id), a_view_of(profile_id, *NASTY.values()))
    )
    codes = [code.text for code in nasty.element.body.iter(qn("w:instrText"))]
    assert len(codes) == len(list(plain.element.body.iter(qn("w:instrText"))))
    assert all(FIELDS.match(code) for code in codes)
    targets = [rel.target_ref for rel in nasty.part.rels.values() if rel.is_external]
    assert {target.partition(":")[0] for target in targets} <= SCHEMES
    assert {part.tag for part in nasty.element.iter()} <= {part.tag for part in plain.element.iter()} | {qn("w:br")}


def test_the_json_of_a_nasty_issue_is_read_back_as_it_may_be_printed() -> None:
    issue = issue_from(dump(a_nasty_issue(load("cchc"), *NASTY.values())))
    again = issue_from(json.loads(made(view_of(issue, load("cchc")), "json").data))
    assert again == issue
    raw = made(view_of(issue_of(an_item(1, headline=NASTY["surrogates"])), load("cchc")), "json").data
    assert json.loads(raw)["sections"][0]["items"][0]["headline"] == NASTY["surrogates"]
    assert not re.search("[\ufeff\u200b\u202e\ud800-\udfff]", dumps(dump(issue)))


@pytest.mark.parametrize("profile_id", PROFILES)
def test_a_word_longer_than_a_page_is_shown_whole(profile_id: str) -> None:
    profile = load(profile_id)
    item = an_item(1, paragraphs=("Mở đầu.", LONG_WORD, "Hết."), kinds=("p", "p", "p"))
    view = view_of(issue_of(item, profile=profile_id), profile)
    for name in ("html", "pdf", "docx", "text"):
        rendition = made(view, name)
        assert WORDS[name](rendition.data).count("ữ") >= len(LONG_WORD)
    assert LONG_WORD in pdf_letters(made(view, "pdf").data)


def test_a_headline_longer_than_a_bookmark_can_be_is_cut_on_paper_and_a_note_says_so() -> None:
    item = an_item(1, headline=LONG_WORD, contents_line=LONG_WORD)
    view = view_of(issue_of(item, profile="cchc"), load("cchc"))
    assert any("heading of 20000 characters is cut" in note for note in made(view, "pdf").notes)
    assert LONG_WORD in WORDS["docx"](made(view, "docx").data)
    assert LONG_WORD in page_words(made(view, "html").data)


def pdf_letters(data: bytes) -> str:
    """All letters without blanks, line ends, running heads and page numbers."""
    return "".join(char for text in shown_pages(data) for char in text if char == "ữ")


@pytest.mark.parametrize("texts", [(), ("Một tin",)], ids=["no item", "one item"])
@pytest.mark.parametrize("profile_id", PROFILES)
def test_an_issue_of_empty_sections_or_one_item_is_made_in_every_format(
    profile_id: str, texts: tuple[str, ...]
) -> None:
    view = a_view_of(profile_id, *texts)
    for name in FORMATS:
        rendition = made(view, name)
        assert rendition.data
        assert [note for note in rendition.notes if "LibreOffice" not in note] == []
        if name in {"html", "pdf", "docx", "text"}:
            words = WORDS[name](rendition.data)
            assert ("Số này không có tin, bài." in words) is (not texts)
            assert "MỤC TRỐNG" not in words


def a_text() -> st.SearchStrategy[str]:
    """Any characters, lone surrogates too, and pieces of the nasty texts."""
    anything = st.text(st.characters(exclude_categories=()), max_size=40)
    return st.one_of(anything, st.sampled_from(sorted(NASTY.values())), st.builds(str.__add__, anything, anything))


def an_issue_of_any_texts() -> st.SearchStrategy[Issue]:
    items = st.lists(
        st.builds(
            an_item,
            st.integers(1, 3),
            headline=a_text(),
            contents_line=a_text(),
            article=st.none() | a_text(),
            paragraphs=st.lists(a_text(), max_size=4).map(tuple),
            kinds=st.lists(st.sampled_from(KINDS), max_size=4).map(tuple),
            outlet=st.none() | a_text(),
            author=st.none() | a_text(),
            url=st.none() | a_text(),
            origin=st.sampled_from(["press", "own"]),
        ),
        max_size=3,
    )
    return st.builds(lambda found: issue_of(*found), items)


@settings(max_examples=400 if LONG else 15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(issue=an_issue_of_any_texts(), profile_id=st.sampled_from(PROFILES))
def test_any_issue_is_made_in_every_format_and_no_paragraph_is_lost(issue: Issue, profile_id: str) -> None:
    view = view_of(replace(issue, profile=profile_id), load(profile_id))
    paragraphs = [block.text for item in view.items for block in item.blocks if block.kind == "p"]
    for name in FORMATS.keys() - {"png", "mail"}:
        rendition = made(view, name)
        if name in {"html", "docx", "text"}:
            words = unicodedata.normalize("NFC", WORDS[name](rendition.data))
            assert [text for text in paragraphs if not _stands(SHOWN[name](text), words)] == []
    assert letter(view).data
